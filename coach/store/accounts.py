"""Who may sign in: one small SQLite file beside the folders of the people, or two tables on a server. Nothing that anybody wrote.

Holds hashes of passwords. Not encrypted; the file is for its owner only. Who is signed in stands in the same place, see visits.py.
"""

import os
import unicodedata
import uuid
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from coach.errors import StoreError, UserError
from coach.schema.accounts import Account
from coach.store import engine as sqlite

APPLICATION, VERSION = 0x50495041, 1  # "PIPA" in the file's header
LONGEST_NAME = 120
TAKEN = "Somebody signs in with this name already. Choose another one."
UNKNOWN = "Nobody signs in with this name. `python -m coach account list` shows who does."
ODD_NAME = f"A name has 1 to {LONGEST_NAME} letters, digits, dots, dashes or an @, with no space at its ends."

_metadata = MetaData()
account = Table(
    "account", _metadata,
    Column("id", Text, primary_key=True), Column("name", Text, nullable=False), Column("key", Text, nullable=False, unique=True),
    Column("password", Text, nullable=False), Column("made", Integer, nullable=False), Column("seen", Integer),
    sqlite_strict=True,
)  # fmt: skip
visit = Table(
    "visit", _metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account_id", Text, ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("made", Integer, nullable=False), Column("seen", Integer, nullable=False),
    sqlite_strict=True,
)  # fmt: skip


class Password(NamedTuple):
    """The hash of one person's password."""

    id: str
    hash: str


class Accounts:
    """Reads and changes who may sign in. Safe to share between threads and processes."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self.engine = engine
        self.clock = clock

    @classmethod
    def open(cls, path: Path, clock: Callable[[], datetime]) -> "Accounts":
        """Open the file for its owner only, made where it is missing."""
        with sqlite.plainly():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            path.chmod(0o600)
            engine = sqlite.connect(path)
            try:
                sqlite.check_whole(engine)
                with engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
                    _prepare(connection)
            except BaseException:
                engine.dispose()
                raise
        return cls(engine, clock)

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    def add(self, name: str, hash: str) -> Account:
        """Let one more person sign in; UserError where the name is taken or odd."""
        name = unicodedata.normalize("NFC", name)
        if not 1 <= len(name) <= LONGEST_NAME or name != name.strip() or not all(sign.isalnum() or sign in " .-_@+'" for sign in name):
            raise UserError(ODD_NAME)
        id, now = uuid.uuid4().hex, int(self.clock().timestamp())
        try:
            with self.writing() as connection:
                connection.execute(insert(account).values(id=id, name=name, key=key_of(name), password=hash, made=now))
        except StoreError as error:
            if isinstance(error.__cause__, IntegrityError):
                raise UserError(TAKEN) from None
            raise
        return Account(id=id, name=name, made=_day(now))

    def all(self) -> list[Account]:
        """Everybody who may sign in, by name."""
        with self.reading() as connection:
            rows = connection.execute(select(account).order_by(account.c.key)).mappings().all()
        return [_account(row) for row in rows]

    def named(self, name: str) -> Account:
        """The person of this name, in small or capital letters; UserError where there is none."""
        with self.reading() as connection:
            row = connection.execute(select(account).where(account.c.key == key_of(name))).mappings().one_or_none()
        if row is None:
            raise UserError(UNKNOWN)
        return _account(row)

    def password(self, name: str) -> Password | None:
        """The hash to compare with; None where there is no such name."""
        with self.reading() as connection:
            row = connection.execute(select(account.c.id, account.c.password).where(account.c.key == key_of(name))).one_or_none()
        return Password(*row) if row else None

    def set_password(self, id: str, hash: str) -> None:
        """Another password from now on; whoever is signed in there is signed out. An empty hash lets nobody in."""
        with self.writing() as connection:
            connection.execute(update(account).where(account.c.id == id).values(password=hash))
            connection.execute(delete(visit).where(visit.c.account_id == id))

    def remove(self, id: str) -> None:
        """Nobody signs in there any more. What they wrote is not in this file."""
        with self.writing() as connection:
            connection.execute(delete(account).where(account.c.id == id))

    def exists(self, id: str) -> bool:
        """Whether there still is such an account."""
        with self.reading() as connection:
            return connection.execute(select(account.c.id).where(account.c.id == id)).first() is not None

    @contextmanager
    def reading(self):
        """A transaction that changes nothing."""
        with sqlite.plainly(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self):
        """A transaction that is kept as a whole or not at all."""
        with sqlite.plainly(), self.engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            yield connection


def key_of(name: str) -> str:
    """What makes two ways of writing a name the same."""
    return unicodedata.normalize("NFKC", name[: 4 * LONGEST_NAME]).strip().casefold()


def _prepare(connection: Connection) -> None:
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
    if tables and application != APPLICATION:
        raise StoreError("accounts.db belongs to another program. It was left as it is.")
    if version > VERSION:
        raise StoreError("accounts.db was made by a newer version of PIP Coach. It was left as it is: start that version.")
    if version == VERSION:
        return
    _metadata.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _account(row) -> Account:
    return Account(id=row["id"], name=row["name"], made=_day(row["made"]), seen=_day(row["seen"]) if row["seen"] is not None else None)


def _day(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
