"""Statements and the walk that collects them: where the reader of a document is, heading by heading. Decides nothing."""

import re
from collections.abc import Iterator

from coach.plan.finding.roles import NUMBERED, PLACEHOLDER, Role, label
from coach.schema.knowledge import Record
from coach.schema.plan import Block, Document

_I = re.IGNORECASE
KEY = re.compile(r"^(?P<key>[A-Z(][^:\n]{1,60}?)\s*(?::|\t|\s[\u2013\u2014-]\s|\?\s)\s*(?P<value>\S.*)?$", re.S)
STRONG_KEY = re.compile(r"^(?P<key>[^:\n.]{2,60}?)\s*:\s*$")
_WITHIN_GOAL = (Role.MEASURE, Role.DEADLINE, Role.SUPPORT, Role.REASON, Role.GOAL, Role.CHECK_IN, Role.ACTIVITY)


class Unit(Record):
    """One statement. `role` comes from the nearest label, column or section; `own` says that it was the nearest.

    `group` is shared by what belongs to one goal in a table row, grid or block of labels; `number` is the goal's number where
    one is given; `section` counts headings.
    """

    text: str
    start: int
    end: int
    page: int
    role: Role | None
    source: str  # item, cell, label, sentence
    section: int
    title: str = ""
    group: str | None = None
    number: str | None = None
    marker: str = ""
    key: str = ""
    paragraph: int = 0
    led: bool = False  # follows a sentence that announces points


class Walk:
    """Where the reader of the document is."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.units: list[Unit] = []
        self.section = 0
        self.title = ""
        self.role: Role | None = None
        self.parents: dict[int, Role | None] = {}
        self.pending: tuple[Role | None, str] | None = None  # a label that stands alone: "Goal:"
        self.number: str | None = None
        self.lead: Role | None = None
        self.row_role: Role | None = None  # of the last inline row of points
        self.paragraph = 0

    def heading(self, text: str, level: int) -> None:
        """Begin a section; without a role of its own it inherits that of the heading above."""
        self.section += 1
        self.title = text
        self.pending = self.lead = None
        found = label(text)
        numbered = NUMBERED.match(text.strip())
        self.number = numbered["n"] if numbered else (self.number if found in _WITHIN_GOAL and self.number else None)
        if numbered:
            rest = text.strip()[numbered.end() :]
            found = label(text[: numbered.end()].strip(" :.-")) or found
            if found is Role.REASON and rest:
                found = Role.REASON
        inherited = next((self.parents[up] for up in sorted(self.parents, reverse=True) if up < level), None)
        self.role = found if found is not None else inherited
        self.parents = {up: kept for up, kept in self.parents.items() if up < level} | {level: self.role}

    def add(self, block: Block, start: int, end: int, role: Role | None, source: str, **more) -> None:
        """Keep the statement that stands at `start` to `end` of the document."""
        text = self.document.text[start:end]
        if not text.strip():
            return
        number = more.pop("number", None)
        numbered = NUMBERED.match(text)
        if numbered and source != "sentence" and len(text) > numbered.end():
            number, start = numbered["n"], start + numbered.end()
            text = self.document.text[start:end]
        number = number or self.number
        group = more.pop("group", None) or (f"n{number}" if number else None)
        self.units.append(
            Unit(text=text, start=start, end=end, page=block.page, role=role, source=source, section=self.section, title=self.title,
                 number=number, group=group, paragraph=self.paragraph, **more)
        )  # fmt: skip


def lines(block: Block) -> Iterator[tuple[int, int]]:
    """Start and end in the document of every line of a block that is not empty."""
    position = block.start
    for line in block.text.split("\n"):
        if line.strip():
            yield position, position + len(line)
        position += len(line) + 1


def is_blank(text: str) -> bool:
    """A placeholder, a dash or nothing."""
    return bool(PLACEHOLDER.match(text)) or not re.search(r"\w", text)
