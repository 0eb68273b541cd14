"""A revised plan keeps what the person did and never deletes anything."""

from datetime import date
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.checklist.diff import diff
from coach.checklist.items import agreed, from_plan
from coach.checklist.revision import apply_revision
from coach.schema.checklist import Evidence, Item, Origin, Promise, PromiseState, Status, Step
from coach.schema.plan import Missing, Plan
from tests.checklist.samples import BOOKING, MAIL, MONITOR, NICE, goal, plan, quote

ON = date(2026, 4, 2)
FIRST, SECOND, THIRD = "1" * 32, "2" * 32, "3" * 32
OLD = plan()


def new_ids():
    numbers = count(100)
    return lambda: f"{next(numbers):032x}"


def started() -> tuple[tuple[Item, ...], tuple[Promise, ...]]:
    """Items of OLD under way."""
    items, promises = from_plan(OLD, FIRST, new_ids())
    mail = items[0]
    step = Step(id="a" * 32, item=mail.id, text="Make a template", done=True)
    shown = Evidence(id="b" * 32, item=mail.id, on=ON, text="Mail log", minutes=20)
    doing = {"status": Status.IN_PROGRESS, "notes": "Going well", "steps": (step,), "evidence": (shown,)}
    kept = promises[1].model_copy(update={"state": PromiseState.KEPT, "note": "It came on Monday"})
    return (mail.model_copy(update=doing), *items[1:]), (promises[0], kept)


def revise(new: Plan, items=None, promises=None, old: Plan = OLD, version: str = SECOND):
    first, promised = started()
    first = first if items is None else items
    promised = promised if promises is None else promises
    return apply_revision(diff(old, new), first, promised, version, ON, new_ids())


def changed(number: int, **fields) -> Plan:
    goals = list(OLD.goals)
    goals[number] = goals[number].model_copy(update={"id": "n1", **fields})
    return plan(goals=tuple(goals))


def test_items_and_promises_of_a_plan():
    items, promises = from_plan(OLD, FIRST, new_ids())
    assert [item.title for item in items] == ["Guest emails", "Double bookings", "Leadership"]
    assert [item.position for item in items] == [0, 1, 2]
    assert items[0].measure_source == "plan" and items[2].measure_source is None
    assert {item.origin for item in items} == {promise.origin for promise in promises} == {Origin.PLAN}
    assert [promise.quote for promise in promises] == [support.quote for support in OLD.supports]
    assert from_plan(Plan(goals=(goal("g", "Do it", title=" "),)), FIRST, new_ids())[0][0].title == "Do it"


def test_same_plan_again_changes_nothing_but_the_place():
    items, promises = started()
    after, promised = revise(OLD)
    assert [i.model_copy(update={"plan": FIRST}) for i in after] == list(items)
    assert [p.model_copy(update={"plan": FIRST}) for p in promised] == list(promises)
    assert {record.plan for record in (*after, *promised)} == {SECOND}


def test_moved_deadline_and_new_words_keep_the_progress():
    words = MAIL.replace("30 April", "14 May")
    new = changed(
        0, quote=words, deadline=date(2026, 5, 14), deadline_words="by 14 May 2026", title="E-mails", page=3
    )
    before = started()[0][0]
    after = revise(new)[0][0]
    assert (after.quote, after.deadline, after.goal, after.page, after.title) == (
        words,
        date(2026, 5, 14),
        "n1",
        3,
        "E-mails",
    )
    same = ("id", "status", "notes", "steps", "evidence", "position", "measure", "measure_source")
    assert all(getattr(after, name) == getattr(before, name) for name in same)


def test_dropped_goal_stays_as_no_longer_in_the_plan():
    after, _ = revise(plan(goals=OLD.goals[1:]))
    assert [(item.origin, item.status) for item in after][0] == (Origin.DROPPED, Status.IN_PROGRESS)
    assert after[0].evidence and after[0].plan == FIRST and after[0].quote == MAIL
    assert [item.origin for item in after[1:]] == [Origin.PLAN, Origin.PLAN]


def test_goal_that_comes_back_wakes_its_item():
    middle = plan(goals=OLD.goals[1:])
    after, promised = revise(middle)
    again, _ = revise(OLD, after, promised, old=middle, version=THIRD)
    assert [item.id for item in again] == [item.id for item in started()[0]]
    assert again[0].origin == Origin.PLAN and again[0].status == Status.IN_PROGRESS and again[0].plan == THIRD


