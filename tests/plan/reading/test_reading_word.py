"""Word files: order, numbers, tables, text boxes, content controls, and what is not on the page."""

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from coach.plan.reading.faults import Fault
from tests.plan.reading.files import blocks, cells, texts, word

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOX = (
    f'<w:p {NS} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:r><w:t>Around the box.</w:t></w:r><w:r>'
    "<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>Hand in the unit plan."
    "</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p>"
    "<w:r><w:t>Hand in the unit plan.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    "</w:r></w:p>"
)


def body(document, xml: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def test_order_headings_and_lists():
    def build(document):
        document.add_heading("Improvement plan", 0)
        document.add_heading("Goals", 1)
        document.add_paragraph("Close the cases.", style="List Number")
        document.add_paragraph("Write the list.", style="List Number")
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "By", "30 June"
        document.add_paragraph("Ask for help.", style="List Bullet")

    found = blocks(word(build))
    assert [(b["kind"], b["marker"], b["text"]) for b in found["blocks"]] == [
        ("heading", "", "Improvement plan"),
        ("heading", "", "Goals"),
        ("item", "1.", "Close the cases."),
        ("item", "2.", "Write the list."),
        ("cell", "", "By"),
        ("cell", "", "30 June"),
        ("item", "•", "Ask for help."),
    ]
    assert "1." not in found["text"], "a computed number is no part of the file's words"


def test_multilevel_numbers():
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, start, form, text in ((0, 1, "decimal", "%1."), (1, 1, "decimal", "%1.%2"), (2, 1, "lowerLetter", "(%3)"), (3, 4, "lowerRoman", "%4."))
    )

    def build(document):
        numbering = document.part.numbering_part.element
        numbering.insert(0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="77">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {NS} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for level in (0, 1, 1, 2, 2, 3, 0, 1):
            body(document, f'<w:p {NS}><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr></w:pPr><w:r><w:t>Some words.</w:t></w:r></w:p>')

    found = blocks(word(build))["blocks"]
    assert [b["marker"] for b in found] == ["1.", "1.1", "1.2", "(a)", "(b)", "iv.", "2.", "2.1"]
    assert [b["level"] for b in found] == [0, 1, 1, 2, 2, 3, 0, 1]


def test_typed_markers_are_split_off_and_stay_in_the_text():
    found = blocks(word(lambda document: [document.add_paragraph(text) for text in ("(a) Close the cases.", "- Write lists.", "Goal 1: Be early.")]))
    assert [(b["kind"], b["marker"]) for b in found["blocks"]] == [("item", "(a)"), ("item", "-"), ("paragraph", "")]
    assert "(a) Close the cases." in found["text"]


def test_merged_cells_come_once():
    def build(document):
        table = document.add_table(3, 3)
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}"
        table.cell(0, 0).merge(table.cell(0, 2)).text = "wide"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "high"

    found = blocks(word(build))
    assert cells(found) == {(1, 0, 0): "wide", (1, 1, 0): "high", (1, 1, 1): "11", (1, 1, 2): "12", (1, 2, 1): "21", (1, 2, 2): "22"}
    assert [b["span"] for b in found["blocks"]] == [3, 1, 1, 1, 1, 1]


def test_a_frame_of_one_cell_is_no_table():
    def build(document):
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "A box around it."
        cell.add_paragraph("Close the cases.", style="List Bullet")

    assert [b["kind"] for b in blocks(word(build))["blocks"]] == ["paragraph", "item"]


def test_text_boxes_once_and_in_place():
    def build(document):
        body(document, BOX)
        document.add_paragraph("After it.")

    assert texts(word(build)) == ["Around the box.", "Hand in the unit plan.", "After it."]


