"""The checklist leaves as CSV and JSON and reads back, whatever stands in it."""

import csv
import io
import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.checklist.export import COLUMNS, from_json, guarded, read_csv, to_csv, to_json, unguarded
from coach.errors import UserError
from coach.schema.checklist import Checklist, Entry, Item, PlanVersion
from tests.checklist.samples import CHECKLISTS, TEXT, extraction

DANGEROUS = "=+-@\t\r\0"


@pytest.mark.parametrize("sign", DANGEROUS)
def test_no_cell_begins_like_a_formula(sign):
    item = Item(id="1" * 32, title=f'{sign}cmd|"/c calc"!A0', notes=f"{sign}1+1", measure=sign)
    raw = to_csv(Checklist(items=(item,)))
    cells = [cell for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")) for cell in row]
    assert not any(cell.startswith(tuple(DANGEROUS)) for cell in cells)
    assert f"'{item.title}" in cells
    row = read_csv(raw)[0]
    assert (row["text"], row["note"], row["measure"]) == (item.title, item.notes, sign)


@given(st.text(st.sampled_from("'=+-@\t\r\n\0＝a "), max_size=6) | TEXT)
def test_every_cell_reads_back_and_is_harmless(cell):
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(tuple(DANGEROUS))


@given(CHECKLISTS)
@settings(max_examples=150, deadline=None)
def test_csv_reads_back(checklist):
    raw = to_csv(checklist)
    rows = read_csv(raw)
    assert all(tuple(row) == COLUMNS for row in rows)
    things = [
        *(item for item in checklist.items),
        *(part for item in checklist.items for part in (*item.steps, *item.evidence)),
        *checklist.log, *checklist.promises, *checklist.feedback, *checklist.check_ins, *checklist.questions,
        *checklist.drafts, *checklist.rehearsals,
    ]  # fmt: skip
    assert sorted(row["id"] for row in rows) == sorted(thing.id for thing in things)
    found = [row for row in rows if row["kind"] == "item"]
    for row, item in zip(found, checklist.items, strict=True):
        assert row["text"] == item.title and row["note"] == item.notes and row["quote"] == item.quote
        assert row["measure"] == (item.measure or "") and row["status"] == item.status.value
        assert row["date"] == (item.deadline.isoformat() if item.deadline else "")
    said = [row for row in rows if row["kind"] in ("log", "above and beyond")]
    assert [row["text"] for row in said] == [entry.text for entry in checklist.log]


def test_csv_is_rfc_4180():
    entry = Entry(id="1" * 32, on=date(2026, 3, 2), text='said "fine",\nthen left', minutes=20)
    raw = to_csv(Checklist(log=(entry,)))
    assert raw.startswith(b"\xef\xbb\xbfkind,text,") and raw.endswith(b"\r\n")
    assert b'"said ""fine"",\nthen left"' in raw
    assert len(re.findall(rb"\r\n", raw)) == 2


@given(CHECKLISTS)
@settings(max_examples=100, deadline=None)
def test_json_reads_back(checklist):
    assert from_json(to_json(checklist)) == checklist


def test_json_holds_the_plan_as_well():
    version = PlanVersion(
        id="2" * 32, number=2, added_on=date(2026, 3, 2), current=True, extraction=extraction()
    )
    checklist = Checklist(plan=version)
    assert from_json(to_json(checklist)) == checklist
    assert json.loads(to_json(checklist))["format"] == "pip-coach-checklist"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no checklist"),
        (b"[1]", "no checklist"),
        (b'{"format": "other"}', "no checklist"),
        (b'{"format": "pip-coach-checklist", "version": 1}', "no checklist"),
        (b"[" * 100_000, "no checklist"),
        (b"\xff\xfe\x00", "no checklist"),
        (b'{"format": "pip-coach-checklist", "version": 99, "checklist": {}}', "newer version"),
        (
            b'{"format": "pip-coach-checklist", "version": 1, "checklist": {"items": [{}]}}',
            r"items\.0\.title",
        ),
        (b'{"format": "pip-coach-checklist", "version": 1, "checklist": {"mood": 1}}', "field mood"),
    ],
)
def test_other_json_is_refused_in_one_sentence(data, says):
    with pytest.raises(UserError, match=says):
        from_json(data)
