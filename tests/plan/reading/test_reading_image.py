"""Pictures of text. Tests with the real tesseract are left out where it is not installed."""

import io
import shutil

import pytest
from PIL import Image

from coach.plan.reading import image, scan
from coach.plan.reading.faults import Fault
from coach.plan.reading.read import read
from tests.plan.reading.files import blocks, pdf, picture

SAID = ("Improvement plan", "You will close all of the open cases by 30 June 2026.", "Bo Berg meets you every Friday at 3 pm.")
real = pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")


@real
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP"])
def test_a_picture(form):
    document = read(picture(*SAID, form=form), "scan")
    assert document.kind == "image"
    assert "close all of the open cases by 30 June 2026." in document.text
    assert document.warnings == ("The text of this file was read from a picture. Please check names, numbers and dates.",)


@real
def test_a_scanned_pdf_of_two_pages():
    out = io.BytesIO()
    pages = [Image.open(io.BytesIO(picture(*said))) for said in (SAID, ("The second page asks for the weekly list.",))]
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    document = read(out.getvalue(), "scan.pdf")
    assert (document.kind, document.pages) == ("pdf", 2)
    assert [b.page for b in document.blocks if "weekly list" in b.text] == [2]


@real
def test_an_ocr_layer_under_a_picture_is_its_text():
    out = io.BytesIO()
    Image.open(io.BytesIO(picture(*SAID))).save(out, "PDF", resolution=150)
    found = blocks(out.getvalue())
    assert "open cases" in found["text"]
    assert not found["hidden"]


@real
def test_a_picture_without_text():
    out = io.BytesIO()
    Image.new("L", (800, 600), 255).save(out, "PNG")
    with pytest.raises(Exception, match="no text"):
        read(out.getvalue(), "x.png")


def table(*rows: tuple[int, int, str, float]) -> str:
    """Tesseract's table: line, left edge, word, how sure."""
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    return head + "".join(f"5\t1\t1\t1\t{line}\t1\t{left}\t{40 * line}\t{12 * len(text)}\t20\t{sure}\t{text}\n" for line, left, text, sure in rows)


def read_rows(*rows) -> list[str]:
    return [line.text for line in scan.lines(scan.words(table(*rows)), 1, Image.new("L", (900, 900), 255))]


def test_specks_are_dropped_and_unsure_words_of_a_good_line_stay():
    assert read_rows((1, 10, "Close", 96), (1, 90, "cases", 12), (1, 170, "now", 95), (2, 10, "ae", 8), (3, 10, "~", 20)) == ["Close cases now"]


def test_an_upright_stroke_is_the_word_i():
    assert read_rows((1, 10, "|", 80), (1, 40, "have", 96), (1, 110, "read", 96)) == ["I have read"]


def test_boxes_to_tick():
    rows = [(n, 10, mark, 40) for n, mark in ((1, "C1"), (2, "[]"), (3, "O"))] + [(n, 60, "Close", 96) for n in (1, 2, 3)]
    rows += [(n, 140, "cases", 96) for n in (1, 2, 3)]
    assert read_rows(*rows) == ["☐ Close cases"] * 3


def test_too_many_points(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)  # set by the call; comes back after the test
    monkeypatch.setattr(image, "MOST_PIXELS", 1000)
    with pytest.raises(Fault, match="too_big"):
        list(image.frames(picture("A")))


def test_a_slow_program(monkeypatch, tmp_path):
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nsleep 30\n")
    program.chmod(0o755)
    monkeypatch.setattr(image, "SECONDS", 0.3)
    with pytest.raises(Fault, match="too_slow"):
        image.table(b"", str(program), "3")


def test_a_broken_program(tmp_path):
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(Fault, match="failed"):
        image.table(b"", str(program), "3")


def test_a_page_of_letters_and_no_picture_needs_no_tesseract(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert blocks(pdf("BT /F1 11 Tf 72 700 Td (Short) Tj ET"))["text"] == "Short"


def test_a_page_laid_askew_is_set_straight():
    rows = [(n, 60 + 90 * at, "words", 96) for n in (1, 2, 3) for at in range(7)]
    tilted = scan.words(table(*rows))
    for row in tilted:
        row.word.top += 0.03 * row.word.x0
        row.word.bottom += 0.03 * row.word.x0
    found = scan.lines(tilted, 1, Image.new("L", (900, 900), 255))
    assert [round(line.bottom - line.top) for line in found] == [20, 20, 20]
