"""The plan as it stands for the person today: what meetings agreed, what was dropped, what was added by hand. Pure."""

from coach.schema.checklist import Checklist, Item, Origin
from coach.schema.plan import Goal, Missing, Plan


def standing(checklist: Checklist | None) -> Plan | None:
    """The current plan with the items' measures and dates in its goals; None where there is no plan.

    A goal that the person added has its item's id.
    """
    if checklist is None or checklist.plan is None or checklist.plan.extraction.plan is None:
        return None
    plan, version = checklist.plan.extraction.plan, checklist.plan.id
    items = {item.goal: item for item in checklist.items if item.goal and item.plan == version and item.origin is not Origin.DROPPED}
    goals = [_today(goal, items[goal.id]) for goal in plan.goals if goal.id in items]
    # without any item the goals are not tracked (yet), and all of them are open to questions
    goals = goals or ([] if items else list(plan.goals))
    added = [_added(item, plan) for item in checklist.items if item.origin is Origin.ADDED]
    return plan.model_copy(update={"goals": (*goals, *added)})


def _today(goal: Goal, item: Item) -> Goal:
    missing = tuple(gap for gap in item.missing if not (gap is Missing.DEADLINE and item.deadline) and not (gap is Missing.MEASURE and item.measure))
    return goal.model_copy(update={"measure": item.measure, "deadline": item.deadline, "evidence_source": item.evidence_source, "missing": missing})


def _added(item: Item, plan: Plan) -> Goal:
    missing = [] if item.measure else [Missing.MEASURE]
    missing += [] if item.deadline or plan.end_date else [Missing.DEADLINE]
    return Goal(
        id=item.id, title=item.title, quote=item.quote or item.title, span=item.span or (0, 0), measure=item.measure,
        deadline=item.deadline, evidence_source=item.evidence_source, missing=tuple(missing),
    )  # fmt: skip
