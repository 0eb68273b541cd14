"""The shipped vectors are those of the texts in knowledge/, all of them."""

import random

import numpy as np
import pytest

from coach.retrieval import vectors
from coach.retrieval.index import all_texts, embed_all


@pytest.fixture(scope="module")
def shipped(embedder) -> dict:
    return vectors.load(vectors.SHIPPED, embedder.name)


def test_every_text_of_the_knowledge_has_its_vector(library, shipped):
    missing = [text for text in all_texts(library) if vectors.key(text) not in shipped]
    assert not missing, f"{len(missing)} texts; run: python -m coach.retrieval.vectors. First: {missing[:3]}"


def test_sampled_texts_embed_to_the_shipped_vectors(library, shipped, embedder):
    texts = [
        text for text in random.Random(20).sample(all_texts(library), 40) if vectors.key(text) in shipped
    ][:20]
    fresh = embedder.embed(texts)
    cosines = [float(row @ shipped[vectors.key(text)]) for text, row in zip(texts, fresh, strict=True)]
    assert len(cosines) == 20 and min(cosines) > 0.999


def test_a_batch_and_a_single_text_give_the_same_vector(embedder):
    texts = ["short", "a somewhat longer text about a meeting on Thursday", "what now?"]
    together = embedder.embed(texts)
    assert together.shape == (3, 384)
    for text, row in zip(texts, together, strict=True):
        assert np.allclose(embedder.embed([text])[0], row, atol=1e-4)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)


def test_meaning_not_words_makes_vectors_alike(embedder):
    how, same, other = embedder.embed(
        ["how often should I see my boss", "what frequency of talks with my manager", "onion soup"]
    )
    assert how @ same > how @ other + 0.2


def test_what_is_saved_is_read_back(tmp_path):
    rows = np.random.default_rng(1).normal(size=(3, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    given = dict(zip(["one", "two", "three"], rows, strict=True))
    vectors.save(tmp_path / "v.npz", "some-embedder", given)
    read = vectors.load(tmp_path / "v.npz", "some-embedder")
    assert len(read) == 3
    assert all(float(read[vectors.key(text)] @ row) > 0.9999 for text, row in given.items())
    vectors.save(tmp_path / "w.npz", "some-embedder", dict(reversed(given.items())))
    assert np.array_equal(np.load(tmp_path / "v.npz")["keys"], np.load(tmp_path / "w.npz")["keys"])


def test_a_file_that_does_not_fit_is_ignored(tmp_path):
    vectors.save(tmp_path / "v.npz", "some-embedder", {"one": np.ones(384, np.float32)})
    assert vectors.load(tmp_path / "v.npz", "another-embedder") == {}
    assert vectors.load(tmp_path / "none.npz", "some-embedder") == {}


@pytest.mark.parametrize("keep", [0, 10, 0.5, 0.99])
def test_a_damaged_file_is_ignored(tmp_path, keep):
    vectors.save(tmp_path / "v.npz", "some-embedder", {"one": np.ones(384, np.float32)})
    content = (tmp_path / "v.npz").read_bytes()
    (tmp_path / "v.npz").write_bytes(content[: int(keep * len(content)) if keep < 1 else keep])
    assert vectors.load(tmp_path / "v.npz", "some-embedder") == {}


def test_a_file_with_a_flipped_bit_is_ignored(tmp_path):
    vectors.save(tmp_path / "v.npz", "some-embedder", {"one": np.ones(384, np.float32)})
    content = bytearray((tmp_path / "v.npz").read_bytes())
    content[content.index(b"\x7f\x7f\x7f\x7f")] ^= 1
    (tmp_path / "v.npz").write_bytes(bytes(content))
    assert vectors.load(tmp_path / "v.npz", "some-embedder") == {}


def test_a_text_that_is_not_on_file_is_embedded_on_the_spot(embedder):
    text = "a sentence that nobody put into the knowledge folder"
    assert float(embed_all([text], embedder)[text] @ embedder.embed([text])[0]) > 0.9999
