"""What the meetings part of the page can do, without a web server: its sections, and what they share.

Every method returns what changes on the screen: head, one entry for each place of a section, said, fault, focus, kept, stamp.
Knows no request and no browser.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from coach.errors import CoachError, UserError
from coach.ui import meetings_render, plan_words
from coach.ui.care import Care
from coach.ui.check_ins_desk import CheckInsDesk
from coach.ui.guarded import Shown, guarded
from coach.ui.letters_desk import LettersDesk
from coach.ui.ports import Built
from coach.ui.questions_desk import QuestionsDesk
from coach.ui.record_desk import RecordDesk

Made = tuple[bytes, str, str]


class MeetingsDesk:
    """The hands of the meetings part. Safe to use from several threads."""

    guarded = staticmethod(guarded)

    def __init__(self, built: Built, now: Callable[[], datetime] = datetime.now) -> None:
        self._store = built.store
        self._care = Care(built)
        self._questions = QuestionsDesk(built, now)
        self._record = RecordDesk(built, now)
        self._sections = (self._questions, LettersDesk(built, now), CheckInsDesk(built, now), self._record)

    def view(self) -> Shown:
        """Every section as it stands."""
        checklist = self._store.plans.load()
        last = next(iter(self._store.plans.changes(1)), None)
        shown: Shown = {"head": meetings_render.head(last), "stamp": self._stamp()}
        for section in self._sections:
            shown |= section.view(checklist)
        return shown

    def act(self, asked: Mapping[str, Any]) -> Shown:
        """One step. After a fault the newest is shown beside it; what was typed stays in its field."""
        name = str(asked.get("do", ""))
        act = next((section.acts[name] for section in self._sections if name in section.acts), None)
        if name == "undo":
            act = self._undo
        if act is None:
            raise UserError(plan_words.ERRORS["request"])
        try:
            done = act(asked)
        except CoachError as error:
            return self._care.beside(asked, {**self.view(), "fault": str(error)})
        return self._care.beside(asked, {**done, "stamp": self._stamp()} if "kept" in done else {**self.view(), **done})

    def file(self, name: str) -> Made | None:
        """Bytes, kind and name of what is taken along; None where there is no such thing."""
        what, _, form = name.partition("-")
        if what == "questions":
            return self._questions.file(self._store.plans.load(), form)
        return self._record.file(what, form)

    def bring_in(self, asked: Mapping[str, Any], data: bytes) -> Shown:
        """Import an archive that was made here."""
        done = self._record.bring_in(asked, data)
        return {**self.view(), **done}

    def _undo(self, asked: Mapping[str, Any]) -> Shown:
        expected = str(asked.get("id", ""))
        return {"said": self._store.plans.undo(int(expected) if expected.isdecimal() else None)}

    def _stamp(self) -> str:
        last = next(iter(self._store.plans.changes(1)), None)
        return f"{last.id} {last.at.isoformat()}" if last else ""
