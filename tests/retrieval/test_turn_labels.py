"""What an employee does in a sentence: the curated turns, and sentences that nobody fitted on."""

import pytest

from coach.evals import score
from coach.locations import ROOT
from coach.schema.turns import Label


@pytest.fixture(scope="module")
def labeller(built):
    return built.brain.search().index


@pytest.mark.parametrize(
    ("text", "context", "label"),
    [
        ("I sent the wrong file to the client on Tuesday. I should have checked it, that was on me.", None, Label.OWNERSHIP),
        ("I am so, so sorry, I ruin everything, I am a useless employee and I don't deserve this job.", None, Label.OVER_APOLOGY),
        ("What exactly would you need to see by the end of April?", "The goal is better communication.", Label.CLARIFYING_QUESTION),
        ("I'll send you the report every Friday before noon, starting this week.", None, Label.COMMITMENT),
        ("Could I have two days of training on the new system?", None, Label.SUPPORT_REQUEST),
        ("If this goes any further you will hear from my lawyer, I promise you that.", None, Label.THREAT),
        ("Whatever. Just tell me where to sign.", "Do you want to go through the goals?", Label.WITHDRAWAL),
        ("Could we sit down for ten minutes every Monday to look at how it is going?", None, Label.CHECK_IN),
    ],
)
def test_plain_cases(labeller, text, context, label):
    assert label in labeller.labels(text, context)


@pytest.mark.parametrize("text", ["Okay.", "Good morning.", "Yes, I see."])
def test_nothing_is_read_into_small_talk(labeller, text):
    assert Label.THREAT not in labeller.labels(text) and Label.OWNERSHIP not in labeller.labels(text)


def test_the_development_set_keeps_its_figure(built):
    assert score.turns(built, ROOT / "tests" / "evals" / "turns.jsonl").figures["macro-F1"] >= 0.75


def test_every_curated_turn_is_there_once(library):
    texts = [(turn.text, turn.context) for turn in library.turns]
    assert len(texts) > 1500 and len(set(texts)) == len(texts)
    for label in Label:
        assert sum(label in turn.labels for turn in library.turns) >= 40
