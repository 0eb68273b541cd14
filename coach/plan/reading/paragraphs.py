"""Lines of one column to blocks: what is a heading, an item, a label with its value, and which lines are one paragraph.

The strongest sign of a new block: the first word of a line would have had room at the end of the line before it.
"""

import re
from collections.abc import Sequence
from statistics import median

from coach.plan.reading import markers
from coach.plan.reading.draft import Piece
from coach.plan.reading.lines import Line, join

FIELD = re.compile(r"[_.…]{5,}|_{3,}")


class Column:
    """Builds the pieces of one column of lines."""

    def __init__(
        self, lines: Sequence[Line], body: float, bold_body: bool = False, right: float | None = None, step: float = 0.0
    ) -> None:
        self.lines, self.body, self.bold_body = list(lines), body, bold_body
        self.right = max((line.x1 for line in lines), default=0.0) if right is None else right
        self.step = spacing(self.lines, body) or step or usual(self.lines, body)
        self.slack = 0.0  # part of the width that an unfinished line may leave empty
        self.blocks: list[list[Line]] = []
        self.gapped: list[bool] = []  # whether white space stands above the block
        self.marks: list[tuple[str, float]] = []  # of the items above, with their left edge

    def pieces(self) -> list[Piece]:
        """The blocks in order."""
        self.rows = self.split()
        for at, line in enumerate(self.rows):
            self.at = at
            before = self.blocks[-1][-1] if self.blocks else None
            if before is None or self.begins(line, before):
                self.blocks.append([line])
                self.gapped.append(before is None or line.page != before.page or line.rule or self.gap(line, before))
                marker = markers.split(line.text)[0]
                if marker:
                    self.marks.append((marker, line.x0))
            else:
                self.blocks[-1].append(line)
        lefts = [block[0].x0 for block in self.blocks]
        return [self.piece(at, block, min(lefts)) for at, block in enumerate(self.blocks)]

    def split(self) -> list[Line]:
        """The lines, with two labels on one line taken apart and a label left with its value."""
        out: list[Line] = []
        for line in self.lines:
            parts = line.parts()
            if len(parts) == 1:
                out.append(line)
                continue
            groups: list[list[Line]] = []
            for part in parts:
                full = groups and len(groups[-1]) == 1 and complete(groups[-1][0].text)
                if groups and not full and (not complete_pair(groups[-1]) or not markers.label(part.text)):
                    groups[-1].append(part)
                else:
                    groups.append([part])
            out += [join(group) for group in groups]
        return out

    def begins(self, line: Line, before: Line) -> bool:
        """Whether `line` begins a new block after `before`."""
        block = self.blocks[-1]
        if line.rule or line.heading != before.heading or before.heading:
            return True
        same_page = line.page == before.page
        if same_page and (line.top < before.top - 0.3 * before.size or self.gap(line, before)):
            return True
        if same_page and abs(line.top - before.top) < 0.3 * before.size:
            return True  # the second of two labels on one line
        if same_page and before.x0 - line.x0 > 6 * self.body:
            return True  # back to the left edge after such a second label
        if abs(line.size - before.size) > 0.12 * self.body:
            return True
        ended = bool(markers.END.search(before.text))
        if same_page and ended and before.x0 - line.x0 > 1.5 * self.body:
            return True
        forced = self.forced(line, before)
        if line.bold != before.bold and self.weighty(line, before, forced):
            return True
        text, said = line.text, before.text
        marker = markers.split(text)[0]
        if marker and self.is_item(marker, line, forced):
            return True
        if markers.label(text) and (forced or ended or self.label_row(line, block[0])):
            return True
        if "\t" in text and "\t" in said and (forced or abs(line.parts()[1].x0 - before.parts()[1].x0) < line.size):
            return True
        if FIELD.search(said) and FIELD.search(text):
            return True
        if text[:1].islower() and not ended:
            return False
        return forced

    def gap(self, line: Line, before: Line) -> bool:
        """Whether more white than usual stands between two lines."""
        return line.top - before.top > self.step * 1.28 + 0.1 * self.body

    def forced(self, line: Line, before: Line) -> bool:
        """Whether the first word of the line would have had room on the line before it."""
        word = line.words[0]
        room = self.right - before.x1
        if room < self.slack * self.right and not markers.END.search(before.text):
            return False
        return room > (word.x1 - word.x0) + 0.9 * line.size

    def weighty(self, line: Line, before: Line, forced: bool) -> bool:
        """Whether a change from or to bold is the edge of a heading and not a bold word at a line's end or start."""
        if before.bold:
            whole = all(one.bold for one in self.blocks[-1])
            return whole and not line.words[0].bold and (forced or markers.short(before.text, 14))
        return line.bold and forced

    def is_item(self, marker: str, line: Line, forced: bool) -> bool:
        """Whether a marker at the start of a line is one, and not the end of a sentence such as "in Enclosure 1."."""
        if not markers.is_number(marker) and marker not in "-*+·–—":
            return True
        for above, left in reversed(self.marks):
            if abs(left - line.x0) < line.size and markers.follows(above, marker):
                return True
        if markers.first(marker) and markers.is_number(marker):
            for after in self.rows[self.at + 1 : self.at + 12]:
                if abs(after.x0 - line.x0) < line.size and markers.follows(marker, markers.split(after.text)[0]):
                    return True
        if markers.is_number(marker):
            return forced
        return forced or any(above == marker for above, _ in self.marks)

    def label_row(self, line: Line, head: Line) -> bool:
        """Whether the line's label stands under the label that began the block."""
        return bool(markers.label(head.text)) and abs(line.x0 - head.x0) < 0.3 * line.size

    def piece(self, at: int, block: list[Line], left: float) -> Piece:
        """One block as a piece."""
        text = wrap([line.text for line in block])
        marker, rest = markers.split(text)
        level = int(max(0.0, block[0].x0 - left) / (1.2 * self.body) + 0.4)
        heading = self.heading(at, block, marker, rest)
        if heading:
            return Piece(rest if marker else text, "heading", marker, level=heading - 1, page=block[0].page)
        if marker and not markers.listed(marker, rest):
            return Piece(rest, "item", marker, level=min(level, 6), page=block[0].page)
        return Piece(text, "paragraph", page=block[0].page, level=0)

    def heading(self, at: int, block: list[Line], marker: str, text: str) -> int:
        """1 to 3 for a heading, 0 for other blocks."""
        if len(block) > 3 or FIELD.search(text) or (marker and not markers.is_number(marker)):
            return 0
        if block[0].heading:
            return 1
        size = block[0].size
        if size > 1.35 * self.body and len(text.split()) <= 20 and "\t" not in text:
            return 1
        label = markers.label(text)
        pair = bool(label) and len(label) + 2 < len(text)
        bold = all(line.bold for line in block) and not self.bold_body
        if "\t" in text:
            return 0
        if (size > 1.1 * self.body or bold) and markers.short(text, 18) and not (pair and markers.is_name(label)):
            return 2
        if self.crowns(at, block, text) and not marker and not label:
            return 3
        loud = re.sub(r"\s*\([^)]*\)$", "", text)
        if markers.is_capitals(loud) and markers.short(loud, 12) and len(text) > 3 and not markers.is_name(label if pair else ""):
            return 2
        if marker and re.match(r"\d", marker) and markers.short(text, 6) and not pair and text[:1].isupper():
            return 2 if self.alone(at) else 0
        if text.endswith(":") and not marker and markers.short(text, 6) and self.leads(at):
            return 3
        return 0

    def alone(self, at: int) -> bool:
        """Whether a short numbered block is no item: something that is no numbered block follows it."""
        if at + 1 >= len(self.blocks):
            return False
        after = self.blocks[at + 1]
        marker = markers.split(after[0].text)[0]
        short_pair = bool(markers.label(after[0].text))
        return not marker and not short_pair and after[0].x0 <= self.blocks[at][0].x0 + 0.5 * self.body

    def crowns(self, at: int, block: list[Line], text: str) -> bool:
        """Whether a short line with white above it stands over a sentence or a list."""
        if len(block) > 1 or not self.gapped[at] or at + 1 >= len(self.blocks):
            return False
        if self.gapped[at + 1] and (len(text.split()) > 5 or re.search(r"[\d,]", text)):
            return False
        if not markers.short(text, 8) or not text[:1].isupper() or text.endswith(":"):
            return False
        after = self.blocks[at + 1]
        below = " ".join(line.text for line in after)
        sentence = len(below.split()) > 6 and markers.END.search(below) and not markers.label(below)
        return bool(sentence or markers.split(below)[0])

    def leads(self, at: int) -> bool:
        """Whether a line that ends with a colon stands over something, and is no empty field."""
        if at + 1 >= len(self.blocks):
            return False
        text = self.blocks[at + 1][0].text
        return not markers.label(text) and not FIELD.search(text)


