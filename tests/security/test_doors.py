"""Nobody gets in: every address of the running page against strangers, guests, floods and wrong tokens."""

import subprocess
import sys

import pytest
from starlette.testclient import TestClient

from coach import settings as settings_module
from coach.errors import SettingsError
from coach.ui import guard
from coach.ui.guard import WRONG_TOKENS, Door
from coach.ui.page import build_ui
from coach.ui.server import serve
from tests.security.running import ROOT, environment
from tests.ui import fakes

PORT = 7860
HOME = f"http://127.0.0.1:{PORT}"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    made = fakes.built(fakes.settings_for(tmp_path_factory.mktemp("doors")))
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def app(made):
    return serve(build_ui(made), port=PORT, door=Door(PORT))


@pytest.fixture
def clock(app):
    """Every limit fresh, on a clock that stands still."""
    clock = Clock()
    app.__init__(app.app, port=PORT, door=Door(PORT, clock=clock), clock=clock)
    return clock


@pytest.fixture
def stranger(app, clock):
    return TestClient(app, base_url=HOME, follow_redirects=False)


@pytest.fixture
def guest(app, stranger):
    assert stranger.get(f"/start?token={app.door.token()}").status_code == 303
    return stranger


def addresses(app) -> list[tuple[str, str]]:
    """Every method and path that the whole page serves, Gradio's own included."""
    found = []

    def walk(routes, before):
        for route in routes:
            path = before + getattr(route, "path", "")
            if getattr(route, "methods", None):
                found.extend((method, path) for method in route.methods)
            walk(getattr(route, "routes", None) or [], path.rstrip("/"))
            if inner := getattr(route, "original_router", None):  # how FastAPI keeps a router that was included
                walk(inner.routes, before + (getattr(route.include_context, "prefix", "") or ""))

    walk(app.app.routes, "")
    return sorted({(method, "/" + path.lstrip("/")) for method, path in found})


def filled(path: str) -> str:
    """A path with something in place of its parameters."""
    parts = path.split("{")
    return parts[0] + "".join("x" + part.split("}", 1)[1] for part in parts[1:])


def test_every_address_refuses_strangers(app, stranger, clock):
    listed = addresses(app)
    assert len(listed) > 40 and ("POST", "/plan/act") in listed and any(path.startswith("/gradio_api/queue") for _, path in listed)
    for method, path in listed:
        clock.now += 60
        for headers in ({}, {"origin": "https://evil.example"}, {"origin": "null"}, {"host": "rebind.example"}):
            answer = stranger.request(method, filled(path), headers=headers)
            assert answer.status_code in (400, 403), (method, path, headers, answer.status_code)
            assert "access-control-allow-origin" not in answer.headers


def test_every_address_refuses_another_sites_page_even_for_a_guest(app, guest, clock):
    for method, path in addresses(app):
        clock.now += 60
        for headers in ({"origin": "https://evil.example"}, {"origin": "null"}):
            assert guest.request(method, filled(path), headers=headers).status_code == 403, (method, path)
        if method not in ("GET", "HEAD"):
            assert guest.request(method, filled(path), headers={"sec-fetch-site": "cross-site"}).status_code == 403, (method, path)


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd", "..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/etc/passwd", "C:/Windows/win.ini", "http://192.0.2.1/x", "file:///etc/passwd",
        "//192.0.2.1/share", "/proc/self/environ",
    ],
)  # fmt: skip
def test_no_file_of_this_computer_can_be_fetched(guest, made, path):
    for address in (f"/gradio_api/file={path}", f"/gradio_api/file/{path}", f"/file={path}", f"/gradio_api/proxy={path}"):
        assert guest.get(address).status_code in (400, 403, 404), address
    for own in (made.settings.locations.database, made.settings.locations.uploads / "x", ROOT / "knowledge" / "binder.yaml", ROOT / "app.py"):
        assert guest.get(f"/gradio_api/file={own}").status_code in (403, 404), own


def test_wrong_tokens_close_the_door_for_a_while(app, stranger, clock):
    right = app.door.token()
    said = [stranger.get(f"/start?token=wrong-{n}").status_code for n in range(300)]
    assert said[: WRONG_TOKENS - 1] == [403] * (WRONG_TOKENS - 1) and set(said[WRONG_TOKENS:]) == {429}
    assert stranger.get(f"/start?token={right}").status_code == 429
    clock.now += 60
    assert stranger.get(f"/start?token={right}").status_code == 303


def test_another_sites_page_cannot_use_up_the_tries(app, stranger):
    right = app.door.token()
    visit = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert {stranger.get(f"/start?token=wrong-{n}", headers=visit).status_code for n in range(50)} == {403}
    assert stranger.get(f"/start?token={right}").status_code == 303


def test_a_closed_door_does_not_throw_out_who_is_in(app, guest):
    for n in range(50):
        TestClient(app, base_url=HOME, follow_redirects=False).get(f"/start?token=wrong-{n}")
    assert guest.get("/plan/view").status_code == 200


def test_a_flood_is_slowed_and_does_not_reach_the_page(app, clock, monkeypatch):
    monkeypatch.setattr(guard, "STRANGERS", 30)
    monkeypatch.setattr(guard, "GUESTS", 60)
    app.__init__(app.app, port=PORT, door=Door(PORT, clock=clock), clock=clock)
    guest, others = (TestClient(app, base_url=HOME, follow_redirects=False) for _ in range(2))
    guest.get(f"/start?token={app.door.token()}")
    assert [others.get("/").status_code for _ in range(40)][-1] == 429
    assert guest.get("/plan/view").status_code == 200, "strangers do not use up what the person has"
    for _ in range(60):
        last = guest.get("/missing")
    assert last.status_code == 429 and last.headers["retry-after"]
    clock.now += 5
    assert guest.get("/plan/view").status_code == 200


def test_without_sign_in_the_app_starts_on_this_computer_only(tmp_path, host="0.0.0.0"):
    ran = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment(tmp_path / "home", tmp_path / "cache", COACH_HOST=host),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 2 and ran.stdout == ""
    assert ran.stderr == "COACH_HOST must be 127.0.0.1: other computers need people to sign in. See docs/hosting.md.\n"
    assert not (tmp_path / "home").exists(), "nothing is opened before it is refused"


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "gopher://127.0.0.1:70/", "https://user:pass@host/v1",
        "http://[::ffff:169.254.169.254]/v1", "http://0.0.0.0/v1", "http://127.0.0.1.evil.example/v1", "https://", "//host/v1", "http://host/v1",
    ],
)  # fmt: skip
def test_odd_addresses_for_a_model_are_refused(address):
    with pytest.raises(SettingsError):
        settings_module.check_llm(address)


def test_the_program_listens_on_loopback_only(tmp_path):
    """What the settings allow is what is bound."""
    from coach.ui.server import listen

    listener, _ = listen(fakes.settings_for(tmp_path, 7990))
    with listener:
        assert listener.getsockname()[0] == "127.0.0.1"
