"""The calendar file, read by two independent readers that know nothing of the writer: icalendar and vobject."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings

from coach.checklist.ics import to_ics
from coach.meetings.series import propose
from coach.plan.dates import Order
from coach.schema.checklist import CheckInState, Checklist, Item
from tests.checklist.samples import CHECKLISTS, plan, quote

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOSTILE = 'x\r\nATTENDEE:mailto:boss@example.com\r\nEND:VEVENT\nBEGIN:VALARM\\;,:"ATTACH:http://x'


def series(zone: str) -> Checklist:
    given = plan(
        check_ins=quote("every Thursday at 2 pm for 45 minutes"),
        start_date=date(2026, 3, 2),
        end_date=date(2026, 11, 6),
    )
    found = propose(given, today=date(2026, 3, 2), zone=zone, order=Order.DAY_FIRST).check_ins
    return Checklist(
        check_ins=tuple(one.model_copy(update={"id": f"{n:032x}"}) for n, one in enumerate(found, start=1))
    )


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney"])
def test_both_show_the_same_hour_on_the_wall_before_and_after_the_clock_changes(zone):
    checklist = series(zone)
    data = to_ics(checklist, NOW)
    one = [event.decoded("dtstart") for event in icalendar.Calendar.from_ical(data).walk("VEVENT")]
    other = [event.dtstart.value for event in vobject.readOne(data.decode()).vevent_list]
    assert one == other and len(one) == len(checklist.check_ins) > 30
    for start, check_in in zip(one, checklist.check_ins, strict=True):
        assert start.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == check_in.at
        assert (check_in.at.hour, check_in.at.minute) == (14, 0)


def test_both_find_the_reminders_and_the_length():
    data = to_ics(series("Europe/London"), NOW)
    for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
        assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [
            timedelta(days=-1),
            timedelta(minutes=-30),
        ]
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=45)
    for event in vobject.readOne(data.decode()).vevent_list:
        assert [alarm.trigger.value for alarm in event.valarm_list] == [
            timedelta(days=-1),
            timedelta(minutes=-30),
        ]


def test_both_know_a_changed_check_in_by_its_name():
    checklist = series("Europe/London")
    moved = checklist.check_ins[0].model_copy(update={"version": 4, "state": CheckInState.CANCELLED})
    before, after = (
        icalendar.Calendar.from_ical(to_ics(Checklist(check_ins=(one,)), NOW)).walk("VEVENT")[0]
        for one in (checklist.check_ins[0], moved)
    )
    assert before["uid"] == after["uid"] and after["sequence"] == 4 and after["status"] == "CANCELLED"
    assert (
        vobject.readOne(to_ics(Checklist(check_ins=(moved,)), NOW).decode()).vevent.status.value
        == "CANCELLED"
    )


def test_hostile_words_stay_words_in_both():
    checklist = series("UTC")
    check_in = checklist.check_ins[0].model_copy(update={"who": HOSTILE})
    item = Item(id="f" * 32, title=HOSTILE, measure=HOSTILE, deadline=date(2026, 4, 30))
    data = to_ics(Checklist(items=(item,), check_ins=(check_in,)), NOW)
    due, meeting = icalendar.Calendar.from_ical(data).walk("VEVENT")
    clean = HOSTILE.replace("\r\n", "\n")
    assert str(due["summary"]) == f"Due: {clean}" and str(meeting["summary"]) == f"Check-in with {clean}"
    assert not {"ATTENDEE", "ATTACH"} & ({name.upper() for name in due} | {name.upper() for name in meeting})
    due, meeting = vobject.readOne(data.decode()).vevent_list
    assert due.summary.value == f"Due: {clean}" and meeting.summary.value == f"Check-in with {clean}"


@given(CHECKLISTS)
@settings(max_examples=60, deadline=None)
def test_any_checklist_is_accepted_by_both(checklist):
    data = to_ics(checklist, NOW)
    expected = sum(item.deadline is not None for item in checklist.items) + len(checklist.check_ins)
    calendar = icalendar.Calendar.from_ical(data)
    assert len(calendar.walk("VEVENT")) == expected and not any(event.errors for event in calendar.walk())
    assert len(getattr(vobject.readOne(data.decode()), "vevent_list", [])) == expected
