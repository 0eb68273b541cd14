"""Hundreds of rehearsals with scripted employees: skill and difficulty order what is got, and every meeting goes on and ends."""

import itertools

import pytest

from coach.rehearsal.debrief import score
from coach.schema.enums import Difficulty, Persona, Scenario
from coach.schema.rehearsal import Ended
from tests.rehearsal.conftest import EMPLOYEES

BETTER = (
    ("good", "average"), ("average", "defensive"), ("average", "grovelling"), ("average", "withdrawn"),
    ("defensive", "hostile"), ("grovelling", "hostile"), ("withdrawn", "hostile"),
)  # fmt: skip
PLACES = [pytest.param(scenario, persona, id=f"{scenario}-{persona}") for scenario in Scenario for persona in Persona]


def got(scene) -> float:
    return len(scene.state.told) + sum(0.5 if one.partly else 1 for one in scene.state.agreed)


def said(scene) -> list[str]:
    return [one.text for one in (*scene.opening, *(each for line in scene.lines for each in line.said))]


@pytest.mark.parametrize(("scenario", "persona"), PLACES)
def test_skill_and_difficulty_order_every_meeting(play, book, scenario, persona):
    scenes = {
        (name, difficulty): play(turns, scenario=scenario, persona=persona, difficulty=difficulty)
        for name, turns in EMPLOYEES.items()
        for difficulty in Difficulty
    }
    for difficulty, (better, worse) in itertools.product(Difficulty, BETTER):
        one, other = scenes[better, difficulty], scenes[worse, difficulty]
        assert one.state.trust > other.state.trust, (better, worse, difficulty)
        assert got(one) >= got(other), (better, worse, difficulty)
        assert score(one, book) >= score(other, book), (better, worse, difficulty)
    for name in EMPLOYEES:
        trust = [scenes[name, difficulty].state.trust for difficulty in Difficulty]
        concessions = [got(scenes[name, difficulty]) for difficulty in Difficulty]
        assert trust == sorted(trust, reverse=True) and len(set(trust)) == len(trust), (name, trust)
        assert concessions == sorted(concessions, reverse=True), (name, concessions)
    for key, scene in scenes.items():
        lines = said(scene)
        assert len(lines) == len(set(lines)), key
        assert all(line.said for line in scene.lines), key
    assert got(scenes["good", Difficulty.HARD]) > got(scenes["average", Difficulty.HARD])
    assert all(scenes["hostile", difficulty].ended is Ended.THREATS for difficulty in Difficulty)


def test_over_all_meetings_more_is_conceded_to_skill_and_at_less_difficulty(play):
    total = {
        (name, difficulty): sum(
            got(play(EMPLOYEES[name], scenario=scenario, persona=persona, difficulty=difficulty))
            for scenario in Scenario
            for persona in Persona
        )
        for name in ("good", "average", "defensive", "grovelling")
        for difficulty in Difficulty
    }
    for difficulty in Difficulty:
        assert total["good", difficulty] > total["average", difficulty] > total["defensive", difficulty]
        assert total["good", difficulty] > total["grovelling", difficulty]
    for name in ("good", "average"):
        levels = [total[name, difficulty] for difficulty in Difficulty]
        assert levels[0] > levels[1] > levels[2]


@pytest.mark.parametrize("persona", Persona)
@pytest.mark.parametrize("turn", ["ok", "", "Why?", "I'll do better.", "Thank you.", "asdfgh qwrtz", "Who are you?", "What are my goals?"])
def test_whoever_says_the_same_forever_comes_to_an_end_and_hears_nothing_twice(play, persona, turn):
    scene = play([turn] * 60, persona=persona, difficulty=Difficulty.SUPPORTIVE)
    assert scene.ended and len(scene.lines) <= 20
    lines = said(scene)
    assert len(lines) == len(set(lines))


def test_a_question_that_was_held_back_is_answered_after_something_was_owned(play):
    ask = "What happens at the end if I miss one of the goals?"
    cold = play([ask], persona=Persona.COLD, difficulty=Difficulty.HARD)
    assert not cold.state.told
    owned = play(
        [
            ask,
            "I sent the March report eleven days late and told nobody. That was on me.",
            "From Monday I'll send you the open list every Friday by noon.",
            ask,
            ask,
        ],
        persona=Persona.COLD,
        difficulty=Difficulty.HARD,
    )
    assert "consequences" in owned.state.told
