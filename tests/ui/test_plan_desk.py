"""What the plan part can do, on the real store: nothing unconfirmed is tracked, nothing is overwritten unseen."""

import re
from datetime import date

import pytest

from coach.schema.checklist import Origin, PromiseState, Status
from coach.ui.plan_desk import PlanDesk
from tests.ui import fakes, plans

TODAY = date(2027, 1, 20)


@pytest.fixture
def made(tmp_path):
    made = fakes.built(fakes.settings_for(tmp_path))
    yield made
    made.store.close()


@pytest.fixture
def desk(made):
    return PlanDesk(made, today=lambda: TODAY, clock=lambda: made.coach.now if hasattr(made.coach, "now") else 0.0)


def load(made):
    return made.store.plans.load()


def read(desk, text=plans.PLAN):
    return desk.read(text.encode(), "plan.txt")["draft"]


def step(desk, draft, do, **more):
    return desk.guarded(desk.review, {"draft": draft, "do": do, **more})


@pytest.fixture
def tracked(desk, made):
    step(desk, read(desk), "confirm")
    return load(made)


def test_nothing_is_tracked_before_confirm(desk, made):
    draft = read(desk)
    step(desk, draft, "edit", goal="g1", name="title", text="Tickets")
    step(desk, draft, "drop", goal="g3")
    assert load(made).items == () and load(made).plan is None
    shown = step(desk, draft, "confirm")
    assert shown["sheet"] == "" and shown["view"] == "plan"
    assert [item.title for item in load(made).items][0] == "Tickets" and len(load(made).items) == 2
    assert load(made).promises


def test_take_back_in_the_review(desk, made):
    draft = read(desk)
    step(desk, draft, "drop", goal="g1")
    shown = step(desk, draft, "back")
    assert "Left out:" not in shown["sheet"]
    assert "Left out:" not in step(desk, draft, "back")["sheet"]
    step(desk, draft, "confirm")
    assert len(load(made).items) == 3


def test_confirming_nothing_is_one_sentence(desk, made):
    draft = read(desk, plans.LIST)
    assert "Use it anyway" in step(desk, draft, "show")["sheet"]
    step(desk, draft, "anyway")
    assert "at least one goal" in step(desk, draft, "confirm")["fault"]
    step(desk, draft, "add", title="My own goal", quote="")
    step(desk, draft, "confirm")
    assert [(item.title, item.origin) for item in load(made).items] == [("My own goal", Origin.ADDED)]


def test_a_revised_plan_shows_the_difference_and_keeps_progress(desk, made, tracked):
    item = tracked.items[0]
    desk.act({"do": "change", "kind": "item", "id": item.id, "version": 1, "fields": {"status": ["not_started", "done"]}})
    shown = desk.read(plans.REVISED.encode(), "plan2.txt")
    for words in ("What is different", "Date moved", "15 February 2027", "22 February 2027", "New", "No longer there"):
        assert words in shown["sheet"]
    assert load(made).plan == tracked.plan
    shown = step(desk, shown["draft"], "confirm")
    after = load(made)
    assert after.plan.number == 2 and after.items[0].status is Status.DONE and after.items[0].deadline == date(2027, 2, 22)
    assert "No longer in the plan (1)" in shown["plan"]


def test_a_plan_confirmed_elsewhere_meanwhile_loses_nothing(desk, made, tracked):
    draft = read(desk, plans.REVISED)
    made.store.plans.revise(tracked.plan, tracked.plan.extraction, TODAY)
    real = made.store.plans.load
    made.store.plans.load = lambda: real().model_copy(update={"plan": tracked.plan})
    shown = step(desk, draft, "confirm")
    made.store.plans.load = real
    assert "Another window has changed the plan" in shown["fault"] and "What is different" in shown["sheet"]
    assert step(desk, draft, "confirm")["view"] == "plan"


def test_a_closed_review_is_one_sentence(desk):
    draft = read(desk)
    desk.drop(draft)
    assert "no longer open" in step(desk, draft, "confirm")["fault"]


