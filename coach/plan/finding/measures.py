"""What in a goal's own words can be counted or seen: thresholds, times, things to hand in. Pure rules."""

import re
from datetime import date

from coach.plan import dates

_I = re.IGNORECASE
THRESHOLD = re.compile(
    r"\b(?:at least|at most|no (?:more|fewer|less|later) than|not (?:more|fewer|less|later) than|fewer than|less than|more than|under|over|below|above|minimum(?: of)?|maximum(?: of)?|up to|within|zero|none|nil|"
    r"(?:one|two|three|four|five|six|seven|eight|ten|\d+) (?:(?:calendar|working|business|clear) )?(?:days?|hours?|weeks?) (?:ahead of|before|in advance of|prior to)|(?:by|before|until|no later than|from) (?:(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.? ?m\b\.?)|\d{1,2}[:.]\d\d(?!\d))|\w+ o.clock|noon|midnight)|(?:each|every) time\b|not (?:a single|one)|without (?:a |any )?(?:mistakes?|errors?|gaps?|reminders?|exceptions?|complaints?|prompting|help)|no (?:gaps?|errors?|unexplained|unapproved|missed|further|late|complaints?|mistakes?|incidents?|exceptions?)|all|every|each of|100 ?%|\d+(?:[.,]\d+)* ?(?:%|percent|per cent|points?|out of|of (?:the |every |any |your )?\d+)|"
    r"(?:score|rating|average|rate|accuracy|target) of|\d+(?:[.,]\d+)* or (?:more|less|fewer|better|above|below|higher|lower)|(?:[$£€₹₦]|R|Rs\.? ?|EUR |USD |GBP )\d[\d,.]*k?|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d+) (?:out )?of (?:the |every |any |your )?(?:\w+))",
    _I,
)  # fmt: skip
QUANTITY = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|zero|none|no|not a single|without|all|every|each|daily|weekly)\b", _I)
_DELIVERS = re.compile(r"\b(?:hand (?:in|over)|submit|pass|redo|retake|repeat|obtain|finish|complete|deliver|attend|present|provide|achieve|gain|file|lodge|bring|renew|turn in)\b[^,.;]*?(?=\s+(?:by|before|on|within|no later|until)\b|[,.;]|$)", _I)


def carries_target(text: str, calendar: dates.Calendar) -> bool:
    """Whether a field for a date says more than the date."""
    rest = text
    for hit in sorted(dates.find(text, calendar), key=lambda hit: -hit.start):
        rest = rest[: hit.start] + rest[hit.end :]
    return len(re.findall(r"[A-Za-z]{3,}", rest)) > 4 and bool(QUANTITY.search(rest))


def inner(quote: str, deadline: date | None, words: str | None) -> tuple[int, int] | None:
    """The part of the goal's own sentence that can be counted."""
    due = quote.find(words) if words else -1
    for match in THRESHOLD.finditer(quote):
        word = match[0].lower()
        if due >= 0 and match.start() < due + len(words) and due < match.end():
            continue  # "no later than 25 September" is the date, not the measure
        if word in ("all", "every", "each of", "up to", "over", "above", "under", "below", "within", "without") and not re.match(r"\s+(?:\w+ ){0,2}(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|eight\b|ten\b|largest)", quote[match.end() :]):
            continue
        start = max((quote.rfind(mark, 0, match.start()) + len(mark) for mark in (", ", "; ", ": ") if mark in quote[: match.start()]), default=0)
        start = match.start() if match.start() - start > 90 or start == 0 else start
        left = re.search(r"\b(?:with|to|a|an|the|of|worth|down to|score|rate)(?: \w+)?(?: of)? $", quote[: match.start()], _I)
        start = min(start, left.start()) if left and start == match.start() else start
        ends = [quote.find(mark, match.end()) for mark in (", ", "; ", ". ") if quote.find(mark, match.end()) > 0]
        return start, min([*ends, len(quote.rstrip(". "))])
    if (match := re.search(r"\(([^()]{8,120})\)\W*$", quote)) and len(match[1].split()) > 2:
        return match.start(1), match.end(1)  # "Recertify by 11 December (certificate to the training officer)."
    if deadline and (match := _DELIVERS.search(quote)):
        last = list(_DELIVERS.finditer(quote))[-1]
        return last.start(), last.end()
    return None
