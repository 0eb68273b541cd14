"""PDF files with a text layer: letters to words, lines, tables, columns and paragraphs; scans go to the picture reader."""

import io
from collections.abc import Callable
from statistics import median

from coach.plan.reading import markers, pdf_forms, pdf_ink, pdf_tables
from coach.plan.reading.breaks import append
from coach.plan.reading.columns import regions
from coach.plan.reading.draft import Draft, Piece
from coach.plan.reading.faults import Fault
from coach.plan.reading.lines import Line, Word, gather
from coach.plan.reading.paragraphs import Column, mend, spacing
from coach.plan.reading.running import PAGE, only_place, running, shape

MOST_PAGES = 50
SPACING = 0.2  # of a letter's size: a wider gap is a space
GLYPH = "\ufffd"  # a letter that the file gives no meaning
LEAST_LETTERS = 12  # fewer on a page are no text layer
LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}


class Page:
    """Words, tables and lines of one page."""

    def __init__(self, number: int, words: list[Word], found: list[pdf_tables.Table], hidden: list[str]) -> None:
        self.number, self.tables, self.hidden, self.pictured = number, found, hidden, False
        self.width = 0.0
        self.letters = sum(char.isalnum() for word in words for char in word.text if "(cid:" not in word.text)
        taken = {id(word) for table in found for cell in table.cells for word in cell.words}
        outside = [word for word in words if id(word) not in taken]
        self.lines = [line for line in map(bulleted, gather(outside, number)) if line]


    def frames(self, boxes: list[tuple[float, float, float, float]]) -> None:
        """Note the first line in every frame that is drawn around text: nothing runs on over its edge."""
        for box in boxes:
            within = [line for line in self.lines if box[1] - 1 <= (line.top + line.bottom) / 2 <= box[3] + 1]
            if within:
                within[0].rule = True


def draft(data: bytes, slow: Callable[[], None]) -> Draft:
    """Read a PDF."""
    import pypdfium2

    try:
        drawing = pypdfium2.PdfDocument(data)
        count = len(drawing)
    except pypdfium2.PdfiumError as error:
        raise Fault("encrypted" if "password" in str(error).lower() else "damaged") from error
    if count > MOST_PAGES:
        raise Fault("pages")
    pages = read_pages(data, drawing)
    letters = sum(page.letters for page in pages)
    pictured = any(page.pictured for page in pages)
    if not letters or (pictured and letters < LEAST_LETTERS * min(count, 4)):
        from coach.plan.reading import image

        return image.scanned(drawing, slow, [text for page in pages for text in page.hidden])
    return compose(pages)


def read_pages(data: bytes, drawing) -> list[Page]:
    """Every page."""
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    pages = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as file:
            for number, page in enumerate(file.pages, 1):
                words, hidden = words_of(page, picture(drawing, number))
                words += dots(page, words)
                found = pdf_tables.tables(page, words, number)
                pages.append(Page(number, words, [table for table in found if table.columns > 1], hidden))
                pages[-1].frames([cell.box for table in found if table.columns == 1 for cell in table.cells])
                pages[-1].pictured, pages[-1].width = bool(page.images), float(page.width)
                page.close()
    except PdfminerException as error:
        kind = type(error.args[0]).__name__ if error.args else ""
        raise Fault("encrypted" if "Password" in kind or "Encryption" in kind else "damaged") from error
    return pages


def picture(drawing, number: int):
    """The page in grey, or None where it cannot be drawn."""
    try:
        page = drawing[number - 1]
        scale = min(pdf_ink.SCALE, 4000 / max(page.get_size()))
        if scale < pdf_ink.SCALE:
            return None
        return page.render(scale=scale, grayscale=True).to_pil().convert("L")
    except Exception:  # any fault of a foreign parser: the page is then judged by colours alone
        return None


