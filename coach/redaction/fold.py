"""A text without accents and invisible characters, with the way back to the original, cut into words. Pure."""

import re
import unicodedata
from functools import cached_property
from typing import NamedTuple

# Letters that Unicode does not take apart, and marks that differ only in shape.
_PLAIN = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss",
     "\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-"}
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


class Word(NamedTuple):
    """One word at `start` to `end` of the folded text; `low` is it in small letters, without a possessive ending."""

    text: str
    low: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


class Folded:
    """`text` is the folded text; `back` turns a span of it into one of the original."""

    def __init__(self, original: str) -> None:
        pieces, places = [], []
        for place, character in enumerate(original):
            for piece in unicodedata.normalize("NFKD", character):
                if unicodedata.category(piece) not in ("Mn", "Cf"):
                    piece = piece.translate(_PLAIN)
                    pieces.append(piece)
                    places.extend([place] * len(piece))
        self.text = "".join(pieces)
        self._places = [*places, len(original)]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that became `text[start:end]`; marks that were dropped belong to the letter before."""
        last = self._places[end - 1]
        return self._places[start], max(self._places[end], last + 1)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the text."""
        return tuple(Word(m[0], low(m[0]), *m.span()) for m in _WORD.finditer(self.text))


def low(word: str) -> str:
    """A folded word in small letters without a possessive ending."""
    return re.sub(r"'s?$", "", word.casefold())


def plain(text: str) -> str:
    """A text folded and in small letters, white space single."""
    return " ".join(Folded(text).text.casefold().split())
