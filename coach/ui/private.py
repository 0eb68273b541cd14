"""What must hold before the page is made: this computer only, and private files."""

import os
import sys

from coach.hosting import check_host
from coach.settings import Settings


def prepare(settings: Settings) -> None:
    """Refuse an open network, and keep every file that is written from now on for its owner only."""
    check_host(settings.host, settings.hosting)
    os.umask(0o077)
    uploads = settings.locations.uploads
    uploads.mkdir(parents=True, exist_ok=True, mode=0o700)
    if sys.platform != "win32":
        uploads.chmod(0o700)
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)
