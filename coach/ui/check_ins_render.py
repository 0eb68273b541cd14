"""Check-ins as HTML: what is ahead, what was, a series to accept, the summary, the end. Pure; everything is escaped."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from coach.meetings.agenda import agenda
from coach.meetings.ending import ending
from coach.meetings.missed import rebook
from coach.meetings.proposal import explain
from coach.meetings.recap import recap
from coach.meetings.summary import summary
from coach.meetings.words import fill, when
from coach.schema.checklist import CheckIn, CheckInState, Checklist
from coach.schema.meeting_words import MeetingBook
from coach.schema.meetings import GoalSummary, Proposal, Row, Section, Sentence
from coach.tools.told import Told
from coach.ui import meetings_words as words
from coach.ui.markup import escape
from coach.ui.plan_parts import do, field, lines, options, pressed, short_day, text_area
from coach.ui.sheet_render import letter, sheet, trace
from coach.ui.sheet_render import section as rows_of

SOON = 4
CALENDAR = '<a class="small-button" href="/plan/export/ics" download>Calendar (ICS)</a>'


def section(
    checklist: Checklist, proposal: Proposal, book: MeetingBook, today: date, *, asks: Sequence[str], since: date | None, zone: str, told: Told | None = None
) -> str:
    """The whole section."""
    rows = sorted(checklist.check_ins, key=lambda one: (one.at, one.id))
    ahead = [one for one in rows if one.state is CheckInState.PLANNED]
    past = [one for one in reversed(rows) if one.state is not CheckInState.PLANNED]
    soon = "".join(_planned(one, checklist, book, today) for one in ahead[:SOON])
    later = "".join(_opening(one, "", f"{_became(one)}{_edit(one)}") for one in ahead[SOON:])  # their page fills when they come near
    more = f'<details class="more" data-key="later"><summary data-key="sum-later">And {len(ahead) - SOON} more</summary>{later}</details>' if later else ""
    none = "" if ahead else f"<p>{words.NO_CHECK_INS}</p>"
    calendar = f'<div class="row">{CALENDAR}</div>' if ahead else ""
    was = "".join(_past(one, checklist, book, today) for one in past)
    held = f'<section class="part items"><h3>{words.WAS}</h3>{was}</section>' if was else ""
    return (
        f'<section class="part items"><h3 data-key="ahead-head" tabindex="-1">{words.AHEAD}</h3>{_told(told, zone, book)}{none}{soon}{more}{calendar}{_new(zone, today)}</section>{held}'
        f"{_series(proposal, book, bool(ahead))}{_status(checklist, since, today, book)}{_end(checklist, asks, book)}"
    )


def _planned(one: CheckIn, checklist: Checklist, book: MeetingBook, today: date) -> str:
    tag = f'<span class="tag">{words.WHAT_BECAME}</span>' if one.at.date() < today else ""
    inside = f"{_became(one)}<h4>{words.AGENDA}</h4>{sheet(agenda(checklist, one, today, book))}{_edit(one)}"
    return _opening(one, tag, inside)


def _past(one: CheckIn, checklist: Checklist, book: MeetingBook, today: date) -> str:
    tag = f'<span class="status {one.state.value}">{words.STATES[one.state]}</span>'
    after = _held(one, checklist, book) if one.state is CheckInState.HELD else _fell_out(one, checklist, book, today)
    return _opening(one, tag, f"{_became(one)}{after}{_edit(one)}")


def _opening(one: CheckIn, tag: str, inside: str) -> str:
    who = f"With {one.who}" if one.who.strip() else ""
    small = " · ".join(part for part in (words.KINDS[one.kind], who, f"{one.minutes} min") if part)
    return (
        f'<details class="item" data-key="check-in-{one.id}"><summary data-key="sum-{one.id}"><span class="what"><span class="title">{escape(when(one.at))}</span>'
        f'<span class="small">{escape(small)}</span></span>{tag}</summary><div class="inside">{inside}</div></details>'
    )


def _became(one: CheckIn) -> str:
    choices = "".join(
        pressed("meetings:became", label, state is one.state, id=one.id, state=state.value, key=f"became-{one.id}-{state.value}")
        for state, label in words.STATES.items()
    )
    return f'<div class="row" role="group" aria-label="{words.WHAT_BECAME}">{choices}</div>'


def _held(one: CheckIn, checklist: Checklist, book: MeetingBook) -> str:
    found = recap(checklist, one, book)
    noted = (
        f'<form data-do="meetings:notes" data-id="{one.id}" data-version="{one.version}" data-save="{one.id}">'
        f"{text_area(words.AGREED_LINES, 'agreed', chr(10).join(one.agreed), 3, key=f'agreed-{one.id}')}"
        f"{text_area(words.OWN_NOTES, 'notes', one.notes, 3, key=f'notes-{one.id}')}"
        f'<p class="small saved" data-slot="saved-{one.id}" role="status"></p></form>'
    )
    heard = (
        f'<details class="more" data-key="heard-{one.id}"><summary data-key="sum-heard-{one.id}">Note feedback you got there</summary>'
        f'<form data-do="meetings:heard" data-id="{one.id}" data-key="form-heard-{one.id}">{text_area("What was said", "text", key=f"heard-text-{one.id}")}'
        f'{field("Who", "who", one.who, key=f"heard-who-{one.id}")}<button type="submit" class="small-button">Note it</button></form></details>'
    )
    recap_ = (
        f'<details class="more" data-key="recap-{one.id}" data-fresh="1"><summary data-key="sum-recap-{one.id}">{words.RECAP}</summary>'
        f'<p class="small">{escape(found.sheet.lead)} {words.BLANKS}</p>{letter(f"recap-{one.id}", found.letter.message, "recap", found.letter.subject)}'
        f'<p class="small">{escape(found.sheet.close)}</p></details>'
    )
    return f"{noted}{heard}{recap_}"


def _fell_out(one: CheckIn, checklist: Checklist, book: MeetingBook, today: date) -> str:
    found = rebook(checklist, one, today, book)
    slot = do("meetings:slot", words.TAKE_SLOT, "small-button", when(found.slot.at), id=one.id, key=f"slot-{one.id}") if found.slot else ""
    return f"<p>{escape(found.said)}</p><div>{slot}</div>{letter(f'rebook-{one.id}', found.letter.message, 'rebook', found.letter.subject)}"


def _edit(one: CheckIn) -> str:
    remove = do("meetings:remove-check-in", "Remove", "quiet", when(one.at), id=one.id, version=one.version, key=f"remove-{one.id}")
    return (
        f'<details class="more" data-key="edit-{one.id}"><summary data-key="sum-edit-{one.id}">Change or remove<span class="unseen"> {escape(when(one.at))}</span></summary>'
        f'<form data-do="meetings:change" data-verb="change-check-in" data-id="{one.id}" data-version="{one.version}">{_fields(one.id, one)}'
        f'<div class="row"><button type="submit" class="small-button">Save</button>{remove}</div></form></details>'
    )


def _told(found: Told | None, zone: str, book: MeetingBook) -> str:
    """A meeting from the chat, with what is known of it in the fields."""
    if found is None:
        return ""
    says = fill(book.chat.told if found.at else book.chat.told_open, quote=found.quote)
    shown = (found.on, f"{found.at:%H:%M}" if found.at else None, None, found.who, zone)
    return (
        f'<form class="told" data-do="meetings:add-check-in" data-key="form-told"><p>{escape(says)}</p>{_grid("told", shown)}'
        f'<button type="submit" class="small-button" data-key="told-go">{words.PUT_TOLD}</button></form>'
    )


def _new(zone: str, today: date) -> str:
    kinds = options("What kind", "kind", [(kind.value, label) for kind, label in words.KINDS.items()], "check_in", key="new-kind")
    return (
        '<details class="more" data-key="new-check-in"><summary data-key="sum-new-check-in">Add a meeting</summary>'
        f'<form data-do="meetings:add-check-in" data-key="form-check-in">{_fields("new", None, zone)}{kinds}<button type="submit" class="small-button">Add</button></form></details>'
    )


def _fields(key: str, one: CheckIn | None, zone: str = "") -> str:
    return _grid(key, (one.at.date(), f"{one.at:%H:%M}", one.minutes, one.who, one.zone) if one else (None, None, None, None, zone))


def _grid(key: str, shown: Sequence[Any]) -> str:
    rows = (("Day", "on", "date"), ("Time", "time", "time"), ("Minutes", "minutes", "number"), ("With whom", "who", "text"), ("Time zone", "zone", "text"))
    inner = "".join(field(label, name, value, kind, key=f"{key}-{name}") for (label, name, kind), value in zip(rows, shown, strict=True))
    return f'<div class="grid">{inner}</div>'


def _series(proposal: Proposal, book: MeetingBook, some: bool) -> str:
    found = explain(proposal, book)
    count = len(proposal.check_ins)
    if some and not count:
        return ""
    first = proposal.check_ins[0] if count else None
    accept = f"Put these {count} in" if count > 1 else "Put it in"
    form = (
        f'<form data-do="meetings:propose" data-key="form-series"><div class="grid">{field("Time", "time", f"{first.at:%H:%M}", "time", key="series-time")}'
        f'{field("Time zone", "zone", first.zone, key="series-zone")}</div><div class="row"><button type="submit" class="primary" data-as="accept" data-key="accept">{accept}</button>'
        '<button type="submit" class="small-button" data-key="reshow">Show with this time</button></div></form>'
        if first
        else ""
    )
    dates = next((one for one in found.sections if one.key == "dates"), None)
    listed = f'<details class="more" data-key="series-dates"><summary data-key="sum-series-dates">{escape(dates.heading)} ({count})</summary>{_plain(dates)}</details>' if dates else ""
    body = f'{sheet(found, without=("dates",))}{listed}{form}'
    if some:
        return f'<section class="part"><details class="more" data-key="series"><summary data-key="sum-series">{words.MORE_SERIES}</summary>{body}</details></section>'
    return f'<section class="part"><h3>{words.SERIES}</h3>{body}</section>'


def _plain(found: Section) -> str:
    return f'<ul class="plain">{"".join(f"<li>{escape(row.text)}</li>" for row in found.rows)}</ul>'


def _status(checklist: Checklist, since: date | None, today: date, book: MeetingBook) -> str:
    found = summary(checklist, since, today, book)
    form = (
        f'<form class="line" data-do="meetings:since" data-key="form-since">{field("From this day on", "since", since, "date", key="since")}'
        '<button type="submit" class="small-button">Show</button></form>'
    )
    if found.empty:
        shown = f"<p>{escape(book.summary.empty)}</p>"
    else:
        traced = _traced(checklist)
        goals = "".join(_goal(one, traced, book) for one in found.goals)
        other = _sentences(book.summary.other, found.other, traced) if found.other else ""
        shown = (
            f'{goals}{other}<details class="more" data-key="status-letter"><summary data-key="sum-status-letter">{words.AS_MESSAGE}</summary>'
            f'<p class="small">{words.BLANKS}</p>{letter("status", found.letter.message, "status", found.letter.subject)}</details>'
        )
    return f'<section class="part status-part"><h3>{words.STATUS}</h3><p class="small">{words.STATUS_HOW}</p>{form}{shown}</section>'


def _goal(found: GoalSummary, traced: dict[str, str], book: MeetingBook) -> str:
    if not found.sentences:
        return f'<h4>{escape(found.title)}</h4><p class="small">{escape(book.summary.nothing)}</p>'
    return _sentences(found.title, found.sentences, traced)


def _sentences(heading: str, found: Sequence[Sentence], traced: dict[str, str]) -> str:
    rows = "".join(f"<li>{lines(one.text)}{trace(Row(text=one.text, sources=one.sources), traced)}</li>" for one in found)
    return f"<h4>{escape(heading)}</h4><ul>{rows}</ul>"


def _traced(checklist: Checklist) -> dict[str, str]:
    log = {one.id: f"Log, {short_day(one.on)}" for one in checklist.log}
    return log | {one.id: f"Evidence, {short_day(one.on)}" for item in checklist.items for one in item.evidence}


def _end(checklist: Checklist, asks: Sequence[str], book: MeetingBook) -> str:
    if not checklist.items:
        return ""
    found, says = ending(checklist, asks, book), book.ending
    board = "".join(
        f'<div class="track">{rows_of(Section(key=key, heading=heading, rows=rows))}</div>'
        for key, heading, rows in (("work", says.work, found.work), ("look", says.look, found.look))
    )
    return (
        f'<section class="part"><details class="more" data-key="ending"><summary data-key="sum-ending">{escape(found.sheet.title)}</summary>'
        f"{sheet(found.sheet, without=('work', 'look'))}<h4>{escape(says.board)}</h4><div class=\"board\">{board}</div></details></section>"
    )
