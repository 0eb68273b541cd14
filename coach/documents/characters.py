"""Which characters a document may hold. Pure."""

import re
import unicodedata

_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_JOINERS = "\u200c\u200d"  # Persian and many pictures are made of several characters
_DROPPED = ("Cc", "Cf", "Cs")  # controls, what turns the direction of a line around, halves of a character


def plain(text: str) -> str:
    """The words as they may stand in any document: line breaks stay, nothing in them controls anything."""
    kept = (sign for sign in _BREAKS.sub("\n", text).replace("\t", " ") if sign == "\n" or _may_stand(sign))
    return "".join(kept).strip()


def one_line(text: str) -> str:
    """The same in one line."""
    return " ".join(plain(text).split())


def _may_stand(sign: str) -> bool:
    if sign in _JOINERS:
        return True
    return unicodedata.category(sign) not in _DROPPED and ord(sign) & 0xFFFE != 0xFFFE
