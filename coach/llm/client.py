"""The one client for every OpenAI-compatible endpoint: LangChain's ChatOpenAI with our own rules for faults.

Every fault becomes an EndpointError with one plain sentence. Closing the iterator or setting the stop event
closes the connection, so that the server stops generating. With a redactor names and numbers are hidden before
anything is sent, and put back in what comes. Does not build prompts, does not judge answers, does not wait its
turn (see `coach.llm.queue`), logs no text.
"""

import copy
import random
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from coach import errors
from coach.llm.answer import record, response_format, schema_text, shares
from coach.llm.attempt import Attempt
from coach.llm.breaker import Breaker
from coach.llm.endpoint import OPENAI, Endpoint
from coach.llm.text import neutralise
from coach.llm.wire import Limits, Line
from coach.redaction.redactor import Redactor
from coach.redaction.restore import Restorer, restore
from coach.schema.redaction import Hidden, Sent

Message = dict[str, str]

CHARACTERS_PER_TOKEN = 3.5
# These tell of the endpoint's health; a refusal or an overflow tells of settings or prompt.
UNHEALTHY = (errors.EndpointUnreachable, errors.EndpointBusy, errors.EndpointFailed, errors.EndpointTimeout)
REPAIR = "That was not one JSON object of the asked shape. Answer again with the JSON object only."


