"""The outer ASGI guard where people sign in: who is nobody gets the sign-in page, and everybody else their own room and no other.

Nothing of Gradio runs for a request that is refused. Knows no conversation; passwords and stays are coach/accounts and coach/store.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any

import anyio
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.accounts.sign_in import Entered, SignIn
from coach.accounts.tries import network
from coach.errors import CoachError, PageFull
from coach.schema.accounts import Visit
from coach.store.accounts import Accounts, key_of
from coach.store.visits import Visits
from coach.ui import sign_in_page
from coach.ui.cookies import Cookie
from coach.ui.forms import Form, read_form
from coach.ui.guard import AWAY, GUESTS, MINUTE, STRANGERS, UNUSED, hardened, refused
from coach.ui.guarded import BROKEN
from coach.ui.pace import Pace
from coach.ui.ports import Shared
from coach.ui.probes import Probes
from coach.ui.proxy import Proxy
from coach.ui.rooms import Rooms

TIDY = 15.0  # seconds between two looks at who is gone
LOOKERS, DOORS = 4, 2  # threads: looking up a stay waits neither for people's turns nor for passwords
LONGEST_EVENT = 1_000_000  # bytes of one message to Gradio
MOST_PACES = 10_000
AGAIN = b"in"  # behind the address, once a cookie was given
SIGNED_OUT = "You are signed out."
# Gradio looks for what is to be cancelled by name among the tasks of all pages, so that one person could end another's answer.
SHUT = (*UNUSED, "/gradio_api/cancel")
TURN = "/gradio_api/queue/data"  # open while a turn is being answered
# A page that only stands open asks these by itself: no sign that the person is there.
WAITING = ("/gradio_api/heartbeat", TURN, "/plan/pulse")
# A form's own page must tell its origin, or the browser says "null" when it is sent.
FORM_HEADERS = {"Referrer-Policy": "same-origin"}

logger = logging.getLogger(__name__)


class Gate:
    """Checks host, origin, pace and cookie, then hands on to the room of the person."""

    def __init__(
        self, rooms: Rooms, accounts: Accounts, visits: Visits, sign_in: SignIn, shared: Shared, *, port: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.rooms = rooms
        self._accounts, self._visits, self._sign_in = accounts, visits, sign_in
        self._proxy, self._clock = Proxy(hosting := shared.settings.hosting), clock
        self._probes = Probes(hosting.proxies, shared.signs, self._look)
        self.cookie = Cookie(hosting.secure, port)
        self.hosts, self.origins = hosting.hosts(port), hosting.origins(port)
        self._paces: OrderedDict[tuple[str, str], Pace] = OrderedDict()
        self._lookers, self._doors = anyio.CapacityLimiter(LOOKERS), anyio.CapacityLimiter(DOORS)
        self.turns = 0  # that are being answered
        self.loop: asyncio.AbstractEventLoop | None = None
        self._headers = {"Strict-Transport-Security": "max-age=31536000"} if hosting.secure else {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            more = {**self._headers, **(FORM_HEADERS if scope["path"] in ("/signin", "/signout") else {})}
            send = self._probes.counted(hardened(send, more))
            answer = await self._probes.answer(scope) or refused(scope, self.hosts, self.origins) or await self._answer(scope, receive)
            await answer(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _answer(self, scope: Scope, receive: Receive) -> ASGIApp:
        path, headers = scope["path"], Headers(scope=scope)
        if path == "/away":
            return HTMLResponse(AWAY)
        secret = self.cookie.read(headers.get("cookie", ""))
        try:
            visit = await self._do(self._visits.find, secret, active=not path.startswith(WAITING)) if secret else None
        except CoachError as error:
            return PlainTextResponse(str(error), 503)
        named = self._proxy.person(scope)
        if self._proxy.header and visit and (named is None or key_of(named) != key_of(visit.name)):
            visit = None  # another person sits there now, or nobody
        who, most = (("person", visit.person), GUESTS) if visit else (("address", network(self._proxy.address(scope))), STRANGERS)
        if not self._pace(who, most).take():
            return PlainTextResponse("Too many requests. Wait a moment and try again.", 429, {"Retry-After": "5"})
        if path == "/signin":
            return self._elsewhere(scope, visit) if self._proxy.header else await self._enter(scope, receive, secret, visit)
        if path == "/signout":
            return await self._leave(scope, secret, visit)
        if visit is None and self._proxy.header and path == "/" and scope["method"] in ("GET", "HEAD"):
            return await self._let_in(scope, named, secret)
        if visit is None:
            return self._nobody(scope, had=secret is not None)
        if path.startswith(SHUT) or path == "/start":
            return PlainTextResponse("Not found.", 404)
        if path.startswith("/gradio_api") and scope["method"] not in ("GET", "HEAD") and not _short(headers):
            return PlainTextResponse("That is more than can be taken at once.", 413)
        return partial(self._inside, visit)

    def _nobody(self, scope: Scope, *, had: bool) -> Response:
        if scope["path"] == "/" and scope["method"] in ("GET", "HEAD"):
            return RedirectResponse("/signin?ended" if had else "/signin", 303)
        return PlainTextResponse(SIGNED_OUT, 401)

    async def _enter(self, scope: Scope, receive: Receive, secret: str | None, visit: Visit | None) -> Response:
        if scope["method"] in ("GET", "HEAD"):
            if visit:
                return RedirectResponse("/", 303)
            said = {b"left": sign_in_page.LEFT, b"ended": sign_in_page.ENDED}.get(scope["query_string"], "")
            return HTMLResponse(sign_in_page.page(said))
        if scope["method"] != "POST" or not Headers(scope=scope).get("origin"):
            return PlainTextResponse("Requests from other pages are refused.", 403)
        form: Form | None = await read_form(scope, receive)
        if form is None:
            return HTMLResponse(sign_in_page.page(sign_in_page.ODD, fault=True), 400)
        try:
            enter = partial(self._sign_in.enter, form.name, form.password, self._proxy.address(scope), secret)
            found = await anyio.to_thread.run_sync(enter, limiter=self._doors)
        except CoachError as error:
            return HTMLResponse(sign_in_page.page(str(error), form.name, fault=True), 503)
        if isinstance(found, Entered):
            if visit:
                self.rooms.leave(visit.digest)
            response = RedirectResponse("/", 303)
            self.cookie.give(response, found.secret)
            return response
        if found.wait:
            return HTMLResponse(sign_in_page.page(sign_in_page.many(found.wait), form.name, fault=True), 429, {"Retry-After": str(int(found.wait) + 1)})
        return HTMLResponse(sign_in_page.page(sign_in_page.WRONG, form.name, fault=True), 403)

    def _elsewhere(self, scope: Scope, visit: Visit | None) -> Response:
        """The address of the form, where people sign in at the proxy."""
        if visit:
            return RedirectResponse("/", 303)
        said = {b"left": sign_in_page.LEFT, b"ended": sign_in_page.ENDED}.get(scope["query_string"], "")
        return HTMLResponse(sign_in_page.page(said, form=False))

    async def _let_in(self, scope: Scope, named: str | None, secret: str | None) -> Response:
        if named is None:
            return HTMLResponse(sign_in_page.page(sign_in_page.NOBODY, fault=True, form=False), 403)
        if scope["query_string"] == AGAIN and secret is None:  # the cookie of a moment ago did not come back
            return HTMLResponse(sign_in_page.page(sign_in_page.NO_COOKIE, fault=True, form=False), 403)
        try:
            found = await anyio.to_thread.run_sync(partial(self._sign_in.let_in, named, secret), limiter=self._doors)
        except CoachError as error:
            return HTMLResponse(sign_in_page.page(str(error), fault=True, form=False), 503)
        if not isinstance(found, Entered):
            return HTMLResponse(sign_in_page.page(sign_in_page.NOBODY, fault=True, form=False), 403)
        response = RedirectResponse(f"/?{AGAIN.decode()}", 303)
        self.cookie.give(response, found.secret)
        return response

    async def _leave(self, scope: Scope, secret: str | None, visit: Visit | None) -> Response:
        if scope["method"] != "POST" or not Headers(scope=scope).get("origin"):
            return PlainTextResponse("Requests from other pages are refused.", 403)
        if secret:
            await self._do(self._visits.end, secret)
        if visit:
            self.rooms.leave(visit.digest)
        response = RedirectResponse("/signin?left", 303)
        self.cookie.take(response)
        return response

    async def _inside(self, visit: Visit, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the room answer, in a task that ends with the stay."""
        began = False

        async def watched(message: Message) -> None:
            nonlocal began
            began = began or message["type"] == "http.response.start"
            await send(message)

        task = asyncio.create_task(self._in_room(visit, self._proxy.own(scope), receive, watched))
        turn = scope["path"].startswith(TURN)
        self.turns += turn
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()
            self.turns -= turn
        if not task.cancelled() and task.exception() is None:
            return
        if not task.cancelled():  # such as a stream under a name that nobody gave; no word of anybody is printed
            logger.error("A request failed: %s", type(task.exception()).__name__)
        if began:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        else:
            await (PlainTextResponse(SIGNED_OUT, 401) if task.cancelled() else PlainTextResponse(BROKEN, 500))(scope, receive, send)

    async def _in_room(self, visit: Visit, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with self.rooms.visiting(visit) as room:
                await room.app(scope, receive, send)
        except PageFull:
            await HTMLResponse(sign_in_page.page(sign_in_page.BUSY, fault=True), 503, {"Retry-After": "120"})(scope, receive, send)
        except CoachError as error:  # the store of this person cannot be opened
            await PlainTextResponse(str(error), 503)(scope, receive, send)

    def _pace(self, who: tuple[str, str], most: int) -> Pace:
        pace = self._paces.pop(who, None) or Pace(most, most / MINUTE, self._clock)
        self._paces[who] = pace
        if len(self._paces) > MOST_PACES:
            self._paces.popitem(last=False)
        return pace

    async def _do(self, work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return await anyio.to_thread.run_sync(partial(work, *given, **named), limiter=self._lookers)

    async def _look(self) -> dict[str, int]:
        return {"pages_open": len(self.rooms), "turns_running": self.turns, "people_signed_in": await self._do(self._visits.count)}

    async def tidy(self) -> None:
        """Cut off who is no longer signed in, close what nobody uses."""
        await self.rooms.tidy(await self._do(self._visits.alive), self._accounts.exists)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()

        async def tidy() -> None:
            while True:
                await asyncio.sleep(TIDY)
                try:
                    await self.tidy()
                except Exception as error:  # noqa: BLE001  this must go on; no word of anybody is printed
                    logger.error("Tidying up failed: %s", type(error).__name__)

        self.loop = asyncio.get_running_loop()
        tidying = asyncio.create_task(tidy())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        tidying.cancel()
        await self.rooms.close_all()
        await send({"type": "lifespan.shutdown.complete"})


def _short(headers: Headers) -> bool:
    said = headers.get("content-length", "")
    return said.isdecimal() and int(said) <= LONGEST_EVENT


