"""Lines that run along at the top and bottom of pages: which they are, and which of them say what nothing else says."""

import re
from collections import Counter
from collections.abc import Sequence

from coach.plan.reading import markers

EDGE = 3
NAMING = re.compile(
    r"(?i)\b(employee|staff|name|manager|supervisor|teacher|school year|year|period|date|start|end|from|to|plan)\b"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
PRINTER = re.compile(r"(?i)\b(form|version|rev|revision|template|edition|copyright)\b|©|\bv\d")
PAGE = re.compile(r"(?i)^[\W_]*(page|sheet|p\.|seite|página)?\s*\d{1,3}\s*((of|/|-|von|de)\s*\d{1,3})?[\W_]*$")


def shape(text: str) -> str:
    """A line with its numbers taken out."""
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", text)).strip().lower()


def running(pages: Sequence[Sequence[str]]) -> set[str]:
    """Shapes of lines that come back at the edges of most pages."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({shape(line) for line in [*lines[:EDGE], *lines[-EDGE:]]})
    return {line for line, times in seen.items() if times >= 2 and times > len(pages) / 2}


def only_place(lines: Sequence[str], said: str) -> list[str]:
    """Those running lines that hold a name or date which the body does not have."""
    kept = []
    for line in dict.fromkeys(lines):
        if PAGE.match(line) or len(line.split()) > 30:
            continue
        label = markers.label(line)
        value = line[len(label) :].strip(" :\t")
        tells = bool(label and NAMING.search(label) and value and value not in said)
        dates = YEAR.search(line) and not YEAR.search(said) and NAMING.search(line) and not PRINTER.search(line)
        if tells or dates:
            kept.append(line)
    return kept
