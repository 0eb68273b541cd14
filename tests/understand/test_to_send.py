"""Whether words to send are wanted, or a change in the ones that were just shown."""

import pytest

from coach.understand.to_send import changes, wants

SHOWN = "Try this one.\n\nHello Dana,\n\nCould we meet on [day]?\n\nKind regards,\n[your name]\n\nWhich day would suit you?"


@pytest.mark.parametrize(
    "text",
    [
        "write the recap. we met today, he said 95% by June", "can u write to my boss priya", "thank you note to Ben for covering my shift",
        "weekly status: closed 14 tickets", "draft an email to HR asking for the policy", "please compose a short reply to him",
        "my boss cancelled again, write something to rebook", "the plan says 9, it was 4. write the correction", "ok now draft me a message to Ana", "thank my coworker Amir for showing me the dashboard",
    ],
)  # fmt: skip
def test_a_request_for_words_to_send(text):
    assert wants(text)


@pytest.mark.parametrize(
    "text",
    [
        "should I write an email or wait", "he sent me an email about the plan", "I got a letter from HR today", "write this down: we met", "note: finished the audit",
        "my boss writes terrible emails", "what should I ask on Thursday", "log this for the record", "do I have to reply to the letter", "the email said I was late", "thank you for this", "thank god for that",
    ],
)  # fmt: skip
def test_something_told_or_asked_is_no_such_request(text):
    assert not wants(text)


@pytest.mark.parametrize("text", ["its too long, 4 lines max", "make it softer", "take out the part about training", "add that I already asked twice", "more formal", "sign it Maria", "Monday", "tuesday at 3"])  # fmt: skip
def test_a_change_of_the_draft_on_the_screen(text):
    assert changes(text, SHOWN) and not changes(text, "")


@pytest.mark.parametrize("text", ["thanks", "what should I bring to the meeting tomorrow?", "should I send it today?", "how do I stay calm", "now write an email to HR asking for the policy in full"])  # fmt: skip
def test_another_subject_is_no_change(text):
    assert not changes(text, SHOWN)
