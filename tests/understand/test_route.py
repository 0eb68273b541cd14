"""Where a message goes."""

import pytest

from coach.schema.enums import Route
from coach.understand import route

GOES = [
    ("how often should i meet my manager", Route.COACH),
    ("they put me on a plan and i feel awful", Route.COACH),
    ("which goal in my plan is due first", Route.PLAN),
    ("i uploaded the pdf of the plan", Route.PLAN),
    ("give me a list of questions to ask in the meeting", Route.QUESTIONS),
    ("what should i ask hr on thursday", Route.QUESTIONS),
    ("pretend to be my manager so i can practise", Route.REHEARSE),
    ("can we role play the meeting", Route.REHEARSE),
    ("draft an email to my manager asking for the plan in writing", Route.DRAFT),
    ("make this sound less angry: you never told me", Route.DRAFT),
    ("log this: finished the report today", Route.CHECK_IN),
    ("remind me of the check-in on friday", Route.CHECK_IN),
    ("can i sue them for wrongful dismissal", Route.BOUNDARY),
    ("i am pregnant, can they do this", Route.BOUNDARY),
    ("should i tell them about my adhd and ask for accommodations", Route.BOUNDARY),
    ("help me fake a doctor's note", Route.DECLINE),
    ("how do i get into her email account", Route.DECLINE),
    ("pip install fails with error externally managed", Route.OFF_TOPIC),
    ("what is a good recipe for onion soup", Route.OFF_TOPIC),
    ("are you a real person", Route.ABOUT),
    ("who reads what i type here", Route.ABOUT),
]


@pytest.mark.parametrize(("text", "wanted"), GOES, ids=[text[:45] for text, _ in GOES])
def test_a_message_goes_where_it_belongs(search, text, wanted):
    assert route.find(text, [], search.index) is wanted


def test_a_short_follow_up_stays_where_the_conversation_was(search):
    assert route.find("a bit harder please", [], search.index, before=Route.REHEARSE) is Route.REHEARSE
    assert (
        route.find("shorter please", ["draft an email to my manager about the goals"], search.index)
        is Route.DRAFT
    )


def test_a_clear_new_request_leaves_the_old_route(search):
    assert (
        route.find(
            "write an email to my manager to ask for a meeting", [], search.index, before=Route.REHEARSE
        )
        is Route.DRAFT
    )


def test_crisis_is_never_decided_here(search):
    assert Route.CRISIS not in route.scores("i want to kill myself", [], search.index)
