"""What an employee does in one sentence said to the manager: linear models over curated turns, no language model.

Each label has its own model and its own threshold, chosen on turns that the model has not seen. Says nothing about whether
a turn was good.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np

from coach.retrieval import features, linear
from coach.schema.turns import Label, LabelledTurn

Vector = Callable[[str], np.ndarray]
RIDGE = 0.5
LIFT = 0.3  # how much a rare label is lifted, see linear.fit
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


class Labeller:
    """Labels for one turn. Fitting takes a few seconds; `vector` gives the sentence vector of a text."""

    def __init__(self, turns: Sequence[LabelledTurn], vector: Vector | None) -> None:
        self._vector = vector
        rows = np.array([self._row(turn.text, turn.context) for turn in turns])
        marks = {label: np.array([label in turn.labels for turn in turns]) for label in Label}
        fold = np.random.default_rng(0).integers(0, FOLDS, len(turns))
        self._weights = {label: linear.fit_mark(rows, mark, RIDGE, LIFT) for label, mark in marks.items()}
        held = {label: np.zeros(len(turns), np.float32) for label in Label}
        for number in range(FOLDS):
            out = fold == number
            for label, mark in marks.items():
                held[label][out] = linear.mark_scores(rows[out], linear.fit_mark(rows[~out], mark[~out], RIDGE, LIFT))
        self._least = {label: _best(held[label], mark) for label, mark in marks.items()}

    def labels(self, text: str, context: str | None = None) -> tuple[Label, ...]:
        """What the employee does in `text`, said after `context`; may be empty."""
        row = self._row(text, context)[None, :]
        return tuple(label for label in Label if linear.mark_scores(row, self._weights[label])[0] > self._least[label])

    def _row(self, text: str, context: str | None) -> np.ndarray:
        before = context or ""
        dense = self._vector(text) if self._vector else None
        row = features.combine(dense, text, self._vector(before) if self._vector and before else None, before)
        cues = [float(bool(pattern.search(text))) for pattern in _CUES] + [min(len(text.split()), 60) / 60]
        return np.concatenate([row, CUE_WEIGHT * np.array(cues, np.float32)])


def _best(scores: np.ndarray, mark: np.ndarray) -> float:
    # the threshold with the best F1 on turns that were held out
    def f1(least: float) -> float:
        said = scores > least
        return 2 * float((said & mark).sum()) / max(1, int(said.sum() + mark.sum()))

    return max(np.linspace(-0.8, 0.6, 57).tolist(), key=f1)
