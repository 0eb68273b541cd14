"""Put every file of a folder under a key, or take the key off: the file and its copies. Asks nobody and keeps no key.

All new files are written beside the old ones first; only then does each take its place. So an error changes nothing. After a
crash in between some files are in the one state and some in the other; `left` finds them and doing it again finishes it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pydantic import SecretStr

from coach.errors import StoreError
from coach.key_file import keep_names
from coach.store import backup, driver, migrate
from coach.store.engine import DAMAGED

HALF = ("*-new", "*-new-journal", "*.half", "*.half-journal")  # what a crash leaves of a file that was being made
COPY_DAMAGED = (
    "The copy {name} is damaged, so it cannot be changed with the others. Nothing was changed: move it out of {folder} or "
    "delete it, then try again."
)


def left(database: Path, folder: Path) -> bool:
    """Whether a file is open to everybody, or half made, though there is a passphrase."""
    return any(map(driver.is_plain, [*files(database, folder), *_half_made(database, folder)]))


def files(database: Path, folder: Path) -> list[Path]:
    """The file and its copies, those that hold anything."""
    found = [database, *(folder / copy.name for copy in backup.listed(folder))]
    return [path for path in found if path.exists() and path.stat().st_size]


@contextmanager
def turned(
    database: Path, folder: Path, before: SecretStr | None, after: SecretStr | None, *, rest: bool = False
) -> Iterator[Callable[[], None]]:
    """New files from `before` to `after`, one of which is None; what it gives puts them in place.

    StoreError where one cannot be read whole. `rest`: what is so already stays, and what cannot be read stays as it is. The
    folder must be ours alone.
    """
    for path in _half_made(database, folder):
        path.unlink()
    waiting, made = [], []

    def put_in_place() -> None:
        for new, path in made:
            new.replace(path)
            keep_names(path.parent)

    try:
        for path in files(database, folder):
            if rest and driver.is_plain(path) != (before is None):
                continue
            if _is_whole(path, before):
                waiting.append(path)
            elif not rest:
                told = COPY_DAMAGED.format(name=path.name, folder=folder)
                raise StoreError(DAMAGED if path == database else told)
        for path in waiting:
            new = path.with_name(f"{path.name}-new")
            made.append((new, path))
            _turn(path, new, before, after)
        yield put_in_place
    finally:
        for new, _ in made:
            new.unlink(missing_ok=True)


def _half_made(database: Path, folder: Path) -> list[Path]:
    return [path for place in (database.parent, folder) for pattern in HALF for path in place.glob(pattern)]


def _is_whole(path: Path, key: SecretStr | None) -> bool:
    """Also brings what a crash left in a log into the file, so that one file is all there is."""
    try:
        with closing(driver.connect(path, key, timeout=5, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    except driver.OPERATIONAL_ERRORS:
        raise  # in use, or no room: the file may be sound
    except driver.DATABASE_ERRORS:
        return False
    return found == "ok" and (application == migrate.APPLICATION or not tables)


def _turn(path: Path, new: Path, before: SecretStr | None, after: SecretStr | None) -> None:
    """The file under a key is the main one both ways, so that it always has today's form."""
    os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    locked, plain = (new, path) if before is None else (path, new)
    source, target = ("plain", "main") if before is None else ("main", "plain")
    with closing(driver.connect(locked, before or after, isolation_level=None)) as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        connection.execute(f"PRAGMA {target}.journal_mode = OFF").fetchall()  # thrown away if it is not finished
        connection.execute("SELECT sqlcipher_export(?, ?)", (target, source)).fetchall()
        for name in ("application_id", "user_version"):
            value = connection.execute(f"PRAGMA {source}.{name}").fetchone()[0]
            connection.execute(f"PRAGMA {target}.{name} = {value}")
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    at = path.stat()
    os.utime(new, ns=(at.st_atime_ns, at.st_mtime_ns))  # copies are listed by it
