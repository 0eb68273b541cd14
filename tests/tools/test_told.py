"""A meeting that was told in the chat: its day and time in the person's own words, offered and never put in unasked."""

import dataclasses
from datetime import UTC, date, datetime, time

import pytest

from coach.schema.checklist import CheckIn, CheckInState, Checklist
from coach.schema.conversation import Known, Message, Session
from coach.schema.enums import Route
from coach.tools import check_in
from coach.tools.told import Told, meeting_in, told
from coach.understand import facts
from tests.fakes import a_turn

WRITTEN = datetime(2026, 3, 17, 9, tzinfo=UTC)  # a Tuesday
TODAY = WRITTEN.date()


@pytest.mark.parametrize(
    ("text", "on", "at", "who"),
    [
        ("I have the meeting with HR on Thursday at ten", date(2026, 3, 19), time(10), "HR"),
        ("My meeting is tomorrow at 2pm with Dana Reeve", date(2026, 3, 18), time(14), "Dana Reeve"),
        ("we meet on 24 March at 14:30 about the plan", date(2026, 3, 24), time(14, 30), ""),
        ("the meeting is on friday", date(2026, 3, 20), None, ""),
    ],
)
def test_day_time_and_name_are_the_persons(text, on, at, who):
    found = meeting_in(text, WRITTEN)
    assert found == Told(quote=text, on=on, at=at, who=who)


@pytest.mark.parametrize("text", ["we meet every Tuesday at 10", "I had the meeting on Monday", "they want to see me in an hour", "Monday 2pm and Friday 3pm they meet me", ""])
def test_what_is_not_one_day_ahead_is_not_guessed(text):
    assert meeting_in(text, WRITTEN) is None


def a_session(text: str) -> Session:
    known = facts.merge(Known(), facts.find(text, Known(), None))
    return Session(id="t", known=known, messages=(Message(author="person", text=text, at=WRITTEN),))


def test_it_is_offered_until_that_day_has_a_check_in():
    session = a_session("I feel sick. I have the meeting with HR on Thursday at ten. What now?")
    found = told(session, Checklist(), TODAY)
    assert found and found.quote == "I have the meeting with HR on Thursday at ten." and found.on == date(2026, 3, 19)
    there = CheckIn(id="1" * 32, at=datetime(2026, 3, 19, 15), zone="Europe/London")
    assert told(session, Checklist(check_ins=(there,)), TODAY) is None
    off = there.model_copy(update={"state": CheckInState.CANCELLED})
    assert told(session, Checklist(check_ins=(off,)), TODAY) == found
    assert told(session, Checklist(), date(2026, 3, 20)) is None
    assert told(None, Checklist(), TODAY) is None and told(Session(id="u"), Checklist(), TODAY) is None


class Shelf:
    """Remembers what it was told to keep."""

    def __init__(self) -> None:
        self.kept: list = []

    def add(self, record):
        self.kept.append(record)
        return record

    def add_all(self, records, line):
        self.kept += records


def test_it_is_put_in_when_the_person_asks_for_it(library):
    shelf, session = Shelf(), a_session("I have the meeting with HR on Thursday at ten")
    turn = dataclasses.replace(a_turn(library, "put it in my list please", route=Route.CHECK_IN), session=session, today=TODAY)
    said = " ".join(move.text for move in check_in.moves(turn, Checklist(), shelf, "Europe/London"))
    assert [(one.at, one.who) for one in shelf.kept] == [(datetime(2026, 3, 19, 10), "HR")] and "19 March 2026 at 10:00" in said
