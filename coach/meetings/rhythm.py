"""How often people meet, read from words such as "every second Thursday at 13.30". Pure; decides nothing, guesses nothing.

Works on the one or two sentences of a plan about check-ins, or on a message. Dates are read as the plan's are (plan/dates.py).
"""

import re
from datetime import date, time

from coach.plan import dates
from coach.schema.meetings import Cadence, Rhythm

_I = re.IGNORECASE
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|weds?|thurs?|thu|fri)"
_WEEKDAY = re.compile(
    rf"(?P<lead>\b(?:by|before|until|till|than)(?: the)?(?: following| next| same| end of)? )?\b(?P<day>{_DAY})\b",
    _I,
)
_TWICE = re.compile(r"\b(?:twice|two times|2x|2 times)[- ](?:a|per|each|every)? ?week(?:ly)?\b", _I)
_BIWEEKLY = re.compile(r"\bbi-?weekly\b", _I)
_FORTNIGHTLY = re.compile(
    rf"\bfortnight(?:ly|s)?\b|\b(?:every|each|once every)(?: (?:two|2|other|second|2nd|alternate))(?: (?:weeks?|{_DAY}))\b|\balternat(?:e|ing) (?:weeks?|{_DAY})\b|\btwice (?:a|per|each) month\b|\bsemi-?monthly\b",
    _I,
)
_EVERY_WEEKS = re.compile(rf"\bevery (?P<n>{dates.NUMBER})(?:rd|th)? weeks?\b", _I)
_DAILY = re.compile(
    r"\bdaily\b|\b(?:every|each) (?:single )?(?:working |business |week ?)?day\b|\bstand-?ups?\b", _I
)
_MONTHLY = re.compile(
    r"(?<!bi-)(?<!semi-)\bmonthly\b|\b(?:once (?:a|per|every)|every|each|per) (?:calendar )?month\b|\bof (?:each|every|the) month\b",
    _I,
)
_WEEKLY = re.compile(
    rf"(?<!bi-)\bweekly\b|\b(?:every|each|once a|once per|per|a) week\b|\b(?:every|each) {_DAY}\b|\b(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days\b",
    _I,
)
_NTH = re.compile(
    rf"\b(?P<n>first|second|third|fourth|last|1st|2nd|3rd|4th) (?:{_DAY}) (?:of|in) (?:each|every|the|a) (?:calendar )?month\b",
    _I,
)
_MARKS = re.compile(
    r"\b(?P<list>\d{1,3}(?:[- ]?days?)?-?(?:(?:,|/| and| &|, and| or)\s*(?:day )?\d{1,3}-?(?:[- ]?days?)?)+)(?P<unit>[- ]?(?:calendar )?(?:days?|marks?|points?))?",
    _I,
)
_MARK = re.compile(r"\b(?P<n>\d{1,3})[- ]days? (?:mark|point|review|check)\b|\bon day (?P<m>\d{1,3})\b", _I)
_MIDPOINT = re.compile(r"\bmid-?(?:point|way|term|plan)\b|\bhalf-?way\b|\binterim review\b", _I)
_FINAL = re.compile(
    r"\b(?:final|closing|last) (?:review|meeting|assessment)\b|\bat the (?:very )?end\b|\bend-of-plan\b", _I
)
_AMOUNT = re.compile(r"\b(?:days?|weeks?|months?)\b", _I)
_FROM = re.compile(r"(?:\b(?:first|start\w*|begin\w*|from|commenc\w*|as of|effective)\b[^.;]{0,40})$", _I)
_UNTIL = re.compile(
    r"(?:\b(?:until|till|til|through|up to|to|ending(?: on)?|last(?: one)?(?: on| is)?)(?: the)? ?)$", _I
)
_CLOCK = re.compile(
    r"(?<![\d./:-])(?P<h>\d{1,2})[:.](?P<m>[0-5]\d)(?![./]?\d)\s*(?P<p>[ap]\.? ?m\b)?(?! ?%)", _I
)
_HOUR = re.compile(r"(?<![\d./:-])(?P<h>\d{1,2})\s*(?P<p>[ap]\.? ?m\b)", _I)
_AT = re.compile(
    r"\b(?:at|@) ?(?P<h>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o'?clock)?\b(?! ?(?:%|percent|days?|weeks?|months?|of\b|point|time|desk|and\b|,)|[./:-]\d)", _I
)
_NOON = re.compile(r"\b(?:noon|midday)\b", _I)
_MINUTES = re.compile(rf"\b(?P<n>{dates.NUMBER}|fifteen|forty|fifty)[- ]min(?:ute)?s?\b", _I)
_HALF_HOUR = re.compile(r"\bhalf(?: an|-an|-)?[- ]hour\b", _I)
_FULL_HOUR = re.compile(r"\b(?:an|one|1)[- ]hour\b(?! (?:before|after|later|earlier))", _I)
_MORE = {"forty": 40, "fifty": 50}
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
}


