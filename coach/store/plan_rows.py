"""Records of the checklist as rows and back. Pure: no connection, no clock."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy import Table

from coach.errors import StoreError, UserError
from coach.schema.checklist import (
    CheckIn,
    Draft,
    Entry,
    Evidence,
    Feedback,
    Item,
    PlanVersion,
    Promise,
    Question,
    Rehearsal,
    Step,
    Tracked,
)
from coach.schema.plan import Extraction
from coach.store import tables

VERSION = 1  # of the JSON of a plan; raise it when a field of Extraction goes or changes its meaning
TABLES: dict[type[Tracked], Table] = {
    Item: tables.item,
    Step: tables.step,
    Evidence: tables.evidence,
    Entry: tables.entry,
    Promise: tables.promise,
    Feedback: tables.feedback,
    CheckIn: tables.check_in,
    Question: tables.question,
    Draft: tables.draft,
    Rehearsal: tables.rehearsal,
}
ORDER: dict[type[Tracked], str] = {
    Item: "position", Step: "position", Evidence: "on", Entry: "on", Feedback: "on", CheckIn: "at", Question: "priority",
    Draft: "on", Rehearsal: "at",
}  # fmt: skip
NESTED = ("steps", "evidence")  # of an item: rows of their own
_GIVEN = ("id", "version", *NESTED)
_JSON_COLUMNS = ("span", "missing", "agreed")
_DOCUMENT_COLUMNS = ("name", "kind", "text", "pages", "hidden", "warnings")
_DOCUMENT_JSON = ("hidden", "warnings")

Row = Mapping[str, Any]
T = TypeVar("T", bound=Tracked)


def values(record: Tracked) -> dict[str, Any]:
    """The columns of a record."""
    dumped = record.model_dump(mode="json", exclude=set(NESTED))
    return {name: _stored(name, value) for name, value in dumped.items()}


def record(kind: type[T], row: Row, **nested: tuple[Tracked, ...]) -> T:
    """Validate what was stored."""
    try:
        fields = {name: row[name] for name in kind.model_fields if name not in NESTED}
        read = {name: json.loads(fields[name]) for name in _JSON_COLUMNS if fields.get(name) is not None}
        return kind.model_validate({**fields, **read, **nested})
    except (ValueError, TypeError):
        # the original quotes what the person wrote, so it is not carried along
        raise StoreError("The checklist cannot be read: it is not stored as it should be.") from None


def changed(seen: T, changes: Mapping[str, Any]) -> T:
    """The record with other values, validated. UserError names the field that cannot be so."""
    wrong = [name for name in changes if name in _GIVEN or name not in type(seen).model_fields]
    if wrong:
        raise TypeError(f"{type(seen).__name__} takes no change of {', '.join(wrong)}")
    nested = {name: getattr(seen, name) for name in NESTED if name in type(seen).model_fields}
    try:
        checked = type(seen).model_validate({**seen.model_dump(exclude=set(NESTED)), **changes})
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0]).replace("_", " ")
        raise UserError(f"This cannot be saved: the {name} is empty or not valid.") from None
    return checked.model_copy(update=nested)


def plan_values(extraction: Extraction) -> dict[str, Any]:
    """The columns of a plan version that hold what was read."""
    document = extraction.document.model_dump(mode="json", include=set(_DOCUMENT_COLUMNS))
    rest = extraction.model_dump(mode="json", exclude={"document": set(_DOCUMENT_COLUMNS)})
    lists = {name: _json(document[name]) for name in _DOCUMENT_JSON}
    return {**document, **lists, "json_version": VERSION, "extraction": _json(rest)}


def plan(row: Row) -> PlanVersion:
    """Validate what was stored. Keys that an older version wrote and this one has dropped are passed over."""
    try:
        document = {name: row[name] for name in _DOCUMENT_COLUMNS}
        document.update({name: json.loads(row[name]) for name in _DOCUMENT_JSON})
        rest = json.loads(row["extraction"])
        extra: Any = "ignore" if row["json_version"] < VERSION else "forbid"
        read = {**rest, "document": {**rest["document"], **document}}
        return PlanVersion(
            id=row["id"],
            number=row["number"],
            added_on=date.fromisoformat(row["added_on"]),
            current=bool(row["current"]),
            extraction=Extraction.model_validate(read, extra=extra),
        )
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise StoreError(f"The plan cannot be read: its field {place} is not valid.") from None
    except (ValueError, TypeError, KeyError):
        raise StoreError("The plan cannot be read: it is not stored as it should be.") from None


def _stored(name: str, value: Any) -> Any:
    if name in _JSON_COLUMNS and value is not None:
        return _json(value)
    return int(value) if isinstance(value, bool) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
