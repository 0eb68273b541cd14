"""One frozen configuration object, read from the environment, `.env` and the page's saved choice. The only reader of these.

Does not open connections and asks for no passphrase. Under one, the saved key of an endpoint and the words to hide are sealed.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from coach import hosting as hosting_module
from coach import keys, locations
from coach.errors import SettingsError
from coach.hosting import LOOPBACK, Hosting, check_host

# Set before gradio, chromadb or langchain are imported: no telemetry, no tracing, no hub, no record in the browser.
QUIET_ENVIRONMENT = {
    "ANONYMIZED_TELEMETRY": "False",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "",
    "DO_NOT_TRACK": "1",
    "GRADIO_ALLOWED_PATHS": "",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_CHAT_FLAGGING_MODE": "never",
    "GRADIO_FLAGGING_MODE": "never",
    "GRADIO_MCP_SERVER": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SHARE": "False",
    "GRADIO_SSR_MODE": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "OPENBLAS_NUM_THREADS": "1",  # small products: a second thread of the matrix library only waits and burns the processor
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_OFFLINE": "1",
}
FORBIDDEN_ENVIRONMENT = ("GRADIO_VIBE_MODE",)
DROPPED_ENVIRONMENT = (
    "GRADIO_HISTORY_BUCKET",
    "GRADIO_HOT_RELOAD",
    "GRADIO_LOCAL_DEV_MODE",
    "GRADIO_WATCH_DIRS",
    "HF_TOKEN",
    "LANGCHAIN_API_KEY",
    "LANGSMITH_API_KEY",
)
OF_HOSTING = ("accounts", "public_origin", "proxies", "sign_in_header", "private_hosts")
MOST_HIDDEN_WORDS, LONGEST_HIDDEN_WORD = 200, 100
OF_THE_ENDPOINT = ("llm_key", "llm_model", "strength")  # saved for the endpoint that was saved with them, and for no other
SEALED = ("llm_key", "hidden_words")  # in the saved choice, where there is a passphrase


class Settings(BaseModel):
    """Everything that can be set, after all sources are merged.

    `llm` is "auto", "embedded", "none" or the base URL of an OpenAI-compatible endpoint (ending in /v1 as a rule).
    `strength` is "small" or "capable"; None means: embedded is small, any other endpoint capable. `redact`: names and numbers
    are hidden from an endpoint that is not on this computer, and the person's `hidden_words` with them. `hosting` is there
    where people sign in; without it one person has the page for themselves. `database` is the address of the PostgreSQL that
    keeps what they write, in place of a file for each, and `database_owner` the same for the role that may change its tables. `key` is that of a folder under a
    passphrase, once it is open; `sealed` is what the saved choice holds under it, until then.
    """

    model_config = ConfigDict(frozen=True)

    llm: str = "auto"
    llm_model: str | None = None
    llm_key: SecretStr | None = None
    strength: Literal["small", "capable"] | None = None
    redact: bool = True
    hidden_words: tuple[str, ...] = ()
    model_path: Path | None = None
    host: str = "127.0.0.1"
    port: int = 7860
    open_browser: bool = True
    hosting: Hosting | None = None
    database: SecretStr | None = None
    database_owner: SecretStr | None = None
    passphrase: SecretStr | None = None
    key: SecretStr | None = None
    sealed: str | None = None
    locations: locations.Locations

    @property
    def remote_host(self) -> str | None:
        """Host name that would receive text, or None where nothing leaves this computer."""
        if not self.llm.startswith(("http://", "https://")):
            return None
        host = urlsplit(self.llm).hostname or ""
        return None if host in LOOPBACK else host


class _Environment(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="COACH_", env_file=".env", env_file_encoding="utf-8", extra="ignore")

    llm: str | None = None
    llm_model: str | None = None
    llm_key: SecretStr | None = None
    strength: Literal["small", "capable"] | None = None
    redact: bool | None = None
    model_path: Path | None = None
    host: str | None = None
    port: int | None = None
    open_browser: bool | None = None
    accounts: bool = False
    public_origin: str | None = None
    proxies: str | None = None
    sign_in_header: str | None = None
    private_hosts: str | None = None
    database: SecretStr | None = None
    database_owner: SecretStr | None = None
    home: str | None = None
    cache: str | None = None


def check_llm(value: str, private: tuple[str, ...] = ()) -> str:
    """Return a valid value of COACH_LLM or raise SettingsError. `private` hosts need no https: they are on a network of the host's own."""
    value = value.strip()
    if value in ("auto", "embedded", "none"):
        return value
    try:
        parts = urlsplit(value)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets without an address, a port that is no number
        whole = False
    if not whole:
        raise SettingsError("COACH_LLM takes auto, embedded, none or an address like https://host/v1.")
    if parts.username or parts.password:
        raise SettingsError("COACH_LLM must not hold a user name or password. Put the key in COACH_LLM_KEY.")
    if parts.scheme == "http" and parts.hostname not in (*LOOPBACK, *private):
        raise SettingsError("COACH_LLM must start with https:// unless the endpoint is on this computer.")
    return value.rstrip("/")


