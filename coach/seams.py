"""What one turn needs of the store and of the model: protocols, so that tests and the command line can pass their own."""

from collections.abc import Sequence
from typing import Protocol

from coach.llm.client import Client
from coach.retrieval.search import Search
from coach.schema.checklist import Checklist
from coach.schema.conversation import Message, Session
from coach.settings import Settings
from coach.tools.diary import Diary


class Keeper(Protocol):
    """What a turn needs of the store."""

    def save(self, session: Session) -> Session:
        """Store the session in one transaction and return it with the ids of its messages."""

    def elsewhere(self, id: str) -> Sequence[Message]:
        """What was said last in the other conversations, oldest first; nothing where none of them speaks of danger."""


class Plans(Diary, Protocol):
    """What a turn needs of the checklist."""

    def load(self) -> Checklist:
        """All that is tracked."""


class Brain(Protocol):
    """Where the model and the index are."""

    def client(self) -> Client | None:
        """The client to ask now, or None while there is no model."""

    def label(self) -> str:
        """Where answers are computed, for people."""

    def search(self) -> Search:
        """The index to search now."""

    def search_if_ready(self) -> Search | None:
        """The index to search now, or None while it is being built."""

    def status(self) -> tuple[str, int, int, str]:
        """State of the model, bytes there, bytes in all, one line."""

    def use(self, settings: Settings) -> None:
        """Compute answers elsewhere from now on."""
