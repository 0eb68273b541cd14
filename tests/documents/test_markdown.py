"""Markdown shows the words as they stand, in every reader."""

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from coach.documents.characters import one_line, plain
from coach.documents.markdown import escape, write
from coach.schema.documents import Bullets, Paper, Paragraph, Quotation, Room, Table, Task
from tests.documents.samples import HOSTILE, PAPERS, WORDS, paper_of

READER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
INLINE = {
    "text",
    "text_special",
    "strong_open",
    "strong_close",
    "em_open",
    "em_close",
    "softbreak",
    "hardbreak",
}
OURS = {
    "heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close", "blockquote_open", "blockquote_close",
    "bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close", "list_item_open", "list_item_close",
    "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open",
    "th_close", "td_open", "td_close",
}  # fmt: skip


def check(text: str):
    tokens = READER.parse(text)
    assert {token.type for token in tokens} <= OURS
    inline = [child for token in tokens if token.type == "inline" for child in token.children]
    assert {child.type for child in inline} <= INLINE
    return tokens, "".join(child.content for child in inline)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    tokens, shown = check(write(paper_of(text)))
    assert shown.count(one_line(text)) >= 6
    assert sum(token.type == "heading_open" for token in tokens) == 3
    assert sum(token.type == "table_open" for token in tokens) == 1
    assert sum(token.type == "tr_open" for token in tokens) == 3


@given(PAPERS)
@settings(max_examples=150, deadline=None)
def test_nothing_becomes_markup(paper):
    tokens, _ = check(write(paper))
    assert sum(token.type == "table_open" for token in tokens) == sum(
        isinstance(block, Table) for block in paper.blocks
    )


@given(WORDS)
@settings(max_examples=300, deadline=None)
def test_an_escaped_line_shows_what_was_written(text):
    line = one_line(text)
    tokens, shown = check(escape(text))
    assert shown == line


def test_the_form_of_each_block():
    paper = Paper(
        title="Questions",
        blocks=(
            Task(text="Who judges?", number=12),
            Paragraph(label="Why it matters", text="It is not said.", under=True),
            Room(label="Answer"),
            Task(text="done", ticked=True),
            Quotation(text="one\ntwo", source="page 2"),
            Bullets(lines=("a", "b")),
            Paragraph(text="Dear [name],\n\nthank you\nfor it"),
            Table(head=("a|b", "c"), rows=(("1", "2\n3"),)),
        ),
    )
    assert write(paper).split("\n\n") == [
        "# Questions",
        "12. [ ] **Who judges?**",
        "    *Why it matters:* It is not said.",
        r"    Answer: " + r"\_" * 30,
        "- [x] **done**",
        "> one\\\n> two\n>\n> page 2",
        "- a\n- b",
        "Dear \\[name\\],",
        "thank you\\\nfor it",
        "| a\\|b | c |\n| --- | --- |\n| 1 | 2 3 |\n",
    ]


def test_breaks_and_controls():
    assert plain(" a\r\nb\rc\u2028d\x00\u202ee\t") == "a\nb\nc\nde"
    assert one_line("a\n\n b\tc") == "a b c"
    assert plain("👩\u200d💻") == "👩\u200d💻"
