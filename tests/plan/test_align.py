"""Words that a model gave are found again in the document, or dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.plan.align import align

TEXT = "1. Close the six overdue reports\nby 12 June. 2. Close the store room at night; the guard checks it. Straße Ärger."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Close the six overdue reports by 12 June", "Close the six overdue reports\nby 12 June"),
        ("close the store room at night", "Close the store room at night"),
        ('"the guard checks it."', "the guard checks it"),
        ("Close the six overdue report by 12 June", "Close the six overdue reports\nby 12 June"),
    ],
)
def test_a_quote_is_the_documents_own_text(words, found):
    start, end = align(words, TEXT)
    assert TEXT[start:end] == found


@pytest.mark.parametrize("words", [None, "", "by 12 June 2030", "reports", "Open the six windows", "Be friendlier to the guests at the desk"])
def test_what_the_document_does_not_say_is_dropped(words):
    assert align(words, TEXT) is None


def test_of_two_places_the_one_after_the_goal_is_taken():
    text = "no more than two errors. Later: no more than two errors."
    assert align("no more than two errors", text, 10) == (32, 55)


@given(st.text(max_size=80), st.text(max_size=200))
def test_a_place_is_always_inside_the_document(words, text):
    found = align(words, text)
    assert found is None or 0 <= found[0] < found[1] <= len(text)


@given(st.lists(st.sampled_from(["you", "will", "answer", "each", "call", "within", "ten", "seconds", "of", "rings"]), min_size=3, max_size=12), st.text(max_size=60), st.text(max_size=60))
def test_words_that_stand_there_are_always_found(words, before, after):
    text = f"{before} {'  '.join(words)} {after}"
    start, end = align(" ".join(words), text)
    assert text[start:end].lower().split() == words
