import pytest
from pydantic import SecretStr

from coach.llm import endpoint as endpoints
from coach.locations import find
from coach.schema.enums import Strength
from coach.settings import Settings
from tests.llm.stub_server import head, say, status


def settings(**given):
    return Settings(locations=find("/nowhere/home", "/nowhere/cache"), **given)


@pytest.mark.parametrize("llm", ["auto", "embedded", "none"])
def test_only_an_address_makes_an_endpoint(llm):
    assert endpoints.from_settings(settings(llm=llm)) is None


def test_endpoint_of_the_settings():
    found = endpoints.from_settings(
        settings(llm="https://models.example.org/v1", llm_model="m", llm_key=SecretStr(" k\n"))
    )
    assert (found.name, found.model, found.remote) == ("models.example.org", "m", True)
    assert found.key.get_secret_value() == "k"
    assert found.strength is Strength.CAPABLE
    assert "k" not in repr(found.key)
    assert (
        endpoints.from_settings(settings(llm="http://127.0.0.1:1/v1", strength="small")).strength == "small"
    )
    assert not endpoints.from_settings(settings(llm="http://localhost:1/v1")).remote


def test_offers():
    answers = {
        "http://127.0.0.1:11434/api/version": {"version": "1"},
        "http://127.0.0.1:11434/api/tags": {"models": [{"name": "qwen:7b"}]},
    }
    key, ollama = endpoints.offers({"OPENAI_API_KEY": "sk"}, answers.get)
    assert (key.name, key.remote) == ("api.openai.com", True)
    assert (ollama.name, ollama.model, ollama.remote) == ("Ollama on this computer", "qwen:7b", False)
    assert endpoints.offers({"OPENAI_API_KEY": " "}, {}.get) == []


def test_probe_of_this_computer(server):
    root = server.url.removesuffix("/v1")
    server.scenes = [
        [head(kind="application/json"), b'{"version": "1"}'],
        status(302, Location="/x"),
        [],
        [2.0],
    ]
    assert endpoints.ask_loopback(f"{root}/api/version") == {"version": "1"}
    assert [endpoints.ask_loopback(root + "/") for _ in range(3)] == [None, None, None]


def test_connection_test_says_what_happened(server, endpoint):
    assert endpoints.test(endpoint).startswith("stub answered in ")
    server.scenes = [say("Well, let me", finish="length")]
    assert endpoints.test(endpoint).startswith("stub answered in ")
    server.scenes = [status(401)]
    assert endpoints.test(endpoint) == "stub refused the key. Check it in the settings."
