"""One PostgreSQL database for all people who sign in: connections, migrations, and each person's rows under two locks.

The first lock is in the statements: each is held to the rows of one person before it is sent. The second is the database's
own, row-level security, told in each transaction who is meant. Either alone would do. Knows no tables.
"""

import re
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import (
    Connection,
    Delete,
    Engine,
    Select,
    Update,
    create_engine,
    event,
    literal_column,
    make_url,
)
from sqlalchemy.exc import ArgumentError

from coach.errors import SettingsError, StoreError
from coach.hosting import LOOPBACK
from coach.store import migrate
from coach.store.engine import plainly

REVISIONS = Path(__file__).parent / "migrations" / "server"
POOL, MORE, PATIENCE = 8, 8, 10  # connections kept, further ones at a rush, seconds to wait for one
LIMITS = (
    "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000 -c synchronous_commit=on"
)
MIGRATING = 0x50495043  # the lock of whoever changes tables; the same sign as in a SQLite file
_PERSON = re.compile(r"[0-9a-f]{32}")  # the id of an account
ADDRESS = "COACH_DATABASE takes an address like postgresql://coach@127.0.0.1/coach."
MISSING = "PostgreSQL needs the package psycopg: install requirements-hosting.lock. See docs/hosting.md."
PASSES_BY = (
    "The role of COACH_DATABASE passes by row-level security, which keeps people's words apart. "
    "Give it one that is no superuser and has no BYPASSRLS: see docs/hosting.md."
)
UNLOCKED = "Row-level security is off for {table} in the database of COACH_DATABASE. Nobody is let in until it is on again."
NOT_UTF8 = "The database of COACH_DATABASE does not keep its text as UTF-8. Create it with ENCODING 'UTF8'."
UNREACHABLE = "The database of COACH_DATABASE cannot be reached, or has no room for us. Is PostgreSQL running, and is the address right?"


class Server:
    """One open database. Safe to share between threads; other processes may have it open as well."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, address: SecretStr, owner: SecretStr | None = None) -> "Server":
        """Connect, bring the tables to today's form, and make sure that the locks hold.

        `owner` is the address of the role that may change tables, which ours need not; SettingsError and StoreError say what is wrong.
        """
        engine = connect(address)
        try:
            with plainly(UNREACHABLE):
                _refuse_unsafe(engine)
                if owner is None:
                    _upgrade(engine, None)
                else:
                    with engine.connect() as connection:
                        ours = connection.exec_driver_sql("SELECT quote_ident(current_user)").scalar_one()
                    other = connect(owner)
                    try:
                        _upgrade(other, ours)
                    finally:
                        other.dispose()
                _refuse_unlocked(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def of(self, person: str) -> Engine:
        """The same connections for one person's rows only."""
        if not _PERSON.fullmatch(person):
            raise StoreError("This is no account's id. Nothing was opened.")
        return self.engine.execution_options(person=person)

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()


def connect(address: SecretStr) -> Engine:
    """An engine that understands the options `begin` (see coach/store/engine.py) and `person`.

    Readers see one moment and change nothing; writers of one person come one after the other, as in a SQLite file.
    """
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise SettingsError(MISSING) from None
    try:
        url = make_url(address.get_secret_value())
    except ArgumentError:
        raise SettingsError(ADDRESS) from None
    if url.drivername not in ("postgresql", "postgresql+psycopg") or not url.database:
        raise SettingsError(ADDRESS)
    host = url.host or str(url.query.get("host", ""))
    if host and host not in LOOPBACK and not host.startswith("/"):
        url = url.set(query={"sslmode": "verify-full", **url.query})
    options = {"options": LIMITS, "application_name": "pip-coach", "connect_timeout": PATIENCE}
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), connect_args=options, hide_parameters=True, pool_pre_ping=True, pool_size=POOL,
        max_overflow=MORE, pool_timeout=PATIENCE,
    )  # fmt: skip

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        person, kind = options.get("person", ""), options.get("begin", "BEGIN")
        if kind == "BEGIN":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        if kind:
            connection.exec_driver_sql("SELECT set_config('coach.person', %s, true)", (person,))
        if kind == "BEGIN IMMEDIATE":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", (person,))

    @event.listens_for(engine, "before_execute", retval=True)
    def hold(connection: Connection, statement: Any, many: Any, given: Any, _options: Any) -> Any:
        person = connection.get_execution_options().get("person")
        return (held(statement, person) if person else statement), many, given

    return engine


def held(statement: Any, person: str) -> Any:
    """The statement for the rows of one person. New rows get theirs from the transaction."""
    if isinstance(statement, Update | Delete):
        return statement.where(_whose(statement.table) == person)
    if isinstance(statement, Select):
        return statement.where(*(_whose(table) == person for table in statement.get_final_froms()))
    return statement


def _whose(table: Any) -> Any:
    return literal_column(f'"{table.name}".person')


def _refuse_unsafe(engine: Engine) -> None:
    with engine.connect() as connection:
        passes = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        if connection.exec_driver_sql(passes).scalar_one():
            raise SettingsError(PASSES_BY)
        if connection.exec_driver_sql("SHOW server_encoding").scalar_one() != "UTF8":
            raise SettingsError(NOT_UTF8)


def _refuse_unlocked(engine: Engine) -> None:
    """Each table with a column `person` must be locked, for its owner as well."""
    open_tables = (
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'person'"
        " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        " AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))"
    )
    with engine.connect() as connection:
        found = connection.exec_driver_sql(open_tables).scalars().first()
    if found:
        raise StoreError(UNLOCKED.format(table=found))


def _upgrade(engine: Engine, ours: str | None) -> None:
    """Run the missing revisions; several processes may start at once. `ours` is the quoted role that gets the rights."""
    with engine.execution_options(begin=None).begin() as connection:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")
        migrate.run(connection, REVISIONS)
        if ours:
            connection.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ours}")
            connection.exec_driver_sql(f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {ours}")
