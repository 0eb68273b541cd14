"""Finds names by how they are written and by what stands before them. Pure.

A word that no dictionary knows and that has a capital is a name; so is a first name, a word after a title, and what follows it.
A first name that is a word too ("Grace", "Mark") counts in the middle of a sentence only, and never the name of a month.
"""

import re
from typing import NamedTuple

from coach.redaction.fold import Folded, Word
from coach.schema.redaction import Kind, NameBook

PARTICLES = frozenset(["de", "da", "do", "dos", "das", "di", "del", "della", "van", "von", "der", "den", "ter", "te", "la", "le", "el", "al", "bin", "ibn", "bint", "ben", "abu", "ap", "mac", "mc", "y", "zu"])
_INITIAL = re.compile(r"^[A-Z]$")
_STARTS = re.compile(r"(?:^|[.!?:\n\t\u2022*>|]|\d\)|- )[\s\"'(\[\u201c\u201d]*$")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii"))


class Name(NamedTuple):
    """A name at `start` to `end` of the folded text."""

    start: int
    end: int
    kind: Kind


def find(folded: Folded, book: NameBook) -> list[Name]:
    """All names that can be told without knowing any."""
    reader = _Reader(folded, book)
    found = []
    at = 0
    while at < len(folded.words):
        end, kind = reader.run(at)
        if kind is not None:
            first, last = reader.trimmed(at, end, kind)
            found.append(Name(folded.words[first].start, reader.stop(last - 1), kind))
        at = max(end, at + 1)
    return found


def parts(word: str) -> list[str]:
    """A folded word in small letters, cut at hyphens."""
    return [part for part in word.split("-") if part]


def ordinary(low: str, book: NameBook) -> bool:
    """Whether all parts of the word are in the dictionary."""
    return all(part in book.words or len(part) < 2 for part in parts(low.replace("'", ""))) or all(part in book.words for part in re.split("['-]", low) if part)


