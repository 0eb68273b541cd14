"""Danger in what a command was given: the work is done, and one line on stderr names a help line."""

import json

import pytest

from coach.cli.main import main
from coach.store import Store
from tests.ui.test_care import PLAN

DANGER = "Nobody listens. I want to kill myself."
CALM = "This deadline is killing me. Closed 14 tickets and called Bea."


@pytest.fixture
def run(monkeypatch, capsys, built, tmp_path):
    """A command in this process, with a home of its own, on the shared cache."""
    monkeypatch.setenv("COACH_LLM", "none")
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COACH_CACHE", str(built.settings.locations.cache))

    def one(*arguments: str):
        capsys.readouterr()
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return code, out, [line for line in err.splitlines() if "116 123" in line]

    return one


def kept(tmp_path):
    from datetime import UTC, datetime

    store = Store.open(tmp_path / "home" / "coach.db", lambda: datetime.now(UTC))
    try:
        return store.plans.load().model_dump_json()
    finally:
        store.close()


def commands(tmp_path, text):
    file, facts = tmp_path / "reply.txt", tmp_path / "facts.json"
    file.write_text(text, encoding="utf-8")
    facts.write_text(json.dumps({"manager": "Bea", "agreed": [text]}), encoding="utf-8")
    return {
        "log": ("checklist", "--log", text),
        "feedback": ("check-in", "--feedback", text, "--who", "Bea"),
        "facts": ("draft", "recap", "--facts", str(facts)),
        "check": ("draft-check", str(file)),
    }


@pytest.mark.parametrize("name", ["log", "feedback", "facts", "check"])
def test_it_is_kept_and_help_is_named(run, tmp_path, name):
    code, out, help_lines = run(*commands(tmp_path, DANGER)[name])
    assert code == 0 and out.strip()
    assert len(help_lines) == 1 and "988" in help_lines[0] and DANGER not in help_lines[0]
    if name in ("log", "feedback"):
        assert DANGER in kept(tmp_path)
    code, out, help_lines = run(*commands(tmp_path, CALM)[name])
    assert code == 0 and out.strip() and not help_lines


def test_notes_of_a_meeting(run, tmp_path):
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN.format(own="") + "\nStart date: 4 January 2027\nEnd date: 5 March 2027\nWe meet every Friday at 10:00.\n", encoding="utf-8")
    assert run("checklist", "--add", str(plan))[0] == 0
    assert run("check-in", "--propose", "--zone", "Europe/London", "--keep")[0] == 0
    code, _, help_lines = run("check-in", "--held", "1", "--notes", DANGER)
    assert code == 0 and len(help_lines) == 1 and DANGER in kept(tmp_path)
    assert len(run("check-in", "--held", "1", "--agreed", "send the list", "--agreed", DANGER)[2]) == 1
    assert not run("check-in", "--held", "1", "--notes", CALM)[2]


@pytest.mark.parametrize("command", [("extract", "--json"), ("questions", "--json"), ("checklist", "--json", "--add")])
def test_a_plan_is_read_and_help_is_named(run, tmp_path, command):
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN.format(own="Employee comments: I do not want to live."), encoding="utf-8")
    code, out, help_lines = run(*command, str(plan))
    assert code == 0 and json.loads(out) and len(help_lines) == 1
    plan.write_text(PLAN.format(own="Employee comments: I would like examples."), encoding="utf-8")
    assert not run(*command, str(plan))[2]


def test_what_goes_to_stdout_is_unchanged(run, tmp_path):
    file = tmp_path / "reply.txt"
    file.write_text(DANGER, encoding="utf-8")
    assert set(json.loads(run("draft-check", str(file), "--json")[1])) == {"marks"}
