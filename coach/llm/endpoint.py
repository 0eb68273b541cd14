"""Where a model answers: the record, the settings' one, those found on this computer, a connection test.

A found endpoint is only offered: using it takes the person's confirmation of the host that the screen names.
"""

import json
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr

from coach.errors import EndpointCut, EndpointError
from coach.schema.enums import Strength
from coach.settings import LOOPBACK, Settings

OPENAI = "https://api.openai.com/v1"
OLLAMA_PORT = 11434
OLLAMA = f"http://127.0.0.1:{OLLAMA_PORT}/v1"
PROBE_SECONDS = 0.3

Probe = Callable[[str], Any]


class Endpoint(BaseModel):
    """One place where a model answers. `name` and `host` may be shown, `key` never.

    `model` may be empty: then the client uses the endpoint's only one. `context` is the number of tokens
    that prompt and answer may take together, None where the endpoint has not said. `remote` means that text
    leaves this computer.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    base_url: str
    model: str = ""
    key: SecretStr = SecretStr("")
    strength: Strength = Strength.CAPABLE
    remote: bool = True
    context: int | None = None

    @property
    def host(self) -> str:
        """The host that receives the text."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_ollama(self) -> bool:
        """Whether this looks like Ollama, which cuts long prompts without saying so."""
        return urlsplit(self.base_url).port == OLLAMA_PORT


def at(base_url: str, model: str = "", key: SecretStr | None = None, strength: str | None = None) -> Endpoint:
    """The endpoint record for a base URL that `coach.settings.check_llm` let through."""
    host = urlsplit(base_url).hostname or ""
    local = host in LOOPBACK
    ollama = urlsplit(base_url).port == OLLAMA_PORT
    return Endpoint(
        name=("Ollama on this computer" if ollama else f"{host} (this computer)") if local else host,
        base_url=base_url.rstrip("/"),
        model=model.strip(),
        key=SecretStr(key.get_secret_value().strip() if key else ""),
        strength=Strength(strength or Strength.CAPABLE),
        remote=not local,
        context=4096 if ollama else None,
    )


def from_settings(settings: Settings) -> Endpoint | None:
    """The endpoint that COACH_LLM names by URL; None for auto, embedded and none. Opens no connection."""
    if not settings.llm.startswith(("http://", "https://")):
        return None
    return at(settings.llm, settings.llm_model or "", settings.llm_key, settings.strength)


def offers(environment: Mapping[str, str], probe: Probe | None = None) -> list[Endpoint]:
    """Endpoints to be offered: with a key for OpenAI in the environment, with an Ollama on this computer.

    Only this computer is asked, for at most 0.3 s a question, and nothing that the person wrote is sent.
    """
    probe = probe or ask_loopback
    found = []
    if key := environment.get("OPENAI_API_KEY", "").strip():
        found.append(at(OPENAI, key=SecretStr(key)))
    root = OLLAMA.removesuffix("/v1")
    version = probe(f"{root}/api/version")
    if isinstance(version, dict) and "version" in version:
        tags = probe(f"{root}/api/tags")
        names = [m.get("name") for m in tags.get("models") or []] if isinstance(tags, dict) else []
        found.append(at(OLLAMA, model=next((name for name in names if name), "")))
    return found


def ask_loopback(url: str) -> Any:
    """GET JSON from this computer within 0.3 s, without proxies or redirects; None for any fault."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PROBE_SECONDS)
    try:
        connection.request("GET", parts.path)
        response = connection.getresponse()
        return json.loads(response.read(1_000_000)) if response.status == 200 else None
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()


def test(endpoint: Endpoint, clock: Callable[[], float] = time.monotonic) -> str:
    """Ask for one word and say in a plain sentence what happened. Sends nothing that the person wrote."""
    from coach.llm.client import Client  # here, because the client is built on this module

    started = clock()
    try:
        list(
            Client(endpoint).stream(
                [{"role": "user", "content": "Answer with the word: ready"}], max_tokens=64
            )
        )
    except EndpointCut:
        pass  # it talked past the limit, so it answers
    except EndpointError as error:
        return str(error)
    return f"{endpoint.name} answered in {clock() - started:.1f} seconds."
