"""Markdown: headings, lists, pipe tables and paragraphs; emphasis marks, links and comments are taken off."""

import re

from coach.plan.reading import markers
from coach.plan.reading.draft import STRUCK, Draft, Piece, tidy
from coach.plan.reading.inline import cut

HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
UNDER = re.compile(r" {0,3}(=+|-+)\s*$")
RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
ITEM = re.compile(r"(\s*)([-*+]|\d{1,3}[.)])\s+(\[[ xX]\]\s+)?(.*)$")
ALIGN = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
FENCE = re.compile(r"\s*(```+|~~~+)")


def draft(text: str) -> Draft:
    """Read a Markdown file."""
    found = Draft("markdown")
    text = re.sub(r"\r\n?", "\n", text)
    text = re.sub(r"\A---\n.*?\n(---|\.\.\.)\n", "", text, flags=re.S)

    def comment(match: re.Match) -> str:
        found.hidden.append(tidy(match.group(1)))
        return ""

    text = re.sub(r"<!--(.*?)-->", comment, text, flags=re.S)
    if re.search(r"~~[^~\n]+~~", text):
        text = re.sub(r"~~[^~\n]+~~", "", text)
        found.warnings.append(STRUCK)
    Reader(found.pieces).read(text.split("\n"))
    found.pieces = [part for piece in found.pieces for part in cut(piece)]
    return found


class Reader:
    """Goes through the lines and collects pieces."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.open: Piece | None = None
        self.tables = 0

    def read(self, lines: list[str]) -> None:
        """All lines in order."""
        at = 0
        while at < len(lines):
            at = self.line(lines, at)
        self.close()

    def line(self, lines: list[str], at: int) -> int:
        """One line or one table; returns the number of the next line."""
        line = re.sub(r"^\s{0,3}(?:>\s?)+", "", lines[at].expandtabs(4))
        if line != lines[at].expandtabs(4) and not (self.open and at and re.match(r"\s{0,3}>", lines[at - 1])):
            self.close()
        fence = FENCE.match(line)
        if fence:
            return self.fenced(lines, at, fence.group(1))
        if not line.strip() or RULE.match(line) and not self.under(line):
            self.close()
            return at + 1
        if self.open is not None and self.open.kind == "paragraph" and self.under(line):
            self.open.kind, self.open.level = "heading", 0 if "=" in line else 1
            self.close()
            return at + 1
        heading = HEADING.match(line)
        if heading:
            self.add(Piece(heading.group(2), "heading", level=len(heading.group(1)) - 1))
            self.close()
        elif "|" in line and at + 1 < len(lines) and "-" in lines[at + 1] and "|" in lines[at + 1] and ALIGN.match(lines[at + 1]):
            return self.table(lines, at)
        elif ITEM.match(line) and ITEM.match(line).group(4):
            found = ITEM.match(line)
            marker = f"{found.group(2)} {(found.group(3) or '').strip()}".strip()
            self.add(Piece(found.group(4), "item", marker, level=min(6, len(found.group(1)) // 2)))
        elif self.open is not None and not self.fresh(line):
            gap = "\n" if self.broken else " "
            self.open.text += gap + line.strip()
        else:
            self.add(Piece(line.strip()))
        self.broken = lines[at].endswith(("  ", "\\"))
        return at + 1

    broken = False

    def under(self, line: str) -> bool:
        """Whether the line underlines the open paragraph."""
        return self.open is not None and self.open.kind == "paragraph" and bool(UNDER.match(line)) and "\n" not in self.open.text

    def fresh(self, line: str) -> bool:
        """Whether a line begins a block although no empty line stands before it: labels on lines of their own."""
        mine, before = markers.label(plain(line.strip())), markers.label(plain(self.open.text))
        return bool(mine and before) and len(self.open.text) < 90

    def add(self, piece: Piece) -> None:
        """Begin a block."""
        self.close()
        self.open = piece

    def close(self) -> None:
        """End the open block."""
        if self.open is None:
            return
        piece, self.open = self.open, None
        bold = re.fullmatch(r"(\*\*|__)(.+?)\1:?", piece.text.strip())
        piece.text = plain(piece.text.rstrip("\\"))
        pair = markers.label(piece.text) and not piece.text.endswith(":")
        if piece.kind == "paragraph" and bold and markers.short(piece.text, 12) and not pair:
            piece.kind, piece.level = "heading", 3
        if piece.kind in ("paragraph", "heading") and not piece.marker:
            marker, rest = markers.split(piece.text)
            if marker and not markers.listed(marker, rest):
                piece.marker, piece.text = marker, rest
                piece.kind = piece.kind if piece.kind == "heading" else "item"
        if piece.text:
            self.pieces.append(piece)

    def fenced(self, lines: list[str], at: int, fence: str) -> int:
        """A block between fences, as it stands."""
        self.close()
        end = at + 1
        while end < len(lines) and not lines[end].strip().startswith(fence):
            end += 1
        text = "\n".join(lines[at + 1 : end]).strip()
        if text:
            self.pieces.append(Piece(text))
        return end + 1

    def table(self, lines: list[str], at: int) -> int:
        """A pipe table as cells."""
        self.close()
        self.tables += 1
        row = 0
        while at < len(lines) and "|" in lines[at]:
            if row == 1 and ALIGN.match(lines[at]):
                at += 1
                continue
            line = re.sub(r"^\s*\|", "", lines[at])
            line = re.sub(r"(?<!\\)\|\s*$", "", line)
            for column, cell in enumerate(re.split(r"(?<!\\)\|", line)):
                text = plain(re.sub(r"(?i)<br\s*/?>", "\n", cell.replace("\\|", "|")).strip())
                if text:
                    self.pieces.append(Piece(text, "cell", table=self.tables, row=row, column=column))
            row += 1
            at += 1
        return at


def plain(text: str) -> str:
    """Words without emphasis marks, links without addresses, pictures left out."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]\n]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)", r"\1", text)
    text = re.sub(r"(?i)<br\s*/?>", "\n", text)
    text = re.sub(r"</?(?:b|i|u|em|strong|span|p|div|sub|sup|small|mark|center|font)\b[^<>]*>", "", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])", r"\1", text)
    text = re.sub(r"(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?![\w_])", r"\1", text)
    text = re.sub(r"`([^`\n]+)`", r"\1", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!|>~-])", r"\1", text)
