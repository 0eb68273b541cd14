"""The real coach with the real search, without a model or with one that answers whatever an attack wants."""

from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr

from coach.coach import Coach
from coach.llm.client import Client
from coach.llm.endpoint import Endpoint
from coach.schema.enums import Strength
from tests.conftest import NOW
from tests.fakes import FakeBrain, MemoryStore, make_coach
from tests.llm.conftest import QUICK
from tests.llm.stub_server import StubServer, say


@pytest.fixture(scope="session")
def plain(library, search) -> Coach:
    """Model off."""
    return make_coach(library, FakeBrain(search), MemoryStore(), lambda: NOW)


class Hostile:
    """A coach whose endpoint always answers `says`, over a real connection."""

    def __init__(self, library, search, strength: Strength) -> None:
        self._server = StubServer()
        endpoint = Endpoint(
            name="hostile", base_url=self._server.url, model="hostile", key=SecretStr("k"), strength=strength, remote=False
        )
        self.client = Client(endpoint, limits=QUICK)
        self.coach = make_coach(library, FakeBrain(search, self.client), MemoryStore(), lambda: NOW)

    @property
    def asked(self) -> int:
        """How often text was sent to the model."""
        return sum("messages" in request.body for request in self._server.requests)

    def answer(self, text: str) -> None:
        """What it says from now on."""
        self._server.scenes = [say(text)]
        self._server.requests.clear()

    def close(self) -> None:
        self._server.close()


@pytest.fixture(scope="session", params=[Strength.SMALL, Strength.CAPABLE], ids=lambda strength: strength.value)
def hostile(request, library, search) -> Iterator[Hostile]:
    made = Hostile(library, search, request.param)
    yield made
    made.close()


@pytest.fixture(scope="session")
def hostile_capable(library, search) -> Iterator[Hostile]:
    made = Hostile(library, search, Strength.CAPABLE)
    yield made
    made.close()


Talk = Callable[[Coach, tuple[str, ...]], list]
