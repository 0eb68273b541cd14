"""Who may talk to the page: this computer's own browser, once it came through the address in the terminal.

An outer ASGI guard: nothing of Gradio runs for a refused request. Knows no conversation and no user accounts.
"""

import hashlib
import secrets
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
_UNUSED = tuple(
    f"/gradio_api/{name}"
    for name in (
        "api",
        "call",
        "deep_link",
        "mcp",
        "monitoring",
        "openapi",
        "proxy=",
        "run",
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
AWAY = PLAIN.format(title="New tab", body="")


class Door:
    """One-time start tokens and the cookies they were exchanged for. In memory: a restart closes it."""

    def __init__(self, port: int, on_used: Callable[[], None] = lambda: None) -> None:
        self.cookie = f"pip-coach-{port}"
        self._token: str | None = None
        self._admitted: set[bytes] = set()
        self._on_used = on_used

    def token(self) -> str:
        """Make a new start token; the one before stops working."""
        self._token = secrets.token_urlsafe(32)
        return self._token

    def enter(self, token: str) -> str | None:
        """Exchange the token for a cookie value, once."""
        if self._token is None or not secrets.compare_digest(token.encode(), self._token.encode()):
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
    """Refuse foreign hosts, origins and browsers; add the safe headers to every answer."""

    def __init__(self, app: ASGIApp, *, port: int, door: Door) -> None:
        self.app = app
        self.door = door
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
        answer = self._refuse(scope) or self._answer(scope)
        await (answer or self.app)(scope, receive, _hardened(send))

    def _refuse(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self.hosts or len(headers.getlist("host")) != 1:
            return PlainTextResponse("This address is not served here.", 400)
        if any(origin.lower() not in self.origins for origin in headers.getlist("origin")):
            return PlainTextResponse("Requests from other pages are refused.", 403)
        foreign = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        opened = scope["method"] in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
        if foreign and not opened:
            return PlainTextResponse("Requests from other pages are refused.", 403)
        return None

    def _answer(self, scope: Scope) -> Response | None:
        path, headers = scope["path"], Headers(scope=scope)
        if path == "/away":
            return HTMLResponse(AWAY)
        if path == "/start" and scope["method"] == "GET":
            token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
            if value := self.door.enter(token):
                response = RedirectResponse("/", 303)
                response.set_cookie(self.door.cookie, value, httponly=True, samesite="strict", path="/")
                return response
        if path == "/start" and self.door.admits(headers.get("cookie", "")):
            return RedirectResponse("/", 303)
        if not self.door.admits(headers.get("cookie", "")):
            return HTMLResponse(CLOSED, 403)
        if path.startswith(_UNUSED):
            return PlainTextResponse("Not found.", 404)
        return None


def _hardened(send: Send) -> Send:
    async def send_hardened(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name in [name for name in headers if name.lower().startswith("access-control-")]:
                del headers[name]
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return send_hardened


def _digest(value: str) -> bytes:
    return hashlib.sha256(value.encode()).digest()
