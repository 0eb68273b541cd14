"""What plan and checklist go through: confirmed, changed, seen from two windows, revised, erased."""

import json
import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, update

from coach.checklist.diff import diff, paired
from coach.checklist.items import agreed
from coach.errors import StoreError, UserError
from coach.schema.checklist import (
    LARGEST_FILE,
    CheckIn,
    CheckInKind,
    CheckInState,
    Checklist,
    Draft,
    Entry,
    Evidence,
    Feedback,
    Item,
    Origin,
    Promise,
    PromiseState,
    Question,
    Rehearsal,
    Status,
    Step,
)
from coach.schema.plan import Document, Extraction, Missing
from coach.store import Store, plan_rows, tables
from tests.checklist.samples import BOOKING, MAIL, NICE, extraction, goal, plan

ON = date(2026, 3, 2)
MEETING = CheckIn(at=datetime(2026, 3, 26, 14), zone="Europe/London", who="Bea", agreed=("send the log",))
TALK = Rehearsal(
    at=datetime(2026, 3, 1, 20, 15, 7, 123, tzinfo=timezone(timedelta(hours=2))),
    scenario="first_meeting",
    persona="rushed",
    difficulty="hard",
    score=62,
    before=3,
    after=6,
    focus="Ask one question at a time",
    result='{"turns": [], "debrief": {"worked": ["é “"]}}',
)
NOBODY = "0" * 32


def item_of(store: Store, number: int = 0) -> Item:
    return store.plans.load().items[number]


def started(store: Store) -> Checklist:
    store.plans.confirm(extraction(), ON)
    return store.plans.load()


def lines(store: Store) -> list[str]:
    return [done.line for done in store.plans.changes()]


def test_confirmed_plan_becomes_items_and_promises(store):
    version = store.plans.confirm(extraction(), ON)
    assert (version.number, version.current, version.added_on) == (1, True, ON)
    found = store.plans.load()
    assert found.plan == version and found.plan.extraction == extraction()
    assert [(item.title, item.quote, item.plan) for item in found.items] == [
        ("Guest emails", MAIL, version.id),
        ("Double bookings", BOOKING, version.id),
        ("Leadership", NICE, version.id),
    ]
    assert [promise.origin for promise in found.promises] == [Origin.PLAN, Origin.PLAN]
    assert lines(store) == ["plan “plan.docx” added with 3 items"]


def test_what_is_no_plan_is_refused(store):
    letter = Extraction(
        document=Document(name="x", kind="text", text="Hello"), is_plan=False, reason="This is a letter."
    )
    with pytest.raises(UserError, match="This is a letter"):
        store.plans.confirm(letter, ON)
    started(store)
    with pytest.raises(UserError, match="a plan already"):
        store.plans.confirm(extraction(), ON)
    assert len(store.plans.versions()) == 1


def test_everything_comes_back_as_it_was_added(store, again):
    item = item_of_id = store.plans.add(
        Item(title="Ask for a mentor", missing=(Missing.DEADLINE,), span=None)
    )
    about = {"item": item_of_id.id}
    added = [
        item,
        store.plans.add(Step(text="Find the form", **about)),
        store.plans.add(Evidence(on=ON, text="Mail log", minutes=20, **about)),
        store.plans.add(Entry(on=ON, text="I finished the course today", minutes=90, beyond=True)),
        store.plans.add(Promise(text="A mentor by May", due=date(2026, 5, 1))),
        store.plans.add(Feedback(on=ON, who="Bea", text="better, keep at the documentation", **about)),
        store.plans.add(MEETING),
        store.plans.add(
            Question(text="Who judges?", why="It is not said", topic="measure", priority=3, **about)
        ),
        store.plans.add(Draft(kind="recap", on=ON, title="After Thursday", text="Hello [name],", sent=True)),
        store.plans.add(TALK),
    ]
    assert {record.version for record in added} == {1} and len({record.id for record in added}) == 10
    store.close()
    again = again()
    found = again.plans.load()
    again.close()
    item, step, shown, entry, promise, feedback, check_in, question, draft, talk = added
    assert found.items == (item.model_copy(update={"steps": (step,), "evidence": (shown,)}),)
    assert (found.log, found.promises, found.feedback) == ((entry,), (promise,), (feedback,))
    assert (found.check_ins, found.questions) == ((check_in,), (question,))
    assert (found.drafts, found.rehearsals) == ((draft,), (talk,))


def test_rows_keep_the_order_in_which_they_were_added(store):
    texts = [f"line {number}" for number in range(12)]
    for text in texts:
        store.plans.add(Entry(on=ON, text=text))
    store.plans.add(Entry(on=date(2026, 3, 1), text="the day before"))
    store.plans.remove(store.plans.load().log[5])
    store.plans.undo()
    assert [entry.text for entry in store.plans.load().log] == ["the day before", *texts]


