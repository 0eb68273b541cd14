"""`export`, `import` and `restore` as somebody types them: shapes, exit codes, nothing half-written, nothing lost."""

import io
import json
import stat
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from coach.checklist.export import from_json, read_csv
from coach.cli.main import main
from coach.schema.checklist import Entry
from coach.store import Store
from tests.binder.samples import FILE, fill


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """The data folder of a person who kept something of every kind."""
    return fresh(tmp_path, monkeypatch, "home", full=True)


def fresh(tmp_path: Path, monkeypatch, name: str, *, full: bool = False) -> Path:
    folder = tmp_path / name
    monkeypatch.setenv("COACH_HOME", str(folder))
    monkeypatch.setenv("COACH_LLM", "none")
    if full:
        store = Store.open(folder / "coach.db", lambda: datetime.now(UTC))
        fill(store)
        store.close()
    return folder


def kept(home: Path):
    store = Store.open(home / "coach.db", lambda: datetime.now(UTC))
    found = store.take_out()
    store.close()
    return found


def test_each_thing_in_each_form(home, tmp_path, capsys):
    def made(what: str, form: str) -> bytes:
        path = tmp_path / f"{what}.{form}"
        assert main(["export", what, "--format", form, "--out", str(path), "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer == {"written": str(path), "bytes": path.stat().st_size, "replaced": []}
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        return path.read_bytes()

    assert any(row["text"] == "Ask for a mentor" for row in read_csv(made("checklist", "csv")))
    assert from_json(made("checklist", "json")).drafts
    assert b"BEGIN:VEVENT" in made("checklist", "ics")
    for what, words in (("questions", "Who judges?"), ("binder", "finished the course")):
        lines = Document(io.BytesIO(made(what, "docx")))
        cells = [cell.text for table in lines.tables for row in table.rows for cell in row.cells]
        assert words in "\n".join([*(line.text for line in lines.paragraphs), *cells])
        pages = PdfReader(io.BytesIO(made(what, "pdf"))).pages
        assert words in " ".join("\n".join(page.extract_text() for page in pages).split())
    shown = made("questions", "md").decode()
    assert "1. [x] **Who judges?**" in shown and "*Answer:* Bea does" in shown
    for what in ("binder", "data"):
        with zipfile.ZipFile(io.BytesIO(made(what, "zip"))) as file:
            assert {"manifest.json", "data/items.json", "record.docx", "record.pdf"} <= set(file.namelist())
            assert FILE in [file.read(name) for name in file.namelist()]
    assert json.loads(made("data", "json"))["log"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == [], (
        "nothing half-written is left"
    )


def test_text_goes_to_standard_output_and_so_do_bytes(home, capsysbinary):
    assert main(["export", "questions"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"# Questions for the meeting")
    assert main(["export", "checklist", "--json"]) == 0
    answer = json.loads(capsysbinary.readouterr().out)
    assert answer["format"] == "csv" and answer["content"].startswith("kind,text")
    assert main(["export", "data"]) == 0
    out = capsysbinary.readouterr().out
    assert out.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(out))


def test_bytes_are_not_printed_on_a_terminal(home, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["export", "binder"]) == 2
    shown = capsys.readouterr()
    assert (
        shown.out == ""
        and shown.err == "This file is no text, so it is not printed here. Name it with --out.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["export", "mood"], "export takes one of: checklist, questions, binder, data."),
        (["export", "binder", "--format", "csv"], "--format of binder takes one of: docx, pdf, zip."),
        (["export", "data", "--json"], "zip is no text: name the file with --out."),
        (["export", "questions", "--out", "/nowhere/at/all.md"], "/nowhere/at/all.md cannot be written."),
        (["export", "questions", "--out", "FOLDER"], "cannot be written. Check the folder and try again."),
        (["import", "/nowhere/x.zip"], "/nowhere/x.zip cannot be read. Check the name and try again."),
        (["import", "FOLDER"], "cannot be read. Check the name and try again."),
        (["import", "TEXT"], "This file is no archive of PIP Coach."),
        (["restore", "latest"], "There is no copy yet."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_mistakes_are_one_sentence(tmp_path, monkeypatch, capsys, arguments, says):
    home = fresh(tmp_path, monkeypatch, "home")
    (tmp_path / "text").write_text("hello")
    places = {"FOLDER": str(tmp_path), "TEXT": str(tmp_path / "text")}
    assert main([places.get(argument, argument) for argument in arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and says in shown.err and shown.err.count("\n") == 1
    assert arguments[0] == "export" or not (home / "coach.db").exists(), "nothing is made by a mistake"


def test_export_wipe_import_export_again(home, tmp_path, monkeypatch, capsys):
    before = kept(home)
    out = tmp_path / "all.zip"
    assert main(["export", "data", "--out", str(out)]) == 0
    assert main(["wipe", "--yes"]) == 0 and not home.exists()
    capsys.readouterr()
    assert main(["import", str(out), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["copy"] is None and answer["imported"]["items"] == 4 and answer["imported"]["files"] == 1
    assert kept(home) == before
    assert main(["export", "data", "--out", str(tmp_path / "again.zip")]) == 0

    def data(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(path) as file:
            return {name: file.read(name) for name in file.namelist() if name.startswith(("data/", "files/"))}

    assert data(out) == data(tmp_path / "again.zip")


def test_import_over_something_needs_a_word_and_can_be_taken_back(home, tmp_path, monkeypatch, capsys):
    out = tmp_path / "all.zip"
    assert main(["export", "data", "--out", str(out)]) == 0
    full = kept(home)
    other = fresh(tmp_path, monkeypatch, "other")
    store = Store.open(other / "coach.db", lambda: datetime.now(UTC))
    store.plans.add(Entry(on=datetime.now(UTC).date(), text="mine"))
    store.close()
    capsys.readouterr()
    assert main(["import", str(out)]) == 2
    assert "something here already" in capsys.readouterr().err
    assert [entry.text for entry in kept(other).checklist.log] == ["mine"]
    assert main(["import", str(out), "--replace"]) == 0
    text = capsys.readouterr().out
    assert "1 conversation, 2 plans, 1 file, 4 items, 1 log entry" in text and "-before-import.db" in text
    assert kept(other) == full
    copies = other / "backups"
    name = next(path.name for path in copies.iterdir() if path.name.endswith("before-import.db"))
    assert main(["restore"]) == 0 and name in capsys.readouterr().out
    assert main(["restore", name, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["restored"] == name and answer["before"].endswith("-before-restore.db")
    assert [entry.text for entry in kept(other).checklist.log] == ["mine"]
    assert main(["wipe", "--yes"]) == 0 and not copies.exists(), "the copies go as well"


def test_the_first_change_of_a_day_leaves_a_copy(home, capsys):
    yesterday = datetime.now(UTC) - timedelta(days=1)
    assert main(["checklist", "--log", "a new line"]) == 0
    capsys.readouterr()
    assert main(["restore", "--json"]) == 0
    copies = json.loads(capsys.readouterr().out)["copies"]
    assert len(copies) == 1 and datetime.fromisoformat(copies[0]["made"]) > yesterday
    assert main(["restore", "latest"]) == 0
    assert "a new line" not in [entry.text for entry in kept(home).checklist.log]


def test_what_a_pdf_cannot_draw_is_said(tmp_path, monkeypatch, capsys):
    home = fresh(tmp_path, monkeypatch, "home")
    store = Store.open(home / "coach.db", lambda: datetime.now(UTC))
    store.plans.add(Entry(on=datetime.now(UTC).date(), text="漢字 and 漢"))
    store.close()
    assert main(["export", "binder", "--format", "pdf", "--out", str(tmp_path / "x.pdf")]) == 0
    assert "2 kinds of characters cannot be drawn in a PDF" in capsys.readouterr().out
