"""The two README commands, with Python and pip alone: `python -m coach.start` and `python -m coach.start test`.

Uses the standard library only, because nothing else is installed yet. Makes .venv beside this folder, installs what the lock
file names (every file checked against its hash), then hands over to app.py or pytest. Does nothing else.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEWEST = (3, 13)
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Install what is missing, then run the app, or the tests where the first argument is `test`."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        print(f"PIP Coach needs Python 3.11, 3.12 or 3.13. This is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    testing = arguments[:1] == ["test"]
    lock = ROOT / ("requirements-test.lock" if testing else "requirements.lock")
    passphrase = os.environ.pop("COACH_PASSPHRASE", None)  # for the app, not for pip
    try:
        python = _install(lock)
    except (OSError, subprocess.CalledProcessError):
        print("The packages could not be installed. Check the connection and the disk, then run this again.", file=sys.stderr)
        return 2
    command = [python, "-m", "pytest", *arguments[1:]] if testing else [python, str(ROOT / "app.py"), *arguments]
    if testing:
        _say_what_is_left_out()
    given = {"COACH_PASSPHRASE": passphrase} if passphrase else {}
    return subprocess.call(command, cwd=ROOT, env={**os.environ, **given})  # noqa: S603 - our own interpreter and our own arguments


def _install(lock: Path) -> str:
    folder = ROOT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark = folder / f"{lock.stem}.installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if python.exists() and mark.exists() and mark.read_text() == wanted:
        return str(python)
    if not python.exists():
        print("Making a private Python environment in .venv", flush=True)
        try:
            venv.create(folder, with_pip=True)
        except subprocess.CalledProcessError:
            print("Python's venv is incomplete. On Debian or Ubuntu: apt install python3-venv", file=sys.stderr)
            raise
    print("Installing. The first time takes a few minutes.", flush=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*install, "-r", str(lock)], check=True)  # noqa: S603 - as above
    mark.write_text(wanted)
    return str(python)


def _say_what_is_left_out() -> None:
    missing = [name for name, programs in NEEDED.items() if not any(map(shutil.which, programs))]
    missing += [] if shutil.which("initdb") or [*Path("/usr/lib/postgresql").glob("*/bin/initdb")] else ["PostgreSQL (the tests of its store)"]
    for name in missing:
        print(f"Not found: {name}. Its tests are left out; with CI set they fail.", flush=True)


NEEDED = {
    "Chromium (browser tests)": ("chromium", "chromium-browser", "google-chrome"),
    "nginx (the page behind a proxy)": ("nginx", "/usr/sbin/nginx"),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
