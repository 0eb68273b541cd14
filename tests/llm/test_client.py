"""Every fault of an endpoint that notes/safety.md lists (T1 to T22), played by a real server on loopback."""

import threading
import time

import pytest
from pydantic import BaseModel, SecretStr

from coach import errors
from coach.llm.breaker import Breaker
from coach.llm.client import Client
from tests.llm.conftest import KEY, QUICK
from tests.llm.stub_server import HOLD, RESET, event, head, say, status

PROMPT = "my-private-words"
MESSAGES = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": PROMPT}]
LOOP = "you should ask them for a clear written goal now. "


class Goal(BaseModel):
    title: str
    due: str | None = None


def ask(client, **options):
    return "".join(client.stream(MESSAGES, max_tokens=50, **options))


def chunked(*blocks: bytes, end: bool) -> list:
    framed = [f"{len(block):x}\r\n".encode() + block + b"\r\n" for block in blocks]
    return [head(Transfer_Encoding="chunked"), *framed, *([b"0\r\n\r\n"] if end else [])]


FAULTS = [
    pytest.param([HOLD], errors.EndpointTimeout, "did not start", id="T4-never-answers"),
    pytest.param([head(), HOLD], errors.EndpointTimeout, "did not start", id="T4-headers-only"),
    pytest.param(
        say("Hi. ", finish=None, done=False) + [HOLD], errors.EndpointTimeout, "middle", id="T5-stall"
    ),
    pytest.param(
        [head(), *[b":", 0.2] * 30], errors.EndpointTimeout, "did not start", id="T5-drip-of-comments"
    ),
    pytest.param([head(), *[b"d", 0.2] * 30], errors.EndpointTimeout, "did not start", id="T5-drip-of-bytes"),
    pytest.param(
        say("Hi. ", finish=None, done=False), errors.EndpointCut, "broke off", id="T6-between-tokens"
    ),
    pytest.param([*say("Hi. ")[:3], b'data: {"choi'], errors.EndpointCut, "broke off", id="T6-mid-line"),
    pytest.param(
        [*say("Hi. ")[:3], b'data: {"a": "\xe2\x82'], errors.EndpointCut, "broke off", id="T6-mid-utf8"
    ),
    pytest.param([*say("Hi. ")[:3], RESET], errors.EndpointCut, "broke off", id="T6-reset"),
    pytest.param(chunked(*say("Hi. ")[1:3], end=False), errors.EndpointCut, "broke off", id="T6-chunked"),
    pytest.param([], errors.EndpointCut, "broke off", id="T6-before-headers"),
    pytest.param(status(500), errors.EndpointFailed, "fault of its own", id="T7-500"),
    pytest.param(status(502), errors.EndpointFailed, "fault of its own", id="T7-502"),
    pytest.param(status(418), errors.EndpointFailed, "did not accept", id="T7-418"),
    pytest.param(status(429), errors.EndpointBusy, "busy", id="T7-429"),
    pytest.param(status(503), errors.EndpointBusy, "busy", id="T7-503"),
    pytest.param(status(429, Retry_After="99"), errors.EndpointBusy, "99 seconds", id="T7-429-long"),
    pytest.param(status(401), errors.EndpointRefused, "key", id="401"),
    pytest.param(status(403), errors.EndpointRefused, "key", id="403"),
    pytest.param(
        [head(kind="text/html"), b"<html>Log in"], errors.EndpointMalformed, "web page", id="T8-html"
    ),
    pytest.param(
        [head(), b"\n<!doctype html>"], errors.EndpointMalformed, "web page", id="T8-html-as-stream"
    ),
    pytest.param([head(), b"data: {broken\n\n"], errors.EndpointMalformed, "not an answer", id="T9-bad-json"),
    pytest.param([head(), b'data: {"choices": 7}\n\n'], errors.EndpointMalformed, "", id="T9-odd-shape"),
    pytest.param([head(), b"data: [1, 2]\n\n"], errors.EndpointMalformed, "", id="T9-list"),
    pytest.param([head(), b"data: NaN\n\n"], errors.EndpointMalformed, "", id="T9-nan"),
    pytest.param(
        [head(), b"data: " + b"x" * 50_000_000], errors.EndpointMalformed, "too much", id="T9-50-MB"
    ),
    pytest.param(say(), errors.EndpointMalformed, "empty", id="T10-empty"),
    pytest.param(say(" \n "), errors.EndpointMalformed, "empty", id="T10-blank"),
    pytest.param(
        [head(), b"data: [DONE]\n\n"], errors.EndpointMalformed, "not an answer", id="T10-only-done"
    ),
    pytest.param(say("<thi", "nk>Hm.</think>"), errors.EndpointMalformed, "thoughts", id="T11-only-thoughts"),
    pytest.param(say("<think>Hm, so"), errors.EndpointMalformed, "thoughts", id="T11-unfinished-thought"),
    pytest.param(say("Hm. ", "</think> Hi."), errors.EndpointMalformed, "thoughts", id="T11-leaked-thought"),
    pytest.param(
        [
            head(),
            event({"tool_calls": [{"index": 0, "id": "1", "function": {"name": "f", "arguments": ""}}]}),
            *say()[-2:],
        ],
        errors.EndpointMalformed,
        "tool",
        id="T12-tool-call",
    ),
    pytest.param(
        status(400, "request (9000 tokens) exceeds the available context size (4096 tokens)"),
        errors.EndpointOverflow,
        "too long",
        id="T14-llama",
    ),
    pytest.param(
        status(400, "This model's maximum context length is 8192 tokens."),
        errors.EndpointOverflow,
        "too long",
        id="T14-openai",
    ),
    pytest.param(
        [head(), b'data: {"error": {"message": "gone wrong"}}\n\n'],
        errors.EndpointFailed,
        "reported",
        id="error-event",
    ),
    pytest.param(say(LOOP * 9), errors.EndpointMalformed, "circles", id="T15-loop"),
    pytest.param(say(*[LOOP] * 9), errors.EndpointMalformed, "circles", id="T15-loop-in-pieces"),
    pytest.param(say("Long", finish="length"), errors.EndpointCut, "longer", id="T16-length"),
    pytest.param(
        say("No", finish="content_filter"), errors.EndpointMalformed, "withheld", id="content-filter"
    ),
    pytest.param(status(404), errors.EndpointRefused, "stub-model", id="T21-unknown-model"),
    pytest.param(
        status(302, Location="http://127.0.0.2/"),
        errors.EndpointRefused,
        "another address",
        id="T22-redirect",
    ),
    pytest.param(
        status(307, Location="http://127.0.0.2/"),
        errors.EndpointRefused,
        "another address",
        id="T22-keep-body",
    ),
]


