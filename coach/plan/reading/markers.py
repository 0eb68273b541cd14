"""Marks in front of list items and headings, labels in front of values: what they look like. Pure text."""

import re

BULLETS = "•‣◦●○▪▫■□☐☑☒✓✔✗✘➢➤►▶❖◆◇♦⁃∙·–—-*+"
GLYPH = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\x7f\u0095]")  # bullets of symbol fonts
NUMBER = r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}"
MARKER = re.compile(rf"((?:[{re.escape(BULLETS)}]\s+)?\[[ xX_]?\]|[{re.escape(BULLETS)}]|{NUMBER})[ \t]+(?=\S)")
CAPITAL = re.compile(r"[A-Z][.)]?$")
LABEL = re.compile(r"([A-Z0-9][^:.;!?\n]{0,48}?)\s?:(?=\s|$)")
END = re.compile(r"[.!?…:;][\"'”’)\]]*$")


def split(text: str) -> tuple[str, str]:
    """The marker at the start and the rest. A marker alone on its line is no marker."""
    found = MARKER.match(text)
    if not found:
        return "", text
    return found.group(1), text[found.end() :]


def is_number(marker: str) -> bool:
    """Whether the marker counts (1., (a), iv.) and is not a bullet or a box."""
    return bool(marker) and re.fullmatch(NUMBER, marker) is not None


def value(marker: str) -> tuple[int, ...]:
    """Numbers that a counting marker can stand for: "c" is 3 or 100."""
    bare = marker.strip("().").lower()
    if re.fullmatch(r"[\d.]+", bare):
        return (int(bare.split(".")[-1]),)
    found = []
    if len(bare) == 1 and bare.isalpha():
        found.append(ord(bare) - 96)
    if re.fullmatch(r"[ivxl]+", bare):
        found.append(roman(bare))
    return tuple(found)


def roman(text: str) -> int:
    """The number that small roman letters stand for."""
    worth = [{"i": 1, "v": 5, "x": 10, "l": 50}[char] for char in text]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))


def follows(before: str, marker: str) -> bool:
    """Whether `marker` is the next one after `before` in a list of the same shape."""
    if shape(before) != shape(marker):
        return False
    if not is_number(marker):
        return True
    return any(b == a + 1 for a in value(before) for b in value(marker))


def first(marker: str) -> bool:
    """Whether the marker can begin a list: a bullet, 1, a or i."""
    return not is_number(marker) or 1 in value(marker)


def shape(marker: str) -> str:
    """The marker with its count taken out: "(a)" and "(b)" are alike, "1." and "1)" are not."""
    if not is_number(marker):
        return marker.strip()[:1]
    bare = marker.strip("().")
    kind = "d" * (bare.count(".") + 1) if bare[0].isdigit() else "A" if bare.isupper() else "a"
    return re.sub(r"[\w.]+(?=[.)]|$)", kind, marker, count=1)


def label(text: str) -> str:
    """The label of a line such as "Employee: X", or nothing. Labels are short and begin with a capital."""
    found = LABEL.match(text)
    return found.group(1) if found and len(found.group(1).split()) <= 6 else ""


def is_capitals(text: str) -> bool:
    """Whether all letters are capitals, and there are at least three."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 3 and all(char.isupper() for char in letters)


def short(text: str, words: int = 10) -> bool:
    """Whether a line is short enough for a heading and does not end like a sentence."""
    return 0 < len(text.split()) <= words and not re.search(r"[.;,!?…]$", text.rstrip())


NAMES = re.compile(
    r"(?i)\b(name|employee|staff|manager|supervisor|position|post|role|title|department|date|start|end|finish|from|to|hr|period|"
    r"duration|location|line manager|issued|grade|company|subject|designation|reviewer|mentor|status)\b"
)


def is_name(label: str) -> bool:
    """Whether a label is one of those that stand before names and dates on forms."""
    return bool(NAMES.search(label))


def pairs(text: str) -> list[str]:
    """The text cut at its tabs where every part is a label with a value; otherwise whole."""
    parts = [part.strip() for part in text.split("\t") if part.strip()]
    if len(parts) > 1 and all(len(part) > len(label(part)) + 2 and label(part) for part in parts):
        return parts
    return [text]


def listed(marker: str, text: str) -> bool:
    """Whether a text goes on counting inside: "(a) ... (b) ..." is one paragraph and no item."""
    if not is_number(marker):
        return False
    inside = re.finditer(rf"(?<=[.;:,]\s)(?:and )?({NUMBER})(?=\s)", text)
    return any(follows(marker, match.group(1)) for match in inside)