def read(text: str, calendar: dates.Calendar) -> Rhythm:
    """What the words say about how often, on which days, at what time and for how long."""
    named = weekdays(text)
    found = [one for one in dates.find(text, calendar) if one.value and not _AMOUNT.search(one.words)]
    first = next((one.value for one in found if _FROM.search(text[: one.start])), None)
    until = next((one.value for one in found if _UNTIL.search(text[: one.start])), None)
    nth = _NTH.search(text)
    cadence, every, sure = _cadence(text, named)
    marks = _marks(text)
    midpoint, final = bool(_MIDPOINT.search(text)), bool(_FINAL.search(text))
    days: tuple[date, ...] = ()
    if cadence is None and len(found) > 1:
        cadence, days, first, until = (
            Cadence.MILESTONES,
            tuple(sorted({one.value for one in found})),
            None,
            None,
        )
    elif cadence is None and (marks or midpoint or (final and not named)):
        cadence = Cadence.MILESTONES
    elif cadence is None and named:
        cadence, sure = (
            (Cadence.TWICE_WEEKLY if len(named) > 1 else Cadence.WEEKLY),
            False,
        )  # once, or every week?
    if first is None and len(found) == 1 and until is None and cadence is not Cadence.MILESTONES:
        first = found[0].value
    return Rhythm(
        cadence=cadence, sure=sure, weekdays=named, every=every, nth=_ORDINALS[nth["n"].lower()] if nth else None,
        at=clock(text), minutes=_minutes(text), first=first, until=until, days=days, marks=marks, midpoint=midpoint, final=final,
    )  # fmt: skip


def weekdays(text: str) -> tuple[int, ...]:
    """The days of the week that are named, from Monday 0, without those by which something is due."""
    return tuple(sorted({_weekday(match["day"]) for match in _WEEKDAY.finditer(text) if not match["lead"]}))


def clock(text: str) -> time | None:
    """The first time of day in the text. Without am or pm, one to six o'clock is in the afternoon unless written 06:30."""
    if match := _CLOCK.search(text) or _HOUR.search(text) or _AT.search(text):
        parts = match.groupdict()
        hour, minute = dates.read_number(parts["h"]), int(parts.get("m") or 0)
        half = (parts.get("p") or "").lower()[:1]
        if half and not 1 <= hour <= 12:
            return None
        if half:
            hour = hour % 12 + 12 * (half == "p")
        elif 1 <= hour <= 6 and not parts["h"].startswith("0"):
            hour += 12
        return time(hour, minute) if hour < 24 else None
    return time(12) if _NOON.search(text) else None


def _cadence(text: str, named: tuple[int, ...]) -> tuple[Cadence | None, int, bool]:
    """The cadence, the weeks from one to the next, and whether the words leave no doubt."""
    if _TWICE.search(text):
        return Cadence.TWICE_WEEKLY, 1, True
    if _BIWEEKLY.search(
        text
    ):  # people mean either: two named days make it twice a week, one makes it every second week
        if len(named) > 1:
            return Cadence.TWICE_WEEKLY, 1, True
        return Cadence.FORTNIGHTLY, 2, bool(named)
    if _NTH.search(text):
        return Cadence.MONTHLY, 1, True
    if _FORTNIGHTLY.search(text):
        return Cadence.FORTNIGHTLY, 2, True
    if (match := _EVERY_WEEKS.search(text)) and (count := dates.read_number(match["n"])) > 1:
        return (Cadence.FORTNIGHTLY if count == 2 else Cadence.WEEKLY), min(count, 26), True
    if _DAILY.search(text):
        return Cadence.DAILY, 1, True
    if _MONTHLY.search(text):
        return Cadence.MONTHLY, 1, True
    if _WEEKLY.search(text):
        return (Cadence.TWICE_WEEKLY if len(named) > 1 else Cadence.WEEKLY), 1, True
    return None, 1, True


def _marks(text: str) -> tuple[int, ...]:
    marks = {int(match["n"] or match["m"]) for match in _MARK.finditer(text)}
    for match in _MARKS.finditer(text):
        before = text[: match.start()][-6:].lower()
        if match["unit"] or "day" in match["list"].lower() or before.rstrip().endswith(("day", "days")):
            marks |= {int(number) for number in re.findall(r"\d+", match["list"])}
    return tuple(sorted(mark for mark in marks if mark))


def _minutes(text: str) -> int | None:
    if match := _MINUTES.search(text):
        word = match["n"].lower()
        minutes = _MORE[word] if word in _MORE else dates.read_number(word)
        return minutes if 1 <= minutes <= 1440 else None
    if _HALF_HOUR.search(text):
        return 30
    return 60 if _FULL_HOUR.search(text) else None


def _weekday(word: str) -> int:
    return next(number for number, name in enumerate(_NAMES) if name.startswith(word.lower()[:3]))