def spacing(lines: Sequence[Line], body: float) -> float:
    """From line to line inside paragraphs, or 0 where too few lines go on in small letters to tell."""
    steps = [
        after.top - before.top
        for before, after in zip(lines, lines[1:], strict=False)
        if after.page == before.page and after.table is None and before.table is None and after.text[:1].islower()
    ]
    steps = [step for step in steps if 0 < step < 2.2 * body]
    return median(steps) if len(steps) > 2 else 0.0


def usual(lines: Sequence[Line], body: float) -> float:
    """From line to line where nothing tells paragraphs apart: what a third of the lines keep to."""
    steps = sorted(b.top - a.top for a, b in zip(lines, lines[1:], strict=False) if a.page == b.page)
    steps = [step for step in steps if 0 < step < 2.2 * body]
    return steps[len(steps) // 3] if len(steps) > 3 else 1.25 * body


def complete(text: str) -> bool:
    """Whether the text is a label with a value."""
    label = markers.label(text)
    return bool(label) and len(text) > len(label) + 2


def complete_pair(group: list[Line]) -> bool:
    """Whether a label and its value are both there."""
    return len(group) >= 2


def wrap(lines: Sequence[str]) -> str:
    """Lines of one paragraph as one; a word cut at a line's end is whole again."""
    text = lines[0]
    for line in lines[1:]:
        text = glue(text, line)
    return text


def glue(text: str, line: str) -> str:
    """Two lines as one. A hyphen between small letters goes, but CUT marks its place until all words are known."""
    cut = re.search(r"[^\W\d_][-\u2010\u00ad]$", text)
    if cut and line[:1].islower():
        return text[:-1] + CUT + line
    if re.search(r"\w[-/–\u2010]$", text) and line[:1].isalnum():
        return text + line
    return f"{text} {line}"


CUT = "\ue0ff"


def mend(pieces: Sequence[Piece]) -> None:
    """Decide for every cut word whether its hyphen belonged to it: it does where the file has the word so elsewhere."""
    whole = "\n".join(piece.text for piece in pieces)
    known = {word.lower() for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)+", whole)}
    plain = {word.lower() for word in re.findall(r"[^\W\d_]+", whole)}

    def joined(match: re.Match) -> str:
        hyphened = f"{match[1]}-{match[2]}".lower()
        keep = hyphened in known and (match[1] + match[2]).lower() not in plain
        return f"{match[1]}-{match[2]}" if keep else match[1] + match[2]

    for piece in pieces:
        while CUT in piece.text:
            mended = re.sub(rf"([^\W\d_]+){CUT}([^\W\d_]+)", joined, piece.text, count=1)
            piece.text = mended if mended != piece.text else piece.text.replace(CUT, "")
