"""What a format reader hands over, and the text with positions that is made of it. Light: the child imports it first."""

import re
from dataclasses import dataclass, field

from coach.plan.reading.clean import Cleaner

HIDDEN = "This file contains text that cannot be seen on the page. I left it out."
STRUCK = "Some words in this file are struck out. I left them out."
MOST_HIDDEN = 50


@dataclass
class Piece:
    """One block in the making. `drawn`: the marker stands in the file's own text; a computed number does not."""

    text: str
    kind: str = "paragraph"
    marker: str = ""
    drawn: bool = True
    level: int = 0
    page: int = 1
    table: int | None = None
    row: int | None = None
    column: int | None = None
    span: int = 1


@dataclass
class Draft:
    """What a format reader found, in reading order."""

    kind: str
    pieces: list[Piece] = field(default_factory=list)
    pages: int = 1
    sent: str | None = None
    sender: str | None = None
    recipient: str | None = None
    hidden: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def assemble(draft: Draft, name: str) -> dict:
    """The draft as fields of a Document: text joined, every block with its place in it."""
    cleaner = Cleaner()
    parts: list[str] = []
    blocks: list[dict] = []
    at = 0
    before: Piece | None = None
    for piece in draft.pieces:
        text = tidy(cleaner.clean(piece.text))
        if not text:
            continue
        marker = tidy(cleaner.clean(piece.marker))
        lead = separator(before, piece) + (f"{marker} " if marker and piece.drawn else "")
        parts += [lead, text]
        at += len(lead)
        blocks.append(
            {
                "kind": piece.kind,
                "text": text,
                "start": at,
                "end": at + len(text),
                "page": piece.page,
                "marker": marker,
                "level": piece.level,
                "table": piece.table,
                "row": piece.row,
                "column": piece.column,
                "span": piece.span,
            }
        )
        at += len(text)
        before = piece
    hidden = [tidy(cleaner.clean(text)) for text in draft.hidden] + cleaner.spelled
    hidden = [text for text in dict.fromkeys(hidden) if text][:MOST_HIDDEN]
    warnings = list(draft.warnings)
    if hidden:
        warnings.append(HIDDEN)
    if cleaner.count > 2:
        warnings.append(f"This file contains {cleaner.count} invisible characters. I left them out.")
    return {
        "name": tidy(Cleaner().clean(name)).replace("\n", " ") or "document",
        "kind": draft.kind,
        "text": "".join(parts),
        "pages": draft.pages,
        "blocks": blocks,
        "sent": draft.sent,
        "sender": draft.sender,
        "recipient": draft.recipient,
        "hidden": hidden,
        "warnings": list(dict.fromkeys(warnings)),
    }


def separator(before: Piece | None, piece: Piece) -> str:
    """Nothing at the start, one line break inside a list or a table, an empty line elsewhere."""
    if before is None:
        return ""
    close = (before.kind == piece.kind == "item") or (piece.table is not None and piece.table == before.table)
    return "\n" if close else "\n\n"


def tidy(text: str) -> str:
    """White space folded: one space, one tab where a wide gap parts a label from its value, one line break."""
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c]", "\n", text)
    text = re.sub(r"[^\S\n]*\n\s*", "\n", text)
    text = re.sub(r"[^\S\n]*\t[^\S\n]*", "\t", text)
    return re.sub(r"[^\S\n\t]+", " ", text).strip()
