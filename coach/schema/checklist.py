"""Records of the tracked checklist: items, evidence, log, promises, feedback, check-ins, questions, drafts, rehearsals, and pictures of them. No I/O."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, Field, NaiveDatetime, field_validator

from coach.schema.knowledge import Record
from coach.schema.plan import Extraction, Missing

LARGEST_FILE = 10 * 1024 * 1024  # bytes of one piece of evidence


class Status(StrEnum):
    """How far an item is, as the person sees it; `confirmed` is the manager's word."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AT_RISK = "at_risk"
    DONE = "done"
    CONFIRMED = "confirmed"


class Origin(StrEnum):
    """Where an item or a promise comes from; `dropped` means: no longer in the plan."""

    PLAN = "plan"
    ADDED = "added"
    DROPPED = "dropped"


class PromiseState(StrEnum):
    """What became of a promise of the employer."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    MISSED = "missed"


class CheckInState(StrEnum):
    """What became of a planned check-in."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    MISSED = "missed"


class CheckInKind(StrEnum):
    """What a check-in is for: the meeting at the start, an ordinary one, the one half-way, the last review."""

    FIRST = "first"
    CHECK_IN = "check_in"
    MIDPOINT = "midpoint"
    FINAL = "final"


class Tracked(Record):
    """Anything that is stored under an id. The store gives id and version where they are empty.

    `version` counts the changes of a record, so that the page and the command line cannot overwrite each other unseen.
    """

    id: str = Field(default="", pattern=r"^([0-9a-f]{32})?$")
    version: int = 0


class Step(Tracked):
    """A part of an item, made by the person."""

    item: str
    text: str = Field(pattern=r"\S")
    position: int = Field(default=0, ge=0, le=10**9)
    done: bool = False
    done_on: date | None = None


class Evidence(Tracked):
    """Something that shows what was done, in the person's words. `file` and `size` are set where a file is kept as well."""

    item: str
    on: date
    text: str
    minutes: int = Field(default=0, ge=0, le=100_000)
    file: str | None = None
    size: int | None = None
    attachment: str | None = Field(default=None, description="id of the file's bytes in the store")


