"""Records of a document that was read and of the plan that was found in it. No I/O."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from coach.schema.knowledge import Record


class Missing(StrEnum):
    """What a goal does not say."""

    MEASURE = "measure"
    DEADLINE = "deadline"
    VAGUE = "vague"


class Signature(StrEnum):
    """What signing the plan says: that it was received, that one agrees, or nothing."""

    RECEIPT = "receipt"
    AGREEMENT = "agreement"
    NONE = "none"


class Block(Record):
    """One piece of a document in reading order.

    `text` is exactly `document.text[start:end]`, without the list marker, which stands in `marker` ("1.", "(a)", "•").
    Cells of one table share `table`; `row` and `column` count from 0, a cell that spans several columns comes once with
    its first column and `span`. A line break inside a block is one newline in its text.
    """

    kind: Literal["heading", "paragraph", "item", "cell"]
    text: str
    start: int
    end: int
    page: int = 1
    marker: str = ""
    level: int = 0
    table: int | None = None
    row: int | None = None
    column: int | None = None
    span: int = 1


class Document(Record):
    """The visible text of one file with positions. `pages` is 1 where the format has none.

    `sent` and `sender`/`recipient` are the header of an e-mail. `hidden` holds text that a reader of the page cannot see; it
    is no part of `text`. `warnings` are plain sentences for the person.
    """

    name: str
    kind: Literal["pdf", "docx", "text", "markdown", "email", "html", "image"]
    text: str
    pages: int = 1
    blocks: tuple[Block, ...] = ()
    sent: date | None = None
    sender: str | None = None
    recipient: str | None = None
    hidden: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Quote(Record):
    """Exact words of the document: `quote` is `document.text[span[0]:span[1]]`, `text` the same with white space folded."""

    text: str
    quote: str
    page: int = 1
    span: tuple[int, int]


class Goal(Record):
    """Something that the employee must do, reach, stop or keep up. `measure` and `target` are the plan's own words."""

    id: str
    title: str
    quote: str
    page: int = 1
    span: tuple[int, int]
    measure: str | None = None
    measure_spans: tuple[tuple[int, int], ...] = ()
    target: str | None = None
    evidence_source: str | None = None
    deadline: date | None = None
    deadline_words: str | None = None
    missing: tuple[Missing, ...] = ()


class Plan(Record):
    """What the document says, in its own words. Nothing here is guessed: what could not be found is None or empty."""

    employee: str | None = None
    manager: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    duration_days: int | None = None
    reasons: tuple[Quote, ...] = ()
    goals: tuple[Goal, ...] = ()
    supports: tuple[Quote, ...] = ()
    check_ins: Quote | None = None
    consequences: Quote | None = None
    signature: Signature = Signature.NONE
    response_window: Quote | None = None
    conflicts: tuple[Quote, ...] = ()


class Refinement(Record):
    """What a model added to a reading. `added` are goals with exact quotes; `done` of `of` questions were answered.

    `plan` is there where the reading saw no plan, and does see one with these goals. `fault` says in one sentence why it ended
    early: the endpoint failed, the time was over, or the person stopped it.
    """

    added: tuple[Goal, ...] = ()
    plan: Plan | None = None
    done: int = 0
    of: int = 0
    fault: str | None = None


class Extraction(Record):
    """The result of reading one file. `plan` is None where the document is no plan; `reason` says why, for the person."""

    document: Document
    is_plan: bool
    plan: Plan | None = None
    reason: str | None = None
    questions: tuple[str, ...] = Field(default=(), description="what only the person can answer, such as an ambiguous date")
