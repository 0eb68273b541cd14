"""A page that people sign in to, on a real socket, with the scripted coach in each room and a hasher that is quick."""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import uvicorn
from argon2 import PasswordHasher

from coach import settings as settings_module
from coach.accounts.passwords import Passwords
from coach.hosting import Hosting
from coach.settings import Settings
from coach.store.accounts import Accounts
from coach.ui import hosted
from coach.ui.private import prepare
from coach.ui.server import listen
from tests.ui import fakes

WORD = "correct horse battery"


def quick() -> Passwords:
    """Not strong, and not slow."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


class Clock:
    """One clock for days and for seconds, moved by hand."""

    def __init__(self) -> None:
        self.passed = 0.0

    def day(self) -> datetime:
        return datetime(2026, 12, 1, 9, 0, tzinfo=UTC) + timedelta(seconds=self.passed)

    def seconds(self) -> float:
        return self.passed


@dataclass
class FakeShared:
    """What people have in common, when the coach is scripted."""

    settings: Settings
    now: Callable[[], datetime]
    pause: float = 0.0

    searching: bool = True

    def signs(self) -> dict[str, int]:
        return {"search_ready": int(self.searching), "model_ready": 0, "waiting_for_model": 0}

    def person(self, id: str, name: str) -> fakes.FakeBuilt:
        made = fakes.built(settings_module.of_person(self.settings, id), self.pause)
        made.who = name
        return made


class Served:
    """The running page. `guest` is a browser of a person, `nobody` one that did not sign in."""

    def __init__(self, folder: Path, origin: str | None = None, clock: Clock | None = None, pause: float = 0.0, hosting: Hosting | None = None) -> None:
        self.clock = clock or Clock()
        hosting = hosting or Hosting(origin=origin)
        origin = hosting.origin
        settings = fakes.settings_for(folder, 0, hosting=hosting)
        prepare(settings)
        self.listener, _ = listen(settings, tries=0)
        self.port = self.listener.getsockname()[1]
        self.settings = settings
        self.accounts = Accounts.open(settings.locations.accounts, self.clock.day)
        self.shared = FakeShared(settings, self.clock.day, pause)
        self.gate = hosted.serve(self.shared, self.accounts, port=self.port, passwords=quick(), clock=self.clock.seconds)
        self.home = origin or f"http://127.0.0.1:{self.port}"
        self.server = uvicorn.Server(uvicorn.Config(self.gate, log_level="error", access_log=False, proxy_headers=False, timeout_graceful_shutdown=2))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listener]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def add(self, *names: str) -> None:
        for name in names:
            self.accounts.add(name, quick().hash(WORD))

    def nobody(self, **headers: str) -> httpx.Client:
        own = {"origin": self.home, "host": self.home.partition("://")[2], **headers}
        return httpx.Client(base_url=f"http://127.0.0.1:{self.port}", headers=own, trust_env=False, timeout=60)

    def guest(self, name: str) -> httpx.Client:
        with self.nobody() as door:
            answer = sign_in(door, name)
        assert answer.status_code == 303 and answer.headers["location"] == "/", answer.text
        return self.nobody(cookie=answer.headers["set-cookie"].split(";")[0])  # as a proxy would pass it on, Secure or not

    def wait(self, work) -> object:
        """Do something of the gate's in its own loop."""
        return asyncio.run_coroutine_threadsafe(work, self.gate.loop).result(60)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(30)
        self.accounts.close()


def sign_in(client: httpx.Client, name: str, password: str = WORD, **headers: str) -> httpx.Response:
    """What the form sends."""
    return client.post("/signin", data={"name": name, "password": password}, headers=headers)


class Chat:
    """Speaks to a room as its page does. `session` is Gradio's own name for one open page."""

    def __init__(self, client: httpx.Client, session: str) -> None:
        self.client, self.session = client, session
        config = client.get("/config").json()
        self.parts = {part["props"].get("elem_id"): part["id"] for part in config["components"]}
        self.events = {tuple(target): event["id"] for event in config["dependencies"] for target in event["targets"]}

    def join(self, text: str) -> str:
        """One message into the queue; the id of the event."""
        box = self.parts["box"]
        return self._join(box, self.events[box, "submit"], [text, None, None])

    def act(self, raw: str) -> str:
        """One click that page.js hands over."""
        go = self.parts["act-go"]
        return self._join(go, self.events[go, "click"], [raw, None, None, ""])

    def heard(self, session: str | None = None) -> str:
        """Everything that the stream of a page brings until it is closed."""
        seen = []
        with self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session or self.session}) as answer:
            seen.extend(answer.iter_lines())
        return "\n".join(seen)

    def _join(self, trigger: int, event: int, data: list) -> str:
        asked = {"data": data, "fn_index": event, "session_hash": self.session, "trigger_id": trigger, "event_data": None}
        answer = self.client.post("/gradio_api/queue/join", json=asked)
        answer.raise_for_status()
        return answer.json()["event_id"]


def main(folder: str) -> None:
    """Serve until ended, for the browser: Ana and Bo may sign in."""
    served = Served(Path(folder), pause=0.2)
    served.add("Ana", "Bo")
    print(served.home, flush=True)
    served.thread.join()


if __name__ == "__main__":
    settings_module.quiet(os.environ)
    main(sys.argv[1])