@pytest.mark.parametrize(("scene", "kind", "words"), FAULTS)
def test_fault_is_one_plain_sentence(server, client, scene, kind, words):
    server.scenes = [scene]
    client.prepare()
    started = time.monotonic()
    with pytest.raises(errors.EndpointError) as caught:
        ask(client)
    assert type(caught.value) is kind
    shown = str(caught.value)
    assert words in shown
    assert shown.endswith(".") and "\n" not in shown and len(shown) < 200
    assert KEY not in shown and PROMPT not in shown and "Traceback" not in shown and "http" not in shown
    assert caught.value.__cause__ is None  # no chain that quotes the request
    assert time.monotonic() - started < 10


ANSWERS = [
    pytest.param(say("Hel", "lo."), "Hello.", id="ordinary"),
    pytest.param(say("Hello.", finish=None), "Hello.", id="end-mark-without-reason"),
    pytest.param(say("Hello.", done=False), "Hello.", id="reason-without-end-mark"),
    pytest.param(say("<think>Hm</th", "ink>\n\nHello."), "Hello.", id="thoughts-first"),
    pytest.param(say("1 <", " 2"), "1 < 2", id="a-sign-that-is-no-mark"),
    pytest.param(
        [*say("Hello.")[:2], event({"content": "Hi"}, model="other"), *say()[-2:]], "Hi", id="T13-other"
    ),
    pytest.param([head(), b": ping\n\n", 0.2, *say("Hello.")[1:]], "Hello.", id="comment-first"),
    pytest.param(chunked(*say("Grü", "ße")[1:], end=True), "Grüße", id="chunked"),
]


@pytest.mark.parametrize(("scene", "text"), ANSWERS)
def test_answer(server, client, scene, text):
    server.scenes = [scene]
    assert ask(client) == text


def test_text_before_a_cut_is_kept(server, client):
    server.scenes = [say("First. ", "Second. ", finish=None, done=False)]
    pieces = client.stream(MESSAGES, max_tokens=5)
    assert [next(pieces), next(pieces)] == ["First. ", "Second. "]
    with pytest.raises(errors.EndpointCut):
        next(pieces)


def test_drip_cannot_outlast_the_total_limit(server, endpoint):
    server.scenes = [[*say()[:2], *[event({"content": "a "}), 0.2] * 60]]
    client = Client(endpoint, limits=QUICK.model_copy(update={"total": 1}))
    with pytest.raises(errors.EndpointTimeout, match="too long"):
        ask(client)


def test_refused_connection_is_tried_three_times(server, endpoint):
    server.close()
    chances = []
    client = Client(endpoint, limits=QUICK, chance=lambda: chances.append(1) or 0)
    with pytest.raises(errors.EndpointUnreachable, match="could not be reached"):
        ask(client)
    assert len(chances) == 2


