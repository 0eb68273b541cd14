"""A real server with the scripted coach, and a real Chromium. Without Chromium they are left out, aloud."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

expect.set_options(timeout=30_000)  # ms: a busy machine is no fault of the page

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = os.environ.get("COACH_TEST_CHROMIUM") or next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)


def pytest_collection_modifyitems(items):
    here = [item for item in items if Path(item.path).parent == Path(__file__).parent]
    for item in here:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.enable_socket)
        if CHROMIUM is None and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


class Server:
    """One process; `restart` keeps the folder."""

    def __init__(self, folder: Path, pause: float = 0.25) -> None:
        self.folder, self.pause = folder, pause
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.home = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.ui.fakes", str(self.folder), str(self.port), str(self.pause)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().split()[-1]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    made = Server(tmp_path_factory.mktemp("coach"))
    yield made
    made.stop()


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def admitted(chromium, server):
    """The browser's state after the start address was opened and the first note was read."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(server.address)
    page.click("[name=dismiss]", timeout=30_000)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def visit(chromium, server, admitted):
    """Open the page: visit(width=390, scheme="dark"). Collects requests and errors on the page object."""
    contexts = []

    def open_page(width=1280, height=800, scheme="light", query="?c=new", context=None):
        if context is None:
            context = chromium.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, storage_state=admitted
            )
            context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.home)
            contexts.append(context)
        page = context.new_page()
        page.requested, page.faults = [], []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(f"{server.home}/{query}")
        page.wait_for_selector("#log article", timeout=30_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
