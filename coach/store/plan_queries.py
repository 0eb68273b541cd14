"""What PlanStore reads and writes inside one transaction. Opens none itself."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, func, select

from coach.checklist.ics import moment
from coach.errors import UserError
from coach.schema.checklist import (
    CheckIn,
    Checklist,
    Draft,
    Entry,
    Evidence,
    Feedback,
    Item,
    PlanVersion,
    Promise,
    Question,
    Rehearsal,
    Step,
    Tracked,
)
from coach.schema.plan import Extraction, Plan
from coach.store import plan_rows, tables
from coach.store.journal import Change
from coach.store.plan_rows import TABLES

NO_PLAN = "This document holds no plan."
GONE = "This was removed in another window. Load the page again."
NO_ITEM = "The item that this belongs to was removed. Choose another one, or none."

T = TypeVar("T", bound=Tracked)


def new_id() -> str:
    """A fresh id."""
    return uuid.uuid4().hex


def plan_of(extraction: Extraction) -> Plan:
    """The plan that was found; UserError where there is none."""
    if extraction.plan is None:
        raise UserError(extraction.reason or NO_PLAN)
    return extraction.plan


def current(connection: Connection) -> PlanVersion | None:
    """The newest version of the plan."""
    found = select(tables.plan).where(tables.plan.c.current == 1)
    row = connection.execute(found).mappings().one_or_none()
    return plan_rows.plan(row) if row else None


def everything(connection: Connection) -> Checklist:
    """All that is tracked."""
    return Checklist(
        plan=current(connection),
        items=items(connection),
        log=every(connection, Entry),
        promises=every(connection, Promise),
        feedback=every(connection, Feedback),
        check_ins=every(connection, CheckIn),
        questions=every(connection, Question),
        drafts=every(connection, Draft),
        rehearsals=every(connection, Rehearsal),
    )


def versions(connection: Connection) -> list[PlanVersion]:
    """All versions of the plan, the newest first."""
    newest_first = select(tables.plan).order_by(tables.plan.c.number.desc())
    return [plan_rows.plan(row) for row in connection.execute(newest_first).mappings().all()]


def remove_all(connection: Connection) -> None:
    """Delete plan and checklist with all versions, files, and the way back."""
    for table in (tables.journal, *reversed(TABLES.values()), tables.attachment, tables.plan):
        connection.execute(delete(table))


def put_plan(change: Change, extraction: Extraction, on: date) -> PlanVersion:
    """Add a version and make it the current one. The caller has put the earlier one aside."""
    number = 1 + (change.connection.scalar(select(func.max(tables.plan.c.number))) or 0)
    version = PlanVersion(id=new_id(), number=number, added_on=on, current=True, extraction=extraction)
    own = {"id": version.id, "number": number, "added_on": on.isoformat(), "current": 1}
    change.insert(tables.plan, {**own, **plan_rows.plan_values(extraction)})
    return version


def every(connection: Connection, kind: type[T], **where: Any) -> tuple[T, ...]:
    """All records of a kind in their order."""
    table = TABLES[kind]
    order = [table.c[plan_rows.ORDER[kind]]] if kind in plan_rows.ORDER else []
    found = select(table).where(*(table.c[name] == value for name, value in where.items()))
    records = connection.execute(found.order_by(*order, table.c.added)).mappings().all()
    return tuple(plan_rows.record(kind, row) for row in records)


def items(connection: Connection, **where: Any) -> tuple[Item, ...]:
    """All items, or the one with `id`, with steps and evidence."""
    about = {"item": where["id"]} if where else {}
    steps, evidence = every(connection, Step, **about), every(connection, Evidence, **about)
    return tuple(
        item.model_copy(
            update={
                "steps": tuple(step for step in steps if step.item == item.id),
                "evidence": tuple(shown for shown in evidence if shown.item == item.id),
            }
        )
        for item in every(connection, Item, **where)
    )


def find(connection: Connection, kind: type[T], id: str) -> T | None:
    """The record as it is stored, an item with its steps and evidence."""
    found = items(connection, id=id) if kind is Item else every(connection, kind, id=id)
    return next(iter(found), None)  # type: ignore[return-value]


def stored(connection: Connection, seen: T) -> T:
    """What became of the record that somebody has seen; UserError where it is gone."""
    found = find(connection, type(seen), seen.id)
    if found is None:
        raise UserError(GONE)
    return found


def check(connection: Connection, record: Tracked) -> None:
    """UserError where the record names an item that is not there, or a time zone that nobody knows."""
    about = getattr(record, "item", None)
    if about is not None and find(connection, Item, about) is None:
        raise UserError(NO_ITEM)
    if isinstance(record, CheckIn):
        moment(record.at, record.zone)


def next_position(connection: Connection, kind: type[Tracked], **where: Any) -> int:
    """The place behind the last one."""
    table = TABLES[kind]
    own = [table.c[name] == value for name, value in where.items()]
    last = connection.scalar(select(func.max(table.c.position)).where(*own))
    return 0 if last is None else last + 1


def put(change: Change, record: T) -> T:
    """Add the record."""
    placed = record.model_copy(update={"id": record.id or new_id(), "version": 1})
    change.insert(TABLES[type(record)], plan_rows.values(placed))
    return placed


def put_all(change: Change, before: Sequence[Tracked], after: Sequence[Tracked]) -> None:
    """Write what differs and add what is new."""
    known = {record.id: record for record in before}
    for record in after:
        if record.id in known:
            update(change, known[record.id], record)
        else:
            put(change, record)


def update(change: Change, before: Tracked, after: Tracked) -> list[str]:
    """Write the fields that differ and name them."""
    old, new = plan_rows.values(before), plan_rows.values(after)
    differing = {name: value for name, value in new.items() if name != "version" and old[name] != value}
    if differing:
        change.update(TABLES[type(before)], before.id, differing)
    return list(differing)
