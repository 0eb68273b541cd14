"""Fifty and a hundred people at once on the real program: nobody gets an error, nobody reads another's word. Started by hand.

The people sign in, open the page and write three messages, a few seconds apart, through the requests of the page itself. What was
measured stands in docs/figures.md; times are printed and never asserted.
"""

import random
import statistics
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest

from coach.locations import find
from coach.store.accounts import Accounts
from tests.conftest import REAL
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


class Person:
    """One of them. `heard` is everything the page was sent, `waits` the seconds from each message to the end of its turn."""

    def __init__(self, hosted: Hosted, number: int) -> None:
        self.hosted, self.number, self.word = hosted, number, f"canary{number:03}x"
        self.heard, self.waits, self.fault = "", [], ""

    def run(self) -> None:
        try:
            self._run()
        except Exception as error:  # noqa: BLE001  what went wrong is counted below
            self.fault = f"{type(error).__name__}: {error}"[:300]

    def _run(self) -> None:
        dice = random.Random(self.number)
        time.sleep(dice.uniform(0, 20))  # they do not all come in the same second
        with Served.nobody(self.hosted) as door:
            answer = sign_in(door, f"person{self.number}")
        assert answer.status_code == 303, answer.text[:200]
        with Served.nobody(self.hosted, cookie=answer.headers["set-cookie"].split(";")[0]) as client:
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


@pytest.mark.byhand
@pytest.mark.parametrize("people", [50, 100])
def test_many_people_at_once(tmp_path, people, capsys):
    hosted = Hosted(tmp_path, people)
    crowd = [Person(hosted, number) for number in range(people)]
    threads = [threading.Thread(target=person.run) for person in crowd]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.monotonic() - began
    memory = next(line for line in open(f"/proc/{hosted.process.pid}/status") if line.startswith("VmRSS"))  # noqa: SIM115, PTH123
    hosted.process.terminate()
    code = hosted.process.wait(60)
    waits = sorted(wait for person in crowd for wait in person.waits)
    with capsys.disabled():
        print(f"\n{people} people, {len(waits)} turns in {whole:.0f} s: p50 {statistics.median(waits):.2f} s, p95 {waits[int(len(waits) * 0.95)]:.2f} s, {' '.join(memory.split())}, exit {code}")
    assert [person.fault for person in crowd if person.fault] == []
    for person in crowd:
        assert person.word in person.heard
        assert not [other.word for other in crowd if other is not person and other.word in person.heard]
