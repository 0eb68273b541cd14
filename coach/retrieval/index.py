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
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np

from coach.library import Library
from coach.retrieval import features, linear, mark_labels, turn_labels, vectors
from coach.retrieval.chunks import Chunk, cut
from coach.retrieval.embed import MiniLM
from coach.schema.drafts import MarkKind
from coach.schema.knowledge import Record
from coach.schema.turns import Label

VERSION = "12"  # raise when features, chunks or models change
ASKS_AS_EXAMPLES = 30  # how many asks of each card teach the router; all of them would drown the other routes
MODELS = ("card", "scope", "route", "topic", "stage", "danger", "need", "plan_heading", "plan_sentence")
REMEMBERED = 16  # vectors of the last texts, in memory only
SAME = "same"  # the label of messages that give no sign of a stage
BY_NAME = "other_law"  # the topic of those boundary cards
NO_NEED = "none"
NEED_RIDGE, NEED_BALANCE = 1.0, 0.5
NO_NEED_EXAMPLES = 400


class Manifest(Record):
    """What the cache file was made from, and what it must look like."""

    version: str
    library: str
    embedder: str
    sha256: str
    rows: int


class Index:
    """Vectors in Chroma and the linear models. `embedder` is None in the lexical index."""

    def __init__(
        self,
        chunks: list[Chunk],
        matrix: np.ndarray | None,
        models: dict[str, linear.Linear],
        labels: turn_labels.Labels,
        marks: mark_labels.Marks,
        embedder: MiniLM | None,
    ) -> None:
        self.chunks = chunks
        self.models = models
        self._labels = labels
        self._marks = marks
        self.embedder = embedder
        # one turn looks at the same few texts for danger, route, stage and guidance
        self.vector = lru_cache(maxsize=REMEMBERED)(self._embed)
        self._store = None
        if matrix is not None:
            asks = np.array([chunk.kind == "ask" for chunk in chunks])
            self._store = _fill_chroma(matrix, np.flatnonzero(asks))
            self._parts = [chunk for chunk in chunks if chunk.kind == "body"]
            self._part_vectors = matrix[~asks]

    def nearest(self, vector: np.ndarray, count: int) -> list[tuple[Chunk, float]]:
        """The `count` asks nearest to `vector` and every part of every body, with their cosine similarity; empty when lexical.

        The few hundred parts are compared exactly: among thousands of asks the search for neighbours never reaches them.
        """
        if self._store is None:
            return []
        found = self._store.query(query_embeddings=[vector], n_results=count, include=["distances"])
        asks = [(self.chunks[int(row)], 1.0 - distance) for row, distance in zip(found["ids"][0], found["distances"][0], strict=True)]
        return asks + list(zip(self._parts, (self._part_vectors @ vector).tolist(), strict=True))

    def _embed(self, text: str) -> np.ndarray:
        return self.embedder.embed([text])[0]

    def scores(self, model: str, text: str) -> dict[str, float]:
        """Scores of a model that looks at the text alone: all but route and stage."""
        return self.models[model].scores(features.alone(None if self.embedder is None else self.vector(text), text))

    def row(self, text: str, history: list[str]) -> np.ndarray:
        """Features of one message, shape (features.SIZE,)."""
        before = features.context(history)
        if self.embedder is None:
            return features.combine(None, text, None, before)
        return features.combine(self.vector(text), text, self.vector(before) if before else None, before)

    def labels(self, text: str, context: str | None = None) -> tuple[Label, ...]:
        """What an employee does in `text`, said to the manager after `context`; may be empty."""
        before = context or ""
        vector, vector_before = (self.vector(said) if self.embedder and said else None for said in (text, before))
        return self._labels.of(turn_labels.row(text, before, vector, vector_before))

    def kinds(self, text: str) -> tuple[MarkKind, ...]:
        """What may be worth marking in a sentence that somebody is about to send; may be empty."""
        return self._marks.of(features.alone(self.vector(text) if self.embedder else None, text))


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
    labels = turn_labels.Labels(arrays["turn_weights"], arrays["turn_least"])
    marks = mark_labels.Marks(arrays["mark_weights"], arrays["mark_least"])
    return Index(chunks, arrays.get("vectors"), models, labels, marks, embedder)


