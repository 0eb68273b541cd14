"""Records of a conversation: what was said, what is known, what a guardrail decided, what a reply does. No I/O."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from coach.schema.enums import Route, Stage
from coach.schema.knowledge import Citation, Record
from coach.schema.rehearsal import Practice


class Fact(Record):
    """One thing the person has said. `quote` holds their own words, or "" where they set it on the page."""

    value: str
    quote: str = ""


class Known(Record):
    """What the coach has understood so far. None means unknown; nothing known is asked again.

    Closed values: document written|verbal · signed yes|no|asked · wants stay|leave|unsure · resigned yes ·
    hr yes|no · check_ins daily|weekly|fortnightly|none|cancelled|planned · region us|uk|ie|ca|au|nz|in|other ·
    feeling angry|scared|ashamed|sad|numb|overwhelmed|shocked|exhausted ·
    reason attendance|behaviour|results|skills. The others hold the person's own words, shortened:
    received ("today"), meeting ("Thursday 2pm", "none"), reply_due ("5pm today"), length ("60 days"),
    week ("week 3"), manager ("Bea").
    """

    feeling: Fact | None = None
    received: Fact | None = None
    document: Fact | None = None
    signed: Fact | None = None
    reply_due: Fact | None = None
    meeting: Fact | None = None
    hr: Fact | None = None
    length: Fact | None = None
    week: Fact | None = None
    reason: Fact | None = None
    wants: Fact | None = None
    resigned: Fact | None = None
    check_ins: Fact | None = None
    manager: Fact | None = None
    region: Fact | None = None

    def values(self) -> dict[str, str]:
        """Name and value of everything known, in the order of the fields."""
        return {name: fact.value for name in type(self).model_fields if (fact := getattr(self, name))}


class Message(Record):
    """One line of the chat, as stored. `text` of a coach's message is what stands on the screen."""

    id: int | None = None
    author: Literal["person", "coach"]
    text: str
    at: datetime
    route: Route | None = None
    stage: Stage | None = None
    citations: tuple[Citation, ...] = ()
    quick_replies: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    composed: bool = True
    endpoint: str = ""


class Session(Record):
    """Everything a turn needs to know. A turn is a pure function from one Session to the next.

    `shown` lists card ids and curated lines already used, so that nothing is said twice; `asked` the fields of Known that
    were asked for; `danger_turns` how many crisis replies came in a row; `practice` the rehearsal, played or put down.
    """

    id: str
    title: str = ""
    messages: tuple[Message, ...] = ()
    known: Known = Field(default_factory=Known)
    dropped: tuple[str, ...] = ()
    stage: Stage = Stage.FIRST_DAYS
    shown: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    danger_turns: int = 0
    practice: Practice | None = None

    @property
    def said(self) -> list[str]:
        """The person's own messages, oldest first."""
        return [message.text for message in self.messages if message.author == "person"]

    @property
    def alarmed(self) -> list[bool]:
        """For each message of `said`, whether the coach heard danger in it."""
        marks: list[bool] = []
        for message in self.messages:
            if message.author == "person":
                marks.append(message.route is Route.CRISIS)
            elif marks and message.route is Route.CRISIS:
                marks[-1] = True
        return marks


class Verdict(Record):
    """What a guardrail decided. `topic` names the boundary; `notice` is one line for the person."""

    kind: Literal["allow", "crisis", "boundary", "decline", "off_topic", "unknown"]
    topic: str | None = None
    notice: str | None = None


class Move(Record):
    """One thing that a reply does."""

    kind: Literal["reflect", "inform", "words", "ask", "offer", "notice"]
    text: str
    card: str | None = None
