"""`wipe`: delete everything that the person wrote, or that all people did where they sign in. Weights and index hold nothing of it and stay.

Needs no passphrase.
"""

import argparse
import shutil
import sys
from datetime import UTC, datetime

from coach import passphrase
from coach.accounts.people import open_people
from coach.cli.report import Report
from coach.errors import StoreError, UserError
from coach.settings import Settings


def run(options: argparse.Namespace, settings: Settings) -> Report:
    """Ask once, then delete the data folder."""
    home = settings.locations.home
    if not options.yes:
        if not sys.stdin.isatty():
            raise UserError("wipe deletes everything that is kept, and its copies. Say so with --yes.")
        whose = ", with every account and all that people wrote" if settings.database or settings.locations.accounts.exists() else ""
        print(f"This deletes everything in {home}{whose}, the copies too. Type yes to go on: ", end="", file=sys.stderr)
        if input().strip().lower() != "yes":
            raise UserError("Nothing was deleted.")
    locked = passphrase.is_set(settings.locations)
    if settings.database:
        _everybody(settings)
    try:
        if home.exists():
            shutil.rmtree(home)
        shutil.rmtree(settings.locations.uploads, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"{home} could not be deleted. Close the app and try again.") from error
    gone = " The passphrase is gone with it: the next start begins anew." if locked else ""
    return Report(text=f"Deleted: {home}.{gone}", data={"deleted": str(home)})


def _everybody(settings: Settings) -> None:
    """Delete every account in the database, and with it all that the person has there."""
    people = open_people(settings, lambda: datetime.now(UTC))
    try:
        for account in people.accounts.all():
            people.remove(account.id)
    finally:
        people.close()
