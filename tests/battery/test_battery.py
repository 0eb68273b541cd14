"""Every case of the battery is there, is shown by something, and what shows it exists."""

import re

import pytest

from coach.locations import ROOT
from tests.battery.cases import GROUPS, cases

NAMED = sorted({(case.id, name) for case in cases() for name in case.proved_by})


def test_every_case_is_there_once():
    wanted = [f"{letter}{number}" for letter, count in GROUPS.values() for number in range(1, count + 1)]
    assert [case.id for case in cases()] == wanted and len(wanted) == 215


@pytest.mark.parametrize(("case", "name"), NAMED, ids=[f"{case}-{name.rpartition('::')[2]}" for case, name in NAMED])
def test_a_named_test_exists(case, name):
    path, _, test = name.partition("::")
    function, _, parameter = test.partition("[")
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^def {function}\(", text, re.MULTILINE), name
    assert parameter.rstrip("]") in text, name


def test_what_is_not_built_stands_in_security_md():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for case in cases():
        if case.unbuilt or case.fault:
            assert re.search(rf"\b{case.id}\b", text), f"SECURITY.md does not say that {case.id} is open"