def test_only_a_few_reviews_are_held(desk):
    first = read(desk)
    for _ in range(4):
        last = read(desk)
    assert "fault" in step(desk, first, "show") and "sheet" in step(desk, last, "show")


@pytest.mark.parametrize("status", list(Status))
def test_status(desk, made, tracked, status):
    item = tracked.items[1]
    shown = desk.act({"do": "change", "kind": "item", "id": item.id, "version": 1, "fields": {"status": ["not_started", status.value]}})
    assert "fault" not in shown and load(made).items[1].status is status


def test_two_windows_see_both_texts(desk, made, tracked):
    item = tracked.items[0]
    asked = {"do": "change", "kind": "item", "id": item.id, "version": "1"}
    desk.act({**asked, "fields": {"notes": ["", "the first note"]}})
    shown = desk.act({**asked, "fields": {"notes": ["", "the second note"]}})
    assert "the first note" in shown["fault"] and "the second note" in shown["fault"]
    assert load(made).items[0].notes == "the first note" and "the first note" in shown["plan"]


def test_steps_evidence_log_promises_feedback_and_undo(desk, made, tracked):
    item = tracked.items[0].id
    add = lambda kind, **fields: desk.act({"do": "add", "kind": kind, "fields": fields})  # noqa: E731
    add("step", item=item, text="Ask for the list")
    add("evidence", item=item, on="2027-01-19", text="Report of week 3", minutes="45")
    add("entry", on="2027-01-19", text="Helped the late shift", minutes="30", item="", beyond="true")
    add("feedback", on="2027-01-19", who="Tom", text="Good week", item=item)
    add("promise", text="A desk", due="2027-01-10")
    now = load(made)
    assert now.items[0].steps[0].text == "Ask for the list" and now.items[0].evidence[0].minutes == 45
    assert now.log[0].beyond and now.feedback[0].who == "Tom" and now.promises[-1].due == date(2027, 1, 10)
    step_ = now.items[0].steps[0]
    shown = desk.act({"do": "change", "kind": "step", "id": step_.id, "version": "1", "fields": {"done": ["false", "true"]}})
    assert load(made).items[0].steps[0].done_on == TODAY and "1 h 15 min noted, 30 min of it above and beyond" in shown["plan"]
    promise = load(made).promises[0]
    desk.act({"do": "change", "kind": "promise", "id": promise.id, "version": "1", "fields": {"state": ["open", "kept"]}})
    assert load(made).promises[0].state is PromiseState.KEPT
    newest = made.store.plans.changes(1)[0]
    assert "Undo: " in desk.view()["plan"]
    assert "Took back" in desk.act({"do": "undo", "id": str(newest.id)})["said"]
    assert "Nothing was taken back" in desk.act({"do": "undo", "id": str(newest.id)})["fault"]
    assert load(made).promises[0].state is PromiseState.OPEN
    desk.act({"do": "remove", "kind": "step", "id": step_.id, "version": "2"})
    assert load(made).items[0].steps == ()


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("entry", {"on": "", "text": "x"}, "Choose a date"),
        ("entry", {"on": "2027-13-01", "text": "x"}, "Choose a date"),
        ("entry", {"on": "2027-01-01", "text": "  "}, "few words"),
        ("entry", {"on": "2027-01-01", "text": "x", "minutes": "a lot"}, "minutes as a number"),
        ("entry", {"on": "2027-01-01", "text": "x", "minutes": "²"}, "minutes as a number"),
        ("entry", {"on": "2027-01-01", "text": "x" * 20_001}, "shorter"),
        ("entry", {"on": "2027-01-01", "text": "x", "id": "1"}, "cannot be changed"),
        ("plan", {"text": "x"}, "cannot be changed"),
        ("step", {"text": "x", "item": "f" * 32}, "was removed"),
        ("evidence", {"text": "", "on": "2027-01-01", "item": "f" * 32}, "few words"),
    ],
)
def test_what_cannot_be_stored_is_one_sentence(desk, made, tracked, kind, fields, says):
    shown = desk.guarded(desk.act, {"do": "add", "kind": kind, "fields": fields})
    assert says in shown["fault"] and "plan" in shown
    assert load(made).log == ()


