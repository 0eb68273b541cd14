"""Who is to be played, from a person's own description: "she is cold and interrupts". Rules over knowledge/manager."""

import re
from collections.abc import Iterable
from functools import lru_cache

from coach.schema.enums import Difficulty, Persona, Scenario
from coach.schema.manager import ManagerBook
from coach.schema.rehearsal import Casting

# Where a sentence names two conversations, the rarer one is meant.
_ORDER = (
    Scenario.LEAVING, Scenario.HR, Scenario.FINAL, Scenario.CANCELLED, Scenario.WRONG_FACT, Scenario.SUPPORT, Scenario.VAGUE_GOAL,
    Scenario.CHECK_IN, Scenario.FIRST_MEETING,
)  # fmt: skip


def described(texts: Iterable[str], book: ManagerBook, before: Casting | None = None) -> Casting:
    """The casting that fits, the latest text first; what nobody named stays as `before`, or what is most usual."""
    cast = before or Casting()
    found: dict[str, Scenario | Persona | Difficulty] = {}
    for text in texts:
        for name, one in (("scenario", scenario(text, book)), ("persona", persona(text, book)), ("difficulty", difficulty(text, book))):
            if one is not None:
                found.setdefault(name, one)
    return cast.model_copy(update=found)


def persona(text: str, book: ManagerBook) -> Persona | None:
    """The manager that a description comes closest to, or None where it says nothing about one."""
    counts = {name: _count(card.heard, text) for name, card in book.personas.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def difficulty(text: str, book: ManagerBook) -> Difficulty | None:
    """How hard it is to be; the harder one where a description holds both."""
    counts = {name: _count(card.heard, text) for name, card in book.difficulties.items()}
    return next((name for name in reversed(Difficulty) if counts[name]), None)


def scenario(text: str, book: ManagerBook) -> Scenario | None:
    """The conversation that is named."""
    return next((name for name in _ORDER if _count(book.scenarios[name].heard, text)), None)


def _count(words: tuple[str, ...], text: str) -> int:
    return len(set(match.lower() for match in _pattern(words).findall(text.replace("\u2019", "'")))) if words else 0


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = sorted((re.escape(word).replace(r"\*", r"\w*") for word in words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
