"""The tests of the plain file once more, with a file under a key: nothing may depend on whether there is a passphrase."""

from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from coach import keys
from coach.store import Store, driver, migrate
from tests.store import test_backup, test_store, test_store_erase, test_store_file, test_store_migrate

ONE_FILE = True  # nothing here runs on PostgreSQL, see conftest.py
KEY = keys.fresh()
MODULES = (test_backup, test_store, test_store_erase, test_store_file, test_store_migrate)
LEFT_OUT = {
    "test_processes_that_migrate_together",  # a process of its own knows no key here; test_sealing.py has some
    "test_damage_inside_is_found_at_the_start",  # below: a damaged page shows as soon as it is read
    "test_newer_schema_is_refused_untouched",  # below, without a process of its own
    "test_network_folders_are_told_apart",
    "test_head_is_the_newest_revision",
}


class Keyed(ModuleType):
    """Stands for sqlite3 in those modules: every file that they open themselves is under the key."""

    def connect(self, path, **options):
        return driver.connect(path, KEY, **options)

    def __getattr__(self, name):
        return getattr(driver.sealed, name)


@pytest.fixture(autouse=True)
def under_a_key():
    with pytest.MonkeyPatch.context() as patch:  # of its own: a test may take back its own patches
        patch.setattr(Store, "open", partial(Store.open, key=KEY))
        patch.setattr(test_backup, "restore", partial(test_backup.restore, key=KEY))
        for module in MODULES:
            if hasattr(module, "sqlite3"):
                patch.setattr(module, "sqlite3", Keyed("sqlite3"))
            if hasattr(module, "traces"):
                patch.setattr(module, "traces", traces)
        yield


PAGE, RESERVED, SALT = 4096, 80, 16  # at the end of a page its initial vector, 16 bytes, and its mark


def in_clear(path: Path) -> bytes:
    """Every page of a file and of its log, deleted rows and free pages included, as whoever has the key can read them."""
    data = path.read_bytes()
    if path.name.endswith("-wal"):
        pages = [data[at + 24 : at + 24 + PAGE] for at in range(32, len(data), 24 + PAGE)]
    else:
        pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    plain = [data]
    for page in pages:
        for start in (0, SALT):  # the first page begins with the salt
            inside, vector = page[start : PAGE - RESERVED], page[PAGE - RESERVED : PAGE - RESERVED + 16]
            if len(page) == PAGE:
                cipher = Cipher(algorithms.AES256(bytes.fromhex(KEY.get_secret_value())), modes.CBC(vector)).decryptor()
                plain.append(cipher.update(inside) + cipher.finalize())
    return b"".join(plain)


def traces(folder: Path) -> list[str]:
    """Files in which a word of the secret can be read with the key."""
    forms = [form for word in test_store_erase.SECRET.split("-") for form in (word.encode(), word.encode("utf-16-le"))]
    forms.append(test_store_erase.SECRET.encode("unicode_escape"))
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if any(form in in_clear(file) for form in forms)]


for _module in MODULES:
    for _name, _value in vars(_module).items():
        if _name.startswith("test_") and callable(_value) and _name not in LEFT_OUT:
            assert _name not in globals(), _name
            globals()[_name] = _value
        elif type(_value).__name__ == "FixtureFunctionDefinition":
            globals()[_name] = _value


def test_the_file_is_unreadable_without_the_key(path, clock):
    store = Store.open(path, clock)
    test_store_erase.talk(store, test_store_erase.random.Random(1), "Zebrafink")
    assert not driver.is_plain(path)
    for file in path.parent.iterdir():
        assert b"Zebrafink" not in file.read_bytes(), file.name
    store.close()


def test_another_key_is_told_as_damage_and_changes_nothing(path, clock):
    Store.open(path, clock).close()
    before = path.read_bytes()
    with pytest.raises(test_store_file.StoreError, match="damaged"):
        Store.open(path, clock, key=keys.fresh())
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused_untouched(path, clock):
    Store.open(path, clock).close()
    connection = driver.connect(path, KEY)
    connection.execute(f"PRAGMA user_version = {migrate.HEAD + 1}")
    connection.close()
    before = test_store_file.contents(path.parent)
    with pytest.raises(test_store_file.StoreError, match=r"newer version of PIP Coach.*COACH_HOME\.$"):
        Store.open(path, clock)
    assert test_store_file.contents(path.parent) == before


@pytest.mark.parametrize("page", [0, 3, 9])
def test_a_damaged_page_is_found_at_the_start(path, clock, page, capfd):
    store = Store.open(path, clock)
    for seed in range(6):
        test_store_erase.talk(store, test_store_erase.random.Random(seed), "public")
    store.close()
    damaged = bytearray(path.read_bytes())
    damaged[4096 * page + 99] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(test_store_file.StoreError, match=r"^The file with your conversations is damaged\."):
        Store.open(path, clock)
    assert path.read_bytes() == bytes(damaged)
    assert capfd.readouterr().err == "", "SQLCipher writes to the terminal unless it is told not to"


def test_no_error_shows_the_key(path, clock, monkeypatch):
    Store.open(path, clock).close()
    damaged: Path = path.with_name("other.db")
    damaged.write_bytes(b"x" * 9000)
    with pytest.raises(test_store_file.StoreError) as caught:
        Store.open(damaged, clock)
    seen, error = "", caught.value
    while error is not None:
        seen, error = f"{seen}{error!r}{error}{vars(error)}", error.__cause__ or error.__context__
    assert KEY.get_secret_value() not in seen and "file is not a database" in seen
