"""Who may talk to the page of one person: this computer's own browser, once it came through the address in the terminal.

An outer ASGI guard: nothing of Gradio runs for a refused request. Knows no conversation and no user accounts; where people
sign in, gate.py stands in its place and uses the same checks and headers.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.ui.pace import Pace

MINUTE = 60.0
WRONG_TOKENS = 10  # in a minute
STRANGERS = 300  # requests without the cookie in a minute
GUESTS = 6000  # with it: loading the page takes some hundred at once

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; "
    "worker-src 'self' blob:; frame-src 'none'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
# Parts of Gradio that this page does not use.
UNUSED = tuple(
    f"/gradio_api/{name}"
    for name in (
        "api",
        "call",
        "component_server",
        "custom_component",
        "deep_link",
        "dev",
        "file",
        "mcp",
        "monitoring",
        "openapi",
        "process_recording",
        "proxy=",
        "run",
        "stream",
        "upload",
        "vibe",
    )
) + ("/monitoring",)
PLAIN = (
    "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<title>{title}</title><style>:root{{color-scheme:light dark}}body{{font:1.05rem/1.6 system-ui}}"
    "body{{max-width:34rem;margin:18vh auto;padding:0 1.5rem}}</style>{body}"
)
CLOSED = PLAIN.format(
    title="PIP Coach",
    body="<h1>This page is closed</h1><p>Only the browser that opened the address in the terminal can see "
    "your conversations. Please open the newest address it shows.</p>",
)
SHUT = PLAIN.format(
    title="PIP Coach",
    body="<h1>This page is closed for a moment</h1><p>There were too many tries with a wrong address. "
    "Please wait a minute and open the newest address in the terminal again.</p>",
)
AWAY = PLAIN.format(title="New tab", body="")


class Door:
    """One-time start tokens and the cookies they were exchanged for. In memory: a restart closes it."""

    def __init__(
        self,
        port: int,
        on_used: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.cookie = f"pip-coach-{port}"
        self._wrong = Pace(WRONG_TOKENS, WRONG_TOKENS / MINUTE, clock)
        self._token: str | None = None
        self._admitted: set[bytes] = set()
        self._on_used = on_used

    def token(self) -> str:
        """Make a new start token; the one before stops working."""
        self._token = secrets.token_urlsafe(32)
        return self._token

    @property
    def shut(self) -> bool:
        """Whether there were too many wrong tries in the last minute."""
        return self._wrong.empty

    def enter(self, token: str) -> str | None:
        """Exchange the token for a cookie value, once. After too many wrong ones not even the right one opens for a while."""
        if self.shut:
            return None
        if self._token is None or not secrets.compare_digest(token.encode(), self._token.encode()):
            self._wrong.take()
            return None
        self._token = None
        value = secrets.token_urlsafe(32)
        self._admitted.add(_digest(value))
        self._on_used()
        return value

    def admits(self, cookie_header: str) -> bool:
        """Tell whether the request carries a cookie that was handed out here."""
        try:
            morsel = SimpleCookie(cookie_header).get(self.cookie)
        except CookieError:
            return False
        return morsel is not None and _digest(morsel.value) in self._admitted


class Guard:
    """Refuse foreign hosts, origins and browsers, and a flood; add the safe headers to every answer."""

    def __init__(
        self, app: ASGIApp, *, port: int, door: Door, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.app = app
        self.door = door
        self._strangers = Pace(STRANGERS, STRANGERS / MINUTE, clock)
        self._guests = Pace(GUESTS, GUESTS / MINUTE, clock)
        self.hosts = {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
        self.origins = {f"http://{host}" for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = refused(scope, self.hosts, self.origins) or self._answer(scope)
        await (answer or self.app)(scope, receive, hardened(send))

    def _answer(self, scope: Scope) -> Response | None:
        path, headers = scope["path"], Headers(scope=scope)
        if path == "/away":
            return HTMLResponse(AWAY)
        known = self.door.admits(headers.get("cookie", ""))
        if not (self._guests if known else self._strangers).take():
            return PlainTextResponse(
                "Too many requests. Wait a moment and try again.", 429, {"Retry-After": "5"}
            )
        # another site's page may not use up the tries
        if path == "/start" and scope["method"] == "GET" and not known and not elsewhere(headers):
            token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
            if value := self.door.enter(token):
                response = RedirectResponse("/", 303)
                response.set_cookie(self.door.cookie, value, httponly=True, samesite="strict", path="/")
                return response
            if self.door.shut:
                return HTMLResponse(SHUT, 429)
        if path == "/start" and known:
            return RedirectResponse("/", 303)
        if not known:
            return HTMLResponse(CLOSED, 403)
        if path.startswith(UNUSED):
            return PlainTextResponse("Not found.", 404)
        return None


def refused(scope: Scope, hosts: set[str], origins: set[str]) -> Response | None:
    """The answer to a request under a foreign name, or from another site's page; None where it may go on."""
    headers = Headers(scope=scope)
    if headers.get("host", "").lower() not in hosts or len(headers.getlist("host")) != 1:
        return PlainTextResponse("This address is not served here.", 400)
    if any(origin.lower() not in origins for origin in headers.getlist("origin")):
        return PlainTextResponse("Requests from other pages are refused.", 403)
    opened = scope["method"] in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
    if elsewhere(headers) and not opened:
        return PlainTextResponse("Requests from other pages are refused.", 403)
    return None


def elsewhere(headers: Headers) -> bool:
    """Whether the browser says that another site began this request."""
    return headers.get("sec-fetch-site") in ("cross-site", "same-site")


def hardened(send: Send, more: Mapping[str, str] | None = None) -> Send:
    """The same way back, with the safe headers on every answer."""

    async def send_hardened(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name in [name for name in headers if name.lower().startswith("access-control-")]:
                del headers[name]
            for name, value in {**HEADERS, **(more or {})}.items():
                headers[name] = value
        await send(message)

    return send_hardened


def _digest(value: str) -> bytes:
    return hashlib.sha256(value.encode()).digest()
