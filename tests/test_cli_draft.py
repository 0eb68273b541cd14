"""`python -m coach draft` and `draft-check`: the promised shapes, the kept plan in the slots, one clear line on an error."""

import json
import os
import subprocess
import sys

import pytest

from coach.locations import ROOT
from coach.schema.drafts import DraftKind

PLANS = ROOT / "tests" / "evals" / "plans"


@pytest.fixture(scope="module")
def coach(built, tmp_path_factory):
    """Run `python -m coach ...` with a home of its own, on the shared cache."""
    home = tmp_path_factory.mktemp("home")

    def run(*arguments: str, put: str = ""):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
        environment |= {
            "COACH_LLM": "none", "COACH_HOME": str(home), "COACH_CACHE": str(built.settings.locations.cache),
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        command = [sys.executable, "-m", "coach", *arguments]
        return subprocess.run(command, env=environment, input=put, capture_output=True, text=True, timeout=300, cwd=home)

    return run


def test_a_message_in_the_promised_shape(coach):
    done = coach("draft", "recap", "--facts", "-", "--json", put='{"manager": "Bea", "agreed": ["95 % by May"]}')
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert set(answer) == {"text", "notes"} and "Hello Bea," in answer["text"] and "- 95 % by May" in answer["text"]
    assert all(isinstance(note, str) for note in answer["notes"])


def test_an_unknown_kind_lists_the_valid_ones(coach):
    done = coach("draft", "rant", "--json")
    assert done.returncode == 2 and done.stdout == ""
    assert all(kind.value in done.stderr for kind in DraftKind)


@pytest.mark.parametrize("facts", ["[1]", "no json", '"x"'])
def test_facts_that_are_no_object_are_one_clear_line(coach, facts):
    done = coach("draft", "recap", "--facts", "-", put=facts)
    assert done.returncode == 2 and "one JSON object" in done.stderr and len(done.stderr.splitlines()) == 1


def test_the_kept_plan_fills_the_slots(coach):
    assert coach("checklist", "--add", str(PLANS / "d09.txt")).returncode == 0
    kept = json.loads(coach("extract", str(PLANS / "d09.txt"), "--json").stdout)["plan"]
    text = json.loads(coach("draft", "acknowledge", "--json").stdout)["text"]
    for name in filter(None, (kept["employee"], kept["manager"])):
        assert name in text


def test_a_check_in_the_promised_shape(coach):
    text = "You ignored my email of 3 May. Could we meet on Tuesday?"
    done = coach("draft-check", "-", "--json", put=text)
    assert done.returncode == 0, done.stderr
    (mark,) = json.loads(done.stdout)["marks"]
    assert set(mark) == {"quote", "kind", "why", "calmer"} and mark["kind"] == "accusation"
    assert mark["quote"] in text and "3 May" in mark["calmer"]


@pytest.mark.parametrize(("put", "said"), [("  \n", "nothing to check"), ("a" * 60_000, "longer than")])
def test_what_cannot_be_checked_is_one_clear_line(coach, put, said):
    done = coach("draft-check", "-", put=put)
    assert done.returncode == 2 and done.stdout == "" and said in done.stderr


def test_a_file_that_is_not_there(coach):
    assert coach("draft-check", "gone.txt").returncode == 2
