"""Turns that run: at most one a conversation, and the newest wins. Threads and flags only."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from coach.schema.conversation import Session

Change = Callable[[Session], Session]


@dataclass
class _Turn:
    stop: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    changes: list[Change] = field(default_factory=list)


class Turns:
    """What is being answered now, by conversation."""

    def __init__(self, patience: float = 5.0) -> None:
        self._running: dict[str, _Turn] = {}
        self._lock = threading.Lock()
        self._patience = patience

    @contextmanager
    def running(self, conversation: str) -> Iterator[tuple[threading.Event, list[Change]]]:
        """Stop what runs there already, then hold the place: the stop flag, and changes made meanwhile."""
        self.stop(conversation, wait=True)
        turn = _Turn()
        with self._lock:
            self._running[conversation] = turn
        try:
            yield turn.stop, turn.changes
        finally:
            with self._lock:
                if self._running.get(conversation) is turn:
                    del self._running[conversation]
            turn.over.set()

    def stop(self, conversation: str, *, wait: bool = False) -> None:
        """Ask the running turn to end; with `wait`, until it has or patience is over."""
        with self._lock:
            turn = self._running.get(conversation)
        if turn:
            turn.stop.set()
            if wait:
                turn.over.wait(self._patience)

    def busy(self, conversation: str) -> bool:
        """Whether something is being answered there."""
        with self._lock:
            return conversation in self._running

    def later(self, conversation: str, change: Change) -> bool:
        """Leave a change for the end of the running turn, which saves the session; False where none runs."""
        with self._lock:
            turn = self._running.get(conversation)
            if turn:
                turn.changes.append(change)
        return turn is not None
