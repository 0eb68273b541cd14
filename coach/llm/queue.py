"""Waiting fairly for the one model: conversations take turns, each in the order in which it asked.

Does not ask the model. Not re-entrant: a turn inside a turn would wait for itself.
"""

import contextlib
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator

from coach.errors import EndpointBusy

POLL_SECONDS = 0.1


class FairQueue:
    """`slots` turns at once, at most `size` waiting. Thread-safe."""

    def __init__(self, size: int = 16, slots: int = 1) -> None:
        self._size, self._free = size, slots
        self._waiting: OrderedDict[str, deque[object]] = OrderedDict()
        self._changed = threading.Condition()

    def waiting(self) -> int:
        """How many turns wait."""
        with self._changed:
            return sum(map(len, self._waiting.values()))

    @contextlib.contextmanager
    def turn(
        self,
        conversation_id: str,
        on_wait: Callable[[int], None] | None = None,
        stop_event: threading.Event | None = None,
    ) -> Iterator[None]:
        """Wait for a turn and hold it. `on_wait` hears how many turns come first, whenever that changes.

        Raises EndpointBusy at once where too many wait, and when `stop_event` is set before the turn came.
        """
        ticket = object()
        with self._changed:
            if not self._free or self._waiting:
                if sum(map(len, self._waiting.values())) >= self._size:
                    raise EndpointBusy("Too many people are asking the language model right now.")
                self._waiting.setdefault(conversation_id, deque()).append(ticket)
            else:
                self._free -= 1
                ticket = None
        if ticket is not None:
            self._await(conversation_id, ticket, on_wait, stop_event)
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def _await(
        self,
        conversation_id: str,
        ticket: object,
        on_wait: Callable[[int], None] | None,
        stop_event: threading.Event | None,
    ) -> None:
        told = None
        try:
            while True:
                with self._changed:
                    ahead = self._ahead(ticket)
                    if self._free > ahead:
                        self._leave(conversation_id, ticket, served=True)
                        self._free -= 1
                        ticket = None
                        self._changed.notify_all()
                        return
                    if ahead == told:
                        self._changed.wait(POLL_SECONDS)
                if stop_event is not None and stop_event.is_set():
                    raise EndpointBusy("Stopped before its turn came.")
                if ahead != told:  # outside the lock: the callback may take its time
                    told = ahead
                    if on_wait:
                        on_wait(ahead + 1)
        finally:
            if ticket is not None:
                with self._changed:
                    self._leave(conversation_id, ticket, served=False)
                    self._changed.notify_all()

    def _ahead(self, ticket: object) -> int:
        """How many waiting tickets are served before this one: round by round, one of each conversation."""
        lines = [list(line) for line in self._waiting.values()]
        place = 0
        for round_number in range(max(map(len, lines))):
            for line in lines:
                if round_number < len(line):
                    if line[round_number] is ticket:
                        return place
                    place += 1
        return place

    def _leave(self, conversation_id: str, ticket: object, served: bool) -> None:
        line = self._waiting[conversation_id]
        line.remove(ticket)
        if not line:
            del self._waiting[conversation_id]
        elif served:
            self._waiting.move_to_end(conversation_id)


class Place:
    """One person's place in a queue that people share: all they do waits in one line, so that nobody gets more turns by asking twice."""

    def __init__(self, queue: FairQueue, name: str) -> None:
        self._queue, self._name = queue, name

    def turn(
        self, conversation_id: str, on_wait: Callable[[int], None] | None = None, stop_event: threading.Event | None = None
    ) -> contextlib.AbstractContextManager[None]:
        """As FairQueue.turn, whatever the conversation is called."""
        return self._queue.turn(self._name, on_wait, stop_event)
