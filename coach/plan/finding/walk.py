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


_PHASE = re.compile(r"\b(?:milestone|phase|stage|days?|weeks?|months?) ?(?:\d|one|two|three|four)|\b(?:first|second|third|next|last|final) (?:\d+ days|month|phase)", _I)


# the last word of a title that says what kind of paper it is, at the very top
_KIND = re.compile(r"\b(?:record|form|meeting|letter|memorandum|memo|notice|minutes|note|agreement|conversation)$", _I)


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
    above: str = ""  # the phase it stands in: "Days 1-30 (1 June to 30 June)"
    group: str | None = None
    number: str | None = None
    marker: str = ""
    key: str = ""
    paragraph: int = 0
    asks: bool = False  # names the employee and says what they will do
    named: bool = False  # says by name, in free prose, what the employee is to do
    told: bool = False  # somebody who read the document says that it is a goal
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
        self.phase = ""
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
        found = None if self.section == 1 and not self.units and _KIND.search(text.strip()) else label(text)
        numbered = NUMBERED.match(text.strip())
        self.number = numbered["n"] if numbered else (self.number if found in _WITHIN_GOAL and self.number else None)
        if numbered:
            rest = text.strip()[numbered.end() :]
            found = label(text[: numbered.end()].strip(" :.-")) or found
            if found is Role.REASON and rest:
                found = Role.REASON
        if _PHASE.search(text) and len(text.split()) < 16:
            self.phase = text
        elif found in (Role.SUPPORT, Role.CHECK_IN, Role.CONSEQUENCE, Role.SIGNATURE, Role.COMMENT, Role.POLICY, Role.RESPONSE, Role.REASON):
            self.phase = ""
        inherited = next((self.parents[up] for up in sorted(self.parents, reverse=True) if up < level), None)
        self.role = found if found is not None else inherited
        self.lead = Role.GOAL if found is Role.GOAL and text.rstrip().endswith(":") else None
        self.parents = {up: kept for up, kept in self.parents.items() if up < level} | {level: self.role}

    def add(self, block: Block, start: int, end: int, role: Role | None, source: str, **more) -> None:
        """Keep the statement that stands at `start` to `end` of the document."""
        text = self.document.text[start:end]
        if not text.strip():
            return
        number = more.pop("number", None)
        numbered = NUMBERED.match(text)
        coded = re.match(r"\((?P<n>\d{1,2}(?:\.\d{1,2})?)\)\s+", text)
        if numbered and len(text) > numbered.end() and (source != "sentence" or text[numbered.end() - 1 : numbered.end()].isspace()):
            number = numbered["n"]
            if source != "sentence" or re.search(r"[:.)\u2013-]\s*$", text[: numbered.end()]):
                start = start + numbered.end()
            text = self.document.text[start:end]
        elif coded and source != "sentence":
            number, start = coded["n"], start + coded.end()
            text = self.document.text[start:end]
        number = number or self.number
        group = more.pop("group", None) or (f"n{number}" if number else None)
        self.units.append(
            Unit(text=text, start=start, end=end, page=block.page, role=role, source=source, section=self.section, title=self.title,
                 above=self.phase,
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
