"""The checklist as HTML: where things stand, each item, promises, log, feedback. Pure; everything is escaped."""

from collections.abc import Sequence
from datetime import date

from coach.checklist.progress import FINISHED, progress
from coach.checklist.words import short
from coach.schema.checklist import (
    Checklist,
    Done,
    Entry,
    Feedback,
    Item,
    Origin,
    Progress,
    Promise,
    PromiseState,
)
from coach.ui import plan_words as words
from coach.ui.item_render import item
from coach.ui.markup import escape
from coach.ui.plan_parts import do, field, long_day, minutes, options, pressed, several, text_area

Waiting = Sequence[tuple[str, str]]
SOON = 4


def side(checklist: Checklist, today: date, waiting: Waiting = ()) -> str:
    """The few lines in the side panel."""
    more = "".join(do("resume", "Go on reviewing", "quiet", name, draft=id) for id, name in waiting)
    if not checklist.plan and not checklist.items:
        return f'{do("open-add", words.ADD, "small-button", key="side-add")}{more}'
    shown = progress(checklist, today)
    done = sum(shown.by_status[status] for status in FINISHED)
    line = f"{several(sum(shown.by_status.values()), 'item')}, {done} done"
    left = _left(shown, checklist)
    return f'<p class="small">{escape(line)}{f"<br>{escape(left)}" if left else ""}</p>{do("view", "Open", "small-button", view="plan", key="side-open")}{more}'


def page(checklist: Checklist, today: date, last: Done | None, waiting: Waiting = ()) -> str:
    """The whole screen."""
    head = (
        f'<div class="plan-top"><header class="plan-head"><h2 data-key="plan-head" tabindex="-1">{words.VIEW}</h2>{_undo(last)}</header>'
        '<div class="slot" data-slot="fault" role="alert"></div><div class="slot" data-slot="said" role="status"></div></div>'
        f'<div class="slot" data-slot="others" role="status"></div>{_waiting(waiting)}'
    )
    empty = not (checklist.plan or checklist.items or checklist.log or checklist.promises or checklist.feedback)
    if empty:
        return f'<div class="page">{head}{_empty()}</div>'
    shown = progress(checklist, today)
    live = [found for found in checklist.items if found.origin != Origin.DROPPED]
    gone = [found for found in checklist.items if found.origin == Origin.DROPPED]
    pages = checklist.plan.extraction.document.pages if checklist.plan else 1
    text = checklist.plan.extraction.document.text if checklist.plan else ""
    cards = "".join(item(found, today, shown, pages, text) for found in live)
    old = "".join(item(found, today, shown, pages, text) for found in gone)
    dropped = f'<details class="more" data-key="gone"><summary data-key="sum-gone">No longer in the plan ({len(gone)})</summary>{old}</details>' if gone else ""
    return (
        f'<div class="page">{head}{_picture(shown, checklist)}<section class="part items"><h3>What you work on</h3>{cards}{dropped}{_new_item()}</section>'
        f"{_promises(checklist, shown)}{_log(checklist, today)}{_feedback(checklist, today)}{_end(checklist)}</div>"
    )


def _empty() -> str:
    return (
        '<section class="part empty"><p>There is no plan here yet. Add it, and see what it asks, by when, and how it is judged, in its own words.</p>'
        f'{do("open-add", words.ADD, "primary", key="plan-add")}<p class="small">A PDF, a Word file, an e-mail, a picture, or pasted text. '
        f"Nothing is tracked before you confirm it.</p></section>"
    )


def _waiting(waiting: Waiting) -> str:
    return "".join(
        f'<p class="waiting">A review of {escape(name)} is not finished. {do("resume", "Go on", "small-button", name, draft=id)}</p>' for id, name in waiting
    )


def _undo(last: Done | None) -> str:
    return do("plan:undo", f"Undo: {short(last.line, 70)}", "quiet undo", id=last.id, key="undo") if last else ""


