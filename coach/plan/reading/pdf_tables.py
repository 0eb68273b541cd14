"""Tables of a PDF page: those with ruling lines on all sides, and those with lines between the rows only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.plan.reading.lines import Line, Word, gather
from coach.plan.reading.paragraphs import Column

NEAR = 3.0  # points
SMALL = re.compile(
    r"an?|and|are|as|at|be|but|by|do|for|from|go|he|if|in|is|its?|me|my|no|not?r?|off?|on|or|our|per|so|than|that|the|then|they|"
    r"too?|up|us|use|was|we|when|who|will|with|you|your"
)


@dataclass
class Cell:
    """One cell with its place in the grid and its words."""

    row: int
    column: int
    span: int
    words: list[Word] = field(default_factory=list)
    box: tuple[float, float, float, float] = (0, 0, 0, 0)


@dataclass
class Table:
    """A table on one page. `edges` are the left edges of its columns; `open_below`/`open_above`: cut by the page break."""

    box: tuple[float, float, float, float]
    cells: list[Cell]
    edges: list[float]
    page: int = 1
    open_below: bool = False
    open_above: bool = False
    ruled: bool = True

    @property
    def columns(self) -> int:
        """Number of columns; one column is a stack of frames and no table."""
        return len(self.edges)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return 1 + max((cell.row for cell in self.cells), default=-1)


def tables(page, words: Sequence[Word], number: int) -> list[Table]:
    """Every table of a pdfplumber page with the words that stand in it."""
    found = ruled(page, number)
    found += lined(page, words, number, [table.box for table in found])
    for table in found:
        for word in words:
            cell = next((cell for cell in table.cells if inside(word, cell.box)), None)
            if cell is not None:
                cell.words.append(word)
        if table.ruled and table.columns > 1:
            crown(table, [word for word in words if all(word is not other for cell in table.cells for other in cell.words)])
    return [table for table in found if sum(bool(cell.words) for cell in table.cells) >= 2]


def crown(table: Table, words: Sequence[Word]) -> None:
    """Add the line of column heads that stands above a table's frame, where there is one."""
    x0, top, x1, _ = table.box
    above = [word for word in words if top - 26 < (word.top + word.bottom) / 2 < top and x0 - 2 <= word.x0 and word.x1 <= x1 + 2]
    lines = gather(above, table.page)[-1:]
    if not lines or top - lines[0].bottom > 0.8 * lines[0].size:
        return
    edges = [*table.edges[1:], float("inf")]
    heads: dict[int, list[Word]] = {}
    for word in lines[0].words:
        heads.setdefault(next(at for at, edge in enumerate(edges) if word.x0 < edge - 1), []).append(word)
    apart = all(
        b[0].x0 - a[-1].x1 > 0.8 * b[0].size and a[-1].x1 < edges[at] for (at, a), (_, b) in zip(heads.items(), list(heads.items())[1:], strict=False)
    )
    if len(heads) < max(2, 0.7 * table.columns) or not apart:
        return
    for cell in table.cells:
        cell.row += 1
    for at, head in heads.items():
        box = (table.edges[at], lines[0].top, min(edges[at], x1), lines[0].bottom)
        table.cells.insert(at, Cell(0, at, 1, head, box))
    table.box = (x0, lines[0].top, x1, table.box[3])


