"""An attempt as it is kept: from and to the record Rehearsal. Pure; reads and writes no store."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import ValidationError

from coach.errors import UserError
from coach.rehearsal.debrief import debrief
from coach.rehearsal.scene import rewind
from coach.schema.checklist import Rehearsal
from coach.schema.manager import ManagerBook
from coach.schema.practice import Attempt, Phase
from coach.schema.rehearsal import Scene

VERSIONS = 6  # of one scene that are kept
OPEN = (Phase.PLAYING, Phase.DEBRIEF)


def phase(record: Rehearsal) -> Phase:
    """What became of it, without reading its lines; what this page did not write counts as kept."""
    try:
        return Phase(json.loads(record.result or "{}").get("phase"))
    except ValueError:
        return Phase.KEPT


def opened(records: Iterable[Rehearsal]) -> Rehearsal | None:
    """The one that is being played or looked back on; the newest, where two windows began one each."""
    return next((one for one in reversed(list(records)) if phase(one) in OPEN), None)


def finished(records: Iterable[Rehearsal]) -> list[Rehearsal]:
    """What counts for the trend, the oldest first."""
    return [one for one in records if phase(one) in (Phase.KEPT, Phase.DEBRIEF)]


def read(record: Rehearsal) -> Attempt | None:
    """Its lines; None where they were kept in a shape that is not known here."""
    try:
        return Attempt.model_validate_json(record.result or "{}")
    except ValidationError:
        return None


def fields(attempt: Attempt, book: ManagerBook) -> dict[str, Any]:
    """The fields of the record that follow from the attempt."""
    found = debrief(attempt.scene, book)
    over = attempt.phase in (Phase.DEBRIEF, Phase.KEPT)
    attempt = attempt.model_copy(update={"debrief": found if over else None})
    return {"result": attempt.model_dump_json(), "score": found.score, "focus": found.focus if over else ""}


def played(attempt: Attempt, scene: Scene) -> Attempt:
    """The attempt after the scene that is played went on."""
    return attempt.model_copy(update={"typed": "", "scenes": (*attempt.scenes[:-1], scene)})


def taken_back(attempt: Attempt, turn: int) -> Attempt:
    """Back to before turn number `turn`, counted from 1. What was said is kept as the other version."""
    if not 1 <= turn <= len(attempt.scene.lines):
        raise UserError("This line is no longer there. Load the page again.")
    back = rewind(attempt.scene, turn)
    other = attempt.other
    # nothing new was said since the last time: the version that is kept already holds all of it
    if other and other.lines[: len(attempt.scene.lines)] == attempt.scene.lines:
        return attempt.model_copy(update={"scenes": (*attempt.scenes[:-1], back)})
    return attempt.model_copy(update={"scenes": (*attempt.scenes, back)[-VERSIONS:]})


def swapped(attempt: Attempt) -> Attempt:
    """The other version is the one that goes on."""
    if attempt.other is None:
        return attempt
    return attempt.model_copy(update={"scenes": (*attempt.scenes[:-2], attempt.scene, attempt.other)})


def level(scene: Scene, book: Sequence[tuple[int, str]]) -> str:
    """The manager's trust in words."""
    return next(text for least, text in reversed(book) if scene.state.trust >= least)
