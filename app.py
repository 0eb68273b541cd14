"""Start PIP Coach: for one person on this computer, or with COACH_ACCOUNTS=1 for people who sign in."""

import os
import sys

from coach import settings
from coach.errors import CoachError


def main() -> int:
    """Settings, coach, page, server."""
    try:
        settings.quiet(os.environ)
        from coach import passphrase  # after quiet(): importing gradio and chromadb reads the environment

        chosen = passphrase.unlock(settings.load())  # before the imports that take seconds
        from coach import build, ui

        make = build.share if chosen.hosting else build.build
        built = make(chosen, progress=sys.stderr.isatty())
        built.start()
        try:
            if chosen.hosting:
                ui.hosted.launch(built)
            else:
                ui.launch(ui.build_ui(built), chosen)
        finally:
            built.close()
    except CoachError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
