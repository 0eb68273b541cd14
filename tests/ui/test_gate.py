"""The gate in front of people's rooms, over a real socket: who gets in, until when, and what everybody else is told."""

import threading
import time

import pytest

from coach.accounts.tries import OF_ADDRESS, OF_NAME, WHILE
from coach.errors import SettingsError
from coach.hosting import Hosting, check_host, check_origin, check_proxies, find
from coach.store.visits import IDLE, LONGEST
from coach.ui import gate as gate_module
from coach.ui import sign_in_page
from tests.ui.hosted import WORD, Served, sign_in

FAR = "https://coach.example"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    made = Served(tmp_path_factory.mktemp("hosted"))
    made.add("Ana", "Bo")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def far(tmp_path_factory):
    """As behind a proxy with https."""
    made = Served(tmp_path_factory.mktemp("far"), FAR)
    made.add("Ana", "Bo", "Cy")
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def fresh(request):
    """Every limit fresh, and a new hour."""
    for name in {"served", "far"} & set(request.fixturenames):
        request.getfixturevalue(name).clock.passed += max(WHILE, 3600)


def test_who_is_nobody_gets_the_sign_in_page_and_nothing_else(served):
    with served.nobody() as client:
        answer = client.get("/")
        assert (answer.status_code, answer.headers["location"]) == (303, "/signin")
        assert client.get("/signin").status_code == 200 and client.get("/away").status_code == 200
        for path in ("/config", "/plan/view", "/gradio_api/info", "/start?token=x", "/assets/x.js", "/static/x", "/theme.css", "/missing"):
            assert client.get(path).status_code == 401 and client.get(path).text == "You are signed out.", path


def test_the_cookie_is_for_this_site_alone(far, served):
    with far.nobody() as client:
        cookie = sign_in(client, "Ana").headers["set-cookie"]
    name, *marks = cookie.lower().split("; ")
    assert name.startswith("__host-pipcoach=") and {"secure", "httponly", "samesite=lax", "path=/"} <= set(marks)
    assert not any(mark.startswith(("domain", "max-age", "expires")) for mark in marks)
    with served.nobody() as client:
        marks = sign_in(client, "Ana").headers["set-cookie"].lower().split("; ")
    assert {"httponly", "samesite=lax"} <= set(marks) and marks[0].startswith("pipcoach-")


def test_every_answer_carries_the_headers(far):
    with far.guest("Ana") as client:
        for answer in (client.get("/"), client.get("/signin"), client.get("/missing"), client.get("/away")):
            assert "default-src 'self'" in answer.headers["content-security-policy"] and answer.headers["cache-control"] == "no-store"
            assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert client.get("/").headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("cookie", ["{name}=x", "{name}=", "{name}={secret}x", "other={secret}", "=;,", "{name}={secret}; {name}=x"])
def test_a_forged_cookie_is_nobody(served, cookie):
    with served.guest("Ana") as client:
        name, _, secret = client.headers["cookie"].partition("=")
        client.headers["cookie"] = cookie.format(name=name, secret=secret)
        assert client.get("/plan/view").status_code == 401


def test_a_stay_ends_after_half_an_hour_and_a_waiting_page_does_not_lengthen_it(served):
    with served.guest("Ana") as client:
        for _ in range(3):
            served.clock.passed += IDLE - 60
            assert client.get("/plan/view").status_code == 200
        for _ in range(3):
            served.clock.passed += IDLE / 3
            last = client.post("/plan/pulse", json={"page": "p"})
        assert last.status_code == 401 and client.get("/").headers["location"] == "/signin?ended"
        assert sign_in_page.ENDED[:20] in client.get("/signin?ended").text


