"""A message becomes passages of guidance cards. Below the floor there are none. Never returns a boundary card."""

from collections import defaultdict

import numpy as np

from coach.library import Library
from coach.retrieval import features
from coach.retrieval.index import Index
from coach.schema.knowledge import Passage

NEIGHBOURS = 100  # asks of Chroma: two or three of every card that comes near
FLOOR = 0.0  # scope score below which the guidance does not cover the message; see `python -m coach eval queries`
BEST_ASKS = 3
ASKS_WEIGHT = 0.6
BODY_WEIGHT = 0.3


class Search:
    """Ranks cards by three views of the message: the linear model, the nearest asks, the nearest body part."""

    def __init__(self, library: Library, index: Index) -> None:
        self.library = library
        self.index = index

    def passages(self, text: str, history: list[str] | None = None, count: int = 3) -> list[Passage]:
        """At most `count` passages, best first, one for each card; empty when out of scope."""
        row, vector = self.look(text, history or [])
        return [] if self.scope(row) < FLOOR else self.ranked(row, vector, count)

    def ranked(self, row: np.ndarray, vector: np.ndarray | None, count: int) -> list[Passage]:
        """The best `count` passages whatever their scope, best first."""
        return [self._passage(card, score) for card, score in self.rank(row, vector)[:count]]

    def topics(self, text: str) -> dict[str, float]:
        """Score of every boundary card. Chosen by the route, never found by search."""
        return self.index.scores("topic", text)

    def look(self, text: str, history: list[str]) -> tuple[np.ndarray, np.ndarray | None]:
        """Features and vector of the question; a follow-up is read with and without what came before."""
        before = features.context(history)
        whole = f"{before} {text}".strip()
        vector = None
        if self.index.embedder is not None:
            vector = self.index.vector(text)
            if before:
                vector = vector + self.index.vector(whole)
                vector = vector / np.linalg.norm(vector)
        row = features.alone(vector, whole)
        return row, vector

    def scope(self, row: np.ndarray) -> float:
        """Above FLOOR the guidance has something to say."""
        scores = self.index.models["scope"].scores(row)
        return scores["in"] - scores["out"]

    def rank(self, row: np.ndarray, vector: np.ndarray | None) -> list[tuple[str, float]]:
        """All cards with a score, best first. Scores lie between 0 and 1; only their order has a meaning."""
        scores = self.index.models["card"].scores(row)
        asks: dict[str, list[float]] = defaultdict(list)
        body: dict[str, float] = defaultdict(float)
        if vector is not None:
            for chunk, similarity in self.index.nearest(vector, NEIGHBOURS):
                if chunk.kind == "ask":
                    asks[chunk.card].append(similarity)
                else:
                    body[chunk.card] = max(body[chunk.card], similarity)
        total = {}
        for card, score in scores.items():
            best = (asks[card] + [0.0] * BEST_ASKS)[:BEST_ASKS]
            total[card] = score + ASKS_WEIGHT * sum(best) / BEST_ASKS + BODY_WEIGHT * body[card]
        ranked = sorted(total.items(), key=lambda item: -item[1])
        return [(card, round(float(np.clip(0.5 + score / 3, 0, 1)), 4)) for card, score in ranked]

    def whole(self, card: str) -> Passage:
        """A card that was chosen by name."""
        return self._passage(card, 1.0)

    def _passage(self, card: str, score: float) -> Passage:
        record = self.library.by_id[card]
        return Passage(card=card, score=score, points=record.points, text=record.body)
