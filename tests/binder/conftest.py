"""A store in a fresh folder, and one that is full."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach import library
from coach.locations import ROOT
from coach.store import Store
from tests.binder.samples import fill

NOW = datetime(2026, 3, 9, 18, 30, tzinfo=UTC)


@pytest.fixture
def opened(tmp_path):
    stores = []

    def open(name: str) -> Store:
        home = tmp_path / name
        stores.append(Store.open(home / "coach.db", lambda: NOW, home / "backups"))
        return stores[-1]

    yield open
    for store in stores:
        store.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> Path:
    """The file of a full store, closed."""
    path = tmp_path_factory.mktemp("filled") / "coach.db"
    store = Store.open(path, lambda: NOW)
    fill(store)
    store.close()
    return path


@pytest.fixture
def full(opened, filled, tmp_path) -> Store:
    (tmp_path / "full").mkdir()
    shutil.copyfile(filled, tmp_path / "full" / "coach.db")
    return opened("full")


@pytest.fixture(scope="session")
def book():
    return library._book(ROOT / "knowledge" / "binder.yaml", library.BinderBook)
