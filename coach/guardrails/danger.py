"""Hear danger in what a person writes: suicide, self-harm, violence, abuse, another person, an emergency.

Rules only: the same words give the same answer, without a model, a network or a clock. Pure functions.
What is not covered: no diagnosis and no risk score, no reading of pictures or sound, and no promise to
understand every language. `soft` means an ordinary reply with one gentle question; `indirect` and above
are crisis routes. Whoever writes the reply is crisis_reply.py.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from coach.guardrails.denial import CLEAR
from coach.guardrails.hearing import Hit
from coach.guardrails.phrase_files import LEVELS, Level
from coach.guardrails.phrases import PhraseBook, load_phrases
from coach.guardrails.reading import Danger, Reading, at_least, read, with_named
from coach.schema.knowledge import Record

Answer = Literal["yes", "no", "leave_me_alone", "silence"]

EARLIER_LIMIT = 100
"""How many earlier messages are read again."""

GENTLE_TURNS = 3
"""For so many messages after an unanswered risk, an ordinary reply still carries a gentle question."""

SIGN_TURNS = 4
"""Small signs are added up over the message and so many messages before it."""

SHORT = 8
"""A sentence of up to so many words ("it's decided") says one thing; a longer one may be about work."""

BY_SECOND_LOOK = "second look: reads like danger"
"""The reason where no rule spoke; see second_look.py."""

_MISREAD = re.compile(
    r"\b(?:misunderst\w+|misread|not what i (?:meant|said)|only meant|i am safe|yes safe|am not going to hurt|not gonna hurt|never hurt|would not hurt|"
    r"it is (?:just |only )?(?:the|my) (?:job|work|boss)|what the hell|already said no)\b|not suicidal|stop asking|i mean(?:t)? (?:quit|leav|walk|the job)\w*|^\W*(?:(?:what|wait|huh|wtf|lol|haha|omg|god|sorry)\W+)*(?:no|nope|nah|yes\W+safe)\b"
)
_SAFE = re.compile(r"\b(?:i am|yes|yeah) (?:\w+ ){0,2}safe\b|^\W*safe\b|\bnot suicidal\b")
WORK_WORDS = re.compile(
    r"\b(?:e?mails?|meetings?|goals?|sign(?:ing)?|resign\w*|manager|hr|plan|pip|review|deadline|job|offer|report|"
    r"lawyer|rebuttal|reply|respond|draft|project|task|notes?|evidence|interview|check-?in)\b"
)


class _Risk(Record):
    """A risk carried from an earlier message. `age` counts messages since it was last spoken of."""

    danger: Danger
    age: int = 0
    denials: int = 0
    met: bool = False


def detect(
    message: str,
    earlier: Sequence[str] = (),
    phrases: PhraseBook | None = None,
    alarmed: Sequence[bool] = (),
    *,
    returning: bool = False,
) -> Danger:
    """Say what danger `message` holds, given the person's own earlier messages, oldest first.

    `alarmed` says of each earlier message whether it was answered as a crisis: what the second look found is no rule's
    finding, and must not be forgotten either. `returning`: the person begins to write here after a risk that was named
    elsewhere, so it is asked about once more, and a bare "no" answers nothing.

    A risk named earlier and not yet met raises what follows it: a method, means, a farewell or "it's
    decided". A risk is met when the person says they are safe or asks to go back to work.
    """
    book = phrases or load_phrases()
    recent = list(earlier)[-EARLIER_LIMIT:]
    risk, recent_distress = _walk(recent, alarmed, len(earlier), book)
    if returning and risk is not None:
        risk = risk.model_copy(update={"age": 1})
    reading = read(message, book)
    if reading.danger.level in ("none", "soft") and reading.safe:
        return Danger(reason="says they are safe, or asks to go back to work")
    if risk is not None and not risk.met and not reading.danger.is_crisis and _puts_right(risk, reading, book):
        return Danger(reason="says they are safe, and that it was misread")
    if risk is not None:
        if reading.settled and not risk.met and not reading.danger.is_crisis:
            return Danger(reason="feels better, or is not alone")
        return with_named(_raised_by_risk(message, reading, risk, book), reading.named)
    if reading.denial.is_clear and not reading.danger.is_crisis:
        return _denied(reading, book)
    added = None if reading.danger.is_crisis else _added_up(message, reading, recent, book)
    heard = added or _raised_by_distress(message, reading, recent_distress, bool(recent), book)
    return with_named(heard, reading.named)


def is_open(earlier: Sequence[str], alarmed: Sequence[bool] = (), phrases: PhraseBook | None = None) -> bool:
    """Whether a risk named in these messages was not met: the person has not said since that they are safe."""
    recent = list(earlier)[-EARLIER_LIMIT:]
    risk, _ = _walk(recent, alarmed, len(earlier), phrases or load_phrases())
    return risk is not None and not risk.met


def says_safe(text: str, phrases: PhraseBook | None = None) -> bool:
    """Whether they say they are safe or ask to go back to work, and name no danger in the same breath.

    Does not know whether there was a crisis before; "help me with the email" is True on any day.
    """
    book = phrases or load_phrases()
    reading = read(text, book)
    return (reading.safe or reading.settled) and not reading.danger.is_crisis


def reassures(text: str, phrases: PhraseBook | None = None) -> bool:
    """Whether they say in so many words that they are in no danger. "Help me with the email" does not."""
    reading = read(text, phrases or load_phrases())
    return not reading.danger.is_crisis and (reading.denial.is_clear or _SAFE.search(reading.text) is not None)


def read_answer(text: str, phrases: PhraseBook | None = None) -> Answer | None:
    """Read a short answer to a crisis reply: yes, no, leave me alone, silence, or None for anything else."""
    book = phrases or load_phrases()
    reading = read(text, book)
    for answer in ("silence", "leave_me_alone", "no", "yes"):
        if book.answers[answer].search(reading.text):
            return answer
    return "no" if reading.denial.is_clear and not reading.danger.is_crisis else None


def _walk(recent: Sequence[str], alarmed: Sequence[bool], count: int, book: PhraseBook) -> tuple[_Risk | None, bool]:
    """The risk after these messages, and whether one of the last six sounded distressed."""
    risk: _Risk | None = None
    distress = False
    marks = list(alarmed)[-EARLIER_LIMIT:] if len(alarmed) == count else [False] * len(recent)
    for index, (text, alarm) in enumerate(zip(recent, marks, strict=True)):
        reading = read(text, book)
        if alarm and not reading.danger.is_crisis and (risk is None or risk.met):
            reading = replace(reading, danger=Danger(kind="suicide", level="indirect", reason=BY_SECOND_LOOK))
        risk = _carry(risk, text, reading, book)
        if index >= len(recent) - 6:
            distress |= reading.danger.level == "soft" or reading.distress
    return risk, distress


def _denied(reading: Reading, book: PhraseBook) -> Danger:
    """A clear denial: a gentle question at most. Where it goes on, the second look may still judge the rest."""
    spoken = book.tone["named_danger"].search(reading.text) is not None
    level = max(reading.danger.level, "soft" if spoken else "none", key=LEVELS.index)
    reason = f"{CLEAR}, and goes on" if reading.denial.goes_on else CLEAR
    return Danger(kind="suicide" if level != "none" else "none", level=level, reason=reason)


def _added_up(text: str, reading: Reading, recent: Sequence[str], book: PhraseBook) -> Danger | None:
    """Small signs of this message together with those of the last few; None where they do not add up."""
    before = frozenset[str]().union(*(read(said, book).signs for said in recent[-SIGN_TURNS:]))
    for rule in book.together if reading.signs else ():
        if reading.signs | before >= set(rule.signs) and reading.signs & set(rule.signs):
            quote = text.strip()[:100]
            return Danger(kind=rule.kind, level=rule.level, quote=quote, reason=f"{rule.id}, with earlier")
    return None


def _carry(risk: _Risk | None, text: str, reading: Reading, book: PhraseBook) -> _Risk | None:
    """The risk after one more message of the person."""
    danger = reading.danger
    if danger.is_crisis:
        graver = risk is None or risk.met or at_least(danger.level, risk.danger.level)
        return _Risk(danger=danger if graver or risk is None else risk.danger)
    if risk is None or risk.met:
        return risk
    if reading.safe or reading.settled:
        return risk.model_copy(update={"met": True})
    raised = _raised_by_risk(text, reading, risk, book)
    if raised.is_crisis and raised.reason.startswith("earlier risk"):
        return _Risk(danger=raised)
    if _puts_right(risk, reading, book):
        return risk.model_copy(update={"met": True})
    answer = read_answer(text, book)
    if answer == "no":
        denials = risk.denials + 1
        return risk.model_copy(update={"denials": denials, "met": denials >= _denials_needed(risk), "age": 0})
    if answer and risk.age == 0:
        return risk
    return risk.model_copy(update={"age": risk.age + 1})


def _raised_by_risk(text: str, reading: Reading, risk: _Risk, book: PhraseBook) -> Danger:
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
    if risk.danger.kind == "abuse" and risk.age < GENTLE_TURNS:
        safe_now = _safe_now(reading, book)
        if safe_now:
            return _echo(risk.danger, risk.danger.level, text, f"answer: {safe_now}")
    answer = read_answer(text, book) if risk.age == 0 else None
    if answer and risk.danger.kind == "abuse":
        return _echo(risk.danger, risk.danger.level, text, "not clear whether they are safe")
    if answer == "yes":
        level = max((risk.danger.level, "high"), key=LEVELS.index)
        return _echo(risk.danger, level, text, "answer: yes")
    if answer == "no":
        can_step_down = risk.danger.kind in ("suicide", "self_harm")
        lower: Level = "high" if risk.danger.level == "imminent" else "indirect"
        if can_step_down and risk.denials + 1 >= _denials_needed(risk):
            lower = "soft"
        return _echo(risk.danger, lower if can_step_down else risk.danger.level, text, "answer: no")
    if answer:
        return _echo(risk.danger, risk.danger.level, text, f"answer: {answer}")
    if reading.unsafe and risk.age < GENTLE_TURNS:
        return _echo(risk.danger, risk.danger.level, text, "safe in name only")
    if danger.level == "none" and risk.age < GENTLE_TURNS:
        return _echo(risk.danger, "soft", "", "an earlier risk is not met yet")
    return danger


def _denials_needed(risk: _Risk) -> int:
    """Words that name danger are asked about twice; what only sounds like it, once."""
    return 1 if risk.danger.reason == BY_SECOND_LOOK else 2


def _puts_right(risk: _Risk, reading: Reading, book: PhraseBook) -> bool:
    """Whether what no rule had heard as danger is denied: the second look is often wrong, and one plain no is enough."""
    if risk.danger.reason != BY_SECOND_LOOK or reading.unsafe:
        return False
    return reading.denial.is_clear or reading.safe or _MISREAD.search(reading.text) is not None


def _safe_now(reading: Reading, book: PhraseBook) -> Literal["yes", "no"] | None:
    """The answer to "are you safe right now?"; what is not plainly yes or no is left to be asked again."""
    if reading.unsafe or book.answers["unsafe_now"].search(reading.text):
        return "no"
    return "yes" if book.answers["safe_now"].search(reading.text) else None


def _raised_by_distress(
    text: str, reading: Reading, distress: bool, has_history: bool, book: PhraseBook
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
    return danger.model_copy(update={"level": level, "quote": quote, "reason": reason})


__all__ = ["Answer", "Danger", "Hit", "at_least", "detect", "is_open", "read_answer", "says_safe"]