class Client:
    """Asks one endpoint. Safe to use from several threads; each call has its own connection.

    `clock` is monotonic seconds, `chance` a number from 0 to 1 for the jitter of retries; without a `redactor`
    everything is sent as it stands.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        limits: Limits | None = None,
        breaker: Breaker | None = None,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
        redactor: Redactor | None = None,
    ) -> None:
        self.endpoint = endpoint
        self._redactor = redactor
        self._limits = limits or Limits()
        self._breaker = breaker or Breaker(clock=clock)
        self._clock, self._chance = clock, chance
        self._local = threading.local()
        self._lock = threading.Lock()
        self._chat: Any = None
        self._schema_refused = False

    def prepare(self) -> None:
        """Import and build the chat model before the first question (1.4 s or more); opens no connection."""
        with self._lock:
            self._chat = self._chat or self._build()

    def with_limits(self, limits: Limits) -> "Client":
        """The same endpoint and redactor with other limits."""
        return Client(self.endpoint, limits, redactor=self._redactor)

    def hiding(self, redactor: Redactor | None) -> "Client":
        """The same client for another person: what is hidden is theirs, breaker and connection rules are shared."""
        other = copy.copy(self)
        other._redactor = redactor
        return other

    def reading(self, names_of: Callable[[Redactor], Redactor]) -> "Client":
        """The same client while it reads a document: `names_of` adds what the document names to what is hidden."""
        if self._redactor is None:
            return self
        other = copy.copy(self)
        other._redactor = names_of(self._redactor)
        return other

    def stream(
        self,
        messages: list[Message],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        stop_event: threading.Event | None = None,
    ) -> Iterator[str]:
        """Yield the answer's visible text as it comes; ends early and quietly once `stop_event` is set.

        Control marks in all messages but the system's are neutralised. Raises EndpointError, in the middle
        too; an answer that hit `max_tokens` raises EndpointCut after its last piece.
        """
        hidden = self._hidden(messages)
        restorer = Restorer(hidden.stands_for)
        try:
            for piece in self._ask(hidden.messages, max_tokens, temperature, {}, stop_event or threading.Event()):
                if certain := restorer.feed(piece):
                    yield certain
        except errors.EndpointCut:
            if rest := restorer.finish():
                yield rest
            raise
        if rest := restorer.finish():
            yield rest

    def weigh(
        self, messages: list[Message], words: tuple[str, ...], stop_event: threading.Event | None = None
    ) -> dict[str, float]:
        """How likely each of `words` is as the answer, from 0 to 1 and together 1; all 0 where it says neither.

        An endpoint that does not tell likelihoods gives 1 to the word that it says. Raises EndpointError,
        EndpointCut when stopped.
        """
        stop, first = stop_event or threading.Event(), []

        def watch(chunk: Any) -> None:
            if not first:
                first.extend((chunk.response_metadata.get("logprobs") or {}).get("content") or [])

        said, extra = "", {"logprobs": True, "top_logprobs": 10}
        try:
            for piece in self._ask(self._hidden(messages).messages, 2, 0.0, extra, stop, watch):
                said += piece
        except errors.EndpointCut:  # it would have gone on; the first word is all that is asked
            if not said:
                raise
        if stop.is_set():
            raise errors.EndpointCut("Stopped.")
        return shares(said, first, words)

    def structured(
        self,
        messages: list[Message],
        schema: type[BaseModel],
        max_tokens: int,
        stop_event: threading.Event | None = None,
    ) -> BaseModel:
        """Return one record of `schema`; its shape is certain, its truth is not.

        Asks once more where the answer is no such record, then raises EndpointMalformed. Raises EndpointCut
        when stopped.
        """
        stop = stop_event or threading.Event()
        hidden = self._hidden(messages)
        asked = hidden.messages
        for _ in range(2):
            text = self._whole(asked, schema, max_tokens, stop)
            if stop.is_set():
                raise errors.EndpointCut("Stopped.")
            try:
                return record(restore(text, hidden.stands_for, in_json=True), schema)
            except ValueError:  # ValidationError and JSONDecodeError are both
                # what it said goes back to it as it came, its placeholders not replaced
                answered = Sent(role="assistant", content=text[:2000])
                asked = (*hidden.messages, answered, Sent(role="user", content=REPAIR))
        raise errors.EndpointMalformed(f"{self.endpoint.name} did not answer in the asked form.")

    def _whole(
        self, messages: tuple[Sent, ...], schema: type[BaseModel], max_tokens: int, stop: threading.Event
    ) -> str:
        if not self._schema_refused:
            try:
                return "".join(self._ask(messages, max_tokens, 0.0, response_format(schema), stop))
            except errors.EndpointFailed:
                if not self._schema_refused:
                    raise
        # An endpoint that cannot be bound to a schema is at least told of it.
        told = Sent(role="system", content="Answer with one JSON object of this schema: " + schema_text(schema))
        return "".join(self._ask((told, *messages), max_tokens, 0.0, {}, stop))

    def _hidden(self, messages: list[Message]) -> Hidden:
        if self._redactor is None:
            return Hidden(messages=tuple(Sent(**message) for message in messages), stands_for={})
        return self._redactor.hide(messages)

    def _ask(
        self,
        hidden: tuple[Sent, ...],
        max_tokens: int,
        temperature: float,
        extra: dict,
        stop: threading.Event,
        watch: Callable[[Any], None] = lambda chunk: None,
    ) -> Iterator[str]:
        messages = [_safe(message) for message in hidden]
        self._check_length(messages, max_tokens)
        self.prepare()  # before the clock starts: the first import is not the endpoint's slowness
        options = self._options(max_tokens, temperature, extra)
        deadline = self._clock() + self._limits.total
        low, high = self._limits.backoff
        for tries_left in range(self._limits.retries, -1, -1):
            self._check_breaker()
            attempt = Attempt(
                self.endpoint,
                self._limits,
                lambda line: _watched(self._start(line, messages, options), watch),
                stop,
                deadline,
                self._clock,
            )
            outcome = self._breaker.undecided
            try:
                yield from attempt.pieces()
                if not stop.is_set():
                    outcome = self._breaker.success
                return
            except errors.EndpointError as error:
                early_cut = isinstance(error, errors.EndpointCut) and not attempt.started
                outcome = (
                    self._breaker.failure
                    if early_cut or isinstance(error, UNHEALTHY)
                    else self._breaker.success
                )
                self._schema_refused = self._schema_refused or attempt.schema_refused
                longest = min(self._limits.longest_wait, deadline - self._clock())
                if attempt.started or not tries_left or attempt.wait is None or attempt.wait > longest:
                    raise
            finally:
                outcome()
            if stop.wait(attempt.wait + low + (high - low) * self._chance()):
                return

    def _start(self, line: Line, messages: list[Message], options: dict) -> Iterator[Any]:
        """Open the stream; runs in the attempt's own thread, where the HTTP client's hooks find the line."""
        self._local.line = line
        return self._chat.stream(messages, model=self.endpoint.model or self._only_model(), **options)

    def _options(self, max_tokens: int, temperature: float, extra: dict) -> dict[str, Any]:
        options: dict[str, Any] = {"temperature": temperature}
        # OpenAI takes the new name of the limit, which ChatOpenAI uses; others insist on the old one.
        if self.endpoint.base_url == OPENAI:
            return {**options, "max_tokens": max_tokens, **({"extra_body": extra} if extra else {})}
        return {**options, "extra_body": {"max_tokens": max_tokens, **extra}}

    def _build(self) -> Any:
        import httpx2
        from langchain_openai import ChatOpenAI

        # Its warnings about odd answers quote the answer.
        warnings.filterwarnings("ignore", message="Pydantic serializer warnings")
        limits = self._limits
        http_client = httpx2.Client(
            timeout=httpx2.Timeout(limits.total, connect=limits.connect),
            # A connection of its own for every request: cutting one never touches another, and none is stale.
            limits=httpx2.Limits(max_keepalive_connections=0),
            follow_redirects=False,
            trust_env=self.endpoint.remote,  # no proxy between this program and this computer
            event_hooks={
                "request": [lambda request: self._local.line.on_request(request)],
                "response": [lambda response: self._local.line.on_response(response)],
            },
        )
        return ChatOpenAI(
            model=self.endpoint.model or "default",
            base_url=self.endpoint.base_url,
            api_key=self.endpoint.key.get_secret_value() or "none",
            http_client=http_client,
            openai_proxy=None,
            max_retries=0,
            stream_usage=False,
            use_responses_api=False,
        )

    def _only_model(self) -> str:
        names = [model.id for model in self._chat.root_client.models.list().data]
        if len(names) == 1:
            return names[0]
        some = f" to one of: {', '.join(names[:5])}" if names else ""
        raise errors.EndpointRefused(f"Set COACH_LLM_MODEL{some}. {self.endpoint.name} needs a model's name.")

    def _check_breaker(self) -> None:
        if seconds := self._breaker.wait():
            raise errors.EndpointUnreachable(
                f"{self.endpoint.name} failed several times and is left alone for {seconds:.0f} seconds."
            )

    def _check_length(self, messages: list[Message], max_tokens: int) -> None:
        """Ollama cuts a long prompt silently, so it is measured here; other endpoints say so themselves."""
        length = sum(len(message["content"]) for message in messages) / CHARACTERS_PER_TOKEN
        if self.endpoint.is_ollama and self.endpoint.context and length + max_tokens > self.endpoint.context:
            raise errors.EndpointOverflow(f"This is too long for the model of {self.endpoint.name}.")


def _watched(chunks: Iterator[Any], watch: Callable[[Any], None]) -> Iterator[Any]:
    for chunk in chunks:
        watch(chunk)
        yield chunk


def _safe(message: Sent) -> Message:
    content = message.content if message.role == "system" else neutralise(message.content)
    return {"role": message.role, "content": content}
