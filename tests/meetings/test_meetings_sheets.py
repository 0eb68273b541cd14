"""Agenda, recap, summary, a meeting that fell out, the end: every line from what was noted, and nothing more."""

import json
import re
from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from coach import library as library_module
from coach.checklist import words as checklist_words
from coach.errors import KnowledgeError
from coach.locations import ROOT
from coach.meetings.agenda import agenda
from coach.meetings.ending import ending
from coach.meetings.missed import rebook
from coach.meetings.recap import recap, step
from coach.meetings.sheet import to_text
from coach.meetings.summary import summary
from coach.meetings.words import fill
from coach.schema.checklist import CheckInState, Checklist, Entry, Item, PromiseState, Status
from coach.schema.meeting_words import MeetingBook
from coach.schema.meetings import Summary
from tests.checklist.samples import CHECKLISTS, MONITOR
from tests.meetings.samples import AHEAD, FEEDBACK, HELD, QUESTION, a_checklist, number

TODAY = date(2026, 3, 18)
HOSTILE = "x</b>\r\n# {who} {day}\n- [a](javascript:1) | =cmd()\0\u202e\u2028"


@pytest.fixture(scope="module")
def book(library):
    return library.meetings


def rows(sheet):
    return {section.key: [row.text for row in section.rows] for section in sheet.sections}


def ids(checklist: Checklist) -> set[str]:
    parts = (
        *checklist.items,
        *checklist.log,
        *checklist.promises,
        *checklist.feedback,
        *checklist.check_ins,
        *checklist.questions,
    )
    return {one.id for one in parts} | {
        one.id for item in checklist.items for one in (*item.steps, *item.evidence)
    }


def test_the_agenda_holds_what_happened_since_the_last_one(book):
    page = agenda(a_checklist(), AHEAD, TODAY, book)
    found = rows(page)
    assert page.title == "For your check-in with Bea on 19 March 2026 at 14:00"
    assert page.sections[0].heading == "What you noted since 12 March 2026"
    assert found["done"] == [
        "Guest emails", "13 March 2026: answered all guest emails (45 minutes)", "16 March 2026: Kept on file: list.pdf",
        "Double bookings", book.agenda.nothing, "Leadership", book.agenda.nothing, book.agenda.other, "14 March 2026: helped at the desk",
    ]  # fmt: skip
    assert found["agreed"] == list(HELD.agreed)
    assert f"{MONITOR} (was due on 13 March 2026)" in found["promises"]
    assert found["questions"] == [QUESTION.text] and len(found["ask"]) == 1 and MONITOR in found["ask"][0]


def test_one_thing_to_ask_falls_back_step_by_step(book):
    def asked(**fields):
        return rows(agenda(a_checklist(**fields), AHEAD, TODAY, book))["ask"][0]

    assert asked(promises=()) == QUESTION.text
    assert "Leadership" in asked(promises=(), questions=())  # the goal without a measure
    assert asked(promises=(), questions=(), items=()) == book.agenda.ask_any


def test_what_is_asked_as_the_one_thing_is_not_asked_twice(book):
    found = rows(agenda(a_checklist(promises=()), AHEAD, TODAY, book))
    assert "questions" not in found


def test_kept_promises_and_later_ones_stay_off_the_page(book):
    promises = a_checklist().promises
    kept = tuple(one.model_copy(update={"state": PromiseState.KEPT}) for one in promises)
    assert "promises" not in rows(agenda(a_checklist(promises=kept), AHEAD, TODAY, book))
    later = (promises[1].model_copy(update={"due": date(2026, 4, 30)}),)
    assert "promises" not in rows(agenda(a_checklist(promises=later), AHEAD, TODAY, book))


def test_a_long_log_stays_one_page(book):
    log = tuple(
        Entry(id=number(count + 100), on=date(2026, 3, 14), text=f"entry {count}") for count in range(300)
    )
    page = agenda(a_checklist(log=log), AHEAD, TODAY, book)
    assert len(to_text(page).splitlines()) < 60 and "And 297 more in your notes." in to_text(page)


