"""Read one message by itself: the danger in it, what it names, whether it says that all is well.

Knows nothing of earlier messages; those are weighed in danger.py. Readings are kept, so that history is not read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from coach.guardrails.denial import Denial, read_denial
from coach.guardrails.hearing import Hit, hear, joined_quote, signs_in
from coach.guardrails.named import Named, named_in
from coach.guardrails.normalise import View, read_english, read_plainly
from coach.guardrails.phrase_files import LEVELS, Kind, Level
from coach.guardrails.phrases import PhraseBook
from coach.schema.knowledge import Record

KEPT_READINGS, KEPT_LENGTH = 512, 10_000
"""So many readings of messages are kept, of texts up to that length, so that history is not read again."""


KIND_ORDER: tuple[Kind, ...] = (
    "none",
    "third_party",
    "abuse",
    "self_harm",
    "harm_others",
    "suicide",
    "medical_emergency",
)

class Danger(Record):
    """What was heard. `quote` holds the person's exact words, or "" where nothing was heard."""

    kind: Kind = "none"
    level: Level = "none"
    quote: str = ""
    language: str = "en"
    reason: str = ""
    named: tuple[Named, ...] = ()

    @property
    def is_crisis(self) -> bool:
        """Whether the crisis reply takes the place of everything else."""
        return at_least(self.level, "indirect")

    @property
    def is_over(self) -> bool:
        """Whether the person says that they are safe, feel better, or want to go back to work."""
        return self.level == "none" and self.reason.startswith(("says they are safe", "feels better"))


@dataclass(frozen=True)
class Reading:
    """One message by itself: the danger in it, its plain English text, small signs, safety and distress.

    `safe` is plain ("I'm safe", "back to the plan"); `settled` is less so ("I'm okay now") and only counts after a risk.
    """

    danger: Danger
    text: str
    signs: frozenset[str]
    safe: bool
    settled: bool
    unsafe: bool
    denial: Denial
    named: tuple[Named, ...]
    distress: bool


def at_least(level: Level, floor: Level) -> bool:
    """Whether `level` is `floor` or graver."""
    return LEVELS.index(level) >= LEVELS.index(floor)


def read(text: str, book: PhraseBook) -> Reading:
    """Read one message by itself; what was read before is kept."""
    return _kept_reading(text, book) if len(text) <= KEPT_LENGTH else _read_anew(text, book)


@lru_cache(maxsize=KEPT_READINGS)
def _kept_reading(text: str, book: PhraseBook) -> Reading:
    return _read_anew(text, book)


def _read_anew(text: str, book: PhraseBook) -> Reading:
    """Read one message by itself. The gravest hit speaks; its kind breaks ties."""
    plain = read_plainly(text)
    english = read_english(plain, book.short_forms, book.lexicon)
    denial = read_denial(english.text, book)
    unsafe = denial.doubted or book.tone["unsafe"].search(english.text) is not None
    believed = not unsafe and book.tone["not_safe"].search(english.text) is None
    signs = signs_in(denial.rest, book)
    hits = [hit for hit in hear(plain, replace(english, text=denial.rest), signs, book) if hit.level != "none"]
    if denial.doubted and denial.span:
        hits.append(Hit("doubted-denial", "suicide", "indirect", "en", *denial.span))
    gravest = max(
        hits, key=lambda hit: (LEVELS.index(hit.level), KIND_ORDER.index(hit.kind), -hit.start), default=None
    )
    named = named_in(denial.rest, book)
    danger = Danger() if gravest is None else _danger(text, plain, english, gravest, hits)
    return Reading(
        danger=with_named(danger, named),
        text=english.text,
        signs=frozenset(signs),
        safe=believed and book.tone["safe"].search(english.text) is not None,
        settled=believed
        and book.tone["settled"].search(english.text) is not None
        and book.tone["brushed_off"].search(english.text) is None,
        unsafe=unsafe,
        denial=denial,
        named=named,
        distress=book.signals["distress"].search(english.text) is not None,
    )


def _danger(text: str, plain: View, english: View, gravest: Hit, hits: Sequence[Hit]) -> Danger:
    soft_spots = {hit.start for hit in hits if hit.level == "soft" and hit.counts}
    level: Level = "indirect" if gravest.level == "soft" and len(soft_spots) >= 2 else gravest.level
    reason = gravest.rule if level == gravest.level else "several signs together"
    quote = joined_quote(text, english if gravest.language == "en" else plain, gravest)
    return Danger(kind=gravest.kind, level=level, quote=quote, language=gravest.language, reason=reason)


def with_named(danger: Danger, named: Sequence[Named]) -> Danger:
    """`danger` with what was named. Suicide that is prepared, or has a time, counts as immediate."""
    if danger.kind != "suicide" or not danger.is_crisis or not named:
        return danger
    level: Level = "imminent" if any(one.prepared for one in named) else danger.level
    return danger.model_copy(update={"named": tuple(named), "level": level})
