"""Features are the same everywhere and every time, and say what they should about a message."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coach.retrieval import features


def close(first: str, second: str) -> float:
    return float(features.lexical(first) @ features.lexical(second))


def test_words_in_common_make_texts_alike():
    alike = close("how often should I meet my manager", "how often do i see my manager")
    unlike = close("how often should I meet my manager", "a recipe for onion soup")
    assert alike > 0.4 > 0.15 > unlike


def test_a_typo_costs_little():
    assert close("how often should i meet my manager", "how often shuld i meet my manger") > 0.5


def test_case_and_curly_apostrophes_do_not_matter():
    assert np.allclose(features.lexical("I CAN\u2019T Sign"), features.lexical("i can't sign"))


def test_the_hash_is_the_same_on_every_machine():
    vector = features.lexical("plan")
    assert vector.dtype == np.float32
    assert sorted(np.flatnonzero(vector).tolist()) == [32, 829, 1459, 1720, 2065, 2204, 3707, 3952]


@given(st.text(max_size=200))
def test_every_text_has_length_one_or_is_nothing(text):
    length = float(np.linalg.norm(features.lexical(text)))
    assert abs(length - 1) < 1e-4 or length == 0


def test_the_last_two_messages_are_the_context():
    assert features.context([]) == ""
    assert features.context(["one"]) == "one"
    assert features.context(["one", "two", "three"]) == "two three"


def test_a_row_holds_message_and_history_in_their_places():
    dense, before = np.full(features.DENSE, 0.1, np.float32), np.full(features.DENSE, 0.2, np.float32)
    row = features.combine(dense, "hello there", before, "earlier words")
    assert row.shape == (features.SIZE,) and row.dtype == np.float32
    assert np.allclose(row[: features.DENSE], dense)
    assert np.allclose(
        row[features.DENSE : features.DENSE + features.WORDS],
        features.WORD_WEIGHT * features.lexical("hello there"),
    )
    assert row[-1] > 0
    alone = features.combine(dense, "hello there", None, "")
    assert np.allclose(alone[: features.DENSE + features.WORDS], row[: features.DENSE + features.WORDS])
    assert not alone[features.DENSE + features.WORDS :].any()


def test_without_the_embedder_its_columns_are_empty():
    row = features.combine(None, "hello", None, "before")
    assert not row[: features.DENSE].any() and row[features.DENSE :].any()
