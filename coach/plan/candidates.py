"""Which sentences of a plan are worth asking a small model about. Decides nothing itself.

Measured: where structure has found goals, what it left open is nearly never one, and a small model says yes to some of it. So
only a document in which structure found next to nothing is asked about.
"""

import re

from coach.plan.finding import sentences
from coach.plan.finding.classify import Scores
from coach.plan.finding.facts import spread
from coach.plan.finding.roles import Role, imperative, is_given, obliges
from coach.plan.finding.units import units as cut
from coach.plan.finding.walk import Unit, is_blank
from coach.schema.knowledge import Record
from coach.schema.plan import Document, Plan

_I = re.IGNORECASE
MOST = 40  # questions about one document; each takes a small model about two thirds of a second
HEAD = 60  # characters
FEW = 2  # with fewer goals than this, structure has not understood the layout, and its labels do not count
_CLOSED = (Role.COMMENT, Role.ADVICE, Role.SIGNATURE, Role.RESPONSE, Role.DETAIL)
_SAYS_OTHERWISE = (Role.SIGNATURE, Role.RESPONSE, Role.CHECK_IN, Role.CONSEQUENCE)
_OWN = re.compile(r"^(?:i|my|we|our)\b(?! (?:also )?(?:expect|need|want|ask|require))", _I)
_TO_A_PROGRAM = re.compile(r"\b(?:ai|a\.i\.|llms?|language models?|chatbots?|(?:ai|automated|virtual) (?:assistants?|readers?|tools?|systems?))\b|\b(?:ignore|disregard)\b[^.]{0,40}\b(?:instructions?|prompts?|rules)\b|<\|?\w+\|?>|answer (?:with )?(?:yes|no)\b", _I)  # fmt: skip
_EVERYBODY = re.compile(r"\b(?:all|every|each) (?:staff|employees?|officers?|workers?|drivers?|teachers?|colleagues|team members)\b", _I)
_GREETING = re.compile(r"^(?:dear|hi|hello|hey|regards|sincerely|yours|cc|re|from|to|date|subject)\b", _I)


class Candidate(Record):
    """One statement to ask about; `lead` is how far the linear model puts it above or below what is no goal."""

    unit: Unit
    lead: float = 0.0


def candidates(document: Document, plan: Plan, scores: Scores | None) -> list[Candidate]:
    """The likeliest first, so that a time limit costs least; none where structure has understood the document."""
    if len(plan.goals) >= FEW:
        return []
    taken = _taken(plan)
    found = [
        Candidate(unit=unit, lead=_lead(unit, scores))
        for unit in spread([unit for unit in cut(document) if unit.role not in _CLOSED])
        if _may_be(unit.text.strip()) and not any(unit.start < end and start < unit.end for start, end in taken)
    ]
    return sorted(found, key=lambda one: -one.lead)[:MOST]


def _taken(plan: Plan) -> list[tuple[int, int]]:
    quotes = [quote for quote in (*plan.supports, plan.check_ins, plan.consequences, plan.response_window) if quote]
    spans = [span for goal in plan.goals for span in (goal.span, *goal.measure_spans)]
    return [*spans, *(quote.span for quote in quotes)]


def _may_be(text: str) -> bool:
    words = text.split()
    if not 4 <= len(words) <= 60 or is_blank(text) or not re.search(r"[a-z]{3}", text) or re.search(r"_{3,}|\.{5,}|\[ ?\]", text):
        return False
    if text.endswith(("?", ":")) or _OWN.match(text) or _GREETING.match(text) or _TO_A_PROGRAM.search(text) or _EVERYBODY.search(text) or is_given(text):
        return False
    # who gives help is said at the beginning; later on "so that I can see it" is about checking
    return imperative(text) or (sentences.role(text) not in _SAYS_OTHERWISE and sentences.role(text[:HEAD]) is not Role.SUPPORT)


def _lead(unit: Unit, scores: Scores | None) -> float:
    if scores is None:
        return 0.3 * (imperative(unit.text) or obliges(unit.text))
    own = scores("plan_sentence", unit.text[:400])
    return own[Role.GOAL] - max(score for role, score in own.items() if role != Role.GOAL)