def test_no_stay_is_longer_than_twelve_hours(served):
    with served.guest("Ana") as client:
        for _ in range(LONGEST // 1200 - 1):
            served.clock.passed += 1200
            assert client.get("/plan/view").status_code == 200
        served.clock.passed += 1200
        assert client.get("/plan/view").status_code == 401


def test_a_sign_in_gives_a_fresh_cookie_and_ends_the_old(served):
    with served.guest("Ana") as client, served.nobody() as other:
        old = client.headers["cookie"]
        fresh = sign_in(client, "Ana").headers["set-cookie"].split(";")[0]
        assert fresh != old and client.get("/plan/view").status_code == 401
        other.headers["cookie"] = fresh
        assert other.get("/plan/view").status_code == 200


def test_signing_out_ends_the_stay_and_what_is_still_streaming(served):
    with served.guest("Ana") as client, served.guest("Ana") as elsewhere:
        client.get("/config")
        ended, began = threading.Event(), threading.Event()

        def listen():
            with client.stream("GET", "/gradio_api/heartbeat/abc") as answer:
                for _ in answer.iter_lines():
                    began.set()
            ended.set()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        assert began.wait(60)
        with served.nobody(cookie=client.headers["cookie"]) as same:
            answer = same.post("/signout")
            assert answer.status_code == 303 and answer.headers["location"] == "/signin?left" and '=""' in answer.headers["set-cookie"]
            assert same.get("/plan/view").status_code == 401
        assert ended.wait(30), "the stream went on after signing out"
        assert elsewhere.get("/plan/view").status_code == 200, "another browser of the same person stays"


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"origin": ""}, {"sec-fetch-site": "cross-site"}])
@pytest.mark.parametrize("path", ["/signin", "/signout"])
def test_another_site_signs_nobody_in_or_out(served, path, headers):
    with served.guest("Ana") as client:
        assert client.post(path, data={"name": "Ana", "password": WORD}, headers=headers).status_code == 403
        assert client.get("/plan/view").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "coach.example.evil.example", "127.0.0.1", "coach.example:1", ""])
def test_a_foreign_host_is_400(far, host):
    with far.guest("Ana") as client:
        assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "sent",
    [
        {"content": b"name=Ana"}, {"content": b"\xff\xfe"}, {"content": b"name=Ana&password=" + b"x" * 5000}, {"json": {"name": "Ana", "password": WORD}},
        {"content": b"&".join([b"a=b"] * 100)}, {"files": {"name": b"Ana"}},
    ],
)  # fmt: skip
def test_what_is_no_form_is_one_sentence(served, sent):
    kind = {"content-type": "application/x-www-form-urlencoded"} if "content" in sent else {}
    with served.nobody() as client:
        answer = client.post("/signin", headers=kind, **sent)
        assert answer.status_code == 400 and sign_in_page.ODD in answer.text and "set-cookie" not in answer.headers


def test_a_wrong_name_and_a_wrong_password_look_the_same(served):
    with served.nobody() as client:
        wrong, unknown = sign_in(client, "Ana", "x" * 12), sign_in(client, "Zoe", "x" * 12)
        assert wrong.status_code == unknown.status_code == 403
        assert wrong.text.replace("Ana", "") == unknown.text.replace("Zoe", "") and sign_in_page.WRONG in wrong.text
        assert '&lt;b&gt;"' not in sign_in(client, '<b>"', "x" * 12).text and "<b>" not in sign_in(client, "<b>", "x" * 12).text


def test_after_five_tries_the_account_is_closed_for_a_quarter_of_an_hour(far):
    with far.nobody() as client:
        for n in range(OF_NAME):
            assert sign_in(client, "Ana", "x" * 12, **{"x-forwarded-for": f"198.51.100.{n}"}).status_code == 403
        shut = sign_in(client, "Ana", WORD, **{"x-forwarded-for": "192.0.2.1"})
        assert shut.status_code == 429 and int(shut.headers["retry-after"]) > 800 and "in 15 minutes" in shut.text
        assert sign_in(client, "Bo", WORD, **{"x-forwarded-for": "192.0.2.1"}).status_code == 303
        far.clock.passed += WHILE
        assert sign_in(client, "Ana").status_code == 303


def test_after_twenty_tries_an_address_is_closed_and_it_cannot_pretend_to_be_another(far):
    with far.nobody() as client:
        for n in range(OF_ADDRESS):
            assert sign_in(client, f"guess{n}", "x" * 12, **{"x-forwarded-for": f"10.9.8.{n}, 203.0.113.9"}).status_code == 403
        assert sign_in(client, "Ana", **{"x-forwarded-for": "10.9.8.7, 203.0.113.9"}).status_code == 429
        assert sign_in(client, "Ana", **{"x-forwarded-for": "203.0.113.10"}).status_code == 303


def test_without_a_proxy_nobody_says_where_they_are_from(served):
    with served.nobody() as client:
        for n in range(OF_ADDRESS):
            sign_in(client, f"guess{n}", "x" * 12, **{"x-forwarded-for": f"203.0.113.{n}"})
        assert sign_in(client, "Bo", **{"x-forwarded-for": "203.0.113.99"}).status_code == 429


