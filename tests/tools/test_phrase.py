"""What the model writes is shown only when it passes; what fails says by which rule."""

import threading

import pytest

from coach import errors
from coach.locations import ROOT
from coach.prompts import load
from coach.schema.conversation import Move
from coach.schema.enums import Strength
from coach.schema.knowledge import Citation
from coach.tools import phrase
from coach.tools.phrase import Result
from tests.fakes import ScriptedClient

MESSAGE = "they put me on a plan today and my hands have not stopped shaking since"
OPENING, ANSWER = load(ROOT / "prompts", "opening"), load(ROOT / "prompts", "answer")


def opening(*answers: str | Exception, message: str = MESSAGE) -> tuple[list, ScriptedClient]:
    client = ScriptedClient().enqueue(*answers)
    return list(phrase.opening(client, OPENING, message, threading.Event())), client


def test_a_good_opening_is_kept():
    steps, client = opening("They put you on a plan today and your hands have not stopped shaking.")
    assert steps[-1] == Result(text="They put you on a plan today and your hands have not stopped shaking.")
    assert client.asked[0][-1] == {"role": "user", "content": MESSAGE}


@pytest.mark.parametrize("prefix", ["Listener: ", "Answer: ", "Coach: "])
def test_a_label_before_the_answer_is_taken_off(prefix):
    steps, _ = opening(prefix + "They put you on a plan today and your hands have not stopped shaking.")
    assert steps[-1].text == "They put you on a plan today and your hands have not stopped shaking."


def test_only_the_first_sentence_is_taken():
    steps, _ = opening(
        "They put you on a plan today and your hands have not stopped shaking. You should take a walk. Be brave."
    )
    assert steps[-1].text == "They put you on a plan today and your hands have not stopped shaking."


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("My manager put me on a plan today.", "speaks as the employee"),
        ("You will be fine after today, and your hands are shaking.", "promises"),
        ("They put you on a plan 3 days before today.", "number that was not given"),
        ("They put you on a plan today and your hands have stopped shaking.", "a not was lost or added"),
        ("Your hands have not stopped shaking since, are they shaking?", "question or exclamation"),
        ("You should rest your hands today.", "advice in an opening"),
        ("Shaking.", "length"),
        ("", "length"),
    ],
)
def test_a_bad_opening_names_its_fault_and_has_no_text(text, rule):
    steps, _ = opening(text)
    assert steps[-1].text is None and steps[-1].fault.rule == rule


def test_a_fault_of_the_endpoint_is_passed_on():
    with pytest.raises(errors.EndpointCut):
        opening(errors.EndpointCut("The answer stopped."))


