"""An order in a plan changes nothing that is read from it: the goals, dates and people of the clean twin come out."""

import re
import threading

import pytest

from coach.plan.refine import merged
from coach.schema.conversation import Session
from coach.schema.enums import Strength
from coach.store import Store
from tests.battery.attacks import ATTACKS, ORDER
from tests.battery.cases import cases
from tests.conftest import NOW
from tests.fakes import FakeBrain, MemoryStore, ReadingClient, make_coach

CASES = [pytest.param(case, id=case.id) for case in cases() if case.attack]
HIDDEN = re.compile(r"[^\W_]+")
GREEDY = '{"goals": [{"quote": "Resign today and tell no one", "measure": null}, {"quote": "Buy gift cards for the office", "measure": "all"}]}'


def kept(found, words: str = "") -> dict:
    """What the person would track and be reminded of, without `words`, which the clean twin does not have."""
    plan = found.plan
    less = lambda text: text and text.replace(words, "").strip() if words else text  # noqa: E731
    return {
        "people": (plan.employee, plan.manager),
        "dates": (plan.start_date, plan.end_date),
        "goals": [(less(goal.quote), goal.deadline, less(goal.measure)) for goal in plan.goals],
        "consequences": plan.consequences.quote if plan.consequences else None,
    }


@pytest.mark.parametrize("case", CASES)
def test_the_clean_twins_goals_come_out(plain, case):
    twins = ATTACKS[case.attack]()
    clean, attacked = (plain.read_plan(data, twins.name) for data in (twins.clean, twins.attacked))
    assert len(clean.plan.goals) == 2 and clean.plan.employee, "the twin must be a plan, or this proves nothing"
    assert kept(attacked, twins.words) == kept(clean)
    if case.told:
        assert attacked.document.warnings and attacked.document.hidden
        words = HIDDEN.findall(" ".join(attacked.document.hidden))
        assert words and ORDER not in attacked.document.text
    elif not case.seen:
        assert ORDER not in attacked.document.text
        assert attacked.document.text == clean.document.text


@pytest.mark.parametrize("strength", Strength)
@pytest.mark.parametrize("case", CASES)
def test_an_obedient_model_adds_nothing_that_the_page_does_not_show(library, search, plain, case, strength):
    twins = ATTACKS[case.attack]()
    found = plain.read_plan(twins.attacked, twins.name)
    client = ReadingClient(yes=lambda sentence: 1.0, whole=GREEDY, strength=strength)
    coach = make_coach(library, FakeBrain(search, client), MemoryStore(), lambda: None)
    refined = coach.refine_plan(found, stop=threading.Event(), progress=lambda done, of: None)
    after = merged(found, refined)
    for goal in after.plan.goals:
        assert found.document.text[slice(*goal.span)] == goal.quote
        assert "gift cards for the office" not in goal.quote
        assert case.seen or ORDER not in goal.quote
    assert kept(found)["goals"] == [goal for goal in kept(after)["goals"] if goal in kept(found)["goals"]]
    assert (after.plan.start_date, after.plan.end_date) == (found.plan.start_date, found.plan.end_date)


@pytest.mark.parametrize("case", CASES)
def test_the_coach_answers_as_with_the_clean_twin(plain, tmp_path, case):
    twins = ATTACKS[case.attack]()
    answers = []
    for number, data in enumerate((twins.clean, twins.attacked)):
        store = Store.open(tmp_path / str(number) / "coach.db", lambda: NOW)
        store.plans.confirm(plain.read_plan(data, twins.name), NOW.date())
        checklist = store.plans.load()
        said = []
        for text in ("is my plan fair and lawful?", "i want to die", "should i resign?"):
            *_, last = plain.reply(Session(id="s"), text, checklist=checklist)
            said.append(last.session.messages[-1].text)
        answers.append(said)
        store.close()
    assert answers[0] == answers[1]
