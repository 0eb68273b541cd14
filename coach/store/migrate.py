"""Bring a file to today's tables, forwards only, in one transaction. Unknown files are refused, untouched."""

import threading
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import Connection, Engine

from coach.errors import StoreError
from coach.store import driver

APPLICATION = 0x50495043  # "PIPC" in the file's header
HEAD = 3  # number of the newest revision in migrations/versions, kept in the file's header as user_version
FOLDER = Path(__file__).parent / "migrations"

NEWER = "What is kept was saved by a newer version of PIP Coach. It was left as it is: start that version."

_one_at_a_time = threading.Lock()  # Alembic keeps its context in a module


def refuse_unknown(path: Path, key: SecretStr | None = None) -> None:
    """Raise StoreError for a newer schema or another program's file, before anything could write to it."""
    if not path.exists() or not path.stat().st_size:
        return
    # Nobody has it open without a -shm file; "immutable" then keeps SQLite from making one.
    immutable = "" if path.with_name(path.name + "-shm").exists() else "&immutable=1"
    connection = driver.connect(f"{path.absolute().as_uri()}?mode=ro{immutable}", key, uri=True)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    except driver.OPERATIONAL_ERRORS:
        return  # a reader may not finish what a crash left half done; the ordinary opening decides
    finally:
        connection.close()
    _decide(application, version, tables)


def upgrade(engine: Engine) -> None:
    """Run the missing revisions. Two processes may try at once: the second finds the work done."""
    with engine.begin() as connection:
        if connection.exec_driver_sql("PRAGMA user_version").scalar_one() == HEAD:
            return
    with engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
        _decide(application, version, tables)
        if version == HEAD:
            return
        run(connection, FOLDER / "versions")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version = {HEAD}")


def run(connection: Connection, revisions: Path) -> None:
    """Run the revisions of one folder that are missing, in the transaction that is open."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("version_locations", str(revisions).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    with _one_at_a_time:
        try:
            command.upgrade(config, "head")
        except CommandError as error:  # the database names a revision that we do not have
            raise StoreError(NEWER) from error


def _decide(application: int, version: int, tables: int) -> None:
    if tables and application != APPLICATION:
        raise StoreError("The data file belongs to another program. It was left as it is.")
    if version > HEAD:
        raise StoreError(f"{NEWER[:-1]}, or choose another folder with COACH_HOME.")
