"""Where things stand: days left, items by status, minutes, next dates, promises. Pure; today is passed in."""

from collections import Counter
from datetime import date

from coach.schema.checklist import (
    CheckInState,
    Checklist,
    Item,
    NextDate,
    Origin,
    Progress,
    Promise,
    PromiseState,
    Status,
)

FINISHED = (Status.DONE, Status.CONFIRMED)


def progress(checklist: Checklist, today: date) -> Progress:
    """The picture of one day."""
    items = [item for item in checklist.items if item.origin != Origin.DROPPED]
    open_items = [item for item in items if item.status not in FINISHED]
    promises = [promise for promise in checklist.promises if promise.origin != Origin.DROPPED]
    open_promises = sorted(
        (promise for promise in promises if promise.state == PromiseState.OPEN and promise.due),
        key=lambda promise: promise.due,
    )
    end = (
        checklist.plan.extraction.plan.end_date if checklist.plan and checklist.plan.extraction.plan else None
    )
    minutes = _minutes(checklist)
    statuses = Counter(item.status for item in items)
    states = Counter(promise.state for promise in promises)
    return Progress(
        today=today,
        days_left=max((end - today).days, 0) if end else None,
        ended=bool(end and end < today),
        by_status={status: statuses[status] for status in Status},
        dropped=len(checklist.items) - len(items),
        minutes=minutes,
        minutes_total=sum(minutes.values()),
        minutes_beyond=sum(entry.minutes for entry in checklist.log if entry.beyond),
        next_dates=_next_dates(checklist, open_items, open_promises, end, today),
        overdue=tuple(
            item.id
            for item in sorted(open_items, key=lambda item: item.deadline or today)
            if item.deadline and item.deadline < today
        ),
        promises={state: states[state] for state in PromiseState},
        promises_due=tuple(promise.id for promise in open_promises if promise.due >= today),
        promises_late=tuple(promise.id for promise in open_promises if promise.due < today),
    )


def _minutes(checklist: Checklist) -> dict[str, int]:
    spent: Counter[str] = Counter()
    for item in checklist.items:
        spent[item.id] += sum(evidence.minutes for evidence in item.evidence)
    for entry in checklist.log:
        spent[entry.item or ""] += entry.minutes
    return {id: minutes for id, minutes in spent.items() if minutes}


def _next_dates(
    checklist: Checklist, items: list[Item], promises: list[Promise], end: date | None, today: date
) -> tuple[NextDate, ...]:
    """Today's and later ones, the nearest first."""
    found = [
        NextDate(on=check_in.at.date(), kind="check_in", text=check_in.who, id=check_in.id)
        for check_in in sorted(checklist.check_ins, key=lambda check_in: check_in.at)
        if check_in.state == CheckInState.PLANNED
    ]
    found += [
        NextDate(on=item.deadline, kind="deadline", text=item.title, id=item.id)
        for item in items
        if item.deadline
    ]
    found += [
        NextDate(on=promise.due, kind="promise", text=promise.text, id=promise.id) for promise in promises
    ]
    if end:
        found.append(NextDate(on=end, kind="plan_end", text=""))
    return tuple(sorted((date for date in found if date.on >= today), key=lambda date: date.on))
