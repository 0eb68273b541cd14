import pytest
from pydantic import SecretStr

from coach.llm.client import Client
from coach.llm.endpoint import Endpoint
from coach.llm.wire import Limits
from tests.llm.stub_server import StubServer

KEY = "sk-never-show-this"
QUICK = Limits(
    connect=0.5,
    first_token_local=0.6,
    first_token_remote=0.6,
    stall=0.6,
    total=3,
    backoff=(0, 0.01),
    longest_wait=1,
    line_bytes=100_000,
)


@pytest.fixture
def server():
    stub = StubServer()
    yield stub
    stub.close()


@pytest.fixture
def endpoint(server):
    return Endpoint(name="stub", base_url=server.url, model="stub-model", key=SecretStr(KEY), remote=False)


@pytest.fixture
def client(endpoint):
    return Client(endpoint, limits=QUICK)
