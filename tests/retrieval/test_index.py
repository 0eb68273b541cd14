"""The index is a cache: whatever happens to its files, the answers stay the same."""

import json
import os
import re
from pathlib import Path

import numpy as np
import pytest

from coach.retrieval import index as index_module
from coach.retrieval.index import MODELS, open_index
from coach.retrieval.search import Search

TEXTS = (
    "how often should i see my manager",
    "what do i write down after each meeting",
    "what is a good recipe for onion soup",
    "i am so angry i cannot think",
)


@pytest.fixture(scope="module")
def few(library):
    """A small library, so that an index is built in a moment: every route, stage and topic is still there."""
    cards = [
        library.by_id[name].model_copy(update={"asks": library.by_id[name].asks[:25]})
        for name in ("check-in-often", "keep-a-record", "work-through-feelings", "ready-to-leave")
    ]
    boundaries = [card.model_copy(update={"asks": card.asks[:15]}) for card in library.boundaries[:4]]
    return library.model_copy(
        update={
            "cards": tuple(cards), "boundaries": tuple(boundaries), "examples": library.examples[::15],
            "stages": library.stages[::10], "danger": library.danger[:60], "no_danger": library.no_danger[:60],
            "turns": library.turns[::12], "marked": library.marked[::6],
        }
    )  # fmt: skip


def answers(library, index) -> list:
    search = Search(library, index)
    found = []
    for text in TEXTS:
        row, vector = search.look(text, [])
        found.append((search.rank(row, vector), round(search.scope(row), 4)))
    return found


@pytest.fixture(scope="module")
def expected(few, embedder, tmp_path_factory) -> list:
    return answers(few, open_index(tmp_path_factory.mktemp("first"), few, embedder))


@pytest.fixture
def folder(tmp_path, few, embedder) -> Path:
    open_index(tmp_path / "index", few, embedder)
    return tmp_path / "index"


@pytest.fixture
def computed(monkeypatch) -> list[int]:
    """Counts how often the index is made anew."""
    calls, real = [], index_module._compute
    monkeypatch.setattr(index_module, "_compute", lambda *args: calls.append(1) or real(*args))
    return calls


def test_the_index_is_kept_and_used_again(few, embedder, folder, computed, expected):
    assert sorted(path.name for path in folder.iterdir()) == ["dense.json", "dense.npz"]
    assert answers(few, open_index(folder, few, embedder)) == expected
    assert computed == []


def damage_nothing_left(path: Path) -> None:
    path.unlink()


def damage_cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def damage_one_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def damage_emptied(path: Path) -> None:
    path.write_bytes(b"")


def damage_nonsense(path: Path) -> None:
    path.write_bytes(b"not what it was")


DAMAGES = [damage_nothing_left, damage_cut_short, damage_one_bit, damage_emptied, damage_nonsense]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.__name__.removeprefix("damage_"))
@pytest.mark.parametrize("name", ["dense.npz", "dense.json"])
def test_a_damaged_file_is_made_again_with_the_same_answers(
    few, embedder, folder, computed, expected, name, damage
):
    damage(folder / name)
    assert answers(few, open_index(folder, few, embedder)) == expected
    assert computed == [1]
    open_index(folder, few, embedder)
    assert computed == [1], "the new files are whole"


@pytest.mark.parametrize(
    ("field", "value"),
    [("version", "0"), ("library", "other"), ("embedder", "other"), ("rows", 1), ("sha256", "0" * 64)],
)
def test_a_file_of_another_making_is_not_used(few, embedder, folder, computed, expected, field, value):
    manifest = json.loads((folder / "dense.json").read_text())
    (folder / "dense.json").write_text(json.dumps({**manifest, field: value}))
    assert answers(few, open_index(folder, few, embedder)) == expected
    assert computed == [1]


def test_an_edit_of_the_knowledge_makes_a_new_index(few, embedder, folder, computed):
    open_index(folder, few.model_copy(update={"stamp": "edited"}), embedder)
    assert computed == [1]


def test_a_file_with_code_in_it_is_never_run(few, embedder, folder, computed, expected):
    """A pickled array with a right checksum: the reader refuses pickles."""

    class Trap:
        def __reduce__(self):
            return (os.mkdir, (str(folder / "trapped"),))

    import hashlib

    np.savez(folder / "dense.npz", vectors=np.array([Trap()], dtype=object))
    manifest = json.loads((folder / "dense.json").read_text())
    digest = hashlib.sha256((folder / "dense.npz").read_bytes()).hexdigest()
    (folder / "dense.json").write_text(json.dumps({**manifest, "sha256": digest}))
    assert answers(few, open_index(folder, few, embedder)) == expected
    assert computed == [1] and not (folder / "trapped").exists()


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(few, embedder, tmp_path, expected):
    (tmp_path / "file").write_text("in the way")
    assert answers(few, open_index(tmp_path / "file" / "index", few, embedder)) == expected


def test_half_written_files_are_not_left_behind(folder):
    assert not list(folder.glob("*.partial"))


def test_without_the_embedder_words_alone_still_find_guidance(few, tmp_path):
    index = open_index(tmp_path, few, None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lexical.json", "lexical.npz"]
    search = Search(few, index)
    row, vector = search.look("weekly or daily whats better", [])
    assert vector is None and search.rank(row, vector)[0][0] == "check-in-often"
    assert answers(few, open_index(tmp_path, few, None)) == answers(few, index)


def test_lexical_and_dense_do_not_overwrite_each_other(few, embedder, folder, computed):
    open_index(folder, few, None)
    open_index(folder, few, embedder)
    open_index(folder, few, None)
    assert computed == [1]


def test_all_models_are_there(few, embedder, folder):
    index = open_index(folder, few, embedder)
    assert set(index.models) == set(MODELS)
    assert index.models["scope"].labels == ["in", "out"]
    assert index.models["danger"].labels == ["danger", "none"]
    assert not set(index.models["card"].labels) & {card.id for card in few.boundaries}


def test_the_nearest_piece_of_a_text_is_itself(few, embedder, folder):
    index = open_index(folder, few, embedder)
    ask = next(chunk for chunk in index.chunks if chunk.kind == "ask")
    (chunk, similarity), *_ = index.nearest(embedder.embed([ask.text])[0], 3)
    assert re.sub(r"\W", "", chunk.text.lower()) == re.sub(r"\W", "", ask.text.lower()) and similarity > 0.99


def test_progress_is_told_while_texts_are_embedded(few, embedder, tmp_path):
    odd = few.cards[0].model_copy(
        update={"asks": tuple(f"a text nobody has embedded, number {n}" for n in range(40))}
    )
    told = []
    open_index(
        tmp_path,
        few.model_copy(update={"cards": (odd, *few.cards[1:])}),
        embedder,
        lambda done, total: told.append((done, total)),
    )
    assert told and told == sorted(told) and told[-1][0] == told[-1][1]
