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
    weights = _solved(_with_constant(rows) * root, target * root, ridge)
    return Linear(names, weights.astype(np.float32))


def fit_marks(rows: np.ndarray, marks: np.ndarray, ridge: float, folds: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights of shape (features + 1, marks): each column tells rows with its mark from rows without.

    `marks` is boolean, shape (examples, marks). The second array, shaped like `marks`, has the score of every example when
    its fold of the examples was left out of the fit: thresholds are chosen on it, so rare marks need no lift here.
    """
    x = _with_constant(rows)
    target = 2 * marks.astype(np.float32) - 1
    products = x @ x.T
    products[np.diag_indices_from(products)] += ridge
    weights = x.T @ np.linalg.solve(products, target)
    held = np.zeros(marks.shape, np.float32)
    fold = np.random.default_rng(0).integers(0, folds, len(rows))
    for number in range(folds):
        out = fold == number
        held[out] = products[np.ix_(out, ~out)] @ np.linalg.solve(products[np.ix_(~out, ~out)], target[~out])
    return weights.astype(np.float32), held


def mark_scores(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Scores of shape (examples, marks); higher means that the mark is likelier."""
    return rows @ weights[:-1] + weights[-1]


def _with_constant(rows: np.ndarray) -> np.ndarray:
    return np.hstack([rows, np.ones((len(rows), 1), np.float32)])


def _solved(x: np.ndarray, y: np.ndarray, ridge: float) -> np.ndarray:
    if len(x) <= x.shape[1]:  # the smaller of the two equal systems
        gram = x @ x.T
        gram[np.diag_indices_from(gram)] += ridge
        return x.T @ np.linalg.solve(gram, y)
    gram = x.T @ x
    gram[np.diag_indices_from(gram)] += ridge
    return np.linalg.solve(gram, x.T @ y)
