"""Everything in one place: the record to read, the data to take along, bringing it back, deleting all of it. Knows no request."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from coach.binder import archive
from coach.binder import files as record_files
from coach.errors import UserError
from coach.schema.binder import Kept
from coach.schema.checklist import Checklist
from coach.settings import forget_choice
from coach.ui import meetings_words as words
from coach.ui import record_render
from coach.ui.guarded import Shown
from coach.ui.ports import Built

KINDS = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf", "zip": "application/zip"}
FILES = {"binder": ("docx", "pdf"), "data": ("zip",)}
Asked = Mapping[str, Any]


class RecordDesk:
    """The hands of the section Record."""

    def __init__(self, built: Built, now: Callable[[], datetime]) -> None:
        self._store = built.store
        self._coach = built.coach
        self._settings = built.settings
        self._now = now
        self.acts: dict[str, Callable[[Asked], Shown]] = {"erase-all": self._erase}

    def view(self, checklist: Checklist) -> Shown:
        """What can be taken along, brought back and deleted."""
        return {"record": record_render.section()}

    def file(self, what: str, form: str) -> tuple[bytes, str, str] | None:
        """The record, or all data, as a file; None where there is no such form."""
        if form not in FILES.get(what, ()):
            return None
        written = record_files.write(self._store.take_out(), form, self._coach.library.binder, self._now().astimezone())
        name = "record" if what == "binder" else "pip-coach"
        return written.data, KINDS[form], f"{name}-{self._now():%Y-%m-%d}.{form}"

    def bring_in(self, asked: Asked, data: bytes) -> Shown:
        """Import an archive: all of it, or nothing."""
        if not data:
            raise UserError(words.ERRORS["archive"])
        kept, replace = archive.unpack(data), asked.get("replace") is True
        if not replace and self._store.take_out() != Kept():
            raise UserError(words.ERRORS["not_empty"])
        copy = self._store.bring_in(kept, replace=replace)
        return {"reload": True, "said": words.IMPORTED_OVER if copy else words.IMPORTED}

    def _erase(self, asked: Asked) -> Shown:
        self._store.erase()
        forget_choice(self._settings)
        return {"reload": True, "said": words.ERASED}
