"""Nothing leaves this computer: the whole way in a network without a route, and no name is looked up."""

import json
import os
import shutil
import socket
import subprocess
import sys

import pytest

from coach import build as build_module
from coach.schema.conversation import Session
from coach.settings import Settings
from tests.conftest import NOW
from tests.security.running import PLAN, ROOT

ALONE = ["unshare", "--map-root-user", "--net", "--", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]


def alone() -> list[str]:
    """How to run a command in a namespace that has loopback only. Where that is not allowed the test is left out, aloud."""
    reason = "unshare and ip are not both installed"
    if shutil.which("unshare") and shutil.which("ip"):
        tried = subprocess.run([*ALONE, "true"], capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            return ALONE
        reason = f"network namespaces are not allowed here: {tried.stderr.strip()}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def test_the_whole_way_without_a_route(places):
    command = [*alone(), sys.executable, "-m", "tests.security.running", str(places.cache)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    done = told["done"]
    assert done == {
        "page": 200, "plan": "plan", "chat": True, "rehearsal": "scene", "exports": [200, 200, 200], "exit": done["exit"],
        "ask": 0, "extract": 0, "rehearse": 0, "export": 0,
    }  # fmt: skip
    assert set(told["quiet"].values()) == {0}, told["quiet"]
    assert told["on_purpose"]["IpOutNoRoutes"] >= 2, "what counts here must be able to count"


def test_nothing_is_looked_up(places, monkeypatch):
    """Every way to name or reach a host is watched, from the start to the end of a chat and a plan."""
    asked: list[str] = []

    def watched(real, place):
        def call(*given, **named):
            host = str(given[place])
            if not host.startswith(("127.", "('127.", "::1", "localhost", "/", "b'/", "('::1")):
                asked.append(host)
                raise OSError("watched")
            return real(*given, **named)

        return call

    for name in ("getaddrinfo", "gethostbyname", "gethostbyaddr", "create_connection"):
        monkeypatch.setattr(socket, name, watched(getattr(socket, name), 0))
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, watched(getattr(socket.socket, name), 1))
    for name, value in {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "k"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(OSError, match="watched"):
        socket.create_connection(("example.org", 443), 1)
    assert asked.pop() and not asked
    from coach import settings

    settings.quiet(os.environ)
    built = build_module.build(Settings(llm="none", locations=places), keep=False, now=lambda: NOW)
    try:
        built.start(wait=True)
        list(built.coach.reply(Session(id="s"), "they put me on a plan today, what do i do tonight?"))
        built.coach.read_plan(PLAN.encode(), "plan.txt")
        built.coach.helplines()
    finally:
        built.close()
    assert asked == []
