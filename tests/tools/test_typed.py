"""Goals typed into the chat are read as they stand, and used in what follows."""

import uuid
from datetime import date

import pytest

from coach.cli.chat import turn as one_turn
from coach.schema.conversation import Session
from coach.schema.enums import Route
from coach.tools import plan, typed
from tests.fakes import a_turn

TYPED = "i'm fine, i want to work on it. goals are: 1) show more ownership 2) close at least 6 tickets a sprint by 30 June 3) communicate proactively with the team. which are too vague?"


def test_goals_typed_in_one_go_are_laid_out_as_a_list():
    document = typed.laid_out(TYPED)
    assert "\n\n1. show more ownership.\n\n2. close at least 6 tickets a sprint by 30 June.\n\n3. communicate proactively with the team.\n\n" in document
    assert "i'm fine" not in document and "vague" not in document


@pytest.mark.parametrize("text", ["in week 3. 2 goals are met", "1) only one goal", "I got 22 out of 28 right. 5. was wrong", ""])
def test_what_is_no_list_is_not_laid_out(text):
    assert typed.laid_out(text) == ""


def test_typed_goals_are_answered_with_what_each_leaves_open(library, built):
    turn = a_turn(library, TYPED, route=Route.PLAN)
    text = "\n".join(move.text for move in plan.moves(turn, None, typed.read(TYPED, built.coach.read_plan)))
    assert "show more ownership.” It doesn't say how it's measured or by when." in text
    assert "by 30 June.”\n" in text, "a goal that names a date is not said to lack one"


def test_nothing_of_the_frame_is_taken_for_theirs(built):
    found = typed.read(TYPED, built.coach.read_plan)
    assert [goal.quote for goal in found.plan.goals] == ["show more ownership.", "close at least 6 tickets a sprint by 30 June.", "communicate proactively with the team."]
    assert found.plan.consequences is None


def test_a_list_over_several_lines_ends_where_the_person_goes_on(built):
    text = "ok here u go\n1. Show a better attitude\n2. Be on time for all shifts\nwhats vague in this"
    assert "whats vague" not in typed.laid_out(text)
    assert typed.checklist([text, "thanks"], built.coach.read_plan, date(2026, 12, 1)).plan.extraction.plan.goals


def test_what_nobody_typed_is_no_plan(built):
    assert typed.checklist(["they put me on a plan", "help"], built.coach.read_plan, date(2026, 12, 1)) is None


def test_questions_for_the_boss_use_the_goals_that_were_typed(built):
    session = Session(id=uuid.uuid4().hex)
    session, answer = one_turn(built, session, TYPED)
    assert answer["route"] == Route.PLAN.value and "show more ownership" in answer["reply"]
    session, answer = one_turn(built, session, "give me a list of questions for my boss")
    assert "ownership" in answer["reply"] and "employment may be terminated" not in answer["reply"]
