"""A series of check-ins, proposed from the plan's own words, and a free slot for one that fell out. Pure; today is passed in.

What the plan does not say stands in as a gentle default and is named in `assumed`, so that it is asked. Nothing is stored.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from coach.checklist.ics import moment
from coach.meetings import rhythm as words
from coach.plan.dates import Calendar, Order, add_months
from coach.schema.checklist import CheckIn, CheckInKind, CheckInState
from coach.schema.meetings import Cadence, Open, Proposal, Rhythm
from coach.schema.plan import Plan

USUAL_TIME = time(10)
USUAL_DAYS = {Cadence.WEEKLY: (1,), Cadence.FORTNIGHTLY: (1,), Cadence.TWICE_WEEKLY: (1, 3)}
USUAL_MINUTES = 30
WITHOUT_AN_END = timedelta(weeks=2)
LONGEST = timedelta(days=366)
REBOOK_WITHIN = 5  # working days
FRIDAY = 4


def propose(
    plan: Plan | None,
    *,
    today: date,
    zone: str,
    at: time | None = None,
    order: Order = Order.UNKNOWN,
    there: Sequence[CheckIn] = (),
) -> Proposal:
    """Check-ins from what the plan says about them. `order` is how its document writes dates, `there` what is kept already."""
    said = plan.check_ins.text if plan and plan.check_ins else ""
    start, end = (plan.start_date, plan.end_date) if plan else (None, None)
    found = words.read(said, Calendar(order=order, start=start, end=end))
    return schedule(
        found, start=start, end=end, today=today, zone=zone, who=(plan.manager or "") if plan else "", at=at, said=said, there=there
    )  # fmt: skip


def schedule(
    rhythm: Rhythm,
    *,
    start: date | None,
    end: date | None,
    today: date,
    zone: str,
    who: str = "",
    at: time | None = None,
    said: str = "",
    there: Sequence[CheckIn] = (),
) -> Proposal:
    """The rhythm as check-ins from today to the end of the plan, without days that have one already."""
    moment(datetime.combine(today, USUAL_TIME), zone)  # an unknown zone is said before anything else
    cadence = rhythm.cadence or Cadence.WEEKLY
    assumed = [] if rhythm.cadence and rhythm.sure else [Open.CADENCE]
    if not rhythm.weekdays and cadence in USUAL_DAYS:
        assumed.append(Open.DAY)
        rhythm = rhythm.model_copy(update={"weekdays": USUAL_DAYS[cadence]})
    if at is None and rhythm.at is None:
        assumed.append(Open.TIME)
    begin = rhythm.first or start or today
    if rhythm.first is None and (rhythm.every > 1 or (start is None and (rhythm.marks or rhythm.midpoint))):
        assumed.append(Open.START)
    last = min((day for day in (rhythm.until, end) if day), default=None)
    if last is None and rhythm.days:
        last = rhythm.days[-1]
    if last is None:
        assumed.append(Open.END)
        last = max(begin, today) + (timedelta(days=max(rhythm.marks)) if rhythm.marks else WITHOUT_AN_END)
    taken = {one.at.date() for one in there if one.state is not CheckInState.CANCELLED}
    days = [
        day
        for day in _days(cadence, rhythm, begin, min(last, max(begin, today) + LONGEST))
        if day >= today and day not in taken
    ]
    when = at or rhythm.at or USUAL_TIME
    minutes = rhythm.minutes or USUAL_MINUTES
    check_ins = tuple(
        CheckIn(
            at=on_the_wall(day, when, zone),
            zone=zone,
            minutes=minutes,
            who=who,
            kind=_kind(rhythm, day, begin, last),
        )
        for day in days
    )
    return Proposal(check_ins=check_ins, cadence=cadence, words=said, assumed=tuple(assumed))


def on_the_wall(day: date, when: time, zone: str) -> datetime:
    """What the clock shows in the zone. An hour that the clock leaves out in spring becomes the one after it."""
    there = ZoneInfo(zone)
    return datetime.combine(day, when, there).astimezone(UTC).astimezone(there).replace(tzinfo=None)


def free_slot(missed: CheckIn, there: Sequence[CheckIn], *, today: date, end: date | None) -> CheckIn | None:
    """The next working day without a check-in, at the same hour; None where the week is full or the plan over."""
    taken = {one.at.date() for one in there if one.state is CheckInState.PLANNED and one.id != missed.id}
    day = max(missed.at.date(), today)
    for _ in range(REBOOK_WITHIN):
        day = _working(day + timedelta(days=1))
        if end and day > end:
            return None
        if day not in taken:
            return CheckIn(
                at=on_the_wall(day, missed.at.time(), missed.zone), zone=missed.zone, minutes=missed.minutes, who=missed.who, kind=missed.kind
            )  # fmt: skip
    return None


def _days(cadence: Cadence, rhythm: Rhythm, begin: date, last: date) -> list[date]:
    extra = list(_marked(rhythm, begin, last))
    if cadence is Cadence.MILESTONES:
        return sorted(set(extra))
    if cadence is Cadence.DAILY:
        regular = (day for day in _each(begin, last) if day.weekday() <= FRIDAY)
    elif cadence is Cadence.MONTHLY:
        regular = _monthly(rhythm, begin, last)
    else:
        regular = _weekly(rhythm, begin, last)
    return sorted({*regular, *extra})


def _weekly(rhythm: Rhythm, begin: date, last: date) -> Iterator[date]:
    first = next(day for day in _each(begin, begin + timedelta(days=6)) if day.weekday() in rhythm.weekdays)
    week = first - timedelta(days=first.weekday())
    for day in _each(first, last):
        if day.weekday() in rhythm.weekdays and (day - week).days // 7 % rhythm.every == 0:
            yield day


def _monthly(rhythm: Rhythm, begin: date, last: date) -> Iterator[date]:
    if not rhythm.weekdays:
        months = (add_months(begin, count) for count in range(0 if rhythm.first else 1, 14))
        yield from (day for day in map(_working, months) if day <= last)
        return
    weekday = rhythm.weekdays[0]
    first = next(day for day in _each(begin, begin + timedelta(days=6)) if day.weekday() == weekday)
    nth = rhythm.nth or min((first.day + 6) // 7, 4)
    for day in _each(begin, last):
        if day.weekday() == weekday and (
            nth == _nth(day) or (nth == -1 and (day + timedelta(days=7)).month != day.month)
        ):
            yield day


def _nth(day: date) -> int:
    return (day.day + 6) // 7


def _marked(rhythm: Rhythm, begin: date, last: date) -> Iterator[date]:
    yield from (day for day in rhythm.days if day <= last)
    for mark in rhythm.marks:
        day = begin + timedelta(days=mark)
        if day <= last + timedelta(days=7):  # 90 days counted from the first often end a day after the plan
            yield _within(min(day, last), last)
    if rhythm.midpoint and last > begin:
        yield _within(begin + (last - begin) // 2, last)
    if rhythm.final:
        yield _within(last, last)


def _within(day: date, last: date) -> date:
    moved = _working(day)
    return moved if moved <= last else day - timedelta(days=day.weekday() - FRIDAY)


def _working(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(7 - day.weekday(), 0)) if day.weekday() > FRIDAY else day


def _each(first: date, last: date) -> Iterator[date]:
    return islice(
        (first + timedelta(days=count) for count in range(LONGEST.days * 2)), max((last - first).days + 1, 0)
    )


def _kind(rhythm: Rhythm, day: date, begin: date, last: date) -> CheckInKind:
    if rhythm.final and day == _within(last, last):
        return CheckInKind.FINAL
    if rhythm.midpoint and day == _within(begin + (last - begin) // 2, last):
        return CheckInKind.MIDPOINT
    return CheckInKind.CHECK_IN
