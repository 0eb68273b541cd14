"""The route check_in: meetings put in the list, a page to bring, a recap, a summary, one that fell out, the last review.

Rules choose; every text is curated and filled with what was noted. What is stored is said back, and one step of undo takes it
back. Whatever is none of this goes to the logbook (log.py).
"""

import dataclasses
import re
from collections.abc import Sequence
from datetime import date

from coach.checklist.words import day
from coach.meetings.agenda import agenda
from coach.meetings.ahead import ahead
from coach.meetings.ending import ending
from coach.meetings.missed import rebook
from coach.meetings.recap import recap
from coach.meetings.rhythm import weekdays
from coach.meetings.summary import summary
from coach.meetings.words import meeting
from coach.schema.checklist import CheckIn, CheckInState, Checklist, Entry
from coach.schema.conversation import Move
from coach.schema.enums import Route
from coach.schema.meetings import Letter, Section, Sheet
from coach.tools import check_in_count, check_in_series, log, ready, told
from coach.tools.diary import Diary
from coach.tools.plan import say
from coach.tools.questions import review
from coach.tools.standing import standing
from coach.tools.turn import Turn

_I = re.IGNORECASE
_MEETING = r"(?:check-?ins?|check in|1:1|1-1|one[- ]to[- ]one|one[- ]on[- ]one|meeting|review|talk|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thurs?(?:day)?|fri(?:day)?|tomorrow)"
_PAGES = (
    ("recap", re.compile(r"\brecap\b(?! (?:e-?mail )?(?:to|for) hr)", _I)),
    ("agenda", re.compile(
        rf"\bagenda\b|\bwhat (?:do|should|shall|can|must|to) (?:i )?(?:bring|take (?:along|with me))\b|\b(?:prep|prepare|get) (?:me |us )?(?:ready )?for\b[^.?!]{{0,25}}\b{_MEETING}\b", _I)),
    ("ending", re.compile(
        r"\b(?:final|last|closing) (?:review|check-?in|meeting)\b[^.?!]{0,60}\b(?:stand|bring|ready|prepare|show|have)\b|\b(?:where|how) (?:do|does) (?:i|it|each goal|my goals) stand\b[^.?!]{0,60}\b(?:end|final|last)\b", _I)),
)  # fmt: skip
_FELL_OUT = (
    (CheckInState.CANCELLED, re.compile(r"\bcancel\w*|\bcall(?:ed|s) (?:it |us |that )?off\b|\bpostpone[ds]?\b", _I)),
    (CheckInState.MISSED, re.compile(
        r"\b(?:didn'?t|did not|never|hasn'?t) (?:turn(?:ed)? up|show(?:ed)?(?: up)?|happen(?:ed)?|take place|took place|c[oa]me)\b|\bno[- ]show\b|\bfell through\b", _I)),
)  # fmt: skip
_ASKS = re.compile(r"\?\s*$|^\W*(?:how (?:many|often)|what if|what do|which|when|if (?:she|he|they))\b", _I)
_NEIGHBOURS = (Route.COACH, Route.QUESTIONS, Route.DRAFT)
_NEAR = 7  # days within which a check-in is the one that is meant


def moves(turn: Turn, checklist: Checklist | None, diary: Diary | None, zone: str) -> list[Move]:
    """The reply for the route check_in. Stores through `diary`, where there is one; `zone` is the machine's."""
    if checklist is not None and (said := page(turn, checklist)):
        return said
    if checklist is not None and (said := check_in_count.moves(turn, checklist)):
        return said
    if checklist is not None and diary is not None and (said := _set_aside(turn, checklist, diary)):
        return said
    if said := told.moves(turn, checklist, diary, zone):
        return said
    if said := check_in_series.moves(turn, checklist, diary, zone):
        return said
    if (
        checklist is not None
        and ready.kind(Route.CHECK_IN, turn.text) == "summarise"
        and (checklist.log or checklist.items)
    ):
        return _summary(turn, checklist)
    return log.moves(turn, checklist, diary.add if diary else None)


def claimed(turn: Turn, checklist: Checklist | None) -> Turn:
    """The turn for this ability where a page of it is asked for in words that sound like another one, and can be made."""
    if checklist is not None and turn.route in _NEIGHBOURS and _page_of(turn, checklist):
        return dataclasses.replace(turn, route=Route.CHECK_IN)
    return turn


