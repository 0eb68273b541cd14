"""How often something may happen: so many at once, and then so many a second. In memory; knows no request."""

import threading
from collections.abc import Callable


class Pace:
    """A bucket of `most` that fills again by `each_second`. Safe to share between threads."""

    def __init__(self, most: int, each_second: float, clock: Callable[[], float]) -> None:
        self._most, self._each_second, self._clock = float(most), each_second, clock
        self._left, self._at = float(most), clock()
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Use one up; False where none is left."""
        with self._lock:
            self._fill()
            if self._left < 1:
                return False
            self._left -= 1
            return True

    @property
    def empty(self) -> bool:
        """Whether none is left at this moment."""
        with self._lock:
            self._fill()
            return self._left < 1

    def _fill(self) -> None:
        now = self._clock()
        self._left = min(self._most, self._left + max(0.0, now - self._at) * self._each_second)
        self._at = now
