"""Where answers are computed: what the person can choose, in plain sentences. No gradio."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import SecretStr

from coach import settings as settings_module
from coach.errors import SettingsError, UserError
from coach.llm import endpoint as endpoints
from coach.schema.redaction import Preview
from coach.settings import Settings
from coach.ui.markup import escape

KINDS = (
    ("This computer's own model", "embedded"),
    ("No model, prepared answers only", "none"),
    ("Another endpoint", "endpoint"),
)
SENTENCES = {
    "embedded": "Everything is computed on this computer. Nothing you write is sent anywhere.",
    "none": "No language model is used: you get prepared answers. Nothing you write is sent anywhere.",
    "endpoint": "Give the address of an endpoint that understands OpenAI's protocol.",
}
HIDDEN = "Names, addresses and numbers that I find are replaced first. I can miss one, so look below at what would go."
NOT_HIDDEN = "Names and numbers go as you write them."
FIRST_WRITE = "Write in the chat first. Then you see here what would be sent for your last message."
NOTHING_SENT = "Nothing would be sent for your last message: it gets a prepared answer."
STAYS_HERE = "Nothing would be sent: answers are computed on this computer."


@dataclass(frozen=True)
class Wanted:
    """What stands in the panel."""

    kind: str
    url: str = ""
    model: str = ""
    key: str = ""
    agreed: bool = False
    redact: bool = True
    words: str = ""


def current(settings: Settings) -> Wanted:
    """What is in use, without the key."""
    hiding = {"redact": settings.redact, "words": "\n".join(settings.hidden_words)}
    if settings.llm in ("auto", "embedded"):
        return Wanted("embedded", **hiding)
    if settings.llm == "none":
        return Wanted("none", **hiding)
    return Wanted("endpoint", settings.llm, settings.llm_model or "", **hiding)


def sentence(wanted: Wanted) -> str:
    """What will be sent where, in one sentence."""
    host = remote_host(wanted)
    if wanted.kind != "endpoint" or not wanted.url.strip():
        return SENTENCES[wanted.kind]
    try:
        url = settings_module.check_llm(wanted.url)
    except SettingsError as error:
        return _address_fault(error)
    if host:
        return (
            f"Each message, the conversation so far and what I have understood will be sent to {host}; "
            f"whoever runs {host} can read them. {HIDDEN if wanted.redact else NOT_HIDDEN}"
        )
    return (
        f"What you write goes to the program at {url} on this computer. It may send it on; this app does not."
    )


def remote_host(wanted: Wanted) -> str | None:
    """The host that would receive text; None where nothing leaves this computer."""
    if wanted.kind != "endpoint" or not wanted.url.strip():
        return None
    try:
        found = endpoints.at(settings_module.check_llm(wanted.url))
    except (SettingsError, ValueError):
        return None
    return found.host if found.remote else None


def settled(wanted: Wanted, before: Settings, offers: Sequence[endpoints.Endpoint] = ()) -> Settings:
    """The settings that follow; UserError says what is missing. A key stays with its address."""
    try:
        hiding = {"redact": wanted.redact, "hidden_words": settings_module.check_words(wanted.words)}
    except SettingsError as error:
        raise UserError(str(error)) from error
    before = before.model_copy(update=hiding)
    if wanted.kind != "endpoint":
        return before.model_copy(
            update={"llm": wanted.kind, "llm_model": None, "llm_key": None, "strength": None}
        )
    try:
        url = settings_module.check_llm(wanted.url)
    except (SettingsError, ValueError) as error:
        raise UserError(_address_fault(error)) from error
    if url in ("auto", "embedded", "none"):
        raise UserError("Give an address like https://host/v1.")
    key = SecretStr(wanted.key.strip()) if wanted.key.strip() else _kept_key(url, before, offers)
    return before.model_copy(
        update={"llm": url, "llm_model": wanted.model.strip() or None, "llm_key": key, "strength": None}
    )


def confirmed(wanted: Wanted) -> None:
    """Refuse a remote endpoint that the person has not agreed to."""
    host = remote_host(wanted)
    if host and not wanted.agreed:
        raise UserError(f"Tick the box first: from then on what you write is sent to {host}.")


def would_send(preview: Preview | None, said: bool) -> tuple[str, str]:
    """The text that would go for the last message, and the sentence where there is none."""
    if not said:
        return "", FIRST_WRITE
    if preview is None:
        return "", STAYS_HERE
    return (preview.text, "") if preview.messages else ("", NOTHING_SENT)


def offered(offers: Sequence[endpoints.Endpoint]) -> str:
    """Endpoints that were found, as buttons that only fill in the fields."""
    if not offers:
        return ""
    rows = "".join(
        f'<li><button type="button" class="reply" name="offer" value="{n}">{escape(offer.name)}'
        f"{f', {escape(offer.model)}' if offer.model else ''}</button></li>"
        for n, offer in enumerate(offers)
    )
    said = "Found on this computer, not used unless you choose it:"
    return f'<div class="offers"><p class="small">{said}</p><ul>{rows}</ul></div>'


def find_offers(environment: Mapping[str, str]) -> list[endpoints.Endpoint]:
    """What there is to offer. Asks only this computer."""
    return endpoints.offers(environment)


def try_out(settings: Settings) -> str:
    """Ask the endpoint for one word and say what happened."""
    found = endpoints.from_settings(settings)
    return (
        endpoints.test(found) if found else SENTENCES[settings.llm if settings.llm == "none" else "embedded"]
    )


def _kept_key(url: str, before: Settings, offers: Sequence[endpoints.Endpoint]) -> SecretStr | None:
    if url == before.llm:
        return before.llm_key
    return next(
        (offer.key for offer in offers if offer.base_url == url and offer.key.get_secret_value()), None
    )


def _address_fault(error: Exception) -> str:
    return (
        str(error)
        .replace("COACH_LLM takes auto, embedded, none or", "Give")
        .replace("COACH_LLM must", "The address must")
        .replace("COACH_LLM_KEY", "the key field")
    )