def test_second_click_adds_no_second_row(store):
    entry = Entry(id="e" * 32, on=ON, text="once")
    assert store.plans.add(entry) == store.plans.add(entry)
    assert len(store.plans.load().log) == 1 and len(lines(store)) == 1


def test_every_field_can_be_changed(store):
    item = started(store).items[2]
    item = store.plans.change(item, **agreed(item, "two praises a week", ON), target="2", title="Leading")
    item = store.plans.change(
        item, deadline=date(2026, 5, 1), notes="hm", status=Status.CONFIRMED, status_on=ON
    )
    assert item_of(store, 2) == item and item.version == 3
    assert (item.measure_source, item.missing) == ("meeting of 2 March 2026", (Missing.DEADLINE,))
    promise = store.plans.load().promises[0]
    store.plans.change(promise, state=PromiseState.LATE, state_on=ON, note="asked twice")
    assert store.plans.load().promises[0].state == PromiseState.LATE
    meeting = store.plans.add(MEETING)
    store.plans.change(meeting, state=CheckInState.HELD, notes="went well", agreed=("a", "b"))
    assert store.plans.load().check_ins[0].agreed == ("a", "b")
    question = store.plans.add(Question(text="Who?"))
    store.plans.change(question, ticked=True, answer="Bea", answered_on=ON)
    assert store.plans.load().questions[0].answer == "Bea"
    step = store.plans.add(Step(item=item.id, text="one"))
    assert store.plans.change(step, done=True, done_on=ON) == item_of(store, 2).steps[0]
    assert lines(store)[0] == "step “one” ticked" and "“Leading” marked confirmed" in lines(store)


def test_change_to_the_same_value_is_no_change(store):
    item = started(store).items[0]
    assert store.plans.change(item, status="not_started", deadline=date(2026, 4, 30)) == item
    assert len(lines(store)) == 1


def test_items_can_be_arranged(store):
    items = started(store).items
    store.plans.arrange([items[2].id, items[0].id])
    assert [item.title for item in store.plans.load().items] == [
        "Leadership",
        "Guest emails",
        "Double bookings",
    ]
    store.plans.undo()
    assert [item.id for item in store.plans.load().items] == [item.id for item in items]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "the title is empty or not valid"),
        ({"deadline": "2026-02-30"}, "the deadline is empty or not valid"),
        ({"status": "famous"}, "the status is empty or not valid"),
        ({"notes": "half a \ud800 character"}, "broken character"),
    ],
)
def test_wrong_values_are_one_sentence(store, changes, says):
    item = started(store).items[0]
    with pytest.raises(UserError, match=says):
        store.plans.change(item, **changes)
    assert item_of(store) == item


@pytest.mark.parametrize("name", ["id", "version", "steps", "evidence", "mood"])
def test_some_fields_cannot_be_set(store, name):
    with pytest.raises(TypeError, match=name):
        store.plans.change(started(store).items[0], **{name: ()})


def test_unknown_item_and_time_zone_are_refused(store):
    for record in (Entry(on=ON, text="x", item=NOBODY), Step(item=NOBODY, text="x")):
        with pytest.raises(UserError, match="was removed"):
            store.plans.add(record)
    with pytest.raises(UserError, match="time zone"):
        store.plans.add(MEETING.model_copy(update={"zone": "Mars/Base"}))
    with pytest.raises(UserError, match="time zone"):
        store.plans.change(store.plans.add(MEETING), zone="Mars/Base")


def test_two_windows_on_different_fields_keep_both(store, again):
    other = again()
    seen = started(store).items[0]
    other.plans.change(seen, notes="from the command line")
    mine = store.plans.change(seen, status=Status.DONE)
    assert (mine.notes, mine.status, mine.version) == ("from the command line", Status.DONE, 3)
    assert other.plans.load().items[0] == mine
    other.close()


def test_two_windows_on_one_field_are_told_both_texts(store, again):
    other = again()
    seen = started(store).items[0]
    other.plans.change(seen, notes="theirs", target="5")
    with pytest.raises(UserError, match="“theirs”, here it is “mine”") as caught:
        store.plans.change(seen, notes="mine", status=Status.DONE)
    assert "notes of “Guest emails”" in str(caught.value)
    found = item_of(store)
    assert (found.notes, found.status) == ("theirs", Status.NOT_STARTED)
    assert store.plans.change(seen, notes="theirs", target="5") == found
    with pytest.raises(UserError, match="changed in another window"):
        store.plans.remove(seen)
    other.plans.remove(found)
    for act in (lambda: store.plans.change(found, notes="x"), lambda: store.plans.remove(found)):
        with pytest.raises(UserError, match="was removed in another window"):
            act()
    other.close()