def words_of(page, image) -> tuple[list[Word], list[str]]:
    """Words of a page that can be seen, and the text that cannot."""
    from pdfplumber.utils.text import WordExtractor

    shown, hidden = pdf_ink.visible(page, image)
    filled, covert = pdf_forms.values(page)
    hidden += covert
    shown = [char for char in shown if char.get("upright", True)]
    extractor = WordExtractor(x_tolerance_ratio=SPACING, y_tolerance=2, keep_blank_chars=False, use_text_flow=False)
    words = []
    for found, chars in extractor.iter_extract_tuples(once(shown)):
        text = markers.GLYPH.sub(GLYPH, found["text"]).translate(str.maketrans(LIGATURES))
        bold = sum("bold" in str(char["fontname"]).lower() or "black" in str(char["fontname"]).lower() for char in chars)
        size = median(char["size"] for char in chars)
        words.append(
            Word(text, found["x0"], found["x1"], found["top"], found["bottom"], size, 2 * bold > len(chars))
        )
    return words + filled, hidden


def dots(page, words: list[Word]) -> list[Word]:
    """Bullets that are drawn and not written: small filled shapes to the left of a line's first word."""
    found = []
    for mark in [*page.curves, *page.rects]:
        wide, high = mark["width"], mark["height"]
        if not (1.2 < wide < 9 and 1.2 < high < 9 and 0.6 < wide / high < 1.7):
            continue
        middle = (mark["top"] + mark["bottom"]) / 2
        beside = [word for word in words if word.top < middle < word.bottom]
        right = min((word.x0 for word in beside if word.x0 > mark["x0"]), default=None)
        left = max((word.x1 for word in beside if word.x0 <= mark["x0"]), default=-1000.0)
        if right is None or not mark["x1"] - 1 <= right < mark["x1"] + 25 or mark["x0"] - left < 20:
            continue
        word = next(word for word in beside if word.x0 == right)
        sign = "•" if mark["fill"] else "☐"
        if not any(abs(other.x0 - mark["x0"]) < 2 and abs(other.top - word.top) < 2 for other in found):
            found.append(Word(sign, mark["x0"], mark["x1"], word.top, word.bottom, word.size))
    return found


def bulleted(line: Line) -> Line | None:
    """A line whose first sign has no meaning begins with a bullet; elsewhere such signs go."""
    first, *rest = line.words
    if first.text.strip(GLYPH) == "":
        first.text = "•"
    words = [first, *(word for word in rest if word.text.strip(GLYPH))]
    return Line(words, line.page, line.rule) if len(words) > 1 or first.text != "•" else None


def once(chars: list[dict]) -> list[dict]:
    """Letters without those that are drawn twice at one place to look bold."""
    seen: dict[tuple, dict] = {}
    for char in chars:
        seen.setdefault((char["text"], round(char["x0"]), round(char["top"])), char)
    return list(seen.values())


