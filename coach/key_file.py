"""The file coach.key on the disk: read, written as a whole or not at all, removed. Knows no passphrase."""

import os
from pathlib import Path

from pydantic import ValidationError

from coach.schema.keys import KeyFile


def read(path: Path) -> KeyFile | None:
    """What it holds; None where that is no key file."""
    try:
        return KeyFile.model_validate_json(path.read_bytes())
    except ValidationError:
        return None


def write(path: Path, file: KeyFile) -> None:
    """Put it in the place of what was there, for its owner only, and have it on the disk before returning."""
    half = path.with_name(f"{path.name}-new")
    half.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(file.model_dump_json(indent=2).encode())
            out.flush()
            os.fsync(out.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    keep_names(path.parent)


def remove(path: Path) -> None:
    """Delete it for good. Without it nothing that it opened can be read."""
    path.unlink()
    keep_names(path.parent)


def keep_names(folder: Path) -> None:
    """Have the folder's list of names on the disk: a new name is lost with the power otherwise. Windows does that itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
