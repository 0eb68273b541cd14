"""Dates in a plan's words: found with their places, read in the order that the document shows, never guessed.

Day-first or month-first is decided by the document: a part above 12, what it says about itself, its other signs. Where nothing
decides, an ambiguous date stays unread and is asked. Pure; the day of sending is passed in.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from coach.schema.knowledge import Record

_MONTHS = {name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)}
_ORDINALS = {name: number for number, name in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"], start=1)} | {"thirtieth": 30}
_DAYS = {name: number for number, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])}
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_I = re.IGNORECASE
_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?![\d/]|[-.]\d)")
_NO_YEAR = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/%]|[-.]\d)")
_DAY_MONTH = re.compile(rf"\b(?P<d>{_DAY})(?: of)?[ -](?P<m>{_MONTH})(?:,?[ -](?P<y>\d{{4}}))?\b", _I)
_MONTH_DAY = re.compile(rf"\b(?P<m>{_MONTH}) (?P<d>{_DAY})(?:,? (?P<y>\d{{4}}))?(?![\d%]|\.\d| ?%)\b", _I)
_WORD_DAY = re.compile(rf"\b(?P<d>(?:twenty|thirty)?-?(?:{'|'.join(_ORDINALS)})) of (?P<m>{_MONTH})(?:,? (?P<y>\d{{4}}))?\b", _I)
_MONTH_ONLY = re.compile(rf"\b(?P<when>end of|beginning of|start of|mid)[- ](?P<m>{_MONTH})(?: (?P<y>\d{{4}}))?", _I)
_COUNT = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90, "first": 1,
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "twelfth": 12, "a": 1,
}  # fmt: skip
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_COUNT, key=len, reverse=True))})"


class Order(StrEnum):
    """How the document writes numeric dates."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNKNOWN = "unknown"


class Found(Record):
    """One date in a text. `value` is None where it cannot be read without a guess."""

    value: date | None
    words: str
    start: int
    end: int


class Calendar(Record):
    """What a document's dates are read with. `start` and `end` are the plan's own, once known."""

    order: Order = Order.UNKNOWN
    sent: date | None = None
    start: date | None = None
    end: date | None = None
    holidays: tuple[date, ...] = ()

    def near(self) -> date | None:
        """The day from which a date without a year is understood."""
        return self.start or self.sent


def order_of(text: str) -> Order:
    """Decided by what the document shows; UNKNOWN where all its numeric dates could be read both ways."""
    if re.search(r"\b(?:day[-/ ]month[-/ ]year|dd[-/.]mm[-/.]yy)", text, _I):
        return Order.DAY_FIRST
    if re.search(r"\b(?:month[-/ ]day[-/ ]year|mm[-/.]dd[-/.]yy)", text, _I):
        return Order.MONTH_FIRST
    first = second = 0
    for match in _NUMBERS.finditer(text):
        first += int(match["a"]) > 12
        second += int(match["b"]) > 12
    if first or second:
        return Order.DAY_FIRST if first >= second else Order.MONTH_FIRST
    if _weekdays_agree(text, Order.DAY_FIRST):
        return Order.DAY_FIRST
    if _weekdays_agree(text, Order.MONTH_FIRST):
        return Order.MONTH_FIRST
    american = len(_MONTH_DAY.findall(text)) + len(re.findall(r"\bat-will\b|\bFMLA\b|\bZIP\b|\b401\(?k\)?|\bUSD\b|\$\d", text))
    british = len(_DAY_MONTH.findall(text)) + len(re.findall(r"£|€|\bpostcode\b|\bAcas\b|\bLtd\b|\bPty\b|\bPLC\b|\b(?:organis|recognis|prioritis)\w+|\bbehaviour|\bcentre\b|\bprogramme\b|\bR\d|₹|\bKES\b|₦", text))  # fmt: skip
    if american != british:
        return Order.MONTH_FIRST if american > british else Order.DAY_FIRST
    dotted = any(match["s"] == "." for match in _NUMBERS.finditer(text))
    return Order.DAY_FIRST if dotted else Order.UNKNOWN


def _weekdays_agree(text: str, order: Order) -> bool:
    named = re.compile(rf"\b(?P<w>{'|'.join(_DAYS)}),? (?P<n>{_NUMBERS.pattern})", _I)
    agree = [
        value.weekday() == _DAYS[match["w"].lower()]
        for match in named.finditer(text)
        if (value := _numeric(int(match["a"]), int(match["b"]), match["y"], order))
    ]
    return bool(agree) and all(agree)


