"""PostgreSQL: each lock alone keeps people apart, unsafe databases are refused, tables come to today's form, a restart loses nothing."""

import subprocess
import threading
import uuid
from datetime import UTC, date, datetime

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text

from coach.errors import CoachError, SettingsError, StoreError, UserError
from coach.schema.checklist import Entry
from coach.schema.conversation import Message
from coach.store import Store, tables
from coach.store import server as server_module
from coach.store.server import LIMITS, Server, connect, held
from tests.checklist.samples import extraction
from tests.postgres import person, programs, running

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OWN = sorted(tables.metadata.tables)


def clock() -> datetime:
    return NOW


def filled(server: Server, word: str) -> tuple[str, Store]:
    """Somebody with a row in the tables that matter."""
    id = person(server)
    store = Store.on(server, id, clock)
    say(store, word)
    store.plans.confirm(extraction(), date(2026, 3, 2))
    store.plans.add(Entry(on=date(2026, 3, 2), text=word))
    return id, store


def say(store: Store, word: str):
    return store.save(store.create().model_copy(update={"messages": (Message(author="person", text=word, at=NOW),)}))


@pytest.fixture
def own(postgres):
    """A database of this test's own."""
    name = f"t{uuid.uuid4().hex}"
    postgres.ask(f"CREATE DATABASE {name} OWNER coach")
    return name


