"""What hides names from an endpoint elsewhere, made when it is first needed: the list of words takes a fifth of a second to read."""

from collections.abc import Callable
from pathlib import Path

from coach import name_book
from coach.redaction.placeholders import Placeholders
from coach.redaction.redactor import Redactor
from coach.redaction.sources import Names
from coach.schema.plan import Extraction
from coach.settings import Settings


class Hiding:
    """One for the whole program, so that a name has the same placeholder everywhere. `kept` gives the plan that is kept."""

    def __init__(self, folder: Path, note: str, kept: Callable[[], Extraction | None]) -> None:
        self._folder, self._note, self._kept = folder, note, kept
        self._placeholders = Placeholders()
        self._given: Extraction | None = None

    def take(self, extraction: Extraction) -> None:
        """Know the names of a plan that is not kept, from the command line."""
        self._given = extraction

    def redactor(self, settings: Settings) -> Redactor | None:
        """What hides by these settings; None where the person has turned it off."""
        if not settings.redact:
            return None
        book = name_book.load(self._folder)
        names = Names(book, settings.hidden_words, lambda: self._given or self._kept())
        return Redactor(book, names, self._note, self._placeholders)