def find(text: str, calendar: Calendar) -> list[Found]:
    """All dates of a text in their order, without overlaps."""
    hits: list[Found] = []
    for found in (*_absolute(text, calendar), *_relative(text, calendar)):
        if not any(found.start < other.end and other.start < found.end for other in hits):
            hits.append(found)
    return sorted(hits, key=lambda found: found.start)


def _absolute(text: str, calendar: Calendar) -> Iterator[Found]:
    for match in _ISO.finditer(text):
        yield _found(match, _make(int(match["y"]), int(match["m"]), int(match["d"])))
    for match in _NUMBERS.finditer(text):
        yield _found(match, _numeric(int(match["a"]), int(match["b"]), match["y"], calendar.order))
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(text):
            day, month = int(re.sub(r"\D", "", match["d"])), _MONTHS[match["m"].lower()[:3]]
            value = _make(int(match["y"]), month, day) if match["y"] else _nearest_year(month, day, calendar)
            yield _found(match, value)
    for match in _WORD_DAY.finditer(text):
        tens, _, ones = match["d"].lower().rpartition("-")
        day, month = {"twenty": 20, "thirty": 30}.get(tens, 0) + _ORDINALS.get(ones, 99), _MONTHS[match["m"].lower()[:3]]
        value = _make(int(match["y"]), month, day) if match["y"] else _nearest_year(month, day, calendar) if day < 32 else None
        yield _found(match, value)
    for match in _MONTH_ONLY.finditer(text):
        month = _MONTHS[match["m"].lower()[:3]]
        at = match["when"].lower()
        day = 1 if at != "end of" else 28
        value = _make(int(match["y"]), month, day) if match["y"] else _nearest_year(month, day, calendar)
        if at == "end of" and value:
            value = (value.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        yield _found(match, value if at == "end of" else None)
    if calendar.order is not Order.UNKNOWN:
        for match in _NO_YEAR.finditer(text):
            month, day = (int(match["a"]), int(match["b"])) if calendar.order is Order.MONTH_FIRST else (int(match["b"]), int(match["a"]))
            if 1 <= month <= 12 and 1 <= day <= 31 and re.search(r"(?:by|before|on|until|to|from|due|date|:|-)\s*$", text[: match.start()], _I):
                yield _found(match, _nearest_year(month, day, calendar))


_WITHIN = re.compile(
    rf"\b(?:within|in|after|no later than|not later than|by(?: the end of)?|at the end of|end of|on|due(?: in| after)?|over) ?(?:the )?(?:first |next |following )?"
    rf"(?:(?P<n>{NUMBER})[- ](?P<k>calendar |business |working |consecutive )?(?P<u>days?|weeks?|months?)"
    rf"|(?P<u2>day|week|month) (?P<n2>{NUMBER})|(?P<u3>(?<=the )?week|day|month) (?P<n3>\d{{1,2}}))\b(?P<rest>[^.;\n]{{0,60}})",
    _I,
)
_THIS_DAY = re.compile(rf"\b(?:by|before|on|until|due)? ?(?P<which>this|next|coming|the coming) (?P<w>{'|'.join(_DAYS)})\b", _I)
_NEXT_WEEK = re.compile(rf"\b(?P<w>{'|'.join(_DAYS)}) of next week\b", _I)
_DAY_OF_WEEK = re.compile(rf"\b(?P<w>{'|'.join(_DAYS)}) (?:of|in) (?:the )?(?:week (?P<n2>{NUMBER})|(?P<n>{NUMBER}) week)\b", _I)
_RUNS = re.compile(r"of (?:its |the )?(?:receipt|receiving|assignment|being|a |an |each|every|any|arrival|the (?:request|call|ticket|order|complaint|visit|shift|event|incident))|of (?:each|every|receipt)", _I)
_FROM_START = re.compile(r"^\W*(?:of|from|after|following|into|in)\b[^.;]{0,25}?\b(?:start|date|issue|issuance|plan|pip|today|signing|signature|this|commencement|beginning|letter|memo)", _I)


_RECURS = re.compile(r"\b(?:each|every|any|always|all)\b[^.;]*$", _I)


def _relative(text: str, calendar: Calendar) -> Iterator[Found]:
    start = calendar.start or calendar.sent
    for match in _DAY_OF_WEEK.finditer(text):
        week = read_number(match["n"] or match["n2"])
        if start:
            monday = start - timedelta(days=start.weekday())
            yield _found(match, monday + timedelta(weeks=week - 1, days=_DAYS[match["w"].lower()]))
    for match in _NEXT_WEEK.finditer(text):
        if base := calendar.sent or calendar.start:
            yield _found(match, base - timedelta(days=base.weekday()) + timedelta(days=7 + _DAYS[match["w"].lower()]))
    for match in _THIS_DAY.finditer(text):
        base = calendar.sent or calendar.start
        if base:
            ahead = (_DAYS[match["w"].lower()] - base.weekday()) % 7
            yield _found(match, base + timedelta(days=ahead + (7 if match["which"].lower() == "next" and ahead == 0 else 0)))
    for match in _WITHIN.finditer(text):
        value = _counted(match, text[: match.start()], start, calendar)
        if value is not None:
            yield Found(value=value, words=match[0][: match.start("rest") - match.start()].strip(), start=match.start(), end=match.start("rest"))


def _counted(match: re.Match, before: str, start: date | None, calendar: Calendar) -> date | None:
    number = read_number(match["n"] or match["n2"] or match["n3"])
    unit = (match["u"] or match["u2"] or match["u3"]).lower().rstrip("s")
    lead, rest = match[0].lower(), match["rest"]
    if start is None or not number or _RUNS.match(rest.strip()) or re.match(r"^\s*(?:a|per|each|every)\b|^\s*(?:in a row|of each|notice|advance)", rest, _I):
        return None
    if match["n"] is None:  # "by week 4", "on day 30", "end of month 1": the end of that week
        return {"day": start + timedelta(days=number), "week": start - timedelta(days=start.weekday()) + timedelta(weeks=number - 1, days=4), "month": add_months(start, number)}[unit]  # fmt: skip
    if not lead.startswith(("within", "no later", "not later", "by", "at the end", "end of", "due", "after")) and not _FROM_START.match(rest):
        return None
    if lead.startswith("after") and not _FROM_START.match(rest):
        return None
    if not _FROM_START.match(rest) and (re.match(r"^\s*(?:of|after|from)\b", rest, _I) or (unit == "day" and (number < 5 or (number < 16 and _RECURS.search(before[-80:]))))):
        return None  # counted from an event of its own
    if unit == "day" and (match["k"] or "").strip().lower() in ("business", "working"):
        return add_working_days(start, number, calendar.holidays)
    if unit == "day":
        return start + timedelta(days=number)
    return start + timedelta(weeks=number) if unit == "week" else add_months(start, number)


def add_working_days(start: date, count: int, holidays: tuple[date, ...] = ()) -> date:
    """`count` days from Monday to Friday after `start`, without `holidays`."""
    value = start
    while count:
        value += timedelta(days=1)
        count -= value.weekday() < 5 and value not in holidays
    return value


def add_months(start: date, count: int) -> date:
    """The same day `count` months on, or the last day of a shorter month."""
    month = start.month - 1 + count
    year, month = start.year + month // 12, month % 12 + 1
    for day in range(start.day, 27, -1):
        if value := _make(year, month, day):
            return value
    return date(year, month, min(start.day, 28))


def read_number(word: str) -> int:
    """A number in digits or as a word: "30", "thirty", "third"."""
    return int(word) if word.isdigit() else _COUNT[word.lower()]


def _numeric(first: int, second: int, year: str, order: Order) -> date | None:
    number = int(year) + (2000 if len(year) == 2 else 0)
    if first > 12:
        return _make(number, second, first)
    if second > 12:
        return _make(number, first, second)
    if first == second:
        return _make(number, first, second)
    if order is Order.UNKNOWN:
        return None
    return _make(number, first, second) if order is Order.MONTH_FIRST else _make(number, second, first)


def _nearest_year(month: int, day: int, calendar: Calendar) -> date | None:
    # without a year: the first such day from about a month before the start; without a start it is not known
    near = calendar.near()
    if near is None:
        return None
    earliest = near - timedelta(days=31)
    for year in (earliest.year, earliest.year + 1):
        value = _make(year, month, day)
        if value and value >= earliest:
            return value
    return None


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _found(match: re.Match, value: date | None) -> Found:
    return Found(value=value, words=match[0].strip(), start=match.start(), end=match.end())
