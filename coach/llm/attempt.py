"""One request to an endpoint, from the connection to the last word. No retries, no breaker.

The library runs in a thread of its own, so that the caller never waits longer than it wants to, whatever
the network does.
"""

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

from coach.errors import EndpointError, EndpointTimeout
from coach.llm import faults
from coach.llm.answer import Answer
from coach.llm.endpoint import Endpoint
from coach.llm.wire import Limits, Line

POLL_SECONDS = 0.05
_END = object()

Start = Callable[[Line], Iterator[Any]]


class Attempt:
    """Iterate `pieces` once; after an EndpointError, `wait` says whether to ask again (see faults.Fault).

    `start` opens the stream of LangChain chunks over the given line; `deadline` is on `clock`.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        limits: Limits,
        start: Start,
        stop: threading.Event,
        deadline: float,
        clock: Callable[[], float],
    ) -> None:
        self._endpoint, self._limits, self._start = endpoint, limits, start
        self._stop, self._deadline, self._clock = stop, deadline, clock
        self.started = False
        self.wait: float | None = None
        self.schema_refused = False

    def pieces(self) -> Iterator[str]:
        """Yield visible text; leaving the iterator closes the connection."""
        line = Line(self._endpoint.name, bool(self._endpoint.key.get_secret_value()), self._limits)
        arrived: queue.SimpleQueue = queue.SimpleQueue()
        threading.Thread(target=self._produce, args=(line, arrived), name="model-answer", daemon=True).start()
        answer = Answer(self._endpoint.name)
        try:
            for chunk in self._arrivals(arrived):
                if visible := answer.feed(chunk):
                    self.started = True
                    yield visible
            if self._stop.is_set():
                return
            if rest := answer.finish(line.saw_done):
                self.started = True
                yield rest
            answer.check_end()
        finally:
            line.cut()

    def _arrivals(self, arrived: queue.SimpleQueue) -> Iterator[Any]:
        """Chunks until the end, the stop event or a limit."""
        name, chunks = self._endpoint.name, 0
        patience = (
            self._limits.first_token_remote if self._endpoint.remote else self._limits.first_token_local
        )
        heard = self._clock()
        while not self._stop.is_set():
            try:
                item = arrived.get(timeout=POLL_SECONDS)
            except queue.Empty:
                item = None
            now = self._clock()
            if item is _END:
                return
            if isinstance(item, BaseException):
                raise self._explained(item) from None  # the cause may quote prompt or key
            if now > self._deadline:
                raise EndpointTimeout(f"{name} took too long, so it was stopped.")
            if item is not None:
                heard, chunks = now, chunks + 1
                # The first chunk may be a mere greeting, sent before the prompt is read.
                if chunks > 1 or item.content:
                    patience = self._limits.stall
                yield item
            elif now - heard > patience:
                late = (
                    "stopped in the middle of the answer"
                    if self.started
                    else "did not start to answer in time"
                )
                raise EndpointTimeout(f"{name} {late}.")

    def _explained(self, error: BaseException) -> EndpointError:
        fault = faults.explain(error, self._endpoint)
        self.wait, self.schema_refused = fault.wait, fault.schema_refused
        return fault.error

    def _produce(self, line: Line, arrived: queue.SimpleQueue) -> None:
        try:
            for chunk in self._start(line):
                if line.is_cut:
                    return
                arrived.put(chunk)
            arrived.put(_END)
        except BaseException as error:  # noqa: BLE001 - handed over, not swallowed
            arrived.put(error)
