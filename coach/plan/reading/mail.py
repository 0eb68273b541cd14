"""Saved e-mails (.eml): the newest message only, from its plain or its web part; older messages below it are left out."""

import re
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from coach.plan.reading import plain, web
from coach.plan.reading.draft import STRUCK, Draft, Piece

FORWARDED = "The plan seems to stand in a forwarded message, so I read that."
OLDER = re.compile(
    r"(?m)^[ \t]*(?:-{2,} ?(?:original message|forwarded message|original appointment)[ -]*|begin forwarded message:|"
    r"_{10,}[ \t]*\n(?=\s*\*?from:)|on [^\n]{4,120}(?:\n[^\n]{0,120}){0,2}wrote:|"
    r"\*?from:\*?[^\n]*\n(?:[^\n]*\n){0,2}?[ \t]*\*?(?:sent|date):\*?)",
    re.IGNORECASE,
)
FEW = 40  # words


def draft(data: bytes) -> Draft:
    """Read an e-mail."""
    message = message_from_bytes(data, policy=default)
    found = Draft("email", sent=day(header(message, "Date") or header(message, "Sent")))
    found.sender, found.recipient = person(header(message, "From")), person(header(message, "To"))
    text, markup, files = bodies(message)
    pieces, older = from_plain(text)
    if markup:
        flow = web.Flow(mail=True)
        flow.load(markup)
        shown, below = cut(flow.pieces)
        if size(shown) > 1.6 * size(pieces) + 10:
            pieces, older = shown, below + flow.quoted
            found.hidden = flow.hidden
            found.warnings += [STRUCK] if flow.struck else []
    if size(pieces) < FEW and size(older) > 2 * FEW:
        pieces += older
        found.warnings.append(FORWARDED)
        names(found, older)
    if files and size(pieces) < 150:
        named = files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more"
        found.warnings.append(f"This e-mail has a file attached ({named}). If the plan is in it, save it and give me that file.")
    subject = header(message, "Subject")
    found.pieces = ([Piece(subject, "heading")] if subject else []) + pieces
    return found


def header(message: EmailMessage, name: str) -> str:
    """One header, or nothing where it is missing or broken."""
    try:
        return " ".join(str(message.get(name) or "").split())
    except Exception:  # the library raises many kinds for broken headers
        return ""


def person(text: str) -> str | None:
    """The display name of the first address."""
    name = parseaddr(text.split(">")[0] + ">" if ">" in text else text)[0].strip(" '\"")
    return name or None


def day(text: str) -> str | None:
    """The day of a date header, in the zone of the sender."""
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    found = re.search(r"(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})|([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4})", text)
    if not found:
        return None
    numbers = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    try:
        return datetime.strptime(" ".join(numbers), "%d %b %Y").date().isoformat()
    except ValueError:
        return None


def bodies(message: EmailMessage) -> tuple[str, str, list[str]]:
    """The plain text, the web text, and names of attached files."""
    text, markup, files = [], [], []
    for part in message.walk():
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            if part.get_filename() and part.get_content_maintype() in ("application", "text", "message"):
                files.append(" ".join(str(part.get_filename()).split())[:80])
            continue
        (text if kind == "text/plain" else markup).append(content(part))
    return "\n\n".join(text), "\n".join(markup), files


def content(part: EmailMessage) -> str:
    """The text of one part; an unknown coding is read as Western."""
    try:
        said = part.get_content()
    except (LookupError, KeyError, ValueError, UnicodeError):
        said = (part.get_payload(decode=True) or b"").decode("cp1252", "replace")
    if part.get_param("format", "") == "flowed":
        said = re.sub(r"(?m)(?<=\S) \r?\n(?!>)(?=\S)", " ", said)
    return said


def from_plain(text: str) -> tuple[list[Piece], list[Piece]]:
    """Pieces of the newest message, and of what is quoted below it."""
    text = text.replace("\r\n", "\n")
    found = OLDER.search(text)
    older = text[found.end() if not found or not re.match(r"\s*\*?from", found.group(), re.I) else found.start() :] if found else ""
    newest = text[: found.start()] if found else text
    newest = re.split(r"\n-- \n", newest)[0] if size_of(newest) > FEW else newest
    lines = newest.split("\n")
    older += "\n".join(line.lstrip("> ") for line in lines if line.startswith(">"))
    newest = "\n".join(line for line in lines if not line.startswith(">"))
    return plain.pieces(newest), plain.pieces(re.sub(r"(?m)^[> ]+", "", older)) if older.strip() else []


def cut(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Pieces before and after the head of an older message."""
    for at, piece in enumerate(pieces):
        if OLDER.match(piece.text + "\n"):
            return pieces[:at], pieces[at:]
        if re.match(r"(?i)from:", piece.text) and any(re.match(r"(?i)(sent|date):", after.text) for after in pieces[at + 1 : at + 4]):
            return pieces[:at], pieces[at:]
    return pieces, []


def names(found: Draft, older: list[Piece]) -> None:
    """Sender, recipient and day of a forwarded message, from the head that stands in its text."""
    head = "\n".join(piece.text for piece in older[:8])[:800]
    for name, field in (("from", "sender"), ("to", "recipient")):
        said = re.search(rf"(?im)^\*?{name}:\*?[ \t]*(.+)$", head)
        setattr(found, field, person(said[1]) or said[1].strip() if said and "@" not in said[1].split("<")[0] else None)
    said = re.search(r"(?im)^\*?(?:date|sent):\*?[ \t]*(.+)$", head)
    found.sent = day(said[1]) if said else None


def size(pieces: list[Piece]) -> int:
    """Number of words."""
    return sum(size_of(piece.text) for piece in pieces)


def size_of(text: str) -> int:
    """Number of words of a text."""
    return len(text.split())


