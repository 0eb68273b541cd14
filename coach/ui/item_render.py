"""One item of the checklist as HTML: status, terms, quote, steps, evidence, notes. Pure; everything is escaped."""

from datetime import date

from coach.checklist.diff import folded
from coach.checklist.progress import FINISHED
from coach.schema.checklist import Evidence, Item, Origin, Progress, Status, Step
from coach.ui import plan_words as words
from coach.ui.markup import escape
from coach.ui.plan_parts import do, field, gaps, hidden, long_day, minutes, pressed, quote, text_area


def item(found: Item, today: date, shown: Progress, pages: int, document: str) -> str:
    """A line that opens."""
    spent = shown.minutes.get(found.id, 0)
    facts = [_due(found, today), minutes(spent) if spent else ""]
    small = " · ".join(fact for fact in facts if fact)
    ask = '<span class="tag">To ask</span>' if found.missing and found.origin != Origin.DROPPED else ""
    summary = (
        f'<summary data-key="sum-{found.id}"><span class="what"><span class="title">{escape(found.title)}</span>'
        f'<span class="small">{escape(small)}</span></span>{ask}<span class="status {found.status.value}">{words.STATUSES[found.status]}</span></summary>'
    )
    body = f"{_status(found)}{_quote(found, pages)}{_terms(found, document)}{gaps(found.missing)}{_steps(found)}{_evidence(found, today)}{_notes(found)}{_edit(found)}"
    return f'<details class="item" data-key="item-{found.id}">{summary}<div class="inside">{body}</div></details>'


def _due(found: Item, today: date) -> str:
    if not found.deadline:
        return ""
    past = found.deadline < today and found.status not in FINISHED
    return f"The date was {long_day(found.deadline)}" if past else f"By {long_day(found.deadline)}"


def _status(found: Item) -> str:
    choices = "".join(
        pressed("plan:change", label, status is found.status, kind="item", id=found.id, version=found.version, name="status", was=found.status.value,
                now=status.value, key=f"{found.id}-{status.value}")
        for status, label in words.STATUSES.items()
    )  # fmt: skip
    since = f'<p class="small">Since {long_day(found.status_on)}.</p>' if found.status_on and found.status is not Status.NOT_STARTED else ""
    return f'<div class="row" role="group" aria-label="Status">{choices}</div>{since}'


def _quote(found: Item, pages: int) -> str:
    return f'<h4>In the plan\'s words</h4>{quote(found.quote, found.page, pages)}' if found.quote else '<p class="small">Added by you.</p>'


def _terms(found: Item, document: str) -> str:
    by_plan = bool(found.measure) and found.measure_source == "plan" and folded(found.measure or "") in folded(document)
    source = {None: "", "plan": "" if by_plan else " (put together from the plan)", "you": " (your words)"}.get(found.measure_source, f" ({found.measure_source})")
    rows = (
        ("Measured by", f"{found.measure}{source}" if found.measure else None), ("Target", found.target),
        ("By", long_day(found.deadline) if found.deadline else None), ("Judged from", found.evidence_source),
    )  # fmt: skip
    inner = "".join(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in rows if text)
    return f'<dl class="terms">{inner}</dl>' if inner else ""


def _steps(found: Item) -> str:
    rows = "".join(_step(step) for step in found.steps)
    form = (
        f'<form class="line" data-do="plan:add" data-kind="step" data-key="form-step-{found.id}">{hidden("item", found.id)}'
        f"{field('Add a step', 'text', key=f'step-{found.id}')}<button type=\"submit\" class=\"small-button\">Add</button></form>"
    )
    return f'<h4>Steps</h4><ul class="plain steps">{rows}</ul>{form}'


def _step(step: Step) -> str:
    ticked = " checked" if step.done else ""
    return (
        f'<li><label class="choice"><input type="checkbox"{ticked} data-tick="step" data-id="{step.id}" data-version="{step.version}" data-key="tick-{step.id}">'
        f"<span>{escape(step.text)}</span></label>{do('plan:remove', 'Remove', 'quiet', step.text[:60], kind='step', id=step.id, version=step.version)}</li>"
    )


def _evidence(found: Item, today: date) -> str:
    rows = "".join(_shown(evidence) for evidence in found.evidence)
    form = (
        f'<details class="more" data-key="ev-{found.id}"><summary data-key="sum-ev-{found.id}">Add something that shows it<span class="unseen"> {escape(found.title)}</span></summary>'
        f'<form data-do="plan:evidence" data-kind="evidence" data-key="form-ev-{found.id}">{hidden("item", found.id)}{text_area("What it is", "text", key=f"ev-text-{found.id}")}'
        f'<div class="grid">{field("Day", "on", today, "date", key=f"ev-on-{found.id}")}{field("Minutes", "minutes", "", "number", key=f"ev-min-{found.id}")}</div>'
        f'<label class="field"><span>A file, if you have one (up to 10 MB, kept here)</span><input type="file" data-file="evidence" data-key="ev-file-{found.id}"></label>'
        '<p class="small">Keep only what you may keep: no customer data or other confidential papers.</p><button type="submit" class="small-button">Add</button></form></details>'
    )
    return f'<h4>What shows it</h4><ul class="plain dated">{rows}</ul>{form}'


def _shown(evidence: Evidence) -> str:
    spent = f" · {minutes(evidence.minutes)}" if evidence.minutes else ""
    file = ""
    if evidence.attachment:
        file = f'<a href="/plan/file/{evidence.id}" download>{escape(evidence.file or "file")}</a>'
    words_ = f"<p>{escape(evidence.text)}</p>" if evidence.text else ""
    remove = do("plan:remove", "Remove", "quiet", (evidence.text or evidence.file or "")[:60], kind="evidence", id=evidence.id, version=evidence.version)
    return f'<li><span class="small">{long_day(evidence.on)}{spent}</span>{words_}<div class="row tools">{file}{remove}</div></li>'


def _notes(found: Item) -> str:
    return (
        f'<form data-do="plan:change" data-kind="item" data-id="{found.id}" data-version="{found.version}">{text_area("Notes", "notes", found.notes, 3, key=f"notes-{found.id}")}'
        '<button type="submit" class="small-button">Save the notes</button></form>'
    )


def _edit(found: Item) -> str:
    rows = (
        ("Name", "title", found.title, "text"), ("Measured by", "measure", found.measure, "text"), ("Target", "target", found.target, "text"),
        ("By", "deadline", found.deadline, "date"), ("Who or what judges it", "evidence_source", found.evidence_source, "text"),
    )  # fmt: skip
    inputs = "".join(field(label, name, value, kind, key=f"{found.id}-{name}") for label, name, value, kind in rows)
    remove = do("plan:remove", "Remove this item", "quiet", found.title, kind="item", id=found.id, version=found.version)
    return (
        f'<details class="more" data-key="edit-{found.id}"><summary data-key="sum-edit-{found.id}">Change or remove<span class="unseen"> {escape(found.title)}</span></summary>'
        f'<form data-do="plan:change" data-kind="item" data-id="{found.id}" data-version="{found.version}"><div class="grid">{inputs}</div>'
        f'<div class="row"><button type="submit" class="small-button">Save</button>{remove}</div></form></details>'
    )
