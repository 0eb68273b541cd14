"""The README's tree, commands and picture are true."""

import re

import pytest

from coach.cli.main import _parser
from coach.locations import ROOT
from tests import file_list

README = (ROOT / "README.md").read_text(encoding="utf-8")
TREE = README.split("## Where things are")[1].split("##")[0]


def test_every_path_of_the_tree_exists():
    folder = ""
    for line in filter(None, map(str.rstrip, TREE.splitlines())):
        indent = len(line) - len(line.lstrip())
        names = [name for name in re.split(r"\s{2,}", line.strip())[0].split() if re.fullmatch(r"[\w./]+", name)]
        if indent == 4:
            folder = names[0] if names[0].endswith("/") else ""
        for name in names:
            path = ROOT / (name if indent == 4 else folder + name)
            assert path.exists(), path


def test_every_package_of_coach_stands_in_the_tree():
    packages = {path.parent.name for path in (ROOT / "coach").glob("*/__init__.py")}
    assert {name for name in packages if f"{name}/" not in TREE} == set()


@pytest.mark.parametrize("command", re.findall(r"python -m coach ([\w-]+)", README))
def test_every_command_exists(command):
    commands = next(action for action in _parser()._actions if action.dest == "command").choices
    assert command in commands


def test_the_numbers_of_cards_are_true():
    assert f"{len(list((ROOT / 'knowledge/cards').glob('*.md')))} pieces of guidance" in README
    assert f"{len(list((ROOT / 'knowledge/boundaries').glob('*.md')))} cards on law" in README


def test_the_picture_is_there():
    for path in re.findall(r"!\[.*?\]\((.*?)\)", README):
        assert (ROOT / path).is_file()


def test_the_list_of_files_is_true():
    assert file_list.FILE.read_text(encoding="utf-8") == file_list.listed(), "run python -m tests.file_list"
