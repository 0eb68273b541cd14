"""The two libraries that open a SQLite file: Python's own, and SQLCipher for a file under a key. No tables, no transactions.

SQLCipher is a package of its own, which not every system has; without it everything works but a passphrase.
"""

import sqlite3
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import SecretStr

from coach.errors import StoreError

try:
    from sqlcipher3 import dbapi2 as sealed
except ImportError:
    sealed: ModuleType | None = None

Connection = Any  # sqlite3.Connection, or SQLCipher's class of the same methods
ERRORS: tuple[type[Exception], ...] = (sqlite3.Error, *((sealed.Error,) if sealed else ()))
DATABASE_ERRORS: tuple[type[Exception], ...] = (sqlite3.DatabaseError, *((sealed.DatabaseError,) if sealed else ()))
OPERATIONAL_ERRORS: tuple[type[Exception], ...] = (sqlite3.OperationalError, *((sealed.OperationalError,) if sealed else ()))
MISSING = (
    "The part that locks and opens with a passphrase, the package sqlcipher3, is not there on this computer. "
    "Nothing was changed."
)
_PLAIN = b"SQLite format 3\x00"


def needed() -> None:
    """Raise StoreError where a passphrase cannot be used on this computer."""
    if sealed is None:
        raise StoreError(MISSING)


def library(key: SecretStr | None) -> ModuleType:
    """What opens a file under this key, or under none; StoreError where it is not installed."""
    if key is None:
        return sqlite3
    needed()
    return sealed


def connect(path: Path | str, key: SecretStr | None, **options: Any) -> Connection:
    """A connection to one file. A wrong key shows at the first reading, as a damaged file does."""
    return with_key(library(key).connect(str(path), **options), key)


def with_key(connection: Connection, key: SecretStr | None) -> Connection:
    """Give the key, before anything else is asked."""
    if key is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to the terminal
        connection.execute(f"PRAGMA key = \"x'{key.get_secret_value()}'\"")
        connection.execute("PRAGMA cipher_compatibility = 4").fetchall()  # what a later SQLCipher must be told
    return connection


def is_plain(path: Path) -> bool:
    """Whether anybody could read the file."""
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN)) == _PLAIN
    except FileNotFoundError:
        return False
