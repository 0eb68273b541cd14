"""The chat about check-ins: stored and said back, asked where something is missing, one question at most."""

import dataclasses
from datetime import date, datetime

import pytest

from coach.schema.checklist import CheckIn, CheckInState, Checklist, Entry
from coach.schema.enums import Route
from coach.tools import check_in
from coach.tools.ask import asks_something
from tests.checklist.samples import plan
from tests.fakes import a_turn
from tests.meetings.samples import AHEAD, HELD, a_checklist

TODAY = date(2026, 3, 17)  # a Tuesday
LONDON = "Europe/London"


class Shelf:
    """Remembers what it was told to keep."""

    def __init__(self) -> None:
        self.kept: list = []
        self.steps = 0

    def add(self, record):
        self.kept.append(record)
        self.steps += 1
        return record

    def add_all(self, records, line):
        self.kept += records
        self.steps += 1

    def change(self, seen, *, along=None, **changes):
        self.kept += [along] if along else []
        self.kept.append(after := seen.model_copy(update=changes))
        self.steps += 1
        return after


def say(library, text, checklist=None, shelf=None, history=(), route=Route.CHECK_IN, today=TODAY):
    turn = dataclasses.replace(a_turn(library, text, route=route), today=today, history=list(history))
    moves = check_in.moves(turn, checklist, shelf, LONDON)
    asked = [
        move.text
        for move in moves
        if move.kind != "words" and not move.text.startswith((">", "**")) and asks_something(move.text)
    ]
    assert len(asked) <= 1, asked
    return "\n".join(move.text for move in moves)


def test_a_series_is_stored_to_the_end_of_the_plan_and_said_back(library):
    shelf = Shelf()
    said = say(
        library,
        "put me down for mondays and thursdays 9.15 with Farida till the plan runs out",
        a_checklist(check_ins=()),
        shelf,
    )
    assert (
        shelf.steps == 1
        and {one.at.weekday() for one in shelf.kept} == {0, 3}
        and {one.who for one in shelf.kept} == {"Farida"}
    )
    assert {f"{one.at:%H:%M}" for one in shelf.kept} == {"09:15"} and shelf.kept[-1].at.date() == date(
        2026, 5, 28
    )
    assert (
        str(len(shelf.kept)) in said and "Monday and Thursday at 09:15 with Farida" in said and "Undo" in said
    )


@pytest.mark.parametrize(
    ("text", "end", "asked"),
    [
        ("put me down every Tuesday", date(2026, 5, 29), "time"), ("weekly check-ins at 10 please", date(2026, 5, 29), "day"),
        ("put me down every Tuesday at 10", None, "end"),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_and_nothing_is_stored(library, text, end, asked):
    shelf = Shelf()
    checklist = a_checklist(check_ins=())
    version = checklist.plan.model_copy(
        update={
            "extraction": checklist.plan.extraction.model_copy(
                update={"plan": plan(end_date=end, check_ins=None)}
            )
        }
    )
    said = say(library, text, checklist.model_copy(update={"plan": version}), shelf)
    assert shelf.kept == [] and said.count("?") == 1
    assert {"time": "ime", "day": "day", "end": "end"}[asked] in said


def test_a_short_answer_completes_the_message_before(library):
    shelf = Shelf()
    said = say(library, "at 2pm", a_checklist(check_ins=()), shelf, history=["put me down every Tuesday"])
    assert {f"{one.at:%A %H:%M}" for one in shelf.kept} == {"Tuesday 14:00"} and "Tuesday at 14:00" in said
    shelf = Shelf()
    say(library, "30 June", None, shelf, history=["put me down every Tuesday at 9"])
    assert shelf.kept[-1].at == datetime(2026, 6, 30, 9)


def test_the_plans_own_words_are_used_where_the_message_has_none(library):
    shelf = Shelf()
    say(library, "schedule the check-ins from my plan", a_checklist(check_ins=()), shelf)
    assert {f"{one.at:%A %H:%M}" for one in shelf.kept} == {"Thursday 14:00"}  # "every Thursday at 2 pm"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("put me down for thursday 2pm with Bea", datetime(2026, 3, 19, 14)), ("put me down for tomorrow at 10", datetime(2026, 3, 18, 10)),
        ("put me down for 26 March at 9.30", datetime(2026, 3, 26, 9, 30)),
    ],
)  # fmt: skip
def test_one_meeting_is_one_meeting(library, text, at):
    shelf = Shelf()
    said = say(library, text, a_checklist(check_ins=()), shelf)
    assert [one.at for one in shelf.kept] == [at] and f"{at:%H:%M}" in said


def test_without_a_store_nothing_is_claimed(library):
    said = say(
        library, "put me down for mondays and thursdays 9.15 with Farida till the plan runs out", None, None
    )
    assert (
        "Monday and Thursday at 09:15 with Farida" in said
        and "end" in said
        and "in your list" not in said.split("?")[0]
    )


