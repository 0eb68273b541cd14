"""No network but loopback, folders of their own for every test, and one built coach for all that need a real one.

The embedder and the weights are looked for where the program keeps them (COACH_CACHE, or the platform's cache folder) and
fetched where they are missing. What cannot be had fails the test under CI; elsewhere the test is left out, aloud.
"""

import os
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from coach import settings

settings.quiet(os.environ)  # as app.py does: before numpy, chromadb or gradio read the environment

# ruff: noqa: E402
from coach import build as build_module
from coach import library as library_module
from coach import packages
from coach.errors import CoachError
from coach.llm import weights
from coach.locations import ROOT, Locations, find
from coach.retrieval.embed import MiniLM
from coach.retrieval.search import Search
from coach.settings import Settings
from coach.store.server import Server
from tests.postgres import Postgres, running

REAL = find(os.environ.get("COACH_HOME"), os.environ.get("COACH_CACHE"))
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Loopback only, for every test that does not say otherwise."""
    config.option.allow_hosts = config.option.allow_hosts or "127.0.0.1,::1,localhost"
    config.option.allow_unix_socket = True


def missing(what: str, error: Exception) -> None:
    """Fail under CI, leave out elsewhere."""
    line = f"Left out: {what} is not there and could not be fetched. {error}"
    if os.environ.get("CI"):
        pytest.fail(line)
    print(line, file=sys.__stderr__, flush=True)
    pytest.skip(line)


@pytest.fixture(autouse=True)
def _own_folders(request, monkeypatch, tmp_path_factory):
    """Nothing of the machine's own settings, conversations or caches reaches a test that is not about the model."""
    if request.node.get_closest_marker("model") or request.node.get_closest_marker("browser"):
        return
    for name in [
        name for name in os.environ if name.startswith("COACH_") and not name.startswith("COACH_TEST_")
    ]:
        monkeypatch.delenv(name)
    folder = tmp_path_factory.mktemp("own")
    monkeypatch.setenv("COACH_HOME", str(folder / "home"))
    monkeypatch.setenv("COACH_CACHE", str(folder / "cache"))


@pytest.fixture(scope="session")
def library() -> library_module.Library:
    return library_module.load(ROOT / "knowledge")


def _one_at_a_time() -> FileLock:
    # two workers of one run must not fetch the same files side by side
    REAL.cache.mkdir(parents=True, exist_ok=True)
    return FileLock(REAL.cache / "tests.lock")


@pytest.fixture(scope="session")
def embedder_folder() -> Path:
    try:
        with _one_at_a_time():
            return packages.fetch_embedder(REAL)
    except CoachError as error:
        return missing("the embedder", error)


@pytest.fixture(scope="session")
def weights_file() -> Path:
    """The real embedded model, for tests marked `model`."""
    try:
        with _one_at_a_time():
            return weights.pull(REAL)
    except CoachError as error:
        return missing("the language model", error)


@pytest.fixture(scope="session")
def embedder(embedder_folder) -> MiniLM:
    return MiniLM(embedder_folder)


@pytest.fixture(scope="session")
def places(embedder_folder, tmp_path_factory, request) -> Locations:
    """Folders of one shared run: an empty home, a cache that holds the real embedder.

    The index of the last run is kept with pytest's own cache; the coach itself finds out whether it still fits.
    """
    folder = tmp_path_factory.mktemp("shared")
    (folder / "cache").mkdir()
    (folder / "cache" / "embedder").symlink_to(embedder_folder, target_is_directory=True)
    kept = (
        request.config.cache.mkdir(f"coach-index-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")
        if getattr(request.config, "cache", None)
        else folder / "index"
    )
    kept.mkdir(exist_ok=True)
    (folder / "cache" / "index").symlink_to(kept, target_is_directory=True)
    return Locations(home=folder / "home", cache=folder / "cache")


@pytest.fixture(scope="session")
def built(places):
    """The whole coach without a language model and without a store; search is the real one."""
    made = build_module.build(Settings(llm="none", locations=places), keep=False, now=lambda: NOW)
    made.start(wait=True)
    yield made
    made.close()


@pytest.fixture(scope="session")
def search(built) -> Search:
    found = built.brain.search()
    assert found.index.embedder is not None, "the real embedder must be in use here"
    return found


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of this worker's own."""
    with running("fsync=off") as started:
        yield started


@pytest.fixture(scope="session")
def server(postgres) -> Iterator[Server]:
    """Its database with today's tables."""
    opened = Server.open(postgres.address())
    yield opened
    opened.close()


@pytest.fixture
def empty_server(postgres) -> Iterator[Server]:
    """A database in which nobody was yet."""
    name = f"t{uuid.uuid4().hex}"
    postgres.ask(f"CREATE DATABASE {name} OWNER coach")
    opened = Server.open(postgres.address(database=name))
    yield opened
    opened.close()
