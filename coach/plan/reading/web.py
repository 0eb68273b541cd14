"""Web pages: headings, paragraphs, lists and tables in the order of the file; what styles hide is put aside."""

import re

from lxml import etree, html

from coach.plan.reading import css, markers
from coach.plan.reading.draft import STRUCK, Draft, Piece, tidy
from coach.plan.reading.faults import Fault

DEEPEST = 200
SILENT = {"script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "math", "iframe", "object",
          "select", "datalist", "canvas", "audio", "video", "map"}  # fmt: skip
INLINE = {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img", "input",
          "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "samp", "small", "span", "strong", "sub", "sup", "time", "tt",
          "u", "var", "wbr", "del", "s", "strike", "button"}  # fmt: skip
QUOTED = ("gmail_quote", "moz-cite-prefix", "yahoo_quoted", "OutlookMessageHeader", "protonmail_quote")


def draft(text: str) -> Draft:
    """Read a web page."""
    flow = Flow()
    flow.load(text)
    return Draft("html", flow.pieces, hidden=flow.hidden, warnings=[STRUCK] if flow.struck else [])


class Flow:
    """Walks a page and collects pieces. `mail`: leave out older messages that are quoted."""

    def __init__(self, mail: bool = False) -> None:
        self.mail = mail
        self.pieces: list[Piece] = []
        self.quoted: list[Piece] = []
        self.hidden: list[str] = []
        self.struck = False
        self.tables = 0
        self.lists: list[list] = []
        self.run: list[tuple[str, bool]] = []  # words of the open paragraph, with whether they are bold
        self.kind: tuple[str, str, int] = ("paragraph", "", 0)

    def load(self, text: str) -> None:
        """Read the whole page."""
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", ""))
        parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=False)
        root = html.document_fromstring(text, parser=parser)
        if any("depth" in error.message.lower() for error in parser.error_log):
            raise Fault("damaged")  # the library leaves out what is nested too deep
        self.sheet = css.Sheet([style.text or "" for style in root.iter("style")])
        for comment in root.iter(etree.Comment):
            said = tidy(comment.text or "")
            if said and not said.startswith("[") and "<" not in said:
                self.hidden.append(said)
        body = root.find("body")
        self.walk(root if body is None else body, 0, False, False, False)
        self.close()

    def walk(self, element, depth: int, bold: bool, white: bool, kept: bool) -> None:
        """One element: its text, its children and the text behind each."""
        tag = element.tag
        if not isinstance(tag, str) or tag in SILENT:
            return
        if depth > DEEPEST:
            raise Fault("damaged")
        style = self.sheet.style(element)
        if css.paints(style, element.attrib):
            white, kept = False, True
        if style.get("color"):
            white = css.is_white(style) and not kept
        if css.hides(style, element.attrib) or (tag == "input" and element.get("type") == "hidden"):
            self.hidden.append(tidy(element.text_content()))
            return
        if self.mail and (tag == "blockquote" or any(name in (element.get("class") or "") for name in QUOTED)):
            self.aside(element, depth)
            return
        if tag in ("del", "s", "strike") or "line-through" in style.get("text-decoration", ""):
            self.struck = self.struck or bool(element.text_content().strip())
            return
        if tag == "br":
            self.run.append(("\n", bold))
            return
        weight = style.get("font-weight", "")
        bold = tag in ("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th", "dt") or weight in ("bold", "700", "600", "800") or (
            bold and weight not in ("normal", "400")
        )
        if tag == "table" and self.is_data(element):
            self.close()
            self.table(element, depth, white, kept)
        elif tag == "dl":
            self.close()
            self.definitions(element, depth, white, kept)
        else:
            self.block(element, depth, bold, white, kept)

    def block(self, element, depth: int, bold: bool, white: bool, kept: bool) -> None:
        """An element that is no table."""
        tag = element.tag
        inline = tag in INLINE and not any(child.tag in ("p", "div", "table", "ul", "ol") for child in element)
        if not inline:
            self.close()
        before = self.kind
        if re.fullmatch(r"h[1-6]", tag):
            self.kind = ("heading", "", int(tag[1]) - 1)
        elif tag in ("ul", "ol", "menu"):
            start = element.get("start") or ""
            self.lists.append([tag, int(start) - 1 if re.fullmatch(r"\d{1,6}", start) else 0, element.get("type") or "1"])
        elif tag == "li":
            self.kind = ("item", self.counted(), max(0, len(self.lists) - 1))
        self.say(element.text, bold, white)
        for child in element:
            self.walk(child, depth + 1, bold, white, kept)
            self.say(child.tail, bold, white)
        if not inline:
            self.close()
            self.kind = before
        if tag in ("ul", "ol", "menu") and self.lists:
            self.lists.pop()

    def say(self, text: str | None, bold: bool, white: bool) -> None:
        """Add words to the open paragraph, or to what is hidden."""
        if not text:
            return
        if white and text.strip():
            self.hidden.append(tidy(text.replace("\n", " ")))
        else:
            self.run.append((re.sub(r"[\t\r\n\f ]+", " ", text), bold))

    def counted(self) -> str:
        """The bullet or number of the next list item."""
        if not self.lists or self.lists[-1][0] != "ol":
            return "•"
        self.lists[-1][1] += 1
        form = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}.get(self.lists[-1][2], "decimal")
        from coach.plan.reading.word_styles import drawn

        return f"{drawn(self.lists[-1][1], form)}."

    def close(self) -> None:
        """End the open paragraph."""
        text = tidy("".join(part for part, _ in self.run))
        bold = all(heavy for part, heavy in self.run if part.strip())
        self.run = []
        if not text:
            return
        kind, marker, level = self.kind
        drawn = not marker
        if not marker:
            found, rest = markers.split(text)
            if not markers.listed(found, rest):
                marker, text = found, rest
        if kind == "paragraph":
            pair = markers.label(text) and not text.endswith(":")
            number = not marker or markers.is_number(marker)
            if bold and number and markers.short(text, 14) and not pair and "\n" not in text:
                kind, level = "heading", 2
            elif marker:
                kind = "item"
        elif kind == "item":
            self.kind = ("paragraph", "", level)
        self.pieces.append(Piece(text, kind, marker, drawn, level))

    def aside(self, element, depth: int) -> None:
        """A quoted older message: kept apart, for the case that nothing else is there."""
        self.close()
        inner = Flow()
        inner.sheet = self.sheet
        for child in [element] if element.tag != "blockquote" else element:
            inner.say(child.text if child is element else None, False, False)
            inner.block(child, depth + 1, False, False, False) if isinstance(child.tag, str) else None
        inner.close()
        self.quoted += inner.pieces

    def is_data(self, table) -> bool:
        """Whether a table holds data, and does not only place other blocks on the page."""
        if any(True for _ in table.iterdescendants("table")):
            return False
        return sum(1 for cell in table.iterdescendants("td", "th")) > 1

    def table(self, table, depth: int, white: bool, kept: bool) -> None:
        """A table as cells; merged cells once."""
        self.tables += 1
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(table.iterdescendants("tr")):
            if css.hides(self.sheet.style(row), row.attrib):
                self.hidden.append(tidy(row.text_content()))
                continue
            paint = kept or css.paints(self.sheet.style(row), row.attrib)
            column = 0
            for cell in row.iterchildren("td", "th"):
                while (at, column) in taken:
                    column += 1
                wide, high = spans(cell.get("colspan")), spans(cell.get("rowspan"))
                taken |= {(at + y, column + x) for y in range(high) for x in range(wide)}
                self.cell(cell, depth, white and not paint, paint, at, column, wide)
                column += wide

    def cell(self, element, depth: int, white: bool, kept: bool, row: int, column: int, span: int = 1) -> None:
        """One cell as one piece."""
        inner = Flow(self.mail)
        inner.sheet = self.sheet
        inner.walk(element, depth + 1, False, white, kept)
        inner.close()
        self.hidden += inner.hidden
        self.struck = self.struck or inner.struck
        text = "\n".join(f"{piece.marker} {piece.text}" if piece.marker and piece.drawn else piece.text for piece in inner.pieces)
        if text:
            self.pieces.append(Piece(text, "cell", table=self.tables, row=row, column=column, span=span))

    def definitions(self, element, depth: int, white: bool, kept: bool) -> None:
        """A list of terms as a table of two columns."""
        self.tables += 1
        row, filled = -1, True
        for child in element.iterdescendants("dt", "dd"):
            if child.tag == "dt":
                row, filled = row + 1, False
                self.cell(child, depth, white, kept, row, 0)
            else:
                row += 1 if filled else 0
                self.cell(child, depth, white, kept, max(row, 0), 1)
                filled = True


def spans(text: str | None) -> int:
    """How many columns or rows a cell takes."""
    return min(50, max(1, int(text))) if text and re.fullmatch(r"\d{1,4}", text) else 1
