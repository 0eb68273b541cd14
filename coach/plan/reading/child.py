"""The child process that parses one file: bytes on stdin, one JSON line on stdout. Run as a module, not imported.

A process of its own, because a file from outside can crash, hang or swell a parser. Limits memory and processor time where
the platform has such limits, writes no file, and answers {"document"} or {"fault"}. A line {"slow": true} before that asks
for more time, when pictures have to be read.
"""

import base64
import json
import os
import sys

MEMORY = 1_500_000_000
SECONDS = 20
MOST_TEXT = 500_000


def main() -> None:
    """Read, parse, answer."""
    report = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    limit()
    data = sys.stdin.buffer.read()
    name = base64.b64decode(sys.argv[1]).decode("utf-8", "replace") if len(sys.argv) > 1 else ""

    def say(answer: dict) -> None:
        print(json.dumps(answer), file=report, flush=True)

    say(answer(data, name, lambda: say({"slow": True})))
    os._exit(0)


def answer(data: bytes, name: str, slow) -> dict:
    """The document or the fault, whatever happens."""
    from coach.plan.reading.faults import Fault

    try:
        from coach.plan.reading.draft import assemble
        from coach.plan.reading.formats import parse

        document = assemble(parse(data, name, slow), name)
        if len(document["text"]) > MOST_TEXT:
            return {"fault": "much_text"}
        if not any(char.isalnum() for char in document["text"]):
            return {"fault": "no_text"}
        return {"document": document}
    except Fault as fault:
        return {"fault": fault.code}
    except MemoryError:
        return {"fault": "too_big"}
    except (Exception, RecursionError):
        return {"fault": "damaged"}


def limit() -> None:
    """Bounds on memory and processor time; a platform without them goes on with the time limit of the parent."""
    try:
        import resource
    except ImportError:
        return
    for what, most, at_last in (
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        (resource.RLIMIT_CPU, SECONDS, SECONDS + 5),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        try:
            resource.setrlimit(what, (most, at_last))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    main()
