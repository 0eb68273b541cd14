"""Cut cards into the pieces that search compares with a message. Pure."""

import re
from collections.abc import Iterable
from typing import Literal

from coach.schema.knowledge import Card, Record

_SENTENCE = re.compile(r"(?<=[.?])\s+")


class Chunk(Record):
    """One comparable piece: a way people ask, or a part of the card's own words."""

    card: str
    kind: Literal["ask", "body"]
    text: str


def cut(cards: Iterable[Card]) -> list[Chunk]:
    """Every ask; the title; every two sentences of the body; the whole body under its title."""
    chunks = []
    for card in cards:
        sentences = _SENTENCE.split(card.body.replace("\n", " "))
        pairs = [" ".join(sentences[start : start + 2]) for start in range(0, len(sentences), 2)]
        parts = [card.title, *pairs, f"{card.title}. {card.body}"]
        chunks += [Chunk(card=card.id, kind="ask", text=ask) for ask in card.asks]
        chunks += [Chunk(card=card.id, kind="body", text=part) for part in parts]
    return chunks
