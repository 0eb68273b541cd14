"""Many at once and for long: nobody's words reach another, memory and open files stay flat, a long conversation opens."""

import gc
import os
import resource
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import insert

from coach.llm.queue import FairQueue
from coach.schema.conversation import Message, Session
from coach.schema.enums import Route, Strength
from coach.store import Store, rows
from coach.store.tables import message
from tests.conftest import NOW
from tests.fakes import FakeBrain, MemoryStore, ScriptedClient, make_coach

PEOPLE = 50


class Echo(ScriptedClient):
    """Answers with whatever name stands in the prompt, so that a mixed stream would show."""

    def stream(self, messages, *, max_tokens, temperature=0.0, stop_event=None):
        name = next(word for word in messages[-1]["content"].split() if word.startswith("canary"))
        for piece in f"They put you on a plan today and {name} is shaking about it.".split(" "):
            yield piece + " "


def test_fifty_conversations_never_mix(library, search):
    coach = make_coach(library, FakeBrain(search, Echo(Strength.SMALL)), MemoryStore(), lambda: NOW)

    def talk(number: int) -> Session:
        session = Session(id=f"s{number}")
        for text in (f"they put me on a plan today and canary{number} is shaking about it", "what do i do tonight", "and how often do we meet"):
            *_, last = coach.reply(session, text)
            session = last.session
        return session

    with ThreadPoolExecutor(16) as pool:
        sessions = list(pool.map(talk, range(PEOPLE)))
    for number, session in enumerate(sessions):
        whole = session.model_dump_json()
        assert {word for word in (f"canary{other}\"" for other in range(PEOPLE)) if word in whole} <= {f'canary{number}"'}
        assert all(f"canary{other} " not in whole for other in range(PEOPLE) if other != number)
        assert [message.author for message in session.messages] == ["person", "coach"] * 3


def test_a_full_queue_does_not_delay_the_crisis_reply(library, search):
    """The model is taken and fifty wait; the reply is there although nobody in the queue moves."""
    queue, held, free = FairQueue(), threading.Event(), threading.Event()
    client = ScriptedClient(Strength.CAPABLE)
    coach = make_coach(library, FakeBrain(search, client), MemoryStore(), lambda: NOW)
    coach._queue = queue

    def hold() -> None:
        with queue.turn("other", lambda ahead: None, threading.Event()):
            held.set()
            free.wait(60)

    holder = threading.Thread(target=hold, daemon=True)
    holder.start()
    held.wait(10)
    try:
        answers: list = []
        asking = threading.Thread(target=lambda: answers.extend(coach.reply(Session(id="s"), "I want to kill myself")), daemon=True)
        asking.start()
        asking.join(30)
        assert not asking.is_alive() and answers[0].route is Route.CRISIS and "988" in answers[1].text
        assert client.asked == []
    finally:
        free.set()
        holder.join(10)


def flat(plain, turns: int) -> tuple[int, int]:
    """Growth in memory (kilobytes) and in open files over so many turns, after a first hundred."""
    files = lambda: len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0  # noqa: E731
    texts = ("they put me on a plan today", "what do i do tonight", "is this even legal", "when is the first goal due", "thanks, that helps")

    def run(count: int) -> None:
        for number in range(count):
            session = Session(id=f"s{number}")
            *_, last = plain.reply(session, f"{texts[number % len(texts)]} {number}")
            plain._store.saved.clear()
        gc.collect()

    run(100)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, files()
    run(turns)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before[0], files() - before[1]


@pytest.mark.skipif(os.name != "posix", reason="counts memory as Unix does")
def test_memory_and_files_stay_flat(plain):
    memory, files = flat(plain, 300)
    assert memory < 30_000 and files <= 2


@pytest.mark.byhand
def test_memory_and_files_stay_flat_over_2000_turns(plain):
    memory, files = flat(plain, 2000)
    print(memory, "kB more,", files, "files more")
    assert memory < 30_000 and files <= 2


def test_a_conversation_of_ten_thousand_turns_opens(tmp_path, library, search):
    store = Store.open(tmp_path / "coach.db", lambda: NOW)
    session = store.create()
    said = [
        {"conversation_id": session.id, "superseded": 0, **rows.message_values(Message(author=author, text=f"turn {number} of a long talk", at=NOW), 2 * number + place)}
        for number in range(10_000)
        for place, author in enumerate(("person", "coach"))
    ]
    with store._writing() as connection:
        connection.execute(insert(message), said)
    again = store.load(session.id)
    assert len(again.messages) == 20_000 and again.messages[-1].text == "turn 9999 of a long talk"
    *_, last = make_coach(library, FakeBrain(search), store, lambda: NOW).reply(again, "what do i do tonight?")
    assert len(store.load(session.id).messages) == 20_002 and last.kind == "finished"
    store.close()
