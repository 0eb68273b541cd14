"""The scored sets as a test of correctness: a change that makes the coach find, route or hear worse fails here.

The floors lie a little under the figures of the day they were written; `python -m coach eval all` shows the figures.
"""

import pytest

from coach.evals import questions as question_score
from coach.evals import score
from coach.locations import ROOT

SETS = ROOT / "tests" / "evals"


@pytest.fixture(scope="module")
def queries(built):
    return score.queries(built, SETS / "queries.jsonl")


@pytest.fixture(scope="module")
def messages(built):
    return score.routes(built, SETS / "messages.jsonl")


@pytest.fixture(scope="module")
def crisis(built):
    return score.crisis(built, SETS / "crisis" / "open.jsonl")


@pytest.mark.parametrize(("figure", "floor"), [("hit@1", 0.78), ("hit@3", 0.89), ("scope", 0.90)])
def test_the_right_guidance_is_found(queries, figure, floor):
    assert queries.items == 70
    assert queries.figures[figure] >= floor, "\n".join(queries.misses)


def test_messages_go_where_they_belong(messages):
    assert messages.items == 90
    assert messages.figures["route"] >= 0.95, "\n".join(messages.misses)


def test_no_danger_is_missed_and_no_message_is_taken_for_one(messages):
    assert messages.figures["crisis found"] == 1.0 and messages.figures["false alarms"] == 0, "\n".join(
        messages.misses
    )


def test_danger_is_heard_in_every_language_of_the_set(crisis):
    assert crisis.items == 150
    assert crisis.figures["recall"] >= 0.98 and crisis.figures["recall English"] == 1.0, "\n".join(
        crisis.misses
    )


def test_figures_of_speech_are_no_danger(crisis):
    assert crisis.figures["false alarm rate"] <= 0.03 and crisis.figures["soft on none"] <= 0.15, "\n".join(
        crisis.misses
    )


def test_the_list_of_questions_asks_for_every_gap_and_for_little_else(built):
    score = question_score.questions(built, SETS / "plans")
    assert score.items > 150 and score.figures["gaps covered"] == 1.0, "\n".join(score.misses)
    assert score.figures["false questions"] <= 0.01, "\n".join(score.misses)


def test_a_target_that_is_missed_fails_the_command():
    """`eval` exits 1 where a figure misses its target, ceilings included."""
    made = score.Score(
        name="x",
        items=1,
        figures={"route": 0.9, "false alarms": 0},
        targets={"route": 0.9, "false alarms": 0},
        misses=(),
    )
    assert made.passed
    assert not made.model_copy(update={"figures": {"route": 0.89, "false alarms": 0}}).passed
    assert not made.model_copy(update={"figures": {"route": 0.9, "false alarms": 1}}).passed
