"""Fetch data-only wheels through the machine's own package client and take verified files out of them.

Does not import, install or run anything from a wheel, knows no index address (pip's or uv's own settings
hold) and never repeats the client's output, which may hold such addresses. Every wheel and every file in it
is pinned by SHA-256 in `coach/llm/weights.json` and `coach/retrieval/embedder.json`. Sizes are bytes. All
faults are DownloadError.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict

from coach import package_clients
from coach.errors import DownloadError
from coach.locations import Locations

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE / "llm" / "weights.json"
EMBEDDER = HERE / "retrieval" / "embedder.json"
BLOCK = 1 << 20
SPARE_BYTES = 50_000_000

Progress = Callable[[int, int], None]
Run = Callable[..., subprocess.CompletedProcess]


class Member(BaseModel):
    """One file inside a wheel: the name it gets, its path there, its pinned size and hash."""

    model_config = ConfigDict(frozen=True)

    name: str
    path: str
    bytes: int
    sha256: str


class Wheel(BaseModel):
    """One pinned wheel and the files that are wanted from it."""

    model_config = ConfigDict(frozen=True)

    package: str
    version: str
    file: str
    bytes: int
    sha256: str
    members: tuple[Member, ...]

    @property
    def requirement(self) -> str:
        """The line for a requirements file, with its hash."""
        return f"{self.package}=={self.version} --hash=sha256:{self.sha256}\n"


class Bundle(BaseModel):
    """What one fetch brings. `sha256` is that of all members joined, None where they stay separate files."""

    model_config = ConfigDict(frozen=True)

    title: str
    licence: str
    bytes: int
    sha256: str | None
    wheels: tuple[Wheel, ...]


def load_bundle(path: Path) -> Bundle:
    """Read a pin file of this repository."""
    return Bundle.model_validate_json(path.read_text(encoding="utf-8"))


def verify(path: Path, sha256: str) -> bool:
    """Whether the file is there and its whole content has this SHA-256. 1.1 GB takes 1.4 to 6 s."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def verify_once(path: Path, sha256: str) -> bool:
    """Like `verify`, but trust an earlier full check while size and modification time are unchanged.

    The check is recorded beside the file in `<name>.verified`. This finds damage and half-written files at
    every start without reading 1.1 GB; it does not protect from somebody who can write into the cache
    folder.
    """
    record = path.with_name(path.name + ".verified")
    try:
        found = path.stat()
    except OSError:
        return False
    stamp = {"bytes": found.st_size, "modified_ns": found.st_mtime_ns, "sha256": sha256}
    with contextlib.suppress(OSError, ValueError):
        if json.loads(record.read_text(encoding="utf-8")) == stamp:
            return True
    if not verify(path, sha256):
        record.unlink(missing_ok=True)
        return False
    with contextlib.suppress(OSError):  # a folder that cannot be written only costs time at the next start
        record.write_text(json.dumps(stamp), encoding="utf-8")
    return True


def fetch_weights(
    locations: Locations,
    run: Run = subprocess.run,
    progress: Progress | None = None,
    bundle: Bundle | None = None,
) -> Path:
    """Join the parts of the model into `locations.weights`; return it at once where it is there and right.

    The partial file is its own progress record: sizes and hashes of all parts are pinned, so after a break
    or a kill it is kept up to the first byte that is missing or wrong. One wheel at a time is on the disk.
    A damaged joined file is treated as a partial one. `progress` gets bytes joined and bytes in total.
    """
    bundle = bundle or load_bundle(WEIGHTS)
    target = locations.weights
    if verify_once(target, bundle.sha256):
        return target
    with _guarded(target.parent):
        if verify_once(target, bundle.sha256):  # another process may have finished meanwhile
            return target
        partial = target.with_name(target.name + ".partial")
        if target.exists():
            target.replace(partial)
        _join(bundle, partial, locations.cache / "parts", run, progress or _silent)
        if not verify(partial, bundle.sha256):
            partial.unlink()
            raise DownloadError(
                "The language model did not match its checksum after joining. Fetch it again."
            )
        partial.replace(target)
        verify_once(target, bundle.sha256)
    return target


def has_embedder(locations: Locations, bundle: Bundle | None = None) -> bool:
    """Whether all files of the embedder are there and right."""
    bundle = bundle or load_bundle(EMBEDDER)
    return all(verify_once(locations.embedder / m.name, m.sha256) for wheel in bundle.wheels for m in wheel.members)


