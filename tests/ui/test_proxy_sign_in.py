"""People who sign in at the proxy (OIDC in front): it names them in a header, and nobody else's word is believed."""

import pytest

from coach.errors import SettingsError
from coach.hosting import Hosting, find
from coach.ui import sign_in_page
from tests.ui.hosted import Served

FAR = "https://coach.example"
HEADER = "x-auth-request-email"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    made = Served(tmp_path_factory.mktemp("proxied"), hosting=Hosting(origin=FAR, header=HEADER))
    yield made
    made.stop()


def cookie_of(answer) -> str:
    return answer.headers["set-cookie"].split(";")[0]


def enter(served, name: str):
    """A browser that the proxy signed in."""
    with served.nobody(**{HEADER: name}) as client:
        answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?in"), answer.text
    return served.nobody(**{HEADER: name, "cookie": cookie_of(answer)})


def test_who_comes_for_the_first_time_is_let_in_under_their_name(served):
    with enter(served, "ana@example.org") as client:
        page = client.get("/")
        assert page.status_code == 200 and "ana@example.org" in page.text
    assert "ana@example.org" in [account.name for account in served.accounts.all()]


def test_without_the_header_nobody_gets_in(served):
    with served.nobody() as client:
        answer = client.get("/")
        assert answer.status_code == 403 and sign_in_page.NOBODY in answer.text and "<form" not in answer.text
        assert client.get("/config").status_code == 401


def test_a_cookie_alone_is_nobody(served):
    with enter(served, "ana@example.org") as client:
        del client.headers[HEADER]
        assert client.get("/config").status_code == 401 and client.get("/").status_code == 403


def test_another_person_at_the_same_browser_gets_their_own_page(served):
    with enter(served, "ana@example.org") as client:
        client.headers[HEADER] = "bo@example.org"
        assert client.get("/config").status_code == 401
        answer = client.get("/")
        assert answer.status_code == 303
        client.headers["cookie"] = cookie_of(answer)
        page = client.get("/").text
        assert "bo@example.org" in page and "ana@example.org" not in page


def test_the_stay_of_the_one_before_has_ended_then(served):
    with enter(served, "ana@example.org") as client:
        before = client.headers["cookie"]
        client.headers[HEADER] = "bo@example.org"
        client.get("/")
        client.headers[HEADER] = "ana@example.org"
        client.headers["cookie"] = before
        assert client.get("/config").status_code == 401


@pytest.mark.parametrize("name", ["<script>", "../x", "a" * 121, "", "caf\xe9"])
def test_an_odd_name_is_one_sentence(served, name):
    with served.nobody() as client:
        answer = client.get("/", headers=[(HEADER.encode(), name.encode("latin-1"))])
        assert answer.status_code == 403 and sign_in_page.NOBODY in answer.text


def test_two_names_at_once_are_none(served):
    with served.nobody() as client:
        answer = client.get("/", headers=[(HEADER, "ana@example.org"), (HEADER, "bo@example.org")])
        assert answer.status_code == 403


def test_a_name_with_an_accent_is_read(served):
    with served.nobody() as client:
        answer = client.get("/", headers=[(HEADER.encode(), "zoë@example.org".encode())])
    assert answer.status_code == 303 and "zoë@example.org" in [account.name for account in served.accounts.all()]


def test_whoever_is_not_the_proxy_is_not_believed(tmp_path):
    made = Served(tmp_path, hosting=Hosting(origin=FAR, header=HEADER, proxies=("192.0.2.1",)))
    with made.nobody(**{HEADER: "ana@example.org"}) as client:
        assert client.get("/").status_code == 403
    assert made.accounts.all() == []
    made.stop()


def test_a_browser_without_cookies_is_told(served):
    with served.nobody(**{HEADER: "ana@example.org"}) as client:
        answer = client.get("/?in")
        assert answer.status_code == 403 and sign_in_page.NO_COOKIE in answer.text


def test_a_page_whose_stay_has_ended_begins_a_new_one_wherever_it_stands(served):
    with enter(served, "ana@example.org") as client:
        client.post("/signout")
        answer = client.get("/?in")  # where the first page still stands in the browser
        assert answer.status_code == 303 and "set-cookie" in answer.headers


def test_there_is_no_form_and_no_password(served):
    with served.nobody(**{HEADER: "ana@example.org"}) as client:
        assert "<form" not in client.get("/signin").text and sign_in_page.LEFT in client.get("/signin?left").text
        answer = client.post("/signin", data={"name": "ana@example.org", "password": "x" * 12})
        assert "set-cookie" not in answer.headers


def test_signing_out_ends_the_stay(served):
    with enter(served, "ana@example.org") as client:
        assert client.post("/signout").headers["location"] == "/signin?left"
        assert client.get("/config").status_code == 401


def test_the_header_does_not_reach_the_page_of_who_is_in(served):
    scope = {"type": "http", "headers": [(HEADER.encode(), b"x"), (b"accept", b"y")], "scheme": "http"}
    assert served.gate._proxy.own(scope) == {"type": "http", "headers": [(b"accept", b"y")], "scheme": "https"}


@pytest.mark.parametrize("header", ["cookie", "X-Forwarded-For", "X Email", "authorization", "x-"])
def test_a_header_that_anybody_may_set_is_refused(header):
    with pytest.raises(SettingsError, match="COACH_SIGN_IN_HEADER takes"):
        find(True, FAR, None, header)


def test_a_header_needs_an_origin_and_accounts():
    with pytest.raises(SettingsError, match="needs COACH_PUBLIC_ORIGIN"):
        find(True, None, None, HEADER)
    with pytest.raises(SettingsError, match="COACH_ACCOUNTS=1"):
        find(False, None, None, HEADER)
    assert find(True, FAR, None, "X-Auth-Request-Email").header == HEADER
