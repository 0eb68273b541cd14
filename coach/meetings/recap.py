"""After a check-in: what was agreed, by whom and by when, answers, open points, and the words to send. Pure.

What was typed is given back as it was typed; who and by when stand in [brackets] where the words do not say them. The
person's own notes on the talk never go into the words to send.
"""

import re
from collections.abc import Collection

from coach.checklist.words import day
from coach.meetings import words
from coach.meetings.agenda import MOST, open_promises, open_questions
from coach.meetings.words import fill, meeting, whole
from coach.schema.checklist import CheckIn, CheckInState, Checklist, Origin
from coach.schema.meeting_words import MeetingBook, RecapWords
from coach.schema.meetings import Letter, Recap, Row, Section, Sheet

_WHO = re.compile(
    r"\b(?:I|I'll|I\u2019ll|me|my|we|both of us|you|he|she|they|hr|my manager|our manager)\b", re.IGNORECASE
)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
_WHEN = re.compile(
    r"\b(?:today|tomorrow|tonight|daily|weekly|monthly|fortnightly|each|every|next (?:week|month|check-?in|time|meeting)|end of (?:the )?(?:day|week|month|plan)|this week|"
    rf"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} \d{{1,2}}|(?:by|until|in|before|end of) {_MONTH}|(?:by|on) the \d{{1,2}}(?:st|nd|rd|th)|"
    r"\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|(?:in|within) (?:\d+|a|one|two|three|four) (?:days?|weeks?|months?))\b",
    re.IGNORECASE,
)


def recap(checklist: Checklist, check_in: CheckIn, book: MeetingBook) -> Recap:
    """What the meeting left behind, by what is noted."""
    says = book.recap
    sections = tuple(
        section
        for section in (
            _agreed(checklist, check_in, says),
            _answers(checklist, check_in, says),
            _feedback(checklist, check_in, says),
            _open(checklist, check_in, says),
        )
        if section.rows
    )
    sheet = Sheet(
        title=fill(says.title, meeting=meeting(check_in, book.chat)), lead=says.lead, sections=sections,
        close=says.private if check_in.notes.strip() else "",
    )  # fmt: skip
    return Recap(sheet=sheet, letter=_letter(checklist, check_in, sections, says))


def step(text: str, names: Collection[str], says: RecapWords) -> str:
    """What was agreed, as it was typed, with [name] and [date] where the words name nobody or no day."""
    said = whole(text)
    missing = (
        []
        if _WHO.search(said)
        or any(re.search(rf"\b{re.escape(name)}\b", said, re.IGNORECASE) for name in names)
        else [says.who]
    )
    missing += [] if _WHEN.search(said) else [says.by]
    return f"{said.rstrip('.')} ({', '.join(missing)})" if missing else said


def _agreed(checklist: Checklist, check_in: CheckIn, says: RecapWords) -> Section:
    names = _names(checklist, check_in)
    rows = [
        Row(text=step(text, names, says), sources=(check_in.id,)) for text in check_in.agreed if text.strip()
    ]
    rows += [
        Row(text=fill(says.measure, title=whole(item.title), measure=whole(item.measure)), sources=(item.id,))
        for item in checklist.items
        if item.origin is not Origin.DROPPED
        and item.measure
        and item.measure_source == f"meeting of {day(check_in.at)}"
    ]
    return Section(key="agreed", heading=says.agreed, rows=tuple(rows) or (Row(text=says.nothing_agreed),))


def _names(checklist: Checklist, check_in: CheckIn) -> set[str]:
    plan = checklist.plan.extraction.plan if checklist.plan else None
    known = (check_in.who, plan.manager if plan else "", plan.employee if plan else "")
    return {part for name in known for part in re.findall(r"[^\W\d_]{3,}", name or "")}


def _answers(checklist: Checklist, check_in: CheckIn, says: RecapWords) -> Section:
    rows = tuple(
        Row(text=fill(says.answer, question=whole(one.text), answer=whole(one.answer)), sources=(one.id,))
        for one in checklist.questions
        if one.answer.strip() and one.answered_on == check_in.at.date()
    )
    return Section(key="answers", heading=says.answers, rows=rows)


def _feedback(checklist: Checklist, check_in: CheckIn, says: RecapWords) -> Section:
    heard = [one for one in checklist.feedback if one.on == check_in.at.date()]
    who = check_in.who.strip().casefold()
    rows = tuple(
        Row(text=whole(one.text), sources=(one.id,))
        for one in heard
        if not one.who.strip() or not who or one.who.strip().casefold() == who
    )
    return Section(key="feedback", heading=says.feedback, rows=rows)


def _open(checklist: Checklist, check_in: CheckIn, says: RecapWords) -> Section:
    asked = [one for one in checklist.questions if one.ticked and not one.answer.strip()]
    rows = [
        Row(text=whole(one.text), sources=(one.id,)) for one in [*asked, *open_questions(checklist)][:MOST]
    ]
    rows += [
        Row(text=whole(one.text), sources=(one.id,))
        for one in open_promises(checklist, check_in.at.date())
        if one.due
    ]
    return Section(key="open", heading=says.open, rows=tuple(rows))


def _letter(
    checklist: Checklist, check_in: CheckIn, sections: tuple[Section, ...], says: RecapWords
) -> Letter:
    after = [one for one in checklist.check_ins if one.state is CheckInState.PLANNED and one.at > check_in.at]
    following = min(after, key=lambda one: one.at, default=None)
    parts = [
        fill(says.greeting, who=whole(check_in.who) or words.manager(checklist)),
        fill(says.opening, day=day(check_in.at)),
        *(words.listed(section.heading, (row.text for row in section.rows)) for section in sections),
        fill(says.next, when=words.when(following.at)) if following else says.next_unknown,
        says.close,
        fill(says.sign_off, name=words.my_name(checklist)),
    ]
    return Letter(subject=fill(says.subject, day=day(check_in.at)), text="\n\n".join(parts))
