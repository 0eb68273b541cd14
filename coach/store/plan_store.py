"""The door to the tracked checklist. Every change is one transaction with its way back in the journal."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from coach.checklist import words
from coach.checklist.diff import diff
from coach.checklist.items import from_plan
from coach.checklist.revision import apply_revision
from coach.errors import UserError
from coach.schema.checklist import (
    LARGEST_FILE,
    Checklist,
    Done,
    Entry,
    Evidence,
    Feedback,
    Item,
    Origin,
    PlanVersion,
    Promise,
    Question,
    Step,
    Tracked,
)
from coach.schema.plan import Extraction
from coach.schema.plan_diff import PlanDiff
from coach.store import journal, plan_rows, rows, tables
from coach.store import plan_queries as queries
from coach.store.journal import Change
from coach.store.plan_rows import TABLES

NAME_LENGTH = 120
HAS_PLAN = "There is a plan already. Add this one as its new version."
OTHER_PLAN = "Another window has changed the plan meanwhile, so nothing was saved. Look at it again."
NOTHING = "There is nothing to take back."
TYPING = timedelta(minutes=10)  # words saved within this time after one another are one step for undo

T = TypeVar("T", bound=Tracked)
Transaction = Callable[[], AbstractContextManager[Connection]]
Erase = Callable[[Callable[[Connection], None], bool], None]


class PlanStore:
    """The plan with its versions, and all that is tracked. Reached as `store.plans`; as safe to share as Store.

    Records that come back are those that are stored. `change` and `remove` take a record as it was seen: what
    another window did to it since is noticed, never overwritten.
    """

    def __init__(
        self, reading: Transaction, writing: Transaction, erasing: Erase, clock: Callable[[], datetime]
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._erasing = erasing
        self._clock = clock

    def load(self) -> Checklist:
        """All that is tracked, as it is at one moment."""
        with self._reading() as connection:
            return queries.everything(connection)

    def versions(self) -> list[PlanVersion]:
        """All versions of the plan, the newest first."""
        with self._reading() as connection:
            return queries.versions(connection)

    def confirm(self, extraction: Extraction, on: date) -> PlanVersion:
        """The first plan, as the person confirmed it: its goals become items, its supports promises."""
        plan = queries.plan_of(extraction)
        with self._changing() as change:
            if queries.current(change.connection):
                raise UserError(HAS_PLAN)
            version = queries.put_plan(change, extraction, on)
            items, promises = from_plan(plan, version.id, queries.new_id)
            start = queries.next_position(change.connection, Item)
            for item in items:
                queries.put(change, item.model_copy(update={"position": start + item.position}))
            for promise in promises:
                queries.put(change, promise)
            change.line = words.plan_added(extraction.document.name, len(items))
        return version

    def revise(
        self, seen: PlanVersion, extraction: Extraction, on: date, found: PlanDiff | None = None
    ) -> PlanVersion:
        """A revised plan, as the person confirmed it, in place of `seen`. Items keep their progress, none is deleted.

        `found` is the diff that the person has seen and perhaps corrected.
        """
        plan = queries.plan_of(extraction)
        with self._changing() as change:
            current = queries.current(change.connection)
            if current is None or current.id != seen.id:
                raise UserError(OTHER_PLAN)
            found = found or diff(queries.plan_of(current.extraction), plan)
            change.update(tables.plan, current.id, {"current": 0})
            version = queries.put_plan(change, extraction, on)
            items, promises = queries.items(change.connection), queries.every(change.connection, Promise)
            after, promised = apply_revision(found, items, promises, version.id, on, queries.new_id)
            queries.put_all(change, items, after)
            queries.put_all(change, promises, promised)
            new = len(after) - len(items)
            left = sum(item.origin != Origin.DROPPED for item in after)
            gone = sum(item.origin != Origin.DROPPED for item in items) + new - left
            change.line = words.plan_revised(extraction.document.name, left - new, new, max(gone, 0))
        return version

    def add(self, record: T) -> T:
        """Store a new record. One whose id is stored already is not added a second time."""
        return self._add(record, None)

    def add_all(self, records: Sequence[Tracked], line: str) -> None:
        """Store several new records as one change, so that one step takes all of them back."""
        with self._changing() as change:
            for record in records:
                record = plan_rows.changed(record, {})
                queries.check(change.connection, record)
                queries.put(change, record)
            change.line = line

    def attach(self, evidence: Evidence, file: str, data: bytes) -> Evidence:
        """Store new evidence together with a file of at most 10 MB."""
        if not data:
            raise UserError("This file is empty. Choose another one.")
        if len(data) > LARGEST_FILE:
            raise UserError("This file is larger than 10 MB. Choose a smaller one, or note where it is kept.")
        name = rows.tidy(file.replace("\\", "/").rsplit("/", 1)[-1], 10_000)[-NAME_LENGTH:].strip()
        fields = {"file": name or "file", "size": len(data), "attachment": queries.new_id()}
        return self._add(evidence.model_copy(update=fields), data)

    def file(self, evidence: Evidence) -> bytes:
        """The bytes of the file that was stored with the evidence."""
        table = tables.attachment
        with self._reading() as connection:
            data = connection.scalar(select(table.c.data).where(table.c.id == evidence.attachment))
        if data is None:
            raise UserError("No file was kept here.")
        return data

    def change(self, seen: T, *, typing: bool = False, along: Entry | None = None, **changes: Any) -> T:
        """Give the record other values. UserError with both texts where another window changed the same field.

        With `typing`, what is saved while somebody writes becomes one step for undo. `along` is stored in the same step.
        """
        wanted = plan_rows.changed(seen, changes)
        with self._changing(typing=typing) as change:
            stored = queries.stored(change.connection, seen)
            for name in changes:
                there, here = getattr(stored, name), getattr(wanted, name)
                if stored.version != seen.version and there not in (getattr(seen, name), here):
                    raise UserError(words.conflict(stored, name, there, here))
            new = {name: getattr(wanted, name) for name in changes}
            after = stored.model_copy(update=new)
            queries.check(change.connection, after)
            if along is not None:
                queries.check(change.connection, along)
                queries.put(change, plan_rows.changed(along, {}))
                change.line = words.added(along)
            new_names = queries.update(change, stored, after)
            if not new_names:
                return stored
            change.line = words.changed(stored, after, new_names)
        return after.model_copy(update={"version": stored.version + 1})

    def arrange(self, ids: Sequence[str], kind: type[Item] | type[Question] = Item) -> None:
        """Put the items, or the questions, in this order; those that are not named follow."""
        with self._changing() as change:
            found = (
                queries.items(change.connection) if kind is Item else queries.every(change.connection, kind)
            )
            place = plan_rows.ORDER[kind]
            ranks = {id: rank for rank, id in enumerate(ids)}
            for position, record in enumerate(
                sorted(found, key=lambda record: ranks.get(record.id, len(ranks)))
            ):
                queries.update(change, record, record.model_copy(update={place: position}))
            change.line = f"{'items' if kind is Item else 'questions'} put in another order"

    def remove(self, seen: Tracked) -> None:
        """Remove the record. What hangs on an item goes with it; log, feedback and questions about it stay."""
        with self._changing() as change:
            stored = queries.stored(change.connection, seen)
            if stored.version != seen.version:
                raise UserError(f"{words.name(stored)} was changed in another window. Look at it again.")
            for hanging in (*stored.steps, *stored.evidence) if isinstance(stored, Item) else ():
                change.delete(TABLES[type(hanging)], hanging.id)
            for kind in (Entry, Feedback, Question) if isinstance(stored, Item) else ():
                for about in queries.every(change.connection, kind, item=stored.id):
                    queries.update(change, about, about.model_copy(update={"item": None}))
            change.delete(TABLES[type(stored)], stored.id)
            change.line = words.removed(stored)

    def changes(self, count: int = 20) -> list[Done]:
        """What `undo` would take back, the newest first."""
        with self._reading() as connection:
            return journal.last(connection, count)

    def undo(self, expected: int | None = None) -> str:
        """Take the last change back and say which. `expected` is the one that the person has seen offered."""
        with self._writing() as connection:
            newest = next(iter(journal.last(connection, 1)), None)
            if newest is None:
                raise UserError(NOTHING)
            if expected not in (None, newest.id):
                raise UserError(
                    f"Something else was changed meanwhile: {newest.line}. Nothing was taken back."
                )
            journal.take_back(connection, newest.id)
        return f"Took back: {newest.line}."

    def forget(self) -> None:
        """Erase from the disk what was removed or changed. Nothing can be taken back after that."""
        self._erasing(journal.forget, False)

    def erase(self) -> None:
        """Delete plan and checklist with all versions and files, and erase their words from the disk."""
        self._erasing(queries.remove_all, True)

    def _add(self, record: T, data: bytes | None) -> T:
        record = plan_rows.changed(record, {})
        if isinstance(record, Item) and (record.steps or record.evidence):
            raise TypeError("Steps and evidence are added one by one.")
        with self._changing() as change:
            if record.id and (stored := queries.find(change.connection, type(record), record.id)):
                return stored
            queries.check(change.connection, record)
            if data is not None:
                change.insert(tables.attachment, {"id": record.attachment, "data": data})
            if isinstance(record, Item | Step):
                place = {"item": record.item} if isinstance(record, Step) else {}
                position = queries.next_position(change.connection, type(record), **place)
                record = record.model_copy(update={"position": position})
            record = queries.put(change, record)
            change.line = words.added(record)
        return record

    @contextmanager
    def _changing(self, *, typing: bool = False) -> Iterator[Change]:
        with self._writing() as connection:
            change = Change(connection)
            yield change
            now = self._clock()
            if typing:
                change.join(rows.stamp(now - TYPING))
            change.close(rows.stamp(now))
