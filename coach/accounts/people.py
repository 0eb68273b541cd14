"""Where people who sign in are kept: their accounts, and a store each. In files of this machine or on a PostgreSQL server."""

import contextlib
import shutil
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from coach.accounts.tries import SharedTries
from coach.errors import StoreError
from coach.settings import Settings, of_person
from coach.store.accounts import Accounts
from coach.store.attempts import Attempts
from coach.store.server import Server
from coach.store.store import Store

Clock = Callable[[], datetime]


class People(Protocol):
    """What the page and the command line ask for. `tries` counts them for all processes, where it is there."""

    accounts: Accounts
    tries: SharedTries | None

    def store(self, id: str) -> Store:
        """Open what one person has kept."""
        ...

    def remove(self, id: str) -> None:
        """Delete all that one person has kept, the account last; StoreError where that must be done again."""
        ...

    def clear(self, id: str) -> None:
        """Delete what the last turn of a removed person may have left."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


class InFiles:
    """A file and a folder of copies for each person, and one file of accounts. For one program process."""

    tries = None

    def __init__(self, settings: Settings, now: Clock) -> None:
        self._settings, self._now = settings, now
        self.accounts = Accounts.open(settings.locations.accounts, now)

    def store(self, id: str) -> Store:
        """See People."""
        own = self._settings.locations.of_person(id)
        return Store.open(own.database, self._now, own.backups)

    def remove(self, id: str) -> None:
        """See People. The words are overwritten before the file goes; a damaged file is deleted all the same."""
        own = self._settings.locations.of_person(id)
        with contextlib.suppress(StoreError):
            if own.database.exists():
                store = self.store(id)
                try:
                    store.erase()
                finally:
                    store.close()
        _remove_folder(self._settings, id)
        self.accounts.remove(id)

    def clear(self, id: str) -> None:
        """See People."""
        shutil.rmtree(self._settings.locations.of_person(id).home, ignore_errors=True)

    def close(self) -> None:
        """See People."""
        self.accounts.close()


class OnServer:
    """Rows of one database. Any number of program processes may work on it."""

    def __init__(self, settings: Settings, now: Clock) -> None:
        self._settings, self._now = settings, now
        self._server = Server.open(settings.database, settings.database_owner)
        self.accounts = Accounts(self._server.engine, now)
        self.tries = SharedTries(Attempts(self.accounts))

    def store(self, id: str) -> Store:
        """See People."""
        return Store.on(self._server, id, self._now)

    def remove(self, id: str) -> None:
        """See People. Rows go with the account; a folder holds only the words that somebody wants hidden."""
        _remove_folder(self._settings, id)
        self.accounts.remove(id)

    def clear(self, id: str) -> None:
        """See People. A removed person's turn finds no account to write under."""
        shutil.rmtree(self._settings.locations.of_person(id).home, ignore_errors=True)

    def close(self) -> None:
        """See People."""
        self._server.close()


def open_people(settings: Settings, now: Clock) -> People:
    """Where the settings say."""
    return OnServer(settings, now) if settings.database else InFiles(settings, now)


def _remove_folder(settings: Settings, id: str) -> None:
    folder = of_person(settings, id).locations.home
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise StoreError("What this person wrote could not be deleted yet; they cannot sign in any more. Try again in a moment.") from error
