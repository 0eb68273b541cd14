"""Records of what is not the same in two versions of a plan. No I/O."""

from enum import StrEnum
from typing import Literal

from coach.schema.knowledge import Record
from coach.schema.plan import Goal, Quote


class GoalChange(StrEnum):
    """What happened to a goal between two versions of a plan. No change at all means: the same."""

    REWORDED = "reworded"
    DEADLINE = "deadline"
    MEASURE = "measure"
    TARGET = "target"
    EVIDENCE_SOURCE = "evidence_source"
    NEW = "new"
    DROPPED = "dropped"


class GoalDiff(Record):
    """One goal of the old plan beside the one of the new plan that took its place."""

    old: Goal | None
    new: Goal | None
    changes: tuple[GoalChange, ...] = ()


class SupportDiff(Record):
    """One promise of the old plan beside the new plan's. `old` None: new; `new` None: dropped."""

    old: Quote | None
    new: Quote | None
    reworded: bool = False


class FieldDiff(Record):
    """A single fact of the plan that is not the same any more, as text."""

    name: Literal[
        "start_date",
        "end_date",
        "duration_days",
        "manager",
        "check_ins",
        "consequences",
        "signature",
        "response_window",
    ]
    old: str | None
    new: str | None


class PlanDiff(Record):
    """Two versions of a plan side by side: goals and supports in the new plan's order, what was dropped last."""

    goals: tuple[GoalDiff, ...] = ()
    supports: tuple[SupportDiff, ...] = ()
    fields: tuple[FieldDiff, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return (
            not self.fields
            and not any(goal.changes for goal in self.goals)
            and not any(s.reworded or s.old is None or s.new is None for s in self.supports)
        )
