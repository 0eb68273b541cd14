"""Words for a time, as people type them. Finds and shortens; does not turn them into dates (the plan's deadlines do that)."""

import re

DAY = (
    r"(?:mon(?:day)?s?|tue(?:sday|s)?s?|wed(?:nesday|s)?s?|thu(?:rsday|rs|r)?s?|fri(?:day)?s?|sat(?:urday)?s?|sun(?:day)?s?)"
)
CLOCK = r"(?:\d{1,2}[:.]\d\d\s?(?:am|pm)?|\d{1,2}\s?(?:am|pm|o'?clock)|noon|midday|(?<=at )\d{1,2}\b)"
NUMBER = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"forty[- ]five|half an|a couple of|a few|sixty|ninety|hundred)"
)
UNIT = r"(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|wks?|months?)"
SOON = rf"(?:in (?:about |like )?{NUMBER} ?{UNIT}|in half an hour)"
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
DATE = rf"(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)(?: of)?(?: {MONTH})?|\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?)"
NAMED = (
    r"(?:today|tonight|tomorrow|tmrw|tmr|tomoz|2moro|this (?:morning|afternoon|evening|week)|next week|"
    rf"(?:next |this |on |coming )?{DAY}|end of (?:the )?(?:day|week|month)|eod|cob)"
)
WHEN = (
    rf"(?:{SOON}|(?:(?:{NAMED}|{DATE})(?:[ ,]+(?:the )?{DATE})?(?:[ ,]+(?:morning|afternoon|evening))?(?:[ ,]+(?:at |@ ?)?{CLOCK})?)"
    rf"|(?:at )?{CLOCK}(?:[ ,]+(?:on )?{NAMED})?)"
)
SPAN = rf"(?:{NUMBER}[- ]?(?:calendar |business |working )?(?:day|week|wk|month)s?)"
_LEADING = re.compile(r"^(?:on|at|by|the|this(?! (?:morning|afternoon|evening|week))|coming|about|@)\s+", re.IGNORECASE)
_DAY_NAMES = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
_DAY_WORD = re.compile(rf"\b{DAY}\b", re.IGNORECASE)
_TOMORROW = re.compile(r"\b(?:tmrw|tmr|tomoz|2moro)\b", re.IGNORECASE)


def shorten(words: str) -> str:
    """The same time in the fewest plain words: "on thurs at 2pm" becomes "Thursday 2pm"."""
    words = _LEADING.sub("", words.strip(" ,.")).lower()
    words = _TOMORROW.sub("tomorrow", words)
    words = re.sub(r"\b(?:at|on|@)\s+", "", words)
    words = re.sub(r"(\d)\s+(am|pm)\b", r"\1\2", words)
    words = _DAY_WORD.sub(lambda match: _DAY_NAMES[match[0].lower()[:3]], words)
    return re.sub(r"\s+", " ", words).strip(" ,")
