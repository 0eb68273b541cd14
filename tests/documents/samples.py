"""Text that wants to be more than text, and papers made of it."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from coach.schema.documents import (
    Bullets,
    Heading,
    Paper,
    Paragraph,
    Quotation,
    Room,
    Table,
    Task,
)

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOSTILE = (
    "# Heading",
    "=cmd|'/c calc'!A0",
    "<script>alert(1)</script> <b>bold</b> &amp; <font color='red'>x</font>",
    "**bold** _it_ `code` [link](http://example.org) ![pic](x.png) <https://example.org>",
    "1. one\n- two\n> three\n| a | b |\n|---|---|\n```\nfence",
    "null \x00 bell \x07 escape \x1b[31m vertical \x0b unit \x1f",
    "turned \u202e around \u2066 and \u2069 back",
    "{{ 7*7 }} ${HOME} %(x)s {by} <br/> ]]> <!--",
    "é ł ñ ß “quoted” — Ελληνικά Кириллица Հայերեն",
    "\ud800 half, \ufffe no character, \u0085next line",
)
SIGNS = st.characters(exclude_categories=["Cs"])
WORDS = st.text(SIGNS, max_size=60) | st.sampled_from(HOSTILE[:-1]) | st.just("W" * 500)


def paper_of(text: str) -> Paper:
    """The text in every place that takes words."""
    return Paper(
        title=text,
        subtitle=text,
        page=text,
        blocks=(
            Heading(text=text),
            Heading(text=text, level=3),
            Paragraph(text=text, label=text),
            Quotation(text=text, source=text),
            Bullets(lines=(text, text)),
            Task(text=text, number=1),
            Paragraph(text=text, under=True),
            Room(label=text),
            Task(text=text, ticked=True),
            Table(head=(text, text), rows=((text, text), (text, "b"))),
        ),
    )


BLOCKS = st.one_of(
    st.builds(Heading, text=WORDS, level=st.integers(1, 3)),
    st.builds(Paragraph, text=WORDS, label=WORDS, under=st.booleans(), quiet=st.booleans()),
    st.builds(Quotation, text=WORDS, source=WORDS),
    st.builds(Bullets, lines=st.lists(WORDS, min_size=1, max_size=3).map(tuple)),
    st.builds(Task, text=WORDS, ticked=st.booleans(), number=st.none() | st.integers(1, 99)),
    st.builds(
        Table, head=st.tuples(WORDS, WORDS), rows=st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple)
    ),
    st.builds(Room, lines=st.integers(1, 4), label=WORDS),
)
PAPERS = st.builds(
    Paper, title=WORDS, subtitle=WORDS, page=WORDS, blocks=st.lists(BLOCKS, max_size=6).map(tuple)
)
