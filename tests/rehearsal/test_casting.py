"""Who is played, from a person's own description."""

import pytest

from coach.rehearsal.casting import described
from coach.schema.enums import Difficulty, Persona, Scenario


@pytest.mark.parametrize(
    ("text", "persona"),
    [
        ("she is cold and interrupts", Persona.COLD),
        ("he's always in a hurry, on his phone", Persona.RUSHED),
        ("nice but slippery, never gives a straight answer", Persona.AVOIDING),
        ("she never believes a word I say, wants proof for everything", Persona.SCEPTICAL),
        ("a stickler, everything by the book", Persona.BY_THE_BOOK),
    ],
)
def test_a_description_finds_the_nearest_manager(book, text, persona):
    assert described([text], book).persona is persona


@pytest.mark.parametrize(
    ("text", "scenario"),
    [
        ("can we practise asking for training", Scenario.SUPPORT),
        ("with HR in the room this time", Scenario.HR),
        ("let's rehearse the final review", Scenario.FINAL),
        ("I want to practise telling him that I'm leaving", Scenario.LEAVING),
        ("she keeps cancelling, let me practise that talk", Scenario.CANCELLED),
        ("the plan has a wrong date in it, can we try that", Scenario.WRONG_FACT),
        ("practise with me", Scenario.FIRST_MEETING),
    ],
)
def test_the_conversation_is_recognised(book, text, scenario):
    assert described([text], book).scenario is scenario


def test_difficulty_follows_the_words(book):
    assert described(["go easy, be gentle"], book).difficulty is Difficulty.SUPPORTIVE
    assert described(["make her really harsh"], book).difficulty is Difficulty.HARD
    assert described(["practise with me"], book).difficulty is Difficulty.GUARDED


def test_what_the_last_message_says_comes_first(book):
    assert described(["he is cold", "she is vague"], book).persona is Persona.COLD
    assert described(["let's go", "she is vague"], book).persona is Persona.AVOIDING
