"""Finds what has a shape of its own: e-mail addresses, links, telephone numbers, street addresses, numbers of persons and cases. Pure.

Works on folded text. Dates, amounts and the numbers of goals are none of these.
"""

import re
from collections.abc import Iterator
from functools import cache

from coach.schema.redaction import Kind, Signs

_I = re.IGNORECASE
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.\w{2,}")
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z][\w.-]*\w")
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"')\]]+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/[^\s<>\"')\]]*[\w/]", _I)
_DATE = re.compile(
    r"\b(?:\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|(?:19|20)\d\d ?[-/] ?(?:(?:19|20)?\d\d))\b"
)
_MONEY = re.compile(r"[$\u00a3\u20ac\u20b9]\s?\d[\d,. ]*\d|\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b|\b\d+\.\d+\b")
_PHONE = re.compile(
    r"(?<![\w/.-])(?:\+|00)\d{1,3}[ .()-]*(?:\(0\)[ .-]*)?\d(?:[ .()-]{0,2}\d){5,12}(?!\w)"
    r"|(?<![\w/.-])\(?0\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}(?![\w/])"
    r"|(?<![\w/.-])(?:1[ .-])?\(?[2-9]\d\d\)?[ .-]{0,2}\d{3}[ .-]\d{4}(?!\w)"
    r"|(?<![\w/.-])[2-9]\d\d[ .-]\d{4}(?![\w-])"
)
_POSTCODE = r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2,3} \d{4,5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)"
_BEFORE = r"(?:(?:unit|flat|apt|apartment|suite|level|floor|room|house|no)\.? ?\d+\w?,? )?"
_TAIL = rf"(?i:,? (?:apt|apartment|suite|unit|flat|floor|level)\.? ?\d*\w?)?(?:,? \d{{4,5}} [A-Z][\w-]+|,(?: [A-Z][a-z'-]+){{1,3}},? {_POSTCODE}|,? {_POSTCODE}|, [A-Z][a-z'-]+(?= \d| [A-Z]{{2}}))?"
_OTHER_STREET = re.compile(
    r"\b[A-Z][\w-]*(?:strasse|str\.|gasse|weg|platz|allee|straat|laan|gade|gatan)\s\d+ ?[a-z]?\b(?:, ?\d{4,5}(?: [A-Z]{2})? [A-Z][\w-]+)?"
    r"|\b\d+,? (?:bis )?(?:rue|avenue|boulevard|place|calle|via|rua|avenida)(?: (?:de|du|des|la|le|les|d'|del|da|do))*(?: ?[A-Z][\w'-]+){1,3}(?:,? \d{5} [A-Z][\w-]+)?"
    r"|\b(?:calle|via|rua|avenida|ulica|ul\.) (?:[A-Z][\w'-]+ ?){1,3},? \d+\w?\b"
    r"|\bP\.? ?O\.? Box \d+"
    # whatever the street is called: a number, names, and a postcode at the end of the line
    r"|\b\d+[A-Za-z]?,? (?:[A-Z][\w'.-]* ?){1,4}(?:, ?[A-Z][^,\n]{1,30}){1,3},? (?:[A-Z]\d[\dW] ?[A-Z\d]{4}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4,6})\b",
)
_UK_POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b")
_PERSONAL = re.compile(r"\b\d{3}-\d{2}-\d{4}\b|\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
# letters and digits together, at least four digits, or digits alone, at least six
_CODE = re.compile(r"(?<![\w/.-])#?(?=[A-Za-z\d/-]*[A-Za-z])(?:[A-Za-z\d]+[/-])*[A-Za-z\d]+(?![\w/])|(?<![\w,.:/-])#?\d{6,}(?![\w,.:/-]|\.\d)")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|am|pm|h|hrs?|min|days?|weeks?|months?|k|m|px|mb|gb)?$|[a-z]+$|(?:fy|q[1-4]|h[12])?-?(?:19|20)\d\d$|(?:19|20)\d\d-?(?:q[1-4]|h[12])?$", _I)


def find(text: str, signs: Signs) -> Iterator[tuple[int, int, Kind]]:
    """Start, end and kind of everything that has such a shape; they may overlap, the first wins."""
    for pattern, kind in ((_EMAIL, Kind.EMAIL), (_LINK, Kind.LINK), (_HANDLE, Kind.LINK), (_PERSONAL, Kind.NUMBER)):
        for match in pattern.finditer(text):
            yield (*match.span(), kind)
    for pattern in (_streets(signs.streets), _OTHER_STREET, _UK_POSTCODE):
        for match in pattern.finditer(text):
            yield (*match.span(), Kind.ADDRESS)
    taken = [match.span() for pattern in (_DATE, _MONEY) for match in pattern.finditer(text)]
    for match in _labelled(signs.ids).finditer(text):
        value = match["value"]
        if sum(map(str.isdigit, value)) >= 2 and not _inside(match.start("value"), match.end("value"), taken):
            yield match.start("value"), match.end("value"), Kind.NUMBER
    for match in _PHONE.finditer(text):
        if not _inside(*match.span(), taken):
            yield (*match.span(), Kind.PHONE)
    for match in _CODE.finditer(text):
        digits = sum(map(str.isdigit, match[0]))
        parts = re.split("[/-]", match[0].lstrip("#"))
        if digits >= 4 and not all(_ORDINAL.match(part) for part in parts if part) or digits >= 6 and match[0].lstrip("#").isdigit():
            if not _inside(*match.span(), taken):
                yield (*match.span(), Kind.NUMBER)
        elif digits >= 4 and any(part.isdigit() and not re.match(r"(?:19|20)\d\d$", part) for part in parts) and re.search("[A-Za-z]", match[0]):
            yield (*match.span(), Kind.NUMBER)


def _inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(left <= start < right or start <= left < end for left, right in spans)


@cache
def _streets(streets: frozenset[str]) -> re.Pattern:
    kinds = "|".join(sorted(streets, key=len, reverse=True))
    named = rf"\b(?i:{_BEFORE})\d+[A-Za-z]?,? (?:[A-Z][\w'-]*\.? ){{1,3}}(?i:{kinds})\b\.?{_TAIL}"
    small = rf"\b\d+[a-z]? (?:[a-z'-]+ ){{1,2}}(?:{'|'.join(sorted(streets - {'st', 'row', 'way', 'close', 'court', 'drive', 'place', 'walk', 'park', 'grove'}))})\b"
    bare = rf"\b(?<![.] )(?:[A-Z][a-z'-]+ ){{1,2}}(?:{'|'.join(sorted(street.title() for street in streets if len(street) > 3 and street not in ('close', 'court', 'drive', 'walk')))})\b"
    return re.compile(f"{named}|{small}|{bare}")


@cache
def _labelled(ids: frozenset[str]) -> re.Pattern:
    labels = "|".join(sorted(ids, key=len, reverse=True))
    value = r"#?[A-Z]{0,5}[ -]?\d[A-Z\d]*(?:[ /-][A-Z]{0,4}\d[A-Z\d]*)*"
    return re.compile(
        rf"(?i:\b(?:{labels})(?: card)?(?:(?: (?:number|no|nr|nummer|id|code|ref|reference|case))\b\.?)+(?:\s*(?:is|was|:|=|#))*\s*|\b(?:{labels})\s*(?::|#|=)\s*|\b(?:{labels}) (?:is )?(?=#?[A-Za-z]*\d{{4}}|#|[A-Z\d]+-)|\b(?:id|abn|ssn|nino|ein|pin|pps|share code)\b:?\s+)(?P<value>{value})(?!\w)"
    )
