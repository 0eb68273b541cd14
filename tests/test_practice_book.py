"""knowledge/practice.yaml: plain words, complete, and a mistake in it is named by file and field."""

import shutil

import pytest

from coach.errors import KnowledgeError
from coach.library import load
from coach.locations import ROOT

KNOWLEDGE = ROOT / "knowledge"


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def test_its_words_are_plain(library):
    for text in texts(library.practice.model_dump(mode="json")):
        assert text.strip() and "!" not in text and "\u2014" not in text, text


@pytest.mark.parametrize(
    "old, new, named",
    [
        ("  hard: Little patience.", "  harder: Little patience.", "difficulties"),
        ("  rushed: Friendly,", "  rush: Friendly,", "personas"),
        ("  - [0, They have closed up]", "  - [5, They have closed up]", "trust"),
        ("  waits:", "  waiting_place:", "words"),
    ],
)
def test_a_mistake_names_the_file(tmp_path, old, new, named):
    folder = shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    file = folder / "practice.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"practice\.yaml.*{named}"):
        load(folder)
