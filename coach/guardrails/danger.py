"""Hear danger in what a person writes: suicide, self-harm, violence, abuse, another person, an emergency.

Rules only: the same words give the same answer, without a model, a network or a clock. Pure functions.
What is not covered: no diagnosis and no risk score, no reading of pictures or sound, and no promise to
understand every language. `soft` means an ordinary reply with one gentle question; `indirect` and above
are crisis routes. Whoever writes the reply is crisis_reply.py.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from coach.guardrails.hearing import Hit, hear, joined_quote, signs_in
from coach.guardrails.normalise import View, read_english, read_plainly
from coach.guardrails.phrases import LEVELS, Kind, Level, PhraseBook, load_phrases
from coach.schema.knowledge import Record

Answer = Literal["yes", "no", "leave_me_alone", "silence"]

EARLIER_LIMIT = 100
"""How many earlier messages are read again."""

GENTLE_TURNS = 3
"""For so many messages after an unanswered risk, an ordinary reply still carries a gentle question."""

SIGN_TURNS = 4
"""Small signs are added up over the message and so many messages before it."""

KEPT_READINGS, KEPT_LENGTH = 512, 10_000
"""So many readings of messages are kept, of texts up to that length, so that history is not read again."""

SHORT = 8
"""A sentence of up to so many words ("it's decided") says one thing; a longer one may be about work."""

KIND_ORDER: tuple[Kind, ...] = (
    "none",
    "third_party",
    "abuse",
    "self_harm",
    "harm_others",
    "suicide",
    "medical_emergency",
)
WORK_WORDS = re.compile(
    r"\b(?:e?mails?|meetings?|goals?|sign(?:ing)?|resign\w*|manager|hr|plan|pip|review|deadline|job|offer|report|"
    r"lawyer|rebuttal|reply|respond|draft|project|task|notes?|evidence|interview|check-?in)\b"
)


class Danger(Record):
    """What was heard. `quote` holds the person's exact words, or "" where nothing was heard."""

    kind: Kind = "none"
    level: Level = "none"
    quote: str = ""
    language: str = "en"
    reason: str = ""

    @property
    def is_crisis(self) -> bool:
        """Whether the crisis reply takes the place of everything else."""
        return at_least(self.level, "indirect")


@dataclass(frozen=True)
class _Reading:
    """One message by itself: the danger in it, its plain English text, small signs, safety and distress."""

    danger: Danger
    text: str
    signs: frozenset[str]
    safe: bool
    distress: bool


class _Risk(Record):
    """A risk carried from an earlier message. `age` counts messages since it was last spoken of."""

    danger: Danger
    age: int = 0
    denials: int = 0
    met: bool = False


def detect(message: str, earlier: Sequence[str] = (), phrases: PhraseBook | None = None) -> Danger:
    """Say what danger `message` holds, given the person's own earlier messages, oldest first.

    A risk named earlier and not yet met raises what follows it: a method, means, a farewell or "it's
    decided". A risk is met when the person says they are safe or asks to go back to work.
    """
    book = phrases or load_phrases()
    risk: _Risk | None = None
    recent_distress = False
    recent = list(earlier)[-EARLIER_LIMIT:]
    for index, text in enumerate(recent):
        reading = _read(text, book)
        risk = _carry(risk, text, reading, book)
        if index >= len(recent) - 6:
            recent_distress |= reading.danger.level == "soft" or reading.distress
    reading = _read(message, book)
    if reading.danger.level in ("none", "soft") and reading.safe:
        return Danger(reason="says they are safe, or asks to go back to work")
    if risk is not None:
        return _raised_by_risk(message, reading, risk, book)
    added = None if reading.danger.is_crisis else _added_up(message, reading, recent, book)
    return added or _raised_by_distress(message, reading, recent_distress, bool(recent), book)


def says_safe(text: str, phrases: PhraseBook | None = None) -> bool:
    """Whether they say they are safe or ask to go back to work, and name no danger in the same breath.

    Does not know whether there was a crisis before; "help me with the email" is True on any day.
    """
    book = phrases or load_phrases()
    reading = _read(text, book)
    return reading.safe and not reading.danger.is_crisis


def read_answer(text: str, phrases: PhraseBook | None = None) -> Answer | None:
    """Read a short answer to a crisis reply: yes, no, leave me alone, silence, or None for anything else."""
    book = phrases or load_phrases()
    plain = _read(text, book).text
    for answer in ("silence", "leave_me_alone", "no", "yes"):
        if book.answers[answer].search(plain):
            return answer
    return None


def at_least(level: Level, floor: Level) -> bool:
    """Whether `level` is `floor` or graver."""
    return LEVELS.index(level) >= LEVELS.index(floor)


def _read(text: str, book: PhraseBook) -> _Reading:
    return _kept_reading(text, book) if len(text) <= KEPT_LENGTH else _read_anew(text, book)


@lru_cache(maxsize=KEPT_READINGS)
def _kept_reading(text: str, book: PhraseBook) -> _Reading:
    return _read_anew(text, book)


def _read_anew(text: str, book: PhraseBook) -> _Reading:
    """Read one message by itself. The gravest hit speaks; its kind breaks ties."""
    plain = read_plainly(text)
    english = read_english(plain, book.short_forms, book.lexicon)
    safe = book.tone["safe"].search(english.text) and not book.tone["not_safe"].search(english.text)
    signs = signs_in(english.text, book)
    hits = [hit for hit in hear(plain, english, signs, book) if hit.level != "none"]
    gravest = max(
        hits, key=lambda hit: (LEVELS.index(hit.level), KIND_ORDER.index(hit.kind), -hit.start), default=None
    )
    return _Reading(
        danger=Danger() if gravest is None else _danger(text, plain, english, gravest, hits),
        text=english.text,
        signs=frozenset(signs),
        safe=bool(safe),
        distress=book.signals["distress"].search(english.text) is not None,
    )


