"""Who may sign in and who is signed in: names, stays, their ends, and what the file holds."""

import stat
from datetime import UTC, datetime, timedelta

import pytest

from coach.errors import StoreError, UserError
from coach.store.accounts import Accounts
from coach.store.visits import IDLE, LONGEST, MOST, Visits


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


def pytest_generate_tests(metafunc):
    """What does not look at the file runs on PostgreSQL as well."""
    if "accounts" in metafunc.fixturenames:
        places = ["file"] if "tmp_path" in metafunc.definition._fixtureinfo.argnames else ["file", "server"]
        metafunc.parametrize("accounts", places, indirect=True)


@pytest.fixture
def accounts(request, tmp_path, clock):
    if request.param == "server":
        yield Accounts(request.getfixturevalue("empty_server").engine, clock)
        return
    made = Accounts.open(tmp_path / "home" / "accounts.db", clock)
    yield made
    made.close()


@pytest.fixture
def visits(accounts):
    return Visits(accounts)


@pytest.fixture
def ana(accounts):
    return accounts.add("Ana", "hash-a")


def test_only_the_owner_can_read_the_file(accounts, tmp_path):
    assert stat.S_IMODE((tmp_path / "home" / "accounts.db").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


@pytest.mark.parametrize("same", ["Ana", "ANA", "ana"])
def test_a_name_is_taken_in_any_case(accounts, ana, same):
    with pytest.raises(UserError, match="already"):
        accounts.add(same, "x")
    assert accounts.named(same) == ana


@pytest.mark.parametrize("odd", ["", " ana", "a\nb", "<b>", "a" * 121, "../x"])
def test_an_odd_name_is_refused(accounts, odd):
    with pytest.raises(UserError):
        accounts.add(odd, "x")


def test_it_is_all_there_after_the_file_was_closed(accounts, ana, tmp_path, clock):
    accounts.close()
    again = Accounts.open(tmp_path / "home" / "accounts.db", clock)
    assert again.all() == [ana]
    again.close()


def test_another_programs_file_is_left_alone(tmp_path, clock):
    import sqlite3

    path = tmp_path / "accounts.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE something (x)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Accounts.open(path, clock)
    assert sqlite3.connect(path).execute("SELECT name FROM sqlite_schema").fetchall() == [("something",)] and before[:16] == path.read_bytes()[:16]


def test_a_secret_finds_its_person_and_is_not_in_the_file(visits, accounts, ana, tmp_path):
    secret = visits.begin(ana.id, "hash-a")
    found = visits.find(secret)
    assert (found.person, found.name) == (ana.id, "Ana") and len(secret) >= 43
    accounts.close()
    kept = b"".join(path.read_bytes() for path in (tmp_path / "home").iterdir() if path.is_file())
    assert secret.encode() not in kept and found.digest in kept


@pytest.mark.parametrize("forged", ["", "x", "x" * 5000, "\ud800", "' OR 1=1 --"])
def test_a_forged_secret_finds_nobody(visits, ana, forged):
    visits.begin(ana.id, "hash-a")
    assert visits.find(forged) is None


def test_a_stay_ends_when_nobody_was_there_for_half_an_hour(visits, ana, clock):
    secret = visits.begin(ana.id, "hash-a")
    clock.pass_by(IDLE - 1)
    assert visits.find(secret)
    clock.pass_by(IDLE - 1)
    assert visits.find(secret), "a sign of the person begins the half hour anew"
    clock.pass_by(IDLE)
    assert visits.find(secret) is None


def test_a_page_that_only_stands_open_is_no_sign_of_the_person(visits, ana, clock):
    secret = visits.begin(ana.id, "hash-a")
    for _ in range(5):
        clock.pass_by(IDLE / 6)
        assert visits.find(secret, active=False)
    clock.pass_by(IDLE / 6)
    assert visits.find(secret, active=False) is None


def test_no_stay_is_longer_than_twelve_hours(visits, ana, clock):
    secret = visits.begin(ana.id, "hash-a")
    for _ in range(LONGEST // 600 - 1):
        clock.pass_by(600)
        assert visits.find(secret)
    clock.pass_by(600)
    assert visits.find(secret) is None and visits.alive() == set()


def test_signing_out_ends_one_stay_and_not_the_others(visits, ana):
    one, other = (visits.begin(ana.id, "hash-a") for _ in range(2))
    visits.end(one)
    assert visits.find(one) is None and visits.find(other)


def test_a_new_password_signs_out_everywhere_and_the_old_one_begins_nothing(accounts, visits, ana):
    secret = visits.begin(ana.id, "hash-a")
    accounts.set_password(ana.id, "hash-b")
    assert visits.find(secret) is None
    assert visits.begin(ana.id, "hash-a") is None, "compared before the change, begun after it"
    assert visits.find(visits.begin(ana.id, "hash-b"))


def test_who_is_removed_is_signed_out(accounts, visits, ana):
    secret = visits.begin(ana.id, "hash-a")
    accounts.remove(ana.id)
    assert visits.find(secret) is None and not accounts.exists(ana.id) and accounts.all() == []


def test_the_oldest_browser_is_signed_out_when_there_are_too_many(visits, ana, clock):
    secrets = []
    for _ in range(MOST + 2):
        clock.pass_by(1)
        secrets.append(visits.begin(ana.id, "hash-a"))
    assert [bool(visits.find(one)) for one in secrets] == [False] * 2 + [True] * MOST