def test_unknown_host(endpoint, monkeypatch):
    def unknown(*_args, **_options):
        import socket

        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    far = endpoint.model_copy(update={"base_url": "https://nowhere.invalid/v1", "remote": True})
    with pytest.raises(errors.EndpointUnreachable, match="could not be reached"):
        ask(Client(far, limits=QUICK))


def test_bad_tls_is_not_tried_again(server, endpoint):
    server.scenes = [[b"HTTP/1.1 400 Plain\r\n\r\n"]]  # no TLS spoken here
    secure = endpoint.model_copy(update={"base_url": server.url.replace("http:", "https:")})
    with pytest.raises(errors.EndpointUnreachable, match="secure connection"):
        ask(Client(secure, limits=QUICK))


@pytest.mark.parametrize("code", [429, 503])
def test_busy_is_tried_again_after_the_asked_time(server, client, code):
    server.scenes = [status(code, Retry_After="0.3"), say("Hello.")]
    started = time.monotonic()
    assert ask(client) == "Hello."
    assert 0.3 <= time.monotonic() - started < 10
    assert len(server.requests) == 2


def test_busy_is_tried_twice_more_at_most(server, client):
    server.scenes = [status(429, Retry_After="0")]
    with pytest.raises(errors.EndpointBusy):
        ask(client)
    assert len(server.requests) == 3


@pytest.mark.parametrize("scene", [status(500), status(401), say("Hi", finish=None, done=False), status(429)])
def test_other_faults_are_not_tried_again(server, client, scene):
    server.scenes = [scene]
    with pytest.raises(errors.EndpointError):
        ask(client)
    assert len(server.requests) == 1


def test_retry_after_is_told(server, client):
    server.scenes = [status(429, Retry_After="99")]
    with pytest.raises(errors.EndpointBusy) as caught:
        ask(client)
    assert caught.value.retry_after == 99


STOPS = [
    pytest.param([HOLD], id="T17-before-the-answer"),
    pytest.param([*say("Hi. ")[:3], HOLD], id="T17-in-the-answer"),
]


@pytest.mark.parametrize("scene", STOPS)
def test_stop_event_closes_the_connection(server, endpoint, scene):
    server.scenes = [scene]
    client = Client(
        endpoint, limits=QUICK.model_copy(update={"first_token_local": 9, "stall": 9, "total": 9})
    )
    client.prepare()
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    started = time.monotonic()
    assert ask(client, stop_event=stop) in ("", "Hi. ")
    _wait_until_left(server)
    assert server.left_at - started < 1.3


def test_closing_the_iterator_closes_the_connection(server, client):
    server.scenes = [[*say("Hi. ")[:3], HOLD]]
    pieces = client.stream(MESSAGES, max_tokens=5)
    next(pieces)
    closed = time.monotonic()
    pieces.close()
    _wait_until_left(server)
    assert server.left_at - closed < 10


def test_stop_ends_the_wait_for_a_busy_endpoint(server, endpoint):
    server.scenes = [status(429, Retry_After="20")]
    client = Client(endpoint, limits=QUICK.model_copy(update={"longest_wait": 30, "total": 60}))
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    started = time.monotonic()
    assert ask(client, stop_event=stop) == ""
    assert time.monotonic() - started < 10  # it was asked to wait 20 s


def _wait_until_left(server):
    deadline = time.monotonic() + 10
    while server.left_at is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.left_at is not None


def test_breaker_opens_and_lets_one_probe_through(server, endpoint):
    now = [0.0]
    client = Client(endpoint, limits=QUICK, breaker=Breaker(clock=lambda: now[0]))
    server.scenes = [status(500)]
    for _ in range(5):
        with pytest.raises(errors.EndpointFailed):
            ask(client)
    with pytest.raises(errors.EndpointUnreachable, match="left alone for 30 seconds"):
        ask(client)
    assert len(server.requests) == 5
    now[0] = 31
    server.scenes = [say("Hello.")]
    assert ask(client) == "Hello."
    assert ask(client) == "Hello."


def test_flapping_does_not_open_the_breaker(server, client):
    server.scenes = [status(500), say("Hi."), status(500), status(500), say("Hi."), status(500), say("Hi.")]
    outcomes = []
    for _ in range(7):
        try:
            outcomes.append(ask(client))
        except errors.EndpointFailed:
            outcomes.append("failed")
    assert outcomes == ["failed", "Hi.", "failed", "failed", "Hi.", "failed", "Hi."]


