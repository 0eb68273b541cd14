"""The command line as a stranger's script meets it: shapes, order, exit codes, and nothing half-written."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach.cli.main import main
from coach.locations import ROOT
from coach.schema.enums import Route, Stage

ASK = {
    "reply",
    "route",
    "stage",
    "known",
    "citations",
    "composed",
    "endpoint",
    "seconds",
    "first_text_seconds",
}
CITATION = {"n", "card", "title", "source", "points"}


@pytest.fixture(scope="module")
def coach(built, tmp_path_factory):
    """Run `python -m coach ...`, on the shared cache so that the index is built once."""
    places = built.settings.locations

    def run(
        *arguments: str, stdin: str = "", home: Path | None = None, cache: Path | None = None, **extra: str
    ):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
        environment |= {
            "COACH_LLM": "none", "COACH_HOME": str(home or places.home), "COACH_CACHE": str(cache or places.cache),
            "PYTHONPATH": str(ROOT), **extra,
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", "coach", *arguments], input=stdin, env=environment, capture_output=True, text=True,
            timeout=300, cwd=tmp_path_factory.mktemp("work"),
        )  # fmt: skip

    return run


def test_ask_answers_in_the_promised_shape(coach, built):
    done = coach("ask", "how often should I see my manager during the plan?", "--json")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 1, "one JSON object and nothing else"
    answer = json.loads(done.stdout)
    assert set(answer) >= ASK and set(answer) - ASK <= {"quick_replies", "notices"}
    assert answer["route"] == "coach" and answer["stage"] in set(Stage)
    assert answer["composed"] is True and isinstance(answer["endpoint"], str) and answer["endpoint"]
    assert isinstance(answer["known"], dict)
    assert 0 <= answer["first_text_seconds"] <= answer["seconds"]
    assert answer["citations"] and all(set(citation) == CITATION for citation in answer["citations"])
    assert answer["citations"][0]["card"] == "check-in-often" and answer["citations"][0]["points"] == ["A20"]
    assert all(f"[{citation['n']}]" in answer["reply"] for citation in answer["citations"])
    assert not built.settings.locations.home.exists(), "ask keeps no conversation"


def test_ask_for_people_prints_reply_and_sources(coach):
    done = coach("ask", "-", stdin="how often should I see my manager during the plan?")
    assert done.returncode == 0
    assert "[1] Check in often, even daily: Liz DeGroot" in done.stdout


def test_history_is_read(coach, tmp_path):
    (tmp_path / "history.json").write_text(
        json.dumps(["i work in the uk", "the meeting is on thursday"]), encoding="utf-8"
    )
    done = coach("ask", "what do I say there?", "--history", str(tmp_path / "history.json"), "--json")
    answer = json.loads(done.stdout)
    assert answer["known"]["region"] == "uk" and answer["known"]["meeting"] == "Thursday"


def test_many_in_one_run_keep_order_and_ids(coach, tmp_path):
    items = [
        {"id": "b", "text": "i want to kill myself"},
        {"id": "a", "text": "what about that?", "history": ["how often should i see my manager"]},
        {"id": "7", "text": "draft an email to my manager"},
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(item) + "\n\n" for item in items), encoding="utf-8")
    done = coach("ask", "--jsonl", str(tmp_path / "in.jsonl"))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["b", "a", "7"]
    assert [answer["route"] for answer in answers] == ["crisis", "coach", "draft"]
    assert all(set(answer) >= ASK for answer in answers)


def test_retrieve_finds_and_knows_its_limits(coach, tmp_path):
    items = [
        {"id": "in", "text": "how often should I meet my manager while the plan is on"},
        {
            "id": "follow",
            "text": "and how often?",
            "history": ["should i meet my manager more during the plan"],
        },
        {"id": "out", "text": "what is a good recipe for onion soup"},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    done = coach("retrieve", "--jsonl", str(tmp_path / "in.jsonl"), "--json")
    found, follow, nothing = [json.loads(line) for line in done.stdout.splitlines()]
    assert set(found) == {"id", "passages"}
    assert set(found["passages"][0]) == {"card", "score", "points", "text"}
    assert found["passages"][0]["card"] == "check-in-often"
    scores = [passage["score"] for passage in found["passages"]]
    assert scores == sorted(scores, reverse=True) and scores[-1] >= 0 and scores[0] <= 1
    assert "check-in-often" in [passage["card"] for passage in follow["passages"]]
    assert nothing == {"id": "out", "passages": []}


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


BAD = [
    pytest.param(lambda d: ["ask"], id="no-message"),
    pytest.param(lambda d: ["ask", ""], id="empty-message"),
    pytest.param(lambda d: ["ask", "x" * 9000], id="message-too-long"),
    pytest.param(lambda d: ["ask", "hi", "--history", str(d / "none.json")], id="history-not-there"),
    pytest.param(lambda d: ["ask", "hi", "--history", write(d, "h.json", "{}")], id="history-no-array"),
    pytest.param(lambda d: ["ask", "hi", "--history", write(d, "h.json", "[1]")], id="history-of-numbers"),
    pytest.param(lambda d: ["ask", "hi", "--history", write(d, "h.json", "[")], id="history-no-json"),
    pytest.param(
        lambda d: ["ask", "hi", "--history", write(d, "h.json", b"\xff\xfe\x00")], id="history-no-text"
    ),
    pytest.param(lambda d: ["ask", "--jsonl", write(d, "i.jsonl", '{"id": 1}\n')], id="line-without-text"),
    pytest.param(
        lambda d: ["ask", "--jsonl", write(d, "i.jsonl", '{"text": "a"}\nnonsense\n')], id="line-no-json"
    ),
    pytest.param(lambda d: ["ask", "--jsonl", write(d, "i.jsonl", '{"text": 5}\n')], id="text-is-a-number"),
    pytest.param(lambda d: ["ask", "--jsonl", write(d, "i.jsonl", "[]\n")], id="line-is-a-list"),
    pytest.param(
        lambda d: ["ask", "--jsonl", write(d, "i.jsonl", '{"text": "a"}\n{"text": ""}\n')],
        id="one-of-two-is-empty",
    ),
    pytest.param(lambda d: ["ask", "--jsonl", str(d)], id="a-folder"),
    pytest.param(lambda d: ["ask", "hi", "--plan", "plan.pdf"], id="plan-not-built-yet"),
    pytest.param(lambda d: ["eval", "nonsense"], id="unknown-set"),
    pytest.param(lambda d: ["model", "nonsense"], id="unknown-action"),
    pytest.param(lambda d: ["wipe"], id="wipe-without-yes"),
]


@pytest.mark.parametrize("arguments", BAD)
def test_a_users_mistake_is_one_clear_line(built, tmp_path, monkeypatch, capsys, arguments):
    """In this process, for speed; the next test looks at the real streams of a real one."""
    monkeypatch.setenv("COACH_LLM", "none")
    monkeypatch.setenv("COACH_CACHE", str(built.settings.locations.cache))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    given = arguments(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert main(given) == 2
    told = capsys.readouterr()
    assert told.out == ""
    lines = told.err.strip().splitlines()
    assert len(lines) == 1 and lines[0].endswith("."), told.err
    assert sorted(tmp_path.iterdir()) == before, "nothing half-written"


@pytest.mark.parametrize(
    "arguments", [["ask"], ["ask", ""], ["wipe"]], ids=["no-message", "empty-message", "wipe"]
)
def test_a_users_mistake_leaves_stdout_empty(coach, arguments):
    done = coach(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["nonsense"], [], ["ask", "hi", "--colour"]])
def test_unknown_words_exit_2_with_nothing_on_stdout(coach, arguments):
    done = coach(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr and "usage:" in done.stderr


def test_unknown_names_are_answered_with_the_valid_ones(coach):
    assert all(name in coach("eval", "nonsense").stderr for name in ("queries", "messages", "crisis_open"))
    assert all(name in coach("model", "nonsense").stderr for name in ("status", "pull", "remove"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COACH_LLM", "http://example.com/v1"),
        ("COACH_LLM", "gibberish"),
        ("COACH_PORT", "abc"),
        ("GRADIO_VIBE_MODE", "1"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(coach, name, value):
    done = coach("model", "status", **{name: value})
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_model_status(coach, tmp_path):
    done = coach("model", "status", "--json", cache=tmp_path / "cache")
    state = json.loads(done.stdout)
    assert state["state"] == "missing" and state["bytes"] == 0 and state["total"] == 1_117_320_768
    assert state["path"].startswith(str(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists(), "looking creates nothing"


def test_model_status_names_a_file_of_ones_own(coach, tmp_path):
    path = write(tmp_path, "own.gguf", b"GGUF1234")
    state = json.loads(coach("model", "status", "--json", COACH_MODEL_PATH=path).stdout)
    assert (state["state"], state["bytes"], state["path"]) == ("custom", 8, path)


def test_model_remove_frees_what_is_there_and_leaves_the_rest(coach, tmp_path):
    (tmp_path / "cache" / "model").mkdir(parents=True)
    (tmp_path / "cache" / "keep.txt").write_text("x")
    (tmp_path / "cache" / "model" / "coach.gguf.partial").write_bytes(b"x" * 1000)
    done = json.loads(coach("model", "remove", "--json", cache=tmp_path / "cache").stdout)
    assert done["freed"] == 1000 and done["state"] == "missing"
    assert (tmp_path / "cache" / "keep.txt").exists()


def test_wipe_takes_everything_the_person_wrote_and_only_that(coach, tmp_path):
    home, cache = tmp_path / "home", tmp_path / "cache"
    for folder in (home, cache / "uploads", cache / "model"):
        folder.mkdir(parents=True)
        (folder / "file").write_text("x")
    done = coach("wipe", "--yes", "--json", home=home, cache=cache)
    assert done.returncode == 0 and json.loads(done.stdout) == {"deleted": str(home)}
    assert not home.exists() and not (cache / "uploads").exists()
    assert (cache / "model" / "file").exists()
    assert coach("wipe", "--yes", home=home, cache=cache).returncode == 0, "wiping twice is no fault"


def test_without_yes_nothing_is_wiped(coach, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "coach.db").write_text("x")
    assert coach("wipe", home=tmp_path / "home", stdin="yes\n").returncode == 2
    assert (tmp_path / "home" / "coach.db").exists()


def test_route_names_are_the_promised_ones():
    assert [route.value for route in Route] == (
        [
            "coach",
            "plan",
            "questions",
            "rehearse",
            "draft",
            "check_in",
            "boundary",
            "crisis",
            "decline",
            "off_topic",
            "about",
        ]
    )
    assert [stage.value for stage in Stage] == [
        "first_days",
        "understand",
        "stay_or_go",
        "respond",
        "first_meeting",
        "work",
        "check_ins",
        "end",
    ]
