"""What an employee does in one sentence said to the manager: linear models over curated turns, no language model.

Each label has its own model and its own threshold, chosen on turns that the model has not seen. Says nothing about whether
a turn was good.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from coach.retrieval import features, linear
from coach.schema.turns import Label, LabelledTurn

RIDGE = 0.5
CUE_WEIGHT = 0.3
FOLDS = 5
_CUES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\?", r"\?\s*$", r"\d", r"!",
        r"\b(?:could|can|may|might|would it be possible|is there any (?:chance|way)|any chance)\b[^.?]*\?",
        r"\b(?:what|which|how|when|who|where|why)\b[^.?]*\?",
        r"\b(?:do you mean|does that mean|for example|an example|what counts|what would|how (?:will|would|do|does)|by when|so is it|is it (?:the|about)|such as)\b",
        r"\b(?:train\w*|course|shadow\w*|mentor\w*|tool|licen[cs]e|software|extra (?:time|hands|pair)|help with|someone to|walk me through|sit with|show me)\b",
        r"\b(?:i'?ll|i will|i'm going to|i am going to|from (?:now on|monday|tomorrow|today))\b",
        r"\b(?:by|before|every|each|twice a|once a|daily|weekly|fridays?|mondays?|end of)\b",
        r"\b(?:my (?:fault|mistake|error|bad)|i (?:missed|should have|forgot|didn'?t (?:check|follow|tell)|let|got that wrong|was late|sent|skipped|dropped)|that(?:'s| was) on me|i own)\b",
        r"\b(?:thank\w*|appreciate\w*|grateful|learn(?:ed|t))\b",
        r"\b(?:lawyer|solicitor|tribunal|union|sue|court|acas|eeoc|press|linkedin|glassdoor|regret|you'?ll see|or else|walk out|watch (?:me|it|your))\b",
        r"\b(?:everyone|everybody|nobody|no one|always|never|other people|they all|why (?:am|is it|me)|not my (?:fault|job)|how was i supposed|wasn'?t me|because of|the system|unfair|to be fair|i wasn'?t)\b",
        r"\b(?:whatever|fine|sure|if you say so|just tell me|where do i sign|doesn'?t matter|up to you|i guess|what'?s the point|makes no difference)\b",
        r"\b(?:actually|the (?:log|record|report|email|e-mail|system|rota|minutes) (?:shows?|says?|has)|it was the|not the|on the \d|dated|according to|i have the)\b",
        r"\b(?:check[- ]?in|catch up|update|review|meet|touch base|summary|report back|one[- ]to[- ]one)\b",
        r"\b(?:so sorry|i'?m sorry|terrible|awful|useless|pathetic|stupid|hopeless|worst|all my fault|forgive|don'?t deserve)\b",
        r"\b(?:percent|%|out of|down from|up from|down to|up to|since|finished|closed|cleared|passed|hit|improved|zero)\b",
        r"^\W*\w+(?:\W+\w+){0,4}\W*$",
    )
]  # fmt: skip


class Labels(NamedTuple):
    """The fitted models: weights of shape (features + 1, labels) and the least score for each label."""

    weights: np.ndarray
    least: np.ndarray

    def of(self, row: np.ndarray) -> tuple[Label, ...]:
        """The labels of one row; may be empty."""
        scores = linear.mark_scores(row[None, :], self.weights)[0]
        return tuple(label for label, score, least in zip(Label, scores, self.least, strict=True) if score > least)


def fit(turns: Sequence[LabelledTurn], vectors: dict[str, np.ndarray]) -> Labels:
    """Learn from curated turns. `vectors` has the sentence vector of every text, or is empty where there is no embedder."""
    rows = np.array([row(turn.text, turn.context or "", vectors.get(turn.text), vectors.get(turn.context or "")) for turn in turns])
    marks = np.array([[label in turn.labels for label in Label] for turn in turns])
    weights, held = linear.fit_marks(rows, marks, RIDGE, FOLDS)
    return Labels(weights, np.array([_best(scores, mark) for scores, mark in zip(held.T, marks.T, strict=True)], np.float32))


def row(text: str, before: str, vector: np.ndarray | None, vector_before: np.ndarray | None) -> np.ndarray:
    """What the models see of a sentence and of what the manager said before it."""
    cues = [float(bool(pattern.search(text))) for pattern in _CUES] + [min(len(text.split()), 60) / 60]
    return np.concatenate([features.combine(vector, text, vector_before, before), CUE_WEIGHT * np.array(cues, np.float32)])


def _best(scores: np.ndarray, mark: np.ndarray) -> float:
    # the threshold with the best F1 on turns that were held out
    def f1(least: float) -> float:
        said = scores > least
        return 2 * float((said & mark).sum()) / max(1, int(said.sum() + mark.sum()))

    return max(np.linspace(-0.8, 0.6, 57).tolist(), key=f1)
