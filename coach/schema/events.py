"""What a turn of the chat tells the screen, in order. The screen only translates these."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.schema.conversation import Session
from coach.schema.enums import Route, Stage
from coach.schema.knowledge import Citation


class Event(BaseModel):
    """Base of all events."""

    model_config = ConfigDict(frozen=True)


class Routed(Event):
    """The message was understood; nothing is written yet."""

    kind: Literal["routed"] = "routed"
    route: Route
    stage: Stage


class Composed(Event):
    """The curated reply, complete and good enough to ship. `seconds` since the turn began."""

    kind: Literal["composed"] = "composed"
    text: str
    citations: tuple[Citation, ...]
    quick_replies: tuple[str, ...]
    seconds: float


class Waiting(Event):
    """Another conversation is using the model; `ahead` conversations are before this one."""

    kind: Literal["waiting"] = "waiting"
    ahead: int


class Phrasing(Event):
    """The model is at work on the reply; `sentences` checked sentences so far."""

    kind: Literal["phrasing"] = "phrasing"
    sentences: int


class Phrased(Event):
    """The model's version passed the check and takes the place of the composed text, once."""

    kind: Literal["phrased"] = "phrased"
    text: str
    citations: tuple[Citation, ...]
    seconds: float


class Notice(Event):
    """One plain line for the person: the model is away, a file tried to give orders, and the like."""

    kind: Literal["notice"] = "notice"
    text: str


class Finished(Event):
    """The turn is over and saved. `composed` is True where the curated text stands; `endpoint` says where it was computed."""

    kind: Literal["finished"] = "finished"
    composed: bool
    endpoint: str
    seconds: float
    session: Session
