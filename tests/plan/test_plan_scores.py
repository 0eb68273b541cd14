"""The comparison of structure, model and both: each document is reported, and a model that does not finish counts as empty."""

import json
import shutil
from types import SimpleNamespace

import pytest

from coach.errors import EndpointTimeout
from coach.evals import plans
from coach.locations import ROOT
from coach.prompts import load
from tests.fakes import ReadingClient

SETS = ROOT / "tests" / "evals"


@pytest.fixture
def folder(tmp_path):
    """One document whose goals are known, and the scorer beside it."""
    (tmp_path / "one").mkdir()
    for name in ("d09.txt", "d09.gold.json"):
        shutil.copy(SETS / "plans" / name, tmp_path / "one" / name)
    shutil.copy(SETS / plans.SCORER, tmp_path / plans.SCORER)
    return tmp_path / "one"


def built_with(client):
    prompts = {name: load(ROOT / "prompts", name) for name in ("plan_sentence", "plan_whole")}
    client.with_limits = lambda limits: client
    brain = SimpleNamespace(client=lambda: client, search=lambda: SimpleNamespace(index=SimpleNamespace(scores=None)))
    return SimpleNamespace(brain=brain, coach=SimpleNamespace(prompts=prompts))


def test_a_model_that_fails_counts_as_empty_and_the_failures_are_counted(folder, capsys):
    client = ReadingClient(fault=EndpointTimeout("It took too long, so it was stopped."))
    structure, _, alone = plans.compared(built_with(client), folder)
    assert structure.figures["f1"] > 0.9, "structure reads this one without a model"
    assert alone.figures["f1"] == 0.0 and alone.figures["not finished"] == 1.0
    assert "took too long" in alone.misses[0]
    said = capsys.readouterr().err
    assert all(f"{name} d09:" in said for name in ("one", "one_model", "one_alone")), "a long run says where it is"


def test_alone_counts_only_what_the_model_lists(folder):
    gold = json.loads((folder / "d09.gold.json").read_text(encoding="utf-8"))
    said = json.dumps({"goals": [{"quote": gold["goals"][0]["anchor"], "measure": None}]})
    _, _, alone = plans.compared(built_with(ReadingClient(whole=said)), folder)
    assert alone.figures["not finished"] == 0.0
    assert alone.figures["f1"] == pytest.approx(2 * 1 / (1 + len(gold["goals"])), abs=0.01)