def test_the_recap_says_what_was_agreed_by_whom_and_by_when(book):
    found = recap(a_checklist(), HELD, book)
    text = found.letter.text
    assert text.startswith("Hello Bea,\n") and text.endswith("Thank you,\nAna")
    assert "- send the log (who: [name], by: [date])" in text
    assert "- Bea gets the second monitor by 20 March\n" in text
    assert "- On “Who decides at the end?”: Bea and HR" in text and FEEDBACK.text in text
    assert QUESTION.text in text and "We meet again on Thursday, 19 March 2026 at 14:00." in text
    assert "nervous" not in text and "nervous" not in to_text(found.sheet)


def test_an_empty_recap_is_brackets_and_no_invention(book):
    bare = AHEAD.model_copy(update={"who": ""})
    text = recap(Checklist(check_ins=(bare,)), bare, book).letter.text
    assert "[name]" in text and "[your name]" in text and "[what was agreed, who does it, by when]" in text
    assert "[date of the next check-in]" in text


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("send the log", ["who", "by"]), ("I send the log", ["by"]), ("Bea sends it", ["by"]), ("log every Friday", ["who"]),
        ("HR writes by 3 April", []), ("me: report, due 2026-04-03", []), ("We look again in two weeks", []),
        ("may be easier with a template", ["who", "by"]), ("march the numbers", ["who", "by"]), ("Bea, in March", []),
    ],
)  # fmt: skip
def test_who_and_when_are_only_what_the_words_say(book, text, missing):
    said = step(text, {"Bea"}, book.recap)
    assert said.startswith(text) and [name for name in ("who", "by") if f"{name}: [" in said] == missing


def test_a_measure_agreed_in_the_meeting_is_in_the_recap(book):
    checklist = a_checklist()
    agreed = checklist.items[2].model_copy(
        update={"measure": "two hand-overs led", "measure_source": "meeting of 12 March 2026"}
    )
    found = recap(checklist.model_copy(update={"items": (*checklist.items[:2], agreed)}), HELD, book)
    assert "“Leadership” is measured by this: two hand-overs led" in found.letter.text


def test_the_summary_names_what_is_missing(book):
    found = summary(a_checklist(), date(2026, 3, 12), TODAY, book)
    assert [len(goal.sentences) for goal in found.goals] == [2, 0, 0] and len(found.other) == 1
    assert found.letter.text.count(book.summary.nothing) == 2 and "read the manual" not in found.letter.text
    assert found.letter.subject == "Status, 12 March 2026 to 18 March 2026"
    assert summary(Checklist(), None, TODAY, book).letter.text == book.summary.empty


@given(CHECKLISTS, st.none() | st.dates(), st.dates())
@settings(max_examples=100, deadline=None)
def test_each_sentence_is_a_record_in_the_persons_words(checklist, since, until):
    found = summary(checklist, since, until, BOOK)
    records = {
        one.id: one
        for one in (*checklist.log, *(shown for item in checklist.items for shown in item.evidence))
    }
    for sentence in (*found.other, *(one for goal in found.goals for one in goal.sentences)):
        (source,) = sentence.sources
        record = records[source]
        assert sentence.on == record.on <= until and (since is None or record.on >= since)
        rest = sentence.text.removeprefix(f"{checklist_words.day(record.on)}: ")
        if said := checklist_words.short(record.text, len(record.text) + 1):
            assert rest in (said, f"{said} ({record.minutes} minutes)")
        else:
            assert rest.startswith((BOOK.summary.wordless, "Kept on file: "))
    assert Summary.model_validate_json(found.model_dump_json()) == found


