"""`export`: the checklist, the list of questions, the record or all data as a file."""

import argparse
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from coach import build as build_module
from coach.binder import files as record_files
from coach.checklist import export as exporting
from coach.checklist import ics
from coach.cli.questions import stored_list
from coach.cli.report import Report
from coach.documents import files
from coach.errors import UserError
from coach.schema.documents import Written
from coach.settings import Settings
from coach.tools.questions_export import to_paper

FORMATS = {
    "checklist": ("csv", "json", "ics"),
    "questions": ("md", "docx", "pdf"),
    "binder": ("docx", "pdf", "zip"),
    "data": ("zip", "json"),
}
BINARY = ("docx", "pdf", "zip")
Make = Callable[[build_module.Built, str], Written]


def run(options: argparse.Namespace, settings: Settings) -> Report:
    """Write one thing to --out, or to standard output."""
    if options.what not in FORMATS:
        raise UserError(f"export takes one of: {', '.join(FORMATS)}.")
    form = options.format or FORMATS[options.what][0]
    if form not in FORMATS[options.what]:
        raise UserError(f"--format of {options.what} takes one of: {', '.join(FORMATS[options.what])}.")
    if form in BINARY and options.out is None and options.json:
        raise UserError(f"{form} is no text: name the file with --out.")
    built = build_module.build(settings.model_copy(update={"llm": "none"}))
    try:
        written = _MAKERS[options.what](built, form)
    finally:
        built.close()
    lost = len(written.replaced)
    note = f" {lost} kinds of characters cannot be drawn in a PDF: each stands as \u25a1. The docx has them." if lost > 1 else ""
    note = note or (" One kind of character cannot be drawn in a PDF: it stands as \u25a1. The docx has it." if lost else "")
    if options.out is not None:
        write_out(options.out, written.data)
        data = {"written": str(options.out), "bytes": len(written.data), "replaced": list(written.replaced)}
        return Report(text=f"Written to {options.out}.{note}", data=data)
    if form in BINARY:
        return Report(raw=written.data)
    text = written.data.decode("utf-8-sig")
    return Report(text=text.rstrip("\n"), data={"format": form, "content": text})


def write_out(path: Path, data: bytes) -> None:
    """The whole file for its owner only, or nothing; UserError in one sentence."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # such as /dev/stdout; a folder is refused
            return
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name[:40]}-")
        half = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{path} cannot be written. Check the folder and try again.") from error


def _checklist(built: build_module.Built, form: str) -> Written:
    loaded = built.store.plans.load()
    if form == "ics":
        return Written(data=ics.to_ics(loaded, built.now()))
    return Written(data={"csv": exporting.to_csv, "json": exporting.to_json}[form](loaded))


def _questions(built: build_module.Built, form: str) -> Written:
    checklist = built.store.plans.load()
    name = checklist.plan.extraction.document.name if checklist.plan else ""
    paper = to_paper(stored_list(built), built.coach.library.questions, name=name, kept=checklist.questions)
    return files.write(paper, form, built.now())


def _record(built: build_module.Built, form: str) -> Written:
    return record_files.write(built.store.take_out(), form, built.coach.library.binder, built.now())


_MAKERS: Mapping[str, Make] = {"checklist": _checklist, "questions": _questions, "binder": _record, "data": _record}
