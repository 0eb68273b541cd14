"""What a host's own tools may ask: is it alive, can it serve, and how much goes on. Numbers only; no word and no name of anybody.

Answered on the machine and to the set proxies alone, and not to what a proxy passes on: to everybody else these addresses do not exist.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Scope, Send

from coach.accounts.tries import network
from coach.errors import CoachError

PATHS = ("/health", "/ready", "/metrics")
# A request with one of these came from somewhere else.
PASSED_ON = ("x-forwarded-for", "forwarded", "x-real-ip", "via")
TEXT = "text/plain; version=0.0.4; charset=utf-8"
MEANINGS = {
    "pages_open": "Pages of people that are held in memory.",
    "turns_running": "Turns that are being answered.",
    "people_signed_in": "Browsers whose stay is not over.",
    "search_ready": "1 when guidance can be searched.",
    "model_ready": "1 when the language model answers.",
    "waiting_for_model": "Turns that wait for the language model.",
}


class Probes:
    """`signs` gives the gauges of MEANINGS that the program knows, `look` those that need the accounts' file."""

    def __init__(self, proxies: tuple[str, ...], signs: Callable[[], Mapping[str, int]], look: Callable[[], Awaitable[Mapping[str, int]]]) -> None:
        self._proxies = {network(proxy) for proxy in proxies}
        self._signs, self._look = signs, look
        self._answers: Counter[str] = Counter()

    def counted(self, send: Send) -> Send:
        """`send`, with a count of what was answered."""

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._answers[f"{message['status'] // 100}xx"] += 1
            await send(message)

        return counting

    async def answer(self, scope: Scope) -> Response | None:
        """The reply to one of PATHS; None for any other address and for whoever may not ask."""
        if scope["path"] not in PATHS or not self._near(scope):
            return None
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("Only GET is answered here.", 405, {"Allow": "GET, HEAD"})
        if scope["path"] == "/health":
            return PlainTextResponse("ok")
        try:
            gauges = {**self._signs(), **await self._look()}
        except CoachError:  # the accounts' file cannot be read
            return PlainTextResponse("not ready", 503)
        if scope["path"] == "/ready":
            return PlainTextResponse("ready") if gauges["search_ready"] else PlainTextResponse("not ready", 503)
        return Response(self._metrics(gauges), media_type=TEXT)

    def _near(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        return network((scope.get("client") or ("", 0))[0]) in self._proxies and not any(name in headers for name in PASSED_ON)

    def _metrics(self, gauges: Mapping[str, int]) -> str:
        lines = ["# HELP coach_answers_total Requests answered.", "# TYPE coach_answers_total counter"]
        lines += [f'coach_answers_total{{status="{status}"}} {count}' for status, count in sorted(self._answers.items())]
        for name, value in gauges.items():
            lines += [f"# HELP coach_{name} {MEANINGS[name]}", f"# TYPE coach_{name} gauge", f"coach_{name} {value}"]
        return "\n".join(lines) + "\n"
