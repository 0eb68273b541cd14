"""Our own web server around the page: loopback only, behind the guard, nothing of Gradio that records."""

import asyncio
import contextlib
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from coach.errors import SettingsError
from coach.settings import Settings
from coach.ui.guard import Door, Guard
from coach.ui.page import look

PORTS_TRIED = 20
FINISH = 30.0


def serve(page: gr.Blocks, *, port: int, door: Door) -> Guard:
    """The finished ASGI application: guard, then our FastAPI, then the page."""
    return Guard(mounted(page, port=port), port=port, door=door)


def mounted(page: gr.Blocks, *, port: int, hosted: bool = False) -> FastAPI:
    """Our FastAPI with the page in it, not guarded yet."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    for router in page.routers:
        app.include_router(router)
    return gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name="127.0.0.1",
        server_port=port,
        show_error=False,
        max_file_size="1mb",
        allowed_paths=[],
        blocked_paths=[],
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        run_history=False,
        footer_links=[],
        app_kwargs={"openapi_url": None, "docs_url": None, "redoc_url": None},
        **look(hosted=hosted),
    )


def launch(
    page: gr.Blocks,
    settings: Settings,
    *,
    say: Callable[[str], None] = print,
    browse: Callable[[str], object] = webbrowser.open,
) -> None:
    """Serve until interrupted; opens the browser at the one-time address."""
    listener, port = listen(settings)
    if port != settings.port:
        say(f"Port {settings.port} is busy, so the page is at port {port}.")

    def address() -> str:
        return f"http://{_in_address(settings.host)}:{port}/start?token={door.token()}"

    door = Door(port, on_used=lambda: say(f"For another browser on this computer: {address()}"))
    start = address()
    say(f"PIP Coach is ready: {start}\nIt runs while this window is open. Ctrl+C ends it.")
    if settings.open_browser:
        threading.Timer(0.5, browse, [start]).start()
    run(serve(page, port=port, door=door), listener)


class Patient(uvicorn.Server):
    """Once it is told to end, takes nobody new and first waits, up to `FINISH` seconds, until `at_work` says that all is done."""

    def __init__(self, config: uvicorn.Config, at_work: Callable[[], bool]) -> None:
        super().__init__(config)
        self._at_work = at_work

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn."""
        for listener in self.servers:
            listener.close()
        for one in sockets or []:
            one.close()
        until = time.monotonic() + FINISH
        while self._at_work() and not self.force_exit and time.monotonic() < until:
            await asyncio.sleep(0.05)
        await super().shutdown(sockets)


def run(app: ASGIApp, listener: socket.socket, at_work: Callable[[], bool] = lambda: False) -> None:
    """Serve until interrupted. Being ended closes store and model, like Ctrl+C; a second Ctrl+C does not wait for `at_work`."""
    config = uvicorn.Config(
        app, log_level="error", access_log=False, server_header=False, proxy_headers=False, timeout_graceful_shutdown=3
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        Patient(config, at_work).run(sockets=[listener])


def listen(settings: Settings, tries: int = PORTS_TRIED) -> tuple[socket.socket, int]:
    """Take the port that is set, or the next free one of `tries`."""
    family = socket.AF_INET6 if settings.host == "::1" else socket.AF_INET
    for port in range(settings.port, settings.port + tries + 1):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, port))
            listener.listen()  # only now is the port ours: two sockets may both be bound
        except (OSError, OverflowError):
            listener.close()
            continue
        return listener, port
    if not tries:
        raise SettingsError(f"COACH_PORT: {settings.host} port {settings.port} is in use or cannot be taken. End the other program, or set another one.")
    raise SettingsError(f"COACH_PORT: ports {settings.port} to {settings.port + tries} are all in use.")


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
