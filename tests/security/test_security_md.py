"""SECURITY.md promises nothing without a test, and the tests that it names exist."""

import re
import tomllib

import pytest

from coach.locations import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", TEXT)))


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_named_test_exists(path, name):
    assert re.search(rf"^def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), (path, name)


def test_every_promise_names_a_test():
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith(("| ---", "| promise"))]
    assert len(rows) > 40
    assert [line for line in rows if "::test_" not in line.split("|")[2]] == []


def test_unsafe_code_rules_are_on_and_exceptions_say_why():
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert "S" in lint["select"]
    assert [rule for rule in lint["ignore"] if rule.startswith("S")] == []
    assert {place for place, rules in lint["per-file-ignores"].items() if "S" in rules} == {"tests/*"}
    silent = []
    for path in [ROOT / "app.py", *sorted((ROOT / "coach").rglob("*.py"))]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"# noqa: [\w, ]*\bS\d{3}\b", line) and not re.search(r"# noqa: [A-Z0-9, ]+ +[-\w(]+ ?\w+", line):
                silent.append(f"{path.relative_to(ROOT)}:{number}")
    assert silent == [], "an exception without a reason"
