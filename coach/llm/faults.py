"""Turn every fault of an endpoint into one record of coach/errors.py with one plain sentence.

A sentence names the host and what to do; never the key, the prompt, the answer or the library's own words.
"""

import email.utils
import ssl
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from coach import errors
from coach.llm.endpoint import Endpoint

OVERFLOW_WORDS = ("context", "prompt is too long", "too many tokens", "maximum number of tokens")
OVERFLOW_VERBS = ("exceed", "too long", "maximum", "overflow", "larger than", "length")
SCHEMA_WORDS = ("response_format", "json_schema", "guided", "grammar")


class Fault(NamedTuple):
    """An error to show. `wait` is None where asking again is no use; otherwise seconds to wait at least.

    `schema_refused` tells that the endpoint does not know answers bound to a schema.
    """

    error: errors.EndpointError
    wait: float | None = None
    schema_refused: bool = False


def explain(error: BaseException, endpoint: Endpoint, clock: Callable[[], float] = time.time) -> Fault:
    """The fault for any exception that the client library raised."""
    import httpx2
    import openai

    chain = list(_chain(error))
    for link in chain:
        if isinstance(link, errors.EndpointError):
            return Fault(link)
    for link in chain:
        if isinstance(link, openai.APIStatusError):
            return _status(link, endpoint, clock)
    name = endpoint.name
    if _any(chain, httpx2.ConnectTimeout):
        return Fault(errors.EndpointUnreachable(f"{name} did not take the connection in time."), 0)
    if _any(chain, ssl.SSLError):
        return Fault(errors.EndpointUnreachable(f"The secure connection to {name} could not be verified."))
    if _any(chain, httpx2.ConnectError):
        return Fault(
            errors.EndpointUnreachable(
                f"{name} could not be reached. Is it running, and is the address right?"
            ),
            0,
        )
    if _any(chain, httpx2.TimeoutException) or _any(chain, openai.APITimeoutError):
        return Fault(errors.EndpointTimeout(f"{name} took too long to answer."))
    if _any(chain, httpx2.TransportError):
        return Fault(_cut(name))
    broken_letter = next((link for link in chain if isinstance(link, UnicodeDecodeError)), None)
    if broken_letter is not None and broken_letter.reason == "unexpected end of data":
        return Fault(_cut(name))
    for link in chain:
        if isinstance(link, openai.APIError) and not isinstance(link, openai.APIConnectionError):
            return _reported(str(link), endpoint)
    return Fault(errors.EndpointMalformed(f"{name} sent something that is not an answer."))


def retry_after(value: str | None, clock: Callable[[], float] = time.time) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or a date; None where it is unusable."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(value).timestamp() - clock()
        except (ValueError, TypeError, OverflowError):
            return None
    return max(0.0, seconds) if seconds == seconds else None


def _status(error, endpoint: Endpoint, clock: Callable[[], float]) -> Fault:  # noqa: ANN001
    status, name, text = error.status_code, endpoint.name, str(error).lower()
    if status in (401, 403):
        return Fault(errors.EndpointRefused(f"{name} refused the key. Check it in the settings."))
    if status in (404, 405, 410):
        return Fault(_not_found(endpoint))
    if status in (429, 503):
        seconds = retry_after(error.response.headers.get("retry-after"), clock)
        when = f" Try again in {seconds:.0f} seconds." if seconds else " Try again in a little while."
        return Fault(errors.EndpointBusy(f"{name} is busy.{when}", seconds), seconds)
    if status in (400, 413, 422, 500) and _is_overflow(text):
        return Fault(_overflow(endpoint))
    refused = status in (400, 422, 501) and any(word in text for word in SCHEMA_WORDS)
    if status < 500:
        sentence = f"{name} did not accept the request (status {status})."
    else:
        sentence = f"{name} has a fault of its own (status {status})."
    return Fault(errors.EndpointFailed(sentence), schema_refused=refused)


def _cut(name: str) -> errors.EndpointCut:
    return errors.EndpointCut(f"The connection to {name} broke off in the middle of the answer.")


def _not_found(endpoint: Endpoint) -> errors.EndpointRefused:
    if endpoint.is_ollama and endpoint.model:
        return errors.EndpointRefused(
            f"Ollama does not have the model {endpoint.model}. Run: ollama pull {endpoint.model}"
        )
    model = f"the model {endpoint.model}" if endpoint.model else "this address"
    return errors.EndpointRefused(f"{endpoint.name} does not know {model}. Check the settings.")


def _reported(text: str, endpoint: Endpoint) -> Fault:
    if _is_overflow(text.lower()):
        return Fault(_overflow(endpoint))
    return Fault(errors.EndpointFailed(f"{endpoint.name} reported a fault while answering."))


def _overflow(endpoint: Endpoint) -> errors.EndpointOverflow:
    return errors.EndpointOverflow(f"This is too long for the model of {endpoint.name}.")


def _is_overflow(text: str) -> bool:
    return any(word in text for word in OVERFLOW_WORDS) and any(verb in text for verb in OVERFLOW_VERBS)


def _any(chain: list[BaseException], kind: type[BaseException]) -> bool:
    return any(isinstance(link, kind) for link in chain)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
