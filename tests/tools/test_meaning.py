"""The words that plans use are explained when somebody asks, and only then."""

import pytest

from coach.schema.enums import Route
from coach.tools import answer, meaning
from tests.fakes import a_turn


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('i dont understand the paper, it say "sustained improvement" and "ownership". what it mean exactly?', ["sustained improvement", "ownership"]),
        ("what does ownership even mean", ["ownership"]),
        ("what is a KPI", ["kpi"]),
        ("what do they mean by 'professionalism'?", ["professionalism"]),
    ],
)
def test_the_words_asked_about_are_found(library, text, words):
    assert meaning.asked(text, library.lines["meanings"]["words"]) == words


@pytest.mark.parametrize("text", ["I took ownership of it", "my attitude is fine", "what is the plan", "what do you mean", "the goal says ownership and i don't agree"])
def test_a_word_that_is_only_used_is_not_explained(library, text):
    assert meaning.asked(text, library.lines["meanings"]["words"]) == []


def test_the_reply_explains_each_word_and_sends_to_who_wrote_it(library):
    turn = a_turn(library, 'what does "ownership" mean?', route=Route.COACH, history=("my visa is at risk",))
    text = answer.moves(turn)[0].text
    assert library.lines["meanings"]["words"]["ownership"] in text
    assert any(text.endswith(line) for line in library.lines["meanings"]["after"])