def test_ollama_is_told_how_to_fetch_the_model(server, endpoint, monkeypatch):
    monkeypatch.setattr("coach.llm.endpoint.OLLAMA_PORT", server.port)
    server.scenes = [status(404, 'model "stub-model" not found')]
    with pytest.raises(errors.EndpointRefused, match="Run: ollama pull stub-model"):
        ask(Client(endpoint, limits=QUICK))


def test_ollama_never_gets_what_it_would_cut_silently(server, endpoint, monkeypatch):
    monkeypatch.setattr("coach.llm.endpoint.OLLAMA_PORT", server.port)
    client = Client(endpoint.model_copy(update={"context": 4096}), limits=QUICK)
    with pytest.raises(errors.EndpointOverflow):
        list(client.stream([{"role": "user", "content": "word " * 4000}], max_tokens=100))
    assert server.requests == []


def test_what_is_sent(server, client, monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-secret")
    list(
        client.stream([*MESSAGES, {"role": "user", "content": "a<|im_end|>b"}], max_tokens=7, temperature=0.3)
    )
    sent = server.requests[0]
    assert sent.path == "/v1/chat/completions"
    assert sent.body == {
        "model": "stub-model",
        "messages": [*MESSAGES, {"role": "user", "content": "a< |im_end| >b"}],
        "max_tokens": 7,
        "temperature": 0.3,
        "stream": True,
    }
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert sent.headers["user-agent"] == "pip-coach"
    assert not [name for name in sent.headers if name.startswith(("x-stainless", "openai-"))]


def test_environment_cannot_redirect_the_text(server, client, monkeypatch):
    for name in (
        "OPENAI_BASE_URL",
        "OPENAI_API_BASE",
        "OPENAI_PROXY",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
    ):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(client) == "Hello."


def test_no_key_no_header(server, endpoint):
    ask(Client(endpoint.model_copy(update={"key": SecretStr("")}), limits=QUICK))
    assert "authorization" not in server.requests[0].headers


def test_only_model_is_found(server, endpoint):
    one = [head(kind="application/json"), b'{"object": "list", "data": [{"id": "only-one"}]}']
    server.scenes = [one, say("Hello.")]
    client = Client(endpoint.model_copy(update={"model": ""}), limits=QUICK)
    assert ask(client) == "Hello."
    assert server.requests[1].body["model"] == "only-one"


def test_choice_of_models_is_the_persons(server, endpoint):
    server.scenes = [
        [head(kind="application/json"), b'{"object": "list", "data": [{"id": "a"}, {"id": "b"}]}']
    ]
    with pytest.raises(errors.EndpointRefused, match="COACH_LLM_MODEL to one of: a, b"):
        ask(Client(endpoint.model_copy(update={"model": ""}), limits=QUICK))


RECORDS = [
    pytest.param('{"title": "Reports", "due": null}', id="plain"),
    pytest.param('Sure:\n```json\n{"title": "Reports"}\n```', id="fenced"),
    pytest.param('<think>{"title": "No"}</think>{"title": "Reports"}', id="thoughts"),
]


@pytest.mark.parametrize("text", RECORDS)
def test_structured(server, client, text):
    server.scenes = [say(text)]
    assert client.structured(MESSAGES, Goal, 50) == Goal(title="Reports")
    assert server.requests[0].body["response_format"]["json_schema"]["name"] == "Goal"


@pytest.mark.parametrize("bad", ['{"title": 7}', "Reports", '{"title": NaN}', '{"title": "a", "title": "b"}'])
def test_structured_repairs_once(server, client, bad):
    server.scenes = [say(bad), say('{"title": "Reports"}')]
    assert client.structured(MESSAGES, Goal, 50) == Goal(title="Reports")
    assert [m["role"] for m in server.requests[1].body["messages"]] == ["system", "user", "assistant", "user"]


def test_structured_gives_up_after_one_repair(server, client):
    server.scenes = [say("No idea.")]
    with pytest.raises(errors.EndpointMalformed, match="asked form"):
        client.structured(MESSAGES, Goal, 50)
    assert len(server.requests) == 2


def test_structured_without_schema_support(server, client):
    server.scenes = [status(400, "response_format json_schema is not supported"), say('{"title": "Reports"}')]
    for _ in range(2):
        assert client.structured(MESSAGES, Goal, 50) == Goal(title="Reports")
    assert len(server.requests) == 3  # it is not tried again
    assert "response_format" not in server.requests[1].body


def test_iterator_may_move_between_threads(server, client):
    server.scenes = [say("a", "b", "c")]
    pieces, seen = client.stream(MESSAGES, max_tokens=5), []
    for _ in range(3):
        thread = threading.Thread(target=lambda: seen.append(next(pieces)))
        thread.start()
        thread.join()
    assert seen == ["a", "b", "c"]
