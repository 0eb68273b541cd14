"""Records of what is hidden from an endpoint elsewhere: words that help to find it, what was found, what is sent. No I/O."""

from enum import StrEnum

from pydantic import Field

from coach.schema.knowledge import Record


class Kind(StrEnum):
    """What a hidden piece of text is; the value stands in its placeholder."""

    PERSON = "Person"
    EMPLOYER = "Employer"
    NAME = "Name"
    EMAIL = "Email"
    PHONE = "Phone"
    ADDRESS = "Address"
    NUMBER = "Number"
    LINK = "Link"
    WORD = "Word"


class Signs(Record):
    """knowledge/redaction/signs.yaml: what stands around a name, in small letters."""

    titles: frozenset[str]
    titles_with_capital: frozenset[str]
    roles: frozenset[str]
    labels: frozenset[str]
    fields: frozenset[str]
    companies: frozenset[str]
    organisations: frozenset[str]
    places: frozenset[str]
    streets: frozenset[str]
    ids: frozenset[str]


class NameBook(Record):
    """What tells a name from a word. All small letters without accents.

    `words` are ordinary words, `given` first names, `capitals` words with a capital that are nobody's name. A first name that
    is a word too is taken for a name only where a capital or a sign says so.
    """

    words: frozenset[str] = Field(repr=False)
    given: frozenset[str] = Field(repr=False)
    capitals: frozenset[str] = Field(repr=False)
    signs: Signs = Field(repr=False)


class Found(Record):
    """One piece of a text that is to be hidden: `text[start:end]`."""

    start: int
    end: int
    kind: Kind


class Known(Record):
    """A name that the person listed or that a plan holds. `exact`: hidden as it stands, every time, whatever else it means."""

    text: str
    kind: Kind
    exact: bool = False


class Sent(Record):
    """One message as an endpoint gets it."""

    role: str
    content: str


class Hidden(Record):
    """Messages as they are sent, and what each placeholder in them stands for."""

    messages: tuple[Sent, ...]
    stands_for: dict[str, str]


class Preview(Record):
    """What would be sent to `host` for one message. No messages: it is answered without a model."""

    host: str
    messages: tuple[Sent, ...]
    stands_for: dict[str, str]

    @property
    def text(self) -> str:
        """All of it, as it goes out."""
        return "\n\n".join(message.content for message in self.messages)
