"""Nothing that a person or a model writes becomes markup."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.ui.markup import escape, prose, words

TAGS = {"p", "br", "strong", "ul", "ol", "li", "blockquote", "button", "span"}


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.attributes, self.text = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def read(markup):
    tags = Tags()
    tags.feed(markup)
    return tags


@given(st.text(alphabet=st.sampled_from("<>&\"'`*_#![]()-1.\n\r\u2028\x00 aimgscrptonx=/:$\\{}~|")))
def test_only_our_own_tags_and_no_line_break(text):
    for markup in (prose(text, {1}, "m-1"), words(text)):
        tags = read(markup)
        assert set(tags.found) <= TAGS
        assert "\n" not in markup and "\r" not in markup
        assert {name for name, _ in tags.attributes} <= {"type", "class", "name", "value"}


@given(st.text())
def test_escaped_text_has_no_special_character(text):
    assert not re.search(r"[<>\"'`\n\x00]", escape(text))


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("**so** it *is*", "<p><strong>so</strong> it *is*</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("> say this\n> and this", "<blockquote><p>say this</p><p>and this</p></blockquote>"),
        ("Do this:\n- a\nThen", "<p>Do this:</p><ul><li>a</li></ul><p>Then</p>"),
        ("## Heading", "<p><strong>Heading</strong></p>"),
        ("![x](http://e)", "<p>![x](http://e)</p>"),
    ],
)
def test_what_is_allowed(text, markup):
    assert prose(text) == markup


def test_a_marker_becomes_a_button_only_where_it_resolves():
    shown = prose("see [1] and [2]", {1}, "m-3")
    assert 'value="m-3-s1"' in shown and "[2]" in shown and "m-3-s2" not in shown


def test_own_words_are_never_formatted():
    assert words("- **a** [1]\nb") == "<p>- **a** [1]<br>b</p>"
