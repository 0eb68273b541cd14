"""The chat puts check-ins in the list: a series or one meeting, from the message or from the plan's own words.

Nothing is stored while a day, a time or an end is missing: one of them is asked, and the short answer completes the message
before it. What is stored is said back.
"""

import re
from datetime import date, timedelta

from coach.checklist.words import day
from coach.meetings import rhythm as words
from coach.meetings.series import on_the_wall, schedule
from coach.meetings.words import DAYS, meeting, when
from coach.plan.dates import NUMBER, Calendar, Order, order_of, read_number
from coach.schema.checklist import CheckIn, Checklist
from coach.schema.conversation import Move
from coach.schema.enums import Route
from coach.schema.meetings import Cadence, Open, Proposal, Rhythm
from coach.schema.plan import Plan
from coach.tools import ready
from coach.tools.diary import Diary
from coach.tools.plan import say
from coach.tools.turn import Turn

_I = re.IGNORECASE
WITH = re.compile(r"\b(?:with|w/) (?:my manager )?(?P<who>[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)?)")
_FOR = re.compile(rf"\bfor (?:the next |another )?(?P<n>{NUMBER}) (?P<unit>weeks?|months?)\b", _I)
_SOON = re.compile(r"\b(?P<which>today|tomorrow|tmrw|tmr)\b", _I)
_LONGEST_ANSWER = 8  # words
_ASKED = ((Open.DAY, "ask_day"), (Open.TIME, "ask_time"), (Open.END, "ask_end"))


def moves(turn: Turn, checklist: Checklist | None, diary: Diary | None, zone: str) -> list[Move]:
    """What was put in the list, or the one thing that is missing; empty where the message names no meeting at all."""
    text = whole_message(turn) or turn.text
    if ready.kind(Route.CHECK_IN, text) != "schedule":
        return []
    plan = checklist.plan.extraction.plan if checklist and checklist.plan else None
    order = (
        order_of(checklist.plan.extraction.document.text) if checklist and checklist.plan else Order.UNKNOWN
    )
    found = _rhythm(text, plan, order, turn.today)
    if found is None:
        return []
    there = checklist.check_ins if checklist else ()
    zone = there[-1].zone if there else zone
    who = match["who"] if (match := WITH.search(text)) else (plan.manager or "") if plan else ""
    if on := single(text, found, turn.today):
        return one(turn, on, found, who, zone, diary)
    start, end = (plan.start_date, plan.end_date) if plan else (None, None)
    proposal = schedule(found, start=start, end=end, today=turn.today, zone=zone, who=who, there=there)
    return _answer(turn, found, proposal, end, diary, who)


def whole_message(turn: Turn) -> str | None:
    """The message before together with this short answer, where the one before was a series with something missing."""
    if not turn.history or len(turn.text.split()) > _LONGEST_ANSWER:
        return None
    earlier = turn.history[-1]
    if ready.kind(Route.CHECK_IN, earlier) != "schedule" or ready.kind(Route.CHECK_IN, turn.text) not in (
        "log",
        "schedule",
    ):
        return None
    calendar = Calendar(sent=turn.today)
    before, now = words.read(earlier, calendar), words.read(turn.text, calendar)
    gives = (
        (now.at and not before.at)
        or (now.weekdays and not before.weekdays)
        or ((now.first or now.until or now.days or _FOR.search(turn.text)) and not before.until)
    )
    if not gives:
        return None
    lead = "until " if now.first and not now.at and not now.weekdays else ""
    return f"{earlier.rstrip(' .')} {lead}{turn.text}"


def _rhythm(text: str, plan: Plan | None, order: Order, today: date) -> Rhythm | None:
    found = words.read(text, Calendar(order=order, sent=today))
    if match := _FOR.search(text):
        count = read_number(match["n"])
        length = timedelta(weeks=count if match["unit"].lower().startswith("week") else count * 4)
        found = found.model_copy(update={"until": found.until or today + length})
    if found.cadence or found.first or _SOON.search(text):
        return found
    if plan is None or plan.check_ins is None:
        return None
    said = words.read(plan.check_ins.text, Calendar(order=order, start=plan.start_date, end=plan.end_date))
    return said.model_copy(update={"at": found.at or said.at}) if said.cadence else None


def single(text: str, found: Rhythm, today: date) -> tuple[date, ...]:
    """The days of meetings that do not recur."""
    if found.cadence and (found.sure or found.cadence is Cadence.FORTNIGHTLY):
        return ()
    if found.first:
        return (found.first,)
    if match := _SOON.search(text):
        return (today + timedelta(days=match["which"].lower() != "today"),)
    if found.cadence is Cadence.MILESTONES:
        return ()
    return tuple(today + timedelta(days=(weekday - today.weekday()) % 7 or 7) for weekday in found.weekdays)


def one(
    turn: Turn, on: tuple[date, ...], found: Rhythm, who: str, zone: str, diary: Diary | None
) -> list[Move]:
    """Meetings that do not recur, put in the list and said back; the time is asked where it is missing."""
    says = turn.library.meetings.chat
    if found.at is None:
        return [say(turn, list(says.ask_time), series=" and ".join(day(each) for each in on))]
    minutes = {"minutes": found.minutes} if found.minutes else {}
    check_ins = tuple(
        CheckIn(at=on_the_wall(each, found.at, zone), zone=zone, who=who, **minutes) for each in on
    )
    named = ", ".join(meeting(each, says) for each in check_ins)
    if diary is None:
        return [say(turn, list(says.not_stored), series=named)]
    diary.add_all(check_ins, _line(len(check_ins)))
    return [say(turn, list(says.stored_one), meeting=named), say(turn, list(says.stored_after))]


def _answer(
    turn: Turn, found: Rhythm, proposal: Proposal, end: date | None, diary: Diary | None, who: str
) -> list[Move]:
    says = turn.library.meetings.chat
    series = _series(turn, found, proposal.cadence, who)
    for missing, asks in _ASKED:
        if missing in proposal.assumed:
            return [say(turn, list(getattr(says, asks)), series=series)]
    if not proposal.check_ins:
        if end and end < turn.today:
            return [say(turn, list(says.past), last=day(end))]
        return [say(turn, list(says.all_there))]
    first, last = proposal.check_ins[0].at, proposal.check_ins[-1].at
    if diary is None:
        return [say(turn, list(says.not_stored), series=f"{series}, from {when(first)} to {day(last)}")]
    count = len(proposal.check_ins)
    diary.add_all(proposal.check_ins, _line(count))
    slots = {
        "count": str(count),
        "series": series,
        "first": when(first),
        "last": when(last),
        "meeting": meeting(proposal.check_ins[0], says),
    }
    return [
        say(turn, list(says.stored if count > 1 else says.stored_one), **slots),
        say(turn, list(says.stored_after)),
    ]


def _series(turn: Turn, found: Rhythm, cadence: Cadence, who: str) -> str:
    parts = [turn.library.meetings.series.cadences[cadence]]
    if cadence is Cadence.WEEKLY and found.every > 1:
        parts = [f"every {found.every} weeks"]
    if found.weekdays and cadence is not Cadence.DAILY:
        parts.append(f"on {' and '.join(DAYS[weekday] for weekday in found.weekdays)}")
    parts += [f"at {found.at:%H:%M}"] if found.at else []
    parts += [f"with {' '.join(who.split())}"] if who.strip() else []
    return " ".join(parts)


def _line(count: int) -> str:
    return f"{count} check-ins added" if count > 1 else "one check-in added"