def _left(shown: Progress, checklist: Checklist) -> str:
    plan = checklist.plan.extraction.plan if checklist.plan else None
    if shown.days_left is None or plan is None or plan.end_date is None:
        return ""
    if shown.ended:
        return f"The last day was {long_day(plan.end_date)}."
    if shown.days_left == 0:
        return "Today is the last day of the plan."
    return f"{several(shown.days_left, 'day')} left, until {long_day(plan.end_date)}."


def _picture(shown: Progress, checklist: Checklist) -> str:
    total = sum(shown.by_status.values())
    done = sum(shown.by_status[status] for status in FINISHED)
    counts = " · ".join(f"{count} {words.STATUSES[status].lower()}" for status, count in shown.by_status.items() if count)
    bar = f'<progress value="{done}" max="{max(total, 1)}" aria-label="{done} of {total} items done">{done} of {total}</progress>' if total else ""
    spent = f"{minutes(shown.minutes_total)} noted" if shown.minutes_total else "No time noted yet"
    spent += f", {minutes(shown.minutes_beyond)} of it above and beyond the plan" if shown.minutes_beyond else ""
    dates = "".join(
        f'<li><span class="when">{long_day(found.on)}</span> {words.NEXT[found.kind]}{f": {escape(short(found.text, 70))}" if found.text else ""}</li>'
        for found in shown.next_dates[:SOON]
    )
    coming = f'<div><h4>Next dates</h4><ul class="plain">{dates}</ul></div>' if dates else ""
    left = _left(shown, checklist) or "The plan names no last day."
    return (
        f'<section class="part picture"><h3 class="unseen">Where things stand</h3><p class="left">{escape(left)}</p>{bar}'
        f'<p>{escape(counts)}</p><p class="small">{escape(spent)}.</p>{coming}</section>'
    )


def _new_item() -> str:
    return (
        '<details class="more" data-key="new-item"><summary data-key="sum-new-item">Add an item of your own</summary><form data-do="plan:add" data-kind="item" data-key="form-item">'
        f"{field('What', 'title', key='new-item-title')}{field('By', 'deadline', '', 'date', key='new-item-deadline')}"
        '<button type="submit" class="small-button">Add</button></form></details>'
    )


def _promises(checklist: Checklist, shown: Progress) -> str:
    rows = "".join(_promise(found, shown) for found in checklist.promises)
    form = (
        '<details class="more" data-key="new-promise"><summary data-key="sum-new-promise">Add something they promised</summary>'
        f'<form data-do="plan:add" data-kind="promise" data-key="form-promise">{field("What", "text", key="new-promise-text")}{field("By", "due", "", "date", key="new-promise-due")}'
        '<button type="submit" class="small-button">Add</button></form></details>'
    )
    return f'<section class="part"><h3>What they promised</h3><ul class="plain promises">{rows}</ul>{form}</section>'


def _promise(found: Promise, shown: Progress) -> str:
    late = found.id in shown.promises_late
    due = f'<span class="small">{"The day was" if late else "By"} {long_day(found.due)}</span>' if found.due else ""
    gone = '<span class="small">No longer in the plan</span>' if found.origin == Origin.DROPPED else ""
    choices = "".join(
        pressed("plan:change", label, state is found.state, kind="promise", id=found.id, version=found.version, name="state", was=found.state.value,
                now=state.value, key=f"{found.id}-{state.value}")
        for state, label in words.PROMISES.items()
    )  # fmt: skip
    change = (
        f'<details class="more" data-key="p-{found.id}"><summary data-key="sum-p-{found.id}">Date and note<span class="unseen"> {escape(found.text[:60])}</span></summary>'
        f'<form data-do="plan:change" data-kind="promise" data-id="{found.id}" data-version="{found.version}">{field("By", "due", found.due, "date", key=f"{found.id}-due")}'
        f'{text_area("Note", "note", found.note, key=f"{found.id}-note")}<div class="row"><button type="submit" class="small-button">Save</button>{_remove("promise", found, found.text)}</div></form></details>'
    )
    note = f'<p class="small">{escape(found.note)}</p>' if found.note else ""
    kept = " kept" if found.state is PromiseState.KEPT else ""
    return f'<li class="promise{kept}"><p>{escape(found.text)}</p>{due}{gone}{note}<div class="row" role="group" aria-label="What became of it">{choices}</div>{change}</li>'