class Item(Tracked):
    """Something that the person tracks to the end: a confirmed goal, or added by hand.

    `quote`, `page` and `span` stand in the document of `plan`, where the item is its goal `goal`. `measure_source` is "plan",
    or names the meeting in which the measure was agreed.
    """

    title: str = Field(pattern=r"\S")
    quote: str = ""
    page: int | None = None
    span: tuple[int, int] | None = None
    measure: str | None = None
    measure_source: str | None = None
    target: str | None = None
    evidence_source: str | None = None
    deadline: date | None = None
    missing: tuple[Missing, ...] = ()
    position: int = Field(default=0, ge=0, le=10**9)
    plan: str | None = None
    goal: str | None = None
    origin: Origin = Origin.ADDED
    status: Status = Status.NOT_STARTED
    status_on: date | None = None
    notes: str = ""
    steps: tuple[Step, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Entry(Tracked):
    """A line of the log, in the person's own words. `beyond`: above and beyond what the plan asks."""

    on: date
    text: str = Field(pattern=r"\S")
    item: str | None = None
    minutes: int = Field(default=0, ge=0, le=100_000)
    beyond: bool = False


class Promise(Tracked):
    """Something that the employer said they would do. `quote` is "" where the person added it."""

    text: str = Field(pattern=r"\S")
    quote: str = ""
    page: int | None = None
    span: tuple[int, int] | None = None
    plan: str | None = None
    origin: Origin = Origin.ADDED
    due: date | None = None
    state: PromiseState = PromiseState.OPEN
    state_on: date | None = None
    note: str = ""


class Feedback(Tracked):
    """What somebody said about the work, as the person heard it."""

    on: date
    who: str = ""
    text: str = Field(pattern=r"\S")
    item: str | None = None


class CheckIn(Tracked):
    """A meeting about the plan. `at` is what the clock on the wall shows in the time zone `zone`, such as "Europe/London"."""

    at: NaiveDatetime = Field(ge=datetime(1970, 1, 1), lt=datetime(2200, 1, 1))
    zone: str = Field(pattern=r"\S")
    minutes: int = Field(default=30, ge=1, le=1440)
    who: str = ""
    state: CheckInState = CheckInState.PLANNED
    notes: str = ""
    agreed: tuple[str, ...] = ()
    kind: CheckInKind = CheckInKind.CHECK_IN


class Question(Tracked):
    """Something to ask in a meeting, and what was answered."""

    text: str = Field(pattern=r"\S")
    why: str = ""
    topic: str = ""
    goal: str | None = None
    item: str | None = None
    priority: int = Field(default=0, ge=0, le=10**9)
    ticked: bool = False
    answer: str = ""
    answered_on: date | None = None


class Draft(Tracked):
    """A text to send, as the person keeps it. `kind` is what it is for; `sent` is their own tick, nothing is sent from here."""

    kind: str = Field(pattern=r"\S")
    on: date
    title: str = ""
    text: str = Field(pattern=r"\S")
    sent: bool = False


class Rehearsal(Tracked):
    """A talk that was rehearsed. `at` is kept in UTC and whole seconds, `before` and `after` say how sure the person felt.

    `result` is the whole scene with its debrief as the text of one JSON object, or "".
    """

    at: AwareDatetime = Field(ge=datetime(1970, 1, 2, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))
    scenario: str = Field(pattern=r"\S")
    persona: str = Field(pattern=r"\S")
    difficulty: str = Field(pattern=r"\S")
    score: int = Field(ge=0, le=100)
    before: int | None = Field(default=None, ge=0, le=10)
    after: int | None = Field(default=None, ge=0, le=10)
    focus: str = ""
    result: str = ""

    @field_validator("at")
    @classmethod
    def _sorts_as_text(cls, at: datetime) -> datetime:
        return at.astimezone(UTC).replace(microsecond=0)

    @field_validator("result")
    @classmethod
    def _is_an_object(cls, result: str) -> str:
        try:
            if result and not isinstance(json.loads(result), dict):
                raise ValueError
        except (ValueError, RecursionError):
            raise ValueError("not the text of a JSON object") from None
        return result


class PlanVersion(Record):
    """A document as the person confirmed it. The newest is the current one; earlier ones are kept."""

    id: str
    number: int
    added_on: date
    current: bool
    extraction: Extraction


class Checklist(Record):
    """All that is tracked, at one moment."""

    plan: PlanVersion | None = None
    items: tuple[Item, ...] = ()
    log: tuple[Entry, ...] = ()
    promises: tuple[Promise, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    questions: tuple[Question, ...] = ()
    drafts: tuple[Draft, ...] = ()
    rehearsals: tuple[Rehearsal, ...] = ()


class Done(Record):
    """A change that can be taken back, in one line."""

    id: int
    at: datetime
    line: str


class NextDate(Record):
    """Something that comes up. `id` is the item's, promise's or check-in's; None for the end of the plan."""

    on: date
    kind: Literal["deadline", "promise", "check_in", "plan_end"]
    text: str
    id: str | None = None


class Progress(Record):
    """A calm picture of where things stand. It counts and sorts; it does not judge.

    `days_left` is 0 on the last day and after it (`ended` tells them apart), None where the plan names no end. Items that
    are no longer in the plan are in `dropped` only. `minutes` has the item's id, or "" for what belongs to no item.
    `overdue`, `promises_due` (open, with a day that is not past) and `promises_late` (open, the day is past) hold ids.
    """

    today: date
    days_left: int | None
    ended: bool
    by_status: dict[Status, int]
    dropped: int
    minutes: dict[str, int]
    minutes_total: int
    minutes_beyond: int
    next_dates: tuple[NextDate, ...]
    overdue: tuple[str, ...]
    promises: dict[PromiseState, int]
    promises_due: tuple[str, ...]
    promises_late: tuple[str, ...]
