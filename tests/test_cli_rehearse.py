"""`rehearse` on the command line: the promised shape, exact quotes, and one clear sentence for bad input."""

import json

import pytest

from coach.cli.main import main
from coach.locations import ROOT
from tests.rehearsal.conftest import EMPLOYEES

TURNS = ["I sent the March report late and told nobody. That was on me.", "What happens if I miss one goal?", "I'll send you the list every Friday by noon."]


@pytest.fixture
def turns(tmp_path):
    path = tmp_path / "turns.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in TURNS), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _real_places(monkeypatch, places):
    monkeypatch.setenv("COACH_CACHE", str(places.cache))


def test_the_shape_is_as_promised(turns, capsys):
    assert main(["rehearse", "--scenario", "first_meeting", "--persona", "cold", "--difficulty", "guarded", "--turns", str(turns), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"turns", "debrief"}
    assert [turn["employee"] for turn in answer["turns"]] == TURNS
    for turn in answer["turns"]:
        assert set(turn) == {"employee", "labels", "reasons", "manager", "trust"}
        assert turn["manager"] and 0 <= turn["trust"] <= 100 and len(turn["reasons"]) == len(turn["labels"])
    assert "ownership" in answer["turns"][0]["labels"]
    debrief = answer["debrief"]
    assert set(debrief) == {"known", "agreed", "worked", "cost", "focus", "score"}
    assert all(set(one) == {"quote", "why"} and any(one["quote"] in text for text in TURNS) for one in debrief["worked"])


def test_the_plans_own_words_are_played(turns, capsys):
    plan = ROOT / "tests" / "evals" / "plans" / "d01.docx"
    turns.write_text("\n".join(json.dumps({"text": text}) for text in EMPLOYEES["good"]), encoding="utf-8")
    assert main(["rehearse", "--persona", "sceptical", "--difficulty", "supportive", "--turns", str(turns), "--plan", str(plan)]) == 0
    said = capsys.readouterr().out
    assert sum(words in said for words in ("8 May", "60 days", "Denise", "Submit insurance claims")) >= 2


def test_danger_stops_the_scene(tmp_path, capsys):
    path = tmp_path / "turns.jsonl"
    path.write_text('{"text": "I want to kill myself"}\n{"text": "hello"}\n', encoding="utf-8")
    assert main(["rehearse", "--turns", str(path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (turn,) = answer["turns"]
    assert turn["manager"] == "" and "findahelpline.com" in turn["coach"] and answer["debrief"]["cost"] is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--scenario", "party"], "first_meeting, vague_goal"),
        (["--persona", "nice"], "rushed, by_the_book, sceptical, cold, avoiding"),
        (["--difficulty", "brutal"], "supportive, guarded, hard"),
        (["--turns", "/nowhere/turns.jsonl"], "--turns"),
    ],
)
def test_bad_input_exits_2_with_one_clear_line(arguments, says, capsys):
    assert main(["rehearse", *arguments]) == 2
    captured = capsys.readouterr()
    assert says in captured.err and captured.out == "" and len(captured.err.strip().splitlines()) == 1


def test_a_bad_line_is_named(tmp_path, capsys):
    path = tmp_path / "turns.jsonl"
    path.write_text('{"text": "hi"}\n{"said": 3}\n', encoding="utf-8")
    assert main(["rehearse", "--turns", str(path)]) == 2
    assert "line 2" in capsys.readouterr().err
