"""Markers and the cards they stand for."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coach.citations import MARKER, render, unresolved
from coach.schema.conversation import Move
from coach.schema.knowledge import Card, Citation, Source


def card(name: str, *sources: Source) -> Card:
    return Card(
        id=name, title=f"Title of {name}", topic="meeting", stage="respond", points=("A01",),
        sources=sources or (Source(who="Who", where="Where"),), reviewed=date(2026, 11, 22), body="Body.",
        words_you_can_use=("Say.",), next_questions=("Which?",), asks=tuple(f"{n}" for n in range(15)),
    )  # fmt: skip


CARDS = {name: card(name) for name in ("one", "two", "three")}


def test_a_reply_is_paragraphs_with_markers_in_order():
    text, cited = render(
        [
            Move(kind="reflect", text="That is a lot."),
            Move(kind="inform", text="First.", card="two"),
            Move(kind="words", text="Could we talk?"),
            Move(kind="inform", text="Second.", card="one"),
            Move(kind="ask", text="When is it?"),
        ],
        CARDS,
    )
    assert (
        text
        == 'That is a lot.\n\nFirst. [1]\n\n**Words you can use:** "Could we talk?"\n\nSecond. [2]\n\nWhen is it?'
    )
    assert [(citation.n, citation.card, citation.title) for citation in cited] == [
        (1, "two", "Title of two"),
        (2, "one", "Title of one"),
    ]


def test_a_card_that_is_used_twice_keeps_its_number():
    text, cited = render(
        [Move(kind="inform", text="A.", card="one"), Move(kind="words", text="B.", card="one")], CARDS
    )
    assert text.count("[1]") == 2 and len(cited) == 1


def test_a_move_without_words_leaves_no_gap_and_no_citation():
    text, cited = render(
        [
            Move(kind="reflect", text="  "),
            Move(kind="inform", text="", card="one"),
            Move(kind="ask", text="When?"),
        ],
        CARDS,
    )
    assert (text, cited) == ("When?", ())


def test_a_citation_names_who_said_it_where_and_when_it_was_checked():
    sources = (
        Source(who="Acas", where="Guide", checked=date(2026, 11, 22)),
        Source(who="Acas", where="Letter"),
        Source(who="Ann", where="Guide"),
    )
    (citation,) = render([Move(kind="inform", text="A.", card="x")], {"x": card("x", *sources)})[1]
    assert citation.source == "Acas; Ann (Guide, checked 2026-11-22; Letter; Guide)"
    assert citation.points == ("A01",)


CITED = [Citation(n=n, card="c", title="t", source="s", points=()) for n in (1, 2)]


def test_markers_that_stand_for_nothing_are_found():
    assert unresolved("A [1] b [2].", CITED) == []
    assert unresolved("A [3] b [1] c [0] [12].", CITED) == ["[3]", "[0]", "[12]"]
    assert unresolved("No [n], [a], [ 1 ], [123].", CITED) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["reflect", "inform", "words", "ask"]),
            st.sampled_from([None, *CARDS]),
            st.sampled_from(["A.", "", "B c."]),
        ),
        max_size=8,
    )
)
def test_every_marker_resolves_and_every_citation_is_marked(parts):
    text, cited = render([Move(kind=kind, text=words, card=name) for kind, name, words in parts], CARDS)
    assert unresolved(text, cited) == []
    assert [citation.n for citation in cited] == list(range(1, len(cited) + 1))
    assert {int(match[1]) for match in MARKER.finditer(text)} == {citation.n for citation in cited}
