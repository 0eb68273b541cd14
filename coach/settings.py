"""One frozen configuration object, read from the environment, `.env` and the page's saved choice. The only reader of these.

Does not open connections and does not create folders.
"""

import json
import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from coach import locations
from coach.errors import SettingsError

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
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Settings(BaseModel):
    """Everything that can be set, after all sources are merged.

    `llm` is "auto", "embedded", "none" or the base URL of an OpenAI-compatible endpoint (ending in /v1 as a rule).
    `strength` is "small" or "capable"; None means: embedded is small, any other endpoint capable.
    """

    model_config = ConfigDict(frozen=True)

    llm: str = "auto"
    llm_model: str | None = None
    llm_key: SecretStr | None = None
    strength: Literal["small", "capable"] | None = None
    model_path: Path | None = None
    host: str = "127.0.0.1"
    port: int = 7860
    open_browser: bool = True
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
    model_path: Path | None = None
    host: str | None = None
    port: int | None = None
    open_browser: bool | None = None
    home: str | None = None
    cache: str | None = None


def check_llm(value: str) -> str:
    """Return a valid value of COACH_LLM or raise SettingsError."""
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
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
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
    merged = {**_saved(places.saved_settings), **environment, **{k: v for k, v in given.items() if v is not None}}
    if "llm" in merged:
        merged["llm"] = check_llm(merged["llm"])
    return Settings(locations=places, **merged)


def save_choice(settings: Settings) -> None:
    """Keep the page's endpoint choice for the next start, in a file that only its owner can read."""
    path = settings.locations.saved_settings
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    values = {"llm": settings.llm, "llm_model": settings.llm_model, "strength": settings.strength}
    values["llm_key"] = settings.llm_key.get_secret_value() if settings.llm_key else None
    partial = path.with_suffix(".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump({k: v for k, v in values.items() if v is not None}, file)
    partial.replace(path)


def quiet(environment: dict[str, str] | os._Environ) -> None:
    """Switch off everything that calls out or records. Call before the libraries are imported."""
    for name in FORBIDDEN_ENVIRONMENT:
        if environment.get(name):
            raise SettingsError(f"Unset {name}: it lets others run code through the page.")
    for name in DROPPED_ENVIRONMENT:
        environment.pop(name, None)
    environment.update(QUIET_ENVIRONMENT)


def _saved(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        kept = {name: values[name] for name in ("llm", "llm_model", "llm_key", "strength") if isinstance(values.get(name), str)}
        check_llm(kept.get("llm", "auto"))
    except (OSError, ValueError, AttributeError, SettingsError):
        return {}  # no file, or a damaged one, which means: ask again, never a failed start
    return kept if kept.get("strength", "small") in ("small", "capable") else {}
