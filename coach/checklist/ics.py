"""Deadlines and check-ins as a calendar file (RFC 5545). Pure: the clock is passed in, bytes out.

Nobody is invited and nothing is fetched: no ATTENDEE, ORGANIZER, ATTACH or URL. Entries are marked private, because a
calendar is often shared. What was dropped or cancelled comes as cancelled, so that an earlier import is corrected.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from coach.checklist.progress import FINISHED
from coach.checklist.words import short
from coach.errors import UserError
from coach.schema.checklist import CheckIn, CheckInState, Checklist, Item, Origin, PlanVersion

LONGEST_LINE = 75  # octets
AT_NINE_THE_DAY_BEFORE = "-PT15H"  # counted from the midnight at which an all-day entry begins
BEFORE_A_MEETING = ("-P1D", "-PT30M")
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def to_ics(checklist: Checklist, now: datetime) -> bytes:
    """One calendar with an all-day entry for each deadline and a timed one, in UTC, for each check-in."""
    stamp = _moment(now.astimezone(UTC))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PIP Coach//Checklist//EN", "CALSCALE:GREGORIAN"]
    for item in checklist.items:
        if item.deadline:
            lines += _deadline(item, item.deadline, stamp)
    if checklist.plan:
        lines += _plan_end(checklist.plan, stamp)
    for check_in in checklist.check_ins:
        lines += _check_in(check_in, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in fold(line)).encode()


def escape(text: str) -> str:
    """Text as the value of a property: one line, no control characters."""
    text = _UNWANTED.sub("", re.sub(r"\r\n?|[\u0085\u2028\u2029]", "\n", text))
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def fold(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets; every part but the first starts with a space. No character is cut."""
    part, room = "", LONGEST_LINE
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield part
            part, room = " ", LONGEST_LINE - 1
        part += sign
        room -= size
    yield part


def moment(at: datetime, zone: str) -> datetime:
    """The time on the wall in `zone` as UTC. UserError for a zone that nobody knows."""
    try:
        return at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (KeyError, ValueError, OSError, OverflowError):
        raise UserError(
            f"The time zone “{short(zone)}” is not known. Choose one like Europe/London."
        ) from None


def _deadline(item: Item, day: date, stamp: str) -> list[str]:
    cancelled = item.origin == Origin.DROPPED
    remind = not cancelled and item.status not in FINISHED
    return _event(
        f"deadline-{item.id}",
        stamp,
        item.version,
        f"Due: {item.title}",
        _all_day(day),
        notes=f"Measure: {item.measure}" if item.measure else "",
        cancelled=cancelled,
        alarms=(AT_NINE_THE_DAY_BEFORE,) if remind else (),
    )


def _plan_end(plan: PlanVersion, stamp: str) -> list[str]:
    end = plan.extraction.plan.end_date if plan.extraction.plan else None
    if not end:
        return []
    reminders = (AT_NINE_THE_DAY_BEFORE,)
    return _event("plan-end", stamp, plan.number, "Last day of the plan", _all_day(end), alarms=reminders)


def _check_in(check_in: CheckIn, stamp: str) -> list[str]:
    start = moment(check_in.at, check_in.zone)
    end = start + timedelta(minutes=check_in.minutes)
    planned = check_in.state == CheckInState.PLANNED
    return _event(
        f"check-in-{check_in.id}",
        stamp,
        check_in.version,
        f"Check-in with {check_in.who}" if check_in.who.strip() else "Check-in",
        (f"DTSTART:{_moment(start)}", f"DTEND:{_moment(end)}"),
        cancelled=check_in.state == CheckInState.CANCELLED,
        alarms=BEFORE_A_MEETING if planned else (),
    )


def _all_day(day: date) -> tuple[str, ...]:
    start = f"DTSTART;VALUE=DATE:{_day(day)}"
    if day == date.max:
        return (start, "TRANSP:TRANSPARENT")  # without an end an all-day entry lasts one day
    return (start, f"DTEND;VALUE=DATE:{_day(day + timedelta(days=1))}", "TRANSP:TRANSPARENT")


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _moment(at: datetime) -> str:
    return f"{_day(at.date())}T{at:%H%M%S}Z"


def _event(
    uid: str,
    stamp: str,
    sequence: int,
    summary: str,
    when: Iterable[str],
    notes: str = "",
    cancelled: bool = False,
    alarms: Iterable[str] = (),
) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}@pip-coach.invalid",
        f"DTSTAMP:{stamp}",
        f"SEQUENCE:{sequence}",
        *when,
        f"SUMMARY:{escape(summary)}",
        "CLASS:PRIVATE",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
    ]
    if notes:
        lines.append(f"DESCRIPTION:{escape(notes)}")
    for trigger in alarms:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{trigger}"]
        lines += [f"DESCRIPTION:{escape(summary)}", "END:VALARM"]
    return [*lines, "END:VEVENT"]
