"""What must hold before the page is made: this computer only, and private files."""

import os
import sys

from coach.errors import SettingsError
from coach.settings import LOOPBACK, Settings


def prepare(settings: Settings) -> None:
    """Refuse an open network, and keep every file that is written from now on for its owner only."""
    if settings.host not in LOOPBACK:
        raise SettingsError(
            "COACH_HOST must be 127.0.0.1: there is no sign-in yet, so the page stays on this computer."
        )
    os.umask(0o077)
    uploads = settings.locations.uploads
    uploads.mkdir(parents=True, exist_ok=True, mode=0o700)
    if sys.platform != "win32":
        uploads.chmod(0o700)
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)
