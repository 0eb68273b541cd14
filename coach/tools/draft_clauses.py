"""A text in sentences and clauses, each with its place. Pure; judges nothing."""

import re
from typing import NamedTuple

_I = re.IGNORECASE
_END = re.compile(r"(?<=[.?!\u2026])[\"'\u2019\u201d)\]]*\s+|\n+")
_SHORT_FORM = re.compile(r"(?:\b(?:mr|mrs|ms|dr|no|st|e\.g|i\.e|approx|vs|prof)|\b[A-Z])\.\s*$", _I)
_SUBJECT = r"(?:you|i|we|he|she|they|it|this|that|there|nobody|no one|everyone|everybody|my|your|his|her|their|hr|management|refused|let'?s|anyone)"
_JOINT = re.compile(
    rf"[,;:]\s+(?:(?:and|but|so|yet)\s+)?(?:(?:then|now|still)\s+)?(?={_SUBJECT}\b)|\s+[-\u2013\u2014]\s+|;\s+|\s+(?:and|but|so)\s+(?:(?:then|now|still)\s+)?(?={_SUBJECT}\b)", _I
)
_WHOLE = re.compile(r"^\W*(?:if|unless|either|when|whether|should you)\b|\bor (?:else|i|you)\b", _I)  # its halves mean nothing alone
_QUOTED = re.compile(r"[\u201c\"]([^\"\u201c\u201d\n]{2,})[\u201d\"]|(?<![\w])[\u2018']([^\u2018\u2019'\n]{4,}?)[\u2019'](?!\w)")


class Clause(NamedTuple):
    """Part of a text: `text[start:end]` without white space or the full stop around it."""

    start: int
    end: int
    sentence: int

    def of(self, text: str) -> str:
        """The words."""
        return text[self.start : self.end]


def clauses(text: str) -> list[Clause]:
    """The clauses of all sentences, in order. What is between them is joints, stops and white space."""
    found = []
    for number, (start, end) in enumerate(_sentences(text)):
        cuts = [start]
        if not _WHOLE.search(text[start:end]):
            for joint in _JOINT.finditer(text, start, end):
                if joint.start() > start and len(text[joint.end() : end].split()) > 1:
                    cuts += [joint.start(), joint.end()]
        cuts.append(end)
        for first, last in zip(cuts[::2], cuts[1::2], strict=True):
            if trimmed := _trim(text, first, last):
                found.append(Clause(*trimmed, number))
    return found


def _sentences(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for stop in _END.finditer(text):
        if "\n" not in stop[0] and _SHORT_FORM.search(text[start : stop.start()]):
            continue
        found.append((start, stop.start()))
        start = stop.end()
    return [*found, (start, len(text))]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start].isspace() or text[start] in "\"\u201c\u2018'>*-\u2022"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ".,;:!?\u2026\"\u201d"):
        end -= 1
    return (start, end) if start < end else None


def without_quotations(text: str) -> str:
    """The same text, equally long, with blanks where somebody else's words are quoted."""
    whole = text.strip()
    return _QUOTED.sub(lambda match: " " * len(match[0]) if len(match[0]) < 0.8 * len(whole) else match[0], text)
