"""`ask --show-sent`: the text that would go, and nothing goes."""

import json

import pytest

from coach.cli.main import main

TEXT = "My manager Zulgrim put me on a plan and I feel sick"


@pytest.fixture
def show(monkeypatch, capsys, places):
    def run(llm, *arguments):
        monkeypatch.setenv("COACH_LLM", llm)
        monkeypatch.setenv("COACH_CACHE", str(places.cache))
        code = main(["ask", TEXT, "--show-sent", *arguments])
        return code, capsys.readouterr().out

    return run


def test_it_prints_what_the_host_would_get_and_sends_nothing(show):
    """A connection to that host would fail: no test may leave loopback."""
    code, out = show("https://far.example/v1")
    assert code == 0 and out.startswith("To far.example:") and "[Person 1]" in out and "Zulgrim" not in out


def test_turned_off_the_name_is_in_it(show, monkeypatch):
    monkeypatch.setenv("COACH_REDACT", "false")
    _, out = show("https://far.example/v1", "--json")
    told = json.loads(out)
    assert set(told) == {"host", "sent"} and told["host"] == "far.example" and "Zulgrim" in told["sent"][-1]["content"]


def test_here_nothing_would_be_sent(show):
    assert show("none") == (0, "Nothing would be sent: answers are computed on this computer.\n")
    assert json.loads(show("none", "--json")[1]) == {"host": None, "sent": []}
