"""A document before it is Word, PDF or Markdown: a title and blocks of plain words. No I/O, no markup."""

from pydantic import Field

from coach.schema.knowledge import Record


class Heading(Record):
    """A heading below the title; 1 is the highest."""

    text: str
    level: int = Field(default=1, ge=1, le=3)


class Paragraph(Record):
    """Words, perhaps behind a short label. A line break in them stays one. `under` puts them below the task before."""

    text: str
    label: str = ""
    under: bool = False
    quiet: bool = False


class Quotation(Record):
    """Somebody's exact words, and where they stand."""

    text: str
    source: str = ""


class Bullets(Record):
    """A list without an order."""

    lines: tuple[str, ...]


class Task(Record):
    """A box to tick, perhaps numbered."""

    text: str
    ticked: bool = False
    number: int | None = None


class Table(Record):
    """Rows below a head; every row is as long as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Room(Record):
    """Empty lines to write on by hand."""

    lines: int = Field(default=2, ge=1, le=20)
    label: str = ""


Block = Heading | Paragraph | Quotation | Bullets | Task | Table | Room


class Paper(Record):
    """One document. `page` is what the foot of a page says in front of its number."""

    title: str
    subtitle: str = ""
    page: str = ""
    blocks: tuple[Block, ...] = ()


class Written(Record):
    """A document as the bytes of a file. `replaced` holds the characters that could not be drawn, in the order of their first use."""

    data: bytes
    replaced: tuple[str, ...] = ()
