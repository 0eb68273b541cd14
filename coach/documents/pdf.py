"""A document as a PDF with its own fonts (Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, signs).

What the fonts cannot draw becomes an empty box and is reported. Nothing in the file is a link, script or form.
"""

import io
from datetime import datetime
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, HRFlowable, PageTemplate, Spacer
from reportlab.platypus import Paragraph as Line
from reportlab.platypus import Table as Grid

from coach.documents.characters import one_line, plain
from coach.documents.direction import as_drawn
from coach.schema.documents import (
    Block,
    Bullets,
    Heading,
    Paper,
    Paragraph,
    Quotation,
    Room,
    Table,
    Task,
    Written,
)

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"
BOX, BOXES = "\u25a1", {False: "\u2610", True: "\u2611"}
INK, QUIET, RULE, SHADE = HexColor("#1f2933"), HexColor("#5b6670"), HexColor("#9aa5b1"), HexColor("#f3f4f2")
MARGIN, WIDTH = 2.1 * cm, A4[0] - 4.2 * cm
LONGEST_CELL = 400  # characters; a row must fit on a page
_JOINERS = str.maketrans("", "", "\u200c\u200d")


def write(paper: Paper, at: datetime) -> Written:
    """The whole document; `at` is when it was made."""
    return _Writer(_fonts()).write(paper, at)


@cache
def _fonts() -> frozenset[int]:
    """Make the fonts known to the library and tell what both can draw."""
    known = [TTFont(name, str(FONTS / f"{name}.ttf")) for name in (REGULAR, BOLD)]
    for font in known:
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return frozenset(known[0].face.charToGlyph) & frozenset(known[1].face.charToGlyph)


class _Writer:
    """One document on its way, with what could not be drawn in it."""

    def __init__(self, drawable: frozenset[int]) -> None:
        self._drawable = drawable
        self._replaced: dict[str, None] = {}

    def write(self, paper: Paper, at: datetime) -> Written:
        title, foot = one_line(paper.title), self._plain(one_line(paper.page))
        story = [Line(self._text(title), STYLES["title"])]
        if paper.subtitle:
            story.append(Line(self._text(one_line(paper.subtitle)), STYLES["quiet"]))
        for block in paper.blocks:
            story += self._block(block)
        data = io.BytesIO()
        file = BaseDocTemplate(
            data, pagesize=A4, title=title, author="PIP Coach", subject="", creator="PIP Coach", lang="en", invariant=1,
        )  # fmt: skip
        frame = Frame(MARGIN, MARGIN, WIDTH, A4[1] - 2 * MARGIN, leftPadding=0, rightPadding=0)

        def number(canvas: Canvas, _file: BaseDocTemplate) -> None:
            canvas.setDateFormatter(lambda *_: f"D:{at:%Y%m%d%H%M%S}")
            canvas.setFont(REGULAR, 8)
            canvas.setFillColor(QUIET)
            canvas.drawString(MARGIN, 1.2 * cm, f"{foot} {canvas.getPageNumber()}".strip())

        file.addPageTemplates([PageTemplate(frames=[frame], onPage=number)])
        file.build(story)
        return Written(data=data.getvalue(), replaced=tuple(self._replaced))

    def _block(self, block: Block) -> list[Flowable]:
        match block:
            case Heading():
                return [Line(self._text(one_line(block.text)), STYLES[f"heading {block.level}"])]
            case Paragraph():
                style = "under" if block.under else "quiet" if block.quiet else "text"
                label = f"<b>{self._text(one_line(block.label))}:</b> " if block.label else ""
                return [Line(f"{label}{self._text(plain(block.text))}", STYLES[style])]
            case Quotation():
                source = self._text(one_line(block.source))
                if source:
                    source = f'<br/><font size="8" color="{QUIET.hexval()}">{source}</font>'
                return [Line(f"{self._text(plain(block.text))}{source}", STYLES["quotation"])]
            case Bullets():
                return [
                    Line(self._text(plain(text)), STYLES["bullet"], bulletText="\u2022")
                    for text in block.lines
                ]
            case Task():
                number = f"{block.number}. " if block.number is not None else ""
                text = f"{number}{self._text(plain(block.text))}"
                return [Line(text, STYLES["task"], bulletText=BOXES[block.ticked])]
            case Table():
                return self._table(block)
            case Room():
                label = (
                    [Line(f"{self._text(one_line(block.label))}:", STYLES["under"])] if block.label else []
                )
                rule = (Spacer(1, 0.65 * cm), HRFlowable(WIDTH - 0.8 * cm, 0.5, color=RULE, hAlign="RIGHT"))
                return [*label, *(part for _ in range(block.lines) for part in rule), Spacer(1, 0.3 * cm)]

    def _table(self, block: Table) -> list[Flowable]:
        if any(len(text) > LONGEST_CELL for row in block.rows for text in row):
            return self._as_list(block)
        cells = [[Line(self._text(plain(text)), STYLES["head"]) for text in block.head]]
        cells += [[Line(self._text(plain(text)), STYLES["cell"]) for text in row] for row in block.rows]
        look = [
            ("GRID", (0, 0), (-1, -1), 0.4, RULE), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ]  # fmt: skip
        return [Grid(cells, _widths(block), repeatRows=1, style=look), Spacer(1, 0.3 * cm)]

    def _as_list(self, block: Table) -> list[Flowable]:
        """A table whose cells are too long for one page, row by row."""
        story: list[Flowable] = []
        for row in block.rows:
            for head, text in zip(block.head, row, strict=True):
                if text:
                    story += self._block(Paragraph(label=head, text=text))
            story.append(HRFlowable(WIDTH, 0.3, color=RULE, spaceBefore=4, spaceAfter=6))
        return story

    def _text(self, words: str) -> str:
        return escape(self._plain(words)).replace("\n", "<br/>")

    def _plain(self, words: str) -> str:
        return as_drawn("".join(map(self._drawn, words.translate(_JOINERS))))

    def _drawn(self, sign: str) -> str:
        if sign == "\n" or sign.isspace() or ord(sign) in self._drawable:
            return " " if sign.isspace() and sign != "\n" else sign
        self._replaced.setdefault(sign)
        return BOX


