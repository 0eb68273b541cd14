"""Vectors of the texts of knowledge/, computed once by whoever edits it and shipped beside the code.

Without this file the first start would spend minutes on embedding. It is only a shortcut: a text that is not in it is
embedded on the spot, and a file that is damaged or was made with another embedder is ignored. Run
`python -m coach.retrieval.vectors` after an edit of knowledge/ to make it again.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

SHIPPED = Path(__file__).with_name("vectors.npz")


def key(text: str) -> int:
    """A stable number for a text: the first 8 bytes of its SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def load(path: Path, embedder: str) -> dict[int, np.ndarray]:
    """Key and float32 vector of every text on file; empty where the file does not fit."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if str(arrays["embedder"]) != embedder or len(arrays["keys"]) != len(arrays["vectors"]):
                return {}
            vectors = arrays["vectors"].astype(np.float32)
            vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1.0)
            return dict(zip(arrays["keys"].tolist(), vectors, strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return {}


def save(path: Path, embedder: str, vectors: dict[str, np.ndarray]) -> None:
    """Write keys and vectors, in the order of the keys so that equal input gives an equal file.

    Each vector is stored in whole numbers from -127 to 127: a quarter of the size, and the cosine to the exact one is
    above 0.9995. Its length does not matter, since all have length 1.
    """
    ordered = sorted((key(text), vector) for text, vector in vectors.items())
    keys = np.array([number for number, _ in ordered], dtype=np.uint64)
    exact = np.array([vector for _, vector in ordered], dtype=np.float32)
    whole = np.round(127 * exact / np.abs(exact).max(axis=1, keepdims=True)).astype(np.int8)
    np.savez(path, embedder=np.array(embedder), keys=keys, vectors=whole)


def main() -> None:
    """Make the shipped file again from knowledge/; texts already on file are not embedded again."""
    import os

    from coach import library, settings
    from coach.retrieval.embed import MiniLM
    from coach.retrieval.index import all_texts, embed_all

    settings.quiet(os.environ)
    places = settings.load().locations
    texts: Iterable[str] = all_texts(library.load(places.knowledge))
    embedder = MiniLM(places.embedder)
    save(SHIPPED, embedder.name, embed_all(list(texts), embedder, lambda done, total: print(f"\r{done}/{total}", end="")))
    print()


if __name__ == "__main__":
    main()
