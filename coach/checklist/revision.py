"""A revised plan on top of a checklist that is under way. Pure: keeps all progress, deletes nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from coach.checklist import words
from coach.checklist.diff import folded, likeness, match
from coach.checklist.items import PLAN_SAYS, NewId, from_goal, from_support, title
from coach.schema.checklist import Item, Origin, Promise
from coach.schema.plan import Goal, Missing, Quote
from coach.schema.plan_diff import GoalChange, GoalDiff, PlanDiff

_TERMS = ("measure", "target", "evidence_source", "deadline")


def apply_revision(
    diff: PlanDiff,
    items: Sequence[Item],
    promises: Sequence[Promise],
    version: str,
    on: date,
    new_id: NewId,
) -> tuple[tuple[Item, ...], tuple[Promise, ...]]:
    """All items and promises as they are after the revision; `version` is the id of the new plan, `on` its day.

    Goals that found their successor keep status, notes, steps, evidence and the person's own title and terms. Where the
    plan changed a term that the person had set otherwise, the plan's stands and theirs goes to the notes. Dropped goals
    stay as items that are no longer in the plan; a new goal that an earlier version had wakes its old item. A goal
    whose item the person removed stays away, unless the plan changed it.
    """
    return (
        _items(diff.goals, items, version, on, new_id),
        _promises(diff, promises, version, new_id),
    )


def _items(
    goals: Sequence[GoalDiff], items: Sequence[Item], version: str, on: date, new_id: NewId
) -> tuple[Item, ...]:
    heirs = {pair.old.id: pair for pair in goals if pair.old}
    live = [item for item in items if item.origin == Origin.PLAN]
    tracked = {item.goal for item in live}
    after = {item.id: _follow(item, heirs.get(item.goal or ""), version, on) for item in live}
    missing = [
        pair.new
        for pair in goals
        if pair.new and pair.changes and (pair.old is None or pair.old.id not in tracked)
    ]
    dropped = [item for item in items if item.origin == Origin.DROPPED]
    position = 1 + max((item.position for item in items), default=-1)
    added = []
    for old, goal in match(dropped, missing, lambda item, goal: likeness(item.quote, goal.quote)):
        if old and goal:
            after[old.id] = _renew(old, None, goal, version, on)
        elif goal:
            fresh = from_goal(goal, version, new_id())
            added.append(fresh.model_copy(update={"position": position + len(added)}))
    return (*(after.get(item.id, item) for item in items), *added)


def _follow(item: Item, pair: GoalDiff | None, version: str, on: date) -> Item:
    if pair is None or GoalChange.DROPPED in pair.changes or pair.new is None:
        return item.model_copy(update={"origin": Origin.DROPPED})
    return _renew(item, pair.old, pair.new, version, on)


def _renew(item: Item, old: Goal | None, new: Goal, version: str, on: date) -> Item:
    update: dict[str, Any] = {
        "quote": new.quote,
        "page": new.page,
        "span": new.span,
        "goal": new.id,
        "plan": version,
        "origin": Origin.PLAN,
    }
    if old and item.title == title(old):
        update["title"] = title(new)
    aside = []
    for name in _TERMS:
        mine, was, now = getattr(item, name), getattr(old, name, None), getattr(new, name)
        if mine != was and now in (was, None):
            continue  # the person's own, and the plan has nothing new to say
        update[name] = now
        if name == "measure":
            update["measure_source"] = PLAN_SAYS if now else None
        if mine not in (was, now, None):
            aside.append(_aside(item, name))
    if aside:
        line = f"Before the revised plan of {words.day(on)}: {'; '.join(aside)}."
        update["notes"] = f"{item.notes}\n{line}" if item.notes else line
    renewed = item.model_copy(update=update)
    return renewed.model_copy(update={"missing": _gaps(renewed, new)})


def _aside(item: Item, name: str) -> str:
    value = getattr(item, name)
    source = f" ({item.measure_source})" if name == "measure" and item.measure_source else ""
    return f"{words.field(name)} “{words.day(value) if isinstance(value, date) else value}”{source}"


def _gaps(item: Item, goal: Goal) -> tuple[Missing, ...]:
    closed = set()
    if item.deadline:
        closed.add(Missing.DEADLINE)
    if item.measure and item.measure_source != PLAN_SAYS:
        closed |= {Missing.MEASURE, Missing.VAGUE}
    return tuple(gap for gap in goal.missing if gap not in closed)


def _promises(
    diff: PlanDiff, promises: Sequence[Promise], version: str, new_id: NewId
) -> tuple[Promise, ...]:
    heirs = {folded(pair.old.quote): pair for pair in diff.supports if pair.old}
    live = [promise for promise in promises if promise.origin == Origin.PLAN]
    tracked = {folded(promise.quote) for promise in live}
    after = {}
    for promise in live:
        pair = heirs.get(folded(promise.quote))
        new = pair.new if pair else None
        if new is None:
            after[promise.id] = promise.model_copy(update={"origin": Origin.DROPPED})
        else:
            after[promise.id] = _renew_promise(promise, pair.old, new, version)
    missing = [
        pair.new
        for pair in diff.supports
        if pair.new and (pair.old is None or (pair.reworded and folded(pair.old.quote) not in tracked))
    ]
    dropped = [promise for promise in promises if promise.origin == Origin.DROPPED]
    added = []
    for old, support in match(dropped, missing, lambda promise, new: likeness(promise.quote, new.quote)):
        if old and support:
            after[old.id] = _renew_promise(old, None, support, version)
        elif support:
            added.append(from_support(support, version, new_id()))
    return (*(after.get(promise.id, promise) for promise in promises), *added)


def _renew_promise(promise: Promise, old: Quote | None, new: Quote, version: str) -> Promise:
    update: dict[str, Any] = {
        "quote": new.quote,
        "page": new.page,
        "span": new.span,
        "plan": version,
        "origin": Origin.PLAN,
    }
    if old and promise.text == old.text.strip():
        update["text"] = new.text.strip() or promise.text
    return promise.model_copy(update=update)
