"""The passphrase of all that is kept: asked for at the start, set, changed, removed. The page never sees it.

While coach.key is there, or its second copy beside the copies, everything belongs under its key: what a crash in the middle left
open is put under it at the next start, before anything is read, and both files are made equal. Only the last step of removing
deletes coach.key. Nobody can help who forgets the passphrase.
"""

import getpass
import os
import sys
from collections.abc import Callable
from typing import NoReturn

from pydantic import SecretStr

from coach import key_file, keys
from coach import settings as settings_module
from coach.errors import UserError
from coach.locations import Locations
from coach.schema.keys import Costs, KeyFile
from coach.settings import Settings
from coach.store import driver, sealing
from coach.store.engine import plainly
from coach.store.presence import alone

TRIES = 3
WRONG = "That does not open it."
NO_TERMINAL = (
    "What is kept here is locked with a passphrase, and there is no terminal to ask for it. "
    "Start it in a terminal, or give the passphrase in COACH_PASSPHRASE."
)
NONE = "No passphrase is set."
ALREADY = "A passphrase is set already. `python -m coach passphrase change` gives it another one."
Ask = Callable[[str], str | None]


def ask(prompt: str) -> str | None:
    """What is typed, unseen; None where nobody can be asked. An end of input counts as an empty line."""
    if not _terminal():
        return None
    try:
        return getpass.getpass(prompt)
    except EOFError:
        return ""


def unlock(settings: Settings, ask: Ask = ask) -> Settings:
    """The settings with the key of what is kept; unchanged where no passphrase is set. Asks up to three times."""
    places = settings.locations
    with plainly():
        if settings.key or not is_set(places):
            return settings
        files = [key_file.read(path) for path in (places.key_file, places.key_copy) if path.exists()]
    driver.needed()
    key, right = _key([file for file in dict.fromkeys(files) if file], settings.passphrase, ask)
    with plainly():
        _keep_two(places, right)
        if sealing.left(places.database, places.backups):
            _finish(places, key)
        settings_module.put_under(places.saved_settings, key, key)
    return settings_module.opened(settings, key)


def is_set(places: Locations) -> bool:
    """Whether what is kept belongs under a passphrase."""
    return places.key_file.exists() or places.key_copy.exists()


def put_on(settings: Settings, passphrase: SecretStr, costs: Costs = keys.COSTS) -> None:
    """Lock everything. With any error nothing is changed."""
    places, key = settings.locations, keys.fresh()
    driver.needed()
    with plainly(), alone(places.home):
        if is_set(places):
            raise UserError(ALREADY)
        with sealing.turned(places.database, places.backups, None, key) as put_in_place:
            file = keys.wrap(key, passphrase, costs)
            key_file.write(places.key_file, file)
            put_in_place()
            _keep_two(places, file)
        settings_module.put_under(places.saved_settings, None, key)


def change(settings: Settings, passphrase: SecretStr, costs: Costs = keys.COSTS) -> None:
    """Another passphrase for the same key: one small file and its copy are written anew."""
    places = settings.locations
    with plainly(), alone(places.home):
        _keep_two(places, keys.wrap(settings.key, passphrase, costs))


def take_off(settings: Settings) -> None:
    """Unlock everything for good. With any error nothing is changed."""
    places, key = settings.locations, settings.key
    with plainly(), alone(places.home):
        with sealing.turned(places.database, places.backups, key, None) as put_in_place:
            put_in_place()
        settings_module.put_under(places.saved_settings, key, None)
        if places.key_copy.exists():
            key_file.remove(places.key_copy)
        key_file.remove(places.key_file)


def _keep_two(places: Locations, file: KeyFile) -> None:
    """The key file and its copy, both as this one."""
    for path in (places.key_file, places.key_copy):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists() or key_file.read(path) != file:
            key_file.write(path, file)


def _finish(places: Locations, key: SecretStr) -> None:
    with alone(places.home), sealing.turned(places.database, places.backups, None, key, rest=True) as put_in_place:
        put_in_place()


def _key(files: list[KeyFile], given: SecretStr | None, ask: Ask) -> tuple[SecretStr, KeyFile]:
    """The key and the file that gave it. Same words for a wrong passphrase and a damaged file: whoever tries learns nothing."""
    if given is not None:
        return _right(files, given) or _refuse()
    for attempt in range(TRIES):
        typed = ask("Passphrase: ")
        if typed is None:
            raise UserError(NO_TERMINAL)
        found = _right(files, SecretStr(typed))
        if found is not None:
            return found
        if attempt < TRIES - 1:
            print(WRONG, file=sys.stderr)
    return _refuse()


def _right(files: list[KeyFile], passphrase: SecretStr) -> tuple[SecretStr, KeyFile] | None:
    tried = ((keys.unwrap(file, passphrase), file) for file in files)
    return next(((key, file) for key, file in tried if key), None)


def _refuse() -> NoReturn:
    raise UserError(WRONG)


def _terminal() -> bool:
    """Whether somebody sits there. getpass itself would fall back to reading with an echo."""
    if not sys.stderr.isatty():
        return False
    if os.name != "posix":
        return sys.stdin.isatty()
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
