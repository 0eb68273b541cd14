"""A faulty endpoint while fifty people write at once: every turn is answered, and the endpoint is left alone until it is well.

The faults one by one are in tests/llm/test_client.py; here a real server on loopback plays them to the real client, one line
before the model, as where people sign in.
"""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import SecretStr

from coach.llm.breaker import Breaker
from coach.llm.client import Client
from coach.llm.endpoint import Endpoint
from coach.schema.conversation import Session
from coach.schema.enums import Strength
from tests.conftest import NOW
from tests.fakes import FakeBrain, MemoryStore, make_coach
from tests.llm.conftest import QUICK
from tests.llm.stub_server import HOLD, RESET, StubServer, say, status

PEOPLE = 50
TEXTS = ("they put me on a plan today and i am shaking", "what do i say when we meet on monday")
FAULTS = [
    pytest.param(status(500), id="T7-500"),
    pytest.param(status(503), id="T7-503"),
    pytest.param(status(429), id="T7-429"),
    pytest.param([RESET], id="T6-reset"),
    pytest.param([HOLD], id="T4-never-answers"),
]


class Clock:
    passed = 0.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
def stub():
    with contextlib.closing(StubServer()) as made:
        yield made


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def coach(library, search, stub, clock):
    endpoint = Endpoint(name="stub", base_url=stub.url, model="m", key=SecretStr("k"), strength=Strength.CAPABLE, remote=False)
    client = Client(endpoint, limits=QUICK, breaker=Breaker(clock=clock))
    return make_coach(library, FakeBrain(search, client), MemoryStore(), lambda: NOW)


def talk(coach, number: int) -> Session:
    session = Session(id=f"s{number}")
    for text in TEXTS:
        *_, last = coach.reply(session, text)
        session = last.session
    return session


def everybody(coach) -> list[Session]:
    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(lambda number: talk(coach, number), range(PEOPLE)))


@pytest.mark.parametrize("fault", FAULTS)
def test_every_turn_is_answered_and_the_endpoint_is_left_alone(coach, stub, clock, fault):
    stub.scenes = [fault]
    for session in everybody(coach):
        assert [line.author for line in session.messages] == ["person", "coach"] * len(TEXTS)
        assert all(line.text.strip() and line.composed for line in session.messages if line.author == "coach")
    first = len(stub.requests)
    assert 1 <= first <= 6, "five failures open the breaker; then nobody asks, whoever still waits in the line"
    everybody(coach)
    assert len(stub.requests) == first, "not once while it rests"
    clock.passed += 31
    everybody(coach)
    assert len(stub.requests) <= first + 2, "one probe decides for all"


def test_an_answer_that_breaks_off_is_not_asked_for_twice(coach, stub):
    """It had begun, so the endpoint is there; each turn keeps what was prepared and asks no more."""
    stub.scenes = [say("You were put on a plan ", finish=None, done=False)]
    for session in everybody(coach):
        assert all(line.text.strip() and line.composed for line in session.messages if line.author == "coach")
    assert 1 <= len(stub.requests) <= PEOPLE * len(TEXTS)


def test_once_it_is_well_it_is_asked_again(coach, stub, clock):
    stub.scenes = [status(500)]
    everybody(coach)
    failed = len(stub.requests)
    stub.scenes = [say("You were put on a plan today, and you are shaking.")]
    clock.passed += 31
    everybody(coach)
    assert len(stub.requests) > failed + PEOPLE // 2


def test_one_at_a_time_reaches_it(coach, stub):
    """The line before the model has one place, however many write."""
    most, now, lock = [0], [0], threading.Lock()
    play = stub._play

    def counted(connection, scene):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        try:
            play(connection, scene)
        finally:
            with lock:
                now[0] -= 1

    stub._play = counted
    stub.scenes = [say("You were put on a plan today, ", "and you are shaking.")]
    everybody(coach)
    assert stub.requests and most[0] <= 2  # a connection that is just closing, and the next
