"""Malformed files, built in memory by name. Small here, large once they are unfolded."""

import io
import zipfile
from collections.abc import Callable

from tests.plan.reading.files import lines, packed, pdf, say

CONTENT = {"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}
WORDS = lines(72, 700, "Close the cases.")
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha">' + "".join(f'<!ENTITY c{n} "{("&b;" if not n else f"&c{n - 1};") * 10}">' for n in range(9)) + "]><a>&c8;</a>"


def many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 5010))
    pages = b"".join(b"%d 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n" % number for number in range(10, 5010))
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 5000 /Kids ["
        + kids + b"] >>\nendobj\n" + pages + b"trailer << /Root 1 0 R /Size 5011 >>\n%%EOF"
    )  # fmt: skip


def million_objects() -> bytes:
    return pdf(WORDS).replace(b"xref\n", b"".join(b"%d 0 obj\n1\nendobj\n" % number for number in range(1000, 400_000)) + b"xref\n", 1)[:9_900_000]


def polyglot() -> bytes:
    """A PDF with a zip behind it."""
    return pdf(WORDS) + packed({"evil.txt": b"x" * 100})


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in CONTENT.items():
            package.writestr(name, data)
        for number in range(10_000):
            package.writestr(f"word/media/{number}", b"")
    return out.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "polyglot": polyglot,
    "cut_short": lambda: pdf(WORDS)[:300],
    "circular_xref": lambda: pdf(WORDS).replace(b"trailer << ", b"trailer << /Prev %d " % pdf(WORDS).index(b"xref\n")),
    "page_loop": lambda: pdf(WORDS).replace(b"/Kids [10 0 R]", b"/Kids [2 0 R]"),
    "million_objects": million_objects,
    "many_pages": many_pages,
    "word_bomb": lambda: packed(CONTENT | {"word/document.xml": b"<a>" + b" " * 103_000_000 + b"</a>"}),
    "media_bomb": lambda: packed(CONTENT | {"word/media/1": bytes(300_000_000)}),
    "many_parts": many_parts,
    "slip": lambda: packed(CONTENT | {"../../evil.py": b"x"}),
    "laughs": lambda: packed(CONTENT | {"word/document.xml": LAUGHS.encode()}),
    "layers": lambda: pdf(*[say(72, 700, "A page")] * 3),
}
