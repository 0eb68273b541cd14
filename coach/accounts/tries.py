"""How often somebody tried to sign in of late, by name and by address: after too many nobody gets in there for a while.

Counted in memory, or for several program processes in their database.
Each try is counted before the password is looked at, so that many at the same moment are not let through together.
"""

import hashlib
import ipaddress
import threading
from collections import OrderedDict, deque
from collections.abc import Callable

from coach.store.attempts import Attempts

WHILE = 15 * 60.0  # seconds
OF_NAME, OF_ADDRESS = 5, 20
MOST_KEPT = 20_000  # names and addresses; the oldest go first


class Tries:
    """Counts in memory. Thread-safe; `clock` is monotonic seconds. Holds no name or address, only what they hash to."""

    def __init__(self, clock: Callable[[], float], of_name: int = OF_NAME, of_address: int = OF_ADDRESS) -> None:
        self._clock = clock
        self._most = {"name": of_name, "address": of_address}
        self._counted: OrderedDict[tuple[str, bytes], deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str, address: str) -> float:
        """Count one try; seconds to wait where there were too many already, which is then not counted."""
        with self._lock:
            now = self._clock()
            lines = [self._line(key, now) for key in keys(name, address)]
            full = [line[0] + WHILE - now for (kind, _), line in zip(keys(name, address), lines, strict=True) if len(line) >= self._most[kind]]
            if full:
                return max(full)
            for line in lines:
                line.append(now)
            return 0.0

    def forgive(self, name: str, address: str) -> None:
        """It was the right password: the name's tries are forgotten, and one of the address's."""
        with self._lock:
            of_name, of_address = keys(name, address)
            self._counted.pop(of_name, None)
            if line := self._counted.get(of_address):
                line.pop()

    def _line(self, key: tuple[str, bytes], now: float) -> deque[float]:
        line = self._counted.setdefault(key, deque())
        self._counted.move_to_end(key)
        while line and line[0] <= now - WHILE:
            line.popleft()
        while len(self._counted) > MOST_KEPT:
            self._counted.popitem(last=False)
        return line


class SharedTries:
    """The same, counted in a database. Raises StoreError where that cannot be reached: nobody gets in uncounted."""

    def __init__(self, attempts: Attempts) -> None:
        self._attempts = attempts

    def take(self, name: str, address: str) -> float:
        """See Tries."""
        return self._attempts.take(keys(name, address), {"name": OF_NAME, "address": OF_ADDRESS}, WHILE)

    def forgive(self, name: str, address: str) -> None:
        """See Tries."""
        self._attempts.forgive(*keys(name, address))


def keys(name: str, address: str) -> tuple[tuple[str, bytes], tuple[str, bytes]]:
    """Under what a try is counted: the kind and the SHA-256 of the name, and of the address."""
    return ("name", _digest(name)), ("address", _digest(network(address)))


def network(address: str) -> str:
    """An address as it is counted: one household has 2**64 of version 6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6 and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()
