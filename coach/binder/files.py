"""The record in the form that somebody asked for: to read (docx, pdf, md), or to take along (zip, json)."""

from datetime import datetime

from coach.binder import archive
from coach.binder.contents import record
from coach.documents import files
from coach.schema.binder import BinderBook, Kept
from coach.schema.documents import Written

READ_ALONG = ("docx", "pdf")  # lie in the archive beside the data


def write(kept: Kept, form: str, book: BinderBook, at: datetime, *, talks: bool = False) -> Written:
    """The bytes of the file; `talks` puts the conversations into what is read. The archive and the JSON always hold them."""
    if form == "json":
        return Written(data=archive.to_json(kept, at))
    paper = record(kept, book, at.date(), talks=talks)
    if form != "zip":
        return files.write(paper, form, at)
    made = {kind: files.write(paper, kind, at) for kind in READ_ALONG}
    packed = archive.pack(kept, at, {f"record.{kind}": written.data for kind, written in made.items()})
    return Written(data=packed, replaced=made["pdf"].replaced)
