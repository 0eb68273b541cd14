"""The way in: bytes of a file to a Document, or one sentence for the person. The parsing itself runs in a child process."""

from collections.abc import Callable

from pydantic import ValidationError

from coach.errors import UserError
from coach.plan.reading import process
from coach.plan.reading.faults import SENTENCES
from coach.schema.plan import Document

MOST_BYTES = 10_000_000


def read(data: bytes, name: str, *, run: Callable[[bytes, str], dict] = process.run) -> Document:
    """The visible text of a file with positions. What kind of file it is, its content says; the name only helps.

    Raises UserError with a sentence that can be shown.
    """
    if not data:
        raise UserError(SENTENCES["empty"])
    if len(data) > MOST_BYTES:
        raise UserError(SENTENCES["large"])
    try:
        answer = run(data, name)
    except OSError as error:
        raise UserError(SENTENCES["failed"]) from error
    if "document" not in answer:
        raise UserError(SENTENCES.get(str(answer.get("fault")), SENTENCES["failed"]))
    try:
        return Document.model_validate(answer["document"])
    except ValidationError as error:
        raise UserError(SENTENCES["failed"]) from error
