"""Words to send in the chat: the right kind, the person's own facts in it, one question at most."""

import re

import pytest

from coach.schema.enums import Route
from coach.tools import drafting
from tests.fakes import a_turn


def reply(library, text, **more):
    return drafting.moves(a_turn(library, text, route=Route.DRAFT, **more), None)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("recap of what we agreed today: 90% by June, friday calls, she's ordering the scanner", ["- 90% by June", "- friday calls", "- you are ordering the scanner"]),
        ("status update for week 4: 12 audits done, 2 open", ["week 4", "- 12 audits done", "- 2 open"]),
        ("thank you note to Anita for mentoring me, nothing soppy", ["Hello Anita,", "Thank you for mentoring me."]),
        ("thank you mail, he did actually fix the printer like he said", ["Thank you for fixing the printer."]),
        ("message to my lead, I need the forklift course he promised for week 2", ["the forklift course", "week 2"]),
        ("Two of the dates in the plan are wrong, I want that corrected", ["1. It says", "2. It says"]),
        ("she cancelled tuesday, rebook for friday 10am", ["Tuesday", "Friday 10am"]),
        ("short note to Pavel, can we meet before thursday", ["Hello Pavel,", "before Thursday|Before Thursday"]),
        ("mail to HR asking for an extension of 15 days", ["I'd like to ask for an extension of 15 days."]),
        ("soften this: 'You lied about the rota on 3 May'", ["I remember the rota on 3 May differently"]),
    ],
)  # fmt: skip
def test_the_facts_of_the_message_stand_in_the_draft(library, text, inside):
    said = "\n".join(move.text for move in reply(library, text))
    assert all(re.search("|".join(map(re.escape, part.split("|"))), said) for part in inside), said


@pytest.mark.parametrize("text", ["draft", "recap please", "write an update", "thank you note", "make this less angry", "corrections to the plan", "text for my colleagues", "word it so i get it in writing", "a reflection statement by noon", "{x} 'y'", ""])
def test_without_facts_there_is_something_to_use_and_one_question_at_most(library, text):
    moves = reply(library, text)
    assert moves and all(move.text.strip() for move in moves)
    assert sum(move.kind == "ask" for move in moves) <= 1
    assert not re.search(r"\{\w+\}", "".join(move.text for move in moves).replace("{x}", ""))


def test_a_calm_text_is_left_as_it_is(library):
    (said,) = reply(library, "make this less angry: 'Could we move the check-in to Thursday at 10?'")
    assert "Thursday" not in said.text and "[" not in said.text


def test_the_tenth_draft_is_still_an_answer(library):
    shown: tuple[str, ...] = ()
    for number in range(10):
        turn = a_turn(library, "another recap", route=Route.DRAFT, shown=shown, history=("x",) * number)
        assert len(drafting.moves(turn, None)) >= 2
        shown = (*shown, *turn.picker.used)
