"""A document as a Word file (DOCX). Words go in as text only: no field, link, picture or macro but the page number."""

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document as new_document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from coach.documents.characters import one_line, plain
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

FONT = "Calibri"
INK, QUIET, RULE = RGBColor(0x1F, 0x29, 0x33), RGBColor(0x5B, 0x66, 0x70), "9AA5B1"
BOXES = {False: "\u2610", True: "\u2611"}
UNDER = Cm(0.9)


def write(paper: Paper, at: datetime) -> Written:
    """The whole document; `at` is when it was made."""
    file = new_document()
    _look(file, paper, at)
    file.add_heading(one_line(paper.title), 0)
    if paper.subtitle:
        _quiet(file.add_paragraph(one_line(paper.subtitle)))
    for block in paper.blocks:
        _add(file, block)
    data = io.BytesIO()
    file.save(data)
    return Written(data=_settled(data))


def _settled(data: io.BytesIO) -> bytes:
    """The same parts without the time of writing, so that the same words make the same bytes."""
    settled = io.BytesIO()
    with zipfile.ZipFile(data) as made, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as file:
        for name in made.namelist():
            info = zipfile.ZipInfo(name)  # of the first day that the format knows
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, made.read(name))
    return settled.getvalue()


def _add(file: Any, block: Block) -> None:
    match block:
        case Heading():
            file.add_heading(one_line(block.text), block.level)
        case Paragraph():
            line = file.add_paragraph()
            if block.under:
                line.paragraph_format.left_indent = UNDER
            if block.label:
                line.add_run(f"{one_line(block.label)}: ").bold = True
            line.add_run(plain(block.text))
            if block.quiet:
                _quiet(line)
        case Quotation():
            line = file.add_paragraph(style="Quote")
            line.add_run(plain(block.text))
            _border(line, "left")
            if block.source:
                line.add_run(f"\n{one_line(block.source)}").italic = False
                _quiet(line, last=True)
        case Bullets():
            for text in block.lines:
                file.add_paragraph(plain(text), style="List Bullet")
        case Task():
            line = file.add_paragraph()
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = UNDER, -UNDER
            line.paragraph_format.keep_with_next = True
            number = f"{block.number}. " if block.number is not None else ""
            line.add_run(f"{BOXES[block.ticked]} {number}{plain(block.text)}").bold = True
        case Table():
            _table(file, block)
        case Room():
            for number in range(block.lines):
                line = file.add_paragraph(f"{one_line(block.label)}: " if block.label and not number else "")
                line.paragraph_format.left_indent = UNDER
                _border(line, "bottom")


def _table(file: Any, block: Table) -> None:
    table = file.add_table(rows=0, cols=len(block.head), style="Table Grid")
    for number, texts in enumerate((block.head, *block.rows)):
        row = table.add_row()
        for cell, text in zip(row.cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(plain(text))
            run.bold, run.font.size = number == 0, Pt(9.5)
        if number == 0:
            _mark(row._tr.get_or_add_trPr(), "w:tblHeader")
    file.add_paragraph().paragraph_format.space_after = Pt(2)


def _look(file: Any, paper: Paper, at: datetime) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    page.top_margin = page.bottom_margin = Cm(2)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Quote"):
        style = file.styles[name]
        style.font.name, style.font.color.rgb = FONT, INK
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme font would win
    file.styles["Normal"].font.size = Pt(10.5)
    file.styles["Title"].font.size = Pt(22)
    about = file.core_properties
    about.title, about.author, about.comments = one_line(paper.title)[:250], "PIP Coach", ""
    about.created = about.modified = at.replace(tzinfo=None)
    foot = page.footer.paragraphs[0]
    foot.add_run(f"{one_line(paper.page)} " if paper.page else "")
    _page_number(foot.add_run())
    _quiet(foot)


def _quiet(line: Line, *, last: bool = False) -> None:
    for run in line.runs[-1:] if last else line.runs:
        run.font.color.rgb, run.font.size = QUIET, Pt(9)


def _border(line: Line, side: str) -> None:
    edges = OxmlElement("w:pBdr")
    _mark(edges, f"w:{side}", val="single", sz="6", space="6", color=RULE)
    line._p.get_or_add_pPr().insert_element_before(
        edges, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _page_number(run: Any) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            _mark(run._r, "w:fldChar", fldCharType=kind)
        else:
            _mark(run._r, "w:instrText").text = text


def _mark(parent: Any, name: str, **values: str) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element
