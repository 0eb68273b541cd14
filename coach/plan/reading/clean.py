"""Characters that nobody sees: taken out, counted, and what tag characters spell. Everything else only becomes NFC."""

import re
import unicodedata

TAGS = range(0xE0000, 0xE0080)
JOINERS = "\u200c\u200d"
QUIET = "\u00ad\ufeff"  # hyphenation points and byte order marks are in honest files: taken out, not counted
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
)
FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{2,6}\U000e007f")
# Scripts in which a joiner changes how a word is written: Arabic to Thaana, the Indic scripts, Myanmar, Khmer, Mongolian.
JOINING = ((0x0600, 0x07BF), (0x08A0, 0x0DFF), (0x1000, 0x109F), (0x1780, 0x18AF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE))


class Cleaner:
    """Cleans any number of strings; `count` characters were taken out, `spelled` is what tag characters said."""

    def __init__(self) -> None:
        self.count = 0
        self.spelled: list[str] = []

    def clean(self, text: str) -> str:
        """NFC without invisible characters; surrogates that stand for nothing become the replacement character."""
        text = re.sub("[\ud800-\udfff]", "\ufffd", text)
        if INVISIBLE.search(text):
            kept, end = [], 0
            for flag in FLAG.finditer(text):
                kept += [self.strip(text[end : flag.start()]), flag.group()]
                end = flag.end()
            text = "".join([*kept, self.strip(text[end:])])
        return unicodedata.normalize("NFC", text)

    def strip(self, text: str) -> str:
        """The text without invisible characters, except joiners and variation selectors that do their work."""
        out: list[str] = []
        tags: list[str] = []
        for place, char in enumerate(text):
            if not INVISIBLE.match(char):
                out.append(char)
                continue
            code = ord(char)
            before, after = out[-1:], text[place + 1 : place + 2]
            joined = char in JOINERS and before and after and joins(before[0]) and joins(after)
            if joined or (is_selector(code) and before and selects(before[0], code)):
                out.append(char)
            elif char not in QUIET:
                self.count += 1
                if code in TAGS and 0x20 <= code - 0xE0000 < 0x7F:
                    tags.append(chr(code - 0xE0000))
        spelled = "".join(tags).strip()
        if spelled:
            self.spelled.append(spelled)
        return "".join(out)


def is_selector(code: int) -> bool:
    """Whether it is a variation selector."""
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


def selects(before: str, code: int) -> bool:
    """Whether a selector after this character can be honest: one behind a symbol, or behind a Chinese character."""
    if code >= 0xE0100:
        return unicodedata.category(before) == "Lo"
    return before in "#*0123456789" or unicodedata.category(before) in ("So", "Sm", "Sk", "Po", "Lo")


def joins(char: str) -> bool:
    """Whether a joiner next to this character changes what is seen."""
    code = ord(char)
    return (
        any(low <= code <= high for low, high in JOINING)
        or is_selector(code)
        or (code >= 0x2190 and unicodedata.category(char) in ("So", "Sk"))
    )
