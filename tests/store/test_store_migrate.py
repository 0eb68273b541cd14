"""A file that an older version left behind is brought to today's tables with all that is in it."""

import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from coach.errors import StoreError
from coach.schema.checklist import CheckInKind, Checklist, Draft
from coach.schema.conversation import Fact
from coach.schema.enums import Route
from coach.store import Store, migrate
from tests.checklist.samples import extraction

OLD = Path(__file__).with_name("schema_0001.sql")
OLDER_CHECKLIST = Path(__file__).with_name("schema_0002.sql")
ROOT = Path(migrate.__file__).parents[2]


@pytest.fixture
def old(path) -> Path:
    """A file of schema 0001: two conversations, one of them with a message that was cut off by an edit."""
    return made(path, OLD, 1)


@pytest.fixture
def tracked(path) -> Path:
    """A file of schema 0002: one conversation, a revised plan, one record of each kind, a kept file, a journal."""
    return made(path, OLDER_CHECKLIST, 2)


def made(path: Path, script: Path, version: int) -> Path:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.executescript(script.read_text(encoding="utf-8"))
    connection.execute(f"PRAGMA application_id = {migrate.APPLICATION}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()
    return path


def everything(path: Path) -> dict[str, list[dict]]:
    """Every row of every table, but the mark of the schema."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found = {
        name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]
        for name in names
        if name != "alembic_version"
    }
    connection.close()
    return found


def rows(path: Path) -> dict[str, list]:
    connection = sqlite3.connect(path)
    found = {
        name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in ("conversation", "message")
    }
    found["version"] = connection.execute("PRAGMA user_version").fetchall()
    connection.close()
    return found


def test_conversations_of_schema_0001_come_along(old, clock):
    before = rows(old)
    store = Store.open(old, clock)
    after = rows(old)
    assert {name: after[name] for name in ("conversation", "message")} == {
        name: before[name] for name in ("conversation", "message")
    }
    assert (before["version"], after["version"]) == ([(1,)], [(migrate.HEAD,)])
    listed = store.list_conversations()
    assert [summary.title for summary in listed] == ["Meeting on Thursday", "I was put on a plan"]
    talk = store.load(listed[1].id)
    assert talk.known.manager == Fact(value="Bea", quote="my manager Bea")
    assert [message.text for message in talk.messages][1] == "edited 'twice'\nand again"
    with store._reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("SELECT route FROM message WHERE id = 2").scalar() == Route.COACH
    store.plans.confirm(extraction(), date(2026, 3, 2))
    assert len(store.plans.load().items) == 3
    store.close()


def test_checklist_of_schema_0002_comes_along_with_its_way_back(tracked, clock):
    before = everything(tracked)
    assert all(before[name] for name in before), "the old file has a row in every table"
    store = Store.open(tracked, clock)
    after = everything(tracked)
    assert after.pop("draft") == after.pop("rehearsal") == []
    for row in after["check_in"]:
        assert row.pop("kind") == "check_in"
    assert after == before
    found = store.plans.load()
    assert store.plans.file(found.items[0].evidence[0]) == b"\x00\xffbytes"
    assert [meeting.notes for meeting in found.check_ins] == ["went well"]
    store.plans.add(Draft(kind="recap", on=date(2026, 3, 2), text="Hello"))
    store.plans.undo()
    assert store.plans.undo() == "Took back: check-in of 2 April 2026 removed."
    came_back = store.plans.load().check_ins[1]
    assert (came_back.agreed, came_back.kind) == (("a", "b"), CheckInKind.CHECK_IN)
    while store.plans.changes(1):
        store.plans.undo()
    assert store.plans.load() == Checklist()
    store.close()


def test_ids_go_on_where_they_were(old, clock):
    store = Store.open(old, clock)
    session = store.create()
    line = store.load(store.list_conversations()[1].id).messages[0].model_copy(update={"id": None})
    saved = store.save(session.model_copy(update={"messages": (line,)}))
    assert saved.messages[0].id == 6  # 5 was given to a message that was deleted
    store.close()


def test_migration_that_fails_leaves_the_old_file(old, clock, monkeypatch):
    before = rows(old)

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_index", fail)
        with pytest.raises(StoreError, match="disk is full"):
            Store.open(old, clock)
    assert rows(old) == before
    store = Store.open(old, clock)
    assert len(store.list_conversations()) == 2
    store.close()


def test_processes_that_migrate_together(old):
    code = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from coach.schema.checklist import Entry
from coach.store import Store
sys.stdin.read(1)
store = Store.open(Path(sys.argv[1]), lambda: datetime.now(UTC))
store.plans.add(Entry(on=date(2026, 3, 2), text="here"))
store.close()
"""
    command = [sys.executable, "-c", code, str(old)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    children = [
        subprocess.Popen(command, stdin=subprocess.PIPE, text=True, env=environment) for _ in range(4)
    ]
    for child in children:
        child.stdin.write("x")
        child.stdin.close()
    assert [child.wait(60) for child in children] == [0] * 4
    assert rows(old)["version"] == [(migrate.HEAD,)] and len(rows(old)["conversation"]) == 2
