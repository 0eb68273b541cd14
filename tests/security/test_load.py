"""Fifty and a hundred people at once on the real program: nobody gets an error, nobody reads another's word. Started by hand.

The people sign in, open the page and write three messages, a few seconds apart, through the requests of the page itself: to one
process with files, and to two of them behind nginx with PostgreSQL. What was measured stands in docs/figures.md; times are printed
and never asserted.
"""

import os
import random
import statistics
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.locations import find
from coach.store.accounts import Accounts
from tests.conftest import REAL
from tests.security.behind import Behind, behind
from tests.security.running import ROOT, environment, free_port
from tests.ui.hosted import WORD, Chat, Served, quick, sign_in

MESSAGES = (
    "they put me on a plan today and {word} is my name for it",
    "how often should i check in with her",
    "what do i say about the goal she called {word}",
)
PAUSE = (2.0, 6.0)  # seconds between two messages of one person


class Hosted:
    """app.py where people sign in, with accounts whose passwords are quick to check."""

    def __init__(self, folder, people: int) -> None:
        self.port, self.log = free_port(), folder / "log"
        self.home = f"http://127.0.0.1:{self.port}"
        places = find(str(folder / "home"), str(REAL.cache))
        accounts = Accounts.open(places.accounts, lambda: datetime.now(UTC))
        for number in range(people):
            accounts.add(f"person{number}", quick().hash(WORD))
        accounts.close()
        more = {"COACH_ACCOUNTS": "1", "COACH_PORT": str(self.port)}
        self.process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, stdout=self.log.open("wb"), stderr=subprocess.STDOUT, env=environment(folder / "home", REAL.cache, **more))
        while "ready for people" not in self.log.read_text(encoding="utf-8"):
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            time.sleep(0.1)
        self.processes = [self.process]

    def nobody(self, **headers: str):
        return Served.nobody(self, **headers)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


class Person:
    """One of them. `heard` is everything the page was sent, `waits` the seconds from each message to the end of its turn."""

    def __init__(self, hosted: Hosted | Behind, number: int, within: float) -> None:
        self.within, self.hosted, self.number, self.word = within, hosted, number, f"canary{number:03}x"
        self.heard, self.waits, self.fault = "", [], ""

    def run(self) -> None:
        try:
            self._run()
        except Exception as error:  # noqa: BLE001  what went wrong is counted below
            self.fault = f"{type(error).__name__}: {error}"[:300]

    def _run(self) -> None:
        dice = random.Random(self.number)
        time.sleep(dice.uniform(0, self.within))  # they do not all come in the same second
        with self.hosted.nobody() as door:
            answer = sign_in(door, f"person{self.number}")
        assert answer.status_code == 303, answer.text[:200]
        with self.hosted.nobody(cookie=answer.headers["set-cookie"].split(";")[0]) as client:
            assert client.get("/").status_code == 200
            for turn, text in enumerate(MESSAGES):
                chat = Chat(client, f"s{self.number}n{turn}")
                began = time.monotonic()
                chat.join(text.format(word=self.word))
                said = chat.heard()
                self.waits.append(time.monotonic() - began)
                assert "process_completed" in said and '"success": false' not in said.lower(), said[-300:]
                self.heard += said
                time.sleep(dice.uniform(*PAUSE))


def crowd(hosted: Hosted | Behind, people: int, within: float, capsys) -> None:
    """They all come, talk and go; then what was heard is looked at."""
    everybody = [Person(hosted, number, within) for number in range(people)]
    threads = [threading.Thread(target=person.run) for person in everybody]
    pids = [getattr(process, "process", process).pid for process in hosted.processes]
    before = sum(map(processor_of, pids))
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.monotonic() - began
    memory = [memory_of(pid) for pid in pids]
    each = (sum(map(processor_of, pids)) - before) / people
    waits = sorted(wait for person in everybody for wait in person.waits)
    with capsys.disabled():
        print(
            f"\n{people} people within {within:.0f} s, {len(waits)} turns in {whole:.0f} s: p50 {statistics.median(waits):.2f} s,"
            f" p95 {waits[int(len(waits) * 0.95)]:.2f} s, most {waits[-1]:.2f} s, {memory} MB, {each:.2f} s of processor for each person, {sum(bool(person.fault) for person in everybody)} faults"
        )
    assert [person.fault for person in everybody if person.fault] == []
    for person in everybody:
        assert person.word in person.heard
        assert not [other.word for other in everybody if other is not person and other.word in person.heard]


def processor_of(pid: int) -> float:
    """Seconds of processor time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> int:
    """Megabytes in memory."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


@pytest.mark.byhand
@pytest.mark.parametrize(("people", "within"), [(50, 20), (100, 20), (100, 60), (100, 120)])
def test_many_people_at_once(tmp_path, people, within, capsys):
    hosted = Hosted(tmp_path, people)
    try:
        crowd(hosted, people, within, capsys)
    finally:
        hosted.stop()


@pytest.mark.byhand
@pytest.mark.parametrize(("people", "within"), [(50, 20), (100, 20), (100, 60), (100, 120)])
def test_many_people_at_once_on_two_processes(tmp_path, people, within, capsys):
    with behind(tmp_path, REAL.cache) as hosted:
        hosted.add(*(f"person{number}" for number in range(people)))
        crowd(hosted, people, within, capsys)
