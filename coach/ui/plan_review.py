"""A plan under review: what was read, and what the person made of it before confirming. Pure; nothing here is stored.

Every change returns a new draft. A goal's quote stays exact words of the document; a goal without such words is `own`.
"""

import re
from collections.abc import Sequence
from datetime import date

from coach.checklist.diff import diff, paired
from coach.checklist.words import short
from coach.errors import UserError
from coach.plan import dates
from coach.plan.finding.find import find
from coach.schema.knowledge import Record
from coach.schema.plan import Extraction, Goal, Missing, Plan
from coach.schema.plan_diff import PlanDiff
from coach.ui import plan_cutting as cutting
from coach.ui.plan_words import ERRORS

FIELDS = ("title", "measure", "target", "evidence_source", "deadline")
FACTS = ("employee", "manager", "start_date", "end_date")
LONGEST = 2000
_ORDERS = (dates.Order.DAY_FIRST, dates.Order.MONTH_FIRST)


class Draft(Record):
    """One document on its way into the checklist. `own` goals were typed and stand nowhere in the document."""

    id: str
    extraction: Extraction
    plan: Plan
    own: tuple[Goal, ...] = ()
    dropped: tuple[str, ...] = ()
    left_out: tuple[int, ...] = ()  # supports, by their place
    order: str = ""  # how the person said that dates are written
    pairs: tuple[tuple[str, str], ...] = ()  # a goal of the old plan, and the new one that took its place
    anyway: bool = False
    proposed: tuple[Goal, ...] = ()  # goals that a model offers; not part of the plan until the person takes them

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals of the document that are kept."""
        return tuple(goal for goal in self.plan.goals if goal.id not in self.dropped)

    @property
    def ready(self) -> bool:
        """Whether there is something to confirm."""
        return bool(self.goals or [goal for goal in self.own if goal.id not in self.dropped])

    @property
    def known(self) -> bool:
        """Whether the document counts as a plan, by itself or because the person said so."""
        return self.anyway or (self.extraction.is_plan and self.extraction.plan is not None)


def begin(id: str, extraction: Extraction) -> Draft:
    """The draft of what was read."""
    return Draft(id=id, extraction=extraction, plan=extraction.plan or Plan())


def edit(draft: Draft, goal: str, name: str, text: str) -> Draft:
    """Give one field of a goal other words."""
    if name not in FIELDS:
        raise UserError(ERRORS["field"])
    text = tidy(text)
    if name == "title" and not text:
        raise UserError(ERRORS["title"])
    value = day(text) if name == "deadline" else text or None
    old = goal_of(draft, goal)
    return _with(draft, old.id, [cutting.regapped(old.model_copy(update={name: value}))])


def fact(draft: Draft, name: str, text: str) -> Draft:
    """Correct who or when."""
    if name not in FACTS:
        raise UserError(ERRORS["field"])
    value = day(text) if name.endswith("_date") else tidy(text) or None
    plan = draft.plan.model_copy(update={name: value})
    if name.endswith("_date"):
        if plan.start_date and plan.end_date and plan.end_date < plan.start_date:
            raise UserError(ERRORS["period"])
        known = plan.start_date and plan.end_date
        plan = plan.model_copy(update={"duration_days": (plan.end_date - plan.start_date).days if known else None})
    return draft.model_copy(update={"plan": plan})


def drop(draft: Draft, goal: str) -> Draft:
    """Leave a goal out; it stays in sight."""
    kept = goal_of(draft, goal).id
    return draft.model_copy(update={"dropped": tuple(dict.fromkeys((*draft.dropped, kept)))})


def keep(draft: Draft, goal: str) -> Draft:
    """Take a goal in again."""
    return draft.model_copy(update={"dropped": tuple(id for id in draft.dropped if id != goal)})


def support(draft: Draft, place: str, *, kept: bool) -> Draft:
    """Track a promise of the plan, or do not."""
    number = int(place) if place.isdecimal() and len(place) < 6 else -1
    if not 0 <= number < len(draft.plan.supports):
        raise UserError(ERRORS["gone"])
    left = tuple(other for other in draft.left_out if other != number)
    return draft.model_copy(update={"left_out": left if kept else (*left, number)})


def merge(draft: Draft, goal: str) -> Draft:
    """Make one of this goal and the kept one before it."""
    goals = draft.goals
    places = [place for place, other in enumerate(goals) if other.id == goal]
    if not places or places[0] == 0:
        raise UserError(ERRORS["merge"])
    one, other = goals[places[0] - 1], goals[places[0]]
    both = cutting.joined(draft.extraction.document, one, other, goals)
    without = draft.model_copy(update={"plan": _goals(draft, [g for g in draft.plan.goals if g.id != other.id])})
    return _with(without, one.id, [both])


def split(draft: Draft, goal: str, at: str) -> Draft:
    """Make two goals of one, cut at one of its breaks."""
    old = goal_of(draft, goal)
    place = int(at) if at.isdecimal() and len(at) < 8 else -1
    if place not in cutting.breaks(old):
        raise UserError(ERRORS["split"])
    return _with(draft, old.id, cutting.halves(draft.extraction.document, old, place, new_id(draft)))


def add(draft: Draft, title: str, quote: str, near: str = "") -> Draft:
    """Add a goal by hand: with words of the document where they are found in it, else as the person's own."""
    quote, title = quote.strip()[:LONGEST], tidy(title)
    if not quote and not title:
        raise UserError(ERRORS["title"])
    found = locate(draft.extraction.document.text, quote, int(near) if near.isdecimal() and len(near) < 9 else 0)
    if not found:
        own = Goal(id=new_id(draft), title=title or short(quote), quote="", span=(0, 0), missing=(Missing.MEASURE, Missing.DEADLINE))
        return draft.model_copy(update={"own": (*draft.own, own)})
    document = draft.extraction.document
    goal = Goal(
        id=new_id(draft), title=title or short(document.text[slice(*found)]), quote=document.text[slice(*found)], span=found,
        page=cutting.page_at(document, found[0]), missing=(Missing.MEASURE,) if draft.plan.end_date else (Missing.MEASURE, Missing.DEADLINE),
    )  # fmt: skip
    goals = sorted((*draft.plan.goals, goal), key=lambda other: other.span)
    return draft.model_copy(update={"plan": _goals(draft, goals)})


