"""The checklist as a table for spreadsheets and as JSON, both of which read back. Pure: bytes out, bytes in.

Files that were kept as evidence are named, not included. The calendar is in ics.py.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from coach.errors import UserError
from coach.schema.checklist import Checklist, Item

FORMAT = "pip-coach-checklist"
VERSION = 1  # of the JSON; raise it when a field goes or changes its meaning
COLUMNS = (
    "kind", "text", "status", "date", "item", "minutes", "who", "measure", "measure_source", "target",
    "evidence_source", "missing", "origin", "note", "quote", "page", "id",
)  # fmt: skip
# What a spreadsheet could take for a formula gets an apostrophe in front. One that starts with apostrophes before such a
# sign gets one more, so that reading back is exact. The wide forms of = + - @ count too.
_RISKY = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")


def to_csv(checklist: Checklist) -> bytes:
    """One row for each thing that is tracked: RFC 4180 in UTF-8, with the mark that spreadsheets know it by."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(checklist):
        writer.writerow([guarded(row.get(column, "")) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def read_csv(data: bytes) -> list[dict[str, str]]:
    """The rows as they were before they were guarded."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    header = next(rows)
    return [dict(zip(header, map(unguarded, row), strict=True)) for row in rows]


def guarded(cell: str) -> str:
    """The cell, harmless to a spreadsheet."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


def to_json(checklist: Checklist) -> bytes:
    """Everything but the bytes of kept files."""
    content = {"format": FORMAT, "version": VERSION, "checklist": checklist.model_dump(mode="json")}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def from_json(data: bytes) -> Checklist:
    """The checklist that `to_json` wrote; UserError for anything else."""
    try:
        content = json.loads(data)
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise UserError("This file is no checklist of PIP Coach.")
        if not isinstance(version := content.get("version"), int) or version > VERSION:
            raise UserError(
                "This checklist was saved by a newer version of PIP Coach. Open it with that version."
            )
        return Checklist.model_validate_json(
            json.dumps(content["checklist"]), extra="ignore" if version < VERSION else "forbid"
        )
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise UserError(f"This checklist cannot be read: its field {place} is not valid.") from None
    except (ValueError, KeyError, RecursionError):
        raise UserError("This file is no checklist of PIP Coach.") from None


def _rows(checklist: Checklist) -> Iterator[dict[str, str]]:
    titles = {item.id: item.title for item in checklist.items}
    for item in checklist.items:
        yield from _item_rows(item)
    for entry in checklist.log:
        kind = "above and beyond" if entry.beyond else "log"
        about = titles.get(entry.item or "")
        yield _row(kind, entry.id, text=entry.text, date=entry.on, item=about, minutes=entry.minutes or None)
    for promise in checklist.promises:
        yield _row(
            "promise", promise.id, text=promise.text, status=promise.state.value, date=promise.due,
            origin=promise.origin.value, note=promise.note, quote=promise.quote, page=promise.page,
        )  # fmt: skip
    for said in checklist.feedback:
        yield _row(
            "feedback", said.id, text=said.text, date=said.on, who=said.who, item=titles.get(said.item or "")
        )
    for meeting in checklist.check_ins:
        yield _row(
            "check-in", meeting.id, text="; ".join(meeting.agreed), status=meeting.state.value, who=meeting.who,
            date=f"{meeting.at.isoformat(' ', 'minutes')} {meeting.zone}", minutes=meeting.minutes, note=meeting.notes,
        )  # fmt: skip
    for question in checklist.questions:
        yield _row(
            "question", question.id, text=question.text, status="asked" if question.ticked else "open",
            date=question.answered_on, item=titles.get(question.item or ""), note=question.answer,
        )  # fmt: skip
    for draft in checklist.drafts:
        yield _row(
            "draft",
            draft.id,
            text=draft.text,
            status="sent" if draft.sent else "kept",
            date=draft.on,
            note=draft.title,
        )
    for rehearsal in checklist.rehearsals:
        yield _row(
            "rehearsal", rehearsal.id, text=f"{rehearsal.scenario}, {rehearsal.persona}, {rehearsal.difficulty}",
            status=rehearsal.score, date=rehearsal.at.isoformat(" ", "minutes"), note=rehearsal.focus,
        )  # fmt: skip


def _item_rows(item: Item) -> Iterator[dict[str, str]]:
    yield _row(
        "item", item.id, text=item.title, status=item.status.value, date=item.deadline, measure=item.measure,
        measure_source=item.measure_source, target=item.target, evidence_source=item.evidence_source,
        missing=", ".join(item.missing), origin=item.origin.value, note=item.notes, quote=item.quote, page=item.page,
    )  # fmt: skip
    for step in item.steps:
        done = "done" if step.done else "open"
        yield _row("step", step.id, text=step.text, status=done, date=step.done_on, item=item.title)
    for shown in item.evidence:
        yield _row(
            "evidence", shown.id, text=shown.text, date=shown.on, item=item.title, minutes=shown.minutes or None,
            note=shown.file,
        )  # fmt: skip


def _row(kind: str, id: str, **cells: Any) -> dict[str, str]:
    filled = {name: str(value) for name, value in cells.items() if value is not None}
    return {"kind": kind, "id": id, **filled}
