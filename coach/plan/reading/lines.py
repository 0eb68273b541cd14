"""Words and lines with their places on a page, in any unit: points of a PDF, pixels of a scan, or letters of a text file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

WIDE = 2.0  # a gap of so many letter sizes parts two columns


@dataclass(slots=True)
class Word:
    """One word and its box; `size` is the height of its letters' line."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    capital: bool = False


@dataclass
class Line:
    """Words of one line in one column. `rule`: a drawn or typed line stands before it. `heading`: the text file underlines it."""

    words: list[Word]
    page: int = 1
    rule: bool = False
    heading: bool = False
    wide: float = WIDE
    table: object = None  # a table in the place of a line

    x0: float = field(init=False)
    x1: float = field(init=False)
    top: float = field(init=False)
    bottom: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        self.x0 = self.words[0].x0
        self.x1 = max(word.x1 for word in self.words)
        self.top = min(word.top for word in self.words)
        self.bottom = max(word.bottom for word in self.words)
        self.size = median(word.size for word in self.words)

    @property
    def text(self) -> str:
        """The words with single spaces, and a tab where a wide gap is."""
        out = [self.words[0].text]
        for before, word in zip(self.words, self.words[1:], strict=False):
            out += ["\t" if word.x0 - before.x1 > self.wide * self.size else " ", word.text]
        return "".join(out)

    @property
    def bold(self) -> bool:
        """Whether all of its letters are bold."""
        return all(word.bold for word in self.words if any(char.isalnum() for char in word.text))

    def parts(self) -> list["Line"]:
        """The line cut at its wide gaps."""
        found: list[list[Word]] = [[self.words[0]]]
        for before, word in zip(self.words, self.words[1:], strict=False):
            if word.x0 - before.x1 > self.wide * self.size:
                found.append([])
            found[-1].append(word)
        return [Line(words, self.page, self.rule and not at, self.heading, self.wide) for at, words in enumerate(found)]


def join(parts: list[Line]) -> Line:
    """Several parts of one line as one line again."""
    words = sorted((word for part in parts for word in part.words), key=lambda word: word.x0)
    return Line(words, parts[0].page, any(part.rule for part in parts), parts[0].heading, parts[0].wide)


def gather(words: Iterable[Word], page: int = 1, wide: float = WIDE) -> list[Line]:
    """Words to lines, top to bottom: a word belongs to a line that it overlaps by more than half of its height."""
    rows: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: ((word.top + word.bottom) / 2, word.x0)):
        middle = (word.top + word.bottom) / 2
        for at in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            low, high = spans[at]
            if low < middle < high and overlap(low, high, word.top, word.bottom) > 0.5:
                rows[at].append(word)
                break
        else:
            rows.append([word])
            spans.append((word.top, word.bottom))
    return [Line(sorted(row, key=lambda word: word.x0), page, wide=wide) for row in rows]


def overlap(low: float, high: float, top: float, bottom: float) -> float:
    """Shared height as a part of the smaller one."""
    smaller = min(high - low, bottom - top)
    return (min(high, bottom) - max(low, top)) / smaller if smaller > 0 else 1.0
