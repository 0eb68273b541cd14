"""What the linear models see of a message: its sentence vector and its hashed words, and the same of what came before.

Pure. The hash is CRC-32, so that features are equal on every machine and in every run.
"""

import re
import zlib
from collections.abc import Callable, Sequence

import numpy as np

WORDS = 4096  # hashed word and letter n-grams
DENSE = 384
WORD_WEIGHT = 0.8
HISTORY_WEIGHT = 0.5
HISTORY_WORD_WEIGHT = 0.3
HISTORY_FLAG = 0.3
SIZE = 2 * (DENSE + WORDS) + 1
_KEPT = re.compile(r"[^a-z0-9' ]+")


def context(history: Sequence[str]) -> str:
    """The earlier messages that a follow-up may lean on: the last two."""
    return " ".join(history[-2:])


def lexical(text: str) -> np.ndarray:
    """Hashed words, word pairs and runs of 3 and 4 letters; length 1, or zeros for an empty text."""
    clean = " " + _KEPT.sub(" ", text.lower().replace("\u2019", "'")) + " "
    words = clean.split()
    vector = np.zeros(WORDS, np.float32)
    for word in words:
        _count(vector, "w:" + word, 1.0)
    for first, second in zip(words, words[1:], strict=False):
        _count(vector, f"b:{first}_{second}", 0.7)
    for size in (3, 4):
        for start in range(len(clean) - size + 1):
            _count(vector, "c:" + clean[start : start + size], 0.3)
    length = np.linalg.norm(vector)
    return vector / length if length else vector


def _count(vector: np.ndarray, token: str, weight: float) -> None:
    code = zlib.crc32(token.encode())
    vector[code % WORDS] += weight if code >> 31 else -weight


Words = Callable[[str], np.ndarray]


def alone(dense: np.ndarray | None, text: str, words: Words = lexical) -> np.ndarray:
    """A row of shape (DENSE + WORDS,) for the models that do not look at what came before: half the memory.

    `words` gives the hashed words of a text; whoever looks at many texts often passes one that remembers.
    """
    return np.concatenate([np.zeros(DENSE, np.float32) if dense is None else dense, WORD_WEIGHT * words(text)]).astype(np.float32)


def combine(
    dense: np.ndarray | None, text: str, dense_before: np.ndarray | None, before: str, words: Words = lexical
) -> np.ndarray:
    """One row of shape (SIZE,). `dense` is None while the embedder is not there: its columns are zero."""
    nothing = np.zeros(DENSE, np.float32)
    has_history = 1.0 if before else 0.0
    return np.concatenate(
        [
            nothing if dense is None else dense,
            WORD_WEIGHT * words(text),
            nothing if dense_before is None or not before else HISTORY_WEIGHT * dense_before,
            HISTORY_WORD_WEIGHT * words(before),
            [HISTORY_FLAG * has_history],
        ]
    ).astype(np.float32)
