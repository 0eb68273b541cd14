"""Names that somebody gave: those that the person listed and those of a plan, found again in every form. Pure.

Of a person each part of the name counts, alone, with a possessive ending and without accents. A part that is a word too ("Will")
counts with a capital where it does not begin a question, and in small letters only before what people do ("will said").
"""

import re

from coach.redaction.fold import Folded, Word, plain
from coach.redaction.names import PARTICLES, Name, ordinary, parts
from coach.schema.redaction import Kind, Known, NameBook

_DOES = re.compile(r"(?:'s)? (?:said|says|told|tells|wrote|writes|asked|asks|thinks|thought|wants|wanted|gave|gives|knows|knew|is|was|has|had|did|does|called|emailed|put|keeps|kept|never|sent|left|went|came)\b")
_ASKS = frozenset(["i", "you", "we", "they", "he", "she", "it", "this", "that", "there", "the", "my", "your", "our", "their", "his", "her", "a", "an", "not", "be", "anyone", "somebody", "everybody", "someone"])
_WITH = re.compile(r"\b(?:with|from|told|asked|by|and|to|about|for) $")
ALONE = (Kind.PERSON, Kind.NAME)


def find(folded: Folded, known: tuple[Known, ...], book: NameBook) -> list[Name]:
    """Every place where one of the names stands, whole ones first."""
    found = [name for one in known for name in _whole(folded, one, book)]
    low_parts = {part: one.kind for one in known if one.kind in ALONE for part in _parts(one.text, book)}
    for at, word in enumerate(folded.words):
        for part in (word.low, *parts(word.low)):
            kind, singular = low_parts.get(part), _singular(part, book)
            if len(part) > 1 and (kind or low_parts.get(singular)) and _meant(folded, at, word, part, book):
                spare = 0 if kind or part != word.low else len(part) - len(singular)
                found.append(Name(word.start, word.start + len(word.low) - spare, kind or low_parts[singular]))
                break
    return found


def kind_of(text: str, book: NameBook) -> Kind:
    """What a listed name most likely is."""
    if "@" in text:
        return Kind.EMAIL
    lows = [word.low for word in Folded(text).words]
    if any(low in book.signs.companies | book.signs.organisations for low in lows[1:]):
        return Kind.EMPLOYER
    if sum(map(str.isdigit, text)) >= 3:
        return Kind.NUMBER
    return Kind.PERSON if lows and lows[0] in book.given and len(lows) < 5 else Kind.NAME


def listed(words: tuple[str, ...], book: NameBook) -> tuple[Known, ...]:
    """What the person wants hidden. A line that is no name in form is hidden exactly as it stands."""
    return tuple(Known(text=word.strip(), kind=kind_of(word, book), exact=not _is_word_with_capital(word, book)) for word in words if len(word.strip()) > 1)


def _whole(folded: Folded, one: Known, book: NameBook) -> list[Name]:
    wanted = plain(one.text)
    if not wanted:
        return []
    pattern = r"\s+".join(re.escape(piece) for piece in wanted.split(" "))
    edges = (r"(?<!\w)" if wanted[0].isalnum() else ""), (r"(?!\w)" if wanted[-1].isalnum() else "")
    single = len(wanted.split()) == 1 and not one.exact and ordinary(wanted, book)
    places = [match.span() for match in re.finditer(edges[0] + pattern + edges[1], folded.text.casefold())] if not single else []
    return [Name(*place, one.kind) for place in places] if len(folded.text.casefold()) == len(folded.text) else _slow(folded, pattern, edges, one)


def _slow(folded: Folded, pattern: str, edges: tuple[str, str], one: Known) -> list[Name]:
    """Where small letters are not as many as capitals, as of a Turkish I with a dot."""
    return [Name(*match.span(), one.kind) for match in re.finditer(edges[0] + pattern + edges[1], folded.text, re.IGNORECASE)]


def _parts(text: str, book: NameBook) -> list[str]:
    words = [word.low for word in Folded(text).words]
    pieces = [piece for word in words for piece in {word, *parts(word)}]
    skip = PARTICLES | book.signs.titles | book.signs.roles | book.capitals | {"jr", "sr", "of", "and", "the", "for"}
    kept = [piece for piece in pieces if len(piece) > 1 and (piece not in skip or len(words) == 1) and (len(words) == 1 or _tells(piece, words, book))]
    return [form for piece in kept for form in {piece, *_spelled(piece)}]


def _tells(piece: str, words: list[str], book: NameBook) -> bool:
    """Whether a part of a longer name is hidden alone: "Banks" of "Lowri Banks", not "Date" of "Howard Epstein Date"."""
    return piece in book.given or not ordinary(piece, book) or (len(words) == 2 and piece == words[1] and (words[0] in book.given or not ordinary(words[0], book)))


def _spelled(piece: str) -> set[str]:
    """Other ways to write it: Muller for Müller is what folding gives, Mueller is not."""
    return {re.sub("[ou]e|ae", lambda m: m[0][0], piece), re.sub("[aou]", lambda m: m[0] + "e", piece, count=1)} if len(piece) > 4 else set()


def _singular(low: str, book: NameBook) -> str:
    return low[:-1] if low.endswith("s") and len(low) > 3 and not ordinary(low, book) else ""


def _is_word_with_capital(text: str, book: NameBook) -> bool:
    words = Folded(text).words
    return bool(words) and words[0].capital and len(words) == 1 and words[0].low in book.words


def _meant(folded: Folded, at: int, word: Word, part: str, book: NameBook) -> bool:
    if not ordinary(part, book):
        return True
    if not word.capital:
        before = folded.text[max(0, word.start - 8) : word.start]
        return bool(_DOES.match(folded.text, word.start + len(word.low))) or (bool(_WITH.search(before)) and part in book.given and part not in ("may", "will", "so", "an", "in", "my"))
    after = folded.words[at + 1].low if at + 1 < len(folded.words) else ""
    month = part in book.capitals and not _DOES.match(folded.text, word.start + len(word.low))
    return after not in _ASKS and not month and not (word.text.isupper() and len(word.text) > 1 and not (at and folded.words[at - 1].text.isupper()))
