"""Cards are cut so that nothing of them is lost and every piece knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.retrieval.chunks import cut
from coach.schema.knowledge import Card, Source

SENTENCE = st.lists(
    st.sampled_from(
        [
            "Ask",
            "your",
            "manager",
            "for",
            "more",
            "time",
            "e.g.",
            "5",
            "minutes",
            "a",
            "day",
            "he",
            "may",
            "say",
            "no",
        ]
    ),
    min_size=1,
    max_size=9,
).map(" ".join)
ENDS = st.sampled_from([". ", "? ", ".\n", ".\n\n", "?\n"])
BODIES = st.lists(st.tuples(SENTENCE, ENDS), min_size=1, max_size=9).map(
    lambda parts: "".join(s + e for s, e in parts).strip()
)


def card(body: str) -> Card:
    return Card(
        id="a-card", title="A title", topic="meeting", stage="respond", sources=(Source(who="Who", where="Where"),),
        reviewed="2026-11-22", body=body, words_you_can_use=("Say so.",), next_questions=("Which?",),
        asks=tuple(f"ask {n}" for n in range(15)),
    )  # fmt: skip


def pieces(body: str) -> list[str]:
    bodies = [chunk.text for chunk in cut([card(body)]) if chunk.kind == "body"]
    assert bodies[0] == "A title" and bodies[-1] == f"A title. {body}"
    return bodies[1:-1]


@given(BODIES)
def test_the_pieces_of_a_body_put_together_are_the_body(body):
    assert " ".join(" ".join(pieces(body)).split()) == " ".join(body.split())


@given(BODIES)
def test_no_piece_is_empty(body):
    assert all(piece.strip() for piece in pieces(body))


def test_a_piece_is_two_sentences():
    assert pieces("One. Two? Three. Four. Five.") == ["One. Two?", "Three. Four.", "Five."]


def test_every_ask_is_a_piece_of_its_own(library):
    chunks = cut(library.cards)
    for each in library.cards:
        asks = [chunk.text for chunk in chunks if chunk.card == each.id and chunk.kind == "ask"]
        assert asks == list(each.asks)


@pytest.mark.parametrize("name", ["check-in-often", "take-a-moment", "owning-is-not-agreeing"])
def test_real_bodies_come_back_whole(library, name):
    body = library.by_id[name].body
    parts = [chunk.text for chunk in cut([library.by_id[name]]) if chunk.kind == "body"][1:-1]
    assert " ".join(" ".join(parts).split()) == " ".join(body.split())
