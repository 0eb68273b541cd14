"""Records of knowledge/manager/: personas, scenarios, difficulties, the manager's lines, the words of the feedback. No I/O."""

import re

from pydantic import Field, field_validator, model_validator

from coach.schema.enums import Difficulty, Persona, Scenario
from coach.schema.knowledge import Record
from coach.schema.manager_moves import ManagerMove
from coach.schema.rehearsal import Request, Topic
from coach.schema.turns import Label

SLOT = re.compile(r"\{(\w+)\}")
LINE_SLOTS = frozenset(["employee", "manager", "goal", "due", "measure", "support", "by", "days", "check_ins", "about", "quote"])
LEAST_LINES = 3  # of each move and opening without slots: what is there when no plan is
LEAST_HALVES = 2  # of what is half said about each topic


class PersonaCard(Record):
    """How one kind of manager differs from another. `gain` multiplies what a label earns, `loss` what any label costs.

    `answer` and `grant` move the trust that an answer or a yes takes, `interrupt` and `rush` are habits, `heard` the words
    by which a person describes such a manager.
    """

    name: str
    trust: float = 0
    patience: float = 0
    turns: int = 0
    gain: dict[Label, float] = {}
    loss: float = 1
    answer: float = 0
    grant: float = 0
    interrupts: bool = False
    rushes: bool = False
    doubts: bool = False
    heard: tuple[str, ...] = Field(min_length=3)


class ScenarioCard(Record):
    """One conversation: what the manager cannot give, what they care about, what there is to learn, agree and show.

    `refuses` are requests that only others can grant; `constraint` and `interest` say it for the person, afterwards.
    `learn` are topics worth asking, `agree` what can be settled, `credit` points for what a good employee does here,
    `hr_begins` what HR says first where HR is in the room.
    """

    name: str
    constraint: str
    interest: str
    refuses: tuple[Request, ...] = ()
    likes: tuple[Label, ...] = ()
    trust: float = 0
    learn: tuple[Topic, ...] = Field(min_length=2)
    agree: tuple[Request, ...] = Field(min_length=1)
    credit: dict[Label, int]
    hr_begins: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()

    @field_validator("credit")
    @classmethod
    def _credit_is_thirty(cls, credit: dict[Label, int]) -> dict[Label, int]:
        if sum(credit.values()) != 30 or min(credit.values()) <= 0:
            raise ValueError("the points must be positive and add up to 30")
        return credit


class DifficultyCard(Record):
    """Numbers of one difficulty: where trust begins, what it gains and loses, what an answer and a yes take."""

    name: str
    manner: str
    trust: float
    gain: float
    loss: float
    answer: float
    grant: float
    patience: float
    turns: int
    answers: int
    interrupt_over: int
    heard: tuple[str, ...] = ()


class Weights(Record):
    """What each label does to trust and patience at `guarded`, and how sensitive each topic is."""

    trust: dict[Label, float]
    patience: dict[Label, float]
    topics: dict[Topic, float]
    again: float = Field(gt=0, lt=1)
    half: float
    part: float
    earned: float

    @model_validator(mode="after")
    def _all_are_there(self) -> "Weights":
        for name, given, wanted in (("trust", self.trust, Label), ("patience", self.patience, Label), ("topics", self.topics, Topic)):
            if missing := set(wanted) - set(given):
                raise ValueError(f"{name} lacks {min(missing)}")
        return self


class ManagerLines(Record):
    """The lines of one persona: openings by scenario, lines by move, and half an answer by topic."""

    openings: dict[Scenario, tuple[str, ...]]
    moves: dict[ManagerMove, tuple[str, ...]]
    halves: dict[Topic, tuple[str, ...]]

    @model_validator(mode="after")
    def _can_be_said(self) -> "ManagerLines":
        for name, texts, least in (
            *((f"openings.{scenario}", self.openings.get(scenario, ()), 2) for scenario in Scenario),
            *((f"moves.{move}", self.moves.get(move, ()), LEAST_LINES) for move in ManagerMove),
            *((f"halves.{topic}", self.halves.get(topic, ()), LEAST_HALVES) for topic in Topic),
        ):
            if sum(not SLOT.search(text) for text in texts) < least:
                raise ValueError(f"{name}: at least {least} lines without slots are needed")
            if len(set(texts)) < len(texts):
                raise ValueError(f"{name}: a line stands there twice")
            for text in texts:
                if unknown := set(SLOT.findall(text)) - LINE_SLOTS:
                    raise ValueError(f"{name}: no slot is called {min(unknown)}")
                if not text.strip() or "!" in text or "\u2014" in text:
                    raise ValueError(f"{name}: not a spoken line: {text}")
        return self


class Feedback(Record):
    """What the coach says about a rehearsal. {quote} is filled with the employee's exact words.

    `reasons` say why a label holds, `worked` and `cost` what it did, `better` another wording with [brackets] for what only
    the person knows, `focus` the one thing for the next try, `hints` what could be said next, `topics` and `agreed` names,
    `about` how the manager names a topic.
    """

    reasons: dict[Label, tuple[str, ...]]
    worked: dict[Label, tuple[str, ...]]
    cost: dict[Label, tuple[str, ...]]
    better: dict[str, tuple[str, ...]]
    focus: dict[str, str]
    hints: dict[str, tuple[str, ...]]
    topics: dict[Topic, str]
    about: dict[Topic, str]
    agreed: dict[str, str]
    chat: dict[str, tuple[str, ...]]

    @model_validator(mode="after")
    def _all_are_there(self) -> "Feedback":
        for name, wanted in (("reasons", Label), ("topics", Topic), ("about", Topic)):
            if missing := set(wanted) - set(getattr(self, name)):
                raise ValueError(f"{name} lacks {min(missing)}")
        for label, texts in self.reasons.items():
            if not texts or any(SLOT.findall(text) != ["quote"] for text in texts):
                raise ValueError(f"reasons.{label}: each must hold {{quote}} once and no other slot")
        return self


class ManagerBook(Record):
    """All of knowledge/manager/."""

    personas: dict[Persona, PersonaCard]
    scenarios: dict[Scenario, ScenarioCard]
    difficulties: dict[Difficulty, DifficultyCard]
    weights: Weights
    feedback: Feedback
    lines: dict[Persona, ManagerLines]

    @model_validator(mode="after")
    def _all_are_there(self) -> "ManagerBook":
        for name, wanted in (("personas", Persona), ("scenarios", Scenario), ("difficulties", Difficulty), ("lines", Persona)):
            if missing := set(wanted) - set(getattr(self, name)):
                raise ValueError(f"{name} lacks {min(missing)}")
        return self
