"""What is done around the changes of one person's store: copies, erasing deleted words, who else has it open. Changes no row.

A SQLite file is ours to look after; a database on a server is looked after by whoever runs it.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

from coach.errors import StoreError
from coach.store import engine as sqlite
from coach.store.backup import Backups
from coach.store.presence import Presence

Action = Callable[[Connection], None]
NOT_ERASED = "It is deleted, but the words could not be erased from the disk yet. That is tried again at the next start."


class Upkeep(Protocol):
    """What a store asks for."""

    def due(self) -> bool:
        """Whether today's copy was not thought of yet."""
        ...

    def copy(self) -> None:
        """Make it."""
        ...

    def copy_before_import(self) -> str | None:
        """Make a copy of what is about to be replaced, and name it; None where none is made here."""
        ...

    def begin_erasing(self, action: Action, in_copies: bool) -> None:
        """Before rows are deleted whose words must go: the same in the copies, or the copies as a whole."""
        ...

    def finish_erasing(self) -> None:
        """Overwrite what was deleted; StoreError where that must wait."""
        ...

    def other_process(self) -> bool:
        """Whether it is open a second time."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class OfFile:
    """A file of this computer, with its copies."""

    def __init__(self, engine: Engine, path: Path, backups: Backups | None, presence: Presence) -> None:
        self._engine, self._backups, self._presence = engine, backups, presence
        self._to_erase = path.with_name(path.name + "-erase")  # while deleted words may be left

    def due(self) -> bool:
        """See Upkeep."""
        return self._backups is not None and self._backups.due()

    def copy(self) -> None:
        """See Upkeep."""
        if self._backups:
            self._backups.daily(self._engine)

    def copy_before_import(self) -> str | None:
        """See Upkeep."""
        with sqlite.plainly():
            return self._backups.before(self._engine, "before-import") if self._backups else None

    def begin_erasing(self, action: Action, in_copies: bool) -> None:
        """See Upkeep."""
        with sqlite.plainly():
            self._to_erase.touch(mode=0o600)  # a crash between here and the end: the next start finishes it
            if self._backups and in_copies:
                self._backups.erase(action)
            elif self._backups:
                self._backups.clear()

    def finish_erasing(self) -> None:
        """See Upkeep."""
        try:
            with sqlite.plainly():
                if not self._to_erase.exists():
                    sqlite.empty_log(self._engine)
                elif sqlite.rewrite(self._engine):
                    self._to_erase.unlink(missing_ok=True)
                else:
                    raise StoreError("Another window still reads the file.")
        except StoreError as error:
            raise StoreError(NOT_ERASED) from error

    def other_process(self) -> bool:
        """See Upkeep."""
        with sqlite.plainly():
            return self._presence.others()

    def close(self) -> None:
        """See Upkeep. Nothing is lost without it, nor where the log cannot be emptied (a full disk)."""
        try:
            with suppress(StoreError), sqlite.plainly():
                sqlite.empty_log(self._engine)
        finally:
            self._engine.dispose()
            self._presence.leave()


class OfServer:
    """Rows of a database that others look after: its copies, and when it overwrites deleted rows, are up to them."""

    def due(self) -> bool:
        """See Upkeep."""
        return False

    def copy(self) -> None:
        """See Upkeep."""

    def copy_before_import(self) -> str | None:
        """See Upkeep."""
        return None

    def begin_erasing(self, action: Action, in_copies: bool) -> None:
        """See Upkeep."""

    def finish_erasing(self) -> None:
        """See Upkeep."""

    def other_process(self) -> bool:
        """See Upkeep. Several processes are meant to have it open."""
        return False

    def close(self) -> None:
        """See Upkeep. The connections are everybody's."""
