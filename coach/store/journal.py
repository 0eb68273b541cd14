"""Every change of the checklist together with what takes it back. The only writer of its tables; opens no transaction.

A change is recorded row by row. Taking it back runs the inverse steps, last first, and forgets the entry: there is no
redo. The bytes of a kept file are never copied: the row stays as long as an entry may need it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from coach.errors import StoreError
from coach.schema.checklist import Done
from coach.store.tables import attachment, evidence, journal, metadata

OWN = {"version", "added"}  # columns that the journal looks after itself


class Change:
    """One action of the person, inside one transaction. `line` says in a few words what it did."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.line = ""
        self._inverse: list[tuple[str, str, dict[str, Any]]] = []

    def insert(self, table: Table, values: Mapping[str, Any]) -> None:
        """A new row. It counts as the last one added."""
        extra = {}
        if "added" in table.c:
            extra["added"] = 1 + (self.connection.scalar(select(func.max(table.c.added))) or 0)
        self.connection.execute(insert(table).values({**values, **extra}))
        self._inverse.append(("delete", table.name, {"id": values["id"]}))

    def update(self, table: Table, id: str, values: Mapping[str, Any]) -> None:
        """Other values in one row; its version goes up."""
        before = self.connection.execute(select(table).where(table.c.id == id)).mappings().one()
        old = {name: before[name] for name in values if name not in OWN}
        self.connection.execute(_update(table, id, {name: values[name] for name in old}))
        self._inverse.append(("update", table.name, {"id": id, **old}))

    def delete(self, table: Table, id: str) -> None:
        """The row goes; all of it is kept for the way back."""
        before = self.connection.execute(select(table).where(table.c.id == id)).mappings().one()
        self.connection.execute(delete(table).where(table.c.id == id))
        self._inverse.append(("insert", table.name, dict(before)))

    def join(self, since: str) -> None:
        """Take the newest entry in, where it changed the same fields of the same row not longer ago: both go back at once."""
        newest = select(journal).where(journal.c.at >= since).order_by(journal.c.id.desc()).limit(1)
        row = self.connection.execute(newest).mappings().one_or_none()
        earlier = json.loads(row["inverse"]) if row and len(self._inverse) == 1 else []
        if len(earlier) == 1 and _same_fields(earlier[0], self._inverse[0]):
            self._inverse = [tuple(earlier[0])]
            self.connection.execute(delete(journal).where(journal.c.id == row["id"]))

    def close(self, at: str) -> None:
        """Write the entry, unless nothing was changed."""
        if self._inverse:
            steps = json.dumps(self._inverse[::-1], ensure_ascii=False, separators=(",", ":"))
            self.connection.execute(insert(journal).values(at=at, line=self.line, inverse=steps))


def last(connection: Connection, count: int) -> list[Done]:
    """The changes that can be taken back, the newest first."""
    columns = select(journal.c.id, journal.c.at, journal.c.line)
    rows = connection.execute(columns.order_by(journal.c.id.desc()).limit(count)).mappings().all()
    return [Done.model_validate(dict(row)) for row in rows]


def take_back(connection: Connection, id: int) -> None:
    """Undo the newest change and forget it."""
    found = connection.scalar(select(journal.c.inverse).where(journal.c.id == id))
    try:
        for action, name, row in json.loads(found or ""):
            _run(connection, action, metadata.tables[name], row)
    except (ValueError, KeyError, TypeError):
        raise StoreError("The last change cannot be taken back: it is not stored as it should be.") from None
    connection.execute(delete(journal).where(journal.c.id == id))


def forget(connection: Connection) -> None:
    """Forget all that could be taken back, with the files that only that needed."""
    connection.execute(delete(journal))
    used = select(evidence.c.attachment).where(evidence.c.attachment.is_not(None))
    connection.execute(delete(attachment).where(attachment.c.id.not_in(used)))


def _same_fields(earlier: Sequence[Any], now: Sequence[Any]) -> bool:
    action, table, values = earlier
    return (
        action == now[0] == "update"
        and table == now[1]
        and values.keys() >= now[2].keys()
        and values["id"] == now[2]["id"]
    )


def _run(connection: Connection, action: str, table: Table, row: dict[str, Any]) -> None:
    if action == "delete":
        connection.execute(delete(table).where(table.c.id == row["id"]))
    elif action == "insert":
        connection.execute(insert(table).values(row))
    else:
        connection.execute(_update(table, row["id"], {name: row[name] for name in row if name != "id"}))


def _update(table: Table, id: str, values: Mapping[str, Any]) -> Any:
    # also when a change is taken back: a page that still shows what is now gone must notice
    version = {"version": table.c.version + 1} if "version" in table.c else {}
    return update(table).where(table.c.id == id).values({**values, **version})
