"""Tesseract's words as lines: specks dropped, boxes to tick found, bold print guessed from its ink, a tilted page set level."""

import re
from dataclasses import dataclass
from statistics import median

from coach.plan.reading import markers
from coach.plan.reading.lines import Line, Word

LEAST_SURE = 30.0  # percent
BOLD_INK = 1.22  # times the usual ink
BOX = re.compile(r"[\[({|]?[CLUOQDo0Il1®]{1,2}[1lI\])}|]{0,2}|\[[ xX_]?\]|[\[({][\])}]|[OQ]+[)\]}]|-[O0]_?")


@dataclass
class Row:
    """One word as tesseract saw it."""

    line: tuple[int, int, int]
    word: Word
    sure: float


def words(text: str) -> list[Row]:
    """The words of tesseract's table."""
    found = []
    for row in text.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        word = Word(cells[11].strip(), left, left + width, top, top + height, height)
        found.append(Row((int(cells[2]), int(cells[3]), int(cells[4])), word, float(cells[10])))
    return found


def lines(rows: list[Row], number: int, picture) -> list[Line]:
    """Lines of one page in their order from top to bottom."""
    groups: dict[tuple[int, int, int], list[Row]] = {}
    for row in rows:
        groups.setdefault(row.line, []).append(row)
    kept = [[row for row in group if real(row, group)] for group in groups.values()]
    kept = [group for group in kept if group]
    if not kept:
        return []
    sizes = [row.word.size for group in kept for row in group]
    usual = median([row.word.size for group in kept for row in group if len(row.word.text) > 2 and row.word.text.isalpha()] or sizes)
    found = []
    for group in kept:
        tall = sorted(row.word.size for row in group if row.word.text.strip("_-—.")) or [usual]
        size = tall[len(tall) // 2] if tall[len(tall) // 2] > 1.4 * usual and len(group) > 1 else usual
        for row in group:
            row.word.size = size
        found.append(Line(sorted((row.word for row in group), key=lambda word: word.x0), number))
    weigh(found, picture)
    straighten(found)
    letters(found)
    boxes(found, usual)
    found = [Line(line.words, number) for line in found]
    return level(found, usual)


def straighten(found: list[Line]) -> None:
    """Turn the places of words back where the page was laid askew."""
    slopes = []
    for line in found:
        first, last = line.words[0], line.words[-1]
        if len(line.words) > 4 and last.x0 > first.x0:
            rise = (last.top + last.bottom - first.top - first.bottom) / 2
            slopes.append(rise / (last.x0 + last.x1 - first.x0 - first.x1) * 2)
    slope = median(slopes) if slopes else 0.0
    for line in found:
        for word in line.words:
            shift = slope * (word.x0 + word.x1) / 2
            word.top, word.bottom = word.top - shift, word.bottom - shift


def real(row: Row, group: list[Row]) -> bool:
    """Whether it is a word, or the start of a line that may be a box to tick, and not a speck of the scan."""
    others = [other.sure for other in group if other is not row] or [row.sure]
    sure = sum(others) / len(others)
    if row.sure >= LEAST_SURE and any(char.isalnum() for char in row.word.text):
        return max(sure, row.sure) >= 50
    if row.word.text in markers.BULLETS or re.fullmatch(r"[_.]{3,}|[|&%€£$+=/–—-]", row.word.text):
        return row.sure >= 60 or (row.word.text == "|" and sure > 70)
    if any(char.isalnum() for char in row.word.text) or BOX.fullmatch(row.word.text):
        return sure >= 70 and len(group) > 2
    return False


def weigh(found: list[Line], picture) -> None:
    """Set `bold` for words whose print has more ink for its size than usual."""
    inks: list[tuple[Word, float]] = []
    for line in found:
        for word in line.words:
            if sum(char.isalnum() for char in word.text) < 2 or word.x1 - word.x0 < 2 or word.bottom - word.top < 2:
                continue
            histogram = picture.crop((int(word.x0), int(word.top), int(word.x1) + 1, int(word.bottom) + 1)).histogram()
            total = sum(histogram)
            light = next(level for level in range(255, -1, -1) if sum(histogram[level:]) > 0.25 * total)
            dark = sum(count * max(0, light - level) for level, count in enumerate(histogram))
            inks.append((word, dark / total / max(1, light)))
    if not inks:
        return
    usual = median(ink for _, ink in inks)
    for word, ink in inks:
        word.bold = ink > BOLD_INK * usual
    for line in found:
        weighed = [word for word in line.words if sum(char.isalnum() for char in word.text) >= 2]
        heavy = sum(word.bold for word in weighed) > 0.6 * len(weighed)
        for word in line.words:
            word.bold = bool(weighed) and heavy


def letters(found: list[Line]) -> None:
    """An upright stroke alone before a word is the word I."""
    for line in found:
        for word, after in zip(line.words, line.words[1:], strict=False):
            if word.text == "|" and after.text[:1].islower() and len(line.words) > 2:
                word.text = "I"


def boxes(found: list[Line], usual: float) -> None:
    """Letters that stand for a box to tick: at the start of several lines at one place, with a gap behind."""
    starts = [line for line in found if len(line.words) > 1 and BOX.fullmatch(line.words[0].text)]
    starts = [line for line in starts if line.words[1].x0 - line.words[0].x1 > 0.45 * usual and line.words[1].text[:1].isupper()]
    for line in starts:
        others = [other for other in starts if other is not line and abs(other.words[1].x0 - line.words[1].x0) < usual]
        if others:
            line.words[0].text = "☐"


def level(found: list[Line], usual: float) -> list[Line]:
    """Lines of one height put side by side, as a page that stands a little askew has them apart."""
    out: list[Line] = []
    for line in sorted(found, key=lambda line: (line.top + line.bottom) / 2):
        before = out[-1] if out else None
        if before is not None:
            left, right = sorted((before, line), key=lambda one: one.x0)
            apart = right.x0 - left.x1 > 0.5 * usual
            drift = abs(right.words[0].bottom - left.words[-1].bottom)
            if apart and drift < 0.8 * usual:
                out[-1] = Line(left.words + right.words, line.page)
                continue
        out.append(line)
    return sorted(out, key=lambda line: line.words[0].top)
