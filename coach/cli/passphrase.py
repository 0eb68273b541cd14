"""`passphrase`: lock what is kept, choose another passphrase, take it off, or say how it stands. Asked for in the terminal only."""

import argparse
import sys

from pydantic import SecretStr

from coach import keys
from coach import passphrase as passphrase_module
from coach.cli.report import Report
from coach.errors import UserError
from coach.settings import Settings
from coach.store import driver

ACTIONS = ("status", "set", "change", "remove")
ADVICE = (
    "Four or five words that only you would put together are easier to keep in mind than one clever word, and harder to guess.\n"
    "If you forget it, that is final. Nobody can bring your words back, and no second way in exists. Write it down and keep it "
    "away from work."
)
IN_TERMINAL = "A new passphrase is typed in a terminal, where nobody sees it. Open one and run this again."
SHORT = f"Use at least {keys.SHORTEST} characters: a short one is guessed quickly. A few words are better than one. Nothing was changed."
LONG = f"Use up to {keys.LONGEST} characters. Nothing was changed."
TWO = "The two were not the same. Nothing was changed: run this again."
SET = (
    "What you keep is now locked: the file, its copies, the words to hide and the key of an endpoint. You are asked for the "
    "passphrase at each start.\nNot locked: what you export, and where answers are computed. The disk itself may still hold "
    "traces from before; an encrypted disk covers those."
)
OPEN = "What you keep is not locked. `python -m coach passphrase set` locks it with a passphrase."
MISSING = "What you keep is not locked, and this computer lacks sqlcipher3, the package that a passphrase needs."
LOCKED = "What you keep is locked with a passphrase."


def run(options: argparse.Namespace, settings: Settings) -> Report:
    """Do one action and say how it stands afterwards."""
    if options.action not in ACTIONS:
        raise UserError(f"passphrase takes one of: {', '.join(ACTIONS)}.")
    locked = passphrase_module.is_set(settings.locations)
    if options.action == "status":
        return _report(locked, LOCKED if locked else OPEN if driver.sealed else MISSING)
    if options.action == "set":
        if locked:
            raise UserError(passphrase_module.ALREADY)
        driver.needed()
        passphrase_module.put_on(settings, _new())
        return _report(True, SET)
    if not locked:
        raise UserError(passphrase_module.NONE)
    opened = passphrase_module.unlock(settings)
    if options.action == "change":
        passphrase_module.change(opened, _new())
        return _report(True, "From now on the new passphrase opens it.")
    passphrase_module.take_off(opened)
    return _report(False, "The passphrase is gone. What you keep is not locked any more.")


def _new() -> SecretStr:
    """Typed twice, so that a slip does not lock everybody out."""
    print(ADVICE, file=sys.stderr)
    first = passphrase_module.ask("New passphrase: ")
    if first is None:
        raise UserError(IN_TERMINAL)
    if not keys.SHORTEST <= len(first) <= keys.LONGEST:
        raise UserError(SHORT if len(first) < keys.SHORTEST else LONG)
    if passphrase_module.ask("The same once more: ") != first:
        raise UserError(TWO)
    return SecretStr(first)


def _report(locked: bool, text: str) -> Report:
    return Report(text=text, data={"locked": locked, "available": driver.sealed is not None})
