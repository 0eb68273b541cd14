"""What the page needs from the rest of the program. Protocols only; coach.build makes the things."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from threading import Event as Flag
from typing import Protocol

from coach.accounts.people import People
from coach.guardrails.danger import Danger
from coach.library import Library
from coach.retrieval.search import Search
from coach.schema.binder import Kept
from coach.schema.checklist import Checklist
from coach.schema.conversation import Session
from coach.schema.events import Event
from coach.schema.knowledge import Card, Helpline
from coach.schema.plan import Extraction, Refinement
from coach.schema.redaction import Preview
from coach.schema.rehearsal import Scene
from coach.settings import Settings
from coach.store import PlanStore


class Summary(Protocol):
    """One line of the list of conversations."""

    id: str
    title: str
    updated_at: datetime


class Coach(Protocol):
    """One turn of the chat, and what stands around it."""

    @property
    def library(self) -> Library:
        """Everything that people wrote for the coach to say."""
        ...

    @property
    def endpoint_label(self) -> str:
        """Where answers are computed, in words."""
        ...

    def reply(self, session: Session, text: str, *, stop: Flag | None = None) -> Iterator[Event]:
        """Answer one message; saves as it goes."""
        ...

    def card(self, card_id: str) -> Card:
        """Give a whole card."""
        ...

    def helplines(self) -> Sequence[Helpline]:
        """Give every help line."""
        ...

    def model_status(self) -> tuple[str, int, int, str]:
        """State, bytes there, bytes in all, one line."""
        ...

    def use(self, settings: Settings) -> None:
        """Compute answers elsewhere from now on."""
        ...

    def hear(self, text: str, history: list[str], *, spoken: bool = False) -> Danger:
        """What danger a message holds; `spoken` where it is a line of a rehearsal."""
        ...

    def overhear(self, written: str | Extraction, *, pasted: bool = False) -> Danger:
        """What danger a text from a form holds, or the employee's own words in a document."""
        ...

    def read_plan(self, data: bytes, name: str, stop: Flag | None = None) -> Extraction:
        """What a file says about a plan; ends early once `stop` is set."""
        ...

    def refine_plan(self, found: Extraction, *, stop: Flag, progress: Callable[[int, int], None]) -> Refinement:
        """What the model adds to a reading."""
        ...


class Store(Protocol):
    """Conversations on this computer."""

    def list_conversations(self) -> Sequence[Summary]:
        """Newest first."""
        ...

    def create(self) -> Session:
        """Begin a conversation."""
        ...

    def load(self, conversation_id: str) -> Session:
        """Read one."""
        ...

    def save(self, session: Session) -> Session:
        """Keep one."""
        ...

    def rename(self, conversation_id: str, title: str) -> None:
        """Give it another title."""
        ...

    def delete(self, conversation_id: str) -> None:
        """Remove it for good."""
        ...

    @property
    def plans(self) -> PlanStore:
        """The plan and its checklist."""
        ...

    def take_out(self) -> Kept:
        """Everything that is kept."""
        ...

    def bring_in(self, kept: Kept, *, replace: bool = False) -> str | None:
        """Store what was taken out; the name of the copy of what it replaced."""
        ...

    def erase(self) -> None:
        """Delete everything."""
        ...

    def other_process(self) -> bool:
        """Whether another program has the folder open."""
        ...


class Brain(Protocol):
    """Where the model and the index are."""

    def search_if_ready(self) -> Search | None:
        """The index to search now, or None while it is being built."""
        ...


class Voice(Protocol):
    """The manager of a rehearsal in a model's words."""

    def say(self, scene: Scene) -> Scene:
        """The scene with the words of its last lines changed, or as it was."""
        ...


class Built(Protocol):
    """What coach.build.build returns. `preview` tells what would be sent for a message; None where nothing leaves.

    `who` is the name that the person signed in with, `readers` lets a few files be read at once.
    """

    brain: Brain
    coach: Coach
    voice: Voice
    store: Store
    settings: Settings
    preview: Callable[[Settings, Session, str, Checklist | None], Preview | None]
    readers: asyncio.Semaphore
    who: str

    def close(self) -> None:
        """Let go of the store."""
        ...


class Shared(Protocol):
    """What coach.build.share returns: all that people who sign in have in common."""

    settings: Settings
    now: Callable[[], datetime]
    people: People | None

    def person(self, id: str, name: str) -> Built:
        """Everything of one person."""
        ...

    def signs(self) -> dict[str, int]:
        """What can be counted without anybody's words; the names are those of coach/ui/probes.py."""
        ...
