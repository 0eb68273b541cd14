"""Items and promises from a confirmed plan, and what a meeting agreed. Pure; ids come from the caller."""

from collections.abc import Callable
from datetime import date
from typing import Any

from coach.checklist import words
from coach.schema.checklist import Item, Origin, Promise
from coach.schema.plan import Goal, Missing, Plan, Quote

PLAN_SAYS = "plan"
NewId = Callable[[], str]


def from_plan(plan: Plan, version: str, new_id: NewId) -> tuple[tuple[Item, ...], tuple[Promise, ...]]:
    """One item for each goal, one promise for each support of the plan, in its order. `version` is the plan's id."""
    items = tuple(
        from_goal(goal, version, new_id()).model_copy(update={"position": position})
        for position, goal in enumerate(plan.goals)
    )
    return items, tuple(from_support(support, version, new_id()) for support in plan.supports)


def from_goal(goal: Goal, version: str, id: str) -> Item:
    """The item of a goal, not started."""
    return Item(
        id=id,
        title=title(goal),
        quote=goal.quote,
        page=goal.page,
        span=goal.span,
        measure=goal.measure,
        measure_source=PLAN_SAYS if goal.measure else None,
        target=goal.target,
        evidence_source=goal.evidence_source,
        deadline=goal.deadline,
        missing=goal.missing,
        plan=version,
        goal=goal.id,
        origin=Origin.PLAN,
    )


def from_support(support: Quote, version: str, id: str) -> Promise:
    """The promise of a support, open."""
    return Promise(
        id=id,
        text=support.text.strip() or words.short(support.quote) or "Support",
        quote=support.quote,
        page=support.page,
        span=support.span,
        plan=version,
        origin=Origin.PLAN,
    )


def title(goal: Goal) -> str:
    """The goal's title; its first words where it has none."""
    return goal.title.strip() or words.short(goal.quote) or "Goal"


def agreed(item: Item, measure: str, on: date) -> dict[str, Any]:
    """The changes of an item whose measure was agreed in a meeting."""
    return {
        "measure": measure,
        "measure_source": f"meeting of {words.day(on)}",
        "missing": tuple(gap for gap in item.missing if gap not in (Missing.MEASURE, Missing.VAGUE)),
    }
