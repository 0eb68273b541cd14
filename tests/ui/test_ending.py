"""The program is told to end: a turn that is being answered is finished, nobody new is let in, and it does not wait for ever."""

import socket
import threading
import time

import httpx
import pytest
import uvicorn

from coach.ui import server as server_module
from coach.ui.server import Patient
from tests.ui.hosted import Chat, Served


@pytest.fixture
def served(tmp_path, monkeypatch):
    """As launched: our own server around the gate. The scripted coach takes a while for each part of its answer."""
    monkeypatch.setattr(uvicorn, "Server", lambda config: Patient(config, lambda: made[0].turns > 0))
    made = []

    class Kept(Served):
        def __setattr__(self, name, value):
            super().__setattr__(name, value)
            if name == "gate":
                made.append(value)

    running = Kept(tmp_path, pause=0.1)
    running.add("Ana")
    yield running
    running.stop()


def begun(served) -> tuple[threading.Thread, dict]:
    """A turn that is being answered, and what came of it once the thread ends."""
    client, said = served.guest("Ana"), {}
    chat = Chat(client, "s1")
    chat.join("slow")  # six seconds; uvicorn alone waits for two

    def hear() -> None:
        try:
            said["stream"] = chat.heard()
        except httpx.HTTPError as error:
            said["fault"] = error
        client.close()

    thread = threading.Thread(target=hear)
    thread.start()
    until = time.monotonic() + 30
    while not served.gate.turns and time.monotonic() < until:
        time.sleep(0.01)
    assert served.gate.turns == 1
    return thread, said


def test_a_turn_that_runs_is_finished_and_nobody_new_comes_in(served):
    thread, said = begun(served)
    served.server.should_exit = True
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", served.port)):
                break
        time.sleep(0.02)
    else:
        pytest.fail("the door stays open")
    assert served.gate.turns == 1, "the door is shut while the turn still runs"
    thread.join(60)
    assert "fault" not in said and "process_completed" in said["stream"]
    served.thread.join(30)
    assert not served.thread.is_alive()


def test_it_does_not_wait_for_ever(served, monkeypatch):
    monkeypatch.setattr(server_module, "FINISH", 0.1)
    served.gate.turns += 1  # one that never ends
    served.server.should_exit = True
    served.thread.join(30)
    assert not served.thread.is_alive()
