"""A document in the form that somebody asked for."""

from datetime import datetime

from coach.documents import markdown, pdf, word
from coach.schema.documents import Paper, Written

FORMS = ("md", "docx", "pdf")


def write(paper: Paper, form: str, at: datetime) -> Written:
    """The bytes of the file; `form` is one of FORMS, `at` when it was made."""
    if form == "md":
        return Written(data=markdown.write(paper).encode())
    return {"docx": word.write, "pdf": pdf.write}[form](paper, at)