def _danger(text: str, plain: View, english: View, gravest: Hit, hits: Sequence[Hit]) -> Danger:
    soft_spots = {hit.start for hit in hits if hit.level == "soft" and hit.counts}
    level: Level = "indirect" if gravest.level == "soft" and len(soft_spots) >= 2 else gravest.level
    reason = gravest.rule if level == gravest.level else "several signs together"
    quote = joined_quote(text, english if gravest.language == "en" else plain, gravest)
    return Danger(kind=gravest.kind, level=level, quote=quote, language=gravest.language, reason=reason)


def _added_up(text: str, reading: _Reading, recent: Sequence[str], book: PhraseBook) -> Danger | None:
    """Small signs of this message together with those of the last few; None where they do not add up."""
    before = frozenset[str]().union(*(_read(said, book).signs for said in recent[-SIGN_TURNS:]))
    for rule in book.together if reading.signs else ():
        if reading.signs | before >= set(rule.signs) and reading.signs & set(rule.signs):
            quote = text.strip()[:100]
            return Danger(kind=rule.kind, level=rule.level, quote=quote, reason=f"{rule.id}, with earlier")
    return None


def _carry(risk: _Risk | None, text: str, reading: _Reading, book: PhraseBook) -> _Risk | None:
    """The risk after one more message of the person."""
    danger = reading.danger
    if danger.is_crisis:
        graver = risk is None or risk.met or at_least(danger.level, risk.danger.level)
        return _Risk(danger=danger if graver or risk is None else risk.danger)
    if risk is None or risk.met:
        return risk
    if reading.safe:
        return risk.model_copy(update={"met": True})
    raised = _raised_by_risk(text, reading, risk, book)
    if raised.is_crisis and raised.reason.startswith("earlier risk"):
        return _Risk(danger=raised)
    answer = read_answer(text, book)
    if answer == "no":
        denials = risk.denials + 1
        return risk.model_copy(update={"denials": denials, "met": denials >= 2, "age": 0})
    if answer and risk.age == 0:
        return risk
    return risk.model_copy(update={"age": risk.age + 1})


def _raised_by_risk(text: str, reading: _Reading, risk: _Risk, book: PhraseBook) -> Danger:
    danger = reading.danger
    signal = _signal(reading.text, book, ("means", "method", "farewell", "decided"))
    if risk.met:
        if danger.level == "none" and signal == "decided":
            return _echo(risk.danger, "soft", text, "a decision, after a risk that was met")
        return danger
    if signal:
        before = LEVELS[min(LEVELS.index(risk.danger.level) + 1, 4)]
        level = max((before, danger.level, "high"), key=LEVELS.index)
        quote = danger.quote or text.strip()[:100]
        kind = danger.kind if danger.is_crisis else risk.danger.kind
        return Danger(
            kind=kind,
            level=level,
            quote=quote,
            language=risk.danger.language,
            reason=f"earlier risk, now {signal}",
        )
    if danger.is_crisis:
        return danger
    answer = read_answer(text, book) if risk.age == 0 else None
    if answer == "yes":
        level = max((risk.danger.level, "high"), key=LEVELS.index)
        return _echo(risk.danger, level, text, "answer: yes")
    if answer == "no":
        can_step_down = risk.danger.kind in ("suicide", "self_harm")
        lower: Level = "high" if risk.danger.level == "imminent" else "indirect"
        if can_step_down and risk.denials >= 1:
            lower = "soft"
        return _echo(risk.danger, lower if can_step_down else risk.danger.level, text, "answer: no")
    if answer:
        return _echo(risk.danger, risk.danger.level, text, f"answer: {answer}")
    if danger.level == "none" and risk.age < GENTLE_TURNS:
        return _echo(risk.danger, "soft", "", "an earlier risk is not met yet")
    return danger


def _raised_by_distress(
    text: str, reading: _Reading, distress: bool, has_history: bool, book: PhraseBook
) -> Danger:
    """Distress before a question about methods, or before "I'm done", makes it graver (C8, C9, N26)."""
    danger = reading.danger
    if not distress:
        # "I tried last month" in a talk about work is probably about work; it still gets a question.
        bare_attempt = danger.reason == "attempt" and has_history
        return danger.model_copy(update={"level": "soft"}) if bare_attempt else danger
    signal = _signal(reading.text, book, ("method",))
    if danger.is_crisis and danger.kind == "suicide":
        if danger.level == "indirect" and (signal or danger.reason in ("displaced", "method")):
            return danger.model_copy(update={"level": "high", "reason": f"{danger.reason}, after distress"})
        return danger
    if danger.level == "none" and (signal or re.fullmatch(r"\W*i am (?:so )?done\W*", reading.text)):
        return Danger(kind="suicide", level="soft", quote=text.strip()[:100], reason="after distress")
    return danger


def _signal(text: str, book: PhraseBook, names: Sequence[str]) -> str | None:
    """The first signal that is spoken of, leaving out sentences that are plainly about work."""
    for sentence in re.split(r"[.!?\n]+", book.idioms.sub(" ", text)):
        about_work = WORK_WORDS.search(sentence) is not None
        for name in names:
            if not book.signals[name].search(sentence):
                continue
            if about_work or (name == "decided" and len(sentence.split()) > SHORT):
                continue
            return name
    return None


def _echo(danger: Danger, level: Level, text: str, reason: str) -> Danger:
    quote = text.strip()[:100] or danger.quote
    return Danger(kind=danger.kind, level=level, quote=quote, language=danger.language, reason=reason)


__all__ = ["Answer", "Danger", "Hit", "at_least", "detect", "read_answer", "says_safe"]