def test_the_page_inside_is_told_our_own_address_whatever_is_claimed(far):
    with far.guest("Ana") as client:
        claimed = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "gopher", "x-gradio-server": "https://evil.example", "forwarded": "host=evil.example"}
        config = client.get("/config", headers=claimed)
        assert config.json()["root"] == FAR and "evil" not in config.text


def test_a_flood_of_one_person_is_slowed_and_nobody_elses(served, monkeypatch):
    monkeypatch.setattr(gate_module, "GUESTS", 20)
    served.gate._paces.clear()
    with served.guest("Ana") as ana, served.guest("Bo") as bo:
        assert [ana.get("/away/x").status_code for _ in range(30)][-1] == 429
        assert bo.get("/plan/view").status_code == 200
    served.gate._paces.clear()


def test_a_message_to_gradio_is_bounded(served):
    with served.guest("Ana") as client:
        assert client.post("/gradio_api/queue/join", content=b"x" * 1_000_001).status_code == 413
        assert client.post("/gradio_api/queue/join", content=iter([b"x"])).status_code == 413, "of unknown length"


def test_an_account_that_is_removed_is_out_at_once_and_leaves_no_room(far):
    with far.guest("Cy") as client:
        assert client.get("/plan/view").status_code == 200
        cy = far.accounts.named("Cy").id
        folder = far.settings.locations.people / cy
        assert folder.is_dir()
        rooms = len(far.gate.rooms)
        far.accounts.remove(cy)
        assert client.get("/plan/view").status_code == 401
        far.wait(far.gate.tidy())
        assert len(far.gate.rooms) == rooms - 1 and not folder.exists()


def test_a_room_that_nobody_used_for_long_is_closed_and_opens_again(served):
    with served.guest("Ana") as client:
        assert client.get("/plan/view").status_code == 200
        served.clock.passed += 3 * 3600
        served.wait(served.gate.tidy())
        assert len(served.gate.rooms) == 0
    with served.guest("Ana") as client:
        assert client.get("/plan/view").status_code == 200


def test_when_every_room_is_in_use_the_next_one_is_told_kindly(served, monkeypatch):
    monkeypatch.setattr(served.gate.rooms, "_most", 1)
    served.wait(served.gate.rooms.close_all())
    with served.guest("Ana") as ana, served.guest("Bo") as bo:
        with ana.stream("GET", "/gradio_api/heartbeat/abc") as answer:
            lines = answer.iter_lines()
            next(lines)
            full = bo.get("/")
            assert full.status_code == 503 and sign_in_page.BUSY in full.text
        until = time.monotonic() + 30
        while bo.get("/plan/view").status_code == 503 and time.monotonic() < until:
            time.sleep(0.2)
        assert bo.get("/plan/view").status_code == 200, "the idle room made place"


@pytest.mark.parametrize(
    "odd", ["http://coach.example", "coach.example", "https://", "https://a/b", "https://u:p@a", "https://a?b", "https://*.a", "ftp://a", "https://a:x", "https://[::1", "https://ä.example"]
)  # fmt: skip
def test_an_odd_address_for_people_is_refused(odd):
    with pytest.raises(SettingsError, match="COACH_PUBLIC_ORIGIN"):
        check_origin(odd)


def test_addresses_are_written_as_browsers_do():
    assert check_origin("https://Coach.Example/") == check_origin("https://coach.example:443") == FAR
    assert check_origin("http://127.0.0.1:7860") == "http://127.0.0.1:7860" and check_origin("https://a:8443") == "https://a:8443"
    assert check_proxies("127.0.0.1, ::1") == ("127.0.0.1", "::1")
    with pytest.raises(SettingsError, match="COACH_PROXIES"):
        check_proxies("nginx")


def test_other_computers_get_in_only_where_people_sign_in_through_https():
    far = find(True, FAR, None)
    assert check_host("0.0.0.0", far) == "0.0.0.0" and check_host("127.0.0.1", None)
    for hosting in (None, Hosting(), find(True, "http://127.0.0.1:7860", None)):
        with pytest.raises(SettingsError, match="COACH_HOST"):
            check_host("0.0.0.0", hosting)
    with pytest.raises(SettingsError, match="COACH_ACCOUNTS"):
        find(False, FAR, None)
    assert find(False, None, None) is None


