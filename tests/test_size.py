"""Files stay short enough to be read in one go."""

import pytest

from coach.locations import ROOT

LONGEST = 300
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "coach").rglob("*.py"))


@pytest.mark.parametrize("name", FILES)
def test_file_is_short(name):
    lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{name} has {lines} lines"


def test_the_whole_app_starts_from_a_short_file():
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 50
