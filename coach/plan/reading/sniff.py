"""What kind of file it is, by its content. The name only tells Markdown from plain text. Refuses what cannot be read."""

import io
import re
import stat
import zipfile

from coach.plan.reading.faults import Fault

MOST_ENTRIES = 2000
MOST_UNPACKED = 30_000_000
MOST_RATIO = 100
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
OTHER_PICTURES = (b"GIF87a", b"GIF89a", b"8BPS", b"II+\x00", b"\x00\x00\x01\x00", b"\xff\x0a")
HEADER = re.compile(
    r"(?im)^(from|to|cc|subject|date|sent|mime-version|message-id|received|return-path|delivered-to|content-type|"
    r"reply-to|x-[\w-]+|dkim-signature|arc-[\w-]+|authentication-results|thread-[\w-]+)\s*:"
)
TAG = re.compile(r"(?i)<(html|body|head|table|div|p|br|h[1-6]|ul|ol|span)\b[^<>]*>")
MARKS = re.compile(r"(?m)^ {0,3}#{1,6} \S|^\s*\|?(?:\s*:?-{3,}:?\s*\|)+\s*(?::?-{3,}:?)?\s*$|\*\*[^*\n]+\*\*")


def sniff(data: bytes, name: str) -> str:
    """One of pdf, docx, image, email, html, markdown, text; raises Fault for everything else."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return in_zip(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Fault("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "doc")
    if data[:64].lstrip().startswith(b"{\\rtf"):
        raise Fault("rtf")
    if data.startswith(IMAGES) or (data.startswith(b"BM") and data[6:10] == b"\0\0\0\0"):
        return "image"
    if data.startswith(OTHER_PICTURES) or data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        raise Fault("picture")
    return in_text(decode(data), name)


def in_text(text: str, name: str) -> str:
    """The kind of a text."""
    head = text.lstrip("\ufeff \t\r\n")[:20_000]
    if re.search(r"\b\d+ \d+ obj\s*<<|\btrailer\s*<<|\bstartxref\s+\d", text[:4000]):
        raise Fault("damaged")  # the rest of a PDF that lost its beginning
    first = re.split(r"\n\s*\n", head.replace("\r\n", "\n"), maxsplit=1)[0]
    fields = {match.group(1).lower() for match in HEADER.finditer(first)}
    if HEADER.match(head) and len(fields) >= 3 and fields & {"from", "message-id"} and fields & {"subject", "mime-version"}:
        return "email"
    if re.match(r"(?is)(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body)\b", head):
        return "html"
    if head.startswith("<") and len(TAG.findall(head)) >= 3:
        return "html"
    ends = name.lower().rsplit(".", 1)[-1]
    if ends in ("md", "markdown", "mdown") or (ends not in ("txt", "text") and len(MARKS.findall(text)) >= 3):
        return "markdown"
    return "text"


def decode(data: bytes) -> str:
    """The bytes as text; raises Fault where they are none."""
    for mark, coding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(coding, "replace")
    sample = data[:4000]
    if sample.count(0) > len(sample) // 4:  # UTF-16 without a mark: every other byte of Latin text is zero
        coding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        text = data.decode(coding, "replace")
        if "\0" in text or text.count("\ufffd") > len(text) // 50 or not readable(text):
            raise Fault("unknown")
        return text
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if not readable(text):
        raise Fault("unknown")
    return text


def readable(text: str) -> bool:
    """Whether it is text and not the inside of some program's file."""
    odd = len(re.findall("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]", text))
    return odd <= max(4, len(text) // 200)


def in_zip(data: bytes) -> str:
    """docx, or a Fault that names what the archive is."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Fault("damaged") from error
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Fault("unpacks")
    names = {entry.filename for entry in entries}
    for entry in entries:
        if entry.flag_bits & 1:
            raise Fault("encrypted")
        if entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
            raise Fault("unpacks")
        parts = re.split(r"[/\\]", entry.filename)
        if ".." in parts or entry.filename.startswith(("/", "\\")) or stat.S_ISLNK(entry.external_attr >> 16):
            raise Fault("damaged")
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Fault("macro")
        return "docx"
    for start, code in (("word/", "damaged"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("Index/", "pages_app")):
        if any(name.startswith(start) for name in names):
            raise Fault(code)
    raise Fault("odt" if "mimetype" in names and "content.xml" in names else "zip")


def unpack(data: bytes, names) -> dict[str, bytes]:
    """The entries of a checked archive that are in `names(entry name)`; counts what really comes out."""
    left = MOST_UNPACKED
    out = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if not names(entry.filename):
                continue
            with archive.open(entry) as stream:
                out[entry.filename] = stream.read(left + 1)
            left -= len(out[entry.filename])
            if left < 0:
                raise Fault("unpacks")
    return out
