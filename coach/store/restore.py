"""Put a copy in the place of the file. The file that was there is kept aside; with any doubt nothing is touched."""

import os
import shutil
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from coach.errors import StoreError, UserError
from coach.store import backup, driver, migrate
from coach.store.engine import plainly
from coach.store.presence import alone

NONE = "There is no copy yet. One is made on every day on which you change something."
LATEST = "latest"


def restore(
    database: Path, folder: Path, wanted: str, at: datetime, key: SecretStr | None = None
) -> tuple[str, str | None]:
    """Names of the copy that was put in place, and of the one with what was there before, if anything was."""
    with plainly():
        source = _chosen(folder, wanted)
        _check(source, key)
        with alone(database.parent):
            new = database.with_name(f"{database.name}-new")
            _copy(source, new)
            try:
                aside = _keep_aside(database, folder, at, key) if database.exists() else None
                for end in ("-wal", "-shm"):
                    database.with_name(database.name + end).unlink(missing_ok=True)
                new.replace(database)
            finally:
                new.unlink(missing_ok=True)
        name = source.name
        backup.prune(folder)
    return name, aside


def _chosen(folder: Path, wanted: str) -> Path:
    copies = [copy.name for copy in backup.listed(folder)]
    if not copies:
        raise UserError(NONE)
    if wanted == LATEST:
        return folder / copies[0]
    if wanted not in copies:
        raise UserError(f"There is no copy of that name. Choose {LATEST} or one of: {', '.join(copies)}.")
    return folder / wanted


def _check(source: Path, key: SecretStr | None) -> None:
    """Raise where the copy is damaged, of another program or of a newer version."""
    found, known = "", False
    address = f"{source.absolute().as_uri()}?mode=ro&immutable=1"
    with (
        suppress(*driver.DATABASE_ERRORS),
        closing(driver.connect(address, key, uri=True)) as connection,
    ):
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        known = connection.execute("PRAGMA application_id").fetchone()[0] == migrate.APPLICATION
        migrate.refuse_unknown(source, key)
    if found != "ok" or not known:
        raise StoreError(f"The copy {source.name} is damaged. Nothing was changed: choose another one.")


def _keep_aside(database: Path, folder: Path, at: datetime, key: SecretStr | None) -> str:
    """Copy what is there now; a damaged file as it is, with its log."""
    path = backup.free_name(folder, at, "before-restore")
    try:
        with closing(driver.connect(database, key)) as connection:
            backup.copy_to(connection, path, key)
    except driver.DATABASE_ERRORS:
        _copy(database, path)
        log = database.with_name(f"{database.name}-wal")
        if log.exists():
            _copy(log, path.with_name(f"{path.name}-wal"))
    return path.name


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with (
        source.open("rb") as read,
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as write,
    ):
        shutil.copyfileobj(read, write)
        write.flush()
        os.fsync(write.fileno())
