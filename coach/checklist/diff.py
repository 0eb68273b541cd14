"""Two versions of a plan side by side. Pure: says what changed, changes nothing (revision.py does)."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from rapidfuzz import fuzz

from coach.errors import UserError
from coach.schema.plan import Goal, Plan, Quote
from coach.schema.plan_diff import FieldDiff, GoalChange, GoalDiff, PlanDiff, SupportDiff

ALIKE = 66.0  # two different goals of one plan reach 62 on the development plans
PART = 0.8  # weight where the words of one quote are all in the other one: 83 in 100 must be
FIELDS = (
    "start_date", "end_date", "duration_days", "manager", "check_ins", "consequences", "signature", "response_window",
)  # fmt: skip
_ALIASES = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00ad": None}
)

T = TypeVar("T")
U = TypeVar("U")


def diff(old: Plan, new: Plan) -> PlanDiff:
    """What the new plan says otherwise than the old one."""
    goals = match(old.goals, new.goals, _goal_likeness)
    supports = match(old.supports, new.supports, lambda one, other: likeness(one.quote, other.quote))
    return PlanDiff(
        goals=tuple(_goal_diff(one, other) for one, other in goals),
        supports=tuple(_support_diff(one, other) for one, other in supports),
        fields=tuple(
            FieldDiff(name=name, old=_text(one), new=_text(other))
            for name in FIELDS
            if _key(one := getattr(old, name)) != _key(other := getattr(new, name))
        ),
    )


def paired(found: PlanDiff, old: str, new: str) -> PlanDiff:
    """The same diff with two goals put together by hand: the dropped goal `old` became the new goal `new` (ids)."""
    ones = [goal.old for goal in found.goals if goal.new is None and goal.old and goal.old.id == old]
    others = [goal.new for goal in found.goals if goal.old is None and goal.new and goal.new.id == new]
    if not ones or not others:
        raise UserError("Choose a goal that is no longer in the plan, and a new one that takes its place.")
    one, other = ones[0], others[0]
    together = _goal_diff(one, other)
    goals = (together if goal.new is other else goal for goal in found.goals if goal.old is not one)
    return found.model_copy(update={"goals": tuple(goals)})


def match(
    old: Sequence[T], new: Sequence[U], likeness_of: Callable[[T, U], float]
) -> list[tuple[T | None, U | None]]:
    """Pair what is most alike first, each at most once; in the new order, what found no partner in the old order last."""
    scores = [(likeness_of(one, other), i, j) for i, one in enumerate(old) for j, other in enumerate(new)]
    partner: dict[int, int] = {}
    for score, i, j in sorted(scores, key=lambda found: (-found[0], abs(found[1] - found[2]), found[1:])):
        if score >= ALIKE and j not in partner and i not in partner.values():
            partner[j] = i
    pairs: list[tuple[T | None, U | None]] = [
        (old[partner[j]] if j in partner else None, other) for j, other in enumerate(new)
    ]
    return pairs + [(one, None) for i, one in enumerate(old) if i not in partner.values()]


def likeness(one: str, other: str) -> float:
    """0 to 100. 100 means the same words, whatever their case, white space and kind of quotation mark."""
    one, other = folded(one), folded(other)
    if one == other:
        return 100.0
    whole = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    return min(max(whole, PART * fuzz.token_set_ratio(one, other)), 99.9)


def folded(text: str) -> str:
    """The text as it is compared."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_ALIASES).casefold().split())


def _goal_likeness(one: Goal, other: Goal) -> float:
    return max(
        likeness(one.quote, other.quote), likeness(_bare(one), _bare(other)) - 0.1 if _bare(one) else 0.0
    )


def _goal_diff(old: Goal | None, new: Goal | None) -> GoalDiff:
    if old is None or new is None:
        return GoalDiff(old=old, new=new, changes=(GoalChange.NEW if old is None else GoalChange.DROPPED,))
    changes = []
    if folded(old.quote) != folded(new.quote) and _bare(old) != _bare(new):
        changes.append(GoalChange.REWORDED)
    if old.deadline != new.deadline or (
        not old.deadline and _key(old.deadline_words) != _key(new.deadline_words)
    ):
        changes.append(GoalChange.DEADLINE)
    for name in ("measure", "target", "evidence_source"):
        if _key(getattr(old, name)) != _key(getattr(new, name)):
            changes.append(GoalChange(name))
    return GoalDiff(old=old, new=new, changes=tuple(changes))


def _bare(goal: Goal) -> str:
    """The quote without the words of its deadline, measure and target: those changes have names of their own."""
    text = folded(goal.quote)
    parts = {folded(part) for part in (goal.deadline_words, goal.measure, goal.target) if part}
    for part in sorted(parts - {text}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", " ", text)
    return " ".join(text.split())


def _support_diff(old: Quote | None, new: Quote | None) -> SupportDiff:
    return SupportDiff(
        old=old, new=new, reworded=bool(old and new and folded(old.quote) != folded(new.quote))
    )


def _text(value: Quote | date | str | int | None) -> str | None:
    if value is None:
        return None
    return value.text if isinstance(value, Quote) else str(value)


def _key(value: Quote | date | str | int | None) -> str | None:
    text = _text(value)
    return folded(text) if text else None
