"""Two statements of the plan that disagree: two numbers for one thing, a goal that ends after the plan. Pure."""

import re

from coach.plan.finding import sentences
from coach.plan.finding.facts import quote
from coach.plan.finding.roles import Role
from coach.plan.finding.walk import Unit
from coach.schema.plan import Goal, Plan, Quote

_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_COMMON = set(["the", "and", "that", "this", "with", "from", "each", "every", "than", "least", "most", "more", "less", "fewer", "must", "will", "shall", "should", "have", "has", "been", "their", "your", "plan", "goal", "within", "month", "week", "when", "which", "must", "not", "any", "all", "our", "for", "are"])


def conflicts(plan: Plan, units: list[Unit]) -> tuple[Quote, ...]:
    """The statements that stand against a goal, in the document's words."""
    found = []
    for goal in plan.goals:
        if goal.deadline and plan.end_date and goal.deadline > plan.end_date:
            found.append(Quote(text=_fold(goal.quote), quote=goal.quote, page=goal.page, span=goal.span))
        found += _other_numbers(goal, units)
    return tuple({item.span: item for item in found}.values())


def _other_numbers(goal: Goal, units: list[Unit]) -> list[Quote]:
    said = f"{goal.quote} {goal.measure or ''}"
    numbers = {_number(match) for match in _PERCENT.findall(said)}
    if not numbers:
        return []
    words, found = _words(said), []
    own = [goal.span, *goal.measure_spans]
    for unit in units:
        if unit.role in (Role.REASON, Role.COMMENT, Role.ADVICE, Role.SUPPORT):
            continue
        for left, right in sentences.split(unit.text):
            start = unit.start + left
            text = unit.text[left:right]
            others = {_number(match) for match in _PERCENT.findall(text)}
            apart = not any(first <= start < last or start <= first < unit.start + right for first, last in own)
            if apart and others and not others & numbers and len(words & _words(text)) >= 2 and sentences.role(text) is not Role.REASON:
                found.append(quote(unit, left, right))
    return found


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _words(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())} - {word[:5] for word in _COMMON}


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
