"""Who else has the data folder open, and having it for oneself. SQLite keeps two writers apart; this is about whole files.

Each open Store holds the lock of one small file, coach.lock-0 and up, which the system lets go when the
process ends, however it ends. A file that cannot be locked is somebody else's. The files stay: removing one
is a race.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.errors import UserError

SLOTS = 64
PATIENCE = 10.0  # seconds for another process that has the folder for itself
GATE = "coach.lock-alone"
RUNNING = "PIP Coach is running. Close it first, then try again."

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Presence:
    """One open Store in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._slot, self._file = -1, -1
        for slot in range(SLOTS):
            file = self._take(slot)
            if file is not None:
                self._slot, self._file = slot, file
                break

    def works(self) -> bool:
        """Whether the folder knows locks."""
        return self._file != -1

    def others(self) -> bool:
        """Whether another Store is open here. False where the folder knows no locks."""
        if self._file == -1:
            return False
        for slot in range(SLOTS):
            if slot == self._slot or not self._path(slot).exists():
                continue
            file = self._take(slot)
            if file is None:
                return True
            os.close(file)
        return False

    def wait_for_whoever_is_alone(self) -> None:
        """Return once nobody has the folder for himself; UserError after a while. Whoever asks afterwards is told of us."""
        until, place = time.monotonic() + PATIENCE, self._folder / GATE
        while self._file != -1 and place.exists():
            gate = _open(place)
            if gate is not None:
                os.close(gate)
                return
            if time.monotonic() > until:
                raise UserError(RUNNING)
            time.sleep(0.05)

    def leave(self) -> None:
        """Let the lock go."""
        if self._file != -1:
            os.close(self._file)
            self._file = -1

    def _take(self, slot: int) -> int | None:
        return _open(self._path(slot))

    def _path(self, slot: int) -> Path:
        return self._folder / f"coach.lock-{slot}"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Have the folder for oneself: UserError while another has it open; who comes meanwhile waits.

    Who opens it takes a slot and then looks at the gate; who wants it alone takes the gate and then looks at the slots.
    So at least one of two that come together sees the other.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    presence = Presence(folder)
    gate = None
    try:
        gate = _open(folder / GATE)
        if presence.others() or (gate is None and presence.works()):
            raise UserError(RUNNING)
        yield
    finally:
        if gate is not None:
            os.close(gate)
        presence.leave()


def _open(path: Path) -> int | None:
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(file)
    except OSError:
        os.close(file)
        return None
    return file
