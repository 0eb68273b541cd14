"""The machine's own package client: pip in this environment, uv, or the pip that came with Python.

An environment made by uv has no pip; `python -m venv` without it has none either. The first client that
works is used. Its index, proxy and certificate settings hold: no address is passed, and nothing of its
output is shown.
"""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from coach.errors import DownloadError

SECONDS_PER_PACKAGE = 1800
# --only-binary: a source archive would run code. No cache: it would keep a second copy of 1.1 GB.
PIP_OPTIONS = (
    "--no-deps",
    "--require-hashes",
    "--only-binary",
    ":all:",
    "--no-cache-dir",
    "--no-input",
    "--quiet",
)
UV_OPTIONS = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--no-cache", "--quiet")


def fetch(requirement: str, folder: Path, run: Callable[..., Any] = subprocess.run) -> None:
    """Download the one pinned package into `folder`: the wheel file (pip) or its unpacked content (uv).

    Blocks for up to half an hour. Raises DownloadError when no client brought it.
    """
    wanted = folder / "requirements.txt"
    wanted.write_text(requirement, encoding="utf-8")
    # The client's own temporary files belong on the disk whose space was checked.
    environment = {**os.environ, "TMPDIR": str(folder), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    reason = "This Python has neither pip nor uv, so the model files cannot be fetched. Install uv or pip."
    for command in commands(wanted, folder):
        try:
            result = run(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=SECONDS_PER_PACKAGE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            reason = "The package download did not finish. Check the connection and try again."
            continue
        if result.returncode == 0:
            return
        reason = _reason(f"{result.stdout}{result.stderr}")
    raise DownloadError(reason)


def commands(wanted: Path, folder: Path) -> list[list[str]]:
    """The command lines to try, best first."""
    found = []
    pips = [["-m", "pip"]] if importlib.util.find_spec("pip") else []
    bundled = [[str(wheel / "pip")] for wheel in _bundled_pips()]  # Python can run the wheel as it lies there
    uv = shutil.which("uv")
    found += [
        [sys.executable, *pip, "download", *PIP_OPTIONS, "-r", str(wanted), "-d", str(folder)] for pip in pips
    ]
    if uv:
        target = ["--python", sys.executable, "--target", str(folder), "-r", str(wanted)]
        found.append([uv, "pip", "install", *UV_OPTIONS, *target])
    found += [
        [sys.executable, *pip, "download", *PIP_OPTIONS, "-r", str(wanted), "-d", str(folder)]
        for pip in bundled
    ]
    return found


@contextlib.contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold a lock file that the system frees when this process ends. DownloadError where it is held."""
    with lock.open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise DownloadError(
                "Another PIP Coach is fetching these files already. Wait for it to finish."
            ) from error
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _bundled_pips() -> list[Path]:
    """Wheels of pip that Python or the system carries for `ensurepip`; nothing is installed from them."""
    spec = importlib.util.find_spec("ensurepip")
    folders = [Path(spec.origin).parent / "_bundled"] if spec and spec.origin else []
    if system := sysconfig.get_config_var("WHEEL_PKG_DIR"):  # Debian and Fedora keep it there
        folders.append(Path(system))
    return [wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"))]


def _reason(output: str) -> str:
    """One sentence for the kind of failure; never the output itself."""
    output = output.lower()
    if "do not match the hashes" in output or "hash mismatch" in output:
        return "A package did not match its checksum and was refused."
    if "no space left" in output or "disk full" in output or "not enough space" in output:
        return "The disk became full while the model files were fetched."
    if "no matching distribution" in output or "was not found" in output or "no solution found" in output:
        return "This computer's package index does not offer the model files."
    return "The model files could not be fetched. Check the connection and try again."
