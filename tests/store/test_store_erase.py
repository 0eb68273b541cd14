"""After "delete" no byte of the words is left in any file of the folder."""

import json
import os
import random
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from coach.checklist.diff import diff
from coach.errors import StoreError
from coach.schema.checklist import (
    Checklist,
    Draft,
    Entry,
    Evidence,
    Feedback,
    Item,
    Promise,
    Question,
    Rehearsal,
    Step,
)
from coach.schema.conversation import Fact, Known, Message
from coach.schema.knowledge import Citation
from coach.store import Store, engine
from coach.store.upkeep import OfFile
from tests.checklist.samples import DAY, extraction, goal, plan

SECRET = "Kestrel-Überstunden"


def traces(folder: Path) -> list[str]:
    forms = [form for word in SECRET.split("-") for form in (word.encode(), word.encode("utf-16-le"))]
    forms.append(SECRET.encode("unicode_escape"))
    return [file.name for file in folder.iterdir() if any(form in file.read_bytes() for form in forms)]


def talk(store: Store, number: random.Random, word: str) -> str:
    """A conversation with `word` in every field that takes text, edited and cut as people do."""
    session = store.create()
    for turn in range(number.randint(2, 5)):
        text = f"{word} {turn} " * number.choice([1, 20, 100, 500])
        citation = Citation(n=1, card=word, title=word, source=word, points=(word,))
        said = Message(
            author="person",
            text=text,
            at=store._clock(),
            citations=(citation,),
            notices=(word,),
            endpoint=word,
        )
        kept = session.messages[: number.randint(0, len(session.messages))]
        edited = tuple(
            message.model_copy(update={"text": word * number.choice([1, 300])}) for message in kept[-1:]
        )
        known = Known(manager=Fact(value=word, quote=text))
        fields = {
            "messages": (*kept[:-1], *edited, said),
            "known": known,
            "dropped": (word,),
            "shown": (word,),
        }
        session = store.save(session.model_copy(update=fields))
    return session.id


@pytest.mark.parametrize("seed", range(6))
def test_delete_leaves_no_trace(path, clock, seed):
    number = random.Random(seed)
    store, other = Store.open(path, clock), Store.open(path, clock)
    talks = {}
    for _ in range(14):
        word = number.choice([SECRET, "public"])
        talks[talk(number.choice([store, other]), number, word)] = word
    assert traces(path.parent)
    for id, word in talks.items():
        if word == SECRET:
            store.delete(id)
    assert traces(path.parent) == []
    assert len(other.list_conversations()) == list(talks.values()).count("public")
    other.close()
    store.close()
    assert traces(path.parent) == []


def test_reader_in_the_way_is_told_and_finished_at_the_next_start(path, clock, monkeypatch):
    pragmas = tuple(pragma.replace("5000", "200") for pragma in engine.PRAGMAS)
    monkeypatch.setattr(engine, "PRAGMAS", pragmas)
    store = Store.open(path, clock)
    id = talk(store, random.Random(1), SECRET)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM message").fetchone()
    with pytest.raises(StoreError, match="could not be erased from the disk yet"):
        store.delete(id)
    assert store.list_conversations() == []
    store.close()
    reader.close()
    assert path.with_name("coach.db-erase").exists()
    Store.open(path, clock).close()
    assert traces(path.parent) == []
    assert not path.with_name("coach.db-erase").exists()


def test_crash_before_the_erasing_is_finished_at_the_next_start(path, clock, monkeypatch):
    store = Store.open(path, clock)
    id = talk(store, random.Random(2), SECRET)
    monkeypatch.setattr(OfFile, "finish_erasing", lambda self: None)
    store.delete(id)
    assert traces(path.parent)
    monkeypatch.undo()
    Store.open(path, clock).close()
    store.close()
    assert traces(path.parent) == []


def test_delete_while_others_write(path, clock):
    store, other = Store.open(path, clock), Store.open(path, clock)
    stop, failures = threading.Event(), []

    def write() -> None:
        try:
            while not stop.is_set():
                talk(other, random.Random(os.urandom(8)), "public")
        except BaseException as error:
            failures.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    for seed in range(5):
        store.delete(talk(store, random.Random(seed), SECRET))
        time.sleep(0.01)
    stop.set()
    writer.join()
    store.close()
    other.close()
    assert failures == [] and traces(path.parent) == []


def track(store: Store, word: str) -> Item:
    """A checklist with `word` in every field that takes text, with its versions, removals and a file."""
    plans, text = store.plans, f"{word} " * 200
    goals = (goal("g1", text, title=word, measure=word, target=word), goal("g2", f"second {text}"))
    first = plans.confirm(extraction(word, goals=goals), DAY)
    items = plans.load().items
    plans.change(items[0], notes=text)
    plans.add(Step(item=items[0].id, text=word))
    plans.remove(plans.attach(Evidence(item=items[0].id, on=DAY, text=word), word, text.encode() * 40))
    plans.attach(Evidence(item=items[1].id, on=DAY, text=word), word, text.encode() * 40)
    for record in (
        Entry(on=DAY, text=text),
        Promise(text=word, note=text),
        Feedback(on=DAY, who=word, text=text),
        Draft(kind=word, on=DAY, title=word, text=text),
        Rehearsal(
            at=store._clock(),
            scenario=word,
            persona=word,
            difficulty=word,
            score=5,
            focus=text,
            result=json.dumps({word: text}),
        ),
    ):
        plans.remove(plans.add(record))
        plans.add(record)
    plans.add(Question(text=word, why=text, answer=text))
    new = extraction(word, goals=goals[1:])
    plans.revise(first, new, DAY, diff(first.extraction.plan, new.plan))
    plans.undo()
    return plans.load().items[0]


def test_erased_checklist_leaves_no_trace(path, clock):
    store = Store.open(path, clock)
    kept = talk(store, random.Random(3), "public")
    track(store, SECRET)
    assert traces(path.parent)
    store.plans.erase()
    assert traces(path.parent) == [] and store.plans.load() == Checklist() and store.plans.changes() == []
    assert store.load(kept).messages and store.plans.versions() == []
    store.plans.confirm(extraction(goals=plan().goals), DAY)
    assert store.plans.load().plan.number == 1
    store.close()
    assert traces(path.parent) == []


def test_removed_things_leave_no_trace_once_they_cannot_come_back(path, clock):
    store = Store.open(path, clock)
    track(store, "public")
    item = store.plans.add(Item(title="mine"))
    shown = store.plans.attach(Evidence(item=item.id, on=DAY, text="x"), "a", SECRET.encode() * 9000)
    store.plans.change(store.plans.load().items[0], notes=f"{SECRET} " * 300)
    store.plans.change(store.plans.load().items[0], notes="better")
    store.plans.remove(shown)
    before = store.plans.load()
    assert traces(path.parent)
    store.plans.forget()
    assert traces(path.parent) == [] and store.plans.load() == before and store.plans.changes() == []
    assert all(store.plans.file(shown) for item in before.items for shown in item.evidence)
    store.close()
