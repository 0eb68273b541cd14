"""What may be worth marking in a sentence somebody is about to send: linear models over curated sentences.

They help where the rules of knowledge/draft_marks.yaml find nothing. Says nothing about where in the sentence.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from coach.retrieval import features, linear
from coach.schema.drafts import MarkedSentence, MarkKind
from coach.schema.turns import Label, LabelledTurn

RIDGE = 0.5
FOLDS = 5
CAUTION = 2.0  # a mark on a calm sentence costs more than a mark that is missing
# What was said to a manager teaches the same, as far as the labels mean the same.
SAID = {Label.THREAT: MarkKind.THREAT, Label.OVER_APOLOGY: MarkKind.OVER_APOLOGY}
UNCLEAR = (Label.DEFENSIVE, Label.WITHDRAWAL)  # may hold anything


class Marks(NamedTuple):
    """The fitted models: weights of shape (features + 1, kinds) and the least score for each kind."""

    weights: np.ndarray
    least: np.ndarray

    def of(self, row: np.ndarray) -> tuple[MarkKind, ...]:
        """The kinds of one row; may be empty."""
        scores = linear.mark_scores(row[None, :], self.weights)[0]
        return tuple(kind for kind, score, least in zip(MarkKind, scores, self.least, strict=True) if score > least)


def fit(sentences: Sequence[MarkedSentence], turns: Sequence[LabelledTurn], vectors: dict[str, np.ndarray]) -> Marks:
    """Learn from curated sentences and turns. `vectors` has the sentence vector of every text, or is empty."""
    known = [(sentence.text, set(sentence.kinds)) for sentence in sentences]
    known += [(turn.text, {SAID[label] for label in turn.labels if label in SAID}) for turn in turns if not set(turn.labels) & set(UNCLEAR)]
    rows = np.array([features.alone(vectors.get(text), text) for text, _ in known])
    marks = np.array([[kind in kinds for kind in MarkKind] for _, kinds in known])
    weights, held = linear.fit_marks(rows, marks, RIDGE, FOLDS)
    return Marks(weights, np.array([_best(scores, mark) for scores, mark in zip(held.T, marks.T, strict=True)], np.float32))


def _best(scores: np.ndarray, mark: np.ndarray) -> float:
    # the threshold with the best balance on examples that were held out
    def worth(least: float) -> float:
        said = scores > least
        return float((said & mark).sum()) - CAUTION * float((said & ~mark).sum())

    return max(np.linspace(-0.9, 0.9, 73).tolist(), key=worth)
