"""The practice part's own addresses: only our page gets in, and no body can break it."""

import pytest
from starlette.testclient import TestClient

from coach.ui.guard import Door
from coach.ui.page import build_ui
from coach.ui.server import serve
from tests.ui import fakes

PORT = 7860
HOME = f"http://127.0.0.1:{PORT}"
JSON = {"origin": HOME, "content-type": "application/json"}
START = {"do": "start", "fields": {"scenario": "hr", "persona": "cold", "difficulty": "hard", "feedback": "each"}}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    made = fakes.built(fakes.settings_for(tmp_path_factory.mktemp("practice")))
    door = Door(PORT)
    with TestClient(serve(build_ui(made), port=PORT, door=door), base_url=HOME, follow_redirects=False) as client:
        client.get(f"/start?token={door.token()}")
        yield client
    made.store.close()


def test_a_scene_over_the_wire(client):
    assert client.get("/practice/view").json()["mode"] == "start"
    shown = client.post("/practice/act", json=START, headers=JSON).json()
    assert shown["mode"] == "scene" and "HR" in shown["log"]
    assert client.get("/practice/view").json()["log"] == shown["log"]


def test_only_our_own_page_gets_in(client):
    assert client.post("/practice/act", json=START, headers={"content-type": "application/json"}).status_code == 403
    assert client.post("/practice/act", json=START, headers={**JSON, "origin": "https://evil.example"}).status_code == 403
    assert client.post("/practice/act", content=b"{}", headers={"origin": HOME, "content-type": "text/plain"}).status_code == 415
    assert client.post("/practice/act", json=START, headers={**JSON, "host": "evil.example"}).status_code == 400
    kept = dict(client.cookies)
    client.cookies.clear()
    try:
        assert client.get("/practice/view").status_code == 403
        assert client.post("/practice/act", json=START, headers=JSON).status_code == 403
    finally:
        client.cookies.update(kept)


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(client, content):
    answer = client.post("/practice/act", content=content, headers=JSON)
    assert answer.status_code == 400 and "Load the page again" in answer.json()["fault"]


@pytest.mark.parametrize("asked", [{"do": "say", "text": ["x"], "id": 3}, {"do": "back", "line": {}}, {"do": "keep", "fields": "x"}])
def test_odd_values_are_one_sentence(client, asked):
    answer = client.post("/practice/act", json=asked, headers=JSON)
    assert answer.status_code == 200 and answer.json()["fault"] and "Traceback" not in answer.text