def _compute(
    library: Library, chunks: list[Chunk], embedder: MiniLM | None, progress: Callable[[int, int], None]
) -> dict[str, np.ndarray]:
    asks = [chunk for chunk in chunks if chunk.kind == "ask"]
    boundary_asks = [(card.id, ask) for card in library.boundaries for ask in card.asks]
    routed, staged, needed = _routed(library), _staged(library), _needed(library)
    dense = {} if embedder is None else embed_all(all_texts(library), embedder, progress)
    words = lru_cache(maxsize=None)(features.lexical)  # several models look at the same texts

    def alone(texts: Iterable[str]) -> np.ndarray:
        return np.array([features.alone(dense.get(text), text, words) for text in texts])

    def rows(pairs: Iterable[tuple[str, str]]) -> np.ndarray:
        return np.array([features.combine(dense.get(text), text, dense.get(before), before, words) for text, before in pairs])

    covered = [ask.text for ask in asks]
    topics = [ask for _, ask in boundary_asks]
    # pages of one thing are found by its name: their many examples must not make guidance look out of scope, nor danger calm
    by_name = {ask for card in library.boundaries if card.topic == BY_NAME for ask in card.asks}
    outside = [ask for ask in topics if ask not in by_name] + [text for text, _, route in routed if route == "off_topic"]
    outside += [example.text for example in library.examples if example.route in ("boundary", "decline", "about")]
    # ordinary messages, and what is said to a manager, are the commonest things that are no danger
    calm = [*library.no_danger, *(text for text, _, _ in routed if text not in by_name), *(turn.text for turn in library.turns)]
    fits = {
        "card": lambda: linear.fit(alone(covered), [ask.card for ask in asks], ridge=2.0, balance=0.5),
        "scope": lambda: linear.fit(alone(covered + outside), ["in"] * len(covered) + ["out"] * len(outside), ridge=1.0, balance=0.7),
        "route": lambda: linear.fit(rows(line[:2] for line in routed), [line[2] for line in routed], ridge=1.5, balance=0.35),
        "stage": lambda: linear.fit(rows(line[:2] for line in staged), [line[2] for line in staged], ridge=1.5, balance=0.3),
        "danger": lambda: linear.fit(
            alone([*library.danger, *calm]), ["danger"] * len(library.danger) + ["none"] * len(calm), ridge=1.0, balance=0.6
        ),
        "need": lambda: linear.fit(alone(ask for _, ask in needed), [need for need, _ in needed], ridge=NEED_RIDGE, balance=NEED_BALANCE),
        "plan_heading": lambda: linear.fit(alone(text for _, text in library.plan_headings), [role for role, _ in library.plan_headings], ridge=1.0, balance=0.5),
        "plan_sentence": lambda: linear.fit(alone(text for _, text in library.plan_sentences), [role for role, _ in library.plan_sentences], ridge=1.5, balance=0.5),
        "topic": lambda: linear.fit(alone(topics), [card for card, _ in boundary_asks], ridge=1.5, balance=0.5),
    }
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:  # NumPy lets go of the interpreter in its products
        labels = pool.submit(turn_labels.fit, library.turns, dense)
        marks = pool.submit(mark_labels.fit, library.marked, library.turns, dense)
        models = dict(zip(fits, pool.map(lambda fit: fit(), fits.values()), strict=True))
    arrays = {f"{name}_weights": model.weights for name, model in models.items()}
    arrays |= {f"{name}_labels": np.array(model.labels) for name, model in models.items()}
    arrays |= {"turn_weights": labels.result().weights, "turn_least": labels.result().least}
    arrays |= {"mark_weights": marks.result().weights, "mark_least": marks.result().least}
    if embedder is not None:
        arrays["vectors"] = np.array([dense[chunk.text] for chunk in chunks])
    return arrays


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


def _needed(library: Library) -> list[tuple[str, str]]:
    # need, ask; what goes elsewhere shows what no need sounds like
    other = [text for text, _, route in _routed(library) if route not in ("coach", "boundary", "crisis")]
    asked = [(need.id, ask) for need in library.needs.values() for ask in need.asks]
    return asked + [(NO_NEED, text) for text in other[:: max(1, len(other) // NO_NEED_EXAMPLES)]]


def all_texts(library: Library) -> list[str]:
    """Every text that the index compares with a message, each once."""
    texts = dict.fromkeys(chunk.text for chunk in cut(library.cards))
    pairs = [pair[:2] for pair in (*_routed(library), *_staged(library))]
    texts |= dict.fromkeys(text for pair in pairs for text in pair if text)
    texts |= dict.fromkeys(ask for _, ask in _needed(library))
    texts |= dict.fromkeys((*library.danger, *library.no_danger))
    texts |= dict.fromkeys(text for turn in library.turns for text in (turn.text, turn.context) if text)
    texts |= dict.fromkeys(sentence.text for sentence in library.marked)
    texts |= dict.fromkeys(text for _, text in (*library.plan_headings, *library.plan_sentences))
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


def _fill_chroma(matrix: np.ndarray, rows: np.ndarray):
    # Rows of `matrix` by number; the texts stay with us: fetching them back would be most of the time of a search.
    import chromadb
    from chromadb.config import Settings

    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False, allow_reset=False))
    name = f"asks-{uuid.uuid4().hex}"  # all in-memory clients of a process share their collections
    collection = client.create_collection(name, metadata={"hnsw:space": "cosine"}, embedding_function=None)
    for part in np.array_split(rows, -(-len(rows) // 1000)):
        collection.add(ids=[str(row) for row in part], embeddings=matrix[part])
    return collection


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
