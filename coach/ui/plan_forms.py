"""What the browser sent about the checklist, as values of its records. Strings in, checked values out; stores nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from coach.errors import UserError
from coach.schema.checklist import (
    Checklist,
    Entry,
    Evidence,
    Feedback,
    Item,
    Origin,
    Promise,
    PromiseState,
    Status,
    Step,
    Tracked,
)
from coach.schema.plan import Missing
from coach.ui.plan_review import day
from coach.ui.plan_words import ERRORS

LONGEST = 20_000
KINDS: dict[str, tuple[type[Tracked], frozenset[str]]] = {
    "item": (Item, frozenset(("title", "measure", "target", "evidence_source", "deadline", "status", "notes"))),
    "step": (Step, frozenset(("item", "text", "done"))),
    "evidence": (Evidence, frozenset(("item", "on", "text", "minutes"))),
    "entry": (Entry, frozenset(("on", "text", "item", "minutes", "beyond"))),
    "promise": (Promise, frozenset(("text", "due", "state", "note"))),
    "feedback": (Feedback, frozenset(("on", "who", "text", "item"))),
}
_DAYS = ("on", "due", "deadline")
_FLAGS = ("done", "beyond")
_OPTIONAL = ("measure", "target", "evidence_source")


def new(kind: str, fields: Mapping[str, str]) -> Tracked:
    """A record from a filled-in form."""
    record, _ = _kind(kind)
    given = {name: value(kind, name, text) for name, text in fields.items()}
    return record(**({"origin": Origin.ADDED} if record in (Item, Promise) else {}), **given)


def find(checklist: Checklist, kind: str, id: str) -> Tracked:
    """The record that the browser shows; UserError where it is gone."""
    record, _ = _kind(kind)
    places: dict[type[Tracked], tuple[Tracked, ...]] = {
        Item: checklist.items,
        Step: tuple(step for item in checklist.items for step in item.steps),
        Evidence: tuple(shown for item in checklist.items for shown in item.evidence),
        Entry: checklist.log,
        Promise: checklist.promises,
        Feedback: checklist.feedback,
    }
    for found in places[record]:
        if found.id == id:
            return found
    raise UserError(ERRORS["gone"])


def seen(stored: Tracked, kind: str, version: str, fields: Mapping[str, tuple[str, str]]) -> tuple[Tracked, dict[str, Any]]:
    """The record as the person saw it, and what it should be: each field comes with its text before and after."""
    before = {name: value(kind, name, was, given=False) for name, (was, _) in fields.items()}
    changes = {name: value(kind, name, now) for name, (_, now) in fields.items()}
    number = int(version) if version.isdecimal() and len(version) < 10 else stored.version
    return stored.model_copy(update={**before, "version": number}), changes


def following(stored: Tracked, changes: dict[str, Any], today: date) -> dict[str, Any]:
    """What changes along: the day of a new status, and the gaps that are closed now."""
    more: dict[str, Any] = {}
    if "status" in changes:
        more["status_on"] = today
    if "state" in changes:
        more["state_on"] = today
    if "done" in changes:
        more["done_on"] = today if changes["done"] else None
    if isinstance(stored, Item):
        closed = {Missing.DEADLINE} if changes.get("deadline") else set()
        if "measure" in changes and changes["measure"] != stored.measure:
            closed |= {Missing.MEASURE, Missing.VAGUE} if changes["measure"] else set()
            more["measure_source"] = "you" if changes["measure"] else None
        if closed & set(stored.missing):
            more["missing"] = tuple(gap for gap in stored.missing if gap not in closed)
    return {**changes, **more}


def value(kind: str, name: str, text: str, *, given: bool = True) -> Any:
    """One field as the record wants it. `given` False: it was shown before, so nothing about it is refused."""
    if name not in _kind(kind)[1]:
        raise UserError(ERRORS["field"])
    if len(text) > LONGEST:
        raise UserError(ERRORS["long"])
    if name in _DAYS:
        found = day(text)
        if found is None and name == "on" and given:
            raise UserError(ERRORS["day"])
        return found
    if name in _FLAGS:
        return text == "true"
    if name == "minutes":
        if text.strip() and not (text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) < 6):
            raise UserError(ERRORS["minutes"])
        return int(text.strip() or 0)
    if name in ("status", "state"):
        return _choice(Status if name == "status" else PromiseState, text)
    return _words(kind, name, text, given=given)


def _words(kind: str, name: str, text: str, *, given: bool) -> str | None:
    text = text.replace("\r\n", "\n").strip()
    if name == "item":
        return text or None
    if name in _OPTIONAL:
        return text or None
    if name in ("title", "text") and not text and given and kind != "evidence":
        raise UserError(ERRORS["title"])
    return text


def _choice(kind: type[Status] | type[PromiseState], text: str) -> Status | PromiseState:
    try:
        return kind(text)
    except ValueError:
        raise UserError(ERRORS["field"]) from None


def _kind(kind: str) -> tuple[type[Tracked], frozenset[str]]:
    if kind not in KINDS:
        raise UserError(ERRORS["field"])
    return KINDS[kind]
