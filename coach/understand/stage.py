"""Which stage of the way through a plan the person is in. Rules on their words first, then the guidance card that fits,
else the stage stays what it was."""

import re

from coach.schema.conversation import Known
from coach.schema.enums import Stage
from coach.understand.facts import Found

_I = re.IGNORECASE
_CUES = [
    (stage, re.compile(pattern, _I))
    for stage, pattern in (
        (Stage.END, r"\b(?:final|last|closing|end[- ]of[- ]plan) (?:review|meeting|check[- ]?in|week|day)|\bplan (?:ends|finishes|is over|runs out|ended)|"
                    r"\b(?:failed|passed|extended) (?:the|my) (?:pip|plan)|\boutcome\b|\blast day\b|\bthey (?:fired|sacked|let me go|terminated)|\bgot (?:fired|sacked|let go|terminated)"),
        (Stage.FIRST_MEETING, r"\b(?:meeting|sit ?down|kick ?-?off|the room|hr (?:to )?join|walk in(?:to)?|going in)\b(?![^.?!]{0,20}\b(?:every|weekly|daily)\b)"),
        (Stage.RESPOND, r"\b(?:sign(?:ed|ing|ature)?|respond|response|reply|rebuttal|statement|own up|admit|apologi[sz]e|my (?:fault|mistake)|defensive|"
                        r"correct (?:it|the|them)|wrong dates?|not true|half of it|write back|acknowledge|hold my hands? up|take responsibility)\b"),
        (Stage.STAY_OR_GO, r"\b(?:stay or|stick it out|(?:want|wanna|going|ready|decided) to (?:leave|quit|stay)|job ?hunt\w*|other (?:jobs?|roles?)|new job|apply(?:ing)? (?:elsewhere|for)|"
                           r"recruiter|interviews?|cv|resume|worth (?:it|staying)|update my (?:cv|resume)|leaving|walk away|paper ?trail|building a case|manag\w+ me out|pushing me out)\b"),
        (Stage.CHECK_INS, r"\b(?:check[- ]?ins?|catch[- ]?ups?|1:1s?|one[- ]to[- ]ones?|touch base|how often|weekly meetings?|feedback|avoid(?:ing)? (?:him|her|my)|poker face|"
                          r"cancel\w* (?:again|our|my|the|on)|notice[sd]? (?:anything|any|my|i|the)|improving|am i (?:passing|doing))\b"),
        (Stage.WORK, r"\b(?:track\w*|log(?:ging|ged)?|training|course|learn(?:ing)?|colleagues?|coworkers?|co-workers?|workmates?|teammates?|peers?|prioriti\w+|"
                     r"evidence|record of|wins|spreadsheet|tell (?:people|everyone|my team)|what do i (?:tell|say to) (?:people|them|colleagues)|drowning in|too much on)\b"),
        (Stage.UNDERSTAND, r"\b(?:what (?:does|is|do they mean|counts)|mean(?:s|t)? by|vague|measure[ds]?|in writing|on paper|the (?:plan|document|letter|pdf) (?:says|doesn'?t say)|examples? of|"
                           r"why (?:am i|me|now|formal)|how long|deadline is|goals?|unclear|page \d|criteria|success look)\b"),
        (Stage.FIRST_DAYS, r"\b(?:just (?:got|been|had|found|came|told|put|walked)|an hour ago|this morning|can'?t (?:stop|think|sleep|breathe)|cant (?:stop|think|sleep)|in shock|shaking|crying|"
                           r"panic\w*|vent|rant|what (?:do|should) i (?:even )?do|numb|blindsided|out of nowhere)\b"),
    )
]  # fmt: skip


def find(text: str, found: Found, known: Known, before: Stage, card_stage: Stage | None, *, first: bool) -> Stage:
    """The stage after this message. `card_stage` belongs to the best guidance card, None when out of scope."""
    if "resigned" in found:
        return Stage.END
    if first and "received" in found and not set(found) & {"signed", "reply_due", "wants", "week"}:
        return Stage.FIRST_DAYS
    if first and _is(Stage.FIRST_DAYS, text) and "?" not in text:
        return Stage.FIRST_DAYS
    if "reply_due" in found or found.get("signed"):
        return Stage.RESPOND
    if "wants" in found:
        return Stage.STAY_OR_GO
    if "check_ins" in found and found["check_ins"].value != "none":
        return Stage.CHECK_INS
    if _is(Stage.END, text):
        return Stage.END
    if "meeting" in found:
        return Stage.FIRST_MEETING if before is not Stage.CHECK_INS else before
    named = _named(text)
    if named and card_stage in named:
        return card_stage
    if named:
        return named[0]
    if found and set(found) & {"document", "length", "reason"}:
        return before if before is not Stage.FIRST_DAYS else Stage.UNDERSTAND
    if card_stage is not None and len(text.split()) > 5:
        return card_stage
    return before


def _named(text: str) -> list[Stage]:
    return [stage for stage, pattern in _CUES if pattern.search(text)]


def _is(stage: Stage, text: str) -> bool:
    return stage in _named(text)
