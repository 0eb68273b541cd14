"""Passwords, tries and the way in, with a clock that is set by hand and a hasher that is quick."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from coach.accounts import passwords as passwords_module
from coach.accounts.passwords import Passwords
from coach.accounts.sign_in import Entered, Refused, SignIn
from coach.accounts.tries import OF_ADDRESS, OF_NAME, WHILE, SharedTries, Tries, network
from coach.errors import UserError
from coach.store.accounts import Accounts
from coach.store.attempts import Attempts
from coach.store.visits import Visits

WORD = "correct horse battery"
HOME = "203.0.113.5"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Counted(Passwords):
    """Counts how often a password was compared."""

    def __init__(self) -> None:
        super().__init__(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        self.compared = 0

    def fits(self, password, kept):
        self.compared += 1
        return super().fits(password, kept)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def passwords():
    return Counted()


@pytest.fixture(params=["file", "server"])
def door(request, tmp_path, clock, passwords):
    """The way in, with tries counted in memory, or in the database of all processes."""
    day = lambda: datetime(2026, 12, 1, 9, tzinfo=UTC) + timedelta(seconds=clock())  # noqa: E731
    accounts = Accounts(request.getfixturevalue("empty_server").engine, day) if request.param == "server" else Accounts.open(tmp_path / "accounts.db", day)
    for name in ("Ana", "Bo"):
        accounts.add(name, passwords.hash(WORD))
    yield SignIn(accounts, Visits(accounts), passwords, SharedTries(Attempts(accounts)) if request.param == "server" else Tries(clock))
    accounts.close()


def test_the_hash_is_argon2id_as_strong_as_rfc_9106_says():
    kept = Passwords().hash(WORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$") and WORD not in kept


@pytest.mark.parametrize("bad", ["", "short", "x" * 11, "x" * 201])
def test_too_short_and_too_long_is_one_sentence(passwords, bad):
    with pytest.raises(UserError, match="12 to 200"):
        passwords.hash(bad)


def test_only_the_same_password_fits(passwords):
    kept = passwords.hash("tr\u00e9s-long-password")
    assert passwords.fits("tre\u0301s-long-password", kept), "the same letters from another keyboard"
    assert not passwords.fits("tres-long-password", kept)
    assert not passwords.fits("", "") and not passwords.fits("x", "no hash") and not passwords.fits("x", None)


def test_a_made_up_password_is_long_and_never_the_same():
    made = {passwords_module.made_up() for _ in range(100)}
    assert len(made) == 100 and all(len(one) >= passwords_module.SHORTEST for one in made)


def test_the_right_password_lets_in_and_names_are_not_told_apart(door):
    assert isinstance(door.enter("ANA ", WORD, HOME), Entered)
    wrong, unknown = door.enter("Ana", "x" * 12, HOME), door.enter("Nobody", WORD, HOME)
    assert wrong == unknown == Refused()


def test_an_unknown_name_takes_the_same_work(door, passwords):
    door.enter("Nobody", WORD, HOME)
    assert passwords.compared == 1


def test_after_five_tries_the_name_is_closed_even_for_the_right_password(door, clock, passwords):
    for n in range(OF_NAME):
        assert door.enter("Ana", f"wrong {n}" * 3, f"198.51.100.{n}") == Refused()
    compared = passwords.compared
    assert door.enter("ana", WORD, "192.0.2.77").wait == WHILE and passwords.compared == compared, "nothing is compared while it is closed"
    assert isinstance(door.enter("Bo", WORD, "192.0.2.77"), Entered), "others are not closed with it"
    clock.now += WHILE
    assert isinstance(door.enter("Ana", WORD, HOME), Entered)


def test_an_unknown_name_is_closed_in_the_same_way(door):
    said = [door.enter("Nobody", WORD, f"198.51.100.{n}") for n in range(OF_NAME + 1)]
    assert said == [Refused()] * OF_NAME + [Refused(WHILE)]


def test_after_twenty_tries_the_address_is_closed_whatever_the_name(door, clock):
    for n in range(OF_ADDRESS):
        assert door.enter(f"name-{n}", "x" * 12, HOME) == Refused()
    assert door.enter("Ana", WORD, HOME).wait == WHILE
    assert isinstance(door.enter("Ana", WORD, "192.0.2.77"), Entered)
    clock.now += WHILE
    assert isinstance(door.enter("Bo", WORD, HOME), Entered)


def test_signing_in_forgets_the_slips_before(door):
    for _ in range(3):
        for _ in range(OF_NAME - 1):
            door.enter("Ana", "wrong password", HOME)
        assert isinstance(door.enter("Ana", WORD, "192.0.2.77"), Entered)


def test_many_at_the_same_moment_do_not_slip_through(door, passwords):
    threads = [threading.Thread(target=door.enter, args=("Ana", "wrong password", HOME)) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passwords.compared == OF_NAME


def test_the_stay_before_ends_with_the_next(door):
    first = door.enter("Ana", WORD, HOME)
    second = door.enter("Ana", WORD, HOME, first.secret)
    visits = door._visits
    assert visits.find(first.secret) is None and visits.find(second.secret)


def test_addresses_of_one_household_count_as_one():
    assert network("2001:db8:1:2:aaaa::1") == network("2001:db8:1:2:bbbb::2") != network("2001:db8:1:3::1")
    assert network("::ffff:192.0.2.7") == network("192.0.2.7")


def test_what_is_counted_stays_small(clock, monkeypatch):
    monkeypatch.setattr("coach.accounts.tries.MOST_KEPT", 50)
    tries = Tries(clock)
    for n in range(500):
        tries.take(f"name-{n}", f"198.51.100.{n % 256}")
    assert len(tries._counted) <= 51


def test_tries_are_shared_between_processes_and_hold_no_name(empty_server, clock):
    one, other = (SharedTries(Attempts(Accounts(empty_server.engine, lambda: datetime.fromtimestamp(clock.now, UTC)))) for _ in range(2))
    assert [(one, other)[n % 2].take("ana ruiz", HOME) for n in range(OF_NAME)] == [0.0] * OF_NAME
    assert one.take("ana ruiz", "192.0.2.1") == other.take("ana ruiz", "192.0.2.1") == WHILE
    with empty_server.engine.begin() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM attempt").all())
    assert "ana" not in kept and HOME not in kept
    clock.now += WHILE
    assert other.take("bo", HOME) == 0.0
    with empty_server.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM attempt").scalar_one() == 2, "what no longer counts is deleted"


def test_a_clock_that_was_set_back_keeps_nobody_out_for_longer(empty_server, clock):
    tries = SharedTries(Attempts(Accounts(empty_server.engine, lambda: datetime.fromtimestamp(clock.now, UTC))))
    clock.now = 90_000.0
    for _ in range(OF_NAME):
        tries.take("ana", HOME)
    clock.now = 10.0
    assert tries.take("ana", HOME) == 0.0


def test_whom_the_proxy_signed_in_gets_a_stay_and_an_account_at_the_first_time(door):
    first = door.let_in("ana.ruiz@example.org")
    found = door._visits.find(first.secret)
    assert found.name == "ana.ruiz@example.org"
    again = door.let_in("Ana.Ruiz@example.org", first.secret)
    assert door._visits.find(again.secret).person == found.person and door._visits.find(first.secret) is None
    assert door.enter("ana.ruiz@example.org", "", HOME) == Refused(), "no password opens it"


@pytest.mark.parametrize("odd", ["<b>", "../x", "a" * 121, "a\nb"])
def test_an_odd_name_from_the_proxy_is_refused(door, odd):
    assert door.let_in(odd) == Refused()
