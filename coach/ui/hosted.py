"""The server where people sign in: opens the accounts, furnishes rooms, and serves the gate in front of them."""

import contextlib
import shutil
import time
from collections.abc import AsyncIterator, Callable

from fastapi import FastAPI

from coach.accounts.passwords import Passwords
from coach.accounts.sign_in import SignIn
from coach.accounts.sign_in import Tries as AnyTries
from coach.accounts.tries import Tries
from coach.store.accounts import Accounts
from coach.store.visits import Visits
from coach.ui.gate import Gate
from coach.ui.page import build_ui
from coach.ui.ports import Built, Shared
from coach.ui.private import prepare
from coach.ui.rooms import Rooms
from coach.ui.server import listen, mounted, run

EACH_THREADS = 8  # of one person at once, so that nobody uses up everybody's
LOOK = 0.02  # seconds between two looks of a page at its queue; Gradio's own 0.001 would cost each room half a percent of a core
PROGRESS = 5.0  # the same for progress bars, of which this page has none


def room(built: Built, port: int) -> FastAPI:
    """One person's whole page, which ends with all it began."""
    page = build_ui(built)
    page.max_threads = EACH_THREADS
    page._queue.sleep_when_free, page._queue.progress_update_sleep_when_free = LOOK, PROGRESS
    app = mounted(page, port=port, hosted=True)
    within = app.router.lifespan_context

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator:
        async with within(app) as state:
            try:
                yield state
            finally:
                page.close(verbose=False)

    app.router.lifespan_context = lifespan
    return app


def serve(
    shared: Shared, accounts: Accounts, *, port: int, passwords: Passwords | None = None, tries: AnyTries | None = None,
    clear: Callable[[str], None] | None = None, clock: Callable[[], float] = time.monotonic,
) -> Gate:
    """The finished ASGI application: the gate, and a room for each person who comes. Without `tries` they are counted in memory."""  # fmt: skip
    settings = shared.settings
    visits = Visits(accounts)
    clear = clear or (lambda person: shutil.rmtree(settings.locations.people / person, ignore_errors=True))
    rooms = Rooms(shared.person, lambda built: room(built, port), clear, clock=clock)
    sign_in = SignIn(accounts, visits, passwords or Passwords(), tries or Tries(clock))
    return Gate(rooms, accounts, visits, sign_in, shared, port=port, clock=clock)


def launch(shared: Shared, *, say: Callable[[str], None] = print) -> None:
    """Serve until interrupted. Takes the port that is set and no other: a proxy looks for it there."""
    settings, people = shared.settings, shared.people
    prepare(settings)
    listener, port = listen(settings, tries=0)
    try:
        if settings.hosting.header is None and not people.accounts.all():
            say("Nobody can sign in yet. Add somebody with: python -m coach account add NAME")
        say(f"PIP Coach is ready for people to sign in at {settings.hosting.origin or f'http://127.0.0.1:{port}'}. Ctrl+C ends it.")
        gate = serve(shared, people.accounts, port=port, tries=people.tries, clear=people.clear)
        run(gate, listener, lambda: gate.turns > 0)
    finally:
        listener.close()