def page(turn: Turn, checklist: Checklist) -> list[Move]:
    """The agenda, the recap or the last review that the message asks for; empty where it asks for none or none can be made."""
    name = _page_of(turn, checklist)
    book = turn.library.meetings
    says = book.chat
    if name == "agenda" and (following := _ahead(checklist, turn)):
        found = agenda(checklist, following, turn.today, book)
        return [
            say(turn, list(says.agenda), meeting=meeting(following, says)),
            *_sections(found),
            say(turn, list(says.agenda_after)),
        ]
    if name == "recap" and (held := _held(checklist, turn.today)):
        letter = recap(checklist, held, book).letter
        return [
            say(turn, list(says.recap), meeting=meeting(held, says)),
            _quoted(letter),
            say(turn, list(says.recap_after)),
        ]
    if name == "ending":
        asks = [
            one.text
            for one in review(
                "final", standing(checklist), turn.known, today=turn.today, book=turn.library.questions
            )
        ]
        found = ending(checklist, asks, book)
        shown = [section for section in found.sheet.sections if section.key in ("goals", "work", "look")]
        return [say(turn, list(says.ending)), *_of(shown), say(turn, list(says.ending_after))]
    return []


def _page_of(turn: Turn, checklist: Checklist) -> str | None:
    name = next((name for name, pattern in _PAGES if pattern.search(turn.text)), None)
    there = {
        "agenda": _ahead(checklist, turn),
        "recap": _held(checklist, turn.today),
        "ending": checklist.items or None,
    }
    return name if name and there[name] else None


def _set_aside(turn: Turn, checklist: Checklist, diary: Diary) -> list[Move]:
    state = next((state for state, pattern in _FELL_OUT if pattern.search(turn.text)), None)
    if state is None or _ASKS.search(turn.text) or not (meant := _meant(checklist.check_ins, turn)):
        return []
    book, says = turn.library.meetings, turn.library.meetings.chat
    entry = Entry(on=turn.today, text=turn.text.strip())
    after = diary.change(meant, state=state, along=entry)
    marked = tuple(after if one.id == after.id else one for one in checklist.check_ins)
    found = rebook(checklist.model_copy(update={"check_ins": marked}), after, turn.today, book)
    quoted = "\n".join(f"> {line}" for line in entry.text.splitlines() if line.strip())
    return [
        say(turn, list(says.set_aside), meeting=meeting(after, says), state=state.value),
        Move(
            kind="inform", text=f"{say(turn, list(says.kept_words), today=day(turn.today)).text}\n\n{quoted}"
        ),
        Move(
            kind="words", text=" ".join(found.letter.text.split("\n\n")[1:-1])
        ),  # between greeting and sign-off
        say(turn, list(says.set_aside_after if found.slot else says.set_aside_no_slot)),
    ]


def _meant(check_ins: Sequence[CheckIn], turn: Turn) -> CheckIn | None:
    """The planned check-in that fell out: on the day that is named, else today's or the last one, else the next one."""
    planned = [
        one
        for one in check_ins
        if one.state is CheckInState.PLANNED and abs((one.at.date() - turn.today).days) <= _NEAR
    ]
    if named := weekdays(turn.text):
        planned = [one for one in planned if one.at.weekday() in named]
    past = [one for one in planned if one.at.date() <= turn.today]
    return max(past, key=lambda one: one.at) if past else min(planned, key=lambda one: one.at, default=None)


def _summary(turn: Turn, checklist: Checklist) -> list[Move]:
    says, lines = turn.library.meetings, turn.lines["plan"]
    since = log.first_day(turn)
    found = summary(checklist, since, turn.today, says)
    shown = day(since) if since else lines["from_the_start"]
    if found.empty:
        return [say(turn, lines["summary_none"], since=shown)]
    parts = [
        _listed(goal.title, [one.text for one in goal.sentences] or [says.summary.nothing])
        for goal in found.goals
    ]
    parts += [_listed(says.summary.other, [one.text for one in found.other])] if found.other else []
    return [say(turn, list(says.chat.standing), since=shown), *parts, say(turn, lines["summary_after"])]


def _ahead(checklist: Checklist, turn: Turn) -> CheckIn | None:
    """The next planned check-in, on the day that is named where there is one."""
    planned = ahead(checklist, turn.today)
    named = weekdays(turn.text)
    on_the_day = [one for one in planned if one.at.weekday() in named]
    return next(iter(on_the_day or planned), None)


def _held(checklist: Checklist, today: date) -> CheckIn | None:
    """The last check-in that took place, or that was planned for a day that is past or today."""
    past = [
        one
        for one in checklist.check_ins
        if one.state in (CheckInState.HELD, CheckInState.PLANNED) and one.at.date() <= today
    ]
    return max(past, key=lambda one: one.at, default=None)


def _sections(sheet: Sheet) -> list[Move]:
    return _of(sheet.sections)


def _of(sections: Sequence[Section]) -> list[Move]:
    return [
        _listed(section.heading, [f"{'   ' if row.level else ''}{row.text}" for row in section.rows])
        for section in sections
    ]


def _listed(heading: str, rows: Sequence[str]) -> Move:
    return Move(kind="inform", text="\n".join([f"**{heading}**", *(f"- {row}" for row in rows)]))


def _quoted(letter: Letter) -> Move:
    return Move(
        kind="inform",
        text="\n".join(f"> {line}".rstrip() for line in letter.message.splitlines()),
    )
