"""knowledge/manager is read strictly: a fault names the file and the field; the lines are those of a manager."""

import re
import shutil

import pytest
import yaml

from coach import manager_book
from coach.errors import KnowledgeError
from coach.locations import ROOT
from coach.schema.enums import Difficulty, Persona
from coach.schema.rehearsal import ManagerMove

FOLDER = ROOT / "knowledge" / "manager"


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "manager")
    return tmp_path / "manager"


def change(folder, name, edit):
    content = read(folder / name)
    edit(content)
    (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "edit", "says"),
    [
        ("lines/cold.yaml", lambda c: c["moves"].pop("refuse"), "lines/cold.yaml"),
        ("lines/cold.yaml", lambda c: c["moves"]["refuse"].append("No {salary}."), "no slot is called salary"),
        ("lines/cold.yaml", lambda c: c["moves"]["refuse"].append("No!"), "not a spoken line"),
        ("scenarios.yaml", lambda c: c["hr"]["credit"].update(ownership=3), "scenarios.yaml: field hr.credit"),
        ("scenarios.yaml", lambda c: c.pop("leaving"), "lacks leaving"),
        ("personas.yaml", lambda c: c["cold"].update(charm=1), "personas.yaml: field cold.charm"),
        ("weights.yaml", lambda c: c["trust"].pop("threat"), "lacks threat"),
        ("feedback.yaml", lambda c: c["reasons"].update(ownership=["Well done."]), "feedback.yaml"),
    ],
)
def test_a_fault_names_file_and_field(folder, name, edit, says):
    change(folder, name, edit)
    with pytest.raises(KnowledgeError, match=re.escape(says)):
        manager_book.load(folder, read)


def test_there_are_enough_lines_and_they_sound_like_a_manager(book):
    every = [
        text
        for persona in Persona
        for texts in (*book.lines[persona].openings.values(), *book.lines[persona].moves.values())
        for text in texts
    ]
    assert len(every) >= 400 and len(set(every)) == len(every)
    wrong = re.compile(r"\b(?:AI|language model|role-?play|simulation|idiot|stupid|useless|pathetic)\b", re.IGNORECASE)
    assert [text for text in every if wrong.search(text)] == []


def test_numbers_get_harder_with_the_difficulty(book):
    cards = [book.difficulties[level] for level in Difficulty]
    for name, sign in (("trust", -1), ("gain", -1), ("loss", 1), ("answer", 1), ("grant", 1), ("patience", -1), ("turns", -1)):
        values = [sign * getattr(card, name) for card in cards]
        assert values == sorted(values) and len(set(values)) == 3, name


def test_every_chat_text_that_the_code_asks_for_is_there(book):
    asked = set()
    for path in (ROOT / "coach" / "tools").glob("rehearse*.py"):
        asked |= set(re.findall(r"\bsay\(turn, \"([a-z_]+)\"", path.read_text(encoding="utf-8")))
        asked |= set(re.findall(r"chat\[\"([a-z_]+)\"\]", path.read_text(encoding="utf-8")))
    assert asked and asked <= set(book.feedback.chat)
    assert set(ManagerMove) == set(book.lines[Persona.COLD].moves)
