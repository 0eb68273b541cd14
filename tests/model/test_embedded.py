"""The real embedded model, from COACH_MODEL_PATH or the cache folder."""

import os
import threading
import time

import pytest
from pydantic import BaseModel

from coach import errors
from coach.llm import weights
from coach.llm.client import Client
from coach.llm.embedded import EmbeddedServer
from coach.settings import load

pytestmark = pytest.mark.model
LONG = "The quick brown fox jumps over the lazy dog near the old river bank. " * 150


class Goal(BaseModel):
    title: str
    due: str


class Goals(BaseModel):
    goals: list[Goal]


@pytest.fixture(scope="module")
def server(request):
    settings = load()
    if settings.model_path is None:
        request.getfixturevalue("weights_file")  # fetched where it is missing; see tests/conftest.py
    server = EmbeddedServer()
    server.start(weights.usable(settings.locations, settings))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def client(server):
    settings = load()
    client = Client(server.start(weights.usable(settings.locations, settings)))
    client.prepare()
    return client


def ask(client, text, **options):
    return client.stream([{"role": "user", "content": text}], **{"max_tokens": 12, **options})


def test_answers_a_question(client):
    assert "Paris" in "".join(ask(client, "What is the capital of France? One word."))


def test_closing_frees_the_model(client):
    pieces = ask(client, "Tell a very long story.", max_tokens=900)
    next(pieces)
    closed = time.monotonic()
    pieces.close()
    assert time.monotonic() - closed < 10  # the story takes over a minute
    next(ask(client, "Say hello."))  # would wait for the long story otherwise
    assert time.monotonic() - closed < 45


def test_stop_while_a_long_prompt_is_read(client):
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    started = time.monotonic()
    assert "".join(ask(client, LONG, stop_event=stop)) == ""
    assert time.monotonic() - started < 10
    next(ask(client, "Say hello."))
    assert time.monotonic() - started < 90


def test_structured(client):
    text = "Name both goals with their dates: 1. Answer tickets, by 3 May. 2. Send reports, by 9 June."
    found = client.structured([{"role": "user", "content": text}], Goals, 150)
    assert len(found.goals) == 2  # what the model makes of the dates is another matter


def test_overflow_is_told(client):
    with pytest.raises(errors.EndpointOverflow):
        list(ask(client, LONG * 3))


def test_start_is_lazy_and_shared(server, client):
    settings = load()
    path = weights.usable(settings.locations, settings)
    found = []
    threads = [threading.Thread(target=lambda: found.append(server.start(path))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [client.endpoint] * 4


def test_wrong_key_is_refused(client):
    from pydantic import SecretStr

    other = Client(client.endpoint.model_copy(update={"key": SecretStr("wrong")}))
    with pytest.raises(errors.EndpointRefused):
        list(ask(other, "Hello"))


def test_a_dead_server_is_started_again(server, client):
    os.kill(server._child.pid, 9)
    server._child.wait()
    assert not server.running
    with pytest.raises(errors.EndpointUnreachable):
        list(ask(client, "Hello"))
    settings = load()
    again = server.start(weights.usable(settings.locations, settings))
    assert "Paris" in "".join(ask(Client(again), "What is the capital of France? One word."))
