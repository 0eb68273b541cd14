"""`python -m coach ...`: every ability without a browser."""

import sys

from coach.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
