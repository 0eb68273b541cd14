"""Words to send: every kind with and without facts, nothing made up, and nothing that can break out of a line."""

import re
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import UserError
from coach.schema.checklist import (
    CheckIn,
    CheckInState,
    Checklist,
    Entry,
    Evidence,
    Item,
    PlanVersion,
    Promise,
)
from coach.schema.conversation import Fact, Known
from coach.schema.drafts import DraftKind
from coach.schema.plan import Document, Extraction, Plan
from coach.tools.draft import WORDS, draft

TODAY = date(2026, 12, 1)
FACTS = {
    "employee": "Sam Lee", "manager": "Bea Okoro", "meeting_date": "3 March", "time": "10:00",
    "agreed": ["95% by the end of May", "Fridays, 10 minutes", "Bea arranges the licence"],
    "corrections": [{"said": "late on 3 May", "correct": "the log shows 8:58", "evidence": "the door log"}],
    "progress": ["41 calls", {"goal": "Goal 2", "done": "module 1", "evidence": "certificate"}],
    "support": "CRM training", "examples": "my tone in calls", "reason": "the audit is in week 3", "colleague": "Ola",
    "deadline": "Friday", "points": ["goal 2", "the dates"], "cancelled": "9 March", "thanks_for": "the rota",
}  # fmt: skip
plain = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


def write(library, kind, facts=None, *, plan=None, known=None, checklist=None, variant=0):
    return draft(kind, facts or {}, plan, known or Known(), checklist, TODAY, library.drafts, variant)


class Written:
    """Writes with the curated book; short to print when an example fails."""

    def __init__(self, library):
        self.library, self.book = library, library.drafts

    def __call__(self, kind, facts, variant):
        return write(self.library, kind, facts, variant=variant)


@pytest.fixture(scope="module")
def written(library):
    return Written(library)


def a_checklist(**parts) -> Checklist:
    extraction = Extraction(document=Document(name="plan.txt", kind="text", text="x"), is_plan=True, plan=Plan())
    return Checklist(plan=PlanVersion(id="1" * 32, number=1, added_on=TODAY, current=True, extraction=extraction), **parts)


@pytest.mark.parametrize("variant", range(4))
@pytest.mark.parametrize("facts", [{}, FACTS], ids=["no facts", "all facts"])
@pytest.mark.parametrize("kind", DraftKind)
def test_every_kind_is_a_short_whole_message(library, kind, facts, variant):
    letter = write(library, kind, facts, variant=variant)
    assert len(letter.text.split()) < WORDS and "!" not in letter.text
    assert not re.search(r"\{\w+\}|\.\.|\s,", letter.text)
    if kind is not DraftKind.COLLEAGUES:
        assert letter.text.startswith("Subject: ") and letter.text.endswith("\nSam Lee" if facts else "\n[your name]")
    if not facts and kind is not DraftKind.COLLEAGUES:
        assert "[" in letter.text and any(note.endswith("?") for note in letter.notes)


@pytest.mark.parametrize("kind", DraftKind)
def test_no_fact_is_lost_without_a_word(library, kind):
    letter = write(library, kind, FACTS | {"colour": "deep blue"})
    everything = letter.text + "\n".join(letter.notes)
    for said in ("Bea Okoro", "Sam Lee", "3 March", "95% by the end of May", "late on 3 May", "41 calls", "CRM training", "my tone in calls", "Ola", "goal 2", "deep blue"):  # fmt: skip
        assert said in everything, said


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_number_or_name_is_made_up(written, data):
    kind = data.draw(st.sampled_from(list(DraftKind)))
    facts = data.draw(st.dictionaries(st.sampled_from(sorted(FACTS)), st.sampled_from(["Ada 7", "on 12 May", "x", "Q3 figures 41"]), max_size=6))
    letter = written(kind, facts, data.draw(st.integers(0, 5)))
    book = str(written.book.model_dump())
    allowed = book + " ".join(facts.values()) + " ".join(f"{n}." for n in range(1, 9))
    for word in re.findall(r"\d+|\b[A-Z][a-z]+", letter.text):
        assert word in allowed, word


@settings(max_examples=80, deadline=None)
@given(facts=st.dictionaries(st.sampled_from(sorted(FACTS)), plain | st.lists(plain, max_size=3) | st.none() | st.integers(), max_size=8), kind=st.sampled_from(list(DraftKind)))
def test_anything_can_be_handed_over(written, facts, kind):
    letter = written(kind, facts, 0)
    assert letter.text.strip() and all(note.strip() for note in letter.notes)


