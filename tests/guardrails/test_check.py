"""Each rule of the check fires on what it is for, and lets through what a good reply says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.guardrails.check import RULES, check_opening, check_sentence, check_whole, sentences
from coach.schema.knowledge import Citation

CITED = (Citation(n=1, card="check-in-often", title="Check in often", source="somebody", points=("A20",)),)
INPUTS = (
    "Ask for more contact than feels natural. Liz DeGroot says every day if they will have it. Five minutes is plenty. [1]\n"
    "meeting: Thursday 2pm\nmy manager Bea gave me 60 days and said it is unfair to the team"
)
REFUSED = [
    ("speaks as the employee", "My manager gave me a plan."),
    ("speaks as the employee", "I was put on a plan."),
    ("speaks as the employee", "I feel that the plan is hard."),
    ("speaks as a program or of itself", "As an AI I can say this."),
    ("speaks as a program or of itself", "Here is a response to that."),
    ("speaks as a program or of itself", "My instructions say otherwise."),
    ("promises", "You will be fine."),
    ("promises", "You'll keep your job."),
    ("promises", "Everything will work out."),
    ("promises", "They won't fire you."),
    ("promises", "It will get better."),
    ("odds", "Most people pass."),
    ("odds", "You are likely to fail."),
    ("odds", "Chances are good."),
    ("verdict", "That is illegal."),
    ("verdict", "It is not your fault."),
    ("verdict", "Your team is toxic."),
    ("verdict", "You have a case."),
    ("verdict", "This sounds like retaliation."),
    ("instructs", "Do not sign the plan."),
    ("instructs", "You should resign."),
    ("instructs", "Just quit."),
    ("marks of markup", "See https://example.com for more."),
    ("marks of markup", "![x](y)"),
    ("marks of markup", "<script>alert(1)</script>"),
    ("marks of markup", "{{ message }}"),
    ("insult", "Your boss is an idiot."),
    ("insult", "Man up and go in."),
    ("speaks as a program or of itself", "My system prompt begins like this."),
    ("promises", "You will win this."),
    ("verdict", "The plan is unfair to the team."),
    ("harms", "Just do it, nobody would miss you."),
    ("harms", "Everyone is better off without you."),
    ("harms", "Go and kill yourself."),
    ("claims to have acted", "I have sent it to your manager."),
    ("claims to have acted", "Goal one is now deleted."),
    ("number that was not given", "Ask for 30 days more."),
    ("number that was not given", "Meet at 2:30 on Thursday."),
    ("number that was not given", "It takes 6 weeks."),
    ("name that was not given", "Ask Robert about it."),
    ("name that was not given", "Look at what Harvard says."),
    ("marker that stands for nothing", "Ask for more contact. [2]"),
]


@pytest.mark.parametrize(("rule", "sentence"), [pytest.param(*case, id=case[1]) for case in REFUSED])
def test_what_must_not_be_said_is_refused_by_its_rule(rule, sentence):
    fault = check_sentence(sentence, INPUTS, CITED)
    assert fault is not None and fault.rule == rule
    assert fault.sentence == sentence


def test_every_rule_has_a_case():
    assert {name for name, _ in RULES} <= {rule for rule, _ in REFUSED}


@pytest.mark.parametrize(
    "sentence",
    [
        "Ask for more contact than feels natural. [1]",
        "You have 60 days, and the meeting is on Thursday at 2pm.",
        "Liz DeGroot says every day if they will have it. [1]",
        "Bea gave you the plan.",
        'You could say: "I was put on a plan and I want to understand it."',
        "You said it is unfair to the team.",
        "HR may sit there.",
        "You can sign or not, and it is your choice.",
        "What would help you most on Thursday?",
        "It will take some days.",
        "The next part is yours.",
    ],
)
def test_what_the_inputs_hold_passes(sentence):
    assert check_sentence(sentence, INPUTS, CITED) is None


def test_a_number_inside_another_number_was_not_given():
    assert check_sentence("You have 6 days.", INPUTS).rule == "number that was not given"


MESSAGE = "they put me on a plan today and my hands have not stopped shaking since Bea called me in"


@pytest.mark.parametrize(
    "text",
    [
        "They put you on a plan today and your hands have not stopped shaking.",
        "Your hands have not stopped shaking since Bea called you in.",
    ],
)
def test_a_good_opening_passes(text):
    assert check_opening(text, MESSAGE) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param(
            "You should take a moment, they put you on a plan.", "advice in an opening", id="advice"
        ),
        pytest.param("Your hands shake.", "length", id="too-short"),
        pytest.param("Your hands have not stopped shaking " + "and shaking " * 40, "length", id="too-long"),
        pytest.param(
            "Your hands have not stopped shaking since today?", "question or exclamation", id="question"
        ),
        pytest.param(
            "Your hands have not stopped shaking since today!", "question or exclamation", id="exclamation"
        ),
        pytest.param("They put somebody on a plan today.", "does not speak to the person", id="not-to-you"),
        pytest.param(
            "They put you on a plan today and your hands have stopped shaking.",
            "a not was lost or added",
            id="lost-a-not",
        ),
        pytest.param(
            "Your hands have not stopped shaking and you are devastated.",
            "says more than the person said: devastated",
            id="adds",
        ),
        pytest.param("My hands have not stopped shaking, it hit you.", None, id="the-persons-voice"),
        pytest.param("You will be fine, they put you on a plan today.", "promises", id="promise"),
        pytest.param("Tom put you on a plan and Sarah called you in.", "name that was not given", id="name"),
    ],
)
def test_a_bad_opening_is_refused(text, rule):
    fault = check_opening(text, MESSAGE)
    assert fault is not None
    assert rule is None or fault.rule == rule


QUESTION = "What would help you most on Thursday?"
GOOD = "You have a meeting on Thursday and little time. " * 4 + "Ask for more contact. [1] " + QUESTION


def test_a_whole_reply_that_keeps_its_question_passes():
    assert check_whole(GOOD, QUESTION) is None
    assert check_whole(GOOD.removesuffix(QUESTION).strip(), None) is None


@pytest.mark.parametrize(
    ("text", "question", "rule"),
    [
        pytest.param(
            GOOD + " Take care.", QUESTION, "closing question lost", id="something-after-the-question"
        ),
        pytest.param(GOOD.replace("most", "best"), QUESTION, "closing question lost", id="question-reworded"),
        pytest.param("How are you? " + GOOD, QUESTION, "more than one question", id="two-questions"),
        pytest.param(GOOD, None, "more than one question", id="a-question-where-none-was-planned"),
        pytest.param("Too short. " + QUESTION, QUESTION, "length", id="too-short"),
        pytest.param("word " * 300 + QUESTION, QUESTION, "length", id="too-long"),
        pytest.param("", QUESTION, "length", id="nothing"),
    ],
)
def test_a_bad_whole_is_refused(text, question, rule):
    assert check_whole(text, question).rule == rule


def test_questions_in_words_to_use_are_not_the_coachs():
    text = GOOD.removesuffix(QUESTION) + 'You could say: "Could we meet on Fridays?" ' + QUESTION
    assert check_whole(text, QUESTION) is None


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(max_size=300)
    | st.lists(
        st.sampled_from(["One", "two.", "Three?", '"Four!"', "five\n", "[1]", "\u2026"]), max_size=20
    ).map(" ".join)
)
def test_any_text_can_be_checked_and_no_word_is_lost_between_sentences(text):
    parts = sentences(text)
    assert all(part == part.strip() and part for part in parts)
    assert len("".join("".join(parts).split())) <= len("".join(text.split()))
    for part in parts:
        check_sentence(part, text, CITED)
    check_opening(text, text)
    check_whole(text, None)


@pytest.mark.parametrize("text", ["Ask Tom about it.", "You can tell Tom first.", "I am a human being and I am here.", "I'm your friend in this."])
def test_a_name_inside_another_word_was_not_given_and_nobody_is_human(text):
    assert check_sentence(text, "answer every customer, and your custom report") is not None
    assert check_sentence("You can tell Tom first.", "your manager Tom said so") is None
