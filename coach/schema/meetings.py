"""Records of meetings about the plan: a rhythm, a proposed series, sheets to bring or to send, the end. No I/O."""

from datetime import date, time
from enum import StrEnum
from typing import Literal

from pydantic import Field

from coach.schema.checklist import CheckIn
from coach.schema.knowledge import Record


class Cadence(StrEnum):
    """How often people meet."""

    DAILY = "daily"
    TWICE_WEEKLY = "twice_weekly"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    MILESTONES = "milestones"


class Open(StrEnum):
    """What a series had to assume because nobody said it."""

    CADENCE = "cadence"
    DAY = "day"
    TIME = "time"
    START = "start"
    END = "end"


class Rhythm(Record):
    """How often somebody meets, as words say it. What they do not say is None or empty.

    `weekdays` count from Monday, 0. `every` is the number of weeks from one to the next. `nth` is the week of the month, -1
    the last. `days` are the very dates, `marks` days counted from the start of the plan.
    """

    cadence: Cadence | None = None
    sure: bool = True
    weekdays: tuple[int, ...] = ()
    every: int = 1
    nth: int | None = None
    at: time | None = None
    minutes: int | None = None
    first: date | None = None
    until: date | None = None
    days: tuple[date, ...] = ()
    marks: tuple[int, ...] = ()
    midpoint: bool = False
    final: bool = False


class Proposal(Record):
    """Check-ins that may be kept. `words` are the plan's own; `assumed` is what stands in and is to be asked."""

    check_ins: tuple[CheckIn, ...]
    cadence: Cadence
    words: str = ""
    assumed: tuple[Open, ...] = ()


class Row(Record):
    """One line of a sheet. `sources` are the ids of the records that it comes from; `level` 1 stands below a 0."""

    text: str
    level: int = 0
    sources: tuple[str, ...] = ()


class Section(Record):
    """A heading with its rows. `key` names the section for a program."""

    key: str
    heading: str
    rows: tuple[Row, ...] = ()


class Sheet(Record):
    """One page: to bring, to read or to send. Texts are plain; whoever shows them escapes them."""

    title: str
    lead: str = ""
    sections: tuple[Section, ...] = ()
    close: str = ""


class Letter(Record):
    """Words to send. Unknown facts stand in [brackets]."""

    subject: str
    text: str

    @property
    def message(self) -> str:
        """The words below their subject line."""
        return f"Subject: {self.subject}\n\n{self.text}" if self.subject else self.text


class Recap(Record):
    """What a meeting left behind, to read, and as words to send."""

    sheet: Sheet
    letter: Letter


class Sentence(Record):
    """One statement of a summary: the person's words with their day, and the ids of the records behind it."""

    text: str
    on: date
    sources: tuple[str, ...] = Field(min_length=1)


class GoalSummary(Record):
    """What was noted for one item. No sentences: nothing noted yet."""

    item: str
    title: str
    sentences: tuple[Sentence, ...] = ()


class Summary(Record):
    """What was noted from `since` to `until`, by goal. `other` belongs to no goal."""

    since: date | None
    until: date
    goals: tuple[GoalSummary, ...]
    other: tuple[Sentence, ...]
    letter: Letter

    @property
    def empty(self) -> bool:
        """Whether nothing at all was noted."""
        return not self.other and not any(goal.sentences for goal in self.goals)


class Rebooking(Record):
    """A check-in that did not take place: a free slot to suggest, if there is one, and the words for it."""

    check_in: CheckIn
    slot: CheckIn | None
    next: CheckIn | None
    said: str
    letter: Letter


class GoalEnd(Record):
    """How one goal stands at the last review, by what was noted: `met` is the manager's word, `shown` is done with a note
    behind it, `unproven` done without one. It is no judgement.
    """

    item: str
    title: str
    state: Literal["met", "shown", "unproven", "open"]
    text: str
    sources: tuple[str, ...] = ()


class Ending(Record):
    """The last review: what to ask, how each goal stands, both roads, and one step after the other on each."""

    asks: tuple[str, ...]
    goals: tuple[GoalEnd, ...]
    staying: tuple[str, ...]
    leaving: tuple[str, ...]
    work: tuple[Row, ...]
    look: tuple[Row, ...]
    sheet: Sheet
