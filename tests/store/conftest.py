"""A store in a fresh folder, with a clock that moves one second at each look."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.store import Store


@pytest.fixture
def clock() -> Callable[[], datetime]:
    seconds = iter(range(10**9))
    return lambda: datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "coach.db"


@pytest.fixture
def store(path: Path, clock: Callable[[], datetime]) -> Iterator[Store]:
    opened = Store.open(path, clock)
    yield opened
    opened.close()
