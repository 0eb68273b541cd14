"""The whole app as a process: ended in the middle, cut off in the middle, killed thirty times."""

import json
import random
import signal
import socket
import sqlite3
import time

import pytest

from tests.security.running import PLAN, App


def in_store(home, question: str) -> list:
    connection = sqlite3.connect(home / "coach.db")
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def test_the_app_ends_in_the_middle_of_an_answer_and_keeps_it(places, tmp_path):
    app = App(tmp_path / "home", places.cache, tmp_path / "log")
    app.chat("they put me on a plan today, what do i do tonight?", until="process_generating")
    began = time.monotonic()
    app.end(signal.SIGTERM)
    assert time.monotonic() - began < 25, "it does not wait for the page"
    texts = [text for (text,) in in_store(tmp_path / "home", "SELECT text FROM message")]
    assert "they put me on a plan today, what do i do tonight?" in texts
    assert in_store(tmp_path / "home", "PRAGMA integrity_check") == [("ok",)]
    assert "Traceback" not in app.printed


def test_an_upload_that_breaks_off_stores_nothing(places, tmp_path):
    app = App(tmp_path / "home", places.cache, tmp_path / "log")
    try:
        cookie = "; ".join(f"{name}={value}" for name, value in app.client.cookies.items())
        head = json.dumps({"name": "plan.txt"}).encode() + b"\n"
        request = (
            f"POST /plan/read HTTP/1.1\r\nHost: 127.0.0.1:{app.port}\r\nOrigin: {app.home}\r\nCookie: {cookie}\r\n"
            f"Content-Type: application/octet-stream\r\nContent-Length: {len(head) + 2 * len(PLAN)}\r\n\r\n"
        ).encode()
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", app.port)) as connection:
                connection.sendall(request + head + PLAN.encode())
        assert app.client.get("/plan/view").status_code == 200, "the others go on"
        assert app.read_plan().get("draft")
    finally:
        app.end()
    assert in_store(tmp_path / "home", "SELECT count(*) FROM plan") == [(0,)]
    assert "Traceback" not in app.printed


def killed(places, folder, rounds: int) -> None:
    """Kill the app at a random moment of a plan, a chat and a rehearsal, and start it again."""
    for seed in range(rounds):
        number = random.Random(seed)
        app = App(folder / "home", places.cache, folder / f"log-{seed}")
        seen = app.post("/plan/act", do="add", kind="item", fields={"title": f"goal {seed}"})
        assert "fault" not in seen or not seen["fault"]
        steps = [
            lambda app: app.chat("they put me on a plan today", until="process_generating"),
            lambda app: app.read_plan(),
            lambda app: app.post("/practice/act", do="start", fields={"scenario": "hr", "persona": "cold", "difficulty": "hard", "feedback": "each"}),
        ]
        for step in number.sample(steps, number.randint(0, 3)):
            step(app)
        app.end(signal.SIGKILL)
        assert in_store(folder / "home", "PRAGMA integrity_check") == [("ok",)], seed
        assert in_store(folder / "home", "PRAGMA foreign_key_check") == [], seed
        titles = {title for (title,) in in_store(folder / "home", "SELECT title FROM item")}
        assert {f"goal {n}" for n in range(seed + 1)} <= titles, "what was acknowledged is there"


def test_the_app_is_killed_and_starts_again(places, tmp_path):
    killed(places, tmp_path, 2)


@pytest.mark.byhand
def test_the_app_is_killed_thirty_times(places, tmp_path):
    killed(places, tmp_path, 30)
