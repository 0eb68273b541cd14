"""What is typed bit by bit, added or sorted together goes back together."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coach.schema.checklist import CheckIn, CheckInState, Entry, Question


@pytest.fixture
def later():
    """How much time has passed since the beginning, in parts."""
    return [timedelta(0)]


@pytest.fixture
def clock(later):
    return lambda: datetime(2026, 3, 2, 9, tzinfo=UTC) + sum(later, timedelta(0))


def test_what_is_saved_while_it_is_typed_goes_back_in_one_step(store):
    question = store.plans.add(Question(text="Why?"))
    store.plans.add(Question(text="And then?"))
    for text in ("T", "Two", "Two reports"):
        more = {"answered_on": date(2026, 3, 4)} if text == "T" else {}
        question = store.plans.change(question, typing=True, answer=text, **more)
    assert len(store.plans.changes()) == 3
    store.plans.undo()
    after = next(one for one in store.plans.load().questions if one.id == question.id)
    assert (after.answer, after.answered_on) == ("", None) and after.version > question.version


def test_typing_in_two_places_or_after_a_while_is_two_steps(store, later):
    one, two = store.plans.add(Question(text="Why?")), store.plans.add(Question(text="And then?"))
    one = store.plans.change(one, typing=True, answer="a")
    store.plans.change(two, typing=True, answer="b")
    one = store.plans.change(one, typing=True, answer="ab")
    assert len(store.plans.changes()) == 5
    later.append(timedelta(minutes=11))
    store.plans.change(one, typing=True, answer="abc")
    store.plans.undo()
    assert store.plans.load().questions[0].answer == "ab"


def test_a_line_that_is_kept_along_goes_back_with_the_change(store):
    check_in = store.plans.add(CheckIn(at=datetime(2026, 3, 3, 10), zone="Europe/London"))
    store.plans.change(check_in, state=CheckInState.CANCELLED, along=Entry(on=date(2026, 3, 2), text="she cancelled again"))
    kept = store.plans.load()
    assert kept.check_ins[0].state is CheckInState.CANCELLED and [one.text for one in kept.log] == ["she cancelled again"]
    store.plans.undo()
    kept = store.plans.load()
    assert kept.check_ins[0].state is CheckInState.PLANNED and kept.log == ()


def test_several_new_records_and_a_new_order_are_one_step_each(store):
    store.plans.add_all([Question(text=f"Question {n}", priority=n) for n in range(3)], "3 questions added")
    ids = [one.id for one in store.plans.load().questions]
    store.plans.arrange([ids[2], ids[0]], Question)
    assert [one.id for one in store.plans.load().questions] == [ids[2], ids[0], ids[1]]
    store.plans.undo()
    assert [one.id for one in store.plans.load().questions] == ids
    assert store.plans.undo() == "Took back: 3 questions added." and store.plans.load().questions == ()
