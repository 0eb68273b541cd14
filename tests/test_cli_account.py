"""`account`: who may sign in, from the command line; what is printed, what is asked, what is gone afterwards."""

import json
from datetime import UTC, datetime

import pytest

from coach import settings as settings_module
from coach.accounts import passwords, people
from coach.cli import account
from coach.cli.main import main
from coach.schema.conversation import Message
from coach.store import Store
from coach.store.accounts import Accounts
from tests.ui.hosted import WORD, quick

PLANTED = "quetzalfeather"


@pytest.fixture(autouse=True)
def hasher(monkeypatch):
    monkeypatch.setattr(passwords, "Passwords", quick)


@pytest.fixture
def places():
    return settings_module.load().locations


def run(capsys, *arguments):
    code = main(["account", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_add_list_and_reset(capsys, places):
    assert run(capsys, "list") == (0, "Nobody can sign in yet.\n", "")
    code, out, _ = run(capsys, "add", "Ana Ruiz", "--random", "--json")
    first = json.loads(out)
    assert code == 0 and first["account"] == "Ana Ruiz" and len(first["password"]) >= passwords.SHORTEST
    assert "never signed in" in run(capsys, "list")[1] and first["password"] not in run(capsys, "list")[1]
    assert run(capsys, "add", "ana ruiz", "--random")[0] == 2
    again = json.loads(run(capsys, "reset", "ana ruiz", "--random", "--json")[1])["password"]
    accounts = Accounts.open(places.accounts, lambda: datetime.now(UTC))
    kept = accounts.password("Ana Ruiz").hash
    accounts.close()
    assert quick().fits(again, kept) and not quick().fits(first["password"], kept)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["fly"], "account takes add"), (["add"], "takes a name"), (["list", "x"], "takes no name"), (["reset", "zoe", "--random"], "Nobody"),
        (["remove", "zoe", "--yes"], "Nobody"), (["add", "<b>", "--random"], "A name has"), (["add", "Ana"], "--random"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line(capsys, asked, said):
    code, out, err = run(capsys, *asked)
    assert (code, out) == (2, "") and said in err and err.count("\n") == 1


def test_a_password_is_asked_for_twice(capsys, monkeypatch):
    typed = iter([WORD, "something else", "short", "short", WORD, WORD])
    monkeypatch.setattr(account.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(account.getpass, "getpass", lambda prompt: next(typed))
    assert "not the same" in run(capsys, "add", "Ana")[2] and "12 to 200" in run(capsys, "add", "Ana")[2]
    code, out, _ = run(capsys, "add", "Ana")
    assert code == 0 and WORD not in out


def test_remove_deletes_the_account_and_every_word(capsys, places):
    for name in ("Ana", "Bo"):
        run(capsys, "add", name, "--random")
    accounts = Accounts.open(places.accounts, lambda: datetime.now(UTC))
    folders = {}
    for name in ("Ana", "Bo"):
        own = folders[name] = places.of_person(accounts.named(name).id)
        store = Store.open(own.database, lambda: datetime.now(UTC), own.backups)
        session = store.create()
        line = Message(author="person", text=f"{PLANTED} of {name}", at=datetime.now(UTC))
        store.save(session.model_copy(update={"messages": (line,)}))
        store.close()
    accounts.close()
    assert run(capsys, "remove", "Ana")[0] == 2, "it asks, and here is nobody to ask"
    assert folders["Ana"].home.exists()
    assert run(capsys, "remove", "ana", "--yes")[0] == 0
    assert not folders["Ana"].home.exists() and folders["Bo"].database.exists() and "Ana" not in run(capsys, "list")[1]
    left = b"".join(path.read_bytes() for path in places.home.rglob("*") if path.is_file())
    assert f"{PLANTED} of Bo".encode() in left and f"{PLANTED} of Ana".encode() not in left
    assert run(capsys, "remove", "ana", "--yes")[0] == 2


def test_a_removal_that_broke_off_lets_nobody_in_and_can_be_done_again(capsys, places, monkeypatch):
    run(capsys, "add", "Ana", "--random")
    accounts = Accounts.open(places.accounts, lambda: datetime.now(UTC))
    own = places.of_person(accounts.named("Ana").id)
    own.home.mkdir(parents=True)

    def full(path):
        raise OSError("no")

    monkeypatch.setattr(people.shutil, "rmtree", full)
    code, _, err = run(capsys, "remove", "Ana", "--yes")
    assert code == 2 and "Try again" in err and accounts.password("Ana").hash == ""
    monkeypatch.undo()
    monkeypatch.setenv("COACH_HOME", str(places.home))
    assert run(capsys, "remove", "Ana", "--yes")[0] == 0 and accounts.all() == []
    accounts.close()


