"""What a conversation goes through: made, saved, edited, renamed, seen from two windows."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from coach.errors import StoreError, UserError
from coach.schema.conversation import Fact, Known, Message, Session
from coach.schema.enums import Route, Stage
from coach.schema.knowledge import Citation
from coach.store import Store
from coach.store.tables import message

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
STORED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)  # see test_the_character_0
CITATIONS = st.builds(
    Citation,
    n=st.integers(1, 9),
    card=STORED,
    title=STORED,
    source=STORED,
    points=st.lists(STORED).map(tuple),
)
MESSAGES = st.builds(
    Message,
    author=st.sampled_from(["person", "coach"]),
    text=STORED,
    at=st.datetimes(timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=-9, minutes=-30))])),
    route=st.none() | st.sampled_from(Route),
    stage=st.none() | st.sampled_from(Stage),
    citations=st.lists(CITATIONS, max_size=2).map(tuple),
    quick_replies=st.lists(STORED, max_size=3).map(tuple),
    notices=st.lists(STORED, max_size=2).map(tuple),
    composed=st.booleans(),
    endpoint=STORED,
)
FACTS = st.none() | st.builds(Fact, value=STORED, quote=STORED)


def line(text: str, author: str = "person") -> Message:
    return Message(author=author, text=text, at=AT)


def say(store: Store, session: Session, *texts: str) -> Session:
    return store.save(session.model_copy(update={"messages": (*session.messages, *map(line, texts))}))


def branches(store: Store, session: Session) -> list[tuple[str, int]]:
    with store._reading() as connection:
        question = select(message.c.text, message.c.superseded).where(message.c.conversation_id == session.id)
        return [tuple(row) for row in connection.execute(question.order_by(message.c.id))]


@given(
    messages=st.lists(MESSAGES, max_size=4).map(tuple),
    known=st.builds(Known, **dict.fromkeys(Known.model_fields, FACTS)),
    lists=st.tuples(*[st.lists(STORED, max_size=3).map(tuple)] * 3),
    stage=st.sampled_from(Stage),
    danger=st.integers(0, 9),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_comes_back_as_it_was_saved(store, messages, known, lists, stage, danger):
    dropped, shown, asked = lists
    fields = {"messages": messages, "known": known, "dropped": dropped, "shown": shown, "asked": asked}
    session = store.create().model_copy(update={**fields, "stage": stage, "danger_turns": danger})
    saved = store.save(session)
    assert store.load(session.id) == saved
    assert [message.model_copy(update={"id": None}) for message in saved.messages] == list(messages)
    assert store.save(saved) == saved


@pytest.mark.parametrize(
    "text", ["", "\r\n\u2028 \ufeff", "🧑‍🧑‍🧒 \U0010ffff", "'; DROP TABLE message; --"]
)
def test_keeps_unusual_text(store, text):
    saved = say(store, store.create(), text)
    assert store.load(saved.id).messages[0].text == text


@pytest.mark.parametrize("broken", [{"text": "my \ud800 words"}, {"notices": ("my \ud800 words",)}])
def test_half_a_character_is_refused_and_nothing_changes(store, broken):
    saved = say(store, store.create(), "first")
    bad = line("second").model_copy(update=broken)
    with pytest.raises(UserError, match="broken character") as caught:
        store.save(saved.model_copy(update={"messages": (*saved.messages, line("between"), bad)}))
    assert caught.value.__suppress_context__
    assert store.load(saved.id) == saved


def test_ids_are_given_in_order_and_stay(store):
    first = say(store, store.create(), "one", "two")
    ids = [message.id for message in first.messages]
    assert ids == sorted(ids) and None not in ids
    second = say(store, first, "three")
    assert [message.id for message in second.messages][:2] == ids


def test_changed_message_is_updated_in_place(store):
    saved = say(store, store.create(), "question", "composed")
    phrased = saved.messages[1].model_copy(update={"text": "phrased", "composed": False})
    again = store.save(saved.model_copy(update={"messages": (saved.messages[0], phrased)}))
    assert store.load(saved.id) == again
    assert branches(store, saved) == [("question", 0), ("phrased", 0)]


def test_edit_keeps_what_it_cut_off_as_a_branch(store):
    saved = say(store, store.create(), "one", "two", "three")
    cut = say(store, saved.model_copy(update={"messages": saved.messages[:1]}), "two again")
    assert [message.text for message in store.load(saved.id).messages] == ["one", "two again"]
    store.save(cut.model_copy(update={"messages": cut.messages[:1]}))
    assert branches(store, saved) == [("one", 0), ("two", 1), ("three", 1), ("two again", 2)]


def test_inserted_message_keeps_its_place(store):
    saved = say(store, store.create(), "one", "three")
    between = (saved.messages[0], line("two"), saved.messages[1])
    again = store.save(saved.model_copy(update={"messages": between}))
    assert store.load(saved.id) == again
    assert [message.text for message in again.messages] == ["one", "two", "three"]


def test_foreign_message_is_refused(store):
    mine, other = say(store, store.create(), "mine"), say(store, store.create(), "other")
    with pytest.raises(StoreError, match="does not belong"):
        store.save(mine.model_copy(update={"messages": other.messages}))
    assert store.load(mine.id) == mine and store.load(other.id) == other


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("My manager put me on a PIP today and I am scared", "My manager put me on a"),
        ("  two\n\nlines ", "two lines"),
        ("a" * 60, "a" * 39 + "…"),
        (
            "extraordinarily uncomfortable conversations everywhere",
            "extraordinarily uncomfortable conversat…",
        ),
        ("\x01\u202e", "later words do not count"),
    ],
)
def test_title_comes_from_the_first_words(store, text, title):
    session = store.create()
    greeted = store.save(session.model_copy(update={"messages": (line("Hello, I am your coach.", "coach"),)}))
    assert greeted.title == ""
    saved = say(store, greeted, text, "later words do not count")
    assert saved.title == title and len(title) <= 40
    assert [summary.title for summary in store.list_conversations()] == [title]


def test_rename_stays_whatever_an_old_tab_saves(store):
    old_tab = say(store, store.create(), "first words")
    store.rename(old_tab.id, "  Meeting\non Thursday ")
    assert say(store, old_tab, "more").title == "Meeting on Thursday"
    assert store.load(old_tab.id).title == "Meeting on Thursday"
    with pytest.raises(UserError, match="name"):
        store.rename(old_tab.id, " \n")
    with pytest.raises(UserError, match="no longer exists"):
        store.rename("nobody", "name")


def test_list_has_the_newest_first(store):
    first, second = store.create(), store.create()
    assert [summary.id for summary in store.list_conversations()] == [second.id, first.id]
    say(store, first, "again")
    store.rename(second.id, "renaming does not move it")
    listed = store.list_conversations()
    assert [summary.id for summary in listed] == [first.id, second.id]
    assert listed[0].updated_at > listed[1].updated_at and listed[0].updated_at.tzinfo


def test_unknown_and_deleted_conversations(store):
    saved = say(store, store.create(), "words")
    store.delete(saved.id)
    store.delete(saved.id)
    for act in (lambda: store.load(saved.id), lambda: store.save(saved), lambda: store.load("x' OR 1=1")):
        with pytest.raises(UserError, match="no longer exists"):
            act()
    assert store.list_conversations() == []


def test_two_windows_lose_nothing(store, again):
    other = again()
    shared = say(store, store.create(), "shared")
    say(other, other.load(shared.id), "from the other")
    mine = say(store, shared, "from me")
    assert other.load(shared.id) == mine
    assert branches(store, shared) == [("shared", 0), ("from the other", 1), ("from me", 0)]
    other.close()


def test_many_threads_and_two_stores(store, again):
    other = again()
    failures = []

    def talk(target: Store, number: int) -> None:
        try:
            session = target.create()
            for turn in range(8):
                session = say(target, session, f"{number} says {turn}")
            assert target.load(session.id) == session
        except BaseException as error:  # a thread would swallow it
            failures.append(error)

    threads = [
        threading.Thread(target=talk, args=((store, other)[number % 2], number)) for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(store.list_conversations()) == 12
    for summary in other.list_conversations():
        texts = [message.text for message in other.load(summary.id).messages]
        assert texts == [f"{texts[0].split()[0]} says {turn}" for turn in range(8)]
    other.close()


def test_other_conversations_are_read_only_where_danger_was_heard(store):
    first, second = store.create(), store.create()
    calm = (Message(author="person", text="hello", at=AT), Message(author="coach", text="hi", at=AT, route=Route.COACH))
    store.save(first.model_copy(update={"messages": calm}))
    assert store.elsewhere(second.id) == ()
    later = Message(author="coach", text="I'm here.", at=AT + timedelta(minutes=2), route=Route.CRISIS)
    store.save(first.model_copy(update={"messages": (*calm, later)}))
    assert [said.text for said in store.elsewhere(second.id)] == ["hello", "hi", "I'm here."]
    assert store.elsewhere(first.id) == ()
    store.delete(first.id)
    assert store.elsewhere(second.id) == ()


def test_the_character_0(store):
    """SQLite keeps it; PostgreSQL cannot, and the person is told before anything is saved."""
    session = say(store, store.create(), "hello")
    if store._engine.dialect.name == "sqlite":
        assert store.load(say(store, session, "a\0b").id).messages[-1].text == "a\0b"
        return
    with pytest.raises(UserError, match="broken character"):
        say(store, session, "a\0b")
    assert store.load(session.id) == session
