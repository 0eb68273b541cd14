"""A copy a day, three kept; any of them can be put back; what is deleted is gone from them too."""

import os
import random
import sqlite3
import stat
from datetime import UTC, datetime, timedelta

import pytest

from coach.errors import StoreError, UserError
from coach.schema.checklist import Entry
from coach.store import Store, backup, migrate
from coach.store.restore import restore
from tests.binder.samples import fill
from tests.store.test_store_erase import SECRET, talk

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Days:
    """A clock that stands still until the next day is called."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def next(self, count: int = 1):
        self.now += timedelta(days=count)


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def folder(path):
    return path.parent / "backups"


@pytest.fixture
def kept(path, folder, days):
    store = Store.open(path, days, folder)
    yield store
    store.close()


def note(store: Store, text: str) -> None:
    store.plans.add(Entry(on=START.date(), text=text))


def names(folder) -> list[str]:
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def log_in(path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [text for (text,) in connection.execute("SELECT text FROM entry ORDER BY added")]
    connection.close()
    return found


def texts(store: Store) -> list[str]:
    return [entry.text for entry in store.plans.load().log]


def test_one_copy_a_day_of_what_was_there_before(kept, folder, days):
    note(kept, "one")
    assert names(folder) == [], "there was nothing to copy"
    days.next()
    note(kept, "two")
    note(kept, "three")
    days.next()
    kept.plans.load()
    assert names(folder) == ["coach-2026-03-03.db"], "a day on which nothing changes needs none"
    assert log_in(folder / "coach-2026-03-03.db") == ["one"]
    note(kept, "four")
    assert log_in(folder / "coach-2026-03-04.db") == ["one", "two", "three"]


def test_a_second_start_on_the_same_day_makes_no_second_copy(path, folder, days):
    for text in ("one", "two", "three"):
        store = Store.open(path, days, folder)
        note(store, text)
        store.close()
    assert names(folder) == ["coach-2026-03-02.db"] and log_in(folder / names(folder)[0]) == ["one"]


def test_three_are_kept(kept, folder, days):
    for day in range(6):
        note(kept, f"{day}")
        days.next()
    assert names(folder) == ["coach-2026-03-05.db", "coach-2026-03-06.db", "coach-2026-03-07.db"]


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_only_the_owner_can_read_them(path, folder, days):
    before = os.umask(0)
    try:
        store = Store.open(path, days, folder)
        note(store, "one")
        days.next()
        note(store, "two")
        store.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_a_copy_that_cannot_be_made_stops_nobody(kept, folder, days, caplog, monkeypatch):
    note(kept, "one")
    days.next()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "copy_to", full)
    note(kept, "two")
    note(kept, "three")
    assert texts(kept) == ["one", "two", "three"] and names(folder) == []
    assert caplog.text.count("copy could not be made") == 1 and "two" not in caplog.text


def test_restore_puts_a_day_back_and_keeps_what_was_there(path, folder, days):
    store = Store.open(path, days, folder)
    note(store, "one")
    days.next()
    note(store, "two")
    store.close()
    name, aside = restore(path, folder, "latest", days())
    assert (name, aside) == ("coach-2026-03-03.db", "coach-2026-03-03-090000-before-restore.db")
    store = Store.open(path, days, folder)
    assert texts(store) == ["one"]
    store.close()
    assert restore(path, folder, aside, days())[0] == aside
    store = Store.open(path, days, folder)
    assert texts(store) == ["one", "two"]
    store.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and not path.with_name("coach.db-new").exists()


def test_restore_of_an_older_schema_is_brought_up_to_date(path, folder, days, tracked_file):
    folder.mkdir(parents=True)
    tracked_file.rename(folder / "coach-2026-02-01.db")
    assert restore(path, folder, "coach-2026-02-01.db", days()) == ("coach-2026-02-01.db", None)
    store = Store.open(path, days, folder)
    assert store.plans.load().items
    store.close()


@pytest.fixture
def tracked_file(tmp_path):
    from tests.store.test_store_migrate import OLDER_CHECKLIST, made

    return made(tmp_path / "old" / "coach.db", OLDER_CHECKLIST, 2)


def test_names_that_are_none_are_refused(path, folder, days):
    with pytest.raises(UserError, match="There is no copy yet"):
        restore(path, folder, "latest", days())
    store = Store.open(path, days, folder)
    note(store, "one")
    days.next()
    note(store, "two")
    store.close()
    before = path.read_bytes()
    (path.parent / "other.db").write_bytes(before)
    for name in ("../other.db", "other.db", "/etc/passwd", "", "coach-2026-03-02.db"):
        with pytest.raises(
            UserError, match="no copy of that name. Choose latest or one of: coach-2026-03-03.db"
        ):
            restore(path, folder, name, days())
    assert path.read_bytes() == before


def test_a_running_app_is_left_alone(kept, path, folder, days):
    note(kept, "one")
    days.next()
    note(kept, "two")
    with pytest.raises(UserError, match="is running"):
        restore(path, folder, "latest", days())
    assert texts(kept) == ["one", "two"]


@pytest.mark.parametrize("damage", ["rubbish", "inside", "other program", "newer"])
def test_a_copy_that_is_not_sound_is_refused(path, folder, days, damage):
    store = Store.open(path, days, folder)
    note(store, "one " * 5000)
    days.next()
    note(store, "two")
    store.close()
    copy = folder / "coach-2026-03-03.db"
    if damage == "rubbish":
        copy.write_bytes(b"rubbish" * 5000)
    elif damage == "inside":
        content = bytearray(copy.read_bytes())
        content[4096 * 2 : 4096 * 30] = os.urandom(4096 * 28)
        copy.write_bytes(content)
    else:
        connection = sqlite3.connect(copy)
        name, value = (
            ("application_id", 7) if damage == "other program" else ("user_version", migrate.HEAD + 1)
        )
        connection.execute(f"PRAGMA {name} = {value}")
        connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"is damaged\. Nothing was changed|newer version|another program"):
        restore(path, folder, "latest", days())
    assert path.read_bytes() == before and names(folder) == ["coach-2026-03-03.db"]


def test_a_damaged_file_is_replaced_and_kept_as_it_is(path, folder, days):
    store = Store.open(path, days, folder)
    note(store, "one")
    days.next()
    note(store, "two")
    store.close()
    path.write_bytes(b"damaged" * 2000)
    with pytest.raises(StoreError, match="python -m coach restore"):
        Store.open(path, days, folder)
    _, aside = restore(path, folder, "coach-2026-03-03.db", days())
    assert (folder / aside).read_bytes() == b"damaged" * 2000
    store = Store.open(path, days, folder)
    assert texts(store) == ["one"]
    store.close()


def traces(folder) -> list[str]:
    forms = [form for word in SECRET.split("-") for form in (word.encode(), word.encode("utf-16-le"))]
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if any(form in file.read_bytes() for form in forms)]


def test_what_is_deleted_is_gone_from_the_copies_and_the_rest_stays(kept, path, folder, days):
    secret, public = talk(kept, random.Random(1), SECRET), talk(kept, random.Random(2), "public")
    note(kept, "one")
    days.next()
    note(kept, "two")
    assert "coach-2026-03-03.db" in traces(path.parent)
    kept.delete(secret)
    assert traces(path.parent) == []
    copy = sqlite3.connect(folder / "coach-2026-03-03.db")
    assert copy.execute("SELECT id FROM conversation").fetchall() == [(public,)]
    copy.close()
    assert log_in(folder / "coach-2026-03-03.db") == ["one"]
    kept.plans.erase()
    assert log_in(folder / "coach-2026-03-03.db") == [] and kept.load(public).messages
    note(kept, SECRET)
    days.next()
    note(kept, SECRET)
    kept.erase()
    assert traces(path.parent) == [] and names(folder) == [] and kept.list_conversations() == []


def test_a_copy_in_which_nothing_can_be_deleted_goes_as_a_whole(kept, path, folder, days):
    secret = talk(kept, random.Random(1), SECRET)
    days.next()
    note(kept, "x")
    (folder / "coach-2026-03-01.db").write_bytes(SECRET.encode() * 999)
    kept.delete(secret)
    assert traces(path.parent) == [] and "coach-2026-03-01.db" not in names(folder)
    assert "coach-2026-03-03.db" in names(folder)


def test_a_crash_while_copies_are_erased_is_finished_at_the_next_start(path, folder, days, monkeypatch):
    store = Store.open(path, days, folder)
    note(store, SECRET)
    days.next()
    note(store, "two")

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(backup, "_erase", die)
        with pytest.raises(KeyboardInterrupt):
            store.plans.erase()
    store.close()
    store = Store.open(path, days, folder)
    assert names(folder) == []
    store.plans.erase()
    assert traces(path.parent) == []
    store.close()


def test_import_in_place_of_something_can_be_taken_back(kept, path, folder, days):
    fill(kept)
    archive = kept.take_out()
    kept.erase()
    note(kept, "mine")
    name = kept.bring_in(archive, replace=True)
    kept.close()
    restore(path, folder, name, days())
    store = Store.open(path, days, folder)
    assert texts(store) == ["mine"]
    store.close()
