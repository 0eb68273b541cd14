"""Everything in a text that is to be hidden, once each and in order. Pure."""

import re

from coach.redaction import known as known_names
from coach.redaction import names, patterns
from coach.redaction.fold import Folded
from coach.redaction.names import Name
from coach.schema.redaction import Found, Kind, Known, NameBook

PLACEHOLDER = re.compile(rf"\[\s*(?:{'|'.join(Kind)})(?: \d+)?(?: (?:full name|first name|last name|short name|name \d+))?\s*\]", re.IGNORECASE)


def find(text: str, known: tuple[Known, ...], book: NameBook, *, own_marks: bool = True) -> tuple[Found, ...]:
    """What is to be hidden. `own_marks`: words of the text that look like a placeholder are hidden too, so that none is ambiguous."""
    folded = Folded(text)
    spans = [(*folded.back(start, end), kind) for start, end, kind in patterns.find(folded.text, book.signs)]
    seen = names.find(folded, book)
    here = tuple(Known(text=folded.text[name.start : name.end], kind=name.kind) for name in seen)
    named: list[Name] = known_names.find(folded, known, book) + seen + known_names.find(folded, here, book)
    spans += [(*folded.back(name.start, name.end), name.kind) for name in named]
    if own_marks:
        spans += [(*match.span(), Kind.WORD) for match in PLACEHOLDER.finditer(text)]
    return _merged(spans)


def names_of(text: str, book: NameBook, also: tuple[Known, ...] = ()) -> tuple[Known, ...]:
    """All names of one document, to be known where only a part of it is sent. `also` is known of it already."""
    found = {(text[one.start : one.end], one.kind) for one in find(text, also, book, own_marks=False)}
    return (*also, *(Known(text=words, kind=kind) for words, kind in sorted(found)))


def _merged(spans: list[tuple[int, int, Kind]]) -> tuple[Found, ...]:
    """Spans that overlap become one, of the kind of the longest of them; of equals, of the first that was found."""
    merged: list[list] = []
    for start, end, kind in sorted((span for span in spans if span[1] > span[0]), key=lambda span: span[:2]):
        if merged and start < merged[-1][1]:
            last = merged[-1]
            last[1] = max(last[1], end)
            if end - start > last[3]:
                last[2], last[3] = kind, end - start
        else:
            merged.append([start, end, kind, end - start])
    return tuple(Found(start=start, end=end, kind=kind) for start, end, kind, _ in merged)
