"""Word files (.docx): paragraphs, lists, tables, text boxes and content controls in the order of the page.

Reads only the parts that hold words, from a checked archive. Comments, tracked deletions and pictures are left out.
"""

from lxml import etree

from coach.plan.reading import markers
from coach.plan.reading.draft import STRUCK, Draft, Piece, tidy
from coach.plan.reading.faults import Fault
from coach.plan.reading.running import only_place
from coach.plan.reading.sniff import unpack
from coach.plan.reading.word_styles import Numbering, Styles, W, dark, setting, whole
from coach.plan.reading.word_text import CHOICE, Line, Reader, chosen

PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml")
PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
DEEPEST = 60


def draft(data: bytes) -> Draft:
    """Read a docx."""
    parts = unpack(data, lambda name: name in PARTS or name.startswith(("word/header", "word/footer")))
    if any(b"<!DOCTYPE" in part[:2000] or b"<!ENTITY" in part[:2000] for part in parts.values()):
        raise Fault("doctype")
    roots = {name: etree.fromstring(part, etree.XMLParser(**PARSER)) for name, part in parts.items() if name.endswith(".xml")}
    body = roots["word/document.xml"].find(W + "body")
    if body is None:
        raise Fault("damaged")
    styles = Styles(roots.get("word/styles.xml"))
    flow = Flow(styles, Numbering(roots.get("word/numbering.xml")))
    ground = roots["word/document.xml"].find(W + "background")
    flow.shaded = ground is not None and dark(ground.get(W + "color"))
    flow.read(body)
    head = []
    for name in sorted(roots):
        if name.startswith(("word/header", "word/footer")):
            edge = Flow(styles, Numbering())
            edge.read(roots[name])
            head += [piece.text for piece in edge.pieces]
            flow.hidden += edge.hidden
    said = "\n".join(piece.text for piece in flow.pieces)
    kept = [Piece(tidy(text)) for text in only_place([tidy(text) for text in head], said)]
    return Draft(
        "docx",
        kept + flow.pieces,
        pages=flow.page,
        hidden=flow.hidden,
        warnings=[STRUCK] if flow.struck else [],
    )


class Flow:
    """Walks the body and collects pieces."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles, self.numbering, self.reader = styles, numbering, Reader(styles)
        self.pieces: list[Piece] = []
        self.hidden: list[str] = []
        self.struck = False
        self.shaded = False
        self.page = 1
        self.tables = 0
        self.depth = 0

    def read(self, parent) -> None:
        """Every block below `parent` in order."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Fault("damaged")
        for child in parent:
            if child.tag == W + "p":
                self.paragraph(child)
            elif child.tag == W + "tbl":
                self.table(child)
            elif child.tag == CHOICE + "AlternateContent":
                self.read(chosen(child))
            elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag"):
                self.read(child)
        self.depth -= 1

    def line(self, paragraph) -> Line:
        """The text of a paragraph, with what is hidden noted."""
        line = self.reader.line(paragraph, self.shaded)
        if line.hidden.strip():
            self.hidden.append(line.hidden)
        self.struck = self.struck or line.struck
        return line

    def counted(self, paragraph, style: str | None) -> tuple[str, int]:
        """The number or bullet that Word draws in front of the paragraph, and its level."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        name, level, owner = self.styles.number(style)
        if own is not None:
            name, level = setting(own, "numId") or name, setting(own, "ilvl") or level
        if not name or name == "0":
            return "", 0
        at = whole(level) if level is not None else self.numbering.linked.get((name, owner or ""), 0)
        return self.numbering.next(name, at), at

    def paragraph(self, paragraph) -> None:
        """One paragraph, then its text boxes."""
        style = setting(paragraph.find(W + "pPr"), "pStyle") or self.styles.default
        line = self.line(paragraph)
        text = line.text.strip()
        if text:
            marker, level = self.counted(paragraph, style)
            parts = [text] if marker else markers.pairs(text)
            self.pieces += [self.piece(part, marker, level, style, line.bold) for part in parts]
        self.page += line.breaks
        for box in line.boxes:
            self.read(box)

    def piece(self, text: str, marker: str, level: int, style: str | None, bold: bool) -> Piece:
        """A paragraph as heading, item or plain paragraph."""
        computed = bool(marker)
        if not marker:
            found, rest = markers.split(text)
            if not markers.listed(found, rest):
                marker, text = found, rest
        heading = self.styles.heading(style)
        looks = markers.short(text, 14) and not (markers.label(text) and not text.endswith(":"))
        if not heading and looks and "\n" not in text and "____" not in text:
            sign = bold or (markers.is_capitals(text) and len(text) > 3)
            heading = 2 if sign and (not marker or markers.is_number(marker)) else 0
        kind = "heading" if heading else "item" if marker else "paragraph"
        return Piece(text, kind, marker, not computed, heading - 1 if heading else level, self.page)

    def table(self, table) -> None:
        """A table as cells; a table of one cell is a frame around its content."""
        rows = [row for row in spread(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        grid = [list(spread(row, "tc")) for row in rows]
        filled = self.shaded or self.styles.fills(setting(table.find(W + "tblPr"), "tblStyle"))
        if sum(len(cells) for cells in grid) == 1:
            self.inside(grid[0][0], filled)
            return
        self.tables += 1
        number, later = self.tables, []
        for at, (row, cells) in enumerate(zip(rows, grid, strict=True)):
            column = whole(setting(row.find(W + "trPr"), "gridBefore"))
            for cell in cells:
                properties = cell.find(W + "tcPr")
                span = max(1, whole(setting(properties, "gridSpan"), 1))
                merged = setting(properties, "vMerge")
                if not (merged is not None and merged != "restart"):
                    self.cell(cell, Piece("", "cell", table=number, row=at, column=column, span=span), filled, later)
                column += span
        for nested, shaded in later:
            before, self.shaded = self.shaded, shaded
            self.read(nested)
            self.shaded = before

    def cell(self, cell, piece: Piece, filled: bool, later: list) -> None:
        """One cell: its paragraphs as lines; tables inside it come after the table."""
        shade = cell.find(f"{W}tcPr/{W}shd")
        before, self.shaded = self.shaded, filled or (shade is not None and dark(shade.get(W + "fill")))
        lines, marks = [], []
        for child in within(cell):
            if child.tag == W + "tbl":
                wrapper = cell.makeelement("wrapper")
                wrapper.append(child)
                later.append((wrapper, self.shaded))
                continue
            line = self.line(child)
            text = line.text.strip()
            if text:
                style = setting(child.find(W + "pPr"), "pStyle") or self.styles.default
                marks.append(self.counted(child, style)[0])
                lines.append(text)
            for box in line.boxes:
                later.append((box, self.shaded))
        piece.page = self.page
        self.shaded = before
        if lines:
            piece.text = "\n".join(lines)
            if len(lines) == 1:
                piece.marker, piece.drawn = marks[0], False
            self.pieces.append(piece)

    def inside(self, cell, filled: bool) -> None:
        """The content of a frame as part of the page."""
        shade = cell.find(f"{W}tcPr/{W}shd")
        before, self.shaded = self.shaded, filled or (shade is not None and dark(shade.get(W + "fill")))
        self.read(cell)
        self.shaded = before


def spread(parent, name: str):
    """Rows of a table or cells of a row, also those in content controls and tracked insertions."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from spread(child, name)


def within(cell):
    """Paragraphs and tables of a cell in order."""
    for child in list(cell):
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from within(child)


