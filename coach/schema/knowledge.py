"""Records of the curated guidance: cards, passages, citations, facts. No I/O."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from coach.schema.enums import Region, Stage


class Record(BaseModel):
    """Frozen and strict: an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Record):
    """Who said it and where. `checked` is set for public bodies."""

    who: str
    where: str
    address: str | None = None
    checked: date | None = None


class Card(Record):
    """One file of knowledge/cards or knowledge/boundaries: one piece of guidance."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    topic: str
    stage: Stage
    points: tuple[str, ...] = Field(default=(), max_length=4)
    regions: tuple[str, ...] = ("any",)
    sources: tuple[Source, ...] = Field(min_length=1)
    reviewed: date
    body: str
    words_you_can_use: tuple[str, ...] = Field(min_length=1, max_length=3)
    next_questions: tuple[str, ...] = Field(min_length=1, max_length=3)
    asks: tuple[str, ...] = Field(min_length=15)
    boundary: bool = False


class Need(Record):
    """One file of knowledge/needs: something concrete that people come with, and what the coach says to it.

    `card` is the guidance that stands behind it, where one does. `replies` are two ways to say it, `words` lines to use as they
    are, `next` what the coach may ask then, `asks` how people put it.
    """

    id: str = Field(pattern=r"^[a-z_]+$")
    card: str | None
    replies: tuple[str, str]
    words: tuple[str, str, str]
    next: tuple[str, str]
    asks: tuple[str, ...] = Field(min_length=25)


class Passage(Record):
    """A retrieved piece of a card. `score` is between 0 and 1, higher is closer."""

    card: str
    score: float
    points: tuple[str, ...]
    text: str


class Citation(Record):
    """A marker [n] in a reply and the card it stands for."""

    n: int
    card: str
    title: str
    source: str
    points: tuple[str, ...]


class Helpline(Record):
    """A human help line. `checked` is None where nobody has verified it at the line itself yet; it never expires.

    `reviewed` is the day on which number and region were last compared with `source`, a public page.
    """

    region: Region
    name: str
    call: str | None = None
    text: str | None = None
    link: str
    emergency: str
    checked: date | None = None
    source: str = ""
    reviewed: date | None = None