def test_content_controls_are_read():
    control = f'<w:sdt {NS}><w:sdtPr/><w:sdtContent>{{}}</w:sdtContent></w:sdt>'
    inline = f'<w:p {NS}><w:r><w:t xml:space="preserve">Start: </w:t></w:r>{control.format("<w:r><w:t>01/11/2027</w:t></w:r>")}</w:p>'
    block = control.format("<w:p><w:r><w:t>Close the cases.</w:t></w:r></w:p>")
    assert texts(word(lambda document: [body(document, inline), body(document, block)])) == ["Start: 01/11/2027", "Close the cases."]


def test_tracked_changes_as_if_accepted():
    xml = (
        f'<w:p {NS}><w:r><w:t xml:space="preserve">Close </w:t></w:r><w:del><w:r><w:delText>nine</w:delText></w:r></w:del>'
        "<w:ins><w:r><w:t>five</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> cases.</w:t></w:r></w:p>"
    )
    assert texts(word(lambda document: body(document, xml))) == ["Close five cases."]


def secret(**change):
    def build(document):
        document.add_paragraph("Close the cases.")
        font = document.add_paragraph().add_run("Resign today").font
        for name, value in change.items():
            if name == "color":
                font.color.rgb = value
            else:
                setattr(font, name, value)

    return build


@pytest.mark.parametrize(
    "change", [{"hidden": True}, {"color": RGBColor(255, 255, 255)}, {"color": RGBColor(0xFA, 0xFA, 0xFB)}, {"size": Pt(1)}], ids=str
)
def test_hidden_text_is_left_out(change):
    found = blocks(word(secret(**change)))
    assert (found["text"], found["hidden"]) == ("Close the cases.", ["Resign today"])
    assert found["warnings"] == ["This file contains text that cannot be seen on the page. I left it out."]


def test_text_hidden_by_a_style():
    def build(document):
        document.styles.add_style("Ghost", WD_STYLE_TYPE.CHARACTER).font.hidden = True
        document.add_paragraph("Close the cases.").add_run(" Resign today", style="Ghost")

    assert blocks(word(build))["text"] == "Close the cases."


def test_white_on_a_dark_cell_is_seen():
    def build(document):
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "Goal"
        run = table.cell(0, 1).paragraphs[0].add_run("Measure")
        run.font.color.rgb = RGBColor(255, 255, 255)
        shade = OxmlElement("w:shd")
        shade.set(qn("w:fill"), "1F4E79")
        table.cell(0, 1)._tc.get_or_add_tcPr().append(shade)

    assert texts(word(build)) == ["Goal", "Measure"]


def test_struck_words_are_left_out_and_told():
    def build(document):
        paragraph = document.add_paragraph("Close five ")
        paragraph.add_run("nine ").font.strike = True
        paragraph.add_run("cases.")

    found = blocks(word(build))
    assert found["text"] == "Close five cases."
    assert found["warnings"] == ["Some words in this file are struck out. I left them out."]


def test_headers_only_where_they_alone_tell():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "Acme Ltd, confidential\tSchool Year 2026-27"
        document.sections[0].footer.paragraphs[0].text = "Form HR-27, version 6 of 2019"
        document.add_paragraph("Plan in effect: September 8 to January 29")

    assert texts(word(build)) == ["Acme Ltd, confidential\tSchool Year 2026-27", "Plan in effect: September 8 to January 29"]

    def dated(document):
        build(document)
        document.add_paragraph("It begins on 8 September 2026.")

    assert "confidential" not in blocks(word(dated))["text"]


def test_two_labels_on_one_line_are_two_blocks():
    assert texts(word(lambda document: document.add_paragraph("Employee: Ana Silva\tManager: Bo Berg"))) == ["Employee: Ana Silva", "Manager: Bo Berg"]


def test_line_breaks_stay():
    assert texts(word(lambda document: document.add_paragraph("Bo Berg\nHead of Sales"))) == ["Bo Berg\nHead of Sales"]


def test_a_doctype_is_refused():
    data = word(lambda document: document.add_paragraph("A"), lambda xml: xml.replace("<w:document", '<!DOCTYPE a [<!ENTITY x "y">]><w:document', 1))
    with pytest.raises(Fault, match="doctype"):
        blocks(data)
