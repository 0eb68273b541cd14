"""What leaves as an archive comes back whole; what is no archive of ours changes nothing."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.binder import archive, files
from coach.errors import UserError
from coach.schema.binder import Kept
from coach.schema.checklist import Checklist
from tests.binder.conftest import NOW
from tests.binder.samples import FILE
from tests.checklist.samples import CHECKLISTS

LATER = datetime(2026, 4, 1, tzinfo=UTC)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(content: dict[str, bytes], *, signed: bool = True, **manifest) -> bytes:
    """An archive of these members, its sums in order unless `signed` is False."""
    content = dict(content)
    listed = json.loads(content.pop("manifest.json"))
    if signed:
        listed["members"] = {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
            for name, data in content.items()
        }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("manifest.json", json.dumps({**listed, **manifest}))
        for name, data in content.items():
            file.writestr(name, data)
    return made.getvalue()


@pytest.fixture
def whole(full) -> bytes:
    return archive.pack(full.take_out(), NOW)


def refused(data: bytes, says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        archive.unpack(data)
    assert "\n" not in str(caught.value)


def test_export_wipe_import_export_is_the_same(full, opened, book):
    kept = full.take_out()
    data = files.write(kept, "zip", book, NOW).data
    empty = opened("empty")
    assert empty.bring_in(archive.unpack(data)) is None
    assert empty.take_out() == kept
    again = files.write(empty.take_out(), "zip", book, NOW).data
    assert members(again) == members(data) and again == data
    assert empty.plans.load() == full.plans.load() and empty.plans.versions() == full.plans.versions()
    shown = empty.plans.load().items[0].evidence[0]
    assert empty.plans.file(shown) == FILE
    assert {"record.docx", "record.pdf", f"files/{shown.attachment}"} <= set(members(data))


def test_every_kind_is_in_it(whole):
    content = members(whole)
    for name in ("talks", "plans", *archive.KINDS):
        assert json.loads(content[f"data/{name}.json"]), name
    assert len(json.loads(content["data/talks.json"])) == 1, "a conversation without a word is none"
    aside = json.loads(content["data/talks.json"])[0]["aside"]
    assert [one["message"]["text"] for one in aside] == ["old ending"], "what an edit put aside comes along"
    assert b"wrong one" not in b"".join(content.values()), "what was removed is gone"
    assert len([name for name in content if name.startswith("files/")]) == 1


def test_conversations_go_on_after_an_import(whole, opened):
    store = opened("empty")
    store.bring_in(archive.unpack(whole))
    summary = store.list_conversations()[0]
    assert summary.title == "I was put on a plan"
    session = store.load(summary.id)
    assert session.known.manager.value == "Bea" and session.messages[-1].text == "new ending"
    more = session.messages[-1].model_copy(update={"id": None, "text": "and on"})
    store.save(session.model_copy(update={"messages": (*session.messages, more)}))
    assert store.load(summary.id).messages[-1].text == "and on"
    store.plans.change(store.plans.load().items[0], notes="new")
    assert store.plans.undo().startswith("Took back")


@given(CHECKLISTS)
@settings(max_examples=50, deadline=None)
def test_any_checklist_reads_back(checklist):
    linked = Checklist(
        items=tuple(
            item.model_copy(
                update={"evidence": tuple(shown.model_copy(update={"file": None}) for shown in item.evidence)}
            )
            for item in checklist.items
        ),
        **{name: getattr(checklist, name) for name in archive.KINDS if name != "items"},
    )
    assert archive.unpack(archive.pack(Kept(checklist=linked), NOW)).checklist == linked


def test_something_is_there_already(full, opened, whole):
    store = opened("other")
    mine = store.create()
    message = archive.unpack(whole).talks[0].session.messages[0]
    store.save(mine.model_copy(update={"messages": (message,)}))
    before = store.take_out()
    with pytest.raises(UserError, match="something here already"):
        store.bring_in(archive.unpack(whole))
    assert store.take_out() == before
    copy = store.bring_in(archive.unpack(whole), replace=True)
    assert copy.endswith("-before-import.db") and store.take_out() == full.take_out()
    with pytest.raises(UserError, match="nothing to take back"):
        store.plans.undo()


def test_a_failure_in_the_middle_changes_nothing(full, whole, monkeypatch):
    before = full.take_out()
    kept = archive.unpack(whole)
    twice = kept.model_copy(update={"talks": (*kept.talks, *kept.talks)})
    with pytest.raises(UserError, match="do not fit together"):
        full.bring_in(twice, replace=True)
    assert full.take_out() == before
    huge = kept.checklist.model_copy(
        update={"log": (kept.checklist.log[0].model_copy(update={"version": 2**70}),)}
    )
    with pytest.raises(UserError, match="do not fit together"):
        full.bring_in(kept.model_copy(update={"checklist": huge}), replace=True)
    assert full.take_out() == before and full.plans.changes(1)


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/passwd", "data/../../x", "data\\items.json", "files/short", "files/" + "a" * 33, "C:x", "data/mood.json", "record.exe"],
)  # fmt: skip
def test_other_names_are_refused(whole, name):
    refused(packed({**members(whole), name: b"[]"}), "no archive of PIP Coach")


def test_links_twins_and_secrets_are_refused(whole):
    content = members(whole)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, data in content.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o120777 << 16 if name == "data/log.json" else 0
            file.writestr(info, data)
    refused(made.getvalue(), "no archive of PIP Coach")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file, pytest.warns(UserWarning):
        for name, data in (*content.items(), ("data/log.json", b"[]")):
            file.writestr(name, data)
    refused(made.getvalue(), "no archive of PIP Coach")
    secret = bytearray(whole)
    at = secret.find(b"PK\1\2")
    while at != -1:
        secret[at + 8] |= 1
        at = secret.find(b"PK\1\2", at + 1)
    refused(bytes(secret), "no archive of PIP Coach")
    strange = io.BytesIO()
    with zipfile.ZipFile(strange, "w", zipfile.ZIP_LZMA) as file:
        for name, data in content.items():
            file.writestr(name, data)
    refused(strange.getvalue(), "no archive of PIP Coach")


def test_bombs_are_refused_before_they_unfold(whole, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST", 300_000)
    bomb = packed({**members(whole), "record.md": b"0" * 400_000})
    assert len(bomb) < 100_000
    refused(bomb, "larger than 200 MB")
    refused(b"PK" + b"0" * 300_001, "larger than 200 MB")
    monkeypatch.setattr(archive, "MOST_MEMBERS", 5)
    refused(whole, "larger than 200 MB")


def test_a_size_that_lies_is_refused(whole):
    """The archive says that a member is small; its content is not read further than that."""
    lying = bytearray(packed({**members(whole), "record.md": b"0" * 400_000}))
    at = lying.rfind(b"record.md", 0, lying.rfind(b"PK\5\6")) - 46
    lying[at + 24 : at + 28] = (10).to_bytes(4, "little")
    refused(bytes(lying), "damaged or was changed")


def test_a_table_of_contents_without_end_is_not_read(whole):
    assert whole[-22:-18] == b"PK\5\6"
    many = whole[:-10] + (2**31).to_bytes(4, "little") + whole[-6:]
    refused(many, "larger than 200 MB")
    refused(whole + b"comment", "damaged")


def test_what_was_changed_is_refused(whole):
    content = members(whole)
    other = content["data/log.json"].replace(b"finished", b"Finished")
    refused(packed({**content, "data/log.json": other}, signed=False), "damaged or was changed")
    refused(packed({**content, "record.md": b"more"}, signed=False), "damaged or was changed")
    gone = {name: data for name, data in content.items() if name != "data/log.json"}
    refused(packed(gone, signed=False), "damaged or was changed")
    refused(packed(gone), "damaged or was changed")


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_broken_archive_is_one_sentence(data):
    whole = archive.pack(Kept(), NOW)
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(broken[: data.draw(st.integers(0, len(broken)))])
    try:
        archive.unpack(cut)
    except UserError as error:
        assert str(error).endswith(".") and "\n" not in str(error)


@pytest.mark.parametrize("data", [b"", b"PK", b"hello", b"\x00" * 5000, b"PK\5\6" + b"\0" * 18])
def test_other_files_are_no_archive(data):
    refused(data, "no archive of PIP Coach|damaged")


def test_versions(whole):
    content = members(whole)
    refused(packed(content, version=archive.VERSION + 1), "newer version")
    refused(packed(content, version="1"), "no archive of PIP Coach")
    refused(packed(content, format="other"), "no archive of PIP Coach")
    refused(packed(content, extra=1), "no archive of PIP Coach")
    refused(packed({**content, "manifest.json": b'{"members": {}}'}, signed=False), "no archive of PIP Coach")


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("log", lambda rows: rows[0].update(text=" "), r"log, field 0\.text is not valid"),
        ("log", lambda rows: rows[0].update(mood=1), r"log, field 0\.mood is not valid"),
        ("log", lambda rows: rows[0].update(item="0" * 32), "items do not fit together"),
        ("log", lambda rows: rows.append(rows[0]), "log do not fit together"),
        ("log", lambda rows: rows[0].update(id=""), "log do not fit together"),
        ("log", lambda rows: rows[0].update(version=10**30), "log do not fit together"),
        ("items", lambda rows: rows[0].update(plan="0" * 32), "plans do not fit together"),
        ("items", lambda rows: rows[0]["steps"][0].update(item="0" * 32), "items do not fit together"),
        ("items", lambda rows: rows[0]["evidence"][0].update(attachment="0" * 32), "files do not fit together"),
        ("items", lambda rows: rows[0]["evidence"][0].update(size=1), "files do not fit together"),
        ("items", lambda rows: rows[0].update(id="../../x"), r"items, field 0\.id is not valid"),
        ("plans", lambda rows: rows[0].update(current=False), "plans do not fit together"),
        ("plans", lambda rows: rows[1].update(number=rows[0]["number"]), "plans do not fit together"),
        ("check_ins", lambda rows: rows[0].update(zone="Mars/Base"), "time zone “Mars/Base” is not known"),
        ("talks", lambda rows: rows[0]["session"].update(stage="nowhere"), r"field 0\.session\.stage is not valid"),
        ("talks", lambda rows: rows.append(rows[0]), "talks do not fit together"),
        ("talks", lambda rows: rows[0]["session"].update(id="<b>"), "ids do not fit together"),
        ("rehearsals", lambda rows: rows[0].update(result="{"), r"rehearsals, field 0\.result is not valid"),
    ],
)  # fmt: skip
def test_every_field_is_checked(whole, name, change, says):
    content = members(whole)
    rows = json.loads(content[f"data/{name}.json"])
    change(rows)
    refused(packed({**content, f"data/{name}.json": json.dumps(rows).encode()}), says)


def test_deep_and_strange_json_is_refused(whole):
    content = members(whole)
    for data in (b"[" * 200_000, b"{}", b"null", b"", b"\xff", b'["\\ud800"]'):
        refused(packed({**content, "data/log.json": data}), "log, field")
    refused(packed({**content, "manifest.json": b"{}"}, signed=False), "no archive of PIP Coach")


def test_too_much_is_said_before_anything_is_written(full, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST", 1000)
    with pytest.raises(UserError, match="larger than 200 MB together"):
        archive.pack(full.take_out(), NOW)


def test_json_holds_everything_but_the_files(full):
    content = json.loads(archive.to_json(full.take_out(), NOW))
    assert (content["format"], content["version"]) == (archive.FORMAT, archive.VERSION)
    assert content["talks"][0]["session"]["messages"][2]["text"] == "new ending"
    assert content["items"][0]["evidence"][0]["file"] == "log “é”.pdf"
    assert "files" not in content
