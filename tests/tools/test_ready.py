"""Abilities that are still to come answer honestly, declines stay firm, and the person's words are given back unchanged."""

import dataclasses
import re

import pytest

from coach.schema.enums import Route
from coach.tools import ready
from coach.tools.turn import Picker
from tests.fakes import HOME, a_turn

ROUTES = [route for route in Route if route not in (Route.COACH, Route.BOUNDARY, Route.CRISIS, Route.REHEARSE)]
KINDS = [
    pytest.param(route, name, id=f"{route}-{name}") for route in ROUTES for name, _ in ready._COMPILED[route]
]


@pytest.mark.parametrize(("route", "name"), KINDS)
def test_every_kind_has_its_text(library, route, name):
    texts = library.lines["routes"][route.value][name]
    assert texts and all(text.strip() for text in texts)
    assert not any("!" in text for text in texts)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("text", ["", "hm", "what about it?", "x" * 500])
def test_every_route_has_an_answer_to_anything(library, route, text):
    moves = ready.moves(a_turn(library, text, route=route))
    assert moves and all(move.text.strip() for move in moves)
    assert not re.search(r"\{(?:quote|home|endpoint)\}", moves[0].text)


@pytest.mark.parametrize("route", ROUTES)
def test_the_tenth_time_there_is_still_an_answer(library, route):
    shown: tuple[str, ...] = ()
    for number in range(10):
        turn = a_turn(library, "again please", route=route, shown=shown, history=("x",) * number)
        assert ready.moves(turn)[0].text.strip()
        shown = (*shown, *turn.picker.used)


@pytest.mark.parametrize(
    "text",
    [
        "log this: finished the Q3 report, sent 14:05, 0 errors",
        'note that down: she said "good work" & smiled <b>',
        "log: line one\nline two with {home} and [1] in it",
        "put this down \u2013 caf\u00e9 order n\u00b0 7, 100%",
    ],
)
def test_a_note_is_given_back_word_for_word(library, text):
    turn = a_turn(library, text, route=Route.CHECK_IN)
    quoted = 0
    for seed in range(12):  # enough to come past every variant
        (said,) = [move.text for move in ready.moves(dataclasses.replace(turn, picker=Picker(str(seed), ())))]
        if "\n> " in f"\n{said}":
            quoted += 1
            for line in text.splitlines():
                assert f"> {line}" in said.splitlines()
    assert quoted


CHOSEN = [
    (Route.PLAN, "i uploaded a scan of it", "file"),
    (Route.PLAN, "page 2 says 60 days but page 4 says 90", "conflict"),
    (Route.PLAN, "what is due first", "due_first"),
    (Route.QUESTIONS, "questions for the final review", "final"),
    (Route.QUESTIONS, "what do i ask in the first meeting with hr", "first_meeting"),
    (Route.DRAFT, "make this less angry", "soften"),
    (Route.DRAFT, "a thank you note to my manager", "thanks"),
    (Route.DRAFT, "ask for the plan in writing", "ask_in_writing"),
    (Route.CHECK_IN, "she cancelled again, log it", "cancelled"),
    (Route.CHECK_IN, "remind me on friday", "remind"),
    (Route.DECLINE, "get into her outlook", "spy"),
    (Route.DECLINE, "a fake doctor's note", "forge"),
    (Route.DECLINE, "spread a rumour", "harass"),
    (Route.OFF_TOPIC, "pip install numpy fails", "pip_python"),
    (Route.OFF_TOPIC, "pip mobility assessment", "pip_benefit"),
    (Route.ABOUT, "are you a human", "what_are_you"),
    (Route.ABOUT, "how do i delete all of it", "delete"),
    (Route.ABOUT, "i am on my work laptop", "employer_device"),
]


@pytest.mark.parametrize(
    ("route", "text", "name"), CHOSEN, ids=[f"{case[0]}: {case[1][:30]}" for case in CHOSEN]
)
def test_the_fitting_text_is_chosen(route, text, name):
    assert ready.kind(route, text) == name


def test_where_words_are_kept_and_computed_is_told(library):
    saved = ready.moves(a_turn(library, "where is this saved?", route=Route.ABOUT))
    assert HOME in saved[0].text
    model = ready.moves(a_turn(library, "which model is this?", route=Route.ABOUT))
    assert "prepared answers only" in model[0].text


def test_a_decline_offers_no_part_of_the_harm(library):
    for texts in library.lines["routes"]["decline"].values():
        for text in texts:
            assert not re.search(
                r"\b(?:step 1|here is how|first, (?:open|log)|dear (?:ceo|sir))\b", text, re.IGNORECASE
            )
