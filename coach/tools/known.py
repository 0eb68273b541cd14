"""What the chat has understood: the facts of the conversation that was used last. Reads only."""

from collections.abc import Sequence
from typing import Protocol

from coach.schema.conversation import Known, Session


class Named(Protocol):
    """One line of the list of conversations."""

    id: str


class Talks(Protocol):
    """The conversations that are kept, the newest first."""

    def list_conversations(self) -> Sequence[Named]:
        """Their names and ids."""

    def load(self, session_id: str) -> Session:
        """One of them."""


def newest(talks: Talks) -> Session | None:
    """The conversation that was used last; None where there is none."""
    first = next(iter(talks.list_conversations()), None)
    return talks.load(first.id) if first else None


def latest(talks: Talks) -> Known:
    """Its facts; none where there is no conversation."""
    session = newest(talks)
    return session.known if session else Known()
