"""Danger in what a command was given: one line on stderr with a help line. The command does its work all the same."""

import sys
from collections.abc import Iterable

from coach.build import Built
from coach.guardrails import crisis_reply
from coach.schema.enums import Region
from coach.schema.plan import Extraction
from coach.tools.known import latest


def heed(built: Built, written: Iterable[object], *, pasted: bool = False) -> None:
    """Say so for the first text, or the first document, that holds danger. Lists and objects are heard text by text."""
    for text in _texts(written):
        heard = built.coach.overhear(text, pasted=pasted)
        if heard.is_crisis:
            known = latest(built.store).region if built.store else None
            region = Region(known.value) if known else None
            print(crisis_reply.in_one_line(heard, region, built.coach.helplines()), file=sys.stderr)
            return


def _texts(written: object) -> Iterable[str | Extraction]:
    if isinstance(written, str | Extraction):
        yield written
    elif isinstance(written, dict):
        yield from _texts(written.values())
    elif isinstance(written, Iterable):
        for one in written:
            yield from _texts(one)
