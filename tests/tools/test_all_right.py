"""Who asks whether what they do or feel is all right hears that first; what an employer did is never judged."""

import re

import pytest

from coach.tools import all_right
from tests.fakes import a_turn

VERDICT = re.compile(r"\b(?:unfair|illegal|unlawful|odds|guarantee\w*|you(?:'re| are) right|they(?:'re| are) wrong)\b", re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "is it two faced to go to interviews while im telling my boss im all in",
        "just working till 10 every night. thats ok isnt it",
        "asking hr to sit with us, or does that make me a snitch",
        "is it bad if i interview while im on this",
        "Am I being petty or should I ask for the real figure?",
        "wanna have a backup tbh is that ok",
        "Is it normal to be this freaked out over a work thing",
    ],
)
def test_the_question_is_heard(text):
    assert all_right.asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "They ambushed me. One day fine, next day official. How is that okay",
        "Is it bad that HR will sit in on my second review",
        "is it fair that they gave me no warning",
        "is it legal to leave my phone recording",
        "what do i say on thursday",
        "he said it's ok to take friday off",
    ],
)
def test_what_others_do_is_not_judged(text):
    assert not all_right.asked(text)


def test_the_line_comes_first_and_once(library):
    turn = a_turn(library, "is it two faced to go to interviews")
    (move,) = all_right.first(turn, "time_for_interviews")
    assert move.text == library.lines["all_right"]["doings"]["time_for_interviews"]
    again = a_turn(library, "is it two faced to go to interviews", shown=tuple(turn.picker.used))
    assert all_right.first(again, "time_for_interviews") == []


def test_only_a_feeling_is_called_common(library):
    assert all_right.first(a_turn(library, "no midpoint review, is that normal"), "no_feedback") == []
    assert all_right.first(a_turn(library, "is it normal to cry all weekend"), "cried")
    assert all_right.first(a_turn(library, "what do i say tomorrow"), "cried") == []


def test_every_line_belongs_to_something_and_answers_both_ways(library):
    for lines in library.lines["all_right"].values():
        for name, text in lines.items():
            assert name in library.needs or name in library.by_id, name
            assert not re.match(r"(?:yes|no)\b", text, re.IGNORECASE), "it is asked as 'is it ok' and as 'is it wrong'"
            assert "!" not in text and "?" not in text and len(text.split()) <= 30 and not VERDICT.search(text)