def fetch_embedder(
    locations: Locations,
    run: Run = subprocess.run,
    progress: Progress | None = None,
    bundle: Bundle | None = None,
) -> Path:
    """Put the verified embedder files into `locations.embedder`; return at once where they are right."""
    bundle = bundle or load_bundle(EMBEDDER)
    folder = locations.embedder
    done = 0
    if has_embedder(locations, bundle):
        return folder
    with _guarded(folder):
        for wheel in bundle.wheels:
            missing = [m for m in wheel.members if not verify_once(folder / m.name, m.sha256)]
            if missing:
                _need_space(folder, wheel.bytes + sum(m.bytes for m in wheel.members))
                with _fetched(wheel, locations.cache / "parts", run) as source:
                    for member in missing:
                        _extract(source, wheel, member, folder / member.name)
            done += sum(m.bytes for m in wheel.members)
            (progress or _silent)(done, bundle.bytes)
    return folder


def _silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


def _join(bundle: Bundle, partial: Path, parts: Path, run: Run, progress: Progress) -> None:
    members = [(wheel, member) for wheel in bundle.wheels for member in wheel.members]
    kept = _good_prefix(partial, [member for _, member in members])
    done = sum(member.bytes for _, member in members[:kept])
    largest = max(wheel.bytes + sum(m.bytes for m in wheel.members) for wheel in bundle.wheels)
    _need_space(partial.parent, bundle.bytes - done + largest)
    progress(done, bundle.bytes)
    with partial.open("r+b" if partial.exists() else "w+b") as out:
        out.truncate(done)
        out.seek(done)
        for wheel, member in members[kept:]:
            with _fetched(wheel, parts, run) as source, _opened(source, wheel, member) as data:
                _copy(data, out, member)
            # On the disk before the next part starts, so that a power cut costs one part.
            out.flush()
            os.fsync(out.fileno())
            done += member.bytes
            progress(done, bundle.bytes)


def _good_prefix(partial: Path, members: list[Member]) -> int:
    """How many members stand complete and right at the start of the partial file."""
    kept = 0
    with contextlib.suppress(FileNotFoundError), partial.open("rb") as file:
        for member in members:
            if _digest(file, member.bytes) != member.sha256:
                break
            kept += 1
    return kept


def _digest(file: BinaryIO, size: int) -> str:
    digest = hashlib.sha256()
    while size and (block := file.read(min(BLOCK, size))):
        digest.update(block)
        size -= len(block)
    return digest.hexdigest()


def _extract(source: Path, wheel: Wheel, member: Member, target: Path) -> None:
    partial = target.with_name(target.name + ".partial")
    with _opened(source, wheel, member) as data, partial.open("wb") as out:
        _copy(data, out, member)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(target)
    verify_once(target, member.sha256)


def _copy(data: BinaryIO, out: BinaryIO, member: Member) -> None:
    digest, size = hashlib.sha256(), 0
    # Never more than the pinned size, whatever the archive claims.
    while size <= member.bytes and (block := data.read(BLOCK)):
        digest.update(block)
        size += len(block)
        out.write(block)
    if size != member.bytes or digest.hexdigest() != member.sha256:
        raise DownloadError(f"The file {member.name} did not match its checksum. Fetch it again.")


@contextlib.contextmanager
def _fetched(wheel: Wheel, parts: Path, run: Run) -> Iterator[Path]:
    """The wheel file, or the folder into which uv unpacked it; gone when the block ends."""
    folder = parts / wheel.package
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        package_clients.fetch(wheel.requirement, folder, run)
        source = folder / wheel.file
        if source.exists() and not verify(source, wheel.sha256):
            raise DownloadError(f"The package {wheel.package} did not match its checksum. Fetch it again.")
        yield source if source.exists() else folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _opened(source: Path, wheel: Wheel, member: Member) -> Iterator[BinaryIO]:
    try:
        if source.is_dir():
            with (source / member.path).open("rb") as data:
                yield data
        else:
            with zipfile.ZipFile(source) as archive, archive.open(member.path) as data:
                yield data
    except (FileNotFoundError, KeyError, zipfile.BadZipFile) as error:
        raise DownloadError(f"The package {wheel.package} does not hold what it should.") from error


def _need_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE_BYTES:
        wanted = (needed + SPARE_BYTES) // 1_000_000
        raise DownloadError(
            f"The disk is too full: {wanted} MB are needed in {folder} and {free // 1_000_000} MB are free."
        )


@contextlib.contextmanager
def _guarded(folder: Path) -> Iterator[None]:
    """Create the folder, keep other processes out, and turn a fault of the disk into one sentence."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with package_clients.only_one(folder / "fetching.lock"):
            yield
    except OSError as error:
        raise DownloadError(
            f"Cannot write in {folder}: {error.strerror or 'the disk reports a fault'}."
        ) from error
