"""A circuit breaker: an endpoint that failed repeatedly is left alone, so that replies do not wait for it.

One breaker belongs to one endpoint, not to one person. It knows nothing about HTTP.
"""

import threading
import time
from collections import deque
from collections.abc import Callable


class Breaker:
    """Opens after `failures` within `window` seconds; after `rest` seconds one probe decides. Thread-safe."""

    def __init__(
        self,
        failures: int = 5,
        window: float = 60,
        rest: float = 30,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit, self._window, self._rest, self._clock = failures, window, rest, clock
        self._failures: deque[float] = deque()
        self._opened: float | None = None
        self._probing = False
        self._lock = threading.Lock()

    def wait(self) -> float:
        """Seconds until the endpoint may be asked; 0 lets the caller through, as the only probe if open."""
        with self._lock:
            if self._opened is None:
                return 0
            remaining = self._opened + self._rest - self._clock()
            if remaining > 0:
                return remaining
            if self._probing:
                return self._rest
            self._probing = True
            return 0

    def success(self) -> None:
        """The endpoint answered."""
        with self._lock:
            self._failures.clear()
            self._opened, self._probing = None, False

    def failure(self) -> None:
        """The endpoint failed; a failed probe opens for another rest."""
        with self._lock:
            now = self._clock()
            self._failures.append(now)
            while self._failures[0] <= now - self._window:
                self._failures.popleft()
            if self._probing or len(self._failures) >= self._limit:
                self._opened = now
            self._probing = False

    def undecided(self) -> None:
        """The caller stopped before anything was known; a probe is given back."""
        with self._lock:
            self._probing = False
