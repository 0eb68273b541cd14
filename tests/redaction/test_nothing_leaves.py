"""No planted name, address or number is in any request body: chat, history, a plan read in sentences or whole, the connection test."""

import ast
import json
import re
import threading
import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from coach import build as build_module
from coach import prompts as prompts_module
from coach.errors import CoachError
from coach.llm import endpoint as endpoints
from coach.llm.client import Client
from coach.llm.endpoint import Endpoint
from coach.locations import ROOT, Locations
from coach.plan.extract import extract
from coach.plan.refine import refine
from coach.redaction.known import listed
from coach.redaction.names import ordinary
from coach.redaction.redactor import Redactor
from coach.schema.enums import Strength
from coach.settings import Settings
from coach.tools import phrase
from tests.llm.conftest import QUICK
from tests.llm.stub_server import say

PROMPTS = {name: prompts_module.load(ROOT / "prompts", name) for name in ("opening", "answer", "plan_sentence", "plan_whole")}
SYLLABLES = st.sampled_from(["bra", "zul", "nwo", "kel", "tsy", "grim", "vex", "olu", "fen", "quor", "ška", "ñez", "øst", "ład", "ümm", "phi"])
PART = st.lists(SYLLABLES, min_size=2, max_size=4).map("".join).map(str.capitalize)
NAME = st.lists(PART, min_size=1, max_size=3).map(" ".join)
DIGITS = st.text("123456789", min_size=7, max_size=7)
SHAPES = {
    "email": st.builds(lambda a, b: f"{a}.{b}@mail.example".lower(), PART, PART).filter(str.isascii),
    "phone": DIGITS.map(lambda d: f"+44 7{d[:3]} {d[3:]}55"),
    "ssn": DIGITS.map(lambda d: f"{d[:3]}-{d[3:5]}-{d[5:]}88"),
    "id": DIGITS.map(lambda d: f"HR-{d[:4]}-{d[4:]}"),
    "address": st.builds(lambda d, p: f"{d[:2]} {p} Street", DIGITS, PART),
}
WAYS = st.sampled_from([str, str.upper, str.lower, lambda s: s + "'s", lambda s: unicodedata.normalize("NFD", s), lambda s: s.split(" ")[0], lambda s: f"“{s}”,", lambda s: f"(Mr {s.split(' ')[-1]})"])
MESSAGES = ("{0} gave me the plan and {1} was there. What should I say to {0}?", "i feel sick. {0} said nothing for months and then {1}, and now {0} again", "My number is {1}.\n{0}\nWhen do I sign?")


def flat(text):
    text = text.translate(str.maketrans("øØłŁđĐ", "oOlLdD"))
    return "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf")).casefold()


def bodies(server):
    return flat("\n".join(json.dumps(request.body, ensure_ascii=False) for request in server.requests))


def leaked(server, planted):
    sent = bodies(server)
    return [word for word in planted if re.search(rf"(?<!\w){re.escape(flat(word))}(?!\w)", sent)]


def remote(server, redactor, strength=Strength.CAPABLE):
    where = Endpoint(name="far", base_url=server.url, model="m", key=SecretStr("k"), strength=strength)
    return Client(where, limits=QUICK, redactor=redactor)


def run(steps):
    try:
        return [step for step in steps if not isinstance(step, int)][-1]
    except CoachError:
        return None


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(who=NAME, other=st.one_of(*SHAPES.values()), ways=st.tuples(WAYS, WAYS), message=st.sampled_from(MESSAGES), known=st.booleans())
def test_no_planted_word_is_in_a_chat(book, server, who, other, ways, message, known):
    assume(not any(ordinary(flat(part), book) for part in who.split()))
    server.requests.clear()
    server.scenes = [say("You had that said to you. [Person 1] was there.")]
    names = listed((who,), book)
    redactor = Redactor(book, lambda: names)
    text = message.format(ways[0](who), other)
    history = [f"It is about {who}.", f"{ways[1](who)} wrote from {other}."]
    client, stop = remote(server, redactor), threading.Event()
    run(phrase.answer(client, PROMPTS["answer"], message=text, history=history, known={"manager": who} if known else {}, moves=[], composed="Read it first.", citations=(), stop=stop))
    run(phrase.opening(client, PROMPTS["opening"], text, stop))
    assert server.requests and leaked(server, [*who.split(), other]) == []