def test_window_that_missed_an_undo_is_told(store):
    seen = store.plans.change(started(store).items[0], notes="first")
    store.plans.undo()
    store.plans.change(item_of(store), notes="second")
    with pytest.raises(UserError, match="“second”, here it is “third”"):
        store.plans.change(seen, notes="third")


def test_file_is_kept_inside(store, path):
    item = started(store).items[0]
    data = bytes(range(256)) * 4096
    shown = store.plans.attach(Evidence(item=item.id, on=ON, text="log"), "C:\\me\\a\0b\u202elog.xlsx", data)
    assert (shown.file, shown.size) == ("a b log.xlsx", len(data))
    assert store.plans.file(shown) == data and item_of(store).evidence == (shown,)
    store.plans.remove(shown)
    with pytest.raises(UserError, match="No file"):
        store.plans.file(store.plans.add(Evidence(item=item.id, on=ON, text="nothing")))
    store.plans.undo(), store.plans.undo()
    assert store.plans.file(item_of(store).evidence[0]) == data
    assert {file.name for file in path.parent.iterdir()} <= {
        f"coach.{end}" for end in ("db", "db-wal", "db-shm", "lock-0")
    }


def test_size_of_a_file(store):
    evidence = Evidence(item=started(store).items[0].id, on=ON, text="log")
    with pytest.raises(UserError, match="larger than 10 MB"):
        store.plans.attach(evidence, "a", b"x" * (LARGEST_FILE + 1))
    with pytest.raises(UserError, match="empty"):
        store.plans.attach(evidence, "a", b"")
    assert store.plans.attach(evidence, "", b"x" * LARGEST_FILE).file == "file"


def test_removed_item_takes_its_own_and_leaves_the_log(store):
    item = started(store).items[0]
    store.plans.add(Step(item=item.id, text="one"))
    store.plans.attach(Evidence(item=item.id, on=ON, text="log"), "a.txt", b"x")
    for record in (Entry(on=ON, text="e", item=item.id), Feedback(on=ON, text="f", item=item.id)):
        store.plans.add(record)
    store.plans.add(Question(text="q", item=item.id))
    before = store.plans.load()
    store.plans.remove(before.items[0])
    after = store.plans.load()
    assert len(after.items) == 2 and item.id not in after.model_dump_json()
    assert [len(after.log), len(after.feedback), len(after.questions)] == [1, 1, 1]
    assert store.plans.undo() == "Took back: “Guest emails” removed."
    same = store.plans.load()
    assert same.items[0].steps and store.plans.file(same.items[0].evidence[0]) == b"x"
    assert same.log[0].item == same.feedback[0].item == same.questions[0].item == item.id


def test_revised_plan_is_a_new_version_and_keeps_progress(store):
    first = started(store)
    store.plans.change(first.items[0], status=Status.IN_PROGRESS, notes="half done")
    later = plan(goals=(*plan().goals[:2], goal("g3", "Hand in the certificate")), end_date=date(2026, 6, 26))
    second = store.plans.revise(first.plan, extraction("v2.docx").model_copy(update={"plan": later}), ON)
    found = store.plans.load()
    assert (second.number, found.plan) == (2, second)
    assert [(version.number, version.current) for version in store.plans.versions()] == [
        (2, True),
        (1, False),
    ]
    assert [(item.origin.value, item.status.value) for item in found.items] == [
        ("plan", "in_progress"),
        ("plan", "not_started"),
        ("dropped", "not_started"),
        ("plan", "not_started"),
    ]
    assert lines(store)[0] == "plan replaced by “v2.docx”: 2 items kept, 1 new, 1 no longer in the plan"
    with pytest.raises(UserError, match="changed the plan meanwhile"):
        store.plans.revise(first.plan, extraction(), ON)
    store.plans.undo()
    assert store.plans.load().plan == first.plan
    assert [item.goal for item in store.plans.load().items] == ["g1", "g2", "g3"]


def test_revision_takes_the_diff_that_the_person_corrected(store):
    first = started(store)
    new = plan(goals=(*plan().goals[:2], goal("g8", "Send Bea a written update every Friday")))
    corrected = paired(diff(plan(), new), "g3", "g8")
    store.plans.change(first.items[2], notes="mine")
    store.plans.revise(first.plan, extraction().model_copy(update={"plan": new}), ON, corrected)
    found = store.plans.load().items
    assert len(found) == 3 and (found[2].goal, found[2].notes) == ("g8", "mine")


