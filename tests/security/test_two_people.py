"""Two people on one page: whatever name, number or address of Ana's Bo tries, no word of hers comes back and nothing of hers changes."""

import json
import re
import threading

import pytest

from tests.ui import plans
from tests.ui.hosted import Chat, Served

WORD = "quetzalfeather"  # only Ana ever writes it
NAME = "zyxthorpe"  # only in Ana's plan, among its goals
BYTES = {"content-type": "application/octet-stream"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    made = Served(tmp_path_factory.mktemp("two"))
    made.add("Ana", "Bo")
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def patient(served):
    served.gate._paces.clear()


def packed(data: bytes, **head) -> bytes:
    return json.dumps(head).encode() + b"\n" + data


class Hers:
    """Everything of Ana's that has a name of its own."""

    def __init__(self, client) -> None:
        self.client = client
        self.chat = Chat(client, "sessionofana")
        self.event = self.chat.join(f"they put me on a plan, {WORD}")
        self.said = self.chat.heard()
        self.talk = re.search(r"conversation-([0-9a-f]{32})", self.said)[1]
        text = plans.PLAN.replace("20 tickets", f"20 {NAME} tickets")
        self.draft = client.post("/plan/read", content=packed(text.encode(), name="plan.txt"), headers=BYTES).json()["draft"]
        client.post("/plan/review", json={"draft": self.draft, "do": "confirm"})
        self.open_draft = client.post("/plan/read", content=packed(text.encode(), name="plan.txt"), headers=BYTES).json()["draft"]
        checklist = self.store.plans.load()
        self.item = checklist.items[0].id
        fields = {"item": self.item, "on": "2027-01-02", "text": "note", "minutes": ""}
        client.post("/plan/attach", content=packed(WORD.encode(), name=f"{WORD}.txt", fields=fields), headers=BYTES)
        self.file = self.store.plans.load().items[0].evidence[-1].id
        client.post("/practice/act", json={"do": "start", "fields": {"scenario": "first_meeting", "persona": "cold", "difficulty": "guarded", "feedback": "each"}})
        (attempt,) = self.store.plans.load().rehearsals
        client.post("/practice/act", json={"do": "say", "id": attempt.id, "version": attempt.version, "text": WORD})

    store = None


@pytest.fixture(scope="module")
def hers(served):
    with served.guest("Ana") as client:
        client.get("/config")
        Hers.store = served.gate.rooms._rooms[served.accounts.named("Ana").id].built.store
        yield Hers(client)


@pytest.fixture
def bo(served):
    with served.guest("Bo") as client:
        client.get("/config")
        yield client


def ids(hers) -> dict[str, str]:
    return {
        "conversation": hers.talk, "draft": hers.draft, "open draft": hers.open_draft, "item": hers.item, "queue session": hers.chat.session,
        "event": hers.event, "file": hers.file,
    }  # fmt: skip


def clean(answer) -> bool:
    return WORD not in answer.text and NAME not in answer.text


def addresses(served) -> list[tuple[str, str]]:
    """Every method and path that a room serves, Gradio's own included, and the gate's."""
    found = [("GET", "/signin"), ("GET", "/away"), ("GET", "/start")]

    def walk(routes, before):
        for route in routes:
            path = before + getattr(route, "path", "")
            if getattr(route, "methods", None):
                found.extend((method, path) for method in route.methods)
            walk(getattr(route, "routes", None) or [], path.rstrip("/"))
            if inner := getattr(route, "original_router", None):
                walk(inner.routes, before + (getattr(route.include_context, "prefix", "") or ""))

    walk(next(iter(served.gate.rooms._rooms.values())).app.routes, "")
    return sorted({(method, "/" + path.lstrip("/")) for method, path in found})


def filled(path: str, value: str) -> str:
    return re.sub(r"\{[^}]*\}", value, path)


def test_what_ana_wrote_is_there_for_her(hers):
    """Else the tests below would find nothing whatever the page did."""
    assert WORD in hers.said and NAME in hers.client.get("/plan/view").text and hers.file
    assert WORD in hers.client.get(f"/plan/file/{hers.file}").text and WORD in hers.client.get("/practice/view").text
    assert hers.client.get("/meetings/export/data-zip").status_code == 200


def test_every_address_with_every_name_of_hers_gives_bo_nothing_of_hers(served, hers, bo):
    listed = addresses(served)
    assert len(listed) > 40 and ("POST", "/plan/act") in listed and ("GET", "/plan/file/{id}") in listed
    for method, path in listed:
        if "heartbeat" in path or path.endswith("queue/data"):
            continue  # streams, tried below
        for value in ids(hers).values():
            served.gate._paces.clear()
            asked = {"session_hash": value, "event_id": value, "draft": value, "id": value, "item": value, "file": value, "c": value, "conversation": value}
            body = {"data": [value], "fn_index": 0, "component_id": 1, "fn_name": "x", "do": "open", "value": value, **asked}
            answer = bo.request(method, filled(path, value), params=asked, json=body if method in ("POST", "PUT", "PATCH") else None)
            assert clean(answer), (method, path, value)


@pytest.mark.parametrize("kind", ["nobody", "forged", "signed out"])
def test_every_address_gives_nobody_nothing(served, hers, kind):
    with served.guest("Bo") as client:
        cookie = client.headers["cookie"]
        client.post("/signout")
    with served.nobody(**({} if kind == "nobody" else {"cookie": cookie if kind == "signed out" else cookie[:-4] + "0000"})) as client:
        for method, path in addresses(served):
            served.gate._paces.clear()
            answer = client.request(method, filled(path, hers.chat.session))
            open_to_all = path in ("/signin", "/away")
            assert answer.status_code in ((200,) if open_to_all else (303, 401, 403)), (method, path, answer.status_code)
            assert clean(answer)


def test_hers_cannot_be_opened_renamed_or_deleted(hers, bo):
    chat = Chat(bo, "sessionofbo")
    for do in ("open", "rename", "delete", "set-fact", "drop-fact", "edit"):
        chat.act(json.dumps({"do": do, "value": hers.talk, "text": "mine now"}))
        heard = chat.heard()
        assert WORD not in heard and NAME not in heard, do
    assert bo.get("/plan/file/" + hers.file).status_code == 404
    for draft in (hers.draft, hers.open_draft):
        shown = bo.post("/plan/review", json={"draft": draft, "do": "confirm"})
        assert clean(shown) and "fault" in shown.json()
    for do in ("change", "remove"):
        shown = bo.post("/plan/act", json={"do": do, "kind": "item", "id": hers.item, "version": 1, "fields": {"title": ["x", "mine now"]}})
        assert clean(shown)
    assert [one.id for one in Hers.store.list_conversations()] == [hers.talk] and WORD in Hers.store.load(hers.talk).messages[0].text
    assert hers.item in [one.id for one in Hers.store.plans.load().items]


def test_exports_of_bo_hold_bos_things(hers, bo):
    for path in ("/plan/export/csv", "/plan/export/json", "/plan/export/ics", "/meetings/export/data-zip", "/meetings/export/binder-docx"):
        answer = bo.get(path)
        assert WORD.encode() not in answer.content and NAME.encode() not in answer.content, path


def test_her_streams_cannot_be_read_or_cut(hers, bo):
    mine = Chat(hers.client, "anasecond")
    event = mine.join(f"one more, {WORD} slow wait")
    theirs = Chat(bo, mine.session)
    heard = theirs.heard()
    assert "session_not_found" in heard and WORD not in heard
    assert bo.post("/gradio_api/cancel", json={"session_hash": mine.session, "fn_index": 0, "event_id": event}).status_code == 404
    with bo.stream("GET", f"/gradio_api/heartbeat/{mine.session}") as answer:
        next(answer.iter_lines())
    assert "process_completed" in (whole := mine.heard()) and WORD in whole, "her answer came to its end all the same"


def test_the_same_name_for_a_stream_is_another_stream(hers, bo):
    theirs = Chat(bo, hers.chat.session)
    theirs.join("hello from bo")
    heard = theirs.heard()
    assert "hello from bo" in heard and WORD not in heard and hers.talk not in heard


def test_deleting_everything_deletes_ones_own(hers, bo):
    chat = Chat(bo, "bobefore")
    chat.join("something of bo")
    chat.heard()
    assert bo.post("/meetings/act", json={"do": "erase-all"}).json().get("reload") is True
    assert WORD in Hers.store.load(hers.talk).messages[0].text and NAME in hers.client.get("/plan/view").text


def test_files_of_one_are_not_served_to_anybody_by_their_path(served, hers, bo):
    own = served.settings.locations.of_person(served.accounts.named("Ana").id)
    for path in (own.database, own.home, served.settings.locations.accounts, own.uploads / "x"):
        for address in (f"/gradio_api/file={path}", f"/gradio_api/file/{path}", f"/file={path}"):
            assert bo.get(address).status_code in (403, 404), address


def test_each_folder_is_for_the_owner_only(served, hers):
    for folder in (served.settings.locations.people, *served.settings.locations.people.iterdir()):
        assert folder.stat().st_mode & 0o777 == 0o700
    for path in served.settings.locations.people.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_many_turns_at_once_never_cross(served, tmp_path, people=4, turns=8):
    names = [f"Person {n}" for n in range(people)]
    served.add(*names)
    heard: dict[str, list[str]] = {name: [] for name in names}
    faults: list[str] = []

    def talk(name: str, mark: str) -> None:
        try:
            with served.guest(name) as client:
                for turn in range(turns):
                    served.gate._paces.clear()
                    chat = Chat(client, f"shared{turn}")  # all of them use the same names for their streams
                    chat.join(f"turn {turn} of {mark}")
                    heard[name] += [chat.heard(), client.get("/plan/view").text, client.get("/meetings/view").text]
        except Exception as error:  # noqa: BLE001  told below
            faults.append(f"{name}: {error!r}")

    marks = {name: f"mark{n}x{'abcd'[n]}" for n, name in enumerate(names)}
    threads = [threading.Thread(target=talk, args=item) for item in marks.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    for name, mark in marks.items():
        text = "\n".join(heard[name])
        assert all(f"turn {turn} of {mark}" in text for turn in range(turns)), name
        assert not [other for other in marks.values() if other != mark and other in text], name


