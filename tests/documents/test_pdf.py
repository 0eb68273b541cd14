"""A PDF holds the words in letters that can be read and copied, and says which it could not draw."""

import io

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from coach.documents import pdf
from coach.documents.characters import plain
from coach.documents.direction import as_drawn
from coach.schema.documents import Bullets, Heading, Paper, Paragraph, Table, Task
from tests.documents.samples import AT, HOSTILE, PAPERS, paper_of


def reader(paper: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.write(paper, AT).data))


def text_of(paper: Paper) -> str:
    return "\n".join(page.extract_text() for page in reader(paper).pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    found = reader(paper_of(text))
    shown = squeezed("".join(page.extract_text() for page in found.pages))
    drawn = squeezed(plain(text)).replace("\ufffd", "")
    assert shown.count(drawn) >= 15, (drawn, shown)
    for page in found.pages:
        assert "/Annots" not in page and "/AA" not in page
    root = found.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(root)


@given(PAPERS)
@settings(max_examples=60, deadline=None)
def test_anything_can_be_written_and_opened(paper):
    assert len(reader(paper).pages) >= 1


def test_letters_of_many_languages():
    text = "é ł ő ñ “so” ‘it’ — … € Ελλάδα Київ Հայաստան საქართველო ½ ☐ ☑ ✓ ﬁ"
    written = pdf.write(Paper(title="x", blocks=(Paragraph(text=text),)), AT)
    assert written.replaced == ()
    shown = PdfReader(io.BytesIO(written.data)).pages[0].extract_text()
    assert squeezed(text) in squeezed(shown)


def test_what_cannot_be_drawn_is_a_box_and_reported_once():
    paper = Paper(title="漢字", blocks=(Paragraph(text="a 漢 b 🧑 c", label="ب"), Bullets(lines=("漢",))))
    written = pdf.write(paper, AT)
    assert written.replaced == ("漢", "字", "ب", "🧑")
    shown = PdfReader(io.BytesIO(written.data)).pages[0].extract_text()
    assert "a □ b □ c" in shown and "漢" not in shown


def test_hebrew_is_drawn_from_right_to_left():
    assert as_drawn("name: שלום עולם, ok") == "name: םלוע םולש, ok"
    assert as_drawn("(שלום) 12") == "(םולש) 12"
    assert as_drawn("no such letter") == "no such letter"


def test_long_tables_and_long_cells_go_on_over_pages():
    rows = tuple((f"day {number}", "done " * 20) for number in range(200))
    long = (("day", "said " * 5000),)
    paper = Paper(
        title="x",
        blocks=(
            Table(head=("Day", "What"), rows=rows),
            Table(head=("Day", "What"), rows=long),
            Heading(text="The end"),
        ),
    )
    found = reader(paper)
    assert len(found.pages) > 10 and "The end" in found.pages[-1].extract_text()
    assert text_of(paper).count("Day") > 5, "the head of a table comes again on each page"
    assert "199" in text_of(paper)


def test_a_task_is_a_box():
    shown = text_of(Paper(title="x", blocks=(Task(text="ask", number=3), Task(text="done", ticked=True))))
    assert "☐" in shown and "☑" in shown and "3. ask" in shown


def test_same_words_same_bytes_and_the_day_is_ours():
    paper = paper_of("same")
    assert pdf.write(paper, AT).data == pdf.write(paper, AT).data
    assert reader(paper).metadata["/CreationDate"].startswith("D:20260302093000")
    assert reader(paper).metadata["/Author"] == "PIP Coach"