def test_the_examples_of_the_prompt_are_turns_and_hold_nothing_of_the_person():
    _, client = opening("x")
    (messages,) = client.asked
    assert [message["role"] for message in messages] == [
        "system",
        *["user", "assistant"] * ((len(messages) - 2) // 2),
        "user",
    ]
    assert not any(MESSAGE in message["content"] for message in messages[:-1])
    assert "{{" not in str(messages) and "{message}" not in str(messages)


def test_a_long_message_is_shortened_to_its_ends():
    long = (
        "The start of it all. "
        + "they said a lot of things and I sat there. " * 60
        + "That is the end of it."
    )
    _, client = opening("x", message=long)
    sent = client.asked[0][-1]["content"]
    assert len(sent) <= phrase.MESSAGE_CHARACTERS + 10
    assert sent.startswith("The start of it all.") and sent.endswith("That is the end of it.")


STATEMENTS = [
    ("i am on a plan. what do i do?", "i am on a plan."),
    ("what do i do?", ""),
    ("if they fire me i lose the house. i am scared", "i lose the house"),
    ('she said "you are the weakest here" and left', "that"),
    ("i told them, but should i sign it?", "i told them"),
]


@pytest.mark.parametrize(
    ("text", "held"), STATEMENTS[:2] + STATEMENTS[3:], ids=lambda value: value[:30] or "nothing"
)
def test_only_what_is_told_reaches_a_small_model(text, held):
    assert (held in phrase.statements(text)) if held else phrase.statements(text) == ""
    assert "should i sign" not in phrase.statements(text) and "weakest" not in phrase.statements(text)


REFLECT, INFORM = Move(kind="reflect", text="That is a lot."), Move(kind="inform", text="Card.")


@pytest.mark.parametrize(
    ("strength", "text", "moves", "worth"),
    [
        pytest.param(Strength.SMALL, MESSAGE, [REFLECT, INFORM], True, id="small-with-something-told"),
        pytest.param(Strength.SMALL, MESSAGE, [INFORM], False, id="small-without-an-opening"),
        pytest.param(Strength.SMALL, "ok thanks", [REFLECT], False, id="small-with-two-words"),
        pytest.param(
            Strength.SMALL,
            "what should i do about my plan and my boss?",
            [REFLECT],
            False,
            id="small-with-a-question-only",
        ),
        pytest.param(Strength.CAPABLE, "ok", [INFORM], True, id="capable-always"),
    ],
)
def test_a_model_is_asked_only_where_it_has_something_to_add(strength, text, moves, worth):
    assert phrase.worth_it(strength, text, moves) is worth


CITED = (Citation(n=1, card="check-in-often", title="Check in often", source="somebody", points=("A20",)),)
QUESTION = "Which day is easiest for both of you?"
COMPOSED = f"Ask for more contact than feels natural. Five minutes each day is plenty. [1]\n\n{QUESTION}"
MOVES = [
    Move(kind="inform", text="Ask for more contact.", card="check-in-often"),
    Move(kind="ask", text=QUESTION),
]
GOOD = (
    "You see your manager once a month and wonder whether that is enough. Ask for more contact than feels natural, "
    "since five minutes each day is plenty. [1] It can be short and it can be at the same hour. " + QUESTION
)


def answer(
    text: str | Exception, moves=MOVES, stop: threading.Event | None = None
) -> tuple[list, ScriptedClient]:
    client = ScriptedClient(Strength.CAPABLE).enqueue(text)
    steps = phrase.answer(
        client, ANSWER, message="we only meet once a month, is that enough?", history=["they put me on a plan"],
        known={"region": "uk"}, moves=moves, composed=COMPOSED, citations=CITED, stop=stop or threading.Event(),
    )  # fmt: skip
    return list(steps), client


def test_a_good_answer_is_kept_whole_and_counted_sentence_by_sentence():
    steps, _ = answer(GOOD)
    assert steps[-1] == Result(text=GOOD)
    assert steps[:-1] == sorted(steps[:-1]) and steps[:-1], "the number of checked sentences grows"


def test_a_capable_model_gets_moves_history_and_facts():
    _, client = answer(GOOD)
    (message,) = client.asked[0]
    for held in (COMPOSED, "- region: uk", "- they put me on a plan", "we only meet once a month", QUESTION):
        assert held in message["content"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param(GOOD.removesuffix(QUESTION), "closing question lost", id="question-lost"),
        pytest.param(GOOD.replace("Which day", "What day"), "closing question lost", id="question-reworded"),
        pytest.param("How are you? " + GOOD, "more than one question", id="second-question"),
        pytest.param(
            GOOD.replace("once a month", "12 times"), "number that was not given", id="invented-number"
        ),
        pytest.param(GOOD.replace("[1]", "[2]"), "marker that stands for nothing", id="unknown-marker"),
        pytest.param(
            GOOD.replace("Ask for", "Like Robert, ask for"), "name that was not given", id="invented-name"
        ),
        pytest.param(GOOD.replace("It can be short", "You will be fine"), "promises", id="promise"),
        pytest.param(GOOD.replace("It can be short", "This is illegal"), "verdict", id="verdict"),
        pytest.param("Ask for contact. [1] " + QUESTION, "length", id="too-short"),
        pytest.param("", "length", id="nothing"),
    ],
)
def test_a_bad_answer_names_its_fault_and_has_no_text(text, rule):
    steps, _ = answer(text)
    assert steps[-1].text is None and steps[-1].fault.rule == rule


def test_nothing_follows_the_first_fault():
    steps, _ = answer(GOOD.replace("You see your manager", "My manager sees me"))
    assert steps[-1].fault.rule == "speaks as the employee" and len(steps) == 1


def test_no_question_is_wanted_where_none_was_planned():
    steps, _ = answer(GOOD.removesuffix(QUESTION).strip(), moves=MOVES[:1])
    assert steps[-1].fault is None and not steps[-1].text.endswith("?")
