"""A faint sign is asked about once; what a rule found is always asked about."""

import dataclasses
from datetime import UTC, datetime

import pytest

from coach.guardrails.danger import Danger
from coach.schema.conversation import Fact, Message, Move, Session
from coach.schema.enums import Route
from coach.tools.gentle import with_care
from coach.tools.turn import Picker
from tests.fakes import a_turn

REPLY = [Move(kind="inform", text="Ask for a copy."), Move(kind="ask", text="When do you meet?")]
FAINT = Danger(kind="suicide", level="soft", reason="second look: may be danger")
RULE = Danger(kind="suicide", level="soft", reason="tired-soft")


def asked(turn, heard) -> list[str]:
    return [move.text for move in with_care(turn, REPLY, heard) if move.kind == "ask"]


@pytest.mark.parametrize(("heard", "kind"), [(FAINT, "faint"), (RULE, "lines")])
def test_the_gentle_question_is_the_only_one(library, heard, kind):
    (question,) = asked(a_turn(library, "i can't do this"), heard)
    assert question in library.lines["gentle"][kind]


def test_a_faint_sign_is_asked_about_once_and_a_rule_again(library):
    turn = a_turn(library, "i can't do this")
    asked(turn, FAINT)
    later = a_turn(library, "so tired", shown=tuple(turn.picker.used))
    assert isinstance(later.picker, Picker)
    assert asked(later, FAINT) == ["When do you meet?"]
    assert asked(later, RULE)[0] in library.lines["gentle"]["lines"]


def test_without_danger_nothing_changes(library):
    assert with_care(a_turn(library, "hello"), REPLY, Danger()) == REPLY


def test_who_answers_the_question_is_not_asked_again(library):
    gentle = library.lines["gentle"]
    denied = Danger(kind="suicide", level="soft", reason="says they are not in danger, and goes on")
    before = Session(id="s", messages=(Message(author="coach", text=f"Some guidance.\n\n{gentle['lines'][1]}", at=datetime(2026, 12, 1, 20, tzinfo=UTC)),))
    turn = dataclasses.replace(a_turn(library, "no im not suicidal, what do i say on thursday"), session=before)
    moves = with_care(turn, [Move(kind="inform", text="Say this.")], denied)
    assert moves[0].text in gentle["answered"] and moves[-1].text == "Say this."
    unasked = with_care(a_turn(library, "no im not suicidal"), [Move(kind="inform", text="Say this.")], denied)
    assert unasked[-1].text in gentle["lines"], "who brings it up unasked is asked about it"


def test_an_everyday_request_is_done_without_the_question(library):
    draft = dataclasses.replace(a_turn(library, "shoot me now, he wants a statement by noon. help me put one together"), route=Route.DRAFT)
    assert asked(draft, FAINT) == ["When do you meet?"]
    assert asked(draft, RULE)[0] in library.lines["gentle"]["lines"]
    sad = dataclasses.replace(a_turn(library, "shoot me now, write it for me"), route=Route.DRAFT, found={"feeling": Fact(value="sad")})
    assert asked(sad, FAINT)[0] in library.lines["gentle"]["faint"], "with a feeling it is asked"
