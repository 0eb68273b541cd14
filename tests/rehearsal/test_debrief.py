"""The debrief: what was got, exact quotes, one focus; a worse transcript never scores higher than the better one."""

import pytest

from coach.rehearsal.debrief import debrief, score
from coach.schema.enums import Difficulty, Persona, Scenario
from coach.schema.turns import Label
from tests.rehearsal.conftest import EMPLOYEES

WORSE = {
    "defensive": "It's not my fault, nobody told me anything and everyone else does the same.",
    "grovelling": "I'm so sorry about everything, I'm useless and it's all my fault.",
    "withdrawn": "Whatever. If you say so.",
    "hostile": "You're a liar and you'll hear from my lawyer.",
    "empty": "",
    "vague": "I'll try to do better.",
    "nice": "Thank you, I really appreciate it.",
}
ADDED = {
    "grovel": " I'm so sorry for everything, I'm useless and I've let everyone down.",
    "blame": " But it's not my fault, nobody ever told me and the others are worse.",
}
CASTS = [
    pytest.param(scenario, persona, difficulty, id=f"{scenario}-{persona}-{difficulty}")
    for scenario, persona, difficulty in (
        (Scenario.FIRST_MEETING, Persona.COLD, Difficulty.GUARDED),
        (Scenario.FIRST_MEETING, Persona.RUSHED, Difficulty.HARD),
        (Scenario.SUPPORT, Persona.AVOIDING, Difficulty.SUPPORTIVE),
        (Scenario.CHECK_IN, Persona.SCEPTICAL, Difficulty.GUARDED),
        (Scenario.HR, Persona.BY_THE_BOOK, Difficulty.GUARDED),
    )
]


@pytest.mark.parametrize("worse", WORSE)
@pytest.mark.parametrize(("scenario", "persona", "difficulty"), CASTS)
def test_replacing_any_good_turn_never_raises_the_score(play, book, scenario, persona, difficulty, worse):
    cast = {"scenario": scenario, "persona": persona, "difficulty": difficulty}
    best = score(play(EMPLOYEES["good"], **cast), book)
    for at in range(len(EMPLOYEES["good"]) - 1):
        turns = [*EMPLOYEES["good"][:at], WORSE[worse], *EMPLOYEES["good"][at + 1 :]]
        assert score(play(turns, **cast), book) <= best, (at, worse)


@pytest.mark.parametrize("added", ADDED)
@pytest.mark.parametrize(("scenario", "persona", "difficulty"), CASTS)
def test_grovelling_or_blame_on_top_of_a_good_turn_never_raises_it(play, book, scenario, persona, difficulty, added):
    cast = {"scenario": scenario, "persona": persona, "difficulty": difficulty}
    best = score(play(EMPLOYEES["good"], **cast), book)
    for at in range(len(EMPLOYEES["good"]) - 1):
        turns = [*EMPLOYEES["good"][:at], EMPLOYEES["good"][at] + ADDED[added], *EMPLOYEES["good"][at + 1 :]]
        assert score(play(turns, **cast), book) <= best, (at, added)


@pytest.mark.parametrize(("scenario", "persona", "difficulty"), CASTS)
def test_leaving_good_turns_out_never_raises_it(play, book, scenario, persona, difficulty):
    cast = {"scenario": scenario, "persona": persona, "difficulty": difficulty}
    scores = [score(play(EMPLOYEES["good"][:count], **cast), book) for count in range(1, len(EMPLOYEES["good"]) + 1)]
    assert scores == sorted(scores)
    for at in range(len(EMPLOYEES["good"]) - 1):
        turns = [*EMPLOYEES["good"][:at], *EMPLOYEES["good"][at + 1 :]]
        assert score(play(turns, **cast), book) <= scores[-1], at


def test_only_nice_words_are_no_good_rehearsal(play, book):
    nice = play(
        ["Thank you for your time.", "I really appreciate your feedback.", "Thanks, that's helpful.", "I'm grateful for this chance.",
         "Thank you, I've learned a lot from you.", "I appreciate it."]
    )  # fmt: skip
    good = play(EMPLOYEES["good"])
    assert score(nice, book) < 35 < score(good, book) / 2 + 10
    assert not debrief(nice, book).agreed


def test_grovelling_is_no_good_rehearsal(play, book):
    found = debrief(play(EMPLOYEES["grovelling"], difficulty=Difficulty.SUPPORTIVE), book)
    assert found.score < 20 and found.agreed == () and found.worked == ()
    assert found.focus == book.feedback.focus["over_apology"]
    assert found.cost and any(found.cost.quote in turn for turn in EMPLOYEES["grovelling"])


def test_a_good_rehearsal_is_summed_up_in_the_persons_words(play, book):
    played = play(EMPLOYEES["good"], difficulty=Difficulty.SUPPORTIVE)
    found = debrief(played, book)
    assert len(found.worked) == 2 and found.cost is None and found.agreed
    for one in found.worked:
        assert any(one.quote in turn for turn in EMPLOYEES["good"])
    assert set(found.known) <= {"why", "goals", "measure", "timeframe", "consequences"} and len(found.known) >= 3
    assert found.score >= 70


@pytest.mark.parametrize("name", ["defensive", "withdrawn", "hostile"])
def test_the_focus_is_the_worst_habit(play, book, name):
    label = {"hostile": Label.THREAT}.get(name) or (Label.DEFENSIVE if name == "defensive" else Label.WITHDRAWAL)
    found = debrief(play(EMPLOYEES[name]), book)
    assert found.focus == book.feedback.focus[label.value]
    assert found.cost and found.cost.better and found.cost.why


def test_the_quote_that_cost_is_not_among_those_that_worked(play, book):
    found = debrief(play(EMPLOYEES["average"]), book)
    assert found.cost is None or all(one.quote != found.cost.quote for one in found.worked)
