"""The guard around the page: who gets in, what is refused, which headers every answer carries."""

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from coach.ui.guard import Door, Guard

PORT = 7860
HOME = f"http://127.0.0.1:{PORT}"


async def inner(scope, receive, send):
    allowed = {
        "access-control-allow-origin": "https://evil.example",
        "access-control-allow-credentials": "true",
    }
    await PlainTextResponse("inside", headers=allowed)(scope, receive, send)


@pytest.fixture
def door():
    return Door(PORT)


@pytest.fixture
def visitor(door):
    return TestClient(Guard(inner, port=PORT, door=door), base_url=HOME, follow_redirects=False)


@pytest.fixture
def guest(visitor, door):
    assert visitor.get(f"/start?token={door.token()}").status_code == 303
    return visitor


def test_no_cookie_no_page(visitor):
    answer = visitor.get("/")
    assert answer.status_code == 403
    assert "address in the terminal" in answer.text
    assert "inside" not in answer.text


def test_the_token_works_once(visitor, door):
    token = door.token()
    first = visitor.get(f"/start?token={token}")
    cookie = first.headers["set-cookie"].lower()
    assert first.status_code == 303 and first.headers["location"] == "/"
    assert "httponly" in cookie and "samesite=strict" in cookie and token not in cookie
    visitor.cookies.clear()
    assert visitor.get(f"/start?token={token}").status_code == 403


@pytest.mark.parametrize("token", ["", "wrong", "é", "x" * 5000])
def test_a_wrong_token_is_refused(visitor, door, token):
    door.token()
    assert visitor.get("/start", params={"token": token}).status_code == 403


def test_no_token_was_made(visitor):
    assert visitor.get("/start?token=").status_code == 403


def test_an_old_token_ends_with_the_next(visitor, door):
    old = door.token()
    door.token()
    assert visitor.get(f"/start?token={old}").status_code == 403


@pytest.mark.parametrize(
    "cookie", ["", "pip-coach-7860=", "pip-coach-7860=guess", "\x00", "a=b; pip-coach-7861=x"]
)
def test_a_wrong_cookie_is_refused(visitor, cookie):
    assert visitor.get("/", headers={"cookie": cookie}).status_code == 403


def test_a_guest_gets_in_and_cors_is_stripped(guest):
    answer = guest.get("/")
    assert answer.text == "inside"
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "host", ["rebind.evil.example", "127.0.0.1", "127.0.0.1:1", "localhost:7861", "", "[::1]"]
)
def test_a_foreign_host_is_400(guest, host):
    assert guest.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1:7860", "[::1]:7860"])
def test_every_name_of_this_computer_is_served(guest, host):
    cookie = "; ".join(f"{name}={value}" for name, value in guest.cookies.items())
    assert guest.get("/", headers={"host": host, "cookie": cookie}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:1", f"{HOME}.evil.example"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_foreign_origin_is_403(guest, origin, method):
    answer = guest.request(method, "/gradio_api/queue/join", headers={"origin": origin})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_our_own_origin_may_post(guest):
    assert guest.post("/x", headers={"origin": HOME, "sec-fetch-site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_other_sites_may_only_open_the_page(guest, site):
    assert guest.post("/x", headers={"sec-fetch-site": site}).status_code == 403
    assert guest.get("/x", headers={"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}).status_code == 403
    assert guest.get("/", headers={"sec-fetch-site": site, "sec-fetch-mode": "navigate"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/away", "/missing", "/start?token=x"])
def test_every_answer_carries_the_headers(visitor, path):
    headers = visitor.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_away_needs_no_cookie_and_is_blank(visitor):
    answer = visitor.get("/away")
    assert answer.status_code == 200
    assert "PIP" not in answer.text


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    from coach.ui.page import build_ui
    from coach.ui.server import serve
    from tests.ui import fakes

    door = Door(PORT)
    made = fakes.built(fakes.settings_for(tmp_path_factory.mktemp("page"), PORT))
    with TestClient(serve(build_ui(made), port=PORT, door=door), base_url=HOME) as client:
        client.get(f"/start?token={door.token()}")
        yield client


def test_the_page_comes(page):
    assert page.get("/").status_code == 200


@pytest.mark.parametrize("path", ["openapi.json", "docs", "redoc", "gradio_api/openapi.json", "monitoring"])
def test_nothing_describes_the_server(page, path):
    assert page.get(f"/{path}").status_code == 404


@pytest.mark.parametrize("path", ["upload", "call/x", "run/x", "api/x", "proxy=https://evil.example", "runs"])
def test_unused_parts_of_gradio_are_closed(page, path):
    assert page.post(f"/gradio_api/{path}").status_code == 404


def test_no_named_endpoints(page):
    info = page.get("/gradio_api/info").json()
    assert info["named_endpoints"] == {} and info["unnamed_endpoints"] == {}


def test_nothing_comes_from_outside(page):
    config = page.get("/config").json()
    assert config["stylesheets"] == []
    assert not config.get("run_history") and config["footer_links"] == []
    assert all(event["api_visibility"] == "private" for event in config["dependencies"])
    assert "https://fonts" not in page.get("/").text


def test_nothing_needs_code_made_from_text(page):
    config = page.get("/config").json()
    assert "html" not in {part["type"] for part in config["components"]}
    assert not [event for event in config["dependencies"] if event["js"]]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org"])
def test_an_open_network_is_refused(tmp_path, host):
    from coach.errors import SettingsError
    from coach.ui.private import prepare
    from tests.ui.fakes import settings_for

    with pytest.raises(SettingsError, match="COACH_HOST"):
        prepare(settings_for(tmp_path, host=host))


def test_a_busy_port_gives_the_next(tmp_path):
    from coach.ui.server import listen
    from tests.ui.fakes import settings_for

    first, port = listen(settings_for(tmp_path, 7930))
    second, next_port = listen(settings_for(tmp_path, port))
    first.close()
    second.close()
    assert next_port > port
