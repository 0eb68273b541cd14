"""`python -m coach check-in`: a series from the plan, kept, prepared, held, cancelled, summed up, to the end."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from coach.cli.main import main
from coach.locations import find, time_zone
from coach.plan.extract import extract_text
from coach.store import Store
from tests.plan.test_finding import LETTER

KEYS = {"number", "id", "at", "zone", "minutes", "who", "state", "notes", "agreed", "kind"}


@dataclass(frozen=True)
class Done:
    """What a command printed and how it ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def coach(monkeypatch, capsys):
    """Run a command in this process, with the test's own home."""
    monkeypatch.setenv("COACH_LLM", "none")
    monkeypatch.setenv("TZ", "America/New_York")

    def run(*arguments: str) -> Done:
        capsys.readouterr()
        code = main(list(arguments))
        return Done(code, *capsys.readouterr())

    return run


def answer(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def confirm(text: str, on: date) -> None:
    """As if the plan had been added: reading it with the index is not the matter here."""
    store = Store.open(find(os.environ["COACH_HOME"], None).database, lambda: datetime.now(UTC))
    store.plans.confirm(extract_text(text), on)
    store.close()


def words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def test_from_the_plan_to_the_end(coach):
    today = datetime.now(UTC).date()
    period = f"{words(today - timedelta(days=3))} to {words(today + timedelta(days=60))}"

    assert answer(coach("check-in", "--json")) == {"check_ins": [], "next": None}
    confirm(LETTER.replace("2 March 2026 to 29 May 2026", period), today)

    found = answer(coach("check-in", "--propose", "--json"))
    assert (
        found["cadence"] == "weekly"
        and found["assumed"] == []
        and found["zone"] == "America/New_York"
        and found["kept"] == 0
    )
    assert answer(coach("check-in", "--json"))["check_ins"] == []

    kept = answer(
        coach("check-in", "--propose", "--zone", "Europe/London", "--time", "09:30", "--keep", "--json")
    )
    assert kept["kept"] == len(kept["check_ins"]) >= 8
    listed = answer(coach("check-in", "--json"))
    assert len(listed["check_ins"]) == kept["kept"] and set(listed["check_ins"][0]) == KEYS
    assert listed["next"]["number"] == 1 and {one["zone"] for one in listed["check_ins"]} == {"Europe/London"}
    assert {datetime.fromisoformat(one["at"]).strftime("%A %H:%M") for one in listed["check_ins"]} == {
        "Monday 09:30"
    }
    far = coach("check-in", "--held", "99")
    assert far.returncode == 2 and f"from 1 to {kept['kept']}" in far.stderr
    assert answer(coach("check-in", "--propose", "--keep", "--json"))["kept"] == 0  # a day gets no second one

    assert coach("checklist", "--log", "checked every address", "--item", "1").returncode == 0
    page = coach("check-in", "--agenda")
    assert (
        page.returncode == 0
        and "checked every address" in page.stdout
        and "Nothing noted yet." in page.stdout
    )

    held = answer(
        coach(
            "check-in",
            "--held",
            "1",
            "--notes",
            "calm",
            "--agreed",
            "Tom: scanner by 3 April",
            "--agreed",
            "send the list",
            "--json",
        )
    )
    assert held["check_in"]["state"] == "held" and held["check_in"]["agreed"] == [
        "Tom: scanner by 3 April",
        "send the list",
    ]
    recap = coach("check-in", "--recap").stdout
    assert (
        "Hello Tom Leary," in recap
        and "- send the list (who: [name], by: [date])" in recap
        and "calm" not in recap
    )

    off = answer(coach("check-in", "--cancelled", "2", "--json"))
    assert (
        off["check_in"]["state"] == "cancelled"
        and off["slot"]["id"] == ""
        and "Tom Leary" in off["letter"]["text"]
    )
    assert len(answer(coach("check-in", "--json"))["check_ins"]) == kept["kept"]  # the slot is only suggested
    assert answer(coach("check-in", "--missed", "3", "--json"))["check_in"]["state"] == "missed"

    summary = answer(coach("check-in", "--summary", "--json"))
    assert [len(goal["sentences"]) for goal in summary["goals"]] == [1, 0, 0]
    assert coach("check-in", "--feedback", "better", "--who", "Tom").returncode == 0
    assert answer(coach("checklist", "--json"))["feedback"][0]["who"] == "Tom"
    end = answer(coach("check-in", "--end", "--json"))
    assert (
        {"asks", "goals", "staying", "leaving", "work", "look"} == set(end)
        and len(end["goals"]) == 3
        and len(end["asks"]) >= 3
    )

    data = coach("export", "checklist", "--format", "ics").stdout
    meetings = [
        event
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
        if str(event["summary"]).startswith("Check-in")
    ]
    assert len(meetings) == kept["kept"]

    assert coach("checklist", "--undo").returncode == 0  # feedback
    assert coach("checklist", "--undo").returncode == 0  # missed
    assert answer(coach("check-in", "--json"))["check_ins"][2]["state"] == "planned"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--agenda", "x"], "check-in"),
        (["--held", "0"], "check-in"),
        (["--propose", "--zone", "Mars/Base"], "time zone"),
        (["--propose", "--time", "25:00"], "14:30"),
        (["--time", "10:00"], "--propose"),
        (["--agreed", "x"], "--held"),
        (["--held", "1", "--missed", "2"], "one thing at a time"),
        (["--summary", "--since", "March"], "2026-03-02"),
        (["--feedback", "  "], "quotation marks"),
    ],
)
def test_bad_input_is_one_clear_line(coach, arguments, said):
    done = coach("check-in", *arguments, "--json")
    assert (
        done.returncode == 2
        and done.stdout == ""
        and len(done.stderr.splitlines()) == 1
        and said in done.stderr
    )


def test_the_machines_own_time_zone(tmp_path):
    zones = tmp_path / "usr" / "zoneinfo" / "Europe"
    zones.mkdir(parents=True)
    (zones / "London").touch()
    link = tmp_path / "localtime"
    link.symlink_to(zones / "London")
    assert time_zone(None, link) == "Europe/London"
    assert time_zone("Asia/Kolkata", link) == time_zone(":Asia/Kolkata", link) == "Asia/Kolkata"
    assert time_zone("no such zone", tmp_path / "nothing") == "UTC"
