"""The calendar file, read back by a small reader of its own that knows RFC 5545 and nothing of the writer."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.checklist.ics import escape, fold, moment, to_ics
from coach.errors import UserError
from coach.schema.checklist import CheckIn, CheckInState, Checklist, Item, Origin, PlanVersion, Status
from tests.checklist.samples import CHECKLISTS, extraction

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=-5)))
ITEM = Item(
    id="a" * 32, version=3, title="Guest emails", measure="within 4 hours", deadline=date(2026, 4, 30)
)
MEETING = CheckIn(
    id="b" * 32, version=1, at=datetime(2026, 3, 26, 14), zone="Europe/London", who="Bea", minutes=45
)


def read(data: bytes) -> list[tuple[str, str]]:
    """Name with parameters, and value, of each content line."""
    assert data.endswith(b"\r\n")
    raw = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in raw)
    text = re.sub("\r\n ", "", data.decode())
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text) and "\r" not in text.replace("\r\n", "")
    assert "\n" not in text.replace("\r\n", "")
    return [tuple(line.split(":", 1)) for line in text.removesuffix("\r\n").split("\r\n")]


def events(data: bytes) -> list[dict[str, list[str]]]:
    found, open_parts = [], []
    for name, value in read(data):
        if name == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert open_parts.pop() == value
        elif open_parts[1:] == ["VEVENT"]:
            found[-1].setdefault(name, []).append(value)
        elif open_parts[1:] == ["VEVENT", "VALARM"]:
            found[-1].setdefault(f"VALARM {name}", []).append(value)
    assert open_parts == []
    return found


def plain(value: str) -> str:
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def test_deadline_lasts_all_day():
    (event,) = events(to_ics(Checklist(items=(ITEM,)), NOW))
    assert event["UID"] == [f"deadline-{'a' * 32}@pip-coach.invalid"]
    assert event["DTSTAMP"] == ["20260302T143000Z"] and event["SEQUENCE"] == ["3"]
    assert event["DTSTART;VALUE=DATE"] == ["20260430"] and event["DTEND;VALUE=DATE"] == ["20260501"]
    assert event["SUMMARY"] == ["Due: Guest emails"] and event["CLASS"] == ["PRIVATE"]
    assert event["TRANSP"] == ["TRANSPARENT"] and event["STATUS"] == ["CONFIRMED"]
    assert event["VALARM ACTION"] == ["DISPLAY"] and event["VALARM TRIGGER"] == ["-PT15H"]
    assert event["VALARM DESCRIPTION"] == event["SUMMARY"]


def test_check_ins_keep_their_hour_when_the_clock_changes():
    later = MEETING.model_copy(update={"id": "c" * 32, "at": datetime(2026, 4, 2, 14)})
    before, after = events(to_ics(Checklist(check_ins=(MEETING, later)), NOW))
    assert before["DTSTART"] == ["20260326T140000Z"] and before["DTEND"] == ["20260326T144500Z"]
    assert after["DTSTART"] == ["20260402T130000Z"]
    assert before["SUMMARY"] == ["Check-in with Bea"] and before["VALARM TRIGGER"] == ["-P1D", "-PT30M"]


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../../etc/passwd", "/etc/localtime", "a\0b", "x" * 5000])
def test_unknown_time_zone_is_one_sentence(zone):
    with pytest.raises(UserError, match="time zone"):
        moment(datetime(2026, 3, 2, 9), zone)


def test_what_is_gone_is_cancelled_and_what_is_done_rings_no_more():
    dropped = ITEM.model_copy(update={"id": "1" * 32, "origin": Origin.DROPPED})
    done = ITEM.model_copy(update={"id": "2" * 32, "status": Status.DONE})
    off = MEETING.model_copy(update={"state": CheckInState.CANCELLED})
    held = MEETING.model_copy(update={"id": "3" * 32, "state": CheckInState.HELD})
    found = events(to_ics(Checklist(items=(dropped, done), check_ins=(off, held)), NOW))
    assert [event["STATUS"] for event in found] == [
        ["CANCELLED"],
        ["CONFIRMED"],
        ["CANCELLED"],
        ["CONFIRMED"],
    ]
    assert not any("VALARM ACTION" in event for event in found)


def test_end_of_the_plan_keeps_its_name_over_versions():
    first = PlanVersion(id="2" * 32, number=1, added_on=NOW.date(), current=True, extraction=extraction())
    second = first.model_copy(update={"id": "3" * 32, "number": 2})
    found = [events(to_ics(Checklist(plan=version), NOW))[0] for version in (first, second)]
    assert found[0]["UID"] == found[1]["UID"] and [event["SEQUENCE"] for event in found] == [["1"], ["2"]]
    assert found[0]["DTSTART;VALUE=DATE"] == ["20260529"]


def test_hostile_titles_stay_text():
    title = "x\r\nATTENDEE:mailto:boss@example.com\r\nEND:VEVENT\nBEGIN:VALARM\\;,\u2028ATTACH:http://x\x85END:VCALENDAR\0"
    (event,) = events(
        to_ics(Checklist(items=(ITEM.model_copy(update={"title": title, "measure": title}),)), NOW)
    )
    assert plain(event["SUMMARY"][0]).startswith("Due: x\nATTENDEE:mailto")
    assert set(event) <= {
        "UID", "DTSTAMP", "SEQUENCE", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "TRANSP", "SUMMARY", "CLASS", "STATUS",
        "DESCRIPTION", "VALARM ACTION", "VALARM TRIGGER", "VALARM DESCRIPTION",
    }  # fmt: skip


@given(st.text(max_size=300))
@example("x" * 400)
@example("é" * 200)
@example("x" + "🧑" * 90)
@example(";" * 150)
def test_text_comes_back(text):
    kept = re.sub(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", "", re.sub("\r\n?|[\x85\u2028\u2029]", "\n", text)
    )
    assert plain(escape(text)) == kept
    parts = list(fold(escape(text)))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part.removeprefix(" ") for part in parts[1:]) == escape(text)
    assert all(part.startswith(" ") for part in parts[1:])


@given(CHECKLISTS)
@settings(max_examples=150, deadline=None)
def test_any_checklist_is_a_valid_calendar(checklist):
    data = to_ics(checklist, NOW)
    found = events(data)
    names = {name.split(";")[0] for name, _ in read(data)}
    assert not names & {"ATTENDEE", "ORGANIZER", "ATTACH", "URL", "METHOD"}
    deadlines = [item for item in checklist.items if item.deadline]
    assert len(found) == len(deadlines) + len(checklist.check_ins)
    assert all(len(event["UID"]) == len(event["DTSTAMP"]) == 1 for event in found)
    for event, check_in in zip(found[len(deadlines) :], checklist.check_ins, strict=True):
        start = datetime.strptime(event["DTSTART"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        end = datetime.strptime(event["DTEND"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        assert end - start == timedelta(minutes=check_in.minutes)
