"""Records of a rehearsal: who plays, what was said, what the manager now thinks, what the coach says about it. No I/O."""

from enum import StrEnum

from pydantic import Field

from coach.schema.enums import Difficulty, Persona, Scenario
from coach.schema.knowledge import Record
from coach.schema.manager_moves import ManagerMove
from coach.schema.turns import Label


class Topic(StrEnum):
    """What an employee can ask about."""

    WHY = "why"
    GOALS = "goals"
    MEASURE = "measure"
    TIMEFRAME = "timeframe"
    CONSEQUENCES = "consequences"
    SUPPORT = "support"
    CHECK_INS = "check_ins"
    JUDGE = "judge"
    SIGNATURE = "signature"
    EXAMPLE = "example"


FIVE_THINGS = (Topic.WHY, Topic.GOALS, Topic.MEASURE, Topic.TIMEFRAME, Topic.CONSEQUENCES)


class Request(StrEnum):
    """What an employee can ask for; COMMITMENT is what they offer themselves."""

    SUPPORT = "support"
    CHECK_IN = "check_in"
    TIME = "time"
    RECORD = "record"
    COMMITMENT = "commitment"


class Voice(StrEnum):
    """Who speaks a line; the coach only steps in when a scene is stopped."""

    MANAGER = "manager"
    HR = "hr"
    COACH = "coach"


class Ended(StrEnum):
    """Why a scene is over."""

    GOODBYE = "goodbye"
    PATIENCE = "patience"
    LIMIT = "limit"
    THREATS = "threats"
    DANGER = "danger"


class Phase(StrEnum):
    """Where the meeting is."""

    OPENING = "opening"
    TALK = "talk"
    CLOSING = "closing"
    OVER = "over"


class Said(Record):
    """One line of the other side. `move` is None for an opening and for the coach, `voiced` where a model chose the words."""

    voice: Voice = Voice.MANAGER
    text: str
    move: ManagerMove | None = None
    voiced: bool = False


class Reason(Record):
    """Why a label holds. `quote` are exact words of the employee, `text` one line that holds them."""

    label: Label
    quote: str
    text: str


class Agreement(Record):
    """Something the manager said yes to. `partly` where it was less than asked; `quote` are the employee's own words."""

    kind: Request
    quote: str
    partly: bool = False


class State(Record):
    """What the manager thinks and what is settled, after so many turns. `trust` runs from 0 to 100.

    `asked` holds every topic asked for, in order, also twice; `did` every label, in order; `used` the keys of lines said.
    """

    trust: float = Field(ge=0, le=100)
    patience: float
    phase: Phase = Phase.OPENING
    told: tuple[Topic, ...] = ()
    half_told: tuple[Topic, ...] = ()
    asked: tuple[Topic, ...] = ()
    agreed: tuple[Agreement, ...] = ()
    refused: tuple[Request, ...] = ()
    did: tuple[Label, ...] = ()
    used: tuple[str, ...] = ()
    warned: int = 0
    news: bool = False
    ended: Ended | None = None


class Line(Record):
    """One exchange. `labels` and `reasons` are about the employee, `trust` is rounded and stands after the answer."""

    employee: str
    labels: tuple[Label, ...] = ()
    reasons: tuple[Reason, ...] = ()
    said: tuple[Said, ...] = ()
    trust: int

    @property
    def manager(self) -> str:
        """What the other side answered, as one text; where HR speaks, both are named."""
        return together(self.said)


def together(said: tuple[Said, ...]) -> str:
    """Lines of the manager as one text; where another voice is among them, each is named."""
    if all(one.voice is Voice.MANAGER for one in said):
        return " ".join(one.text for one in said)
    names = {Voice.MANAGER: "Manager", Voice.HR: "HR", Voice.COACH: "Coach"}
    parts: list[str] = []
    voice = None
    for one in said:
        parts.append(one.text if one.voice is voice else f"{names[one.voice]}: {one.text}")
        voice = one.voice
    return " ".join(parts)


class Casting(Record):
    """What is played. `slots` are short exact words of the plan for the manager's lines; `seed` varies which lines come."""

    scenario: Scenario = Scenario.FIRST_MEETING
    persona: Persona = Persona.RUSHED
    difficulty: Difficulty = Difficulty.GUARDED
    slots: tuple[tuple[str, str], ...] = ()
    seed: str = ""


class Scene(Record):
    """A rehearsal so far. `states` has one entry more than `lines`: the one before anything was said."""

    casting: Casting
    opening: tuple[Said, ...]
    lines: tuple[Line, ...] = ()
    states: tuple[State, ...] = Field(min_length=1)

    @property
    def state(self) -> State:
        """How it stands now."""
        return self.states[-1]

    @property
    def ended(self) -> Ended | None:
        """Why it is over, or None while it goes on."""
        return self.state.ended


class Worked(Record):
    """Exact words that helped, and why."""

    quote: str
    why: str


class Cost(Record):
    """Exact words that cost something, why, and a better way to say it."""

    quote: str
    why: str
    better: str


class Debrief(Record):
    """What a rehearsal brought. `known` are those of the five things that the manager told, `score` runs from 0 to 100."""

    known: tuple[str, ...]
    agreed: tuple[str, ...]
    worked: tuple[Worked, ...] = Field(max_length=2)
    cost: Cost | None
    focus: str
    score: int = Field(ge=0, le=100)


class Branch(Record):
    """One side of a comparison: how it ended up, and what only this side got."""

    trust: int
    told: tuple[Topic, ...]
    agreed: tuple[Agreement, ...]
    score: int


class Comparison(Record):
    """Two tries of the same scene. `shared` turns are the same; `better` is "first", "second" or "equal"."""

    shared: int
    first: Branch
    second: Branch
    better: str


class Practice(Record):
    """All tries of one rehearsal in a conversation; the last scene is the one that is played. `on` while it is."""

    scenes: tuple[Scene, ...] = Field(min_length=1)
    on: bool = True

    @property
    def scene(self) -> Scene:
        """The one that is played."""
        return self.scenes[-1]
