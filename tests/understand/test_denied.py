"""What puts the coach's last reply right is left out of what is looked up; what tells something new stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.understand.denied import left

REPLY = "Contact your steward or your union today. The invitation may say what it is for. A written reply or rebuttal is one way."


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("no im not in a union. i just wanted to know if they have already decided", "i just wanted to know if they have already decided"),
        ("There's no invitation. HR hasn't invited me to anything. What should I have in hand before I ask?", "What should I have in hand before I ask?"),
        ("I wasn't asking about a rebuttal. What should I bring to the lawyer?", "What should I bring to the lawyer?"),
    ],
)
def test_a_denial_of_the_last_reply_is_left_out(text, rest):
    assert left(text, REPLY) == rest


@pytest.mark.parametrize(
    "text",
    [
        "i don't have a meeting yet, what do i do",
        "i didn't hit my target this week, what do i say to her",
        "no im not in a union",
        "im not in a union, ok?",
        "nobody told me anything. what now then",
        "why don't they just tell me? what would i need",
    ],
)
def test_what_tells_something_stays(text):
    assert left(text, REPLY) == text
    assert left("no im not in a union. what do i do now then", "") == "no im not in a union. what do i do now then"


@given(st.text(max_size=300), st.text(max_size=300))
def test_it_only_leaves_out(text, reply):
    rest = left(text, reply)
    assert set(rest.split()) <= set(text.split())
