"""Malformed files end in one plain sentence, in a child process, with nothing left behind. See files.yaml."""

import os
import tempfile
from pathlib import Path

import pytest

from coach.errors import UserError
from coach.plan.reading.faults import SENTENCES
from coach.plan.reading.read import read
from tests.battery.cases import cases
from tests.battery.files import FILES
from tests.llm.stub_server import StubServer
from tests.plan.reading.files import edited, packed, word

CASES = [pytest.param(case, id=case.id) for case in cases() if case.file]
TEMPLATE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" TargetMode="External" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="{url}/t.dotm"/></Relationships>'
)


def outcome(data: bytes) -> str:
    """The code of the sentence, or "reads"."""
    try:
        read(data, "plan")
    except UserError as error:
        return next(code for code, sentence in SENTENCES.items() if sentence == str(error))
    return "reads"


@pytest.mark.parametrize("case", CASES)
def test_case(case, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    tempfile.tempdir = None
    assert outcome(FILES[case.file]()) in case.sentence
    assert list(tmp_path.iterdir()) == []


def test_a_template_from_outside_is_not_fetched():
    server = StubServer()
    try:
        data = word(lambda document: document.add_paragraph("Close the cases."))
        linked = edited(data, lambda xml: xml.replace("</Relationships>", TEMPLATE.split("Relationships ", 1)[1].split(">", 1)[1].format(url=server.url)), "word/_rels/document.xml.rels")
        assert read(linked, "plan.docx").text == "Close the cases."
        own = edited(data, lambda xml: xml, "word/document.xml")
        with_settings = packed({"word/_rels/settings.xml.rels": TEMPLATE.format(url=server.url).encode()})
        assert read(own, "plan.docx").text and with_settings
        assert server.requests == []
    finally:
        server.close()


@pytest.mark.byhand
def test_a_folder_of_odd_files():
    """Every file of the folder that COACH_TEST_ODD_FILES names: a document or a sentence, never a fault of the program."""
    folder = os.environ.get("COACH_TEST_ODD_FILES")
    if not folder:
        pytest.skip("COACH_TEST_ODD_FILES names no folder")
    counts: dict[str, int] = {}
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            found = outcome(path.read_bytes())
            counts[found] = counts.get(found, 0) + 1
    print(counts)
    assert counts
