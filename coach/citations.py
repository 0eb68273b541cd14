"""Markers [n] in a reply and the cards they stand for. Pure."""

import re
from collections.abc import Iterable

from coach.schema.conversation import Move
from coach.schema.knowledge import Card, Citation

MARKER = re.compile(r"\[(\d{1,2})\]")


def render(moves: Iterable[Move], cards: dict[str, Card]) -> tuple[str, tuple[Citation, ...]]:
    """The reply's text, one paragraph for each move, and its citations in the order of their markers."""
    paragraphs: list[str] = []
    citations: list[Citation] = []
    for move in moves:
        text = move.text.strip()
        if not text:
            continue
        if move.kind == "words":
            text = f'**Words you can use:** "{text}"'
        if move.card:
            number = next((citation.n for citation in citations if citation.card == move.card), len(citations) + 1)
            if number > len(citations):
                citations.append(_citation(number, cards[move.card]))
            text = f"{text} [{number}]"
        paragraphs.append(text)
    return "\n\n".join(paragraphs), tuple(citations)


def unresolved(text: str, citations: Iterable[Citation]) -> list[str]:
    """Markers of `text` that stand for nothing."""
    known = {citation.n for citation in citations}
    return [match[0] for match in MARKER.finditer(text) if int(match[1]) not in known]


def _citation(number: int, card: Card) -> Citation:
    said = "; ".join(dict.fromkeys(source.who for source in card.sources))
    where = "; ".join(
        dict.fromkeys(f"{source.where}{f', checked {source.checked}' if source.checked else ''}" for source in card.sources)
    )
    return Citation(n=number, card=card.id, title=card.title, source=f"{said} ({where})", points=card.points)
