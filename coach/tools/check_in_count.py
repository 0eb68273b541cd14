"""How many meetings were cancelled, missed or held, or are still to come: a number, with the days. Pure; stores nothing.

What the list says is counted. Notes that speak of it are shown beside it and not counted, since one meeting may have several.
"""

import re

from coach.checklist.words import day
from coach.meetings.ahead import ahead
from coach.schema.checklist import CheckInState, Checklist
from coach.schema.conversation import Move
from coach.tools.plan import say
from coach.tools.turn import Turn

_I = re.IGNORECASE
_HOW_MANY = re.compile(r"\bhow (?:many|often)\b|\bwhat number of\b|\b(?:count|number of) (?:\w+ )?(?:check-?ins|meetings|1:1s|cancel\w*|no[- ]shows)\b", _I)
_STATES = (
    (CheckInState.CANCELLED, re.compile(r"\bcancel\w*|\bcall(?:ed|s)? (?:\w+ )?off\b|\bpostpone[ds]?\b", _I)),
    (CheckInState.MISSED, re.compile(r"\bmiss(?:ed)?\b|\bno[- ]shows?\b|\b(?:didn'?t|did not|never) (?:show|turn up|happen|take place|come)\b|\bfell through\b", _I)),
    (CheckInState.PLANNED, re.compile(r"\b(?:left|to come|to go|ahead|remaining|still (?:have|planned))\b", _I)),
    (CheckInState.HELD, re.compile(r"\b(?:held|happened|took place|(?:did|have) we (?:had|have|met|meet|held|hold))\b", _I)),
)  # fmt: skip


def moves(turn: Turn, checklist: Checklist) -> list[Move]:
    """The number and the days, or [] where the message asks for none."""
    state = next((state for state, pattern in _STATES if pattern.search(turn.text)), None)
    if state is None or not _HOW_MANY.search(turn.text):
        return []
    says = turn.library.meetings.chat
    meant = [one for one in checklist.check_ins if one.state is state] if state is not CheckInState.PLANNED else ahead(checklist, turn.today)
    days = [day(one.at) for one in sorted(meant, key=lambda one: one.at)]
    lines = says.counted if len(days) > 1 else says.counted_one if days else says.counted_none
    said = [say(turn, list(lines), count=str(len(days)), state=state.value, days=", ".join(days))]
    heard = next(pattern for known, pattern in _STATES if known is state)
    notes = [f"- {day(one.on)}: {' '.join(one.text.split())}" for one in checklist.log if heard.search(one.text)]
    if notes and state in (CheckInState.CANCELLED, CheckInState.MISSED):
        said += [say(turn, list(says.counted_notes)), Move(kind="inform", text="\n".join(notes))]
    return said
