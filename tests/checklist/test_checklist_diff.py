"""What changed between two versions of a plan."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.checklist.diff import ALIKE, diff, likeness, paired
from coach.errors import UserError
from coach.schema.plan import Plan, Signature
from coach.schema.plan_diff import GoalChange
from tests.checklist.samples import BOOKING, COURSE, MAIL, MONITOR, NICE, goal, plan, quote

OLD = plan()
MAIL_GOAL, BOOKING_GOAL, NICE_GOAL = OLD.goals


def found(*goals) -> list[tuple[str | None, str | None, set[str]]]:
    pairs = diff(OLD, plan(goals=goals)).goals
    return [(p.old and p.old.id, p.new and p.new.id, {change.value for change in p.changes}) for p in pairs]


def test_same_plan():
    assert diff(OLD, OLD).same
    assert found(*OLD.goals) == [("g1", "g1", set()), ("g2", "g2", set()), ("g3", "g3", set())]


def test_typography_is_no_change():
    again = [
        goal.model_copy(update={"quote": goal.quote.upper().replace(" ", "\n"), "id": f"n{number}"})
        for number, goal in enumerate(OLD.goals)
    ]
    assert found(*again) == [("g1", "n0", set()), ("g2", "n1", set()), ("g3", "n2", set())]


def test_order_and_ids_do_not_matter():
    moved = [goal.model_copy(update={"id": f"g{3 - number}"}) for number, goal in enumerate(OLD.goals)]
    assert found(*reversed(moved)) == [("g3", "g1", set()), ("g2", "g2", set()), ("g1", "g3", set())]


def test_moved_deadline_is_not_called_reworded():
    later = {
        "quote": MAIL.replace("30 April", "14 May"),
        "deadline": date(2026, 5, 14),
        "deadline_words": "by 14 May 2026",
    }
    assert found(MAIL_GOAL.model_copy(update=later))[0] == ("g1", "g1", {"deadline"})


def test_changed_measure_is_not_called_reworded():
    harder = {"quote": MAIL.replace("4 hours", "2 hours"), "measure": "within 2 hours"}
    assert found(MAIL_GOAL.model_copy(update=harder))[0] == ("g1", "g1", {"measure"})


def test_reworded_new_and_dropped():
    other = BOOKING_GOAL.model_copy(
        update={"quote": "There is no more than one double booking in each month"}
    )
    fresh = goal("g9", "Hand in the certificate of the food safety course")
    assert found(other, fresh) == [
        ("g2", "g2", {"reworded"}),
        (None, "g9", {"new"}),
        ("g1", None, {"dropped"}),
        ("g3", None, {"dropped"}),
    ]


def test_target_and_source_of_evidence():
    wider = BOOKING_GOAL.model_copy(update={"target": "0", "evidence_source": "the desk log"})
    assert found(wider)[0] == ("g2", "g2", {"target", "evidence_source"})


def test_goal_that_only_grew_is_reworded():
    longer = NICE_GOAL.model_copy(
        update={"quote": f"{NICE} and in the weekly meeting with the heads of department"}
    )
    assert found(longer)[0] == ("g3", "g3", {"reworded"})


def test_near_twins_find_their_own():
    twins = (goal("a", "Answer guest emails within 4 hours"), goal("b", "Answer guest calls within 4 hours"))
    new = (goal("x", "Answer guest calls within 3 hours"), goal("y", "Answer guest emails within 3 hours"))
    pairs = diff(Plan(goals=twins), Plan(goals=new)).goals
    assert [(pair.old.id, pair.new.id) for pair in pairs] == [("b", "x"), ("a", "y")]


def test_equal_goals_stay_in_order():
    twice = (goal("a", NICE), goal("b", NICE))
    pairs = diff(Plan(goals=twice), Plan(goals=(goal("x", NICE), goal("y", NICE)))).goals
    assert [(pair.old.id, pair.new.id, pair.changes) for pair in pairs] == [("a", "x", ()), ("b", "y", ())]


def test_of_equal_goals_the_one_in_the_same_place_stays():
    twice = Plan(goals=(goal("a", NICE), goal("b", NICE)))
    pairs = diff(twice, Plan(goals=(goal("x", MAIL), goal("y", NICE)))).goals
    assert [(pair.old and pair.old.id, pair.new and pair.new.id) for pair in pairs] == [
        (None, "x"),
        ("b", "y"),
        ("a", None),
    ]


def test_supports():
    new = plan(
        supports=(quote(MONITOR.replace("13 March", "20 March")), quote("Two coding sessions with Rosa"))
    )
    supports = diff(OLD, new).supports
    assert [(s.old and s.old.quote, s.new and s.new.quote[:12], s.reworded) for s in supports] == [
        (MONITOR, "A second mon", True),
        (None, "Two coding s", False),
        (COURSE, None, False),
    ]


def test_facts_of_the_plan():
    new = plan(end_date=date(2026, 6, 26), check_ins=None, manager="BEA", signature=Signature.RECEIPT)
    fields = {field.name: (field.old, field.new) for field in diff(OLD, new).fields}
    assert fields == {
        "end_date": ("2026-05-29", "2026-06-26"),
        "check_ins": ("every Thursday at 2 pm", None),
        "signature": ("none", "receipt"),
    }
    assert not diff(OLD, new).same


def test_put_together_by_hand():
    other = goal("g1", "Send Bea a written update every Friday")
    apart = diff(OLD, plan(goals=(MAIL_GOAL, BOOKING_GOAL, other.model_copy(update={"id": "g8"}))))
    assert [pair.changes for pair in apart.goals][2:] == [(GoalChange.NEW,), (GoalChange.DROPPED,)]
    together = paired(apart, "g3", "g8")
    assert [(pair.old.id, pair.new.id) for pair in together.goals] == [
        ("g1", "g1"),
        ("g2", "g2"),
        ("g3", "g8"),
    ]
    assert together.goals[2].changes == (GoalChange.REWORDED,)
    for old, new in [("g1", "g8"), ("g3", "g2"), ("g3", "nothing")]:
        with pytest.raises(UserError, match="Choose a goal"):
            paired(apart, old, new)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Build a pipeline of qualified opportunities worth at least £60,000", "Bring the pipeline to at least £120,000 and keep it there"),
        ("You must also clear the backlog of old cases", "You must send me a status sheet that lists each open case"),
        (MAIL, BOOKING),
        ("", "Answer"),
    ],
)  # fmt: skip
def test_different_goals_are_kept_apart(one, other):
    assert likeness(one, other) < ALIKE


GOALS = st.lists(st.text(st.sampled_from("abc de"), min_size=1, max_size=12), max_size=5).map(
    lambda quotes: tuple(goal(f"g{number}", text) for number, text in enumerate(quotes))
)


@given(GOALS, GOALS)
@settings(deadline=None)
def test_every_goal_comes_once(old, new):
    pairs = diff(Plan(goals=old), Plan(goals=new)).goals
    assert [pair.new for pair in pairs if pair.new] == list(new)
    assert sorted(pair.old.id for pair in pairs if pair.old) == sorted(goal.id for goal in old)
    assert all((GoalChange.NEW in pair.changes) == (pair.old is None) for pair in pairs)
    assert all((GoalChange.DROPPED in pair.changes) == (pair.new is None) for pair in pairs)
    assert diff(Plan(goals=old), Plan(goals=old)).same
