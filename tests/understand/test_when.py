"""Words for a time are found as people type them and shortened without losing what they say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.understand.when import SPAN, WHEN, shorten

FOUND = [
    ("the meeting is on thursday at 2pm", "on thursday at 2pm"),
    ("see you tmrw", "tmrw"),
    ("in ten minutes", "in ten minutes"),
    ("in half an hour", "in half an hour"),
    ("next monday morning", "next monday morning"),
    ("on the 14th of march", "the 14th of march"),
    ("it is 9:30am tomorrow", "9:30am tomorrow"),
    ("by end of the day", "end of the day"),
    ("march 3rd", "march 3rd"),
    ("friday 5 o'clock", "friday 5 o'clock"),
]


@pytest.mark.parametrize(("text", "when"), FOUND, ids=[case[0] for case in FOUND])
def test_a_time_is_found_whole(text, when):
    assert re.search(WHEN, text, re.IGNORECASE)[0].strip() == when


@pytest.mark.parametrize(
    "text", ["no time given", "the second warning", "a mistake", "1 goal", "my son", "saturated", "frigid"]
)
def test_what_is_no_time_is_not_found(text):
    assert re.search(rf"\b{WHEN}\b", text, re.IGNORECASE) is None


SHORT = [
    ("on thurs at 2pm", "Thursday 2pm"),
    ("the 14th", "14th"),
    ("tmrw", "tomorrow"),
    ("2moro at 9 am", "tomorrow 9am"),
    ("next mon", "next Monday"),
    ("at 3 pm on friday", "3pm Friday"),
    ("  by Wednesday, ", "Wednesday"),
    ("in ten minutes", "in ten minutes"),
    ("this afternoon", "this afternoon"),
]


@pytest.mark.parametrize(("words", "short"), SHORT, ids=[case[0].strip() for case in SHORT])
def test_a_time_is_shortened(words, short):
    assert shorten(words) == short


@given(st.sampled_from([case[1] for case in FOUND] + [case[0] for case in SHORT]))
def test_shortening_twice_changes_nothing(words):
    assert shorten(shorten(words)).lower() == shorten(words).lower()


@given(st.text(max_size=60))
def test_any_words_can_be_shortened(words):
    assert shorten(words) == shorten(words).strip(" ,")


@pytest.mark.parametrize(
    "text",
    ["60 days", "six weeks", "a 30-day", "three months", "90 calendar days", "forty-five days", "2 wks"],
)
def test_a_length_of_time_is_found(text):
    assert re.search(rf"\b{SPAN}\b", text, re.IGNORECASE)


@pytest.mark.parametrize("text", ["days", "many weeks", "60", "5 people"])
def test_what_is_no_length_is_not(text):
    assert re.fullmatch(SPAN, text, re.IGNORECASE) is None
