"""A Word file holds the words as they are, and nothing that acts."""

import io
import re
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings

from coach.documents import word
from coach.documents.characters import one_line, plain
from coach.schema.documents import Paper, Paragraph, Quotation, Room, Table, Task
from tests.documents.samples import AT, HOSTILE, PAPERS, paper_of


def read(paper: Paper):
    return Document(io.BytesIO(word.write(paper, AT).data))


def parts(paper: Paper) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(word.write(paper, AT).data)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    paper = paper_of(text)
    file = read(paper)
    lines = [line.text for line in file.paragraphs]
    assert lines[0] == one_line(text) and lines.count(one_line(text)) >= 4
    assert f"{one_line(text)}: {plain(text)}" in lines
    cells = [cell.text for row in file.tables[0].rows for cell in row.cells]
    assert cells == [plain(text)] * 5 + ["b"]
    raw = parts(paper)
    document = raw["word/document.xml"]
    assert "w:hyperlink" not in document and "w:object" not in document and "w:drawing" not in document
    assert re.findall(r"<w:instrText[^>]*>([^<]*)<", raw["word/footer1.xml"]) == ["PAGE"]
    assert "instrText" not in document and not any(name.endswith(".bin") for name in raw)


@given(PAPERS)
@settings(max_examples=60, deadline=None)
def test_anything_can_be_written_and_opened(paper):
    file = read(paper)
    assert file.paragraphs[0].text == one_line(paper.title)
    assert len(file.tables) == sum(isinstance(block, Table) for block in paper.blocks)


def test_boxes_quotes_and_room_are_there():
    paper = Paper(
        title="x",
        blocks=(
            Task(text="Who judges?", number=2),
            Task(text="done", ticked=True),
            Quotation(text="within 4 hours", source="plan.pdf, page 2"),
            Room(lines=3, label="Answer"),
            Paragraph(text="two\nlines"),
        ),
    )
    lines = [line.text for line in read(paper).paragraphs]
    assert "☐ 2. Who judges?" in lines and "☑ done" in lines and "Answer: " in lines
    assert "within 4 hours\nplan.pdf, page 2" in lines and "two\nlines" in lines


def test_who_made_it_and_when():
    about = read(Paper(title="My record")).core_properties
    assert (about.title, about.author, about.created) == ("My record", "PIP Coach", AT)


def test_the_schema_order_of_word_is_kept():
    """Word refuses a paragraph whose border stands behind its indent."""
    document = parts(paper_of("x"))["word/document.xml"]
    for properties in re.findall(r"<w:pPr>(.*?)</w:pPr>", document):
        names = re.findall(r"<w:(pStyle|keepNext|pBdr|spacing|ind|rPr)\b", properties)
        order = ["pStyle", "keepNext", "pBdr", "spacing", "ind", "rPr"]
        assert names == sorted(names, key=order.index), properties
