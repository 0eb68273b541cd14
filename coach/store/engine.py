"""Connections to the SQLite file: settings, transactions, plain sentences for what goes wrong. No tables."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic_core import PydanticSerializationError
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DataError, SQLAlchemyError

from coach.errors import StoreError, UserError
from coach.store import driver

PRAGMAS = (
    "busy_timeout = 5000",  # first: the others may have to wait
    "synchronous = FULL",  # a turn is one commit; NORMAL may lose the last ones when the power fails
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",
    "cell_size_check = ON",
    "temp_store = MEMORY",  # no word of the person in a temporary file
)
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
NETWORK = {"9p", "afs", "ceph", "cifs", "fuse.sshfs", "nfs", "nfs4", "smb3", "smbfs"}

logger = logging.getLogger(__name__)


def connect(path: Path, key: SecretStr | None = None, journal: str = "WAL") -> Engine:
    """An engine whose connections all carry the settings. Transactions begin as the option `begin` says.

    `begin` is "BEGIN" for readers (the default), "BEGIN IMMEDIATE" for writers, None for what SQLite wants
    outside of one. The key reaches only the connection: no address, no option and no statement of SQLAlchemy holds it.
    """
    library = driver.library(key)
    if library.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(f"This Python brings SQLite {library.sqlite_version}; 3.37 or newer is needed.")
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        module=library,
        creator=lambda: driver.connect(path, key, check_same_thread=False),
        hide_parameters=True,
    )
    if on_network(path.parent, _mounts()):
        journal = "DELETE"  # WAL needs memory that all processes share, which a network folder has not
        logger.warning("The data folder is on a network drive: open it on one computer only.")

    @event.listens_for(engine, "connect")
    def configure(connection: driver.Connection, _record: Any) -> None:
        connection.isolation_level = None  # the driver would otherwise begin transactions of its own
        for pragma in (*PRAGMAS, f"journal_mode = {journal}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("begin", "BEGIN")
        if statement:
            connection.exec_driver_sql(statement)

    return engine


def check_whole(engine: Engine) -> None:
    """Raise StoreError where SQLite finds the file damaged. Repairs and deletes nothing."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise StoreError(DAMAGED)


def empty_log(engine: Engine) -> bool:
    """Move the write-ahead log into the file and empty it; False where another process still reads it."""
    with engine.execution_options(begin=None).connect() as connection:
        return connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one() == 0


def rewrite(engine: Engine) -> bool:
    """Write the file anew from its live rows, so that nothing of a deleted row is left; False as above.

    secure_delete alone is not enough: when SQLite moves rows between pages, a copy can stay behind in the old
    page (seen in 1 of 25 random histories).
    """
    with engine.execution_options(begin=None).connect() as connection:
        connection.exec_driver_sql("VACUUM")
    return empty_log(engine)


def on_network(folder: Path, mounts: str) -> bool:
    """Whether the folder lies on a network drive, as far as a UNC path or `mounts` tell.

    `mounts` is the text of Linux's /proc/self/mounts.
    """
    if str(folder).startswith("\\\\"):
        return True
    kinds = {fields[1].replace("\\040", " "): fields[2] for fields in map(str.split, mounts.splitlines())}
    nearest = next((kinds[str(place)] for place in (folder, *folder.parents) if str(place) in kinds), "")
    return nearest in NETWORK


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


BROKEN = "The text holds a broken character. Remove it and try again."
DAMAGED = (
    "The file with your conversations is damaged. It was left as it is: "
    "`python -m coach restore` brings a copy back, or move it away to start anew."
)
_SENTENCES = {
    "disk is full": "The disk is full, so nothing was saved. Free some space and try again.",
    "No space left": "The disk is full, so nothing was saved. Free some space and try again.",
    "lock timeout": "Another window is saving at this moment, so nothing was saved here. Try again.",
    "database is locked": "Another window is saving at this moment, so nothing was saved here. Try again.",
    "readonly": "The data folder cannot be written to, so nothing was saved. Check who may write there.",
    "Permission denied": "The data folder cannot be opened. Check who may read and write there.",
    "Read-only file system": "The data folder cannot be written to. Choose another one with COACH_HOME.",
    "Not a directory": "The data folder's place is taken by a file. Choose another one with COACH_HOME.",
    "unable to open": "The file with your conversations cannot be opened. Check who may read and write it.",
    "malformed": DAMAGED,
    "not a database": DAMAGED,
}


@contextmanager
def plainly(otherwise: str = "Your conversations cannot be read or saved right now.") -> Iterator[None]:
    """Turn what the driver, the disk or the encoder raise into one sentence for the person; `otherwise` where none is known."""
    try:
        yield
    except (UnicodeEncodeError, PydanticSerializationError):
        # the original holds the person's text, so it is not carried along
        raise UserError(BROKEN) from None
    except DataError as error:
        if "NUL" not in str(error):
            raise StoreError(otherwise) from error
        raise UserError(BROKEN) from None  # PostgreSQL keeps no text with the character 0
    except (SQLAlchemyError, *driver.ERRORS, OSError) as error:
        known = (sentence for sign, sentence in _SENTENCES.items() if sign in str(error))
        raise StoreError(next(known, otherwise)) from error
