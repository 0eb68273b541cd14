"""The record holds everything that was kept, in the words of the plan and of the person, and nothing else."""

import io
from datetime import date

import pytest
import yaml
from docx import Document
from pydantic import ValidationError
from pypdf import PdfReader

from coach.binder import files
from coach.binder.contents import record
from coach.locations import ROOT
from coach.schema.binder import WORDS, BinderBook, Kept
from coach.schema.checklist import Checklist, Entry, Item, Rehearsal
from coach.schema.documents import Heading, Paragraph, Quotation, Table, Task
from tests.binder.conftest import NOW
from tests.checklist.samples import BOOKING, COURSE, DAY
from tests.documents.samples import HOSTILE

ON = date(2026, 3, 9)


def words(paper) -> str:
    """All words of a document, one piece a line."""
    found = [paper.title, paper.subtitle]
    for block in paper.blocks:
        if isinstance(block, Table):
            found += [cell for row in block.rows for cell in row]
        else:
            found += [str(value) for value in vars(block).values() if isinstance(value, str)]
            found += getattr(block, "lines", ()) if isinstance(getattr(block, "lines", ()), tuple) else ()
    return "\n".join(found)


def headings(paper, level=1) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == level]


@pytest.fixture
def paper(full, book):
    return record(full.take_out(), book, ON)


def test_every_part_has_its_place(paper):
    assert headings(paper) == [
        "The plan", "Goals and what I did", "What was promised to me", "What I did, day by day",
        "What was said about my work", "Meetings", "Questions I took along", "Texts to send", "Practice talks",
    ]  # fmt: skip
    assert paper.subtitle == "As it stood on 9 March 2026"


def test_everything_that_was_kept_can_be_read(paper):
    text = words(paper)
    for said in (
        "second plan.docx", "first plan.docx, added on 2 March 2026", "Ana", "Bea", "29 May 2026", "every Thursday at 2 pm",
        BOOKING, "at risk, since 2 March 2026", "two lines\nof notes", "Find the form", "Read it (2 March 2026)",
        "2 March 2026: Mail log (20 minutes, file: log “é”.pdf)", "without a file", "Ask for a mentor", COURSE,
        "A mentor by May", "late, since 2 March 2026", "asked twice", "finished the course (beyond the plan)", "90 minutes",
        "better on mails", "26 March 2026, 14:00 (Europe/London), Bea", "first, held", "went well", "send the log", "Who judges?",
        "Bea does", "After Thursday", "2 March 2026, sent", "Dear [name],\n\nthank you.", "first meeting, by the book, guarded",
        "61", "3 before, 6 after", "Ask one thing at a time", "I missed two dates", "By Friday.", "second plan.docx, page 1",
    ):  # fmt: skip
        assert said in text, said
    assert "wrong one" not in text and "new ending" not in text


def test_quotes_are_exact_and_say_where_they_stand(paper):
    quotes = {block.text: block.source for block in paper.blocks if isinstance(block, Quotation)}
    assert quotes[BOOKING] == "second plan.docx, page 1"
    assert quotes[COURSE] == "second plan.docx, page 1"


def test_ticks_are_kept(paper):
    ticked = {block.text: block.ticked for block in paper.blocks if isinstance(block, Task)}
    assert ticked == {"Find the form": False, "Read it (2 March 2026)": True, "Who judges?": True}


def test_nothing_noted_is_said_so(paper):
    assert [block.text for block in paper.blocks if isinstance(block, Paragraph)].count(
        "Nothing noted yet."
    ) == 2


def test_conversations_only_where_they_are_wanted(full, book):
    with_talks = words(record(full.take_out(), book, ON, talks=True))
    assert (
        "I was put on a plan" in with_talks and "new ending" in with_talks and "old ending" not in with_talks
    )
    assert "I was put on a plan" not in words(record(full.take_out(), book, ON))


def test_an_empty_record_says_so(book):
    paper = record(Kept(), book, ON)
    assert [block.text for block in paper.blocks] == ["There is nothing kept yet."]


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_it_opens_in_other_programs(full, book, form):
    data = files.write(full.take_out(), form, book, NOW, talks=True).data
    if form == "pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    else:
        text = "\n".join(line.text for line in Document(io.BytesIO(data)).paragraphs)
    assert "My record" in text and BOOKING in text and "new ending" in text and "thank you." in text


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_hostile_names_and_notes_stay_words(book, text):
    item = Item(id="1" * 32, title=text, notes=text, quote=text, measure=text)
    kept = Kept(
        checklist=Checklist(items=(item,), log=(Entry(id="2" * 32, on=DAY, text=text, item=item.id),))
    )
    assert words(record(kept, book, ON)).count(text) >= 6
    for form in ("docx", "pdf", "md", "zip", "json"):
        assert files.write(kept, form, book, NOW).data


@pytest.mark.parametrize(
    "result",
    [
        "",
        "{}",
        '{"debrief": 3}',
        '{"debrief": {"worked": 1, "cost": [2]}}',
        '{"debrief": {"worked": [{}, 1]}}',
    ],
)
def test_a_result_of_another_shape_is_passed_over(book, result):
    talk = Rehearsal(
        id="1" * 32, at=NOW, scenario="hr", persona="cold", difficulty="hard", score=3, result=result
    )
    paper = record(Kept(checklist=Checklist(rehearsals=(talk,))), book, ON)
    assert "hr, cold, hard" in words(paper)


def test_the_words_are_checked_when_they_are_loaded():
    raw = yaml.safe_load((ROOT / "knowledge" / "binder.yaml").read_text(encoding="utf-8"))
    assert set(raw["words"]) == set(WORDS)
    for wrong in (
        {**raw["words"], "mood": "x"},
        {name: text for name, text in raw["words"].items() if name != "title"},
        {**raw["words"], "title": " "},
        {**raw["words"], "source": "{file}"},
        {**raw["words"], "title": "My {record}"},
    ):
        with pytest.raises(ValidationError):
            BinderBook.model_validate({"words": wrong})
