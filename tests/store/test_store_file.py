"""The file itself: who may read it, what is refused, which settings hold, what older versions left."""

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from coach.errors import StoreError
from coach.schema.conversation import Fact, Known, Message
from coach.store import Store, engine, migrate, rows
from coach.store.tables import metadata

ROOT = Path(migrate.__file__).parents[2]
unix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")


def contents(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def schema(connection) -> dict[str, str]:
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in found if name != "alembic_version"}


@unix
def test_only_the_owner_can_read(path, clock):
    before = os.umask(0)
    try:
        store = Store.open(path, clock)
        store.create()
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600} and {"coach.db", "coach.db-wal", "coach.lock-0"} <= set(modes)
    path.chmod(0o644)
    store.close()
    Store.open(path, clock).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_settings_hold_on_every_connection(store, path):
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "secure_delete": 1,
        "cell_size_check": 1,
        "temp_store": 2,
        "application_id": migrate.APPLICATION,
        "user_version": migrate.HEAD,
    }
    with store._engine.connect() as one, store._engine.connect() as two:
        for connection in (one, two):
            assert {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected
            } == expected


def test_migrations_lead_to_the_tables(store, path):
    with store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        migrated = schema(connection)
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    fresh = create_engine("sqlite://")
    with fresh.begin() as connection:
        metadata.create_all(connection)
        assert schema(connection) == migrated
    fresh.dispose()
    tables = [sql for sql in migrated.values() if sql.startswith("CREATE TABLE") and "sqlite_" not in sql]
    assert len(tables) == 15 and all(sql.endswith("STRICT") for sql in tables)


def test_head_is_the_newest_revision():
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    assert int(ScriptDirectory.from_config(config).get_current_head()) == migrate.HEAD


def test_foreign_keys_have_an_index(store, path):
    keys = [(table.name, key.parent.name) for table in metadata.sorted_tables for key in table.foreign_keys]
    assert len(keys) == 9
    with store._engine.connect() as connection:
        for table, column in keys:
            question = f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {column} = 'a'"
            assert " USING INDEX " in str(connection.exec_driver_sql(question).all()), (table, column)


def test_failed_migration_leaves_nothing(path, clock, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_index", fail)
        with pytest.raises(StoreError, match="disk is full"):
            Store.open(path, clock)
    change(path, "CREATE TABLE nothing_is_in_the_way (a)", "DROP TABLE nothing_is_in_the_way")
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
    connection.close()
    store = Store.open(path, clock)
    assert store.load(store.create().id)
    store.close()


@pytest.mark.parametrize("log_left", [False, True])
def test_newer_schema_is_refused_untouched(path, clock, log_left):
    Store.open(path, clock).close()
    newer = f"PRAGMA user_version = {migrate.HEAD + 1}"
    if log_left:  # the newer version was killed: its change is only in the write-ahead log
        code = f"import os, sqlite3; sqlite3.connect({str(path)!r}).execute({newer!r}); os._exit(0)"
        subprocess.run([sys.executable, "-c", code], check=True)
        assert path.with_name("coach.db-wal").stat().st_size
    else:
        change(path, newer)
    before = contents(path.parent)
    with pytest.raises(StoreError, match=r"newer version of PIP Coach.*COACH_HOME\.$"):
        Store.open(path, clock)
    after = contents(path.parent)
    before.pop("coach.db-shm", None), after.pop("coach.db-shm", None)  # SQLite's own scratch memory
    assert after == before


def test_other_programs_and_damaged_files_are_left_alone(path, clock):
    path.parent.mkdir()
    change(path, "CREATE TABLE theirs (a)")
    before = contents(path.parent)
    with pytest.raises(StoreError, match="another program"):
        Store.open(path, clock)
    assert contents(path.parent) == before
    path.write_bytes(b"not a database at all, but long enough to look at" * 99)
    before = contents(path.parent)
    with pytest.raises(StoreError, match="damaged"):
        Store.open(path, clock)
    assert contents(path.parent) == before


def test_damage_inside_is_found_at_the_start(path, clock):
    store = Store.open(path, clock)
    for number in range(30):
        said = tuple(Message(author="person", text=f"{number} " * 200, at=clock()) for _ in range(5))
        store.save(store.create().model_copy(update={"messages": said}))
    store.close()
    damaged = bytearray(path.read_bytes())
    damaged[4096 * 3 : 4096 * 20] = os.urandom(4096 * 17)
    path.write_bytes(damaged)
    with pytest.raises(StoreError, match=r"^The file with your conversations is damaged\."):
        Store.open(path, clock)
    assert path.read_bytes() == bytes(damaged)


def test_empty_file_is_a_new_one(path, clock):
    path.parent.mkdir()
    path.touch()
    store = Store.open(path, clock)
    assert store.list_conversations() == []
    store.close()


@unix
@pytest.mark.parametrize("obstacle", ["file in the way", "folder in the way", "parent is read only"])
def test_folder_that_cannot_be_used_is_one_sentence(path, clock, obstacle):
    if obstacle == "file in the way":
        path.parent.write_text("")
    elif obstacle == "folder in the way":
        path.mkdir(parents=True)
    else:
        path = Path("/proc/pip-coach/coach.db")
    with pytest.raises(StoreError, match=r"^[A-Z][^\n]+\.$"):
        Store.open(path, clock)


def test_older_json_is_read_and_brought_up_to_date(store, path, monkeypatch):
    known = Known(hr=Fact(value="no"))
    message = Message(author="coach", text="hello", at=store._clock())
    saved = store.save(store.create().model_copy(update={"known": known, "messages": (message,)}))
    old = "'$.mood', 'grim', '$.known.hr.sure', 1"
    change(path, f"UPDATE conversation SET state = json_set(state, {old})")
    with pytest.raises(StoreError, match=r"cannot be read: its field (mood|known\.hr\.sure) is not valid"):
        store.load(saved.id)
    monkeypatch.setattr(rows, "VERSION", rows.VERSION + 1)
    assert store.load(saved.id) == saved
    store.save(saved)
    with store._engine.connect() as connection:
        assert "mood" not in connection.exec_driver_sql("SELECT state FROM conversation").scalar()
    assert store.load(saved.id) == saved


@pytest.mark.parametrize("state", ["", "[]", "{", '{"stage": "nowhere"}', '{"known": {"hr": {"value": 7}}}'])
def test_unreadable_json_is_one_sentence_without_the_words(store, path, state):
    saved = store.create()
    change(path, f"UPDATE conversation SET state = '{state}'")
    with pytest.raises(StoreError, match=r"^This conversation cannot be read: [^\n]+\.$") as caught:
        store.load(saved.id)
    assert caught.value.__suppress_context__


def test_network_folders_are_told_apart():
    mounts = (
        "/dev/sda / ext4 rw 0 0\n"
        "server:/x /mnt/my\\040share nfs4 rw 0 0\n"
        "/dev/sdb /mnt/my\\040share/disk ext4 rw 0 0\n"
    )
    assert engine.on_network(Path("/mnt/my share/deep/er"), mounts)
    assert not engine.on_network(Path("/mnt/my share/disk/deep"), mounts)
    assert not engine.on_network(Path("/people/bea"), mounts)
    assert not engine.on_network(Path("/people/bea"), "")
    assert engine.on_network(Path("\\\\server\\share"), "")


def test_network_folder_works_without_shared_memory(path, clock, monkeypatch, caplog):
    monkeypatch.setattr(engine, "_mounts", lambda: f"server:/x {path.parent} nfs rw 0 0")
    store = Store.open(path, clock)
    session = store.create()
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    assert "network drive" in caplog.text
    store.delete(session.id)
    store.close()
