"""One line for each change of the checklist, so that undo can say what it takes back. Pure."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from coach.schema.checklist import (
    CheckIn,
    Draft,
    Entry,
    Evidence,
    Feedback,
    Promise,
    Question,
    Rehearsal,
    Step,
    Tracked,
)

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_KINDS = {
    Step: "step", Evidence: "evidence", Entry: "log entry", Promise: "promise", Feedback: "feedback", Question: "question",
    Draft: "draft",
}  # fmt: skip
_FIELDS = {
    "on": "date",
    "due": "due date",
    "at": "time",
    "status_on": "date of the status",
    "state_on": "date of the state",
    "done_on": "date",
    "beyond": "above and beyond",
    "agreed": "next steps",
    "missing": "gaps",
    "who": "name",
}
_ALONG = ("measure_source", "missing", "answered_on")  # what changes together with something that the person sees


def day(when: date) -> str:
    """The date in words: 3 March 2026."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def short(text: str, length: int = 60) -> str:
    """One line of printable characters, cut to `length`."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: length * 4]).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def name(record: Tracked) -> str:
    """What a line calls the record."""
    if isinstance(record, CheckIn):
        return f"check-in of {day(record.at)}"
    if isinstance(record, Rehearsal):
        return f"rehearsal of {day(record.at)}"
    title = getattr(record, "title", "").strip() or getattr(record, "text", "")
    return f"{_KINDS.get(type(record), '')} “{short(title)}”".strip()


def field(name: str) -> str:
    """What the person calls a field."""
    return _FIELDS.get(name, name.replace("_", " "))


def added(record: Tracked) -> str:
    """Something was added."""
    return f"{name(record)} added"


def removed(record: Tracked) -> str:
    """Something was removed."""
    return f"{name(record)} removed"


def changed(before: Tracked, after: Tracked, names: Collection[str]) -> str:
    """Some fields of a record were changed."""
    for mark in ("status", "state"):
        if mark in names:
            return f"{name(before)} marked {getattr(after, mark).replace('_', ' ')}"
    for mark in ("done", "ticked"):
        if mark in names:
            return f"{name(before)} {'ticked' if getattr(after, mark) else 'unticked'}"
    if isinstance(after, Rehearsal) and "result" in names:
        return f"{name(before)} carried on"
    if isinstance(after, Draft) and "sent" in names:
        return f"{name(before)} marked {'sent' if after.sent else 'not sent'}"
    if set(names) <= {"deadline", "due"}:
        new = getattr(after, next(iter(names)))
        return f"{field(next(iter(names)))} of {name(before)} {f'set to {day(new)}' if new else 'removed'}"
    if set(names) == {"position"}:
        return f"{name(before)} moved"
    told = [name for name in names if name not in _ALONG] or list(names)
    return f"{_and([field(name) for name in told])} of {name(before)} changed"


def plan_added(file: str, items: int) -> str:
    """The first plan was confirmed."""
    return f"plan “{short(file)}” added with {_count(items, 'item')}"


def plan_revised(file: str, kept: int, new: int, dropped: int) -> str:
    """A revised plan took the place of the current one."""
    return f"plan replaced by “{short(file)}”: {_count(kept, 'item')} kept, {new} new, {dropped} no longer in the plan"


def conflict(record: Tracked, name_of_field: str, there: object, here: object) -> str:
    """Two windows changed the same field: both texts, nothing lost."""
    return (
        f"The {field(name_of_field)} of {name(record)} was changed in another window meanwhile, so nothing was saved. "
        f"There it is “{_shown(there)}”, here it is “{_shown(here)}”."
    )


def _shown(value: object) -> str:
    if value is None or value == "":
        return "empty"
    if isinstance(value, datetime):
        return f"{day(value)}, {value:%H:%M}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    if isinstance(value, StrEnum):
        return value.replace("_", " ")
    return str(value)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
