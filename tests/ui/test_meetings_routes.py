"""The meetings part's own addresses: only our page gets in, bodies are bounded, downloads carry safe names."""

import json

import pytest

from tests.ui.test_plan_routes import BYTES, ORIGIN, body, client, made

__all__ = ["client", "made"]


@pytest.mark.parametrize("path", ["/meetings/act", "/meetings/import"])
def test_a_post_needs_cookie_origin_and_kind(client, path):
    kind = "application/octet-stream" if path.endswith("import") else "application/json"
    content = body(b"x") if path.endswith("import") else b"{}"
    assert client.post(path, content=content, headers={"content-type": kind}).status_code == 403
    assert client.post(path, content=content, headers={"content-type": kind, "origin": "https://evil.example"}).status_code == 403
    assert client.post(path, content=content, headers={**ORIGIN, "content-type": "text/plain"}).status_code == 415
    kept = dict(client.cookies)
    client.cookies.clear()
    try:
        assert client.post(path, content=content, headers={**ORIGIN, "content-type": kind}).status_code == 403
        for address in ("/meetings/view", "/meetings/export/questions-md", "/meetings/export/data-zip"):
            assert client.get(address).status_code == 403
    finally:
        client.cookies.update(kept)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff"])
def test_a_body_that_is_no_object_is_refused(client, content):
    assert client.post("/meetings/act", content=content, headers={**ORIGIN, "content-type": "application/json"}).status_code == 400
    assert client.post("/meetings/import", content=content, headers=BYTES).status_code == 400


def test_every_section_and_every_download(client):
    shown = client.get("/meetings/view").json()
    assert {"head", "questions", "room", "letters", "check_ins", "record", "stamp"} <= shown.keys()
    for name in ("questions-md", "questions-docx", "questions-pdf", "binder-docx", "binder-pdf", "data-zip"):
        answer = client.get(f"/meetings/export/{name}")
        assert answer.status_code == 200 and answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["cache-control"] == "no-store"
    for name in ("questions-exe", "binder-zip", "data-pdf", "x"):
        assert client.get(f"/meetings/export/{name}").status_code == 404


def test_an_archive_is_imported_and_rubbish_is_one_sentence(client):
    data = client.get("/meetings/export/data-zip").content
    assert client.post("/meetings/import", content=body(data, replace=True), headers=BYTES).json()["reload"]
    refused = client.post("/meetings/import", content=body(b"PK\x03\x04 nothing", replace=True), headers=BYTES).json()
    assert "archive" in refused["fault"] and "Traceback" not in json.dumps(refused)
