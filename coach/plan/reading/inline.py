"""A text without line breaks: one long paragraph is cut where headings, labels and areas clearly begin."""

import re

from coach.plan.reading.draft import Piece

LONG = 600  # letters; shorter paragraphs stay whole
FORM = re.compile(
    r"(?<![\w-])(?:Employee(?: name)?|Name|Post|Position|Job title|Role|Line manager|Manager|Supervisor|Reporting manager|HR|"
    r"Date(?: plan agreed| of issue| issued)?|Start(?: date)?|End(?: date)?|Finish|Review date|Plan period|Period|Duration):\s"
)
# These begin something only after the end of a sentence or of a heading.
AFTER_END = re.compile(
    r"(?<![\w-])(?:(?:Goal|Area|Objective|Problem|Issue|Concern|Target|Step|Part|Milestone) \d{1,2}:|"
    r"(?:What happened|What is required|How this will be assessed|Success criteria|Measured? by|Measure|Due|When|Support|"
    r"Target|Deadline|Action|Expected(?: outcome)?|Current state|Expected state|Goal|Timeline|By when):|"
    r"(?=\(?(?:\d{1,2}|[a-h])[.)] +[A-Z]))"
)
CAPITALS = re.compile(r"(?<![\w.,])(?=\d{1,2}\. +[A-Z][A-Z'’]{3,})")
HEADING = re.compile(r"(\d{1,2}\.) +([A-Z][A-Z'’]+(?: [A-Z][A-Z'’]+)*)(?=[A-Z][a-z]|\s|$)\s*")


def cut(piece: Piece) -> list[Piece]:
    """The pieces of a very long paragraph; others come back as they are."""
    if piece.kind != "paragraph" or len(piece.text) < LONG or "\n" in piece.text:
        return [piece]
    places = sorted({0, len(piece.text), *starts(piece.text)})
    if len(places) < 6:
        return [piece]
    out: list[Piece] = []
    for start, end in zip(places, places[1:], strict=False):
        text = piece.text[start:end]
        found = HEADING.match(text)
        if found:
            out.append(Piece(found[2], "heading", found[1], level=1, page=piece.page))
            text = text[found.end() :]
        if text.strip():
            out.append(Piece(text, page=piece.page))
    return out


def starts(text: str) -> list[int]:
    """Places where a label, an area or a numbered heading begins."""
    found = [match.start() for shape in (FORM, CAPITALS) for match in shape.finditer(text)]
    for match in AFTER_END.finditer(text):
        before = text[: match.start()].rstrip()
        words = before.rsplit(None, 3)[-3:]
        capitals = bool(words) and words[-1].isupper() and len(words[-1]) > 3
        if before[-1:] in tuple(".!?:;)\"”’") or capitals or re.search(r"\b(?:Area|Goal|Objective) \d+: [^.:]{1,60}$", before):
            found.append(match.start())
    return found
