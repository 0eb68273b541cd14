"""What the person told is taken in their own words, once, and never more than they said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.schema.conversation import Fact, Known
from coach.understand.facts import find, merge


def values(
    text: str, known: Known | None = None, asked: str | None = None, dropped: tuple[str, ...] = ()
) -> dict[str, str]:
    return {field: fact.value for field, fact in find(text, known or Known(), asked, dropped).items()}


STATED = {
    # received
    "They put me on a PIP today": {"received": "today"},
    "I was put on a performance improvement plan yesterday": {"received": "yesterday"},
    "My boss handed me a letter an hour ago": {"received": "an hour ago"},
    "just got told i'm on a plan": {"received": "just now"},
    "they gave me the plan last week": {"received": "last week"},
    # meeting
    "The meeting is on Thursday at 2pm": {"meeting": "Thursday 2pm"},
    "i have a meeting tomorrow": {"meeting": "tomorrow"},
    "I meet with her next Monday": {"meeting": "next Monday"},
    "meeting in ten minutes": {"meeting": "in ten minutes"},
    "meeting got moved to friday": {"meeting": "Friday"},
    "there is no meeting yet": {"meeting": "none"},
    "nothing is in the calendar": {"meeting": "none"},
    "kick-off meeting tmrw 9am": {"meeting": "tomorrow 9am"},
    # signed
    "I already signed it": {"signed": "yes"},
    "they made me sign": {"signed": "yes"},
    "I haven't signed anything": {"signed": "no"},
    "i refused to sign": {"signed": "no"},
    "she wants me to sign it now": {"signed": "asked"},
    "do i have to sign": {"signed": "asked"},
    # the answer that is due
    "they gave me until Friday to respond": {"reply_due": "Friday"},
    "I have to send my reply by tomorrow": {"reply_due": "tomorrow"},
    "my response is due by 5pm today": {"reply_due": "5pm today"},
    # document
    "i was only told out loud, nothing in writing": {"document": "verbal"},
    "they told me over the phone": {"document": "verbal"},
    "HR emailed me the document": {"document": "written"},
    "the plan says I must improve my tone": {"document": "written"},
    "it's all written down, four pages": {"document": "written"},
    # HR
    "HR was in the room too": {"hr": "yes"},
    "my boss and HR sat there": {"hr": "yes"},
    # length
    "it's a 60 day plan": {"length": "60 days"},
    "The plan runs for 90 days": {"length": "90 days"},
    "I have six weeks": {"length": "6 weeks"},
    "they gave me 30 days to turn it around": {"length": "30 days"},
    # week
    "I'm in week 3 of it": {"week": "week 3"},
    "im two weeks in": {"week": "week 2"},
    "this is my second week": {"week": "week 2"},
    "we are half way": {"week": "half way"},
    # wish
    "I want to keep my job": {"wants": "stay"},
    "I don't want to leave": {"wants": "stay"},
    "honestly i want out": {"wants": "leave"},
    "stay or go, i can't decide": {"wants": "unsure"},
    "I'm not sure whether I even want to stay": {"wants": "unsure"},
    # resigned
    "I handed in my notice": {"resigned": "yes"},
    "i already quit": {"resigned": "yes"},
    # check-ins
    "we have a check-in every week": {"check_ins": "weekly"},
    "weekly check-ins with my manager": {"check_ins": "weekly"},
    "she cancelled our check-in again": {"check_ins": "cancelled"},
    "we never had a single check-in": {"check_ins": "none"},
    "we talk every day, a daily catch up": {"check_ins": "daily"},
    "there is a fortnightly review": {"check_ins": "fortnightly"},
    # manager
    "my manager Bea put me on it": {"manager": "Bea"},
    "My boss is called Tom": {"manager": "Tom"},
    "Priya is my team lead": {"manager": "Priya"},
    # reason
    "they say I was late too often": {"reason": "attendance"},
    "it's about my attitude": {"reason": "behaviour"},
    "because I missed my sales targets": {"reason": "results"},
    # region
    "I work in Germany": {"region": "other"},
    "I'm in the UK": {"region": "uk"},
    "based in Texas": {"region": "us"},
    "I live in Northern Ireland": {"region": "uk"},
    "we are in Dublin": {"region": "ie"},
    "I'm in Toronto": {"region": "ca"},
    "in Melbourne": {"region": "au"},
    "i am in bangalore": {"region": "in"},
    "from Auckland": {"region": "nz"},
    # feeling
    "I'm so angry": {"feeling": "angry"},
    "i feel numb": {"feeling": "numb"},
    "I am scared of losing my job": {"feeling": "scared"},
    "I feel so ashamed": {"feeling": "ashamed"},
    "i've been crying all day": {"feeling": "sad"},
    "totally exhausted": {"feeling": "exhausted"},
    "this came out of nowhere": {"feeling": "shocked"},
}


@pytest.mark.parametrize(
    ("text", "wanted"), [pytest.param(text, wanted, id=text[:50]) for text, wanted in STATED.items()]
)
def test_what_is_stated_is_taken(text, wanted):
    found = values(text)
    assert {field: found.get(field) for field in wanted} == wanted


NOT_STATED = [
    ("I haven't signed it", "signed", "yes"),
    ("I might quit", "resigned", "yes"),
    ("if I resigned, what then", "resigned", "yes"),
    ("I almost quit last year", "resigned", "yes"),
    ("I'm not angry", "feeling", "angry"),
    ("I am not scared of him", "feeling", "scared"),
    ("tell us what to do", "region", "us"),
    ("let us talk", "region", "us"),
    ("my manager Is great", "manager", "Is"),
    ("my manager Wants it signed", "manager", "Wants"),
    ("I don't want to leave", "wants", "leave"),
    ("I have been here six years", "length", "6 years"),
    ("the deadline for the client was missed", "reply_due", "missed"),
    ("what should I do at a check-in", "check_ins", "weekly"),
    ("I need a new manager", "manager", "A"),
    ("the document says nothing about hr", "hr", "yes"),
]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [pytest.param(*case, id=f"{case[0][:40]} is not {case[1]} {case[2]}") for case in NOT_STATED],
)
def test_what_is_not_stated_is_not_taken(text, field, value):
    assert values(text).get(field) != value


@pytest.mark.parametrize(
    "text", ["ok", "thanks", "what now?", "hm", "can you say that again", "...", "", "   ", "\u00bfqu\u00e9?"]
)
def test_nothing_said_nothing_known(text):
    assert values(text) == {}


ANSWERS = [
    ("meeting", "thursday at 3", {"meeting": "Thursday 3"}),
    ("meeting", "tomorrow", {"meeting": "tomorrow"}),
    ("meeting", "not yet", {"meeting": "none"}),
    ("meeting", "no idea, they will tell me", {"meeting": "none"}),
    ("signed", "yes", {"signed": "yes"}),
    ("signed", "nope", {"signed": "no"}),
    ("document", "yes", {"document": "written"}),
    ("document", "no", {"document": "verbal"}),
    ("hr", "yeah", {"hr": "yes"}),
    ("hr", "no", {"hr": "no"}),
    ("length", "sixty days", {"length": "60 days"}),
    ("reply_due", "by friday", {"reply_due": "Friday"}),
    ("received", "yesterday", {"received": "yesterday"}),
    ("wants", "stay I think", {"wants": "stay"}),
    ("wants", "go", {"wants": "leave"}),
    ("wants", "dunno", {"wants": "unsure"}),
    ("check_ins", "no", {"check_ins": "none"}),
    ("check_ins", "weekly", {"check_ins": "weekly"}),
    ("manager", "bea", {"manager": "Bea"}),
    ("manager", "her name is Bea", {"manager": "Bea"}),
    ("reason", "attendance", {"reason": "attendance"}),
]


@pytest.mark.parametrize(
    ("asked", "text", "wanted"), [pytest.param(*case, id=f"{case[0]}: {case[1]}") for case in ANSWERS]
)
def test_a_short_answer_belongs_to_the_question_before(asked, text, wanted):
    assert values(text, asked=asked) == wanted


def test_a_bare_yes_means_nothing_without_a_question():
    assert values("yes") == {} and values("no") == {}


def test_a_long_message_is_no_answer_to_the_question_before():
    long = (
        "yes "
        + "and then they went on and on about all of the other things that I had done over the whole of this very long year"
    )
    assert "signed" not in values(long, asked="signed")


CORRECTIONS = [
    ("meeting", "Thursday", "the meeting was moved to Friday", "Friday"),
    ("signed", "asked", "I signed it", "yes"),
    ("length", "60 days", "sorry, it's a 90 day plan", "90 days"),
    ("wants", "unsure", "I want to stay", "stay"),
    ("document", "verbal", "they emailed me the document now", "written"),
    ("document", "written", "no, actually nothing is in writing", "verbal"),
]


@pytest.mark.parametrize(
    ("field", "before", "text", "after"), [pytest.param(*case, id=case[2]) for case in CORRECTIONS]
)
def test_a_correction_replaces_what_was_known(field, before, text, after):
    known = merge(
        Known(**{field: Fact(value=before)}), find(text, Known(**{field: Fact(value=before)}), None)
    )
    assert getattr(known, field).value == after


def test_a_swap_puts_both_dates_right_and_answers_no_question():
    known = Known(meeting=Fact(value="Friday"), reply_due=Fact(value="Thursday"))
    found = values("no, Thursday is the meeting, Friday the deadline", known=known, asked="signed")
    assert found == {"meeting": "Thursday", "reply_due": "Friday"}


@pytest.mark.parametrize("text", ["I'm not numb", "im not numb at all", "i don't feel numb", "not numb. i just want a plan"])
def test_a_feeling_that_is_denied_is_no_longer_known(text):
    known = Known(feeling=Fact(value="numb", quote="I feel numb"))
    assert merge(known, find(text, known, None), text).feeling is None


def test_a_feeling_that_is_denied_makes_room_for_the_one_that_is_named():
    known = Known(feeling=Fact(value="scared", quote="im shaking"))
    assert merge(known, find("im not shaking, just tired", known, None), "im not shaking, just tired").feeling.value == "exhausted"


@pytest.mark.parametrize("text", ["it is not good", "not sure what to do", "not that i am scared of work"])
def test_a_feeling_stays_where_nobody_denied_it(text):
    known = Known(feeling=Fact(value="scared", quote="I'm scared"))
    assert merge(known, find(text, known, None), text).feeling.value == "scared"


def test_a_skilled_worker_visa_is_no_reason_for_the_plan():
    assert "reason" not in values("I'm on a skilled worker visa")


KEPT = [
    ("signed", "yes", "should I sign it by Friday?"),
    ("document", "written", "there is nothing in writing about support"),
    ("meeting", "Thursday", "what do I say in the meeting on thursday"),
]


@pytest.mark.parametrize(("field", "before", "text"), [pytest.param(*case, id=case[2]) for case in KEPT])
def test_what_is_known_is_not_taken_back_by_a_question(field, before, text):
    assert field not in values(text, known=Known(**{field: Fact(value=before)}))


def test_a_removed_fact_comes_back_only_as_an_answer():
    assert values("the meeting is on Thursday", dropped=("meeting",)) == {}
    assert values("thursday", asked="meeting", dropped=("meeting",)) == {"meeting": "Thursday"}


def test_somebody_who_resigned_is_not_noted_as_wanting_to_leave():
    found = values("I want out, I handed in my notice")
    assert found["resigned"] == "yes" and "wants" not in found


def test_merge_leaves_the_rest_and_the_old_record_alone():
    before = Known(hr=Fact(value="yes"))
    after = merge(before, find("the meeting is tomorrow", before, None))
    assert after.values() == {"meeting": "tomorrow", "hr": "yes"}
    assert before.values() == {"hr": "yes"}


ASKED = [None, *Known.model_fields]
TYPED = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [
            "i",
            "signed",
            "the",
            "plan",
            "meeting",
            "thursday",
            "2pm",
            "in",
            "ten",
            "minutes",
            "hr",
            "was",
            "there",
            "not",
            "no",
            "yes",
            "by",
            "friday",
            "reply",
            "my",
            "manager",
            "Bea",
            "week",
            "3",
            "60",
            "days",
            "weekly",
            "check-in",
            "cancelled",
            "resigned",
            "if",
            "might",
            "want",
            "to",
            "leave",
            "stay",
            "US",
            "uk",
            "scared",
            "nothing",
            "in",
            "writing",
            ",",
            ".",
            "?",
            "!",
            "’",
            "\n",
            "1",
        ]
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(text=TYPED, asked=st.sampled_from(ASKED))
def test_any_text_can_be_read_and_every_quote_is_the_persons_own(text, asked):
    for field, fact in find(text, Known(), asked).items():
        assert field in Known.model_fields
        assert fact.value
        assert fact.quote == "" or fact.quote in text