@pytest.mark.parametrize(
    "asked",
    [{}, {"do": "x"}, {"do": "change"}, {"do": "change", "kind": "item", "id": "x", "fields": []}, {"do": "remove", "kind": "item"},
     {"do": "add", "kind": "item", "fields": "x"}, {"do": "remove", "kind": "item", "version": "x"}],
)  # fmt: skip
def test_odd_requests_end_in_a_sentence(desk, tracked, asked):
    shown = desk.guarded(desk.act, asked)
    assert shown["fault"] and "Traceback" not in shown["fault"]


def test_a_measure_of_ones_own_closes_the_gap_and_says_whose_it_is(desk, made, tracked):
    item = tracked.items[2]
    assert item.missing
    shown = desk.act({"do": "change", "kind": "item", "id": item.id, "version": "1", "fields": {"measure": ["", "two proposals"]}})
    after = load(made).items[2]
    assert after.measure_source == "you" and after.missing == () and "(your words)" in shown["plan"]


def test_an_attachment_is_kept_and_given_back_under_a_safe_name(desk, made, tracked):
    item = tracked.items[0].id
    asked = {"fields": {"item": item, "on": "2027-01-19", "text": "", "minutes": ""}}
    shown = desk.attach(asked, b"<b>bytes</b>", "../../<img onerror>.html")
    assert "<img" not in shown["plan"]
    evidence = load(made).items[0].evidence[0]
    data, name = desk.kept(evidence.id)
    assert data == b"<b>bytes</b>" and "/" not in name


def test_exports(desk, made, tracked):
    desk.act({"do": "add", "kind": "entry", "fields": {"on": "2027-01-19", "text": "=1+1"}})
    data, kind, name = desk.file("csv")
    assert b"'=1+1" in data and kind.startswith("text/csv") and name == "checklist-2027-01-20.csv"
    assert desk.file("ics")[0].startswith(b"BEGIN:VCALENDAR") and b'"format"' in desk.file("json")[0]
    assert desk.file("../json") is None


def test_deleting_takes_everything(desk, made, tracked):
    read(desk, plans.REVISED)
    shown = desk.act({"do": "erase"})
    assert load(made).plan is None and load(made).items == () and "no plan here yet" in shown["plan"]
    assert "Undo" not in shown["plan"] and "Go on" not in shown["side"]


def test_a_second_page_is_told(desk, made):
    made.coach.now = 0.0
    assert desk.pulse("one")["others"] == ""
    assert "another page" in desk.pulse("two")["others"] and "another page" in desk.pulse("one")["others"]
    desk.pulse("two", leaving=True)
    assert desk.pulse("one")["others"] == ""
    desk.pulse("two")
    made.coach.now = 80.0
    assert desk.pulse("one")["others"] == ""


def test_the_stamp_changes_with_every_change(desk, made, tracked):
    first = desk.view()["stamp"]
    desk.act({"do": "add", "kind": "item", "fields": {"title": "Mine", "deadline": ""}})
    second = desk.view()["stamp"]
    desk.act({"do": "undo", "id": ""})
    desk.act({"do": "add", "kind": "item", "fields": {"title": "Other", "deadline": ""}})
    assert len({first, second, desk.view()["stamp"]}) == 3


def test_the_picture_is_calm(desk, made, tracked):
    shown = desk.view()["plan"]
    assert "44 days left, until 5 March 2027." in shown and "3 not started" in shown and "Next dates" in shown
    assert not re.search(r"\d ?%|!|likely|chance", re.sub(r"<[^>]+>", " ", shown))


def test_a_program_fault_is_a_sentence(desk):
    shown = desk.guarded(desk.read, b"x", "broken.txt")
    assert "a fault of the program" not in shown["fault"] and "please try again" in shown["fault"]
