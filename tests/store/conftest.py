"""A store in a fresh folder or on PostgreSQL, with a clock that moves one second at each look.

What asks for `store` and not for `path` runs on both; on PostgreSQL each test is another person of one database.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.store import Store
from tests.postgres import person


@pytest.fixture
def clock() -> Callable[[], datetime]:
    seconds = iter(range(10**9))
    return lambda: datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "coach.db"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "again" in metafunc.fixturenames:
        one_file = getattr(metafunc.module, "ONE_FILE", False) or "path" in metafunc.definition._fixtureinfo.argnames
        metafunc.parametrize("again", ["sqlite"] if one_file else ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def again(request: pytest.FixtureRequest, tmp_path: Path, clock: Callable[[], datetime]) -> Callable[[], Store]:
    """Opens the store of this test once more, as another window does."""
    if request.param == "sqlite":
        return lambda: Store.open(tmp_path / "home" / "coach.db", clock)
    server = request.getfixturevalue("server")
    own = person(server)
    return lambda: Store.on(server, own, clock)


@pytest.fixture
def store(again: Callable[[], Store]) -> Iterator[Store]:
    opened = again()
    yield opened
    opened.close()
