"""Words to send: a draft with its blanks, a look over a text of one's own, and what was kept. Sends nothing. Knows no request.

The draft that is open and the text that is being written are held in memory, so that a reload loses neither; stored is what
the person keeps.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from coach.checklist.words import short
from coach.errors import UserError
from coach.schema.checklist import Checklist, Draft
from coach.schema.drafts import DraftBook, DraftKind, Letter, Mark
from coach.tools.draft import draft
from coach.tools.draft_check import marks
from coach.tools.draft_facts import LISTS
from coach.tools.known import latest
from coach.tools.standing import standing
from coach.ui import letters_render, plan_words
from coach.ui import meetings_words as words
from coach.ui import plan_forms as forms
from coach.ui.fields import number, pairs, texts
from coach.ui.guarded import Shown
from coach.ui.ports import Built
from coach.ui.sheet_render import blanks

OWN = "own"
INSIDE = ("said", "correct", "evidence", "done", "no_entry", "n")  # parts of an entry of a list: filled in where they stand
Asked = Mapping[str, Any]


class LettersDesk:
    """The hands of the section Words to send."""

    def __init__(self, built: Built, now: Callable[[], datetime]) -> None:
        self._store = built.store
        self._coach = built.coach
        self._brain = built.brain
        self._now = now
        self._lock = threading.Lock()
        self._kind: DraftKind | None = None
        self._facts: dict[DraftKind, dict[str, str]] = {}  # what was typed for each kind of message
        self._own = ""
        self._aside = ""  # what stood there before a text was taken in
        self._looked = False
        self.acts: dict[str, Callable[[Asked], Shown]] = {
            "letter": self._choose, "fill": self._fill, "facts": self._note_facts, "work-on": self._work_on, "put-back": self._put_back, "own-text": self._write, "look-over": self._look_over,
            "calmer": self._calmer, "keep": self._keep, "keep-own": self._keep_own, "sent": self._sent, "remove-letter": self._remove,
        }  # fmt: skip

    def view(self, checklist: Checklist) -> Shown:
        """The draft that is open, the text of one's own, what was kept."""
        with self._lock:
            kind, facts, own, aside, looked = self._kind, dict(self._facts.get(self._kind, {})), self._own, self._aside, self._looked
        made = self._letter(kind, facts, checklist) if kind else None
        open_ = self._open(kind, made.text, facts) if kind and made else []
        found = self._marks(own, checklist) if looked else ()
        return {"letters": letters_render.section(kind, made, open_, own, found, looked=looked, aside=bool(aside.strip()), kept=checklist.drafts)}

    def _letter(self, kind: DraftKind, facts: dict[str, str], checklist: Checklist) -> Letter:
        book = self._book
        given = {name: text for name, text in facts.items() if name not in INSIDE}
        made = draft(kind, given, standing(checklist), latest(self._store), checklist, self._now().date(), book)
        text = made.text
        for name, said in facts.items():  # what no wording took stands where its blank stood
            text = text.replace(book.blanks[name], said) if name in INSIDE else text
        return made.model_copy(update={"text": text})

    def _open(self, kind: DraftKind, text: str, facts: dict[str, str]) -> list[tuple[str, str, str, bool]]:
        """Name, question, what was typed and whether it takes several lines, for each blank and each fact typed so far."""
        book, found = self._book, []
        for blank in blanks(text):
            name = next((slot for slot in _slots(kind, book) if book.blanks[slot] == blank), None)
            if name is None:
                name = next((slot for slot, shown in book.blanks.items() if blank in shown), None)
            if name and name not in (*facts, *found):
                found.append(name)
        return [(name, book.asks.get(name) or book.blanks[name].strip("[]").capitalize(), facts.get(name, ""), name in LISTS) for name in (*facts, *found)]

    def _marks(self, text: str, checklist: Checklist) -> tuple[Mark, ...]:
        ready = self._brain.search_if_ready()  # until the index is there the rules alone look
        return marks(text, self._coach.library.marks, standing(checklist), ready.index if ready else None)

    @property
    def _book(self) -> DraftBook:
        return self._coach.library.drafts

    def _choose(self, asked: Asked) -> Shown:
        try:
            kind = DraftKind(str(asked.get("kind", "")))
        except ValueError:
            raise UserError(plan_words.ERRORS["field"]) from None
        with self._lock:
            self._kind = kind
        return {"said": "", "focus": f"letter-{kind.value}"}

    def _fill(self, asked: Asked) -> Shown:
        given = self._checked(texts(asked))
        with self._lock:
            if self._kind:
                self._facts[self._kind] = {name: text for name, text in given.items() if text}
        return {"said": "", "focus": "letter-text"}

    def _note_facts(self, asked: Asked) -> Shown:
        """What is typed for a message, held while it is typed."""
        typed = {name: now for name, (_, now) in pairs(asked).items()}
        given, id = self._checked(typed), str(asked.get("id", ""))
        kind = next((kind for kind in DraftKind if id == f"{letters_render.FILL}{kind.value}"), None)
        if kind is None:
            raise UserError(plan_words.ERRORS["field"])
        with self._lock:
            facts = self._facts.get(kind, {}) | given
            self._facts[kind] = {name: text for name, text in facts.items() if text}
        return {"kept": {"id": id, "version": 0, "fields": typed}}

    def _checked(self, given: Mapping[str, str]) -> dict[str, str]:
        if any(name not in self._book.blanks for name in given):
            raise UserError(plan_words.ERRORS["field"])
        if any(len(text) > forms.LONGEST for text in given.values()):
            raise UserError(plan_words.ERRORS["long"])
        return {name: text.replace("\r\n", "\n").strip() for name, text in given.items()}

    def _work_on(self, asked: Asked) -> Shown:
        """Take a text into the box for one's own."""
        text = texts(asked).get("text", "").replace("\r\n", "\n").strip()
        if len(text) > forms.LONGEST:
            raise UserError(plan_words.ERRORS["long"])
        with self._lock:
            if self._own.strip() and self._own.strip() != text:
                self._aside = self._own
            self._own, self._looked = text, False
        return {"said": "", "focus": "own-letter"}

    def _put_back(self, asked: Asked) -> Shown:
        """What stood in the box before; what stands there now is put aside instead."""
        with self._lock:
            self._own, self._aside, self._looked = self._aside, self._own, False
        return {"said": "", "focus": "own-letter"}

    def _write(self, asked: Asked) -> Shown:
        text = pairs(asked).get("text", ("", self._own))[1]
        if len(text) > forms.LONGEST:
            raise UserError(plan_words.ERRORS["long"])
        with self._lock:
            self._own = text
        return {"kept": {"id": OWN, "version": 0, "fields": {"text": text}}}

    def _look_over(self, asked: Asked) -> Shown:
        self._take_own(asked)
        with self._lock:
            if not self._own.strip():
                raise UserError(plan_words.ERRORS["title"])
            self._looked = True
        return {"said": "", "focus": "looked-head"}

    def _calmer(self, asked: Asked) -> Shown:
        """Put the calmer wording in the place of what was marked."""
        with self._lock:
            text = self._own
        found = self._marks(text, self._store.plans.load())
        at = number(asked.get("number"))
        if at >= len(found) or found[at].quote != str(asked.get("quote", "")).replace("\r\n", "\n"):
            raise UserError(words.ERRORS["moved"])
        start, end = found[at].span
        with self._lock:
            self._own = text[:start] + found[at].calmer + text[end:]
        return {"said": words.PUT_IN, "focus": "looked-head"}

    def _keep(self, asked: Asked) -> Shown:
        fields = texts(asked)
        text = fields.get("text", "").replace("\r\n", "\n").strip()
        if not text:
            raise UserError(plan_words.ERRORS["title"])
        if len(text) > forms.LONGEST:
            raise UserError(plan_words.ERRORS["long"])
        kind = fields.get("kind", "")
        if kind != OWN and kind not in tuple(DraftKind):
            raise UserError(plan_words.ERRORS["field"])
        title = short(fields.get("title", "") or text.split("\n")[0].removeprefix("Subject:").strip(), 80)
        self._store.plans.add(Draft(kind=kind, on=self._now().date(), title=title, text=text))
        return {"said": words.KEPT}

    def _keep_own(self, asked: Asked) -> Shown:
        self._take_own(asked)
        with self._lock:
            text = self._own
        return self._keep({"fields": {"kind": OWN, "text": text}})

    def _take_own(self, asked: Asked) -> None:
        text = texts(asked).get("text")
        if text is None:
            return
        if len(text) > forms.LONGEST:
            raise UserError(plan_words.ERRORS["long"])
        with self._lock:
            self._own = text.replace("\r\n", "\n")

    def _sent(self, asked: Asked) -> Shown:
        self._store.plans.change(self._draft(asked), sent=str(asked.get("on")) == "true")
        return {"said": ""}

    def _remove(self, asked: Asked) -> Shown:
        self._store.plans.remove(self._draft(asked).model_copy(update={"version": number(asked.get("version"))}))
        return {"said": ""}

    def _draft(self, asked: Asked) -> Draft:
        found = next((one for one in self._store.plans.load().drafts if one.id == asked.get("id")), None)
        if found is None:
            raise UserError(plan_words.ERRORS["gone"])
        return found


def _slots(kind: DraftKind, book: DraftBook) -> list[str]:
    """Every fact that a message of this kind may name, so that a blank which two facts share is asked for rightly."""
    skeleton = book.kinds[kind]
    steps = [book.moves[name] for names in skeleton.paragraphs for name in names]
    wordings = [*skeleton.subject, *(one for step in steps for one in step.wordings)]
    each = [step.each for step in steps if step.each]
    return [slot for slot in book.blanks if slot in each or any(f"{{{slot}}}" in one.text for one in wordings)]
