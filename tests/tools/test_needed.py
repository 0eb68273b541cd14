"""What is said to a concrete need: the texts of knowledge/needs, and how a reply is put together from them."""

import re

import pytest

from coach.locations import ROOT
from coach.tools.ask import asks_something

NAMES = sorted(path.stem for path in (ROOT / "knowledge" / "needs").glob("*.yaml"))
VERDICT = re.compile(r"\b(?:unfair|illegal|unlawful|percent of people|odds|guarantee\w*|you will pass)\b", re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_short_plain_and_asks_one_thing(library, name):
    need = library.needs[name]
    assert need.id == name
    for reply in need.replies:
        assert 40 <= len(reply.split()) <= 100 and "!" not in reply and not VERDICT.search(reply)
        assert not asks_something(reply), "the one question comes at the end"
    for line in need.words:
        assert len(line.split()) <= 45 and "[" not in line and not VERDICT.search(line)
    assert all(question.endswith("?") and question.count("?") == 1 for question in need.next)


def test_no_message_stands_for_two_needs(library):
    asks = [ask for need in library.needs.values() for ask in need.asks]
    assert len(asks) == len(set(asks))
