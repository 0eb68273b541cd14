"""The plan's own addresses: only our page gets in, bodies are bounded, downloads carry safe names."""

import json

import pytest
from starlette.testclient import TestClient

from coach.ui.guard import Door
from coach.ui.page import build_ui
from coach.ui.server import serve
from tests.ui import fakes, plans

PORT = 7860
HOME = f"http://127.0.0.1:{PORT}"
ORIGIN = {"origin": HOME}
BYTES = {**ORIGIN, "content-type": "application/octet-stream"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    made = fakes.built(fakes.settings_for(tmp_path_factory.mktemp("routes")))
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def client(made):
    door = Door(PORT)
    app = serve(build_ui(made), port=PORT, door=door)
    with TestClient(app, base_url=HOME, follow_redirects=False) as client:
        client.get(f"/start?token={door.token()}")
        yield client


def body(data, **head):
    return json.dumps(head).encode() + b"\n" + data


def read(client, text=plans.PLAN, name="plan.txt"):
    return client.post("/plan/read", content=body(text.encode(), name=name), headers=BYTES).json()


POSTS = ("read", "review", "act", "attach", "pulse")


@pytest.mark.parametrize("path", [f"/plan/{name}" for name in POSTS])
def test_a_post_needs_cookie_origin_and_kind(client, path):
    kind = "application/octet-stream" if path.endswith(("read", "attach")) else "application/json"
    content = body(b"x") if "octet" in kind else b"{}"
    assert client.post(path, content=content, headers={"content-type": kind}).status_code == 403
    for origin in ("https://evil.example", "null", "http://localhost:1"):
        assert client.post(path, content=content, headers={"content-type": kind, "origin": origin}).status_code == 403
    for other in ("text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""):
        assert client.post(path, content=content, headers={**ORIGIN, "content-type": other}).status_code == 415
    assert client.post(path, content=content, headers={**ORIGIN, "content-type": kind, "sec-fetch-site": "cross-site"}).status_code == 403
    kept = dict(client.cookies)
    client.cookies.clear()
    try:
        assert client.post(path, content=content, headers={**ORIGIN, "content-type": kind}).status_code == 403
        assert client.get("/plan/view").status_code == 403
        assert client.get("/plan/export/json").status_code == 403
    finally:
        client.cookies.update(kept)
    assert client.get(path).status_code in (404, 405)
    assert client.post(path, content=content, headers={**ORIGIN, "content-type": kind, "host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(client, content):
    answer = client.post("/plan/act", content=content, headers={**ORIGIN, "content-type": "application/json"})
    assert answer.status_code == 400 and "Load the page again" in answer.json()["fault"]
    assert client.post("/plan/read", content=content, headers=BYTES).status_code == 400


def test_more_than_10_mb_is_refused_while_it_is_read(client):
    answer = client.post("/plan/read", content=body(b"x" * 10_000_001, name="a.txt"), headers=BYTES)
    assert answer.status_code == 413 and "larger than 10 MB" in answer.json()["fault"]

    def endless():
        yield b'{"name": "a.txt"}\n'
        for _ in range(200):
            sent.append(1)
            yield b"x" * 1_000_000

    sent = []
    assert client.post("/plan/read", content=endless(), headers=BYTES).status_code == 413


def test_a_json_body_has_a_limit_too(client):
    content = json.dumps({"do": "x" * 300_000}).encode()
    assert client.post("/plan/act", content=content, headers={**ORIGIN, "content-type": "application/json"}).status_code == 413


def test_what_cannot_be_read_is_one_sentence(client):
    assert read(client, "")["fault"]
    assert "Traceback" not in read(client, "%PDF-1.7 nothing", "a.pdf")["fault"]


def test_the_way_and_the_downloads(client, made):
    shown = read(client, plans.HOSTILE, plans.HOSTILE_NAME)
    assert "<img" not in shown["sheet"] and "<script" not in shown["sheet"]
    json_headers = {**ORIGIN, "content-type": "application/json"}
    if "Use it anyway" in shown["sheet"]:
        client.post("/plan/review", json={"draft": shown["draft"], "do": "anyway"}, headers=json_headers)
    done = client.post("/plan/review", json={"draft": shown["draft"], "do": "confirm"}, headers=json_headers).json()
    assert done["view"] == "plan" and "<img" not in done["plan"] and "<script" not in done["plan"]
    for kind in ("csv", "ics", "json"):
        answer = client.get(f"/plan/export/{kind}")
        assert answer.status_code == 200 and answer.headers["content-disposition"].startswith('attachment; filename="checklist-')
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get("/plan/export/exe").status_code == 404
    item = made.store.plans.load().items[0].id
    for name in ('a"b\r\nSet-Cookie: x=1.html', "..\\..\\ü.pdf", "  ", "x" * 400):
        fields = {"item": item, "on": "2027-01-02", "text": "note", "minutes": ""}
        client.post("/plan/attach", content=body(b"<script>1</script>", name=name, fields=fields), headers=BYTES)
        evidence = made.store.plans.load().items[0].evidence[-1]
        answer = client.get(f"/plan/file/{evidence.id}")
        assert answer.content == b"<script>1</script>" and answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment;") and "set-cookie" not in answer.headers
    assert client.get("/plan/file/nothing").status_code == 404


def test_cancel_ends_the_reading_and_leaves_no_review(client, made):
    async def closed() -> list[dict]:
        sent, came = [], iter([{"type": "http.request", "body": body(plans.PLAN.encode(), name="slow.txt"), "more_body": False}])
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http", "path": "/plan/read",
            "raw_path": b"/plan/read", "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", PORT),
            "headers": [(b"host", f"127.0.0.1:{PORT}".encode()), (b"cookie", "; ".join(f"{k}={v}" for k, v in client.cookies.items()).encode()),
                        *((name.encode(), value.encode()) for name, value in BYTES.items())],
        }  # fmt: skip

        async def receive():
            return next(came, {"type": "http.disconnect"})

        async def send(message):
            sent.append(message)

        await client.app(scope, receive, send)
        return sent

    made.coach.stopped = False
    before = client.get("/plan/view").json()["side"]
    sent = client.portal.call(closed)
    assert made.coach.stopped, "the reading went on after the page had gone"
    assert sent[0]["status"] == 200
    assert client.get("/plan/view").json()["side"] == before, "a review stays that nobody asked for"


def test_gradios_own_upload_stays_closed(client):
    assert client.post("/gradio_api/upload", headers=ORIGIN, files={"files": b"x"}).status_code == 404
