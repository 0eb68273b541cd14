"""Plain text: hard-wrapped or with one line for each paragraph, with drawn rules, aligned labels and lists."""

import re

from coach.plan.reading.draft import Draft, Piece
from coach.plan.reading.inline import cut
from coach.plan.reading.lines import Line, Word
from coach.plan.reading.paragraphs import Column, mend

RULE = re.compile(r"^\s*([=\-_*~#+.─━═])\1{3,}\s*$")
UNWRAPPED = 130  # letters; a longer line was not wrapped by hand
LETTER = 0.5  # width of a letter, where 1 is the height of a line


def draft(text: str) -> Draft:
    """Read a text file."""
    return Draft("text", pieces(text))


def pieces(text: str) -> list[Piece]:
    """Blocks of a text."""
    rows = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text).expandtabs(8).split("\n")
    long = [row for row in rows if len(row.strip()) > UNWRAPPED]
    lines = [] if not rows else to_lines(rows)
    if not lines:
        return []
    wrapped = [line.x1 for line in lines if line.x1 <= UNWRAPPED * LETTER]
    free = long and sum(map(len, long)) > 0.3 * len(text)  # then every line stands for itself
    right = UNWRAPPED * 10.0 if free else margin(wrapped)
    column = Column(lines, 1.0, right=right)
    column.step, column.slack = 1.0, 0.15
    found = column.pieces()
    mend(found)
    return [part for piece in found for part in cut(piece)]


def margin(ends: list[float]) -> float:
    """Where lines were wrapped: the longest, unless it stands out alone."""
    ordered = sorted(ends)
    if len(ordered) > 8 and ordered[-1] - ordered[-3] > 6 * LETTER:
        return ordered[-3]
    return ordered[-1] if ordered else 0.0


def to_lines(rows: list[str]) -> list[Line]:
    """Rows of letters as lines with places; empty rows leave a gap, drawn rules part or underline."""
    lines: list[Line] = []
    rule = False
    for number, row in enumerate(rows):
        if RULE.match(row):
            under = lines and lines[-1].top == number - 1 and row.strip()[0] in "=-─━═~"
            if under and len(row.strip()) <= 2 * len(rows[number - 1].strip()) + 4 and len(rows[number - 1].split()) <= 14:
                lines[-1].heading = True
            rule = True
            continue
        words = [
            Word(match.group(), match.start() * LETTER, match.end() * LETTER, float(number), number + 0.9, 1.0)
            for match in re.finditer(r"\S+", row)
        ]
        words = narrow(words)
        if words:
            lines.append(Line(words, rule=rule, wide=1.2))
            rule = False
    return lines


def narrow(words: list[Word]) -> list[Word]:
    """Without the padding before a colon: "Goal     : x" reads "Goal : x"; and without the box around a line."""
    if len(words) > 2 and words[0].text in "|│║" and words[-1].text in "|│║":
        words = words[1:-1]
    for before, word in zip(words, words[1:], strict=False):
        if word.text == ":" and word.x0 - before.x1 > LETTER:
            word.x0 = before.x1 + LETTER
    for colon, word in zip(words, words[1:], strict=False):
        if colon.text.endswith(":") and word.x0 - colon.x1 > LETTER:
            colon.x1 = word.x0 - LETTER
    return words
