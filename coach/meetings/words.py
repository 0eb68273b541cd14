"""Small words that all sheets share: filled lines, a meeting's name, days in order. Pure."""

from collections.abc import Iterable
from datetime import date, datetime

from coach.checklist.words import day, short
from coach.schema.checklist import CheckIn, Checklist, Entry, Evidence, Item, Origin
from coach.schema.meeting_words import SLOT, ChatWords, SummaryWords

LONGEST_ROW = 220
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NO_NAME = "[name]"
YOUR_NAME = "[your name]"


def fill(template: str, **slots: str) -> str:
    """The template with its slots filled, once: what is put in is no template."""
    return SLOT.sub(lambda match: slots.get(match[1], match[0]), template)


def line(text: str, longest: int = LONGEST_ROW) -> str:
    """The text as one line of a sheet."""
    return short(text, longest)


def whole(text: str) -> str:
    """The text as one line, whatever its length: for words that are sent."""
    return short(text, len(text) + 1)


def when(at: datetime) -> str:
    """Tuesday, 3 March 2026 at 14:00."""
    return f"{DAYS[at.weekday()]}, {day(at)} at {at:%H:%M}"


def meeting(check_in: CheckIn, book: ChatWords) -> str:
    """What a line calls the check-in."""
    slots = {"day": day(check_in.at), "time": f"{check_in.at:%H:%M}", "who": line(check_in.who, 60)}
    return fill(book.meeting if check_in.who.strip() else book.meeting_alone, **slots)


def my_name(checklist: Checklist) -> str:
    """The employee's name as the plan gives it, or [your name]."""
    plan = checklist.plan.extraction.plan if checklist.plan else None
    return line((plan.employee if plan else None) or "", 80) or YOUR_NAME


def manager(checklist: Checklist) -> str:
    """The manager's name as the plan gives it, or [name]."""
    plan = checklist.plan.extraction.plan if checklist.plan else None
    return line((plan.manager if plan else None) or "", 80) or NO_NAME


def tracked(checklist: Checklist) -> list[Item]:
    """The items that are still in the plan, in their order."""
    return [item for item in checklist.items if item.origin is not Origin.DROPPED]


def noted(checklist: Checklist, since: date | None, until: date) -> dict[str, list[Entry | Evidence]]:
    """Log entries and evidence of these days by item id, "" for no goal that is still there, in the order of the days."""
    ids = {item.id for item in tracked(checklist)}
    found: dict[str, list[Entry | Evidence]] = {}
    shown: Iterable[Entry | Evidence] = (
        *checklist.log,
        *(one for item in checklist.items for one in item.evidence),
    )
    for one in sorted(shown, key=lambda one: one.on):
        if one.on <= until and (since is None or one.on >= since):
            found.setdefault(one.item if one.item in ids else "", []).append(one)
    return found


def statement(one: Entry | Evidence, book: SummaryWords) -> str:
    """What was noted, with its day: the person's words, nothing added."""
    said = whole(one.text)
    if not said:
        file = whole(getattr(one, "file", None) or "")
        said = fill(book.file, name=file) if file else book.wordless
    if one.minutes:
        said = fill(book.minutes, text=said, minutes=str(one.minutes))
    return f"{day(one.on)}: {said}"


def listed(title: str, rows: Iterable[str]) -> str:
    """A heading over its rows, for a letter."""
    return "\n".join([f"{title}:", *(f"- {row}" for row in rows)])
