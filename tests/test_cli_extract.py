"""`extract`: when the model is asked, and that nothing is fetched for it."""

import argparse

import pytest

from coach.cli import plan
from coach.guardrails.danger import Danger
from coach.locations import find as locations
from coach.schema.plan import Refinement
from coach.settings import Settings


def settings(folder, **given):
    return Settings(locations=locations(folder, folder / "cache"), **given)


@pytest.mark.parametrize(
    ("llm", "wanted"), [("none", False), ("auto", False), ("embedded", False), ("http://127.0.0.1:1/v1", True), ("https://models.example/v1", True)]
)
def test_a_model_is_asked_only_where_it_was_chosen_and_is_there(tmp_path, llm, wanted):
    assert plan.has_model(settings(tmp_path, llm=llm)) is wanted


def test_the_persons_own_weights_count(tmp_path):
    file = tmp_path / "mine.gguf"
    file.write_bytes(b"GGUF")
    assert plan.has_model(settings(tmp_path, llm="embedded", model_path=file))


class FakeBuilt:
    """A coach that reads, and a model that fails."""

    def __init__(self, found, fault):
        self.coach = self
        self._found, self._fault = found, fault
        self.asked = 0

    def start(self, *, wait):
        pass

    def overhear(self, written, *, pasted=False):
        return Danger()

    def close(self):
        pass

    def read_plan(self, data, name):
        return self._found

    def refine_plan(self, found, *, stop, progress):
        self.asked += 1
        progress(0, 2)
        return Refinement(fault=self._fault, done=0, of=2)


def run(tmp_path, monkeypatch, *, no_model):
    from coach.plan.extract import extract
    from tests.ui.plans import PLAN

    file = tmp_path / "plan.txt"
    file.write_text(PLAN, encoding="utf-8")
    fake = FakeBuilt(extract(PLAN.encode(), "plan.txt"), "It is not there.")
    used = []
    monkeypatch.setattr(plan.build_module, "build", lambda settings, **more: used.append(settings.llm) or fake)
    options = argparse.Namespace(files=[file], out=None, no_model=no_model)
    report = plan.extract(options, settings(tmp_path, llm="http://127.0.0.1:1/v1"))
    return report, fake, used


def test_a_model_that_fails_leaves_the_reading_and_one_line(tmp_path, monkeypatch, capsys):
    report, fake, _ = run(tmp_path, monkeypatch, no_model=False)
    assert len(report.data["plan"]["goals"]) == 3
    assert fake.asked == 1
    said = capsys.readouterr()
    assert "It is not there. What was found without it stays." in said.err
    assert said.out == ""


def test_no_model_asks_nobody(tmp_path, monkeypatch):
    _, fake, used = run(tmp_path, monkeypatch, no_model=True)
    assert fake.asked == 0
    assert used == ["none"]