PLAN = """Performance improvement plan

Employee: {employee}
Manager: {manager}
Employer: {employer} Ltd
{address}

From 2 March 2026 to 29 May 2026. You were told about this by {manager} on 12 January 2026. Questions go to {mail} or {phone}.

Every parcel leaves the bench with the address compared to the order, as {first} was shown. {boss} checks the returns list.
The course of {employer} is behind you by 17 April 2026. {first} keeps the bench tidy when the late shift of {employer} arrives.
All of this is written down because the parcels came back to us all winter, and four orders went to the wrong address.

If the goals are not met, a final written warning may follow. You and {boss} will meet every Monday at 9 am. Case {number}.
"""


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(PART, min_size=5, max_size=5, unique_by=flat), shapes=st.fixed_dictionaries(SHAPES), strength=st.sampled_from(Strength))
def test_no_planted_word_is_in_what_a_plan_costs(book, server, names, shapes, strength):
    assume(not any(ordinary(flat(part), book) for part in names))
    server.requests.clear()
    server.scenes = [say("no")]
    first, last, boss, surname, firm = names
    text = PLAN.format(
        employee=f"{first} {last}", manager=f"{boss} {surname}", employer=firm, first=first, boss=boss, mail=shapes["email"],
        phone=shapes["phone"], number=shapes["id"], address=shapes["address"],
    )  # fmt: skip
    found = extract(text.encode(), "plan.txt")
    refine(found, remote(server, Redactor(book), strength), PROMPTS, seconds=20)
    assert server.requests
    assert leaked(server, [*names, shapes["email"], shapes["phone"], shapes["id"], shapes["address"]]) == []


def test_what_a_capable_model_quotes_is_found_in_the_plan_again(book, server):
    server.requests.clear()
    text = PLAN.format(
        employee="Nadia Farouk", manager="Tom Leary", employer="Brackwell", first="Nadia", boss="Tom", mail="t@b.example", phone="07700 900 318",
        number="HR-2026-11", address="14 Kestrel Way",
    )  # fmt: skip
    server.scenes = [say(json.dumps({"goals": [{"quote": "The course of [Employer short name] is behind you by 17 April 2026.", "measure": None}]}))]
    refined = refine(extract(text.encode(), "plan.txt"), remote(server, Redactor(book)), PROMPTS, seconds=20)
    assert "Brackwell" not in json.dumps(server.requests[-1].body)
    assert [goal.quote for goal in refined.added] == ["The course of Brackwell is behind you by 17 April 2026."]


def test_an_answer_in_pieces_comes_back_with_its_names(book, server):
    server.scenes = [say("You told [Per", "son 1", "] that ", "[Person 1]'s plan is new", " to you.")]
    client = remote(server, Redactor(book))
    assert "".join(client.stream([{"role": "user", "content": "I told Rosalind no."}], max_tokens=50)) == "You told Rosalind that Rosalind's plan is new to you."


def test_an_answer_that_is_cut_off_keeps_its_last_piece(book, server):
    server.scenes = [say("Rosalind and [Person", finish="length")]
    pieces = []
    with pytest.raises(CoachError):
        for piece in remote(server, Redactor(book)).stream([{"role": "user", "content": "hi"}], max_tokens=5):
            pieces.append(piece)
    assert "".join(pieces) == "Rosalind and [Person"


def test_the_connection_test_sends_nothing_of_the_person(server):
    server.requests.clear()
    server.scenes = [say("ready")]
    endpoints.test(Endpoint(name="far", base_url=server.url, model="m"))
    assert [message["content"] for message in server.requests[-1].body["messages"]] == ["Answer with the word: ready"]


@pytest.fixture
def far(server, monkeypatch, tmp_path, places):
    """The whole coach with an endpoint that counts as another computer."""

    def made(**options):
        monkeypatch.setattr(endpoints, "from_settings", lambda settings: Endpoint(name="far", base_url=server.url, model="m"))
        folders = Locations(home=tmp_path, cache=places.cache)
        return build_module.build(Settings(llm="https://far.example/v1", locations=folders, **options))

    return made


PLANTED = ("Zulgrim", "Quorfen", "z.quorfen@mail.example", "07700 900 318", "Vexolu")


@pytest.mark.parametrize("on", [True, False])
def test_by_default_and_only_unless_turned_off_it_is_hidden_in_the_whole_coach(server, far, on):
    server.requests.clear()
    server.scenes = [say("You read it.")]
    built = far(redact=on, hidden_words=("Vexolu",))
    try:
        built.start(wait=True)
        session = built.store.create()
        for text in ("My manager Zulgrim Quorfen put me on a plan and I feel sick. z.quorfen@mail.example or 07700 900 318.", "how often should i check in with zulgrim about the vexolu account?"):
            before = session
            told = built.preview(built.brain.settings, before, text, None)
            session = list(built.coach.reply(session, text))[-1].session
            sent = server.requests[-1].body["messages"]
            assert sent == [message.model_dump() for message in told.messages]
    finally:
        built.close()
    assert server.requests
    assert bool(leaked(server, PLANTED)) is not on


def test_a_preview_sends_and_keeps_nothing(server, far):
    server.requests.clear()
    built = far()
    try:
        built.start(wait=True)
        session = built.store.create()
        told = built.preview(built.brain.settings, session, "My manager Zulgrim put me on a plan and I feel sick", None)
        assert told.host == "127.0.0.1" and "[Person" in told.text and "Zulgrim" not in told.text
        assert not server.requests and not built.store.load(session.id).messages
    finally:
        built.close()


def test_only_the_brain_and_the_connection_test_make_a_client():
    """Whoever makes a client decides whether names are hidden; so nobody else does."""
    makers = set()
    for path in (ROOT / "coach").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Client":
                makers.add(path.relative_to(ROOT).as_posix())
    assert makers == {"coach/brain.py", "coach/llm/client.py", "coach/llm/endpoint.py"}