def test_new_goal_is_put_last():
    fresh = goal("g9", "Hand in the certificate of the food safety course", measure="the certificate")
    after, _ = revise(plan(goals=(fresh, *OLD.goals)))
    assert [item.title for item in after][-1] == fresh.title and after[-1].position == 3
    assert after[-1].status == Status.NOT_STARTED and after[-1].plan == SECOND


def test_measure_of_a_meeting_stays_while_the_plan_is_silent():
    items, _ = started()
    met = items[2].model_copy(update=agreed(items[2], "two praises a week", date(2026, 3, 3)))
    assert met.missing == (Missing.DEADLINE,)
    after = revise(changed(2, title="Leading"), (*items[:2], met))[0][2]
    assert (after.measure, after.measure_source) == ("two praises a week", "meeting of 3 March 2026")
    assert after.missing == (Missing.DEADLINE,) and after.notes == "" and after.title == "Leading"


def test_measure_of_a_meeting_goes_to_the_notes_when_the_plan_names_one():
    items, _ = started()
    met = items[2].model_copy(
        update={**agreed(items[2], "two praises a week", date(2026, 3, 3)), "notes": "Mine"}
    )
    after = revise(changed(2, measure="a survey score of 4", missing=()), (*items[:2], met))[0][2]
    assert (after.measure, after.measure_source) == ("a survey score of 4", "plan")
    assert after.notes == (
        "Mine\nBefore the revised plan of 2 April 2026: measure “two praises a week” (meeting of 3 March 2026)."
    )


def test_the_persons_own_title_and_deadline_stay():
    items, _ = started()
    mine = items[1].model_copy(update={"title": "My bookings", "deadline": date(2026, 4, 9)})
    after = revise(changed(1, title="Bookings"), (items[0], mine, items[2]))[0][1]
    assert after.title == "My bookings" and after.deadline == date(2026, 4, 9)


def test_removed_item_stays_away_until_the_plan_changes_it():
    items, _ = started()
    assert [item.title for item in revise(OLD, items[:2])[0]] == ["Guest emails", "Double bookings"]
    back = revise(changed(2, measure="a survey score of 4"), items[:2])[0]
    assert [item.quote for item in back] == [MAIL, BOOKING, NICE]


def test_items_added_by_hand_are_left_alone():
    own = Item(id="f" * 32, title=NICE, quote=NICE, position=7)
    after, _ = revise(plan(goals=()), (*started()[0], own))
    assert after[3] == own and {item.origin for item in after[:3]} == {Origin.DROPPED}


def test_promises_follow_their_support():
    moved = quote(MONITOR.replace("13 March", "20 March"))
    _, promised = revise(plan(supports=(moved, quote("Two coding sessions with Rosa"))))
    assert [(promise.origin, promise.state) for promise in promised] == [
        (Origin.DROPPED, PromiseState.OPEN),
        (Origin.PLAN, PromiseState.KEPT),
        (Origin.PLAN, PromiseState.OPEN),
    ]
    assert promised[1].quote == promised[1].text == moved.quote and promised[1].note == "It came on Monday"


PLANS = st.lists(
    st.sampled_from([MAIL, BOOKING, NICE, f"{NICE} each day", "Go home on time"]), max_size=4
).map(lambda quotes: plan(goals=tuple(goal(f"g{number}", text) for number, text in enumerate(quotes))))


@given(st.lists(PLANS, min_size=1, max_size=5), st.sampled_from(Status))
@settings(deadline=None)
def test_no_revision_loses_anything(plans, status):
    new_id = new_ids()
    items, promises = from_plan(plans[0], FIRST, new_id)
    items = tuple(item.model_copy(update={"status": status, "notes": "mine"}) for item in items)
    for number, (old, new) in enumerate(zip(plans, plans[1:], strict=False), 4):
        before = {item.id: item for item in items}
        items, promises = apply_revision(diff(old, new), items, promises, f"{number:032x}", ON, new_id)
        after = {item.id: item for item in items}
        assert before.keys() <= after.keys() and len(after) == len(items)
        for id, item in before.items():
            assert (after[id].status, after[id].notes) == (item.status, item.notes)
        live = [item.goal for item in items if item.origin == Origin.PLAN]
        assert sorted(live) == sorted(goal.id for goal in new.goals)
