"""A PostgreSQL of the tests' own: system package, private folder, one socket, no network. Fails under CI where it is not installed."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from coach.store.server import Server


def programs() -> Path | None:
    """Where initdb and pg_ctl are; the newest version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).parent if named else None


class Postgres:
    """A running one. `address(role)` is what COACH_DATABASE takes."""

    def __init__(self, folder: Path, bin: Path, *settings: str, made: bool = True) -> None:
        self.folder, self._bin = folder, bin
        self._options = " ".join(f"-c {one}" for one in ("listen_addresses=", f"unix_socket_directories={folder}", *settings))
        self._as = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}  # it refuses to run as root
        if self._as:
            shutil.chown(folder, "postgres", "postgres")
        self._run("initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self.start()
        if made:
            self.ask("CREATE ROLE coach LOGIN", "CREATE DATABASE coach OWNER coach")

    def start(self) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-o", self._options, "-w", "start")

    def stop(self, how: str = "fast") -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-m", how, "-w", "stop")

    def ask(self, *statements: str, database: str = "postgres") -> list[tuple]:
        """As the superuser; what the last statement gave."""
        import psycopg

        with psycopg.connect(f"host={self.folder} user=postgres dbname={database}", autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def address(self, role: str = "coach", database: str = "coach") -> SecretStr:
        return SecretStr(f"postgresql://{role}@/{database}?host={self.folder}")

    def _run(self, program: str, *given: str) -> None:
        with (self.folder / f"{program}.out").open("wb") as out:  # no pipe: the server would hold it open
            done = subprocess.run([self._bin / program, *given], cwd="/", stdin=subprocess.DEVNULL, stdout=out, stderr=out, **self._as)
        if done.returncode:
            raise RuntimeError(f"{program}: {(self.folder / f'{program}.out').read_text(errors='replace')[-500:]}")


@contextlib.contextmanager
def running(*settings: str, made: bool = True) -> Iterator[Postgres]:
    """One of its own; ended and deleted afterwards. `made`: with a role and a database "coach"."""
    bin = programs()
    if bin is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed.")
        pytest.skip("Left out: PostgreSQL is not installed.")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        postgres = Postgres(folder, bin, *settings, made=made)
        try:
            yield postgres
        finally:
            with contextlib.suppress(RuntimeError):  # a test may have stopped it
                postgres.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def person(server: Server) -> str:
    """Somebody new who may sign in: each test is another person in the same database."""
    id = uuid.uuid4().hex
    with server.engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("INSERT INTO account VALUES (%s, %s, %s, '', 0, NULL)", (id, id, id))
    return id
