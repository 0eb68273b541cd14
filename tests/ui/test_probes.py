"""Alive, ready, and numbers: for the host's own tools, and for nobody who comes through the proxy."""

import pytest

from tests.ui.hosted import Chat, Served

FAR = "https://coach.example"


@pytest.fixture(scope="module")
def far(tmp_path_factory):
    made = Served(tmp_path_factory.mktemp("probes"), FAR)
    made.add("Ana Marchetti", "Bo")
    yield made
    made.stop()


def probe(served, path, **headers):
    """As a tool on the machine asks: by address, without a cookie."""
    with served.nobody(host=f"127.0.0.1:{served.port}", **headers) as client:
        return client.get(path)


def number(text: str, name: str) -> int:
    (line,) = [line for line in text.splitlines() if line.startswith(f"{name} ")]
    return int(line.split()[1])


def test_it_says_that_it_is_alive_and_ready(far):
    assert probe(far, "/health").text == "ok" and probe(far, "/ready").text == "ready"
    far.shared.searching = False
    try:
        assert probe(far, "/ready").status_code == 503 and probe(far, "/health").status_code == 200
    finally:
        far.shared.searching = True


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip", "via"])
def test_who_comes_through_the_proxy_finds_nothing_there(far, path, header):
    with far.nobody(**{header: "203.0.113.9"}) as client:
        assert client.get(path).status_code == 401
    with far.guest("Bo") as client:
        assert "coach_" not in client.get(path, headers={header: "203.0.113.9"}).text


def test_the_numbers_count_people_and_hold_no_word_of_them(far):
    before = probe(far, "/metrics")
    assert before.headers["content-type"].startswith("text/plain")
    with far.guest("Ana Marchetti") as client:
        chat = Chat(client, "s")
        chat.join("my secret is Zulgrim")
        after = probe(far, "/metrics").text
    assert number(after, "coach_people_signed_in") == number(before.text, "coach_people_signed_in") + 1
    assert number(after, "coach_pages_open") >= 1
    answered = [line for line in after.splitlines() if line.startswith('coach_answers_total{status="2xx"}')]
    assert int(answered[0].split()[1]) >= 2
    assert "Zulgrim" not in after and "Marchetti" not in after and "coach.example" not in after


def test_nothing_can_be_sent_there(far):
    with far.nobody(host=f"127.0.0.1:{far.port}") as client:
        assert client.post("/health").status_code == 405


def test_without_the_accounts_it_is_not_ready(tmp_path):
    served = Served(tmp_path)
    try:
        served.accounts.engine.dispose()
        for file in served.settings.locations.accounts.parent.glob(f"{served.settings.locations.accounts.name}*"):
            file.write_bytes(b"no database" * 500)
        assert probe(served, "/ready").status_code == 503 and probe(served, "/health").status_code == 200
    finally:
        served.stop()
