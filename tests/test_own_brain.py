"""What people share and what is their own: folders, stores and hidden words apart; model, index and queue together."""

import pytest

from coach import build as build_module
from coach.errors import CoachError
from coach.hosted_words import elsewhere, hosted
from coach.hosting import Hosting
from coach.llm.client import Client
from coach.llm.endpoint import at
from coach.locations import Locations
from coach.own_brain import OwnBrain
from coach.settings import Settings, of_person, save_words

FAR = "https://models.example/v1"


@pytest.fixture
def shared(tmp_path):
    own = Locations(home=tmp_path / "home", cache=tmp_path / "cache")
    return build_module.share(Settings(llm=FAR, llm_model="m", hosting=Hosting(origin="https://coach.example"), locations=own))


@pytest.fixture
def two(shared):
    made = [shared.person(name, name.title()) for name in ("a" * 32, "b" * 32)]
    yield made
    for one in made:
        one.close()


def test_each_has_a_folder_and_a_store_of_their_own(shared, two):
    one, other = two
    session = one.store.create()
    assert [talk.id for talk in one.store.list_conversations()] == [session.id] and other.store.list_conversations() == []
    assert one.settings.locations.home.parent == shared.settings.locations.people
    assert not shared.settings.locations.database.exists(), "what the host keeps alone is not touched"
    assert one.coach.brain._brain is other.coach.brain._brain and one.readers is other.readers


def test_words_that_one_hides_are_hidden_for_them_alone(shared, two, monkeypatch):
    client = Client(at(FAR, model="m"))
    monkeypatch.setattr(shared.brain, "client", lambda: client)
    one, other = two
    one.coach.use(one.settings.model_copy(update={"hidden_words": ("quokka ledger",), "llm": "https://evil.example/v1", "redact": False}))
    said = [{"role": "user", "content": "I wrote the quokka ledger."}]
    hidden, plain = (built.brain.client()._hidden(said).messages[-1].content for built in two)
    assert "quokka" not in hidden and "quokka ledger" in plain
    assert one.brain.client().endpoint is client.endpoint, "where answers are computed stays"
    assert one.brain.client()._redactor is one.brain.client()._redactor is not other.brain.client()._redactor
    assert one.brain.client()._breaker is other.brain.client()._breaker


def test_a_name_learned_from_one_is_not_known_for_the_other(shared, two, monkeypatch):
    monkeypatch.setattr(shared.brain, "client", lambda: Client(at(FAR, model="m")))
    one, other = two
    told = "My manager Zulgrim Vantorrel put me on a plan."
    first = one.brain.client()._hidden([{"role": "user", "content": told}]).stands_for
    assert any("Zulgrim" in surface for surface in first.values())
    assert not other.brain.client()._redactor._learned


def test_the_words_are_kept_for_the_next_time_and_nothing_else_is_taken(shared):
    own = of_person(shared.settings, "c" * 32)
    save_words(own.model_copy(update={"hidden_words": ("quokka",)}))
    own.locations.saved_settings.write_text('{"hidden_words": ["quokka"], "llm": "https://evil.example/v1", "redact": false}')
    again = of_person(shared.settings, "c" * 32)
    assert (again.hidden_words, again.llm, again.redact) == (("quokka",), FAR, True)


def test_all_that_one_person_does_waits_in_one_line(shared, two):
    import threading

    order, go = [], threading.Event()

    def ask(built, name, conversation):
        with built.coach._queue.turn(conversation):
            order.append(name)
            go.wait(5)

    first = threading.Thread(target=ask, args=(two[0], "a", "1"))
    first.start()
    while not order:
        pass
    waiting = []
    for built, name, conversation in ((two[0], "a", "2"), (two[0], "a", "3"), (two[1], "b", "4")):
        waiting.append(threading.Thread(target=ask, args=(built, name, conversation)))
        waiting[-1].start()
        while sum(map(len, shared.queue._waiting.values())) < len(waiting):
            pass
    go.set()
    for thread in (first, *waiting):
        thread.join(10)
    assert sorted(order) == ["a", "a", "a", "b"] and order.index("b") <= 2, "two conversations of one do not pass before the other's first"


def test_nothing_says_that_it_is_on_this_computer(library):
    lines = str(hosted(library).lines)
    for wrong in ("on this computer", "python -m coach", "{home}", "same computer"):
        assert wrong not in lines, wrong
    assert str(library.lines).count("on this computer") > 3, "the library itself is not changed"
    assert elsewhere("Prepared answers, on this computer") == "Prepared answers, on the server of this page"


def test_said_in_place_of_what_is_there(library):
    """The same names, or a text would never be shown."""
    about = library.lines["hosted"]["about"]
    assert set(about) <= set(library.lines["routes"]["about"])
    assert all(len(about[name]) >= len(library.lines["routes"]["about"][name]) for name in about)


def test_a_person_cannot_be_built_where_the_folder_is_a_file(shared):
    shared.settings.locations.people.write_text("x")
    with pytest.raises(CoachError):
        shared.person("d" * 32, "Dee")


def test_the_view_has_no_switch(shared):
    brain = OwnBrain(shared.brain, shared.settings, lambda settings: None)
    brain.use(shared.settings.model_copy(update={"llm": "none"}))
    assert shared.brain.settings.llm == FAR and brain.settings.llm == FAR