def inside(word: Word, box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of a word is in a box."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def ruled(page, number: int) -> list[Table]:
    """Tables with lines on all sides; where the page ends, their upright lines may be cut."""
    ends = loose_ends(page)
    settings = {"explicit_horizontal_lines": ends} if ends else {}
    out = []
    for table in page.find_tables(settings):
        boxes = [tuple(map(float, cell)) for cell in table.cells if cell]
        lefts = grid([box[0] for box in boxes])
        tops = grid([box[1] for box in boxes])
        cells = []
        for box in sorted(boxes, key=lambda box: (box[1], box[0])):
            column = place(lefts, box[0])
            span = max(1, sum(1 for left in lefts if box[0] - NEAR < left < box[2] - NEAR))
            cells.append(Cell(place(tops, box[1]), column, span, box=box))
        if len(cells) < 2:
            continue
        bottom, top = table.bbox[3], table.bbox[1]
        out.append(
            Table(
                tuple(map(float, table.bbox)),
                cells,
                lefts,
                number,
                open_below=any(abs(bottom - y) < 1 for y in ends),
                open_above=any(abs(top - y) < 1 for y in ends),
            )
        )
    return out


def loose_ends(page) -> list[float]:
    """Heights at which several upright lines end without a level line."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    level = [edge for edge in page.edges if edge["orientation"] == "h"]
    found = []
    for height in sorted({round(edge[end], 1) for edge in upright for end in ("top", "bottom")}):
        at = [edge for edge in upright if min(abs(edge["top"] - height), abs(edge["bottom"] - height)) < 1]
        lefts = grid([edge["x0"] for edge in at])
        if len(lefts) < 3:
            continue
        if not any(abs(line["top"] - height) < NEAR and line["x1"] > lefts[0] and line["x0"] < lefts[-1] for line in level):
            found.append(height)
    return found


def grid(values: Sequence[float]) -> list[float]:
    """Values without those that are nearly the same as another."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > NEAR:
            out.append(value)
    return out


def place(lines: Sequence[float], value: float) -> int:
    """Number of the grid line nearest to a value."""
    return min(range(len(lines)), key=lambda at: abs(lines[at] - value))


def lined(page, words: Sequence[Word], number: int, taken: list) -> list[Table]:
    """Tables that have level lines between their rows and no upright ones."""
    groups: dict[tuple[int, int], list[float]] = {}
    for edge in page.edges:
        if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > 100:
            key = (round(edge["x0"] / 4), round(edge["x1"] / 4))
            groups.setdefault(key, []).append(edge["top"])
    found = []
    for (left, right), heights in groups.items():
        heights = grid(heights)
        x0, x1 = left * 4 - 4, right * 4 + 4
        run: list[float] = []
        for height in [*heights, float("inf")]:
            if run and (height - run[-1] > 120 or heading_between(words, run[-1], height, x0, x1)):
                found += rows_of(words, run, x0, x1, number, taken)
                run = []
            run.append(height)
    return found


def heading_between(words: Sequence[Word], top: float, bottom: float, x0: float, x1: float) -> bool:
    """Whether more than one row's text stands between two level lines: then the upper one ends a table."""
    between = [word for word in words if top < (word.top + word.bottom) / 2 < bottom and x0 <= word.x0 <= x1]
    sizes = {round(word.size) for word in between}
    return len(sizes) > 1 or any(word.size > 1.15 * min(sizes) for word in between)


def rows_of(words: Sequence[Word], lines: list[float], x0: float, x1: float, number: int, taken: list) -> list[Table]:
    """The table whose rows end at these lines; the first row stands above the first line."""
    if len(lines) < 2 or any(box[0] - 5 < x1 and box[2] + 5 > x0 and box[1] - 5 < lines[-1] and box[3] + 5 > lines[0] for box in taken):
        return []
    within = [word for word in words if x0 <= word.x0 and word.x1 <= x1]
    first = [word for word in within if lines[0] - 60 < (word.top + word.bottom) / 2 < lines[0]]
    head = gather(first)[-1:] if first else []
    if head and lines[0] - head[0].bottom > 1.5 * head[0].size:
        head = []
    rows = [list(line.words) for line in head]
    rows += [
        [word for word in within if top < (word.top + word.bottom) / 2 < bottom]
        for top, bottom in zip(lines, lines[1:], strict=False)
    ]
    rows = [row for row in rows if row]
    lefts = stops(rows)
    if len(lefts) < 2 or len(rows) < 2 or sum(len(split(row, lefts)) > 1 for row in rows) < 0.6 * len(rows):
        return []
    cells = []
    for at, row in enumerate(rows):
        top, bottom = min(word.top for word in row), max(word.bottom for word in row)
        for column in split(row, lefts):
            right = lefts[column + 1] - 1 if column + 1 < len(lefts) else x1
            cells.append(Cell(at, column, 1, box=(lefts[column] - 1, top, right - 1, bottom)))
    top = min(cell.box[1] for cell in cells)
    return [Table((x0, top, x1, lines[-1]), cells, lefts, number, ruled=False)]


def stops(rows: Sequence[Sequence[Word]]) -> list[float]:
    """Left edges of the columns: places that no word of any row crosses, with white before them."""
    words = sorted((word for row in rows for word in row), key=lambda word: word.x0)
    if not words:
        return []
    found, reach = [words[0].x0], words[0].x1
    for word in words:
        if word.x0 - reach > 0.8 * word.size:
            found.append(word.x0)
        reach = max(reach, word.x1)
    return found


def split(row: Sequence[Word], lefts: Sequence[float]) -> set[int]:
    """Columns in which a row has words."""
    return {max((at for at, left in enumerate(lefts) if left <= word.x0 + 1), default=0) for word in row}


def carry(before: Table, table: Table) -> bool:
    """Whether a table goes on with the one of the page before: the same columns at the same places."""
    if len(before.edges) != len(table.edges) or table.page != before.page + 1:
        return False
    return all(abs(a - b) < 2 * NEAR for a, b in zip(before.edges, table.edges, strict=True))


def text_of(cell: Cell, table: Table, body: float) -> list[str]:
    """The paragraphs of a cell. Its right margin is as wide as its left one, or where its column's words end."""
    lines = gather(cell.words, table.page, wide=4.0)
    right = cell.box[2] - max(0.0, min(line.x0 for line in lines) - cell.box[0])
    if not table.ruled:
        right = max(word.x1 for other in table.cells if other.column == cell.column for word in other.words)
    lines = whole_words(lines, right)
    return [f"{piece.marker} {piece.text}".strip() for piece in Column(lines, body, True, right).pieces()]


def whole_words(lines: list[Line], right: float) -> list[Line]:
    """Lines of a narrow cell; a word that was cut because it is wider than the cell is whole again."""
    out: list[Line] = []
    for line in lines:
        before = out[-1].words if out else []
        if len(before) == 1 and len(line.words) == 1 and right - before[0].x1 < 0.7 * line.size:
            head, tail = before[0].text, line.words[0].text
            whole = not SMALL.fullmatch(tail) or re.search(r"[ts]ion$", head + tail)
            if len(head) >= 7 and head.isalpha() and tail.isalpha() and tail.islower() and len(tail) <= 4 and whole:
                before[0].text += tail
                continue
        out.append(line)
    return out
