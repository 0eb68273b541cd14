"""Copies of the file: one a day, before the first change of that day, and one before something is replaced.

They lie in a folder beside the file, for its owner only, under the same key if it has one; the newest three of each kind are
kept. What the person deletes is deleted in the copies as well.
"""

import logging
import os
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from coach.errors import CoachError
from coach.schema.knowledge import Record
from coach.store import driver
from coach.store import engine as sqlite

KEPT = 3  # of each kind
_NAME = re.compile(r"coach-\d{4}-\d\d-\d\d(?:-\d{6}(?:-\d+)?-(before-import|before-restore))?\.db")
_ERASING = "erasing"  # while deleted words may be left in a copy

logger = logging.getLogger(__name__)


class Copy(Record):
    """One copy, as it is listed."""

    name: str
    made: datetime
    size: int


class Backups:
    """The copies of one file. Safe to share between threads."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], key: SecretStr | None = None) -> None:
        self._folder = folder
        self._clock = clock
        self._key = key
        self._done: date | None = None
        self._lock = threading.Lock()

    def due(self) -> bool:
        """Whether today's copy was not thought of yet."""
        return self._done != self._clock().date()

    def daily(self, engine: Engine) -> None:
        """Make the copy of today where there is none. A copy that cannot be made is no reason to refuse the change."""
        today = self._clock().date()
        with self._lock:
            if self._done == today:
                return
            self._done = today
            path = self._folder / f"coach-{today.isoformat()}.db"
            try:
                if not path.exists():
                    self._make(engine, path)
            except (SQLAlchemyError, *driver.ERRORS, OSError) as error:
                logger.warning("Today's copy could not be made (%s).", type(error).__name__)

    def before(self, engine: Engine, what: str) -> str:
        """Make a copy before everything is replaced and return its name."""
        with self._lock:
            path = free_name(self._folder, self._clock(), what)
            self._make(engine, path)
        return path.name

    def erase(self, action: Callable[[Connection], None]) -> None:
        """Do the same deletion in every copy. One in which that fails is deleted as a whole."""
        if not self._folder.exists():
            return
        with self._lock:
            mark = self._folder / _ERASING
            mark.touch(mode=0o600)
            for copy in listed(self._folder):
                path = self._folder / copy.name
                try:
                    _erase(path, action, self._key)
                except (SQLAlchemyError, *driver.ERRORS, OSError, CoachError):
                    _remove(path)
            mark.unlink(missing_ok=True)

    def clear(self) -> None:
        """Delete every copy."""
        with self._lock:
            for copy in listed(self._folder):
                _remove(self._folder / copy.name)
            self._done = None

    def finish(self) -> None:
        """After a crash in the middle of erasing nobody knows what is left in which copy."""
        if (self._folder / _ERASING).exists():
            self.clear()
            (self._folder / _ERASING).unlink(missing_ok=True)

    def _make(self, engine: Engine, path: Path) -> None:
        with engine.execution_options(begin=None).connect() as connection:
            source = connection.connection.driver_connection
            copy_to(source, path, self._key)
        prune(self._folder)


def listed(folder: Path) -> list[Copy]:
    """Every copy, the newest first."""
    found = (
        [path for path in folder.glob("coach-*.db") if _NAME.fullmatch(path.name)] if folder.is_dir() else []
    )
    copies = [
        Copy(name=path.name, made=datetime.fromtimestamp(path.stat().st_mtime, UTC), size=path.stat().st_size)
        for path in found
    ]
    return sorted(copies, key=lambda copy: (copy.made, copy.name), reverse=True)


def copy_to(source: driver.Connection, path: Path, key: SecretStr | None = None) -> None:
    """Write a whole copy, for its owner only and under the key of `source`, under its name once it is complete."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.half")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        target = driver.connect(half, key)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        finally:
            target.close()
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def free_name(folder: Path, at: datetime, what: str) -> Path:
    """A name that is not taken."""
    stem = f"coach-{at:%Y-%m-%d-%H%M%S}"
    names = (f"{stem}{f'-{number}' if number else ''}-{what}.db" for number in range(10**6))
    return next(path for path in map(folder.joinpath, names) if not path.exists())


def prune(folder: Path) -> None:
    """Keep the newest of each kind."""
    kinds: dict[str, list[Copy]] = {}
    for copy in listed(folder):
        match = _NAME.fullmatch(copy.name)
        kinds.setdefault(match[1] or "daily" if match else "", []).append(copy)
    for copies in kinds.values():
        for copy in copies[KEPT:]:
            _remove(folder / copy.name)


def _erase(path: Path, action: Callable[[Connection], None], key: SecretStr | None) -> None:
    engine = sqlite.connect(path, key, journal="DELETE")
    try:
        with engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            action(connection)
        with engine.execution_options(begin=None).connect() as connection:
            connection.exec_driver_sql("VACUUM")
    finally:
        engine.dispose()


def _remove(path: Path) -> None:
    for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")):
        with suppress(FileNotFoundError):
            name.unlink()