@pytest.mark.parametrize("hostile", ["# big\n\n- item\n<script>x</script>", "{manager} {0} %s", "[[x]](javascript:1)", "\u202eabc\x00\x1b[31m", "word " * 2000])
@pytest.mark.parametrize("kind", DraftKind)
def test_hostile_facts_stay_on_their_line(library, kind, hostile):
    usual = write(library, kind, FACTS)
    letter = write(library, kind, FACTS | {"manager": hostile, "employee": hostile, "agreed": [hostile.replace("\n", " ")]})
    assert len(letter.text.splitlines()) <= len(usual.text.splitlines())
    assert "\x1b" not in letter.text and "\u202e" not in letter.text
    if "{manager}" in hostile and kind is not DraftKind.COLLEAGUES:
        assert "{manager} {0} %s" in letter.text  # what is put in is no template


def test_a_recap_lists_exactly_what_was_agreed(library):
    letter = write(library, DraftKind.RECAP, FACTS)
    assert [line[2:] for line in letter.text.splitlines() if line.startswith("- ")] == FACTS["agreed"]
    assert "sorry" not in letter.text.lower()


def test_corrections_come_one_by_one_with_both_sides_on_rebuttals(library):
    letter = write(library, DraftKind.CORRECTIONS, {"corrections": [{"said": "a", "correct": "b", "evidence": "c"}, {"said": "d"}]})
    assert "1. It says: \u201ca\u201d. As I have it: b. It can be seen in: c." in letter.text
    assert "2. It says: \u201cd\u201d. As I have it: [what happened, with the date]." in letter.text
    assert any("Experts differ" in note for note in letter.notes)


def test_a_status_comes_from_the_log_and_says_what_nothing_shows(library):
    items = (Item(id="a" * 32, title="Answer within a day"), Item(id="b" * 32, title="File reports", evidence=(Evidence(item="b" * 32, on=TODAY, text="sheet 7"),)), Item(id="c" * 32, title="Fewer errors"))
    log = (Entry(on=date(2026, 11, 30), text="answered all 12 mails", item="a" * 32), Entry(on=date(2026, 11, 29), text="three reports", item="b" * 32), Entry(on=date(2026, 1, 2), text="long ago", item="a" * 32))
    letter = write(library, DraftKind.STATUS, checklist=a_checklist(items=items, log=log))
    lines = [line for line in letter.text.splitlines() if line.startswith("- ")]
    assert lines == [
        "- Answer within a day: answered all 12 mails (30 November 2026).",
        "- File reports: three reports (29 November 2026). To see in: sheet 7.",
        "- Fewer errors: [nothing noted yet: what was done, and what shows it]",
    ]
    assert any("answered all 12 mails" in note for note in letter.notes)


def test_what_is_on_file_fills_the_slots_and_gives_way_to_the_person(library):
    plan = Plan(employee="Sam Lee", manager="Bea", start_date=date(2026, 9, 1))
    assert "Hello Bea," in write(library, DraftKind.ACKNOWLEDGE, plan=plan).text
    assert "1 September 2026" in write(library, DraftKind.ACKNOWLEDGE, plan=plan).text
    assert "Hello Kim," in write(library, DraftKind.ACKNOWLEDGE, {"manager": "Kim"}, plan=plan).text
    assert "Hello Dee," in write(library, DraftKind.RECAP, known=Known(manager=Fact(value="Dee"))).text


def test_a_cancelled_check_in_and_a_late_promise_are_known(library):
    lost = CheckIn(at=datetime(2026, 11, 24, 9), zone="UTC", state=CheckInState.CANCELLED)
    held = CheckIn(at=datetime(2026, 11, 17, 9), zone="UTC", state=CheckInState.HELD, agreed=("the scanner by Friday",))
    promise = Promise(text="two days of training", due=date(2026, 11, 20))
    kept = a_checklist(check_ins=(lost, held), promises=(promise,))
    assert "24 November 2026" in write(library, DraftKind.REBOOK, checklist=kept).text
    assert "- the scanner by Friday" in write(library, DraftKind.RECAP, checklist=kept).text
    support = write(library, DraftKind.SUPPORT, checklist=kept).text
    assert "two days of training" in support and "20 November 2026" in support


def test_facts_must_be_an_object(library):
    with pytest.raises(UserError, match="one JSON object"):
        write(library, DraftKind.RECAP, ["a"])


def test_what_is_asked_for_stands_before_an_open_promise(library):
    late = a_checklist(promises=(Promise(text="You will get the CRM training", due=date(2026, 11, 1)),))
    letter = write(library, DraftKind.SUPPORT, {"request": "the policy"}, checklist=late)
    assert "I'd like to ask for the policy." in letter.text and "CRM" not in letter.text
    assert "CRM training" in write(library, DraftKind.SUPPORT, checklist=late).text
