"""The second net can raise what the rules heard, never lower it."""

import json

import pytest

from coach.guardrails.danger import Danger
from coach.guardrails.second_look import CERTAIN, POSSIBLE, second_look
from coach.locations import ROOT

NOTHING = Danger()
SOFT = Danger(kind="suicide", level="soft", reason="rule")
HIGH = Danger(kind="abuse", level="high", quote="he hits me", reason="rule")
TEXT = "i do not want to be here any more at all"


def test_a_sure_model_makes_it_a_crisis():
    heard = second_look(NOTHING, CERTAIN, TEXT)
    assert heard.is_crisis and heard.kind == "suicide" and heard.quote == ""


def test_a_doubtful_model_asks_one_gentle_question():
    heard = second_look(NOTHING, POSSIBLE, TEXT)
    assert heard.level == "soft" and not heard.is_crisis


@pytest.mark.parametrize("score", [POSSIBLE - 0.01, 0.0, -1.0])
def test_an_unsure_model_changes_nothing(score):
    assert second_look(NOTHING, score, TEXT) == NOTHING


@pytest.mark.parametrize("score", [-2.0, 0.0, POSSIBLE, CERTAIN, 3.0])
@pytest.mark.parametrize("heard", [SOFT, HIGH], ids=["soft", "high"])
def test_it_never_lowers(heard, score):
    order = ["none", "soft", "indirect", "high", "imminent"]
    assert order.index(second_look(heard, score, TEXT).level) >= order.index(heard.level)
    if heard.is_crisis:
        assert second_look(heard, score, TEXT) == heard


def test_somebody_who_says_they_are_safe_is_believed():
    safe = Danger(reason="says they are safe now")
    assert second_look(safe, 2.0, TEXT) == safe


def test_two_or_three_words_are_too_few_to_judge():
    assert second_look(NOTHING, 2.0, "so done today") == NOTHING


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i started cutting myself again last night", "self_harm"),
        ("i will make him pay and hurt my boss tomorrow", "harm_others"),
        ("there is no way that i go on living", "suicide"),
    ],
)
def test_the_reply_fits_what_was_written(text, kind):
    assert second_look(NOTHING, CERTAIN, text).kind == kind


def test_it_is_wired_into_the_coach_and_does_not_fire_on_work_talk(built):
    for text in (
        "this deadline is killing me and my manager knows it",
        "how often should i see my manager about the plan",
    ):
        assert not built.coach.hear(text, []).is_crisis


def test_what_is_said_to_a_manager_is_not_heard_as_danger(built):
    """In a rehearsal every line is looked at, and a crisis reply ends the scene."""
    lines = [json.loads(line)["text"] for line in (ROOT / "tests" / "evals" / "turns.jsonl").read_text(encoding="utf-8").splitlines()]
    lines.append("Thanks for making time. Before anything else, I'd like to understand why I'm on this plan.")
    alarms = [line for line in lines if built.coach.hear(line, [], spoken=True).is_crisis]
    assert not alarms


@pytest.mark.parametrize(
    "text",
    ["honestly thinking of just walking out today. hand my keys in and tell them to stick it", "i'm about to quit on the spot, i've had it with this place"],
)
def test_leaving_a_job_in_anger_is_not_leaving_life(text):
    assert second_look(Danger(), 1.1, text).level == "none"
    assert second_look(Danger(), 1.6, text).is_crisis, "a sure model still speaks"


def test_thanks_are_not_answered_with_a_gentle_question():
    text = "told my mum, she was nice about it. feel a bit better. thanks"
    assert second_look(Danger(), 0.86, text).level == "none"
    assert second_look(Danger(), 0.95, "thanks for everything, you can all stop worrying about me now").is_crisis


def test_an_everyday_request_is_answered_with_a_gentle_question_beside_it():
    text = "at home now, my sister is in the next room. what do i do tonight? its 45 days"
    assert second_look(Danger(), 1.03, text, plain=True).level == "soft"
    assert second_look(Danger(), 1.6, text, plain=True).is_crisis
