"""Strings that broke other programs, through every field of the store and into every export."""

import io
import zipfile

import docx
import pytest

from coach.binder import archive, files
from coach.checklist import export, ics
from coach.errors import UserError
from coach.schema.checklist import Draft, Entry, Evidence, Feedback, Item, Promise, Question
from coach.schema.conversation import Message
from coach.schema.drafts import DraftKind
from coach.store import Store
from tests.conftest import NOW

DAY = NOW.date()
NAUGHTY = (
    "undefined", "NULL", "None", "true", "-1", "1e309", "NaN", "0x0", "1/0", "\\", "\\\\", "'", '"', "''", "`", "--", "/*", ";", "%", "%s%n%x", "$HOME", "${x}",
    "$(touch x)", "`id`", "{0}", "{{x}}", "{% x %}", "<script>alert(1)</script>", "</title><script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "javascript:alert(1)", "]]>", "<!--", "<![CDATA[", "&lt;", "&#x27;", "&nbsp;", "1'; DROP TABLE item;--", "' OR 1=1 --", "=cmd|'/c calc'!A0", "+1", "-2+3", "@SUM(1)",
    "=HYPERLINK(\"http://e.example\")", "tab\tin", "line\nbreak", "car\rriage", "a\r\nATTENDEE:mailto:boss@e.example", "BEGIN:VEVENT", "END:VCALENDAR", "a\\nb", ",;:\\",
    "../../etc/passwd", "C:\\con", "con.txt", "nul", "\u200b", "\u200d\u200c", "\ufeff", "\u202eevil", "\u2066x\u2069", "\u0000zero", "\u0007bell", "\u001b[31m", "a\u0085b", "a\u2028b", "a\u2029b",
    "\ud7ff", "\ue000", "\uffff", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f3f3\ufe0f\u200d\U0001f308", "e\u0301" * 50, "Z\u0351\u036b\u0343" * 40, "\u0645\u0631\u062d\u0628\u0627",
    "\u05e9\u05dc\u05d5\u05dd 12", "\u0928\u092e\u0938\u094d\u0924\u0947", "\u4f60\u597d", "\U00020bb7", "ß", "İ", "ǆ", "ﬁ", "Ω≈ç√", "Ṱ̺̺̕o͞ ̷i̲̬͇̪", "[x](javascript:alert(1))", "![x](http://e.example/y)",
    "# head", "- item", "> quote", "| a | b |", "***", "```", "<|im_start|>", "[INST]", "{\"a\": 1}", "- [x] done", "a" * 3000,
)  # fmt: skip


def fill(store: Store, text: str) -> None:
    """The text in every field that takes one."""
    item = store.plans.add(Item(title=text, notes=text, target=text, measure=text, measure_source=text, evidence_source=text, quote=text))
    store.plans.attach(Evidence(item=item.id, on=DAY, text=text), text, text.encode("utf-8", "replace"))
    for record in (
        Entry(on=DAY, text=text), Feedback(on=DAY, who=text, text=text), Promise(text=text, note=text), Question(text=text, why=text, topic="goal", priority=1, answer=text),
        Draft(kind=next(iter(DraftKind)), on=DAY, title=text, text=text),
    ):  # fmt: skip
        store.plans.add(record)
    store.save(store.create().model_copy(update={"title": text, "messages": (Message(author="person", text=text, at=NOW),)}))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("naughty") / "coach.db", lambda: NOW)
    taken = []
    for text in NAUGHTY:
        try:
            fill(store, text)
            taken.append(text)
        except UserError as error:
            assert str(error).endswith(".") and "Traceback" not in str(error)
    yield store, taken
    store.close()


def test_naughty_strings_survive_every_field_and_export(kept, library):
    store, taken = kept
    assert len(taken) > len(NAUGHTY) * 0.9
    held = store.take_out()
    texts = {message.text for talk in held.talks for message in talk.session.messages}
    assert texts == set(taken), "what was taken reads back letter by letter"
    assert archive.unpack(archive.pack(held, NOW)) == held
    checklist = store.plans.load()
    table = export.to_csv(checklist).decode("utf-8-sig")
    assert not [line for line in table.splitlines() if line.startswith(("=", "+", "@", "-"))]
    calendar = ics.to_ics(checklist, NOW).decode("utf-8")
    assert "\nATTENDEE" not in calendar and "\nATTACH" not in calendar and "\nORGANIZER" not in calendar
    for form in ("docx", "pdf"):
        data = files.write(held, form, library.binder, NOW).data
        if form == "docx":
            assert docx.Document(io.BytesIO(data)).paragraphs
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                parts = b"".join(package.read(name) for name in package.namelist())
            assert b"TargetMode=\"External\"" not in parts and b"<w:fldSimple" not in parts
        else:
            assert data.startswith(b"%PDF") and b"/JavaScript" not in data and b"/URI" not in data