def test_undo_goes_back_step_by_step_and_over_a_restart(store, again):
    item = started(store).items[0]
    store.plans.change(item, status=Status.DONE)
    store.plans.add(Entry(on=ON, text="today"))
    store.close()
    again = again()
    assert again.plans.undo() == "Took back: log entry “today” added."
    assert again.plans.undo() == "Took back: “Guest emails” marked done."
    again.plans.change(again.plans.load().items[0], deadline=None)
    assert again.plans.undo() == "Took back: deadline of “Guest emails” removed."
    assert again.plans.undo() == "Took back: plan “plan.docx” added with 3 items."
    with pytest.raises(UserError, match="nothing to take back"):
        again.plans.undo()
    assert again.plans.load() == Checklist()
    again.close()


def test_undo_takes_back_only_what_was_offered(store):
    item = started(store).items[0]
    store.plans.change(item, status=Status.DONE)
    offered = store.plans.changes(1)[0]
    store.plans.add(Entry(on=ON, text="from the command line"))
    with pytest.raises(UserError, match="Something else was changed meanwhile: log entry"):
        store.plans.undo(offered.id)
    store.plans.undo()
    assert store.plans.undo(offered.id) == "Took back: “Guest emails” marked done."
    assert offered.at.tzinfo


def test_failed_change_leaves_nothing(store, monkeypatch):
    before = started(store)
    monkeypatch.setattr("coach.checklist.words.removed", lambda record: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.plans.remove(before.items[0])
    assert store.plans.load() == before and len(lines(store)) == 1


@pytest.mark.parametrize(
    ("statement", "act", "says"),
    [
        ("UPDATE journal SET inverse = '{'", "undo", "cannot be taken back"),
        ("UPDATE plan SET extraction = '[]'", "load", "The plan cannot be read"),
        ("UPDATE item SET deadline = 'soon'", "load", "checklist cannot be read"),
        ("UPDATE item SET missing = '{'", "load", "checklist cannot be read"),
    ],
)
def test_unreadable_rows_are_one_sentence(store, statement, act, says):
    started(store)
    with store._writing() as connection:
        connection.exec_driver_sql(statement)
    with pytest.raises(StoreError, match=says) as caught:
        getattr(store.plans, act)()
    assert caught.value.__suppress_context__


def test_older_json_of_a_plan_is_read(store, monkeypatch):
    saved = started(store).plan
    with store._writing() as connection:
        stored = json.loads(connection.scalar(select(tables.plan.c.extraction)))
        stored["plan"]["mood"] = "grim"
        connection.execute(update(tables.plan).values(extraction=json.dumps(stored)))
    with pytest.raises(StoreError, match=r"its field plan\.mood is not valid"):
        store.plans.load()
    monkeypatch.setattr(plan_rows, "VERSION", plan_rows.VERSION + 1)
    assert store.plans.load().plan == saved


def test_many_threads(store, again):
    other = again()
    item = started(store).items[0]
    failures = []

    def work(target: Store, number: int) -> None:
        try:
            for turn in range(8):
                target.plans.add(Entry(on=ON, text=f"{number} {turn}", item=item.id))
                target.plans.load()
        except BaseException as error:  # a thread would swallow it
            failures.append(error)

    threads = [threading.Thread(target=work, args=((store, other)[n % 2], n)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == [] and len(store.plans.load().log) == 64 and len(other.plans.changes(100)) == 65
    other.close()


def test_draft_is_ticked_and_a_meeting_is_the_last_review(store):
    draft = store.plans.add(Draft(kind="status", on=ON, text="Hello"))
    store.plans.change(draft, sent=True)
    meeting = store.plans.add(MEETING)
    store.plans.change(meeting, kind=CheckInKind.FINAL)
    found = store.plans.load()
    assert found.drafts[0].sent and found.check_ins[0].kind is CheckInKind.FINAL
    assert meeting.kind is CheckInKind.CHECK_IN
    assert lines(store)[2] == "draft “Hello” marked sent"
    store.plans.remove(found.drafts[0])
    talk = store.plans.add(TALK)
    assert lines(store)[:2] == ["rehearsal of 1 March 2026 added", "draft “Hello” removed"]
    with pytest.raises(UserError, match="the score is empty or not valid"):
        store.plans.change(talk, score=101)
    with pytest.raises(UserError, match="the result is empty or not valid"):
        store.plans.change(talk, result="[1]")


def test_rehearsals_come_in_the_order_of_time_whatever_the_zone(store):
    late = store.plans.add(TALK.model_copy(update={"at": datetime(2026, 3, 1, 18, 16, tzinfo=UTC)}))
    early = store.plans.add(TALK)
    assert early.at == datetime(2026, 3, 1, 18, 15, 7, tzinfo=UTC)
    assert store.plans.load().rehearsals == (early, late)
