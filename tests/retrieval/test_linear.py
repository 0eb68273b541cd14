"""The linear model: exact, repeatable, and fair to rare labels where it is asked to be."""

import numpy as np
import pytest

from coach.retrieval.linear import Linear, fit

RANDOM = np.random.default_rng(7)
CENTRES = {"a": RANDOM.normal(size=12), "b": RANDOM.normal(size=12), "c": RANDOM.normal(size=12)}


def sample(counts: dict[str, int], spread: float = 0.2) -> tuple[np.ndarray, list[str]]:
    labels = [label for label, count in counts.items() for _ in range(count)]
    noise = np.random.default_rng(3).normal(scale=spread, size=(len(labels), 12))
    return (np.array([CENTRES[label] for label in labels]) + noise).astype(np.float32), labels


def best(model: Linear, row: np.ndarray) -> str:
    scores = model.scores(row)
    return max(scores, key=scores.__getitem__)


@pytest.mark.parametrize("count", [2, 40], ids=["fewer-rows-than-columns", "more-rows-than-columns"])
def test_it_learns_what_it_is_shown(count):
    rows, labels = sample({"a": count, "b": count, "c": count})
    model = fit(rows, labels, ridge=0.1, balance=0.0)
    assert [best(model, row) for row in rows] == labels


def test_both_ways_of_solving_give_the_same_answer():
    rows, labels = sample({"a": 7, "b": 6})  # 13 rows, 13 columns with the constant: the first way
    first = fit(rows, labels, ridge=1.0, balance=0.0)
    x = np.hstack([rows, np.ones((len(rows), 1), np.float32)])
    target = np.where(np.array(labels)[:, None] == np.array(["a", "b"])[None], 1, -0.5)
    exact = np.linalg.solve(x.T @ x + np.eye(13), x.T @ target)
    assert np.allclose(first.weights, exact, atol=1e-3)


def test_the_same_input_gives_the_same_weights():
    rows, labels = sample({"a": 20, "b": 20})
    assert np.array_equal(fit(rows, labels, 1.0, 0.5).weights, fit(rows, labels, 1.0, 0.5).weights)


def test_labels_are_in_alphabetical_order_whatever_the_order_of_the_rows():
    rows, labels = sample({"c": 3, "a": 3, "b": 3})
    assert fit(rows, labels, 1.0, 0.0).labels == ["a", "b", "c"]
    assert list(fit(rows, labels, 1.0, 0.0).scores(rows[0])) == ["a", "b", "c"]


def test_balance_lifts_a_rare_label():
    rows, labels = sample({"a": 200, "b": 4}, spread=1.0)
    rare = rows[labels.index("b")]
    without, with_ = fit(rows, labels, 5.0, 0.0).scores(rare), fit(rows, labels, 5.0, 1.0).scores(rare)
    assert with_["b"] - with_["a"] > without["b"] - without["a"]
