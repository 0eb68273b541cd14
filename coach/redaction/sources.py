"""Whose names are known: those that the person listed and those of their plan. Pure."""

import threading
from collections.abc import Callable

from coach.redaction.find import names_of
from coach.redaction.known import kind_of, listed
from coach.schema.plan import Extraction
from coach.schema.redaction import Kind, Known, NameBook


class Names:
    """Call it for all names that are known now. `words` is the person's list, `plan` gives the plan of now. Thread-safe."""

    def __init__(self, book: NameBook, words: tuple[str, ...], plan: Callable[[], Extraction | None]) -> None:
        self._book, self._plan = book, plan
        self._listed = listed(words, book)
        self._lock = threading.Lock()
        self._read: tuple[str, tuple[Known, ...]] = ("", ())

    def __call__(self) -> tuple[Known, ...]:
        """Listed names first, so that their numbers are the lowest."""
        extraction = self._plan()
        if extraction is None:
            return self._listed
        with self._lock:
            if self._read[0] != extraction.document.text:
                self._read = (extraction.document.text, of_plan(extraction, self._book))
            return (*self._listed, *self._read[1])


def of_plan(extraction: Extraction, book: NameBook) -> tuple[Known, ...]:
    """Everybody and everything that a plan names: its people, its letterhead, its signatures, the header of the mail that it came in."""
    document, plan = extraction.document, extraction.plan
    people = [plan.employee, plan.manager] if plan else []
    people = [name for name in (*people, document.sender, document.recipient) if name and name.strip()]
    stated = tuple(Known(text=name, kind=_person(kind_of(name, book))) for name in dict.fromkeys(people))
    return names_of(document.text, book, stated)


def _person(kind: Kind) -> Kind:
    return Kind.PERSON if kind is Kind.NAME else kind
