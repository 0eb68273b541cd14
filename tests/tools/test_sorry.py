"""Whoever has to say it twice hears that the coach noticed."""

import pytest

from coach.schema.conversation import Move
from coach.tools.sorry import own_up
from tests.fakes import a_turn

REPLY = [Move(kind="reflect", text="So it's Monday."), Move(kind="inform", text="Ask for a copy.")]


@pytest.mark.parametrize(
    "text",
    ["60 i told you that in the first msg", "losing the flat, i just said", "week 2 like i said", "did you even read what i wrote", "i literally just typed the 4 goals"],
)
def test_an_apology_takes_the_place_of_the_opening(library, text):
    moves = own_up(a_turn(library, text, history=("a",)), REPLY)
    assert moves[0].text in library.lines["sorry"]["lines"]
    assert [move.text for move in moves[1:]] == ["Ask for a copy."]


@pytest.mark.parametrize("text", ["i told him that last week", "I told my mum", "already answered him thx", "she said the targets stand"])
def test_what_was_told_to_others_needs_none(library, text):
    assert own_up(a_turn(library, text, history=("a",)), REPLY) == REPLY


def test_the_first_message_cannot_have_been_missed(library):
    assert own_up(a_turn(library, "i told you"), REPLY) == REPLY
