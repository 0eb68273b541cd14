"""Small files of every kind, built in memory for the tests of reading."""

import io
import zipfile
from email.message import EmailMessage
from email.utils import format_datetime

import docx
from PIL import Image, ImageDraw, ImageFont

from coach.plan.reading.draft import assemble
from coach.plan.reading.formats import parse


def blocks(data: bytes, name: str = "plan") -> dict:
    """The document as the child makes it, without the child."""
    document = assemble(parse(data, name, lambda: None), name)
    for block in document["blocks"]:
        assert document["text"][block["start"] : block["end"]] == block["text"]
    return document


def texts(data: bytes, name: str = "plan", kind: str | None = None) -> list[str]:
    """Texts of the blocks, or of those of one kind."""
    return [block["text"] for block in blocks(data, name)["blocks"] if kind in (None, block["kind"])]


def cells(document: dict) -> dict[tuple[int, int, int], str]:
    """Cells by table, row and column."""
    return {(b["table"], b["row"], b["column"]): b["text"] for b in document["blocks"] if b["kind"] == "cell"}


def say(x: float, y: float, text: str, size: float = 11, font: str = "F1", before: str = "") -> str:
    """PDF operators that write one line."""
    text = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q {before} BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET Q\n"


def lines(x: float, y: float, *said: str, size: float = 11, step: float = 14, font: str = "F1") -> str:
    """PDF operators for several lines."""
    return "".join(say(x, y - step * at, text, size, font) for at, text in enumerate(said))


def pdf(*pages: str, extra: list[str] = (), page: str = "") -> bytes:
    """A PDF of these pages. `extra` are further objects from number 50 on, `page` goes into every page."""
    fonts = "/F1 3 0 R /F2 4 0 R"
    numbers = [10 + 2 * at for at in range(len(pages))]
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        5: "<< /Type /ExtGState /ca 0 >>",
    }
    for number, content in zip(numbers, pages, strict=True):
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {page} /Contents {number + 1} 0 R "
            f"/Resources << /Font << {fonts} >> /ExtGState << /G0 5 0 R >> >> >>"
        )
        objects[number + 1] = f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream"
    for number, body in enumerate(extra, max(50, numbers[-1] + 2 if numbers else 0)):
        objects[number] = body
    out, places = b"%PDF-1.4\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += f"{number} 1\n{place:010} 00000 n \n".encode()
    return out + f"trailer << /Size {max(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def word(build, change=None) -> bytes:
    """A docx that `build(document)` fills; `change(xml)` may edit its main part."""
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue() if change is None else edited(buffer.getvalue(), change)


def edited(data: bytes, change, part: str = "word/document.xml") -> bytes:
    """A zip with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content.decode()).encode() if entry.filename == part else content)
    return out.getvalue()


def archive(**entries: bytes) -> bytes:
    """A zip of entries; two underscores in a name stand for a slash, one for a full stop."""
    return packed({name.replace("__", "/").replace("_", "."): data for name, data in entries.items()})


def packed(entries: dict[str, bytes]) -> bytes:
    """A zip of entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in entries.items():
            new.writestr(name, data)
    return out.getvalue()


def eml(plain: str = "", markup: str = "", when=None, subject: str = "Plan", **headers: str) -> bytes:
    """An e-mail."""
    message = EmailMessage()
    message["From"] = headers.get("sender", "Mona Lead <mona@example.org>")
    message["To"] = headers.get("to", "Eli Doe <eli@example.org>")
    message["Subject"] = subject
    if when:
        message["Date"] = format_datetime(when)
    message.set_content(plain)
    if markup:
        message.add_alternative(markup, subtype="html")
    return message.as_bytes()


def picture(*said: str, form: str = "PNG", size: int = 34) -> bytes:
    """A scan of lines of print."""
    image = Image.new("L", (1400, 200 + 60 * len(said)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=size)
    for at, text in enumerate(said):
        draw.text((100, 100 + 60 * at), text, fill=0, font=font)
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()
