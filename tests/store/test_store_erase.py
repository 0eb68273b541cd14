"""After "delete" no byte of the words is left in any file of the folder."""

import os
import random
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from coach.errors import StoreError
from coach.schema.conversation import Fact, Known, Message
from coach.schema.knowledge import Citation
from coach.store import Store, engine

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
    monkeypatch.setattr(Store, "_finish_erasing", lambda self: None)
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
