"""What an ability of the chat may change in the list of meetings and notes: a protocol, met by the store."""

from collections.abc import Sequence
from typing import Any, Protocol

from coach.schema.checklist import CheckIn, Entry, Tracked


class Diary(Protocol):
    """Keeps and marks. Every call is one step for undo."""

    def add(self, record: Entry) -> Entry:
        """Keep one more record."""

    def add_all(self, records: Sequence[Tracked], line: str) -> None:
        """Keep several new records as one change."""

    def change(self, seen: CheckIn, *, along: Entry | None = None, **changes: Any) -> CheckIn:
        """Give a record other values, and keep a line along with it."""
