"""The real book of managers, the scripted employees, and the real labeller asked once for each text."""

import functools

import pytest
import yaml

from coach.locations import ROOT
from coach.rehearsal import scene
from coach.rehearsal.scene import Ears
from coach.schema.manager import ManagerBook
from coach.schema.rehearsal import Casting, Scene
from coach.understand import situation

EMPLOYEES: dict[str, list[str]] = yaml.safe_load(
    (ROOT / "tests" / "evals" / "employees.yaml").read_text(encoding="utf-8")
)
PLAN = (
    ("employee", "Jo"),
    ("goal", "answer tickets within a day"),
    ("due", "2 April"),
    ("measure", "90 % within 24 hours"),
    ("by", "30 April"),
    ("days", "60"),
)


@pytest.fixture(scope="session")
def book(library) -> ManagerBook:
    return library.manager


@pytest.fixture(scope="session")
def ears(search) -> Ears:
    """The real labeller, remembered."""
    label = functools.lru_cache(maxsize=None)(search.index.labels)
    return Ears(
        label=lambda text, before: label(text, before),
        danger=lambda text: "Stay with me." if "kill myself" in text else None,
        foreign=lambda text: situation.language(text) is not None,
    )


@pytest.fixture(scope="session")
def play(book, ears):
    def played(turns, *, slots=(), seed="", **cast) -> Scene:
        now = scene.start(book, Casting(slots=slots, seed=seed, **cast))
        for text in turns:
            now = scene.step(now, text, book, ears)
        return now

    return played