def test_after_the_plan_nothing_is_added(library):
    shelf = Shelf()
    said = say(library, "put me down every Tuesday at 10", a_checklist(), shelf, today=date(2026, 7, 1))
    assert shelf.kept == [] and "29 May 2026" in said


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("she cancelled again", CheckInState.CANCELLED), ("they called it off", CheckInState.CANCELLED),
        ("he didn't turn up on thursday", CheckInState.MISSED), ("cancelled again. third one. write it down somewhere", CheckInState.CANCELLED),
    ],
)  # fmt: skip
def test_a_check_in_that_fell_out_is_marked_logged_and_rebooked(library, text, state):
    shelf = Shelf()
    said = say(library, text, a_checklist(), shelf)
    entry, marked = shelf.kept
    assert shelf.steps == 1  # what one message did, one undo takes back
    assert entry == Entry(on=TODAY, text=text) and (marked.id, marked.state) == (AHEAD.id, state)
    assert f"> {text}" in said and state.value in said and "Friday, 20 March 2026 at 14:00" in said


def test_a_named_day_decides_which_one_is_meant(library):
    shelf = Shelf()
    monday = CheckIn(id="5" * 32, at=datetime(2026, 3, 16, 9), zone=LONDON, who="Bea")
    say(library, "she cancelled thursday's check-in", a_checklist(check_ins=(AHEAD, monday, HELD)), shelf)
    assert shelf.kept[1].id == AHEAD.id
    shelf = Shelf()
    say(library, "she cancelled again", a_checklist(check_ins=(AHEAD, monday, HELD)), shelf)
    assert shelf.kept[1].id == monday.id


@pytest.mark.parametrize("text", ["how many check-ins were cancelled?", "what if she cancels again?", "what do i bring on thursday", "sum up my week", "give me the agenda"])  # fmt: skip
def test_a_question_stores_nothing(library, text):
    shelf = Shelf()
    say(library, text, a_checklist(), shelf)
    assert shelf.kept == []


LOST = tuple(
    CheckIn(id=f"{n}" * 32, at=datetime(2026, 3, n, 9), zone=LONDON, state=state)
    for n, state in ((2, CheckInState.CANCELLED), (5, CheckInState.CANCELLED), (9, CheckInState.MISSED))
)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("how many were cancelled?", ["2", "2 March 2026, 5 March 2026", "cancelled"], ["9 March"]),
        ("how often did she call it off", ["2 March 2026"], ["19 March"]),
        ("how many did she miss?", ["9 March 2026", "missed"], ["5 March"]),
        ("how many check-ins are left?", ["19 March 2026", "planned"], ["5 March"]),
    ],
)
def test_a_number_is_asked_and_counted(library, text, inside, outside):
    said = say(library, text, a_checklist(check_ins=(*LOST, AHEAD, HELD)), Shelf())
    assert all(part in said for part in inside) and not any(part in said for part in outside), said


def test_none_is_a_number_too_and_notes_are_shown_beside_it(library):
    note = Entry(id="9" * 32, on=date(2026, 3, 10), text="she cancelled the 1:1")
    said = say(library, "how many were cancelled?", a_checklist(check_ins=(AHEAD,), log=(note,)), Shelf())
    assert "none" in said.lower() and "- 10 March 2026: she cancelled the 1:1" in said


def test_what_to_bring_is_one_page_from_the_notes(library):
    said = say(library, "what do I bring on Thursday", a_checklist())
    assert (
        "check-in with Bea on 19 March 2026 at 14:00" in said
        and "answered all guest emails" in said
        and "**Agreed last time**" in said
    )


def test_the_recap_is_ready_to_copy(library):
    said = say(library, "write the recap", a_checklist())
    assert (
        "> Hello Bea," in said
        and "> - send the log (who: [name], by: [date])" in said
        and "nervous" not in said
    )


def test_the_week_is_summed_up_by_goal_with_its_gaps(library):
    said = say(library, "sum up my week", a_checklist(), today=date(2026, 3, 14))
    assert (
        "13 March 2026: answered all guest emails" in said
        and "Nothing noted yet." in said
        and "read the manual" not in said
    )


def test_the_last_review_shows_goals_and_both_roads(library):
    said = say(library, "final review is next week, where do i stand", a_checklist())
    assert (
        "Double bookings: your manager confirmed it." in said
        and "work the plan" in said
        and "look at options" in said
    )


def test_other_routes_hand_over_only_what_can_be_made(library):
    turn = a_turn(library, "what do I bring on Thursday", route=Route.COACH)
    turn = dataclasses.replace(turn, today=TODAY)
    assert check_in.claimed(turn, a_checklist()).route is Route.CHECK_IN
    assert (
        check_in.claimed(turn, Checklist()).route is Route.COACH
        and check_in.claimed(turn, None).route is Route.COACH
    )
    rehearsing = dataclasses.replace(turn, route=Route.REHEARSE)
    assert check_in.claimed(rehearsing, a_checklist()).route is Route.REHEARSE
