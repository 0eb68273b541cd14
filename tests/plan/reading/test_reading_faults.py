"""Every file that cannot be read ends in one sentence, through the real child process."""

import io
import os
import subprocess
import sys
import threading
import time
import zipfile

import pytest

from coach.errors import UserError
from coach.plan.reading import child, process, sniff
from coach.plan.reading.faults import SENTENCES, Fault
from coach.plan.reading.read import read
from tests.plan.reading.files import lines, packed, pdf, picture, say, word

PLAIN = word(lambda document: document.add_paragraph("Close the cases."))
CONTENT = {"[Content_Types].xml": b"<a/>"}


def fault(data: bytes, name: str = "plan.pdf", **change) -> str:
    """The code of the sentence that a file ends in."""
    with pytest.raises(UserError) as caught:
        read(data, name, **change)
    return next(code for code, sentence in SENTENCES.items() if sentence == str(caught.value))


def encrypted_entry() -> bytes:
    data = bytearray(packed(CONTENT | {"word/document.xml": b"<a/>"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark)
        data[place + at] |= 1
    return bytes(data)


def docx_of(xml: str) -> bytes:
    return packed(CONTENT | {"word/document.xml": xml.encode()})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.4" + b" " * 10_000_001, "large"),
        (pdf(*[say(72, 700, "A page")] * 51), "pages"),
        (packed(CONTENT | {"word/document.xml": b"<a>" + b" " * 4_000_000 + b"</a>"}), "unpacks"),
        (packed(CONTENT | {"word/document.xml": b"<a/>"} | {f"word/media/{n}": os.urandom(10) for n in range(2001)}), "unpacks"),
        (encrypted_entry(), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (pdf(lines(72, 700, "Close the cases."))[:300], "damaged"),
        (b"%PDF-1.4\n", "damaged"),
        (b"trailer << /Size 3 >>\nstartxref\n9\n", "damaged"),
        (PLAIN[:2000], "damaged"),
        (PLAIN[:-200] + b"\0" * 200, "damaged"),
        (docx_of("<w:document"), "damaged"),
        (docx_of("<a/>"), "damaged"),
        (packed(CONTENT | {"word/document.xml": b"<a/>", "../evil": b"x"}), "damaged"),
        (packed(CONTENT | {"word/document.xml": b"<a/>", "/etc/evil": b"x"}), "damaged"),
        (picture("Close the cases.")[:300], "damaged"),
        (docx_of('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'), "doctype"),
        (packed(CONTENT | {"word/document.xml": b"<a/>", "word/vbaProject.bin": b"x"}), "macro"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "doc"),
        (b"{\\rtf1\\ansi Close the cases.}", "rtf"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), "odt"),
        (packed({"Index/Document.iwa": b"x"}), "pages_app"),
        (packed(CONTENT | {"xl/workbook.xml": b"<a/>"}), "xlsx"),
        (packed(CONTENT | {"ppt/presentation.xml": b"<a/>"}), "pptx"),
        (packed({"plan.txt": b"Close the cases."}), "zip"),
        (b"GIF89a" + b"\0" * 50, "picture"),
        (b"\0\0\0\x20ftypheic" + b"\0" * 50, "picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "picture"),
        (bytes(range(256)) * 20, "unknown"),
        (b"\x7fELF" + b"\0\1\2" * 500, "unknown"),
        (b"   \n\t \n", "no_text"),
        (b"*** --- ***", "no_text"),
        (word(lambda document: None), "no_text"),
        (b"a b " * 130_000, "much_text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_sentences(data, code):
    began = time.monotonic()
    assert fault(data, "plan.docx") == code
    assert time.monotonic() - began < 50


def test_every_sentence_says_what_to_do():
    for sentence in SENTENCES.values():
        assert sentence.count(". ") == 0
        assert sentence.endswith(".")
        assert any(hint in sentence for hint in ("please", "I can read"))


def test_a_locked_pdf():
    locked = pdf(say(72, 700, "Close the cases.")).replace(
        b"trailer <<",
        b"trailer << /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] "
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>",
    )
    assert fault(locked) == "encrypted"


def test_the_content_decides_and_not_the_name():
    assert read(PLAIN, "plan.txt").kind == "docx"
    assert read(pdf(lines(72, 700, "Close the cases.")), "plan.docx").kind == "pdf"
    assert read(b"Close the cases.", "plan.pdf").kind == "text"


def lying() -> bytes:
    """A docx whose entry says that it is small."""
    data = bytearray(packed(CONTENT | {"word/document.xml": b"<a>" + b"x" * 5_000_000 + b"</a>"}))
    true = (5_000_007).to_bytes(4, "little")
    while true in data:
        place = data.index(true)
        data[place : place + 4] = (100).to_bytes(4, "little")
    return bytes(data)


def test_a_zip_that_lies_about_its_sizes():
    assert fault(lying()) in ("damaged", "unpacks")


def test_what_really_comes_out_is_counted(monkeypatch):
    monkeypatch.setattr(sniff, "MOST_UNPACKED", 1000)
    with pytest.raises(Fault, match="unpacks"):
        sniff.unpack(packed({"a": b"x" * 600, "b": b"x" * 600}), lambda name: True)


def test_deep_nesting():
    deep = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>" + "<w:sdt>" * 200 + "</w:sdt>" * 200
    assert fault(docx_of(deep + "</w:body></w:document>")) == "damaged"
    assert fault(b"<html><body><p>Words</p>" + b"<div>" * 3000 + b"Close the cases.") == "damaged"
    assert "Close the cases." in read(b"<html><body><p>Words</p>" + b"<div>" * 150 + b"Close the cases.", "x").text


def test_a_pdf_bomb():
    import zlib

    bomb = zlib.compress(b" " * 200_000_000, 9)
    head = pdf("").split(b"11 0 obj")[0]
    data = head + b"11 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(bomb) + bomb + b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    assert fault(data) in ("no_text", "too_big", "too_slow", "damaged", "failed")


def test_without_tesseract(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert fault(picture("Close the cases.")) == "no_tesseract"
    assert fault(pdf("60 60 100 100 re f")) == "no_tesseract"


def script(text: str):
    """A child that does something else."""

    def run(data, name):
        return process.run(data, name, command=(sys.executable, "-c", text), seconds=2, slow_seconds=4)

    return run


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("import time; time.sleep(60)", "too_slow"),
        ("import os; os.kill(os.getpid(), 11)", "failed"),
        ("import os; os.kill(os.getpid(), 9)", "failed"),
        ("import sys; sys.exit(3)", "failed"),
        ("print('no json')", "failed"),
        ("print('[1]')", "failed"),
        ("print('[' * 100000)", "failed"),
        ("print('{\"document\": {\"name\": 1}}')", "failed"),
        ("print('{\"fault\": \"made up\"}')", "failed"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_slow"),
        ("print('{\"slow\": true}', flush=True); import time; time.sleep(60)", "too_slow"),
    ],
)
def test_a_child_that_fails(text, code):
    began = time.monotonic()
    assert fault(b"x" * 3_000_000, run=script(text)) == code
    assert time.monotonic() - began < 30  # the child sleeps for 60 s


def test_a_child_that_asks_for_time_gets_it():
    text = "import json, time; print(json.dumps({'slow': True}), flush=True); time.sleep(2.5); print(json.dumps({'fault': 'no_text'}), flush=True)"
    assert fault(b"x", run=script(text)) == "no_text"


def ends(pid: int) -> bool:
    for _ in range(50):
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
        if not state or state.startswith("Z"):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(os.name != "posix", reason="groups of processes")
def test_what_the_child_started_ends_with_it(tmp_path):
    mark = tmp_path / "pid"
    text = f"import subprocess, time; p = subprocess.Popen(['sleep', '60']); open({str(mark)!r}, 'w').write(str(p.pid)); time.sleep(60)"
    assert fault(b"x", run=script(text)) == "too_slow"
    assert ends(int(mark.read_text())), "the grandchild lives on"


@pytest.mark.skipif(os.name != "posix", reason="groups of processes")
def test_a_reading_that_is_stopped_ends_its_child_at_once(tmp_path):
    mark, stop, answers = tmp_path / "pid", threading.Event(), []
    text = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    reader = threading.Thread(
        target=lambda: answers.append(process.run(b"x", "plan", stop=stop, command=(sys.executable, "-c", text)))
    )
    reader.start()
    while not mark.exists() or not mark.read_text():
        time.sleep(0.05)
    stop.set()
    reader.join(10)
    assert answers == [{"fault": "stopped"}], "it was not waited for until the time was over"
    assert ends(int(mark.read_text())), "the child reads on"


def test_a_reading_that_was_stopped_before_it_began_finds_nothing():
    stop = threading.Event()
    stop.set()
    text = "import time; time.sleep(60)"
    assert process.run(b"x", "plan", stop=stop, command=(sys.executable, "-c", text)) == {"fault": "stopped"}


def test_no_child_can_be_started():
    def run(data, name):
        raise OSError

    assert fault(b"x", run=run) == "failed"


@pytest.mark.parametrize("error", [MemoryError, RecursionError, ValueError, AssertionError, KeyError])
def test_whatever_a_parser_raises_is_a_sentence(monkeypatch, error):
    def parse(data, name, slow):
        raise error

    monkeypatch.setattr("coach.plan.reading.formats.parse", parse)
    assert child.answer(b"x", "x", lambda: None) == {"fault": "too_big" if error is MemoryError else "damaged"}


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory")
def test_memory_is_limited():
    code = "from coach.plan.reading import child; child.limit(); bytearray(2_000_000_000)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "MemoryError" in done.stderr


def test_the_child_imports_little_and_writes_no_file(tmp_path):
    code = (
        "import sys; sys.argv = ['x']; from coach.plan.reading import child; child.answer(b'Close the cases.', 'x', None);"
        "print([name for name in ('pydantic', 'pdfplumber', 'docx', 'lxml', 'numpy', 'PIL', 'coach.settings') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_child_sees_no_environment_of_the_app(monkeypatch):
    monkeypatch.setenv("COACH_API_KEY", "secret")
    seen = script("import json, os; print(json.dumps({'fault': ' '.join(os.environ)}), flush=True)")(b"x", "x")
    assert "COACH" not in seen["fault"]


def test_a_strange_name_is_only_a_name():
    assert read(b"Close the cases.", "../../etc/\u202epass\0wd\n.txt").name == "../../etc/passwd .txt"
    assert read(b"Close the cases.", "").name == "document"
    assert read(b"Close the cases.", "\ud800.txt").text == "Close the cases."


def test_an_archive_in_an_archive_is_not_opened():
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as new:
        new.writestr("x", b"x")
    assert fault(packed({"inner.zip": inner.getvalue()})) == "zip"
