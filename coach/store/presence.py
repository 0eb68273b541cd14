"""Who else has the data folder open. Only tells; SQLite itself keeps two writers apart.

Each open Store holds the lock of one small file, coach.lock-0 and up, which the system lets go when the
process ends, however it ends. A file that cannot be locked is somebody else's. The files stay: removing one
is a race.
"""

import os
import sys
from pathlib import Path

SLOTS = 64

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

    def leave(self) -> None:
        """Let the lock go."""
        if self._file != -1:
            os.close(self._file)
            self._file = -1

    def _take(self, slot: int) -> int | None:
        file = os.open(self._path(slot), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(file)
        except OSError:
            os.close(file)
            return None
        return file

    def _path(self, slot: int) -> Path:
        return self._folder / f"coach.lock-{slot}"