def load(**given: Any) -> Settings:
    """Merge defaults, the page's saved choice, `.env`, the environment and `given` (strongest last)."""
    try:
        environment = _Environment().model_dump(exclude_none=True)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0]).upper()
        raise SettingsError(f"COACH_{field} is not valid: {error.errors()[0]['msg']}.") from error
    places = locations.find(environment.pop("home", None), environment.pop("cache", None))
    hosting = hosting_module.find(*(environment.pop(name, None) for name in OF_HOSTING))
    if hosting is None and "database" in environment:
        raise SettingsError("COACH_DATABASE is for a page that people sign in to: set COACH_ACCOUNTS=1 as well.")
    stronger = {**environment, **{k: v for k, v in given.items() if v is not None}}
    saved = _saved(places.saved_settings)
    private = hosting.private if hosting else ()
    if "llm" in stronger and not _same_model(stronger["llm"], saved, private):
        saved = {name: value for name, value in saved.items() if name not in OF_THE_ENDPOINT}
    merged = {"hosting": hosting, **saved, **stronger}
    if "llm" in merged:
        merged["llm"] = check_llm(merged["llm"], private)
    if "host" in merged:
        check_host(merged["host"], merged["hosting"])
    given_once = os.environ.pop("COACH_PASSPHRASE", None)  # no process that we start gets it
    merged["passphrase"] = SecretStr(given_once) if given_once else None
    return Settings(locations=places, **merged)


def save_choice(settings: Settings) -> None:
    """Keep the page's endpoint choice for the next start, in a file that only its owner can read."""
    values: dict[str, Any] = {"llm": settings.llm, "llm_model": settings.llm_model, "strength": settings.strength}
    values |= {"redact": None if settings.redact else False, "hidden_words": list(settings.hidden_words) or None}
    values["llm_key"] = settings.llm_key.get_secret_value() if settings.llm_key else None
    _write(settings.locations.saved_settings, values, settings.key)


def _same_model(llm: str, saved: Mapping[str, Any], private: tuple[str, ...] = ()) -> bool:
    """Whether `llm` is the model that was saved. The key of one endpoint is nobody else's."""
    return check_llm(llm, private) == check_llm(saved.get("llm", "auto"))


def save_words(settings: Settings) -> None:
    """Keep the words that a person who signed in wants hidden, in the same way; all else is up to whoever runs the page."""
    _write(settings.locations.saved_settings, {"hidden_words": list(settings.hidden_words)}, None)


def opened(settings: Settings, key: SecretStr) -> Settings:
    """The same settings once the key of the folder is known, with what was sealed under it."""
    found = keys.unseal(key, settings.sealed) if settings.sealed else {}
    known = {"key": key, "passphrase": None, "sealed": None}
    saved = _saved(settings.locations.saved_settings)
    if isinstance(found.get("llm_key"), str) and settings.llm_key is None and _same_model(settings.llm, saved):
        known["llm_key"] = SecretStr(found["llm_key"])
    if isinstance(found.get("hidden_words"), list) and not settings.hidden_words:
        known["hidden_words"] = tuple(map(str, found["hidden_words"]))
    return settings.model_copy(update=known)


def put_under(path: Path, before: SecretStr | None, after: SecretStr | None) -> None:
    """Seal in the saved choice what a stranger should not read, or unseal it; a damaged file is deleted, nobody can use it."""
    path.with_suffix(".partial").unlink(missing_ok=True)
    try:
        values = dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return
    except (ValueError, TypeError):
        path.unlink()
        return
    sealed, open_ones = values.pop("sealed", None), [name for name in SEALED if name in values]
    secrets = keys.unseal(before, str(sealed)) if sealed and before else {}
    if (after and open_ones) or (sealed and not after):
        _write(path, {**secrets, **values}, after)


def of_person(settings: Settings, id: str) -> Settings:
    """The settings of one person who signs in: a folder of their own, and the words they want hidden."""
    places = settings.locations.of_person(id)
    return settings.model_copy(update={"locations": places, "hidden_words": _saved(places.saved_settings).get("hidden_words", ())})


def forget_choice(settings: Settings) -> None:
    """Delete what the page saved: the endpoint, its key and the words to hide."""
    settings.locations.saved_settings.unlink(missing_ok=True)


def quiet(environment: dict[str, str] | os._Environ) -> None:
    """Switch off everything that calls out or records. Call before the libraries are imported."""
    for name in FORBIDDEN_ENVIRONMENT:
        if environment.get(name):
            raise SettingsError(f"Unset {name}: it lets others run code through the page.")
    for name in DROPPED_ENVIRONMENT:
        environment.pop(name, None)
    environment.update(QUIET_ENVIRONMENT)


def check_words(text: str) -> tuple[str, ...]:
    """The words that a person lists to be hidden, one a line, or SettingsError."""
    words = tuple(dict.fromkeys(word for line in text.splitlines() if (word := " ".join(line.split()))))
    if len(words) > MOST_HIDDEN_WORDS or any(len(word) > LONGEST_HIDDEN_WORD for word in words):
        raise SettingsError(f"Up to {MOST_HIDDEN_WORDS} words or names can be hidden, each of up to {LONGEST_HIDDEN_WORD} letters.")
    return words


def _write(path: Path, values: dict[str, Any], key: SecretStr | None) -> None:
    values = {name: value for name, value in values.items() if value is not None}
    secrets = {name: values.pop(name) for name in SEALED if name in values} if key else {}
    values |= {"sealed": keys.seal(key, secrets)} if key and secrets else {}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(values, file)
    partial.replace(path)


def _saved(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        kept = {name: values[name] for name in ("llm", "llm_model", "llm_key", "strength") if isinstance(values.get(name), str)}
        check_llm(kept.get("llm", "auto"))
        kept |= {"redact": values["redact"]} if isinstance(values.get("redact"), bool) else {}
        kept |= {"hidden_words": tuple(map(str, values["hidden_words"]))} if isinstance(values.get("hidden_words"), list) else {}
        kept |= {"sealed": values["sealed"]} if isinstance(values.get("sealed"), str) else {}
    except (OSError, ValueError, AttributeError, SettingsError):
        return {}  # no file, or a damaged one, which means: ask again, never a failed start
    return kept if kept.get("strength", "small") in ("small", "capable") else {}
