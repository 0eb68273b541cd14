"""The plan's own short words that the simulated manager may use. Nothing is guessed: what the plan does not say has no slot."""

import re
from datetime import date

from coach.schema.plan import Plan
from coach.tools import question_words as words

_RHYTHM = re.compile(r"\b(?:every|each|weekly|daily|(?:bi-?|fort)\w*ly|once|twice|monthly|\d+[- ]day)\b", re.IGNORECASE)


def slots(plan: Plan | None, today: date) -> tuple[tuple[str, str], ...]:
    """Names and words for the manager's lines; empty where there is no plan."""
    if plan is None:
        return ()
    found: dict[str, str] = {}
    if plan.employee and plan.employee.split():
        found["employee"] = words.few(plan.employee.split()[0])
    if plan.manager and plan.manager.split():
        found["manager"] = words.few(plan.manager)
    if plan.goals:
        goal = next((goal for goal in plan.goals if goal.measure), plan.goals[0])
        found["goal"] = words.goal_words(goal)
        if goal.measure:
            found["measure"] = words.sentence(goal.measure)
        if due := words.due(goal, plan):
            found["due"] = words.day(due, plan, today)
    if plan.supports:
        found["support"] = words.support_words(plan.supports[0])
    if plan.end_date:
        found["by"] = words.day(plan.end_date, plan, today)
    if plan.duration_days:
        found["days"] = str(plan.duration_days)
    if plan.check_ins:
        found["check_ins"] = words.part(plan.check_ins.text, _RHYTHM)
    return tuple((name, text) for name, text in found.items() if text)
