"""Placeholders: the same for the same, put back on this side, whatever the answer does to them."""

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.redaction.placeholders import Placeholders
from coach.redaction.redactor import Redactor
from coach.redaction.restore import Restorer, restore
from coach.schema.redaction import Kind

TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from(["Denise", "Okafor", "denise", "Mr ", "[Person 1]", "[Employer", "]", " ", "\n", "é", "\u0301", "a@b.example", "07700 900 318", "will", "Will", "'s", "İ", "ß", "14 Kestrel Way"]),
    max_size=20,
).map("".join)  # fmt: skip


def same(text):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join(plain.casefold().split())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_what_is_hidden_comes_back(book, text):
    hidden = Redactor(book).hide([{"role": "user", "content": text}])
    assert same(restore(hidden.messages[-1].content, hidden.stands_for)) == same(text)


def test_a_text_with_each_name_written_one_way_comes_back_letter_by_letter(redactor):
    text = "Denise Okafor of Nordhafen Maschinenbau GmbH (d.okafor@nordhafen.example, +49 40 5550 1234) and Mr Prosser.\n\tLindenstraße 12, 20099 Hamburg"
    hidden = redactor().hide([{"role": "user", "content": text}])
    assert "Okafor" not in hidden.messages[0].content and "Hamburg" not in hidden.messages[0].content
    assert restore(hidden.messages[0].content, hidden.stands_for) == text


def test_a_name_keeps_its_placeholder_over_a_conversation(redactor):
    one = redactor()
    sent = [one.hide([{"role": "user", "content": text}]).messages[0].content for text in ("My boss is Priya Shah.", "Then Rosa came.", "priya's plan")]
    assert sent == ["My boss is [Person 1].", "Then [Person 2] came.", "[Person 1 first name]'s plan"]


def test_a_first_name_met_first_stays_the_short_one():
    marks = Placeholders()
    given = [marks.of(name, Kind.PERSON) for name in ("Priya", "Priya Shah", "Shah", "PRIYA", "Tom")]
    assert given == ["[Person 1]", "[Person 1 full name]", "[Person 1 last name]", "[Person 1]", "[Person 2]"]


def test_the_endpoint_is_told_what_placeholders_are_only_where_there_is_one(redactor):
    one = redactor(note="Keep them.")
    assert [m.role for m in one.hide([{"role": "user", "content": "hello"}]).messages] == ["user"]
    assert one.hide([{"role": "user", "content": "Dear Rosa"}]).messages[0].content == "Keep them."
    begun = one.hide([{"role": "system", "content": "Coach."}, {"role": "user", "content": "Dear Rosa"}])
    assert [(m.role, m.content) for m in begun.messages] == [("system", "Coach.\n\nKeep them."), ("user", "Dear [Person 1]")]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 7), max_size=40), st.sampled_from(["[Person 1] met [ person 2 ] at [Employer].", "[1] and [Person 9] [Person 1", "**[PERSON 1]**, [Person 1's] ["]))
def test_a_cut_placeholder_is_put_back_as_if_it_were_whole(cuts, text):
    stands_for = {"[Person 1]": "Rosa", "[Person 2]": 'Lee "Mac" Rae', "[Employer]": "Ötz & Co"}
    restorer, out, at = Restorer(stands_for), "", 0
    for size in cuts:
        out, at = out + restorer.feed(text[at : at + size]), at + size
    out += restorer.feed(text[at:]) + restorer.finish()
    assert out == restore(text, stands_for)


def test_what_stood_in_no_request_is_never_put_back():
    assert restore("[Person 3] and [1] and [your name]", {"[Person 1]": "Rosa"}) == "[Person 3] and [1] and [your name]"


@pytest.mark.parametrize("name", ['Lee "Mac" Rae', "Anne\\Marie", "Unit 4\nHull"])
def test_json_stays_json(name):
    text = restore('{"quote": "[Person 1] signs"}', {"[Person 1]": name}, in_json=True)
    assert json.loads(text) == {"quote": f"{name} signs"}