def _log(checklist: Checklist, today: date) -> str:
    rows = "".join(_entry(found, checklist) for found in reversed(checklist.log))
    beyond = '<label class="choice"><input type="checkbox" name="beyond" data-key="log-beyond"><span>Above and beyond the plan</span></label>'
    form = (
        f'<form data-do="plan:add" data-kind="entry" data-key="form-entry">{text_area("What you did", "text", key="log-text")}<div class="grid">{field("Day", "on", today, "date", key="log-on")}'
        f'{field("Minutes", "minutes", "", "number", key="log-minutes")}{_about(checklist, "log-item")}</div>{beyond}<button type="submit" class="small-button">Note it</button></form>'
    )
    return f'<section class="part log"><h3>What I did</h3>{form}<ul class="plain dated">{rows}</ul></section>'


def _about(checklist: Checklist, key: str) -> str:
    titles = [(found.id, short(found.title)) for found in checklist.items if found.origin != Origin.DROPPED]
    return options("About", "item", [("", "No item in particular"), *titles], key=key)


def _entry(found: Entry, checklist: Checklist) -> str:
    title = next((other.title for other in checklist.items if other.id == found.item), "")
    facts = [long_day(found.on), minutes(found.minutes) if found.minutes else "", "above and beyond" if found.beyond else "", short(title) if title else ""]
    small = " · ".join(escape(fact) for fact in facts if fact)
    return f'<li><span class="small">{small}</span><p>{escape(found.text)}</p>{_remove("entry", found, found.text)}</li>'


def _feedback(checklist: Checklist, today: date) -> str:
    rows = "".join(_said(found) for found in reversed(checklist.feedback))
    form = (
        '<details class="more" data-key="new-feedback"><summary data-key="sum-new-feedback">Note what somebody said</summary><form data-do="plan:add" data-kind="feedback" data-key="form-feedback">'
        f'{text_area("What was said", "text", key="fb-text")}<div class="grid">{field("Who", "who", key="fb-who")}{field("Day", "on", today, "date", key="fb-on")}{_about(checklist, "fb-item")}</div>'
        '<button type="submit" class="small-button">Note it</button></form></details>'
    )
    return f'<section class="part"><h3>Feedback you received</h3><ul class="plain dated">{rows}</ul>{form}</section>'


def _said(found: Feedback) -> str:
    who = f" · {escape(found.who)}" if found.who else ""
    return f'<li><span class="small">{long_day(found.on)}{who}</span><p>{escape(found.text)}</p>{_remove("feedback", found, found.text)}</li>'


def _remove(kind: str, found: Item | Entry | Promise | Feedback, about: str) -> str:
    return do("plan:remove", "Remove", "quiet", about[:60], kind=kind, id=found.id, version=found.version, key=f"remove-{found.id}")


def _end(checklist: Checklist) -> str:
    name = checklist.plan.extraction.document.name if checklist.plan else ""
    source = f'<p class="small">From {escape(name)}, added on {long_day(checklist.plan.added_on)}.</p>' if checklist.plan else ""
    links = "".join(
        f'<a class="small-button" href="/plan/export/{kind}" download>{label}</a>'
        for kind, label in (("csv", "Table (CSV)"), ("ics", "Calendar (ICS)"), ("json", "Everything (JSON)"))
    )
    add = do("open-add", words.ADD_NEW if checklist.plan else words.ADD, "small-button", key="plan-add")
    return (
        f'<section class="part end"><h3>Keep a copy</h3><div class="row">{links}</div><p class="small">Saved to this computer. '
        f'Choose a place that only you can see.</p><h3>The plan itself</h3>{source}<div class="row">{add}{do("ask-erase", "Delete the plan", "quiet", key="ask-erase")}</div>'
        '<div class="ask-erase" role="group" aria-label="Delete the plan" hidden><p>Delete the plan with all items, notes, files and dates for good? This cannot be undone.</p>'
        f'<div class="row">{do("plan:erase", "Delete all of it", "danger")}{do("keep-plan", "Keep it", "small-button", key="keep-plan")}</div></div></section>'
    )


