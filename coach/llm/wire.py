"""The HTTP line to an endpoint: what goes along, how much may come back, cutting it from another thread.

Knows nothing about prompts or retries. A line is one request; it carries no state over to the next.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from coach.errors import EndpointMalformed, EndpointRefused

if TYPE_CHECKING:
    import httpx2

DONE_MARKS = (b"\ndata: [DONE]", b"\ndata:[DONE]")
# The library reports system, versions and account names from the environment; none of it is needed.
UNWANTED_HEADERS = ("openai-organization", "openai-project")
UNWANTED_PREFIX = "x-stainless-"


class Limits(BaseModel):
    """All waiting limits in seconds, all sizes in bytes. One record, so that tests can shrink it."""

    model_config = ConfigDict(frozen=True)

    connect: float = 3
    first_token_local: float = 60
    first_token_remote: float = 20
    stall: float = 20
    total: float = 180
    retries: int = 2
    longest_wait: float = 30
    backoff: tuple[float, float] = (0.2, 2)
    line_bytes: int = 1_000_000
    answer_bytes: int = 16_000_000


class Line:
    """One request and its answer. `cut` works from any thread, at any time, also while connecting."""

    def __init__(self, host: str, has_key: bool, limits: Limits) -> None:
        self._host, self._has_key, self._limits = host, has_key, limits
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.is_cut = False
        self.saw_done = False

    def cut(self) -> None:
        """Close the connection now, so that the server stops generating. Harmless when repeated."""
        with self._lock:
            self.is_cut = True
            self._shut()

    def on_request(self, request: "httpx2.Request") -> None:
        """Strip what is nobody's business and watch the connection being made."""
        request.extensions = {**request.extensions, "trace": self._trace}
        for name in list(request.headers):
            if name.lower() in UNWANTED_HEADERS or name.lower().startswith(UNWANTED_PREFIX):
                del request.headers[name]
        request.headers["user-agent"] = "pip-coach"
        if not self._has_key:
            request.headers.pop("authorization", None)

    def on_response(self, response: "httpx2.Response") -> None:
        """Refuse redirects and web pages, and count what comes in."""
        if 300 <= response.status_code < 400:
            raise EndpointRefused(
                f"{self._host} wants to send your text on to another address, so nothing more was sent. "
                "Check the address in the settings."
            )
        if response.is_success and "html" in response.headers.get("content-type", "").lower():
            raise self._web_page()
        response.stream = self._counted(response.stream)

    def _counted(self, stream: Any) -> Any:
        import httpx2

        line = self

        class Counted(httpx2.SyncByteStream):
            def __iter__(self) -> Iterator[bytes]:
                return line._checked(iter(stream))

            def close(self) -> None:
                stream.close()

        return Counted()

    def _checked(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        total = unbroken = 0
        tail = b"\n"
        for block in blocks:
            if total == 0 and block.lstrip().startswith(b"<"):
                raise self._web_page()
            total += len(block)
            newline = block.rfind(b"\n")
            unbroken = unbroken + len(block) if newline < 0 else len(block) - newline - 1
            if unbroken > self._limits.line_bytes or total > self._limits.answer_bytes:
                raise EndpointMalformed(f"{self._host} sent far too much for one answer, so it was stopped.")
            tail = tail[-20:] + block
            self.saw_done = self.saw_done or any(mark in tail for mark in DONE_MARKS)
            yield block

    def _web_page(self) -> EndpointMalformed:
        return EndpointMalformed(
            f"{self._host} answered with a web page, perhaps a login page, and not as a language model. "
            "Check the address in the settings."
        )

    def _trace(self, name: str, info: dict[str, Any]) -> None:
        if name.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
                if self.is_cut:
                    self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            # Closing would not wake a thread that reads; shutting down does. The plain method for TLS too,
            # whose own one takes the encryption away under the reader's feet.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
