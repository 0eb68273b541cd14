"""Records of the Practice part of the page: what it says, and one attempt as it is kept. No I/O."""

from enum import StrEnum

from pydantic import Field, model_validator

from coach.schema.enums import Difficulty, Persona, Scenario
from coach.schema.knowledge import Record
from coach.schema.rehearsal import Debrief, Ended, Scene
from coach.schema.turns import Label

WORDS = (
    "own", "own_how", "own_empty", "own_refused", "own_read", "own_unread", "sits", "sits_hr", "silent", "unheard", "waiting", "thinking", "nothing",
    "aside_kept", "waits", "told", "kept", "gone", "elsewhere", "unreadable", "sides", "put_aside", "same_so_far", "danger_head", "danger_after",
    "soft", "score", "none_agreed", "none_worked", "none_cost", "cannot", "wanted", "asked_kept", "asked_there", "draft_kept",
    "draft_there", "draft_title",
)  # fmt: skip


class PracticeBook(Record):
    """knowledge/practice.yaml. `trust` names what the manager's trust looks like from a number on, the lowest first."""

    intro: str
    with_plan: str
    without_plan: str
    scenarios: dict[Scenario, str]
    personas: dict[Persona, str]
    difficulties: dict[Difficulty, str]
    labels: dict[Label, str]
    trust: tuple[tuple[int, str], ...] = Field(min_length=3)
    ended: dict[Ended, str]
    words: dict[str, str]

    @model_validator(mode="after")
    def _is_whole(self) -> "PracticeBook":
        closed = (("scenarios", Scenario), ("personas", Persona), ("difficulties", Difficulty), ("labels", Label), ("ended", Ended))
        for name, wanted in (*closed, ("words", WORDS)):
            if odd := set(wanted) ^ set(getattr(self, name)):
                raise ValueError(f"{name}: {min(odd)} is missing or unknown")
        levels = [least for least, _ in self.trust]
        if levels[0] != 0 or levels != sorted(set(levels)):
            raise ValueError("trust: must begin with 0 and rise")
        return self


class Phase(StrEnum):
    """What has become of an attempt: played, put down, being looked back on, finished, or stopped because of danger."""

    PLAYING = "playing"
    ASIDE = "aside"
    DEBRIEF = "debrief"
    KEPT = "kept"
    STOPPED = "stopped"


class Attempt(Record):
    """The `result` of a Rehearsal. The last scene is the one that is played; the others are versions that were put aside.

    `each` is False where feedback waits until the end, `described` the person's own sentence about their manager, `typed`
    what stands in the box and was not said yet.
    """

    phase: Phase = Phase.PLAYING
    each: bool = True
    described: str = ""
    typed: str = ""
    scenes: tuple[Scene, ...] = Field(min_length=1)
    debrief: Debrief | None = None

    @property
    def scene(self) -> Scene:
        """The one that is played."""
        return self.scenes[-1]

    @property
    def other(self) -> Scene | None:
        """The version that was put aside last."""
        return self.scenes[-2] if len(self.scenes) > 1 else None
