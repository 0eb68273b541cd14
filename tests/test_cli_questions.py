"""`python -m coach questions`: the promised shape, a list for people, and one clear line where there is no plan."""

import json
import os
import subprocess
import sys

import pytest

from coach.locations import ROOT

KEYS = {"text", "why", "topic", "goal_id", "priority"}
PLANS = ROOT / "tests" / "evals" / "plans"


@pytest.fixture(scope="module")
def coach(built, tmp_path_factory):
    """Run `python -m coach ...` with a home of its own, on the shared cache."""
    home = tmp_path_factory.mktemp("home")

    def run(*arguments: str):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
        environment |= {
            "COACH_LLM": "none", "COACH_HOME": str(home), "COACH_CACHE": str(built.settings.locations.cache),
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        command = [sys.executable, "-m", "coach", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, cwd=home)

    return run


def test_a_file_in_the_promised_shape(coach):
    done = coach("questions", str(PLANS / "d09.txt"), "--json")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 1
    answer = json.loads(done.stdout)
    assert set(answer) == {"questions"} and all(set(one) == KEYS for one in answer["questions"])
    assert [one["priority"] for one in answer["questions"]] == list(range(1, len(answer["questions"]) + 1))
    asked = {(one["goal_id"], one["topic"]) for one in answer["questions"]}
    assert {("g1", "vague"), ("g1", "measure"), ("g1", "deadline"), ("g3", "measure"), ("g3", "deadline")} <= asked


def test_a_list_for_people(coach):
    done = coach("questions", str(PLANS / "d02.docx"))
    assert done.returncode == 0, done.stderr
    assert " 1. " in done.stdout and "Why it matters: " in done.stdout and "97.5 %" in done.stdout


@pytest.mark.parametrize(("name", "said"), [("d07.pdf", "organisation"), ("nothing.pdf", "cannot be read")])
def test_no_plan_is_one_clear_line(coach, name, said):
    done = coach("questions", str(PLANS / name), "--json")
    assert done.returncode == 2 and done.stdout == "" and said in done.stderr.splitlines()[-1]


def test_without_a_file_the_kept_plan_or_what_is_known(coach):
    before = json.loads(coach("questions", "--json").stdout)["questions"]
    assert before[0]["topic"] == "why" and all(one["goal_id"] is None for one in before)
    assert coach("checklist", "--add", str(PLANS / "d09.txt")).returncode == 0
    after = json.loads(coach("questions", "--json").stdout)["questions"]
    assert after == json.loads(coach("questions", str(PLANS / "d09.txt"), "--json").stdout)["questions"]
