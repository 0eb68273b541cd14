"""What was typed into the fields of a PDF form. It is no part of the page's own text, but a person sees it there."""

import re

from coach.plan.reading.lines import Word

HIDDEN_FLAGS = 2 | 32  # hidden, no view
MOST = 500


def values(page) -> tuple[list[Word], list[str]]:
    """The values of text and choice fields as words at their places, and the values of fields that are not shown."""
    from pdfminer.pdftypes import resolve1

    words, hidden = [], []
    for annotation in page.annots[:MOST]:
        data = annotation.get("data") or {}
        if name(resolve1(data.get("Subtype"))) != "Widget":
            continue
        parent = resolve1(data.get("Parent")) or {}
        kind, value, look = (resolve1(data.get(key, parent.get(key))) for key in ("FT", "V", "DA"))
        text = said(value)
        if name(kind) not in ("Tx", "Ch") or not text:
            continue
        flags = resolve1(data.get("F")) or 0
        if (isinstance(flags, int) and flags & HIDDEN_FLAGS) or white(look) or annotation["width"] < 3 or annotation["height"] < 3:
            hidden.append(text)
        else:
            words.append(word(annotation, text))
    return words, hidden


def word(annotation: dict, text: str) -> Word:
    """A whole value as one word in its box."""
    high = annotation["bottom"] - annotation["top"]
    size = min(10.0, 0.8 * high)
    top = annotation["top"] + (2 if high > 2.5 * size else (high - size) / 2)
    right = min(annotation["x1"], annotation["x0"] + 0.5 * size * len(text))
    return Word(text, annotation["x0"], right, top, top + size, size)


def said(value) -> str:
    """A field's value as text."""
    if isinstance(value, bytes):
        wide = value.startswith((b"\xfe\xff", b"\xff\xfe"))
        value = value.decode("utf-16" if wide else "cp1252", "replace")
    return " ".join(value.split()) if isinstance(value, str) else ""


def white(look) -> bool:
    """Whether the field writes in white."""
    text = look.decode("latin-1") if isinstance(look, bytes) else str(look or "")
    return bool(re.search(r"(?<![\d.])(?:1(?:\.0*)? g|1(?:\.0*)? 1(?:\.0*)? 1(?:\.0*)? rg)\b", text))


def name(value) -> str:
    """A PDF name as text."""
    return str(getattr(value, "name", value) or "").strip("/'\"")