class _Reader:
    def __init__(self, folded: Folded, book: NameBook) -> None:
        self._folded, self._book, self._words = folded, book, folded.words

    def run(self, at: int) -> tuple[int, Kind | None]:
        """Where the run of words that begins at `at` ends, and what it is; None where it is no name."""
        word = self._words[at]
        signs = self._book.signs
        titled = self._titled(at)
        if not word.capital:
            return self._small(at, titled)
        end = at + 1
        while end < len(self._words) and self._joined(end) and (self._words[end].capital or self._particle(end)):
            end += 1
        words = self._words[at:end]
        if any(w.low in signs.companies for w in words[1:]) and len(words) > 1:
            return end, Kind.EMPLOYER
        told = [self._strong(at + n, titled and n == 0) for n in range(len(words))]
        place = len(words) > 1 and words[-1].low in signs.places and not self._opens(at) and words[-2].low not in self._book.capitals
        if not any(told) and not place:
            return end, None
        if any(w.low in signs.organisations for w in words[1:]):
            return end, Kind.EMPLOYER
        person = titled or any(w.low.split("-")[0] in self._book.given for w in words) or self._labelled(at)
        return end, Kind.PERSON if person else Kind.NAME

    def stop(self, at: int) -> int:
        """Where the name ends in the word: before a possessive ending, also one without an apostrophe ("priyas")."""
        word = self._words[at]
        plural = not word.capital and word.low.endswith("s") and word.low not in self._book.given and word.low[:-1] in self._book.given
        return word.start + len(word.low) - plural

    def trimmed(self, first: int, last: int, kind: Kind) -> tuple[int, int]:
        """The run without the words of its sentence at its beginning, and without roles and titles."""
        signs = self._book.signs
        while first < last - 1 and self._is_lead(first, signs):
            first += 1
        spare = (signs.roles | signs.fields | self._book.capitals) - signs.companies
        while kind is not Kind.EMPLOYER and last > first + 1 and self._words[last - 1].low in spare:
            last -= 1
        return first, last

    def _is_lead(self, at: int, signs) -> bool:
        word = self._words[at]
        if word.low in signs.titles | signs.titles_with_capital | signs.roles | signs.labels or word.low in self._book.capitals:
            return True
        followed = self._words[at + 1].low in signs.organisations | signs.companies | signs.places
        return self._opens(at) and ordinary(word.low, self._book) and word.low not in self._book.given and not _INITIAL.match(word.text) and not followed and not word.text.isupper()

    def _strong(self, at: int, titled: bool) -> bool:
        word, book = self._words[at], self._book
        if not word.capital or word.low in book.capitals or word.low in book.signs.titles:
            return False
        if titled and len(word.text) > 1 and word.low not in book.signs.roles:
            return True
        if _INITIAL.match(word.text):
            return False
        if not ordinary(word.low, book):
            return not word.text.isupper() or len(word.text) > 5 or word.low in book.given or self._beside(at)
        return word.low in book.given and not word.text.isupper() and (not self._opens(at) or self._labelled(at)) and not self._in_a_heading(at)

    def _small(self, at: int, titled: bool) -> tuple[int, Kind | None]:
        word, book = self._words[at], self._book
        given = len(word.low) > 2 and self._given(word.low) and not ordinary(word.low, book) and word.low not in book.capitals
        after_role = at > 0 and self._joined(at) and self._words[at - 1].low in book.signs.roles and not self._listed_word(word)
        if not (given or after_role or (titled and not self._listed_word(word))):
            return at + 1, None
        end = at + 1
        while end < len(self._words) and self._joined(end) and not ordinary(self._words[end].low, book) and self._words[end].low not in book.capitals | book.signs.labels:
            end += 1
        return end, Kind.PERSON

    def _listed_word(self, word: Word) -> bool:
        return len(word.low) < 3 or ordinary(word.low, self._book) or word.low in self._book.capitals

    def _given(self, low: str) -> bool:
        return low in self._book.given or parts(low)[0] in self._book.given or (low.endswith("s") and low[:-1] in self._book.given)

    def _titled(self, at: int) -> bool:
        if at == 0:
            return False
        before, signs = self._words[at - 1], self._book.signs
        if not re.fullmatch(r"\.? ", self._folded.text[before.end : self._words[at].start]):
            return False
        return before.low in signs.titles or (before.capital and before.low in signs.titles_with_capital and self._words[at].capital)

    def _labelled(self, at: int) -> bool:
        if at == 0:
            return False
        between = self._folded.text[self._words[at - 1].end : self._words[at].start]
        return bool(re.fullmatch(r"\s*[:,]?\s*", between)) and self._words[at - 1].low in self._book.signs.labels

    def _joined(self, at: int) -> bool:
        between = self._folded.text[self._words[at - 1].end : self._words[at].start]
        if between == " ":
            return True
        companies = self._book.signs.companies
        if between in (". ", "."):
            return bool(_INITIAL.match(self._words[at - 1].text)) or {self._words[at - 1].low, self._words[at].low} <= companies
        if between == " (":  # "(India) Pvt Ltd"
            return self._folded.text[self._words[at].end :][:2] == ") " and at + 1 < len(self._words) and self._words[at + 1].low in companies
        return between == " & " or (between in (", ", ") ") and self._words[at].low in companies)

    def _particle(self, at: int) -> bool:
        following = at + 1
        of = self._words[at].low == "of" and self._words[at - 1].low in self._book.signs.places | self._book.signs.organisations
        return (of or self._words[at].low in PARTICLES) and following < len(self._words) and self._joined(following) and (self._words[following].capital or self._words[following].low in PARTICLES)

    def _beside(self, at: int) -> bool:
        near = [n for n in (at - 1, at + 1) if 0 <= n < len(self._words) and self._joined(max(n, at))]
        return any(self._words[n].capital and self._words[n].low not in self._book.capitals and not ordinary(self._words[n].low, self._book) for n in near)

    def _opens(self, at: int) -> bool:
        start = self._words[at].start
        return bool(_STARTS.search(self._folded.text[max(0, start - 12) : start])) if start else True

    def _in_a_heading(self, at: int) -> bool:
        """Whether most words around it have capitals, so that one more says nothing."""
        text, start = self._folded.text, self._words[at].start
        line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
        line = [w for w in self._words if line_start <= w.start and (line_end < 0 or w.end <= line_end)]
        return len(line) > 2 and sum(w.capital for w in line) > 0.7 * len(line) and not any(not ordinary(w.low, self._book) for w in line if w.capital)
