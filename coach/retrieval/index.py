"""Everything that search and routing compare a message with, computed once from knowledge/ and kept as a checked cache.

The truth is knowledge/; the cache may be deleted or damaged at any time. It is read only when the manifest matches the
library, the embedder and the bytes of the cache file, otherwise it is made again. Chroma holds the vectors in memory, one
index in each process, so there is no file of its own to break and no second writer to fear.
"""

import hashlib
import io
import json
import os
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np

from coach.library import Library
from coach.retrieval import features, linear, vectors
from coach.retrieval.chunks import Chunk, cut
from coach.retrieval.embed import MiniLM
from coach.schema.knowledge import Record

VERSION = "4"  # raise when features, chunks or models change
ASKS_AS_EXAMPLES = 30  # how many asks of each card teach the router; all of them would drown the other routes
MODELS = ("card", "scope", "route", "topic", "stage", "danger")
REMEMBERED = 16  # vectors of the last texts, in memory only
SAME = "same"  # the label of messages that give no sign of a stage


class Manifest(Record):
    """What the cache file was made from, and what it must look like."""

    version: str
    library: str
    embedder: str
    sha256: str
    rows: int


class Index:
    """Vectors in Chroma and six linear models. `embedder` is None in the lexical index."""

    def __init__(
        self, chunks: list[Chunk], matrix: np.ndarray | None, models: dict[str, linear.Linear], embedder: MiniLM | None
    ) -> None:
        self.chunks = chunks
        self.models = models
        self.embedder = embedder
        # one turn looks at the same few texts for danger, route, stage and guidance
        self.vector = lru_cache(maxsize=REMEMBERED)(self._embed)
        self._store = None if matrix is None else _fill_chroma(chunks, matrix, embedder)

    def nearest(self, vector: np.ndarray, count: int) -> list[tuple[Chunk, float]]:
        """The `count` chunks nearest to `vector` with their cosine similarity, nearest first; empty when lexical."""
        if self._store is None:
            return []
        found = self._store.similarity_search_by_vector_with_relevance_scores(vector.tolist(), k=count)
        return [(self.chunks[document.metadata["row"]], 1.0 - distance) for document, distance in found]

    def _embed(self, text: str) -> np.ndarray:
        return self.embedder.embed([text])[0]

    def row(self, text: str, history: list[str]) -> np.ndarray:
        """Features of one message, shape (features.SIZE,)."""
        before = features.context(history)
        if self.embedder is None:
            return features.combine(None, text, None, before)
        return features.combine(self.vector(text), text, self.vector(before) if before else None, before)


def open_index(
    folder: Path, library: Library, embedder: MiniLM | None, progress: Callable[[int, int], None] = lambda done, total: None
) -> Index:
    """Read the cache if it is whole and fits, else build it and try to keep it. Always returns a working index.

    `progress` is called with texts embedded so far and in all. A folder that cannot be written costs only time at the
    next start.
    """
    name = "lexical" if embedder is None else "dense"
    chunks = cut(library.cards)
    kind = embedder.name if embedder else "none"
    arrays = _read(folder / name, library.stamp, kind, len(chunks))
    if arrays is None:
        arrays = _compute(library, chunks, embedder, progress)
        _write(folder / name, arrays, library.stamp, kind, len(chunks))
    models = {m: linear.Linear(arrays[f"{m}_labels"].tolist(), arrays[f"{m}_weights"]) for m in MODELS}
    return Index(chunks, arrays.get("vectors"), models, embedder)


def _compute(
    library: Library, chunks: list[Chunk], embedder: MiniLM | None, progress: Callable[[int, int], None]
) -> dict[str, np.ndarray]:
    asks = [chunk for chunk in chunks if chunk.kind == "ask"]
    boundary_asks = [(card.id, ask) for card in library.boundaries for ask in card.asks]
    routed = _routed(library)
    dense = {} if embedder is None else embed_all(all_texts(library), embedder, progress)

    def alone(text: str) -> np.ndarray:
        return _alone(dense.get(text), text)

    card_rows = [alone(ask.text) for ask in asks]
    topic_rows = [alone(ask) for _, ask in boundary_asks]
    outside = [text for text, _, route in routed if route == "off_topic"]
    outside += [example.text for example in library.examples if example.route in ("boundary", "decline", "about")]
    scope_rows = np.array(card_rows + topic_rows + [alone(text) for text in outside])
    scope_labels = ["in"] * len(card_rows) + ["out"] * (len(topic_rows) + len(outside))

    def row(text: str, before: str) -> np.ndarray:
        return features.combine(dense.get(text), text, dense.get(before), before)

    staged = _staged(library)
    danger_rows = [alone(text) for text in (*library.danger, *library.no_danger)]
    danger_labels = ["danger"] * len(library.danger) + ["none"] * len(library.no_danger)
    calm = [text for text, _, _ in routed]  # ordinary messages are the commonest thing that is no danger
    danger_rows += [alone(text) for text in calm]
    danger_labels += ["none"] * len(calm)
    models = {
        "card": linear.fit(np.array(card_rows), [ask.card for ask in asks], ridge=2.0, balance=0.5),
        "scope": linear.fit(scope_rows, scope_labels, ridge=1.0, balance=0.7),
        "route": linear.fit(np.array([row(text, before) for text, before, _ in routed]), [route for *_, route in routed], ridge=1.5, balance=0.35),
        "stage": linear.fit(
            np.array([row(text, before) for text, before, _ in staged]), [name for *_, name in staged], ridge=1.5, balance=0.3
        ),
        "danger": linear.fit(np.array(danger_rows), danger_labels, ridge=1.0, balance=0.6),
        "topic": linear.fit(np.array(topic_rows), [name for name, _ in boundary_asks], ridge=1.5, balance=0.5),
    }
    arrays = {f"{name}_weights": model.weights for name, model in models.items()}
    arrays |= {f"{name}_labels": np.array(model.labels) for name, model in models.items()}
    if embedder is not None:
        arrays["vectors"] = np.array([dense[chunk.text] for chunk in chunks])
    return arrays