@given(CHECKLISTS, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_any_checklist_makes_sheets_whose_sources_exist(checklist, today):
    known = ids(checklist)
    sheets = [ending(checklist, ("What changes?",), BOOK).sheet]
    for check_in in checklist.check_ins:
        found = recap(checklist, check_in, BOOK)
        sheets += [agenda(checklist, check_in, today, BOOK), found.sheet]
        rebook(checklist, check_in, today, BOOK)
    for sheet in sheets:
        assert all(set(row.sources) <= known for section in sheet.sections for row in section.rows)
        assert all("\n" not in row.text for section in sheet.sections for row in section.rows)
        assert all(section.rows for section in sheet.sections)


def test_hostile_words_stay_one_line_of_text(book):
    log = (Entry(id=number(99), on=date(2026, 3, 14), text=HOSTILE),)
    checklist = a_checklist(log=log, items=(Item(id=number(98), title=HOSTILE),), check_ins=())
    held = HELD.model_copy(update={"who": HOSTILE, "agreed": (HOSTILE,)})
    for text in (
        to_text(agenda(checklist, AHEAD, TODAY, book)), recap(checklist, held, book).letter.text, summary(checklist, None, TODAY, book).letter.text,
    ):  # fmt: skip
        assert "{who} {day}" in text and not re.search(r"[\0\u2028\u202e\r]|^#", text, re.MULTILINE)
    assert fill("{who}", who="{day}", day="x") == "{day}"


@pytest.mark.parametrize("state", [CheckInState.CANCELLED, CheckInState.MISSED])
def test_a_check_in_that_fell_out_gets_a_slot_and_a_line(book, state):
    off = AHEAD.model_copy(update={"state": state})
    found = rebook(a_checklist(check_ins=(HELD, off)), off, date(2026, 3, 19), book)
    assert found.slot.at.isoformat() == "2026-03-20T14:00:00" and found.next is None
    assert "Friday, 20 March 2026 at 14:00" in found.letter.text and found.letter.text.startswith(
        "Hello Bea,"
    )
    assert ("cancelled" in found.said) is (state is CheckInState.CANCELLED)
    assert not re.search(r"\b(?:sabotage|again|always|never|why)\b", found.letter.text)


def test_met_is_the_managers_word_only(book):
    checklist = a_checklist()
    mail, bookings, nice = checklist.items
    done = (
        mail.model_copy(update={"status": Status.DONE}),
        bookings,
        nice.model_copy(update={"status": Status.DONE}),
    )
    found = ending(checklist.model_copy(update={"items": done}), ("What changes?",), book)
    assert [goal.state for goal in found.goals] == ["shown", "met", "unproven"]
    assert (
        number(90) in found.goals[0].sources and "Nothing is noted yet that shows it" in found.goals[2].text
    )
    assert [goal.state for goal in ending(a_checklist(), (), book).goals] == ["open", "met", "open"]


def test_both_roads_have_steps_and_nobody_gets_odds(book):
    found = ending(a_checklist(), ("What changes?",), book)
    keys = [section.key for section in found.sheet.sections]
    assert (
        keys == ["asks", "goals", "staying", "leaving", "work", "look"]
        and len(found.look) >= 3
        and len(found.work) >= 3
    )
    assert not any("Double bookings" in row.text for row in found.work)  # confirmed: nothing left to do
    assert not re.search(
        r"%|\b(?:chance|odds|likely|probab\w+|survive|fail\w*)\b", to_text(found.sheet), re.IGNORECASE
    )


BOOK = library_module.load(ROOT / "knowledge").meetings
RAW = yaml.safe_load((ROOT / "knowledge" / "meetings.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("section", "field", "value", "said"),
    [
        ("recap", "opening", "Thank you {manager}.", "manager"), ("agenda", "close", "Well done!", "exclamation"),
        ("agenda", "close", "Bring it \u2014 now.", "em dash"), ("missed", "offer", " ", "empty"),
        ("agenda", "clsoe", "x", "clsoe"), ("chat", "recap", ["{meeting}"], "recap"), ("series", "cadences", {"hourly": "x"}, "cadences"),
    ],
)  # fmt: skip
def test_a_wrong_word_in_the_file_names_file_and_field(tmp_path, section, field, value, said):
    broken = json.loads(json.dumps(RAW))
    broken[section][field] = value
    with pytest.raises(ValidationError, match=said):
        MeetingBook.model_validate(broken)
    path = tmp_path / "meetings.yaml"
    path.write_text(yaml.safe_dump(broken), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"meetings\.yaml: field {section}\.{field}"):
        library_module._book(path, MeetingBook)
