"""Dates: read as the document shows them, never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.plan import dates
from coach.plan.dates import Calendar, Order

START = date(2026, 4, 13)  # a Monday
CALENDAR = Calendar(order=Order.DAY_FIRST, sent=START, start=START)
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))


def values(text, calendar=CALENDAR):
    return [found.value for found in dates.find(text, calendar)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("By this Friday you send me the list", date(2026, 4, 17)),
        ("by Wednesday of the second week you show it", date(2026, 4, 22)),
        ("done by Friday of next week", date(2026, 4, 24)),
        ("within 30 days of the start of this plan", date(2026, 5, 13)),
        ("Within 10 working days of the start", date(2026, 4, 27)),
        ("by the end of week 6", date(2026, 5, 22)),
        ("Balance of 31/5/26.", date(2026, 5, 31)),
        ("by 15 May", date(2026, 5, 15)),
        ("by January 9", date(2027, 1, 9)),  # without a year: the next one after the start
        ("end of May", date(2026, 5, 31)),
        ("May 12, 2026", date(2026, 5, 12)),
        ("7th September, 2026", date(2026, 9, 7)),
        ("2026-06-12", date(2026, 6, 12)),
        ("before the fifteenth of October", date(2026, 10, 15)),
        ("by the twenty-first of May 2026", date(2026, 5, 21)),
        ("the thirty-first of June", None),
        ("To be met by 27.03.2027 and kept", date(2027, 3, 27)),
    ],
)
def test_a_date_is_read(text, day):
    assert values(text) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "within 15 business days of receipt",
        "Each call is returned within one business day",
        "10 of the 12 lists in the plan period",
        "four weeks in a row",
        "Ongoing",
        "every Friday by 4 pm",
        "a score of 80 % or more",
        "less than 7/10",
        "31/02/2026 is no day",
    ],
)
def test_what_is_no_deadline_is_left_alone(text):
    assert [value for value in values(text) if value] == []


def test_an_ambiguous_date_is_not_guessed():
    text = "Finish by 04/05/2026."
    assert dates.order_of(text) is Order.UNKNOWN
    assert values(text, Calendar()) == [None]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("03/09/2026 and 05/28/2026", Order.MONTH_FIRST),
        ("03/09/2026 and 28/05/2026", Order.DAY_FIRST),
        ("All dates are written day-month-year. 02-03-2026", Order.DAY_FIRST),
        ("Monday 02/03/2026", Order.DAY_FIRST),  # the second of March was a Monday, the third of February a Tuesday
        ("Tuesday 02/03/2026", Order.MONTH_FIRST),
        ("Quillstone Ltd, 04/05/2026", Order.DAY_FIRST),
        ("at-will employment, 04/05/2026", Order.MONTH_FIRST),
    ],
)
def test_the_document_says_what_comes_first(text, order):
    assert dates.order_of(text) is order


@given(DAYS)
def test_iso_and_long_dates_read_back(day):
    for text in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}"):
        assert values(f"by {text}.", Calendar()) == [day]


@given(DAYS, st.sampled_from(["/", "-", "."]))
def test_numeric_dates_read_back_in_the_order_that_is_known(day, mark):
    for order, text in (
        (Order.DAY_FIRST, f"{day.day:02}{mark}{day.month:02}{mark}{day.year}"),
        (Order.MONTH_FIRST, f"{day.month:02}{mark}{day.day:02}{mark}{day.year}"),
    ):
        assert values(f"due {text} at noon", Calendar(order=order)) == [day]


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_and_places_are_exact(text):
    for found in dates.find(text, CALENDAR):
        assert 0 <= found.start < found.end <= len(text)
        assert found.words.strip() in text


@given(DAYS, st.integers(1, 60))
def test_working_days_skip_weekends(start, count):
    end = dates.add_working_days(start, count)
    between = [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]
    assert sum(day.weekday() < 5 for day in between) == count
    assert end.weekday() < 5


@given(DAYS, st.integers(0, 36))
def test_months_keep_the_day_or_take_the_last_one(start, count):
    end = dates.add_months(start, count)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day == start.day or (end + timedelta(days=1)).day == 1
