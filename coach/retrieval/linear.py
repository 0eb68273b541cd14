"""A linear classifier fitted by ridge regression: fast to fit, exact, the same in every run. Knows nothing of texts."""

from collections.abc import Sequence

import numpy as np


class Linear:
    """Scores of every label for a row of features. Higher is likelier; scores are not probabilities."""

    def __init__(self, labels: Sequence[str], weights: np.ndarray) -> None:
        self.labels = list(labels)
        self.weights = weights  # shape (features + 1, labels); the last row is the constant

    def scores(self, row: np.ndarray) -> dict[str, float]:
        """Label and score for one row of shape (features,)."""
        values = row @ self.weights[:-1] + self.weights[-1]
        return dict(zip(self.labels, values.tolist(), strict=True))


def fit(rows: np.ndarray, labels: Sequence[str], ridge: float, balance: float) -> Linear:
    """Fit on `rows` (examples, features).

    `ridge` is the strength of the penalty. `balance` between 0 and 1 lifts rare labels: 0 counts every example the same,
    1 every label the same.
    """
    names = sorted(set(labels))
    column = {name: number for number, name in enumerate(names)}
    chosen = np.array([column[label] for label in labels])
    counts = np.bincount(chosen, minlength=len(names))
    root = np.sqrt((len(chosen) / len(names) / counts[chosen]) ** balance).astype(np.float32)[:, None]
    target = np.full((len(chosen), len(names)), -1 / len(names), np.float32)
    target[np.arange(len(chosen)), chosen] = 1
    x = np.hstack([rows, np.ones((len(rows), 1), np.float32)]) * root
    y = target * root
    if len(x) <= x.shape[1]:  # the smaller of the two equal systems
        gram = x @ x.T
        gram[np.diag_indices_from(gram)] += ridge
        weights = x.T @ np.linalg.solve(gram, y)
    else:
        gram = x.T @ x
        gram[np.diag_indices_from(gram)] += ridge
        weights = np.linalg.solve(gram, x.T @ y)
    return Linear(names, weights.astype(np.float32))


def fit_mark(rows: np.ndarray, mark: np.ndarray, ridge: float, lift: float) -> np.ndarray:
    """Weights of shape (features + 1,) that tell rows with a mark from rows without.

    `mark` is boolean, shape (examples,). `lift` between 0 and 1 gives the rarer side more weight.
    """
    x = np.hstack([rows, np.ones((len(rows), 1), np.float32)])
    weight = np.where(mark, (len(mark) / max(1, int(mark.sum()))) ** lift, 1.0).astype(np.float32)
    root = np.sqrt(weight / weight.mean())
    gram = (x @ x.T) * root[:, None] * root[None, :]
    gram[np.diag_indices_from(gram)] += ridge
    return x.T @ (root * np.linalg.solve(gram, root * (2 * mark.astype(np.float32) - 1)))


def mark_scores(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Scores of shape (examples,); higher means that the mark is likelier."""
    return rows @ weights[:-1] + weights[-1]
