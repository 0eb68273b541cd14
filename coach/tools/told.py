"""A meeting that the person told the chat about and that is not among the check-ins: what is known of it, to be offered.

Reads the person's own words with the day on which they were written. Guesses nothing; stores only what is asked for.
"""

import re
from datetime import date, datetime, time

from coach.meetings import rhythm
from coach.plan.dates import Calendar
from coach.schema.checklist import CheckInState, Checklist
from coach.schema.conversation import Move, Session
from coach.schema.knowledge import Record
from coach.tools import check_in_series as series
from coach.tools.diary import Diary
from coach.tools.turn import Turn

_I = re.IGNORECASE
_PUT_IN = re.compile(r"\b(?:add|put|save|note|enter|book|keep)\b[^.?!\n]{0,20}\b(?:it|that|this|the meeting)\b[^.?!\n]{0,25}\b(?:list|calendar|diary|check-?ins?|plan)\b", _I)
_OVER = re.compile(r"\b(?:was|were|had|met|went|yesterday|last|ago|cancel\w*)\b", _I)
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+")


class Told(Record):
    """A meeting in the person's words. `at` is None where they name no time."""

    quote: str
    on: date
    at: time | None = None
    who: str = ""


def told(session: Session | None, checklist: Checklist, today: date) -> Told | None:
    """The meeting that the conversation knows of, where its day is clear, is not over and has no check-in yet."""
    fact = session.known.meeting if session else None
    if session is None or fact is None or fact.value == "none":
        return None
    said = next((one for one in reversed(session.messages) if one.author == "person" and fact.quote in one.text), None)
    found = meeting_in(_around(said.text, fact.quote), said.at) if said else None
    taken = {one.at.date() for one in checklist.check_ins if one.state is not CheckInState.CANCELLED}
    return found if found and found.on >= today and found.on not in taken else None


def meeting_in(sentence: str, written: datetime) -> Told | None:
    """The one meeting ahead that a sentence names with its day; None where it recurs, is over or has no day."""
    on = written.date()
    found = rhythm.read(sentence, Calendar(sent=on))
    days = () if _OVER.search(sentence) else series.single(sentence, found, on)
    if len(days) != 1:
        return None
    who = series.WITH.search(sentence)
    return Told(quote=" ".join(sentence.split()), on=days[0], at=found.at, who=who["who"] if who else "")


def moves(turn: Turn, checklist: Checklist | None, diary: Diary | None, zone: str) -> list[Move]:
    """The meeting told before, put in the list on request; [] where the message asks for nothing of the kind."""
    found = told(turn.session, checklist or Checklist(), turn.today) if _PUT_IN.search(turn.text) else None
    if found is None:
        return []
    at = rhythm.clock(turn.text) or found.at
    zone = checklist.check_ins[-1].zone if checklist and checklist.check_ins else zone
    return series.one(turn, (found.on,), rhythm.read(found.quote, Calendar(sent=turn.today)).model_copy(update={"at": at}), found.who, zone, diary)


def _around(text: str, quote: str) -> str:
    """The sentence in which the words stand."""
    return next((sentence.strip() for sentence in _SENTENCE.split(text) if quote in sentence), quote)
