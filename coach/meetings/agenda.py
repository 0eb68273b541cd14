"""One page to bring to a check-in: what was done since the last one, what is open, one thing to ask. Pure.

Every row comes from a stored record and names it; nothing is judged and nothing is added.
"""

from datetime import date

from coach.checklist.progress import FINISHED
from coach.checklist.words import day
from coach.meetings.words import fill, line, meeting, noted, statement, tracked
from coach.schema.checklist import (
    CheckIn,
    CheckInState,
    Checklist,
    Entry,
    Evidence,
    Origin,
    Promise,
    PromiseState,
    Question,
)
from coach.schema.meeting_words import MeetingBook
from coach.schema.meetings import Row, Section, Sheet
from coach.schema.plan import Missing

ROWS_OF_A_GOAL = 3
MOST = 5
DONE_WITH = (PromiseState.KEPT, PromiseState.MISSED)


def agenda(checklist: Checklist, check_in: CheckIn, today: date, book: MeetingBook) -> Sheet:
    """The page for one check-in, by what is noted today."""
    last = last_held(checklist, check_in)
    questions = open_questions(checklist)
    promises = open_promises(checklist, check_in.at.date())
    asked = _one_thing(checklist, promises, questions, today, book)
    sections = (
        _done(checklist, last, max(today, check_in.at.date()), book),
        _section(
            "agreed",
            book.agenda.agreed,
            [Row(text=line(step), sources=(last.id,)) for step in last.agreed] if last else [],
        ),
        _section(
            "questions",
            book.agenda.questions,
            [Row(text=line(one.text), sources=(one.id,)) for one in questions if one.id not in asked.sources][
                :MOST
            ],
        ),
        _section("promises", book.agenda.promises, [_promise(one, today, book) for one in promises[:MOST]]),
        _section("ask", book.agenda.ask, [asked]),
    )
    return Sheet(
        title=fill(book.agenda.title, meeting=meeting(check_in, book.chat)),
        sections=tuple(section for section in sections if section.rows),
        close=book.agenda.close,
    )


def last_held(checklist: Checklist, before: CheckIn) -> CheckIn | None:
    """The check-in that took place last before this one."""
    held = [
        one
        for one in checklist.check_ins
        if one.state is CheckInState.HELD and one.at < before.at and one.id != before.id
    ]
    return max(held, key=lambda one: one.at, default=None)


def open_questions(checklist: Checklist) -> list[Question]:
    """What was not asked yet, the most important first."""
    return sorted(
        (one for one in checklist.questions if not one.ticked and not one.answer.strip()),
        key=lambda one: one.priority,
    )


def open_promises(checklist: Checklist, on: date) -> list[Promise]:
    """What they still have to do and what is due by that day or has no day: the earliest first, without a day last."""
    found = [
        one
        for one in checklist.promises
        if one.origin is not Origin.DROPPED
        and one.state not in DONE_WITH
        and (one.due is None or one.due <= on)
    ]
    return sorted(found, key=lambda one: (one.due is None, one.due or on))


def _done(checklist: Checklist, last: CheckIn | None, until: date, book: MeetingBook) -> Section:
    since = last.at.date() if last else None
    found = noted(checklist, since, until)
    rows: list[Row] = []
    for item in tracked(checklist):
        rows.append(Row(text=line(item.title, 120), sources=(item.id,)))
        rows += _newest(found.get(item.id, []), book) or [Row(text=book.agenda.nothing, level=1)]
    if others := found.get("", []):
        rows += [Row(text=book.agenda.other), *_newest(others, book)]
    heading = fill(book.agenda.since, day=day(since)) if since else book.agenda.since_start
    return Section(key="done", heading=heading, rows=tuple(rows) or (Row(text=book.agenda.nothing),))


def _newest(found: list[Entry | Evidence], book: MeetingBook) -> list[Row]:
    """The last few, and how many more there are: the page stays one page."""
    shown, left = found[-ROWS_OF_A_GOAL:], found[:-ROWS_OF_A_GOAL]
    rows = [Row(text=line(statement(one, book.summary)), level=1, sources=(one.id,)) for one in shown]
    if left:
        more = fill(book.agenda.more, count=str(len(left)))
        rows.append(Row(text=more, level=1, sources=tuple(one.id for one in left)))
    return rows


def _promise(promise: Promise, today: date, book: MeetingBook) -> Row:
    words, text = book.agenda, line(promise.text, 160)
    if promise.due is None:
        return Row(text=fill(words.undated, text=text), sources=(promise.id,))
    late = words.late if promise.due < today else words.due
    return Row(text=fill(late, text=text, day=day(promise.due)), sources=(promise.id,))


def _one_thing(
    checklist: Checklist, promises: list[Promise], questions: list[Question], today: date, book: MeetingBook
) -> Row:
    """A late promise first, then the first question of their own, then a goal without a measure."""
    words = book.agenda
    if late := next((one for one in promises if one.due and one.due < today), None):
        return Row(text=fill(words.ask_late, text=line(late.text, 160).rstrip(" .?")), sources=(late.id,))
    if questions:
        return Row(text=line(questions[0].text), sources=(questions[0].id,))
    items = [item for item in tracked(checklist) if item.status not in FINISHED]
    if bare := next((item for item in items if Missing.MEASURE in item.missing and not item.measure), None):
        return Row(text=fill(words.ask_measure, title=line(bare.title, 120)), sources=(bare.id,))
    if items:
        return Row(text=fill(words.ask_next, title=line(items[0].title, 120)), sources=(items[0].id,))
    return Row(text=words.ask_any)


def _section(key: str, heading: str, rows: list[Row]) -> Section:
    return Section(key=key, heading=heading, rows=tuple(rows))
