"""Lines of a page to regions in reading order: text columns one after the other, full-width lines in their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from coach.plan.reading.lines import Line

CLEAR = 0.35  # of a letter size: free on both sides of a gutter
LEAST_ROWS = 3
DEEPEST = 3


@dataclass
class Region:
    """Lines to be read one after the other, and the right margin that they were wrapped at."""

    lines: list[Line]
    right: float


def regions(lines: Sequence[Line], body: float, depth: int = 0) -> list[Region]:
    """The regions of a page in reading order."""
    found = band(lines, body) if depth < DEEPEST else None
    if found is None:
        return [Region(list(lines), max((line.x1 for line in lines), default=0.0))] if lines else []
    start, end, gutter = found
    out = regions(lines[:start], body, depth)
    for part in sections(lines[start:end], gutter, body):
        left = [line for line in (side(line, gutter, True) for line in part) if line]
        right = [line for line in (side(line, gutter, False) for line in part) if line]
        out += regions(left, body, depth + 1) + regions(right, body, depth + 1)
    out += regions(lines[end:], body, depth)
    return margins(out)


def margins(found: list[Region]) -> list[Region]:
    """One right margin for regions that begin at the same left edge and overlap in width."""
    for region in found:
        left = min(line.x0 for line in region.lines)
        same = [
            other.right
            for other in found
            if abs(min(line.x0 for line in other.lines) - left) < 12 and other.right < 1.25 * region.right
        ]
        region.right = max([region.right, *same])
    return found


def band(lines: Sequence[Line], body: float) -> tuple[int, int, float] | None:
    """The best run of lines with a gutter through all of them: first, behind the last, and where the gutter is."""
    best, score = None, 0.0
    for gutter in candidates(lines, body):
        for start, end in runs(lines, gutter, body):
            both = [line for line in lines[start:end] if halves(line, gutter) == (True, True)]
            if len(both) < LEAST_ROWS or not texts(lines[start:end], gutter):
                continue
            width = min(gap(line, gutter) for line in both)
            if len(both) + width / 1000 > score:
                best, score = (start, end, gutter), len(both) + width / 1000
    return best


def candidates(lines: Sequence[Line], body: float) -> list[float]:
    """Middles of the gaps that are wider than between words, each place once."""
    found = set()
    for line in lines:
        for before, word in zip(line.words, line.words[1:], strict=False):
            if word.x0 - before.x1 > 0.9 * body:
                found.add(round((word.x0 - 0.5 * body) / 2) * 2)
    return sorted(found)[:120]


def halves(line: Line, gutter: float) -> tuple[bool, bool]:
    """Whether the line has words left and right of the gutter."""
    return line.words[0].x0 < gutter, line.words[-1].x0 > gutter


def gap(line: Line, gutter: float) -> float:
    """White space around the gutter in a line that has words on both sides."""
    left = max(word.x1 for word in line.words if word.x0 < gutter)
    right = min(word.x0 for word in line.words if word.x0 > gutter)
    return right - left


def crosses(line: Line, gutter: float, body: float) -> bool:
    """Whether the line runs over the gutter."""
    if any(word.x0 < gutter + CLEAR * body and word.x1 > gutter - CLEAR * body for word in line.words):
        return True
    return halves(line, gutter) == (True, True) and gap(line, gutter) < 0.9 * body


def runs(lines: Sequence[Line], gutter: float, body: float) -> list[tuple[int, int]]:
    """Runs of lines that do not cross the gutter, cut to the columns: what stands far above or below is not part of them."""
    found, start = [], None
    for at in range(len(lines) + 1):
        if at < len(lines) and not crosses(lines[at], gutter, body):
            start = at if start is None else start
        elif start is not None:
            found.append(trim(lines, start, at, gutter, body))
            start = None
    return [(start, end) for start, end in found if end - start >= LEAST_ROWS]


def trim(lines: Sequence[Line], start: int, end: int, gutter: float, body: float) -> tuple[int, int]:
    """Take off one-sided lines at both ends of a run that a wide gap parts from the columns."""
    both = [at for at in range(start, end) if halves(lines[at], gutter) == (True, True)]
    if not both:
        return start, start
    steps = [b.top - a.top for a, b in zip(lines[start:end], lines[start + 1 : end], strict=False)]
    wide = 2.0 * max(median([step for step in steps if step > 0] or [body]), 1.1 * body)
    first, last = both[0], both[-1]
    while first > start and lines[first].top - lines[first - 1].top < wide and not large(lines[first - 1], body):
        first -= 1
    while last + 1 < end and lines[last + 1].top - lines[last].top < wide and not large(lines[last + 1], body):
        last += 1
    return first, last + 1


def large(line: Line, body: float) -> bool:
    """Whether it is a heading by its size."""
    return line.size > 1.3 * body


def texts(lines: Sequence[Line], gutter: float) -> bool:
    """Whether both sides are running text, and not labels with their values or the columns of a table."""
    for left in (True, False):
        parts = [part for part in (side(line, gutter, left) for line in lines) if part]
        words = [len(part.words) for part in parts]
        width = max(part.x1 for part in parts) - min(part.x0 for part in parts)
        full = [part for part in parts if part.x1 - part.x0 > 0.7 * width]
        if sum(words) / len(words) < 2.5 or len(full) < max(2, len(parts) // 5) or max(words) < 4:
            return False
    return True


def side(line: Line, gutter: float, left: bool) -> Line | None:
    """The part of a line on one side of the gutter."""
    words = [word for word in line.words if (word.x0 < gutter) is left]
    if not words:
        return None
    return Line(words, line.page, line.rule, line.heading, line.wide, table=line.table)


def sections(lines: Sequence[Line], gutter: float, body: float) -> list[list[Line]]:
    """A band of columns cut where both columns begin a heading side by side: a grid is read cell by cell."""
    cuts = [0]
    for at, line in enumerate(lines):
        left, right = side(line, gutter, True), side(line, gutter, False)
        if at and left and right and all(part.bold and part.size > 1.08 * body for part in (left, right)):
            cuts.append(at)
    return [list(lines[a:b]) for a, b in zip(cuts, [*cuts[1:], len(lines)], strict=True)]
