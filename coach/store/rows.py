"""Sessions as rows and back. Pure: no connection, no clock."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from coach.errors import StoreError
from coach.schema.conversation import Message, Session
from coach.schema.knowledge import Record

VERSION = 1  # of the JSON; raise it when a field of Session, Fact or Citation goes or changes its meaning
TITLE_WORDS = 6
TITLE_LENGTH = 40
NAME_LENGTH = 80

_OWN_COLUMNS = {"id", "title", "messages"}
_JSON_COLUMNS = ("citations", "quick_replies", "notices")

Row = Mapping[str, Any]


class Summary(Record):
    """A line in the list of conversations."""

    id: str
    title: str
    updated_at: datetime


def state_values(session: Session) -> dict[str, Any]:
    """The columns of a conversation that a turn changes."""
    return {"version": VERSION, "state": _json(session.model_dump(mode="json", exclude=_OWN_COLUMNS))}


def message_values(message: Message, position: int) -> dict[str, Any]:
    """The columns of a live message, without its id and its conversation."""
    values = message.model_dump(mode="json", exclude={"id", "at", *_JSON_COLUMNS})
    lists = message.model_dump(mode="json", include=set(_JSON_COLUMNS))
    return {
        **values,
        **{name: _json(value) for name, value in lists.items()},
        "at": message.at.isoformat(),
        "composed": int(message.composed),
        "position": position,
        "superseded": 0,
        "version": VERSION,
    }


def session(row: Row, messages: Sequence[Row]) -> Session:
    """Validate what was stored. Keys that an older version wrote and this one has dropped are passed over."""
    try:
        state = json.loads(row["state"])
        read = Session.model_validate(
            {**state, "id": row["id"], "title": row["title"], "messages": ()}, extra=_extra(row["version"])
        )
        return read.model_copy(update={"messages": tuple(map(message, messages))})
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        # the original quotes what the person wrote, so it is not carried along
        raise StoreError(f"This conversation cannot be read: its field {place} is not valid.") from None
    except (ValueError, TypeError):
        raise StoreError("This conversation cannot be read: it is not stored as it should be.") from None


def tidy(text: str, length: int) -> str:
    """One line of printable characters, cut to `length`."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def default_title(session: Session) -> str:
    """The first words that the person wrote, or "" before that."""
    lines = (tidy(text[:2000], 2000) for text in session.said)
    first = next(filter(None, lines), "")
    return tidy(" ".join(first.split()[:TITLE_WORDS]), TITLE_LENGTH)


def stamp(moment: datetime) -> str:
    """A moment in UTC, always of the same width, so that text sorts as time does."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def message(row: Row) -> Message:
    """Validate one stored line."""
    values = {name: row[name] for name in Message.model_fields}
    values.update({name: json.loads(row[name]) for name in _JSON_COLUMNS})
    return Message.model_validate(values, extra=_extra(row["version"]))


def spoken(found: Sequence[Row]) -> tuple[Message, ...]:
    """Who said what, when and on which route, oldest first. A line that cannot be read is passed over: it is not shown here."""
    said = []
    for row in found:
        try:
            said.append(Message.model_validate({name: row[name] for name in ("id", "author", "text", "at", "route")}))
        except ValidationError:
            continue
    return tuple(sorted(said, key=lambda line: (line.at.astimezone(UTC), line.id)))


def _extra(version: int) -> Any:
    return "ignore" if version < VERSION else "forbid"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