def _widths(block: Table) -> list[float]:
    """Columns as wide as their words ask for, within limits."""
    columns = list(zip(block.head, *block.rows, strict=True))
    longest = [max(8, min(45, max(map(len, column)))) for column in columns]
    return [WIDTH * share / sum(longest) for share in longest]


def _style(name: str, **more) -> ParagraphStyle:
    base = {
        "fontName": REGULAR,
        "fontSize": 9.5,
        "leading": 13.5,
        "textColor": INK,
        "alignment": TA_LEFT,
        "spaceAfter": 5,
    }
    return ParagraphStyle(name, **{**base, **more})


STYLES = {
    style.name: style
    for style in (
        _style("title", fontName=BOLD, fontSize=19, leading=24, spaceAfter=4),
        _style(
            "heading 1", fontName=BOLD, fontSize=14, leading=18, spaceBefore=16, spaceAfter=6, keepWithNext=1
        ),
        _style(
            "heading 2", fontName=BOLD, fontSize=11, leading=15, spaceBefore=11, spaceAfter=4, keepWithNext=1
        ),
        _style(
            "heading 3",
            fontName=BOLD,
            fontSize=9.5,
            leading=13.5,
            spaceBefore=7,
            spaceAfter=3,
            keepWithNext=1,
        ),
        _style("text"),
        _style("quiet", fontSize=8.5, leading=12, textColor=QUIET),
        _style("under", leftIndent=0.8 * cm),
        _style(
            "quotation",
            leftIndent=0.5 * cm,
            rightIndent=0.5 * cm,
            backColor=SHADE,
            borderPadding=5,
            spaceBefore=8,
            spaceAfter=14,
        ),
        _style("bullet", leftIndent=0.6 * cm, bulletIndent=0.1 * cm, bulletFontName=REGULAR, spaceAfter=3),
        _style(
            "task",
            fontName=BOLD,
            leftIndent=0.8 * cm,
            bulletFontName=REGULAR,
            bulletFontSize=12,
            spaceBefore=8,
            keepWithNext=1,
        ),
        _style("head", fontName=BOLD, fontSize=8.5, leading=11.5, spaceAfter=0),
        _style("cell", fontSize=8.5, leading=11.5, spaceAfter=0),
    )
}
