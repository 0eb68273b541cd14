"""The way in: name and password for a fresh stay, or one of two reasons why not. Tells nobody whether a name exists."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from coach.accounts.passwords import Passwords
from coach.errors import UserError
from coach.store.accounts import Accounts, key_of
from coach.store.visits import Visits


@dataclass(frozen=True)
class Entered:
    """Signed in: the secret for the cookie."""

    secret: str


@dataclass(frozen=True)
class Refused:
    """Not signed in; `wait` in seconds where there were too many tries, else 0."""

    wait: float = 0.0


class Tries(Protocol):
    """Counts tries, see coach/accounts/tries.py."""

    def take(self, name: str, address: str) -> float:
        """Count one; seconds to wait where there were too many."""
        ...

    def forgive(self, name: str, address: str) -> None:
        """It was the right password."""
        ...


class SignIn:
    """Thread-safe, and slow on purpose: for a thread of its own."""

    def __init__(self, accounts: Accounts, visits: Visits, passwords: Passwords, tries: Tries) -> None:
        self._accounts, self._visits = accounts, visits
        self._passwords, self._tries = passwords, tries

    def enter(self, name: str, password: str, address: str, before: str | None = None) -> Entered | Refused:
        """Begin a stay. The one that the browser had until now (`before`) ends, so that no secret outlives a sign-in."""
        key = key_of(name)
        if wait := self._tries.take(key, address):
            return Refused(wait)
        kept = self._accounts.password(name)
        if not self._passwords.fits(password, kept.hash if kept else None) or kept is None:
            return Refused()
        secret = self._visits.begin(kept.id, kept.hash)
        if secret is None:  # reset or removed at this very moment
            return Refused()
        self._tries.forgive(key, address)
        if before:
            self._visits.end(before)
        return Entered(secret)

    def let_in(self, name: str, before: str | None = None) -> Entered | Refused:
        """Begin a stay for somebody whom the proxy has signed in; an account is made for who comes for the first time."""
        kept = self._accounts.password(name)
        if kept is None:
            with suppress(UserError):  # made by another window at this very moment; or an odd name, which is refused below
                self._accounts.add(name, "")
            kept = self._accounts.password(name)
        secret = self._visits.begin(kept.id, kept.hash) if kept else None
        if secret is None:
            return Refused()
        if before:
            self._visits.end(before)
        return Entered(secret)
