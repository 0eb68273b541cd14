"""What every ability is given, and how it picks a curated line that was not said before."""

import zlib
from dataclasses import dataclass, field
from datetime import date

from coach.library import Library
from coach.schema.conversation import Known, Session
from coach.schema.enums import Route, Stage
from coach.schema.knowledge import Passage
from coach.schema.rehearsal import Practice
from coach.understand.facts import Found


class Picker:
    """Chooses among curated lines: never one that this conversation has seen, and not always the first.

    `used` grows with every pick; the turn stores it in the session.
    """

    def __init__(self, seed: str, shown: tuple[str, ...]) -> None:
        self._seed = seed
        self._shown = set(shown)
        self.used: list[str] = []

    def pick(self, lines: list[str]) -> str:
        """A line that is new in this conversation, or "" when all were said."""
        if not lines:
            return ""
        start = zlib.crc32(f"{self._seed}{lines[0]}".encode())
        for step in range(len(lines)):
            line = lines[(start + step) % len(lines)]
            if self.is_new(line):
                self.mark(line)
                return line
        return ""

    def is_new(self, line: str) -> bool:
        """Whether the conversation has not seen this line or card."""
        return _key(line) not in self._shown

    def mark(self, line: str) -> None:
        """Remember that the line is said now."""
        self._shown.add(_key(line))
        self.used.append(_key(line))


def _key(line: str) -> str:
    return f"{zlib.crc32(line.encode()):08x}"


@dataclass(frozen=True)
class Turn:
    """One understood message. `known` already holds `found`; `session` is the one before the message.

    `text` is what was read: the message itself, or an English gloss of it, and then `typed` has the person's own words.
    """

    text: str
    history: list[str]
    session: Session
    found: Found
    known: Known
    stage: Stage
    route: Route
    passages: list[Passage]
    in_scope: bool
    topic: str | None
    library: Library
    picker: Picker
    today: date
    endpoint: str
    home: str
    question: str = ""  # the part of `text` that asks for something, or all of it
    typed: str = ""
    need: str | None = None  # id of the concrete need that the message holds
    nearby: tuple[str, ...] = ()  # ids of needs, cards and pages of law that it may be about, likeliest first
    torn: bool = False  # whether a need comes near, though none is sure enough to be answered
    strong: bool = False  # whether a capable model writes the reply from the moves
    language: str | None = None  # the name of another language, None for English
    returning: bool = False  # the first message here after a danger that was spoken of elsewhere and is not over
    asked: list[str] = field(default_factory=list)
    quick_replies: list[str] = field(default_factory=list)
    practice: list[Practice] = field(default_factory=list)  # the last one stands after this turn

    @property
    def words(self) -> str:
        """What the person typed."""
        return self.typed or self.text

    @property
    def unread(self) -> bool:
        """Whether the message is in a language that the coach cannot read."""
        return self.language is not None and not self.typed

    @property
    def lines(self) -> dict:
        """The curated lines of knowledge/lines."""
        return self.library.lines

    @property
    def after_danger(self) -> bool:
        """Whether the coach's last reply was about danger, here or in the conversation before."""
        return self.returning or bool(self.session.messages) and self.session.messages[-1].route is Route.CRISIS

    @property
    def number(self) -> int:
        """How many messages the person had written before this one."""
        return len(self.history)
