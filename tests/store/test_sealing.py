"""A folder is locked and unlocked as a whole: every row, every copy, at whatever step it is ended."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from coach import passphrase, settings
from coach.errors import StoreError, UserError
from coach.locations import ROOT, Locations
from coach.schema.checklist import Entry
from coach.schema.keys import Costs
from coach.settings import Settings
from coach.store import Store, driver, migrate, sealing
from tests.security.test_wipe import WORD, fill, traces
from tests.store.test_store_migrate import OLD, OLDER_CHECKLIST, made

CHEAP = Costs(iterations=1, memory_kib=64, lanes=1)
WORDS = SecretStr("four words in a row")
ON = date(2026, 3, 2)


@pytest.fixture
def chosen(tmp_path) -> Settings:
    """Settings of a folder with the word in every kind of record, in three copies and in the saved choice."""
    places = Locations(home=tmp_path / "home", cache=tmp_path / "cache")
    fill(places.home)
    settings.save_choice(Settings(locations=places, llm="https://api.example.org/v1", llm_key=f"sk-{WORD}", hidden_words=(WORD,)))
    return Settings(locations=places)


def unlocked(chosen: Settings, words: SecretStr = WORDS) -> Settings:
    """As the next start would have it."""
    saved = settings._saved(chosen.locations.saved_settings)
    return passphrase.unlock(Settings(locations=chosen.locations, passphrase=words, **saved))


def store_of(chosen: Settings) -> Store:
    places = chosen.locations
    return Store.open(places.database, lambda: datetime(2026, 3, 9, tzinfo=UTC), places.backups, chosen.key)


def rows(path: Path, key: SecretStr | None = None) -> dict:
    """Every row with its number, the tables as they were written, and the marks in the header."""
    connection = driver.connect(path, key)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    found: dict = {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names}
    found["schema"] = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
    for mark in ("user_version", "application_id"):
        found[mark] = connection.execute(f"PRAGMA {mark}").fetchall()
    connection.close()
    return found


def everything(chosen: Settings) -> dict[str, dict]:
    places = chosen.locations
    return {path.name: rows(path, chosen.key) for path in sealing.files(places.database, places.backups)}


def test_no_plain_byte_is_left_and_every_row_comes_back(chosen):
    home = chosen.locations.home
    before, listed = everything(chosen), [path.stat().st_mtime_ns for path in sorted(chosen.locations.backups.glob("*.db"))]
    assert len(before) == 4 and traces(home)
    passphrase.put_on(chosen, WORDS, CHEAP)
    assert traces(home) == []
    opened = unlocked(chosen)
    assert everything(opened) == before
    assert (opened.llm_key.get_secret_value(), opened.hidden_words) == (f"sk-{WORD}", (WORD,))
    assert [path.stat().st_mtime_ns for path in sorted(chosen.locations.backups.glob("*.db"))] == listed
    modes = {path.stat().st_mode & 0o777 for path in home.rglob("*") if path.is_file()}
    assert modes == {0o600}
    passphrase.take_off(opened)
    assert everything(chosen) == before and not chosen.locations.key_file.exists()
    assert settings._saved(chosen.locations.saved_settings)["hidden_words"] == (WORD,)


def test_what_is_done_under_the_passphrase_leaves_no_plain_byte(chosen):
    passphrase.put_on(chosen, WORDS, CHEAP)
    opened = unlocked(chosen)
    store = store_of(opened)
    store.plans.add(Entry(on=ON, text=f"{WORD} " * 4000))
    store.bring_in(store.take_out(), replace=True)
    settings.save_choice(opened.model_copy(update={"llm_key": SecretStr(f"sk-{WORD}-2")}))
    assert traces(chosen.locations.home) == [], "with the log still there"
    store.close()
    assert traces(chosen.locations.home) == []
    assert unlocked(chosen).llm_key.get_secret_value() == f"sk-{WORD}-2"


def test_a_log_that_a_crash_left_comes_along_and_goes(chosen):
    places = chosen.locations
    code = f"import os, sqlite3; c = sqlite3.connect({str(places.database)!r}); c.execute(\"UPDATE entry SET text = '{WORD} last'\"); c.commit(); os._exit(0)"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert places.database.with_name("coach.db-wal").stat().st_size
    (places.home / "coach.db-new").write_bytes(b"SQLite format 3\x00" + WORD.encode())
    (places.backups / "coach-2026-03-01.db.half").write_bytes(WORD.encode())
    places.saved_settings.with_suffix(".partial").write_text(WORD, encoding="utf-8")
    passphrase.put_on(chosen, WORDS, CHEAP)
    assert traces(places.home) == []
    store = store_of(unlocked(chosen))
    assert {entry.text for entry in store.plans.load().log} == {f"{WORD} last"}
    store.close()


@pytest.mark.parametrize(("script", "version"), [(OLD, 1), (OLDER_CHECKLIST, 2)])
def test_an_older_schema_is_locked_as_it_is_and_brought_up_to_date_later(tmp_path, script, version):
    places = Locations(home=tmp_path / "home", cache=tmp_path / "cache")
    chosen, before = Settings(locations=places), rows(made(places.database, script, version))
    passphrase.put_on(chosen, WORDS, CHEAP)
    opened = unlocked(chosen)
    assert rows(places.database, opened.key) == before
    store = store_of(opened)
    assert store.list_conversations()
    store.close()
    assert rows(places.database, opened.key)["user_version"] == [(migrate.HEAD,)]


def test_an_empty_folder_can_be_locked_before_the_first_word(tmp_path):
    chosen = Settings(locations=Locations(home=tmp_path / "home", cache=tmp_path / "cache"))
    passphrase.put_on(chosen, WORDS, CHEAP)
    store = store_of(unlocked(chosen))
    store.plans.add(Entry(on=ON, text=WORD))
    store.close()
    assert traces(tmp_path) == [] and chosen.locations.home.stat().st_mode & 0o777 == 0o700


def test_another_passphrase_changes_one_small_file_and_its_copy(chosen):
    passphrase.put_on(chosen, WORDS, CHEAP)
    home = chosen.locations.home
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    passphrase.change(unlocked(chosen), SecretStr("quite other words"), CHEAP)
    assert [path.name for path, data in before.items() if path.read_bytes() != data] == ["coach.key"] * 2
    with pytest.raises(UserError, match=r"^That does not open it\.$"):
        unlocked(chosen)
    assert len(everything(unlocked(chosen, SecretStr("quite other words")))) == 4


def test_while_the_app_runs_nothing_is_changed(chosen):
    store, before = store_of(chosen), everything(chosen)
    for action in (lambda: passphrase.put_on(chosen, WORDS, CHEAP), lambda: passphrase.take_off(chosen), lambda: passphrase.change(chosen, WORDS, CHEAP)):
        with pytest.raises(UserError, match="PIP Coach is running. Close it first"):
            action()
    assert everything(chosen) == before and not chosen.locations.key_file.exists()
    store.close()


def test_who_comes_while_it_is_being_locked_waits(chosen, monkeypatch):
    from coach.store import presence

    monkeypatch.setattr(presence, "PATIENCE", 0.2)
    with presence.alone(chosen.locations.home), pytest.raises(UserError, match="is running"):
        store_of(chosen)
    store_of(chosen).close()
    with presence.alone(chosen.locations.home), pytest.raises(UserError, match="is running"), presence.alone(chosen.locations.home):
        pass


@pytest.mark.parametrize("which", ["coach.db", "backups/coach-2026-03-02.db"])
@pytest.mark.parametrize("damage", ["rubbish", "inside"])
def test_with_a_damaged_file_nothing_is_changed(chosen, which, damage):
    path = chosen.locations.home / which
    data = bytearray(path.read_bytes())
    data[4096 * 2 : 4096 * 30] = os.urandom(4096 * 28)
    path.write_bytes(b"rubbish" * 5000 if damage == "rubbish" else data)
    before, others = path.read_bytes(), [other for other in chosen.locations.home.rglob("*.db") if other != path]
    kept = [rows(other) for other in others]
    with pytest.raises(StoreError, match=r"is damaged"):
        passphrase.put_on(chosen, WORDS, CHEAP)
    assert path.read_bytes() == before and [rows(other) for other in others] == kept
    assert not chosen.locations.key_file.exists() and not list(chosen.locations.home.rglob("*-new"))


def test_a_full_disk_changes_nothing(chosen, monkeypatch):
    before = everything(chosen)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "utime", full)
        with pytest.raises(StoreError, match="disk is full"):
            passphrase.put_on(chosen, WORDS, CHEAP)
    assert everything(chosen) == before and not chosen.locations.key_file.exists()
    passphrase.put_on(chosen, WORDS, CHEAP)
    opened = unlocked(chosen)
    with monkeypatch.context() as patch:
        patch.setattr(os, "utime", full)
        with pytest.raises(StoreError, match="disk is full"):
            passphrase.take_off(opened)
    assert everything(unlocked(chosen)) == before and traces(chosen.locations.home) == []


def test_without_sqlcipher_a_locked_folder_is_one_clear_line(chosen, monkeypatch):
    passphrase.put_on(chosen, WORDS, CHEAP)
    monkeypatch.setattr(driver, "sealed", None)
    with pytest.raises(StoreError, match=r"^The part that locks and opens with a passphrase, the package sqlcipher3,"):
        passphrase.unlock(chosen, lambda prompt: pytest.fail("asks for nothing that it cannot use"))


def settled(chosen: Settings, before: dict) -> bool:
    """After any end: it opens plain or with the passphrase, with every row, and is locked as a whole if it is; which of the two."""
    if chosen.locations.key_file.exists():
        opened = unlocked(chosen)
        assert traces(chosen.locations.home) == []
    else:
        opened = chosen
        assert settings._saved(chosen.locations.saved_settings)["hidden_words"] == (WORD,)
    assert everything(opened) == before
    store_of(opened).close()
    return opened.key is not None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("action", ["set", "remove"])
def test_killed_at_every_step(chosen, action, monkeypatch):
    """The process is ended, without any clean-up, before its n-th step on the disk, for every n."""
    before, locked = everything(chosen), []
    for step in range(1, 200):
        if action == "remove" and not chosen.locations.key_file.exists():
            passphrase.put_on(chosen, WORDS, CHEAP)
        opened = unlocked(chosen) if action == "remove" else chosen
        child = os.fork()
        if not child:
            die_before(step, monkeypatch)
            passphrase.take_off(opened) if action == "remove" else passphrase.put_on(chosen, WORDS, CHEAP)
            os._exit(0)
        done = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        locked.append(settled(chosen, before))
        if done == 0:
            break
        if action == "set" and locked[-1]:
            passphrase.take_off(unlocked(chosen))
    assert done == 0 and locked[-1] == (action == "set") and len(locked) > 20
    assert locked[0] == (action == "remove") and len(set(locked)) == 2


def die_before(step: int, monkeypatch) -> None:
    left = [step]

    def counted(real):
        def one(*values, **named):
            left[0] -= 1
            if not left[0]:
                os._exit(9)
            return real(*values, **named)

        return one

    for owner, name in ((Path, "replace"), (Path, "unlink"), (os, "fsync"), (os, "open"), (driver, "connect"), (os, "utime")):
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_kill_in_the_middle_of_locking_and_unlocking(chosen):
    """kill -9 at random moments, in whichever direction is next."""
    before, number = everything(chosen), random.Random(7)
    began = time.monotonic()
    passphrase.put_on(chosen, WORDS, CHEAP)
    took, ended = time.monotonic() - began, []
    for _ in range(60 if os.environ.get("CI") else 16):
        opened = unlocked(chosen) if chosen.locations.key_file.exists() else chosen
        child = os.fork()
        if not child:
            passphrase.take_off(opened) if opened.key else passphrase.put_on(chosen, WORDS, CHEAP)
            os._exit(0)
        time.sleep(number.uniform(0, took * 1.5))
        os.kill(child, signal.SIGKILL)
        ended.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        settled(chosen, before)
    assert -signal.SIGKILL in ended, "none was killed in the middle"


def test_a_second_process_is_told(chosen):
    passphrase.put_on(chosen, WORDS, CHEAP)
    store = store_of(unlocked(chosen))
    code = """
import sys
from datetime import UTC, datetime
from coach import passphrase, settings
from coach.store import Store
chosen = passphrase.unlock(settings.load())
places = chosen.locations
store = Store.open(places.database, lambda: datetime.now(UTC), places.backups, chosen.key)
print(store.other_process(), len(store.list_conversations()), flush=True)
sys.stdin.read()
"""
    own = {**os.environ, "COACH_HOME": str(chosen.locations.home), "COACH_PASSPHRASE": WORDS.get_secret_value()}
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as second:
        assert second.stdout.readline().split() == ["True", "3"]
        assert store.other_process()
        second.kill()
    store.close()


def test_plain_files_are_opened_by_pythons_own_library(tmp_path):
    path = tmp_path / "home" / "coach.db"
    store = Store.open(path, lambda: datetime(2026, 3, 9, tzinfo=UTC))
    with store._engine.connect() as connection:
        assert isinstance(connection.connection.driver_connection, sqlite3.Connection)
    store.close()
