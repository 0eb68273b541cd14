"""`wipe`: delete everything that the person wrote. Weights and index hold nothing of theirs and stay."""

import argparse
import shutil
import sys

from coach.cli.report import Report
from coach.errors import StoreError, UserError
from coach.settings import Settings


def run(options: argparse.Namespace, settings: Settings) -> Report:
    """Ask once, then delete the data folder."""
    home = settings.locations.home
    if not options.yes:
        if not sys.stdin.isatty():
            raise UserError("wipe deletes everything that is kept, and its copies. Say so with --yes.")
        print(f"This deletes everything in {home}, the copies too. Type yes to go on: ", end="", file=sys.stderr)
        if input().strip().lower() != "yes":
            raise UserError("Nothing was deleted.")
    try:
        if home.exists():
            shutil.rmtree(home)
        shutil.rmtree(settings.locations.uploads, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"{home} could not be deleted. Close the app and try again.") from error
    return Report(text=f"Deleted: {home}", data={"deleted": str(home)})