def _alone(dense: np.ndarray | None, text: str) -> np.ndarray:
    # without the columns of the history: half the memory for the models that do not look at it
    return features.combine(dense, text, None, "")[: features.DENSE + features.WORDS]


def _routed(library: Library) -> list[tuple[str, str, str]]:
    # message, what came before, route
    routed = [(example.text, features.context(example.history), example.route.value) for example in library.examples]
    routed += [(ask, "", "coach") for card in library.cards for ask in card.asks[:: len(card.asks) // ASKS_AS_EXAMPLES or 1]]
    return routed + [(ask, "", "boundary") for card in library.boundaries for ask in card.asks]


def _staged(library: Library) -> list[tuple[str, str, str]]:
    # message, what came before, stage; the asks of a card show the stage that the card belongs to
    staged = [
        (example.text, features.context(example.history), example.stage.value if example.stage else SAME)
        for example in library.stages
    ]
    return staged + [(ask, "", card.stage.value) for card in library.cards for ask in card.asks[:: len(card.asks) // 12 or 1]]


def all_texts(library: Library) -> list[str]:
    """Every text that the index compares with a message, each once."""
    texts = dict.fromkeys(chunk.text for chunk in cut(library.cards))
    pairs = [pair[:2] for pair in (*_routed(library), *_staged(library))]
    texts |= dict.fromkeys(text for pair in pairs for text in pair if text)
    texts |= dict.fromkeys((*library.danger, *library.no_danger))
    return list(texts)


def embed_all(
    texts: list[str], embedder: MiniLM, progress: Callable[[int, int], None] = lambda done, total: None
) -> dict[str, np.ndarray]:
    """The vector of every text: from the shipped file where it is there, else embedded, on all processors."""
    shipped = vectors.load(vectors.SHIPPED, embedder.name)
    found = {text: vector for text in texts if (vector := shipped.get(vectors.key(text))) is not None}
    missing = sorted((text for text in texts if text not in found), key=len)
    parts = [missing[start : start + 24] for start in range(0, len(missing), 24)]
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:  # NumPy lets go of the interpreter in its products
        for part, rows in zip(parts, pool.map(embedder.embed, parts), strict=True):
            found |= zip(part, rows, strict=True)
            progress(len(found), len(texts))
    return found


def _fill_chroma(chunks: list[Chunk], matrix: np.ndarray, embedder: MiniLM | None):
    import chromadb
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False, allow_reset=False))
    name = f"passages-{uuid.uuid4().hex}"  # all in-memory clients of a process share their collections
    collection = client.create_collection(name, metadata={"hnsw:space": "cosine"}, embedding_function=None)
    for start in range(0, len(chunks), 1000):
        rows = range(start, min(start + 1000, len(chunks)))
        collection.add(
            ids=[str(row) for row in rows],
            embeddings=matrix[rows.start : rows.stop],
            documents=[chunks[row].text for row in rows],
            metadatas=[{"row": row, "card": chunks[row].card} for row in rows],
        )
    return Chroma(collection_name=name, client=client, embedding_function=embedder, create_collection_if_not_exists=False)


def _read(path: Path, library: str, embedder: str, rows: int) -> dict[str, np.ndarray] | None:
    try:
        manifest = Manifest.model_validate_json(path.with_suffix(".json").read_bytes())
        content = path.with_suffix(".npz").read_bytes()
        expected = Manifest(
            version=VERSION, library=library, embedder=embedder, rows=rows, sha256=hashlib.sha256(content).hexdigest()
        )
        if manifest != expected:
            return None
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return dict(arrays)
    except (OSError, ValueError, KeyError):
        return None  # damaged or absent: the caller builds it again


def _write(path: Path, arrays: dict[str, np.ndarray], library: str, embedder: str, rows: int) -> None:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    content = buffer.getvalue()
    manifest = Manifest(
        version=VERSION, library=library, embedder=embedder, rows=rows, sha256=hashlib.sha256(content).hexdigest()
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for suffix, data in ((".npz", content), (".json", json.dumps(manifest.model_dump()).encode())):
            partial = path.with_name(path.name + suffix + ".partial")
            partial.write_bytes(data)
            partial.replace(path.with_suffix(suffix))
    except OSError:
        return  # no room or no right to write: search works from memory