def test_the_first_lock_holds_alone(postgres, own):
    server = Server.open(postgres.address(database=own))
    ana, _ = filled(server, "hers")
    bo, theirs = filled(server, "his")
    for table in OWN:
        postgres.ask(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY', database=own)
    for table in map(tables.metadata.tables.__getitem__, OWN):
        with server.of(bo).begin() as connection:
            seen = connection.execute(select(table)).all()
            both = connection.execute(text(f'SELECT * FROM "{table.name}"')).all()
        assert len(seen) * 2 == len(both), table.name  # the same for each of them
    theirs.erase()
    assert theirs.take_out().talks == ()
    assert [talk.session.messages[0].text for talk in Store.on(server, ana, clock).take_out().talks] == ["hers"]
    server.close()


def test_the_second_lock_holds_alone(server):
    filled(server, "hers")
    bo, _ = filled(server, "his")
    for table in OWN:
        with server.of(bo).execution_options(begin="BEGIN IMMEDIATE").connect() as connection:
            whose = connection.exec_driver_sql(f'SELECT DISTINCT person FROM "{table}"').scalars().all()
            assert whose in ([bo], []), table
            connection.exec_driver_sql(f'UPDATE "{table}" SET person = person')
    with server.of(bo).execution_options(begin="BEGIN IMMEDIATE").connect() as connection:
        assert connection.exec_driver_sql("DELETE FROM journal").rowcount == 2  # his two changes, none of hers


def test_nobody_writes_in_anothers_name(server):
    ana, bo = person(server), person(server)
    with pytest.raises(Exception, match="row-level security"), server.of(bo).execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("INSERT INTO draft (person, id, version, added, kind, \"on\", title, text, sent) VALUES (%s, 'x', 1, 1, '', '', '', '', 0)", (ana,))


def test_without_a_person_there_is_nothing(server):
    filled(server, "hers")
    for table in OWN:
        with server.engine.begin() as connection:
            assert connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one() == 0, table


def test_a_connection_forgets_whose_it_was(postgres):
    server = Server.open(postgres.address())
    filled(server, "hers")
    with server.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT current_setting('coach.person', true)").scalar_one() == ""
    server.close()


def test_readers_change_nothing(server):
    id, _ = filled(server, "hers")
    with pytest.raises(Exception, match="read-only"), server.of(id).begin() as connection:
        connection.exec_driver_sql("DELETE FROM message")


@pytest.mark.parametrize("odd", ["", "x", "' OR true --", "0" * 33])
def test_only_an_accounts_id_opens_rows(server, odd):
    with pytest.raises(StoreError, match="no account's id"):
        Store.on(server, odd, clock)


def test_a_statement_that_names_no_table_is_left_alone():
    assert str(held(text("SELECT 1"), "x")) == "SELECT 1"


def test_the_same_archive_in_two_hands(server):
    ana, hers = filled(server, "hers")
    _, his = filled(server, "his")
    his.bring_in(hers.take_out(), replace=True)
    assert his.take_out() == hers.take_out()
    his.erase()
    assert hers.take_out().talks[0].session.messages[0].text == "hers"


def test_who_is_removed_takes_every_row_along(server):
    id, store = filled(server, "hers")
    with server.engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("DELETE FROM account WHERE id = %s", (id,))
    for table in OWN:
        with server.of(id).begin() as connection:
            assert connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one() == 0, table
    with pytest.raises(StoreError):
        store.create()  # a turn that was still running keeps nothing


def test_every_column_is_there(server):
    """The tables of tables.py, each with `person` first in its key; text sorts by code point."""
    for table in tables.metadata.tables.values():
        with server.engine.connect() as connection:
            told = connection.exec_driver_sql(
                "SELECT column_name, data_type, is_nullable, collation_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s",
                (table.name,),
            ).all()
            key = connection.exec_driver_sql(
                "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey) WHERE indisprimary AND indrelid = %s::regclass",
                (f'"{table.name}"',),
            ).scalars().all()
        found = {row.column_name: row for row in told}
        assert set(found) - {"person"} == set(table.c.keys()), table.name
        assert sorted(key) == ["id", "person"], table.name
        for column in table.c:
            kind = {"INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea"}[str(column.type)]
            assert found[column.name].data_type == kind, (table.name, column.name)
            assert (found[column.name].is_nullable == "YES") == bool(column.nullable), (table.name, column.name)
        assert {row.collation_name for row in told if row.data_type == "text"} == {"C"}, table.name


def test_each_unique_and_foreign_key_holds_a_person(postgres, server):
    found = postgres.ask(
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype IN ('u', 'f', 'p')", database="coach"
    )
    for table, told in found:
        if table.strip('"') in OWN:
            assert told.split("(")[1].startswith("person"), (table, told)


def test_a_second_start_changes_nothing_and_many_may_start_at_once(postgres, own):
    faults = []

    def start() -> None:
        try:
            Server.open(postgres.address(database=own)).close()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    server = Server.open(postgres.address(database=own))
    filled(server, "hers")
    server.close()


def test_a_newer_database_is_refused_untouched(postgres, own):
    Server.open(postgres.address(database=own)).close()
    postgres.ask("UPDATE alembic_version SET version_num = 'server_9999'", database=own)
    with pytest.raises(StoreError, match="newer version"):
        Server.open(postgres.address(database=own))
    assert postgres.ask("SELECT version_num FROM alembic_version", database=own) == [("server_9999",)]


def test_a_role_that_passes_by_is_refused(postgres, own):
    with pytest.raises(SettingsError, match="passes by row-level security"):
        Server.open(postgres.address("postgres", own))


def test_a_table_whose_lock_was_taken_off_is_named(postgres, own):
    Server.open(postgres.address(database=own)).close()
    postgres.ask("ALTER TABLE message NO FORCE ROW LEVEL SECURITY", database=own)
    with pytest.raises(StoreError, match="off for message"):
        Server.open(postgres.address(database=own))


def test_a_role_that_may_not_change_tables_is_enough(postgres, own):
    role = f"r{uuid.uuid4().hex}"
    postgres.ask(f"CREATE ROLE {role} LOGIN")
    server = Server.open(postgres.address(role, own), postgres.address(database=own))
    _, store = filled(server, "hers")
    assert len(store.take_out().talks) == 1
    with pytest.raises(Exception, match="owner of table"), server.engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("ALTER TABLE message DISABLE ROW LEVEL SECURITY")
    server.close()


@pytest.mark.parametrize("address", ["", "coach", "mysql://a@b/c", "postgresql://a@127.0.0.1", "sqlite:///x"])
def test_an_odd_address_is_one_sentence(address):
    with pytest.raises(SettingsError, match="COACH_DATABASE takes an address"):
        connect(SecretStr(address))


def test_a_server_elsewhere_must_prove_who_it_is():
    assert connect(SecretStr("postgresql://coach@db.example.org/coach")).url.query["sslmode"] == "verify-full"
    assert connect(SecretStr("postgresql://coach@db/coach?sslmode=disable")).url.query["sslmode"] == "disable"
    assert "sslmode" not in connect(SecretStr("postgresql://coach@127.0.0.1/coach")).url.query


def test_a_server_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        Server.open(SecretStr(f"postgresql://coach:hunter2@/coach?host={tmp_path}"))
    assert "hunter2" not in str(caught.value)


def test_a_restart_in_between_loses_and_doubles_nothing():
    with running("fsync=off") as postgres:
        server = Server.open(postgres.address())
        store = Store.on(server, person(server), clock)
        session = say(store, "before")
        for how in ("fast", "immediate"):
            postgres.stop(how)
            with pytest.raises(CoachError):
                say(store, "meanwhile")
            postgres.start()
            more = (*session.messages, Message(author="coach", text=how, at=NOW))
            session = store.save(session.model_copy(update={"messages": more}))
        assert [message.text for message in store.load(session.id).messages] == ["before", "fast", "immediate"]
        assert len(store.list_conversations()) == 1
        server.close()


def test_who_waits_too_long_for_another_window_is_told(postgres, own, monkeypatch):
    monkeypatch.setattr(server_module, "LIMITS", LIMITS.replace("lock_timeout=5000", "lock_timeout=200"))
    server = Server.open(postgres.address(database=own))
    try:
        id, store = filled(server, "hers")
        with server.of(id).execution_options(begin="BEGIN IMMEDIATE").begin():
            waited = []
            thread = threading.Thread(target=lambda: waited.append(pytest.raises(StoreError, store.create)))
            thread.start()
            thread.join(30)
        assert "Another window is saving" in str(waited[0].value)
        other = person(server)
        with server.of(id).execution_options(begin="BEGIN IMMEDIATE").begin():
            Store.on(server, other, clock).create()  # somebody else does not wait
    finally:
        server.close()


def test_a_conversation_of_another_is_no_conversation(server):
    _, hers = filled(server, "hers")
    _, his = filled(server, "his")
    id = hers.list_conversations()[0].id
    for act in (lambda: his.load(id), lambda: his.rename(id, "x"), lambda: his.save(hers.load(id))):
        with pytest.raises(UserError, match="no longer exists"):
            act()
    his.delete(id)
    assert hers.load(id).messages[0].text == "hers"


def test_a_dump_comes_back_with_its_locks(postgres, own, tmp_path):
    server = Server.open(postgres.address(database=own))
    ana, hers = filled(server, "hers")
    bo, _ = filled(server, "his")
    before = hers.take_out()
    server.close()
    again = f"t{uuid.uuid4().hex}"
    postgres.ask(f"CREATE DATABASE {again} OWNER coach")
    place, dump = f"--host={postgres.folder}", tmp_path / "coach.dump"
    for command in (["pg_dump", place, "-U", "postgres", "--format=custom", "-f", dump, own], ["pg_restore", place, "-U", "postgres", "-d", again, dump]):
        subprocess.run([programs() / command[0], *command[1:]], check=True, capture_output=True)
    server = Server.open(postgres.address(database=again))
    assert Store.on(server, ana, clock).take_out() == before
    with server.of(bo).begin() as connection:
        assert connection.exec_driver_sql("SELECT DISTINCT person FROM message").scalars().all() == [bo]
    server.close()


def test_a_long_migration_elsewhere_is_waited_for(postgres, own, monkeypatch):
    """Longer than a person waits for another window: whoever starts second does not give up."""
    monkeypatch.setattr(server_module, "LIMITS", LIMITS.replace("lock_timeout=5000", "lock_timeout=100"))
    first = connect(postgres.address(database=own))
    done = []
    thread = threading.Thread(target=lambda: done.append(Server.open(postgres.address(database=own))))
    with first.execution_options(begin=None).begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({server_module.MIGRATING})")
        thread.start()
        thread.join(0.6)
        assert thread.is_alive()
    thread.join(30)
    assert len(done) == 1
    done[0].close()
    first.dispose()
