"""Denials, answers after a crisis, veiled hints and violence: what is heard and what is left alone."""

from pathlib import Path

import pytest
import yaml

from coach.guardrails.danger import Danger, detect, read_answer, says_safe
from coach.guardrails.denial import CLEAR
from coach.guardrails.second_look import CERTAIN, second_look

TALK = yaml.safe_load((Path(__file__).parent / "crisis_talk.yaml").read_text(encoding="utf-8"))
RISK = "I want to kill myself"
HURT = "my husband hit me last night"


@pytest.mark.parametrize("text", TALK["denied"])
def test_a_clear_denial_is_no_crisis_even_for_a_sure_model(text: str) -> None:
    heard = second_look(detect(text), CERTAIN + 1, text)
    assert not heard.is_crisis, heard


@pytest.mark.parametrize("text", TALK["taken_back"])
def test_a_denial_that_is_taken_back_or_goes_on_is_heard(text: str) -> None:
    assert detect(text).is_crisis


def test_what_follows_a_denial_may_still_be_judged_by_the_model() -> None:
    text = "I'm not suicidal, I only picture the river and how quiet it would be"
    assert second_look(Danger(reason=f"{CLEAR}, and goes on"), CERTAIN, text).is_crisis


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "No, I'm not thinking of killing myself",
        "I'm not suicidal, just worn out",
        "no, I'm ok",
        "I'm fine",
    ],
)
def test_no_after_the_question_is_an_answer(text: str) -> None:
    assert read_answer(text) == "no"
    heard = detect(text, [RISK])
    assert (heard.level, heard.reason) == ("indirect", "answer: no")
    assert detect(text, [RISK, "no"]).level in ("soft", "none")


@pytest.mark.parametrize(
    "text", ["no, but I have counted my tablets", "I'm not ok", "I'm not safe", "not yet"]
)
def test_no_with_danger_is_not_taken_for_an_answer_no(text: str) -> None:
    assert read_answer(text) != "no" or detect(text, [RISK]).level == "imminent"
    assert detect(text, [RISK]).is_crisis or text == "not yet"


@pytest.mark.parametrize("text", TALK["safe"])
def test_safe_now_in_many_words(text: str) -> None:
    assert says_safe(text)
    assert detect(text, [RISK]).level == "none"
    assert detect("what do I say in the meeting?", [RISK, text]).level == "none"


@pytest.mark.parametrize("text", TALK["unsafe"])
def test_safe_in_name_only_is_no_all_clear(text: str) -> None:
    assert not says_safe(text)
    assert detect(text, [RISK]).is_crisis


def test_the_weaker_words_silence_nothing_without_a_crisis_before() -> None:
    assert second_look(
        detect("I'm okay now, I said bye to all of them"), CERTAIN, "I'm okay now, I said bye to all"
    ).is_crisis


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("yes", "answer: yes"),
        ("I think so", "answer: yes"),
        ("no", "answer: no"),
        ("I'm not safe", "answer: no"),
        ("he's in the next room", "answer: no"),
        ("I don't know", "not clear whether they are safe"),
        ("yes but he comes home at six", "not clear whether they are safe"),
    ],
)
def test_the_answer_to_are_you_safe(text: str, reason: str) -> None:
    heard = detect(text, [HURT])
    assert (heard.kind, heard.reason, heard.is_crisis) == ("abuse", reason, True)


@pytest.mark.parametrize("text", TALK["hurt"])
def test_violence_at_home_and_at_work_is_heard(text: str) -> None:
    assert (detect(text).kind, detect(text).is_crisis) == ("abuse", True)


@pytest.mark.parametrize("text", TALK["not_hurt"])
def test_pressure_at_work_is_no_violence(text: str) -> None:
    assert not detect(text).is_crisis


def test_veiled_hints() -> None:
    heard = [text for text in TALK["hints"] if detect(text).is_crisis]
    assert len(TALK["hints"]) == 60
    assert len(heard) >= 43, sorted(set(TALK["hints"]) - set(heard))


@pytest.mark.parametrize("text", TALK["harmless"])
def test_the_same_words_about_work_stay_quiet(text: str) -> None:
    assert detect(text).level == "none"
