"""Paragraphs that run over the end of a column or a page become one again. Pure."""

import re

from coach.plan.reading import markers
from coach.plan.reading.draft import Piece
from coach.plan.reading.paragraphs import FIELD, glue

STOP = re.compile(r"[.!?:…][\"'”’)\]]*$")


def runs_on(before: Piece, after: Piece) -> bool:
    """Whether `after` is the rest of `before`."""
    if before.kind not in ("paragraph", "item") or after.kind != "paragraph" or after.marker:
        return False
    if STOP.search(before.text) or FIELD.search(before.text) or "\t" in before.text or "\t" in after.text:
        return False
    if after.text[:1].islower():
        return True
    if markers.label(after.text) or len(before.text.split()) < 6:
        return False
    return bool(re.match(r"[\d\"“(£$€A-Z]", after.text)) and len(before.text) > 60


def append(pieces: list[Piece], more: list[Piece]) -> None:
    """Add the pieces of the next column or page, joined where a paragraph runs on."""
    if pieces and more and runs_on(pieces[-1], more[0]):
        pieces[-1].text = glue(pieces[-1].text, more[0].text)
        more = more[1:]
    pieces += more