def compose(pages: list[Page]) -> Draft:
    """Pages to one flow of pieces."""
    sizes = sorted(word.size for page in pages for line in page.lines for word in line.words for _ in word.text)
    sizes += [] if sizes else [word.size for page in pages for table in page.tables for cell in table.cells for word in cell.words]
    body = sizes[len(sizes) // 2] if sizes else 10.0
    strong = [word.bold for page in pages for line in page.lines for word in line.words]
    dropped = drop_running(pages)
    flow = Flow(body, sum(strong) > 0.6 * len(strong), spacing([line for page in pages for line in page.lines], body))
    for page in pages:
        flow.page(page)
    said = "\n".join(piece.text for piece in flow.pieces)
    kept = [Piece(text) for text in only_place(dropped, said)]
    mend(flow.pieces)
    hidden = [text for page in pages for text in page.hidden]
    return Draft("pdf", kept + flow.pieces, pages=len(pages), hidden=hidden)


def drop_running(pages: list[Page]) -> list[str]:
    """Take headers, footers and page numbers off the pages and return them."""
    texts = [[line.text for line in page.lines] for page in pages]
    shapes = running(texts) if len(pages) > 1 else set()
    dropped = []
    for page in pages:
        last = len(page.lines) - 1
        kept = []
        for at, line in enumerate(page.lines):
            edge = at < 3 or at > last - 3
            if edge and (shape(line.text) in shapes or (at in (0, last) and PAGE.match(line.text))):
                dropped.append(line.text)
            else:
                kept.append(line)
        page.lines = kept
    return dropped


class Flow:
    """Collects the pieces of all pages; joins paragraphs and tables over their breaks."""

    def __init__(self, body: float, bold: bool, step: float) -> None:
        self.body, self.bold, self.step = body, bold, step
        self.pieces: list[Piece] = []
        self.tables = 0
        self.last: pdf_tables.Table | None = None
        self.offset = 0

    def page(self, page: Page) -> None:
        """Read one page."""
        for table in page.tables:
            x0, top, x1, bottom = table.box
            page.lines.append(Line([Word("", x0, x1, top, bottom, self.body)], page.number, table=table))
        page.lines.sort(key=lambda line: line.top)
        found = regions(page.lines, self.body)
        if len(found) == 1 and found[0].right < 0.6 * page.width:
            found[0].right = 0.6 * page.width  # a page of short lines does not show where long ones would end
        for region in found:
            lines: list[Line] = []
            for line in region.lines:
                if line.table is None:
                    lines.append(line)
                    continue
                self.column(lines, region.right)
                self.table(line.table)
                lines = []
            self.column(lines, region.right)

    def column(self, lines: list[Line], right: float) -> None:
        """Add lines of one column."""
        if lines:
            append(self.pieces, Column(lines, self.body, self.bold, right, self.step).pieces())
            self.last = None

    def table(self, table: pdf_tables.Table) -> None:
        """Add a table, or go on with the one of the page before."""
        texts = {}
        for cell in table.cells:
            if cell.words:
                texts[id(cell)] = pdf_tables.text_of(cell, table, self.body)
        goes_on = self.last is not None and pdf_tables.carry(self.last, table)
        if not goes_on:
            self.tables += 1
            self.offset = 0
        rows = [cell.row for cell in table.cells]
        shift = 0
        if goes_on:
            same = self.repeats(table, texts)
            shift = -1 if same or (self.last.open_below and table.open_above) else 0
        for cell in table.cells:
            if id(cell) not in texts or (goes_on and cell.row == min(rows) and shift and self.repeats(table, texts)):
                continue
            row = cell.row + self.offset + shift
            earlier = self.at(row, cell.column) if goes_on else None
            if earlier is not None:
                append([earlier], [Piece("")])
                earlier.text = "\n".join([*earlier.text.split("\n")[:-1], *joined(earlier.text.split("\n")[-1], texts[id(cell)])])
            else:
                self.pieces.append(
                    Piece("\n".join(texts[id(cell)]), "cell", page=table.page, table=self.tables, row=row, column=cell.column, span=cell.span)
                )
        self.offset += shift + table.rows
        self.last = table

    def repeats(self, table: pdf_tables.Table, texts: dict) -> bool:
        """Whether the first row is the table's head, printed again."""
        head = [piece.text for piece in self.pieces if piece.table == self.tables and piece.row == 0]
        return head == ["\n".join(texts[id(cell)]) for cell in table.cells if cell.row == 0 and id(cell) in texts]

    def at(self, row: int, column: int) -> Piece | None:
        """The cell at a place of the current table."""
        for piece in reversed(self.pieces):
            if piece.table == self.tables and (piece.row, piece.column) == (row, column):
                return piece
        return None


def joined(text: str, more: list[str]) -> list[str]:
    """The lines of a cell over a page break: the first goes on with the last."""
    pieces = [Piece(text)]
    append(pieces, [Piece(line) for line in more])
    return [piece.text for piece in pieces]
