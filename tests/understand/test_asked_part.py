"""Of a message that tells and asks, the asking part decides what is looked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.understand.asking import asked_part


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("ffs. forget it. what evidence should i be keeping", "what evidence should i be keeping"),
        ("yes im safe, just scared. what do i actually say on monday", "what do i actually say on monday"),
        ("The roster was wrong. Anyway, do I tell my colleagues? One of them asked why I have so many talks.", "do I tell my colleagues?"),
        ("i asked what evidence to keep. rotas? pick sheets? emails?", "i asked what evidence to keep. rotas? pick sheets? emails?"),
    ],
)
def test_the_asking_part_is_found(text, part):
    assert asked_part(text) == part


@pytest.mark.parametrize(
    "text",
    [
        "what do i do",
        "They told me today. I haven't slept.",
        'She wrote "why are you always late?" and I had no answer. It hurt.',
        "I want to stay. should i?",
        "every time she gives an example i start with yes but. how do i knock that off",
    ],
)
def test_a_text_that_only_tells_or_asks_too_little_stays_whole(text):
    assert asked_part(text) == text


@given(st.text(max_size=300))
def test_it_adds_no_words(text):
    assert set(asked_part(text).split()) <= set(text.split()) | {""}
