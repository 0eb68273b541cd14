"""Where people are kept, in files and on a server: a store each, and nothing left of who is removed."""

from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from coach.accounts.people import InFiles, OnServer, open_people
from coach.cli.main import main
from coach.errors import StoreError
from coach.locations import Locations
from coach.schema.conversation import Message
from coach.settings import Settings

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture(params=["file", "server"])
def people(request, tmp_path):
    database = None
    if request.param == "server":
        url = request.getfixturevalue("empty_server").engine.url
        database = SecretStr(url.render_as_string(hide_password=False))
    settings = Settings(locations=Locations(home=tmp_path / "home", cache=tmp_path / "cache"), database=database)
    made = open_people(settings, lambda: NOW)
    assert isinstance(made, OnServer if database else InFiles)
    yield made
    made.close()


def say(people, name, word):
    id = people.accounts.add(name, "hash").id
    store = people.store(id)
    store.save(store.create().model_copy(update={"messages": (Message(author="person", text=word, at=NOW),)}))
    return id, store


def test_each_has_a_store_of_their_own(people):
    (_, hers), (_, his) = say(people, "Ana", "hers"), say(people, "Bo", "his")
    for store, word in ((hers, "hers"), (his, "his")):
        assert [store.load(one.id).messages[0].text for one in store.list_conversations()] == [word]
        store.close()


def test_what_is_kept_is_there_when_it_is_opened_again(people):
    id, store = say(people, "Ana", "hers")
    store.close()
    again = people.store(id)
    assert len(again.list_conversations()) == 1
    again.close()


def test_who_is_removed_leaves_nothing(people, tmp_path):
    id, store = say(people, "Ana", "quetzalfeather")
    bo, other = say(people, "Bo", "his")
    for one in (id, bo):
        folder = tmp_path / "home" / "people" / one
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.json").write_text('{"hidden_words": ["quetzalfeather"]}')
    store.close()
    people.remove(id)
    people.clear(id)
    assert [account.name for account in people.accounts.all()] == ["Bo"]
    assert not (tmp_path / "home" / "people" / id).exists() and (tmp_path / "home" / "people" / bo).exists()
    assert len(other.list_conversations()) == 1
    other.close()


def test_a_turn_of_somebody_who_was_removed_keeps_nothing_on_the_server(people):
    if isinstance(people, InFiles):
        return  # the room is closed first, and what its last turn left is cleared
    id, store = say(people, "Ana", "hers")
    people.remove(id)
    with pytest.raises(StoreError):
        store.create()


def test_wipe_deletes_what_everybody_kept(people, tmp_path, monkeypatch, capsys):
    for name in ("Ana", "Bo"):
        say(people, name, "quetzalfeather")[1].close()
    monkeypatch.setenv("COACH_ACCOUNTS", "1")
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    if isinstance(people, OnServer):
        monkeypatch.setenv("COACH_DATABASE", people._settings.database.get_secret_value())
        assert main(["wipe", "--yes"]) == 0
        assert people.accounts.all() == []
    else:
        people.close()
        assert main(["wipe", "--yes"]) == 0
    assert not (tmp_path / "home").exists()
    capsys.readouterr()
