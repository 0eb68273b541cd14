"""One person's view of the model and the index that people share: what is hidden from an endpoint elsewhere is their own.

Where answers are computed is up to whoever runs the page and cannot be changed through it.
"""

import threading
from collections.abc import Callable

from coach.brain import Brain
from coach.hosted_words import elsewhere
from coach.llm.client import Client
from coach.redaction.redactor import Redactor
from coach.retrieval.search import Search
from coach.settings import Settings


class OwnBrain:
    """Thread-safe. `redactor` gives what hides by some settings."""

    def __init__(self, brain: Brain, settings: Settings, redactor: Callable[[Settings], Redactor | None]) -> None:
        self._brain, self._make = brain, redactor
        self._lock = threading.Lock()
        self._hides: tuple[Redactor | None] | None = None
        self.settings = settings

    def client(self) -> Client | None:
        """The shared client, hiding what this person wants hidden."""
        client = self._brain.client()
        return client.hiding(self._redactor()) if client and client.endpoint.remote else client

    def use(self, settings: Settings) -> None:
        """Hide by these settings from now on. Nothing else of them counts."""
        with self._lock:
            self.settings = self.settings.model_copy(update={"hidden_words": settings.hidden_words})
            self._hides = None

    def label(self) -> str:
        """Where answers are computed, for people."""
        return elsewhere(self._brain.label())

    def status(self) -> tuple[str, int, int, str]:
        """State, bytes there, bytes in all, one line."""
        state, done, total, line = self._brain.status()
        return state, done, total, elsewhere(line)

    def search(self) -> Search:
        """The shared index."""
        return self._brain.search()

    def search_if_ready(self) -> Search | None:
        """The shared index, or None while it is being built."""
        return self._brain.search_if_ready()

    def close(self) -> None:
        """Nothing of its own to close."""

    def _redactor(self) -> Redactor | None:
        with self._lock:  # one at a time: what was learned to be a name is known in the next message
            if self._hides is None:
                self._hides = (self._make(self.settings),)
            return self._hides[0]
