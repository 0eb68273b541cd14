"""When people meet: read from the plan's own words, put on real days, and nothing assumed in silence."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import UserError
from coach.meetings import rhythm
from coach.meetings.proposal import explain
from coach.meetings.series import free_slot, on_the_wall, propose, schedule
from coach.plan.dates import Calendar, Order
from coach.schema.checklist import CheckIn, CheckInKind, CheckInState
from coach.schema.meetings import Cadence, Open, Rhythm
from tests.checklist.samples import plan, quote

LONDON = "Europe/London"
START, END = date(2026, 3, 2), date(2026, 5, 29)
ZONES = [LONDON, "America/New_York", "Asia/Kolkata", "UTC", "Pacific/Apia", "Australia/Lord_Howe"]


def proposed(words, today=START, **fields):
    given = plan(check_ins=quote(words) if words else None, **{"start_date": START, "end_date": END} | fields)
    return propose(given, today=today, zone=LONDON, order=Order.DAY_FIRST)


def days(found):
    return [one.at.date().isoformat() for one in found.check_ins]


@pytest.mark.parametrize(
    ("words", "cadence", "at", "weekdays", "assumed"),
    [
        ("We meet every Monday at 10.", "weekly", "10:00", {0}, set()),
        ("a weekly one-to-one with the manager", "weekly", None, {1}, {"day", "time"}),
        ("bi-weekly on Thursdays at 2pm", "fortnightly", "14:00", {3}, {"start"}),
        ("a bi-weekly talk", "fortnightly", None, {1}, {"cadence", "day", "time", "start"}),
        ("twice a week, on Mondays and Thursdays, 9.15", "twice_weekly", "09:15", {0, 3}, set()),
        ("a daily stand-up at 9:15 a.m.", "daily", "09:15", {0, 1, 2, 3, 4}, set()),
        ("reviews after 30, 60 and 90 days", "milestones", None, None, {"time"}),
        ("every second Tuesday at 10:00, the first on 10-03-2026", "fortnightly", "10:00", {1}, set()),
        ("on every alternate Friday at 4.00 pm", "fortnightly", "16:00", {4}, {"start"}),
        ("every Wednesday at 1.30 in the staff room", "weekly", "13:30", {2}, set()),
        ("Mr Lourens will meet you every Monday at 06:30", "weekly", "06:30", {0}, set()),
        ("at least once a fortnight", "fortnightly", None, {1}, {"day", "time", "start"}),
        ("the first Tuesday of each month at noon", "monthly", "12:00", {1}, set()),
        ("every Sunday at 4.30 pm", "weekly", "16:30", {6}, set()),
        ("regular meetings as needed", "weekly", None, {1}, {"cadence", "day", "time"}),
        ("", "weekly", None, {1}, {"cadence", "day", "time"}),
    ],
)  # fmt: skip
def test_the_plans_own_words_make_the_series(words, cadence, at, weekdays, assumed):
    found = proposed(words)
    assert found.cadence == cadence and set(found.assumed) == assumed and found.words == words
    assert found.check_ins and all(START <= one.at.date() <= END for one in found.check_ins)
    if weekdays is not None:
        assert {one.at.weekday() for one in found.check_ins} == weekdays
    assert {f"{one.at:%H:%M}" for one in found.check_ins} == {at or "10:00"}
    assert {(one.who, one.zone, one.state) for one in found.check_ins} == {
        ("Bea", LONDON, CheckInState.PLANNED)
    }


def test_dates_and_lengths():
    assert days(proposed("every second Tuesday, first on 10-03-2026")) == [
        "2026-03-10", "2026-03-24", "2026-04-07", "2026-04-21", "2026-05-05", "2026-05-19",
    ]  # fmt: skip
    assert days(proposed("on 22/03/2026, 13/04/2026 and 17/11/2026 at 9")) == ["2026-03-22", "2026-04-13"]
    assert days(proposed("reviews at 30, 60 and 90 days")) == ["2026-04-01", "2026-05-01", "2026-05-29"]
    assert days(proposed("every 3 weeks on Friday")) == [
        "2026-03-06",
        "2026-03-27",
        "2026-04-17",
        "2026-05-08",
        "2026-05-29",
    ]
    assert days(proposed("the last Friday of each month")) == ["2026-03-27", "2026-04-24", "2026-05-29"]
    halves = proposed("a review at the midpoint and a final review")
    assert [one.kind for one in halves.check_ins] == [CheckInKind.MIDPOINT, CheckInKind.FINAL]
    assert {one.minutes for one in proposed("every Friday at 3 pm for ten minutes").check_ins} == {10}
    assert {one.minutes for one in proposed("every Friday at 11:30 for half an hour").check_ins} == {30}


def test_a_day_by_which_something_is_due_is_no_day_to_meet():
    found = proposed("We meet weekly on Tuesday at 9. Send your notes by Monday.")
    assert {one.at.weekday() for one in found.check_ins} == {1}


def test_every_second_week_keeps_its_beat_when_it_is_asked_for_late():
    whole = days(proposed("every second Thursday at 10"))
    assert days(proposed("every second Thursday at 10", today=date(2026, 3, 20))) == [
        day for day in whole if day >= "2026-03-20"
    ]


def test_without_an_end_it_is_short_and_the_end_is_asked():
    found = proposed("every Monday at 10", end_date=None)
    assert days(found) == ["2026-03-02", "2026-03-09", "2026-03-16"] and Open.END in found.assumed


def test_a_plan_that_is_over_gets_none_and_a_kept_day_no_second_one():
    assert proposed("every Monday at 10", today=date(2026, 6, 1)).check_ins == ()
    first = proposed("every Monday at 10")
    again = propose(
        plan(check_ins=quote("every Monday at 10"), start_date=START, end_date=END),
        today=START, zone=LONDON, there=first.check_ins[:3],
    )  # fmt: skip
    assert again.check_ins == first.check_ins[3:]


def test_a_time_that_is_given_counts():
    found = propose(plan(check_ins=quote("weekly")), today=START, zone=LONDON, at=time(8, 5))
    assert Open.TIME not in found.assumed and {one.at.time() for one in found.check_ins} == {time(8, 5)}


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../../etc/passwd", "x" * 3000])
def test_an_unknown_zone_is_one_sentence(zone):
    with pytest.raises(UserError, match="time zone"):
        propose(None, today=START, zone=zone)


RHYTHMS = st.builds(
    Rhythm,
    cadence=st.none() | st.sampled_from(Cadence),
    weekdays=st.sets(st.integers(0, 6), max_size=3).map(sorted).map(tuple),
    every=st.integers(1, 4), nth=st.sampled_from([None, 1, 2, 3, 4, -1]), at=st.none() | st.times().map(lambda at: at.replace(microsecond=0)),
    minutes=st.none() | st.integers(1, 240), first=st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    until=st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    days=st.lists(st.dates(date(2026, 1, 1), date(2028, 12, 31)), max_size=3).map(sorted).map(tuple),
    marks=st.lists(st.integers(1, 120), max_size=3).map(tuple), midpoint=st.booleans(), final=st.booleans(),
)  # fmt: skip
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(RHYTHMS, DAYS, st.integers(0, 200), DAYS, st.sampled_from(ZONES))
@settings(max_examples=300, deadline=None)
def test_any_rhythm_stays_between_today_and_the_end(found, start, length, today, zone):
    end = start + timedelta(days=length)
    series = schedule(found, start=start, end=end, today=today, zone=zone)
    at = [one.at for one in series.check_ins]
    assert at == sorted(at) and len({one.date() for one in at}) == len(at)
    assert all(today <= one.date() <= end for one in at)
    for one in at:
        there = ZoneInfo(zone)
        assert one.replace(tzinfo=there).astimezone(UTC).astimezone(there).replace(tzinfo=None) == one
    if found.cadence is Cadence.DAILY and not found.days:
        assert all(one.weekday() < 5 for one in at)


@given(st.integers(0, 6), st.integers(1, 4), DAYS, st.integers(30, 200))
@settings(max_examples=150, deadline=None)
def test_every_n_weeks_means_every_n_weeks(weekday, every, start, length):
    found = Rhythm(cadence=Cadence.WEEKLY, weekdays=(weekday,), every=every, at=time(9))
    at = [
        one.at
        for one in schedule(
            found, start=start, end=start + timedelta(days=length), today=start, zone="UTC"
        ).check_ins
    ]
    assert all(one.weekday() == weekday for one in at)
    assert all(later - earlier == timedelta(weeks=every) for earlier, later in zip(at, at[1:], strict=False))
    assert (at[0].date() - start).days < 7


@given(DAYS, st.integers(60, 300))
@settings(max_examples=150, deadline=None)
def test_once_a_month_skips_no_month_and_no_working_day_is_invented(start, length):
    at = [
        one.at.date()
        for one in schedule(
            Rhythm(cadence=Cadence.MONTHLY),
            start=start,
            end=start + timedelta(days=length),
            today=start,
            zone="UTC",
        ).check_ins
    ]
    assert at and all(day.weekday() < 5 for day in at)
    assert all(26 <= (later - earlier).days <= 35 for earlier, later in zip(at, at[1:], strict=False))


@pytest.mark.parametrize(
    ("day", "when", "zone", "shows"),
    [
        (date(2026, 3, 29), time(1, 30), LONDON, datetime(2026, 3, 29, 2, 30)),  # that hour does not exist
        (date(2026, 10, 25), time(1, 30), LONDON, datetime(2026, 10, 25, 1, 30)),  # this one comes twice
        (date(2028, 2, 29), time(9), "America/New_York", datetime(2028, 2, 29, 9)),
    ],
)
def test_the_clock_on_the_wall(day, when, zone, shows):
    assert on_the_wall(day, when, zone) == shows


@given(st.text(max_size=200), st.sampled_from(Order))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text, order):
    rhythm.read(text, Calendar(order=order, start=START, end=END))


@pytest.mark.parametrize(
    ("text", "at"),
    [("at 9.15", "09:15"), ("at 4:15 p.m.", "16:15"), ("12 am", "00:00"), ("12pm", "12:00"), ("at 2", "14:00"), ("at noon", "12:00"),
     ("on 10.03.2026", None), ("97.50 %", None), ("in Meeting Room 2", None), ("at 30 days", None), ("25:10", None), ("at 08", "08:00")],
)  # fmt: skip
def test_times_of_day(text, at):
    found = rhythm.clock(text)
    assert (f"{found:%H:%M}" if found else None) == at


MISSED = CheckIn(
    id="a" * 32, at=datetime(2026, 3, 5, 14), zone=LONDON, who="Bea", state=CheckInState.CANCELLED
)


def test_a_free_slot_is_the_next_working_day_at_the_same_hour():
    friday = MISSED.model_copy(
        update={"id": "b" * 32, "at": datetime(2026, 3, 6, 9), "state": CheckInState.PLANNED}
    )
    assert free_slot(MISSED, (), today=START, end=END).at == datetime(2026, 3, 6, 14)
    assert free_slot(MISSED, (friday,), today=START, end=END).at == datetime(2026, 3, 9, 14)
    assert free_slot(MISSED, (), today=date(2026, 3, 20), end=END).at == datetime(2026, 3, 23, 14)
    assert free_slot(MISSED, (), today=START, end=date(2026, 3, 5)) is None
    full = tuple(
        MISSED.model_copy(
            update={"id": f"{n:032x}", "at": datetime(2026, 3, 5 + n, 9), "state": CheckInState.PLANNED}
        )
        for n in range(1, 9)
    )
    assert free_slot(MISSED, full, today=START, end=END) is None


def test_what_stands_in_is_said_and_asked(library):
    page = explain(proposed("a bi-weekly talk", end_date=None), library.meetings)
    rows = {section.key: [row.text for row in section.rows] for section in page.sections}
    assert (
        "“a bi-weekly talk”" in page.lead
        and len(rows["asks"]) == 5
        and all(row.endswith("?") for row in rows["asks"])
    )
    sure = explain(proposed("every Monday at 10"), library.meetings)
    assert [section.key for section in sure.sections] == ["dates"] and "invites nobody" in sure.close
    assert explain(proposed("every Monday", today=date(2027, 1, 1)), library.meetings).sections == ()
