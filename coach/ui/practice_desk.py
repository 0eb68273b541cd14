"""What the practice part of the page can do, without a web server: choose, play, take back, look back, keep.

Every method returns what changes on the screen: mode, one entry for each place, said, fault, focus, stamp; `spoken` where a
line was taken, `waiting` where it has to wait. A scene is kept after every line. Knows no request and no browser.
"""

import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from coach.errors import CoachError, UserError
from coach.rehearsal import casting, refused, scene
from coach.schema.checklist import Checklist, Draft, Question, Rehearsal
from coach.schema.enums import Difficulty, Persona, Scenario
from coach.schema.practice import Attempt, Phase
from coach.schema.rehearsal import Casting, Ended
from coach.tools.rehearse_slots import slots
from coach.tools.standing import standing
from coach.ui import (
    plan_words,
    practice_back_render,
    practice_ears,
    practice_keep,
    practice_render,
    practice_start_render,
)
from coach.ui.care import Care
from coach.ui.fields import number, texts
from coach.ui.guarded import Shown, guarded
from coach.ui.ports import Built

QUESTION, DESCRIBED = 300, 300  # characters at most
OWN = "own"  # the choice of a manager that the person describes


class PracticeDesk:
    """The hands of the practice part. Safe to use from several threads."""

    guarded = staticmethod(guarded)

    def __init__(
        self, built: Built, now: Callable[[], datetime] = lambda: datetime.now(UTC), seed: Callable[[], str] = lambda: secrets.token_hex(4)
    ) -> None:
        self._built = built
        self._store = built.store
        self._care = Care(built)
        self._coach = built.coach
        self._book = built.coach.library.manager
        self._texts = built.coach.library.practice
        self._now = now
        self._seed = seed
        self._lock = threading.Lock()
        self._acts: dict[str, Callable[[Mapping[str, Any]], Shown]] = {
            "start": self._start, "say": self._say, "typed": self._typed, "back": self._back, "swap": self._swap, "stop": self._stop, "go-on": self._go_on,
            "aside": self._aside, "keep": self._keep, "again": self._again, "open": self._open, "home": lambda asked: {"focus": "practice-head"},
            "remove": self._remove, "undo": self._undo, "ask": self._ask, "draft": self._draft,
        }  # fmt: skip

    def view(self) -> Shown:
        """The scene that is open, or what can be chosen."""
        checklist = self._store.plans.load()
        record = practice_keep.opened(checklist.rehearsals)
        attempt = practice_keep.read(record) if record else None
        if record is None or attempt is None:
            last = next(iter(self._store.plans.changes(1)), None)
            return {"mode": "start", "main": practice_start_render.page(checklist, self._book, self._texts, last), **self._around()}
        if attempt.phase is Phase.DEBRIEF:
            return {"mode": "debrief", "main": practice_back_render.page(record, attempt, checklist, self._book, self._texts), **self._around()}
        return {
            "mode": "scene", **self._around(),
            "head": practice_render.head(record, attempt, self._book, self._texts),
            "log": practice_render.log(attempt, checklist, self._book, self._texts),
            "box": practice_render.box(record, attempt, self._book, self._texts),
        }  # fmt: skip

    def act(self, asked: Mapping[str, Any]) -> Shown:
        """One step. After a fault the newest is shown beside it; what was typed stays in its field."""
        act = self._acts.get(str(asked.get("do", "")))
        if act is None:
            raise UserError(plan_words.ERRORS["request"])
        try:
            with self._lock:
                done = act(asked)
        except CoachError as error:
            return self._care.beside(asked, {**self.view(), "fault": str(error)})
        if "version" in done:  # saved while somebody types: nothing on the screen changes, and it is heard once it is said
            return {**done, "stamp": self._around()["stamp"]}
        shown = {**self.view(), "said": "", **done}
        return shown if act == self._say else self._care.beside(asked, shown)  # the scene itself answers what is said in it

    # ---- a scene ----

    def _start(self, asked: Mapping[str, Any]) -> Shown:
        fields = texts(asked)
        wanted = fields.get("persona", "")
        described = " ".join(fields.get("described", "").split())[:DESCRIBED] if wanted == OWN else ""
        if wanted == OWN and not described:
            raise UserError(self._texts.words["own_empty"])
        if described and refused.described(described):
            raise UserError(self._texts.words["own_refused"])
        cast = Casting(
            scenario=_one(Scenario, fields.get("scenario")), difficulty=_one(Difficulty, fields.get("difficulty")),
            persona=casting.persona(described, self._book) or Persona.BY_THE_BOOK if wanted == OWN else _one(Persona, wanted),
        )  # fmt: skip
        if described and (level := casting.difficulty(described, self._book)):
            cast = cast.model_copy(update={"difficulty": level})
        return self._begin(cast, described, each=fields.get("feedback") != "end", before=_sure(fields.get("before")))

    def _begin(self, cast: Casting, described: str, *, each: bool, before: int | None) -> Shown:
        checklist = self._store.plans.load()
        for other in checklist.rehearsals:  # one scene at a time; the other one is not lost
            if practice_keep.phase(other) in practice_keep.OPEN and (attempt := practice_keep.read(other)):
                ended = Phase.ASIDE if attempt.phase is Phase.PLAYING else Phase.KEPT
                self._put(other, attempt.model_copy(update={"phase": ended}))
        cast = cast.model_copy(update={"slots": slots(standing(checklist), self._now().astimezone().date()), "seed": self._seed()})
        attempt = Attempt(each=each, described=described, scenes=(scene.start(self._book, cast),))
        self._store.plans.add(
            Rehearsal(
                at=self._now(), scenario=cast.scenario, persona=cast.persona, difficulty=cast.difficulty, before=before,
                **practice_keep.fields(attempt, self._book),
            )  # fmt: skip
        )
        return {"focus": "say", "fresh": True}

    def _say(self, asked: Mapping[str, Any]) -> Shown:
        record, attempt = self._playing(asked)
        text = str(asked.get("text", "")).replace("\r\n", "\n").strip()
        if not text:
            return {"focus": "say"}
        if len(text) > scene.CHARACTERS:
            raise UserError(plan_words.ERRORS["long"])
        earlier = [line.employee for line in attempt.scene.lines]
        heard, index = practice_ears.hear(self._built, text, earlier)
        if index is None and not heard.is_crisis:
            return {"waiting": self._texts.words["waiting"]}
        if heard.level == "soft" and str(asked.get("sure")) != "true":
            gentle = self._coach.library.lines["gentle"]["lines"]
            return {"aside": practice_render.aside(gentle[len(earlier) % len(gentle)], self._texts), "focus": "aside"}
        stops = practice_ears.stops(self._built, heard) if heard.is_crisis else None
        ears = practice_ears.ears(index, stops)
        after = self._built.voice.say(scene.step(attempt.scene, text, self._book, ears))
        self._put(record, practice_keep.played(attempt, after))
        focus = "stopped" if stops else "over" if after.ended else "say"
        return {"spoken": True, "answer": after.lines[-1].manager, "focus": focus}

    def _typed(self, asked: Mapping[str, Any]) -> Shown:
        """What stands in the box is kept, so that a page that is loaded again has it."""
        record, attempt = self._playing(asked)
        text = str(asked.get("text", "")).replace("\r\n", "\n")[: scene.CHARACTERS]
        kept = self._put(record, attempt.model_copy(update={"typed": text}), typing=True)
        return {"version": kept.version, "typed": text}

    def _back(self, asked: Mapping[str, Any]) -> Shown:
        record, attempt = self._playing(asked)
        self._put(record, practice_keep.taken_back(attempt, number(asked.get("line"))))
        return {"focus": "say", "fresh": True}

    def _swap(self, asked: Mapping[str, Any]) -> Shown:
        record, attempt = self._playing(asked)
        self._put(record, practice_keep.swapped(attempt))
        return {"focus": "say", "fresh": True}

    def _aside(self, asked: Mapping[str, Any]) -> Shown:
        record, attempt = self._found(asked)
        stopped = attempt.scene.ended is Ended.DANGER
        self._put(record, attempt.model_copy(update={"phase": Phase.STOPPED if stopped else Phase.ASIDE}))
        return {"said": "" if stopped else self._texts.words["aside_kept"], "focus": "practice-head"}

    def _stop(self, asked: Mapping[str, Any]) -> Shown:
        record, attempt = self._found(asked)
        if not attempt.scene.lines:
            self._store.plans.remove(record)
            return {"said": self._texts.words["nothing"], "focus": "practice-head"}
        self._put(record, attempt.model_copy(update={"phase": Phase.DEBRIEF}))
        return {"focus": "back-head", "fresh": True}

    def _go_on(self, asked: Mapping[str, Any]) -> Shown:
        record, attempt = self._found(asked)
        self._put(record, attempt.model_copy(update={"phase": Phase.PLAYING}))
        return {"focus": "say", "fresh": True}

    # ---- afterwards ----

    def _keep(self, asked: Mapping[str, Any]) -> Shown:
        record, attempt = self._found(asked)
        after = _sure(texts(asked).get("after"))
        self._put(record, attempt.model_copy(update={"phase": Phase.KEPT}), **({"after": after} if after is not None else {}))
        if str(asked.get("as", "")) in ("again", "harder"):
            return self._again(asked)
        return {"said": self._texts.words["kept"], "focus": "practice-head"}

    def _again(self, asked: Mapping[str, Any]) -> Shown:
        record, attempt = self._found(asked)
        played = scene.harder(attempt.scene) if str(asked.get("as", "")) == "harder" else attempt.scene
        return self._begin(played.casting, attempt.described, each=attempt.each, before=record.after)

    def _open(self, asked: Mapping[str, Any]) -> Shown:
        checklist = self._store.plans.load()
        record = self._record(asked, checklist)
        attempt = practice_keep.read(record)
        main = practice_back_render.look(record, attempt, checklist, self._book, self._texts)
        return {"mode": "look", "main": main, "look": record.id, "focus": "back-head", "fresh": True}

    def _remove(self, asked: Mapping[str, Any]) -> Shown:
        record = self._record(asked, self._store.plans.load())
        self._store.plans.remove(record.model_copy(update={"version": number(asked.get("version"))}))
        return {"focus": "practice-head"}

    def _undo(self, asked: Mapping[str, Any]) -> Shown:
        expected = str(asked.get("id", ""))
        return {"said": self._store.plans.undo(int(expected) if expected.isdecimal() else None)}

    def _ask(self, asked: Mapping[str, Any]) -> Shown:
        text = " ".join(str(asked.get("text", "")).split())
        if not text:
            raise UserError(plan_words.ERRORS["title"])
        if len(text) > QUESTION:
            raise UserError(plan_words.ERRORS["long"])
        questions = self._store.plans.load().questions
        there = any(one.text == text for one in questions)
        if not there:
            self._store.plans.add(Question(text=text, priority=max((one.priority for one in questions), default=-1) + 1))
        return self._saved(asked, "asked_there" if there else "asked_kept")

    def _draft(self, asked: Mapping[str, Any]) -> Shown:
        text = str(asked.get("text", "")).strip()
        if not text:
            raise UserError(plan_words.ERRORS["title"])
        checklist = self._store.plans.load()
        there = any(one.text == text for one in checklist.drafts)
        if not there:
            talk = self._record(asked, checklist).scenario
            name = self._book.scenarios[Scenario(talk)].name if talk in list(Scenario) else talk
            title = self._texts.words["draft_title"].replace("{scenario}", name)
            self._store.plans.add(Draft(kind="line", on=self._now().astimezone().date(), title=title, text=text))
        return self._saved(asked, "draft_there" if there else "draft_kept")

    def _saved(self, asked: Mapping[str, Any], said: str) -> Shown:
        shown = self._open(asked) if asked.get("look") else {}
        return {**shown, "focus": "", "fresh": False, "said": self._texts.words[said]}

    # ---- what is kept ----

    def _record(self, asked: Mapping[str, Any], checklist: Checklist) -> Rehearsal:
        found = next((one for one in checklist.rehearsals if one.id and one.id == asked.get("id")), None)
        if found is None:
            raise UserError(self._texts.words["gone"])
        return found

    def _found(self, asked: Mapping[str, Any]) -> tuple[Rehearsal, Attempt]:
        record = self._record(asked, self._store.plans.load())
        attempt = practice_keep.read(record)
        if attempt is None:
            raise UserError(self._texts.words["unreadable"])
        return record, attempt

    def _playing(self, asked: Mapping[str, Any]) -> tuple[Rehearsal, Attempt]:
        """The scene as the page shows it: a line is never said into a scene that went on elsewhere."""
        record, attempt = self._found(asked)
        if attempt.phase is not Phase.PLAYING or record.version != number(asked.get("version")):
            raise UserError(self._texts.words["elsewhere"])
        return record, attempt

    def _put(self, record: Rehearsal, attempt: Attempt, **more: Any) -> Rehearsal:
        try:
            return self._store.plans.change(record, **practice_keep.fields(attempt, self._book), **more)
        except UserError:  # another program was quicker
            raise UserError(self._texts.words["elsewhere"]) from None

    def _around(self) -> Shown:
        last = next(iter(self._store.plans.changes(1)), None)
        return {"aside": "", "stamp": f"{last.id} {last.at.isoformat()}" if last else ""}


def _one(kind: type[Any], value: str | None) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise UserError(plan_words.ERRORS["request"]) from None


def _sure(value: str | None) -> int | None:
    """A number from 0 to 10, or None where nothing was chosen."""
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 3 and int(value) <= 10):
        raise UserError(plan_words.ERRORS["request"])
    return int(value)