def answer(draft: Draft, order: str) -> Draft:
    """The person said how the dates are written: those that could not be read are read now, nothing else changes."""
    if order not in _ORDERS:
        raise UserError(ERRORS["field"])
    document = draft.extraction.document
    said = dates.Order(order)
    found = find(document, order=said).plan or Plan()
    calendar = dates.Calendar(order=said, sent=document.sent, start=found.start_date, end=found.end_date)
    due = {goal.span: goal.deadline for goal in found.goals}
    goals = []
    for goal in draft.plan.goals:
        read = goal.deadline or due.get(goal.span) or _by(goal.quote, calendar)
        late = goal.missing if not (read or found.end_date) else tuple(gap for gap in goal.missing if gap != Missing.DEADLINE)
        goals.append(goal.model_copy(update={"deadline": read, "missing": late}))
    update = {
        "start_date": draft.plan.start_date or found.start_date, "end_date": draft.plan.end_date or found.end_date,
        "duration_days": draft.plan.duration_days or found.duration_days, "goals": tuple(goals),
    }  # fmt: skip
    return draft.model_copy(update={"order": order, "plan": draft.plan.model_copy(update=update)})


def readings(question: str) -> list[tuple[str, date | None]]:
    """The two choices of a question about dates, each with the day that its example then means."""
    hits = [dates.find(question, dates.Calendar(order=order)) for order in _ORDERS]
    return [(order.value, found[0].value if found else None) for order, found in zip(_ORDERS, hits, strict=True)]


def pair(draft: Draft, old: str, new: str) -> Draft:
    """A goal of the old plan became this one of the new plan."""
    pairs = (*(known for known in draft.pairs if old not in known and new not in known), (old, new))
    return draft.model_copy(update={"pairs": pairs})


def compared(draft: Draft, old: Plan) -> PlanDiff:
    """What the draft says otherwise than the plan that is there."""
    found = diff(old, result(draft).plan or Plan())
    for one, other in draft.pairs:
        try:
            found = paired(found, one, other)
        except UserError:
            continue  # one of the two was dropped or merged since
    return found


def result(draft: Draft) -> Extraction:
    """What is confirmed: the document with the goals and supports that were kept."""
    supports = tuple(words for place, words in enumerate(draft.plan.supports) if place not in draft.left_out)
    plan = draft.plan.model_copy(update={"goals": draft.goals, "supports": supports})
    update = {"is_plan": True, "plan": plan, "reason": None}
    return draft.extraction.model_copy(update=update)


def goal_of(draft: Draft, id: str) -> Goal:
    """The goal; UserError where there is none."""
    for goal in (*draft.plan.goals, *draft.own):
        if goal.id == id:
            return goal
    raise UserError(ERRORS["gone"])


def locate(text: str, words: str, near: int = 0) -> tuple[int, int] | None:
    """Where the words stand in the text, white space aside; the place nearest to `near`."""
    parts = words.split()
    if not parts or len(words) > LONGEST:
        return None
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, parts)), text, re.IGNORECASE)]
    return min(found, key=lambda span: abs(span[0] - near), default=None)


def tidy(text: str) -> str:
    """One line, cut where it is far too long."""
    return " ".join(text.split())[:LONGEST]


def day(text: str) -> date | None:
    """A date as the browser gives it; None where it is empty."""
    if not text.strip():
        return None
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise UserError(ERRORS["day"]) from None
    if not 1970 <= found.year < 2200:
        raise UserError(ERRORS["day"])
    return found


def _by(quote: str, calendar: dates.Calendar) -> date | None:
    hits = [hit.value for hit in dates.find(quote, calendar) if hit.value and re.search(r"\b(?:by|before|until|due)\W*$", quote[: hit.start], re.I)]
    return hits[-1] if hits else None


def _goals(draft: Draft, goals: Sequence[Goal]) -> Plan:
    return draft.plan.model_copy(update={"goals": tuple(goals)})


def _with(draft: Draft, id: str, instead: list[Goal]) -> Draft:
    def renewed(goals: tuple[Goal, ...]) -> tuple[Goal, ...]:
        return tuple(new for goal in goals for new in (instead if goal.id == id else [goal]))

    return draft.model_copy(update={"plan": _goals(draft, renewed(draft.plan.goals)), "own": renewed(draft.own)})


def new_id(draft: Draft) -> str:
    """An id that no goal of the draft has."""
    numbers = [int(found) for goal in (*draft.plan.goals, *draft.own) if (found := goal.id.lstrip("g")).isdecimal()]
    return f"g{max(numbers, default=0) + 1}"
