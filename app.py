"""Start PIP Coach on this computer and open it in the browser."""

import os
import sys

from coach import settings
from coach.errors import CoachError


def main() -> int:
    """Settings, coach, page, server."""
    try:
        settings.quiet(os.environ)
        chosen = settings.load()
        from coach import build, ui  # after quiet(): importing gradio and chromadb reads the environment

        built = build.build(chosen, progress=sys.stderr.isatty())
        built.start()
        try:
            ui.launch(ui.build_ui(built), chosen)
        finally:
            built.close()
    except CoachError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
