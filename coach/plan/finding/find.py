"""The way in: a Document to an Extraction. Structure and words only; no model is asked."""

import re
from collections.abc import Collection

from coach.plan import dates
from coach.plan.finding import conflicts, facts, goals, judge
from coach.plan.finding.classify import Scores, fill
from coach.plan.finding.roles import Role
from coach.plan.finding.units import units as cut
from coach.plan.finding.walk import Unit
from coach.schema.plan import Document, Extraction, Plan


def find(document: Document, scores: Scores | None = None, order: dates.Order | None = None, told: Collection[int] = ()) -> Extraction:
    """The plan in the document, or why there is none. Never raises on odd content; finds less instead.

    `scores` are the linear models of the search index; without them headings must say what stands under them.
    `order` is how the person said that dates are written; without it the document decides. `told` are the starts of statements
    that somebody else, such as a model, takes for goals; they are taken for goals here too if they can be.
    """
    units = fill(cut(document), scores)
    order = order or dates.order_of(document.text)
    start, end, length, issued = facts.period(document, units, order)
    calendar = dates.Calendar(order=order, sent=issued, start=start, end=end, holidays=_holidays(document.text, order, issued))
    employee, manager = facts.people(document, units)
    units = _told(goals.settle(units, employee), told)
    said = facts.spread(units)
    found = goals.build(goals.pick(units), units, calendar, employee)
    plan = Plan(
        employee=employee, manager=manager, start_date=start, end_date=end, duration_days=length, goals=found, reasons=facts.reasons(said),
        supports=facts.supports(said), check_ins=facts.check_ins(said), consequences=facts.consequences(said),
        signature=facts.signature(said), response_window=facts.response_window(said),
    )  # fmt: skip
    plan = plan.model_copy(update={"conflicts": conflicts.conflicts(plan, units)})
    verdict = judge.judge(document, plan, units)
    if not verdict.is_plan:
        return Extraction(document=document, is_plan=False, reason=verdict.reason)
    return Extraction(document=document, is_plan=True, plan=plan, reason=verdict.reason, questions=_questions(document.text, order))


def _told(units: list[Unit], told: Collection[int]) -> list[Unit]:
    if not told:
        return units
    apart = [piece for unit in units for piece in (facts.spread([unit]) if any(unit.start <= start < unit.end for start in told) else [unit])]
    return [unit.model_copy(update={"role": Role.GOAL, "told": True}) if unit.start in told else unit for unit in apart]


def _holidays(text: str, order: dates.Order, issued) -> tuple:
    calendar = dates.Calendar(order=order, sent=issued)
    found = []
    for match in re.finditer(r"[^.\n]*\b(?:holidays?|office (?:is )?closed|not (?:counted|working days?))\b[^.\n]*", text, re.IGNORECASE):
        found += [hit.value for hit in dates.find(match[0], calendar) if hit.value]
    return tuple(found)


def _questions(text: str, order: dates.Order) -> tuple[str, ...]:
    if order is not dates.Order.UNKNOWN:
        return ()
    words = [hit.words for hit in dates.find(text, dates.Calendar(order=order)) if hit.value is None and re.match(r"\d{1,2}[-/.]", hit.words)]
    return (f"Does {words[0]} in this plan mean the day first or the month first?",) if words else ()
