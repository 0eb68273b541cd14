"""People ask without a question mark, and tell things that only look like a question."""

import pytest

from coach.understand.situation import asks


@pytest.mark.parametrize("text", ["how do i show it", "they want it friday, what do i say to get time", "ok so what now", "is that legal", "do i have to sign", "really?"])
def test_a_question_is_one_without_a_mark(text):
    assert asks(text)


@pytest.mark.parametrize("text", ["i did what he said", "half of it is lies", "what a joke of a place"])
def test_what_is_told_is_no_question(text):
    assert not asks(text)
