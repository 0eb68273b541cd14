"""Everything that is kept as one ZIP, and back. Pure: bytes out, bytes in; nothing in an archive becomes a path on the disk.

An archive that is read may come from anywhere: names, sizes, sums and every field are checked before anything is used.
"""

import hashlib
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from coach.binder.whole import check
from coach.errors import UserError
from coach.schema.binder import Kept, Manifest, Member, Talk
from coach.schema.checklist import Checklist, PlanVersion

FORMAT = "pip-coach-record"
VERSION = 1  # raise it when a field goes or changes its meaning
LARGEST = 200 * 1024 * 1024  # bytes of all members, unpacked
MOST_MEMBERS = 5000
KINDS = tuple(name for name in Checklist.model_fields if name != "plan")
_NAME = re.compile(
    rf"data/(?:talks|plans|{'|'.join(KINDS)})\.json|files/[0-9a-f]{{32}}|record\.(?:docx|pdf|md)"
)
_MANIFEST = "manifest.json"
_STAMP = (1980, 1, 1, 0, 0, 0)  # the same content makes the same bytes
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LINK, _KIND = 0o120000, 0o170000
_END = 22  # bytes of the record at the end of an archive without a comment
_LARGEST_INDEX = MOST_MEMBERS * 300

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    IndexError,
    OverflowError,
)  # fmt: skip - all that the library raises about a file that is not as it should be

NOT_OURS = "This file is no archive of PIP Coach."
DAMAGED = "This archive is damaged or was changed, so nothing was imported. Take another copy."
TOO_LARGE = "This archive is larger than 200 MB unpacked, so nothing was imported."
NEWER = "This archive was made by a newer version of PIP Coach. Import it with that version."
TOO_MUCH = "All that you kept is larger than 200 MB together. Take large files out of the evidence first."

T = TypeVar("T")


def pack(kept: Kept, at: datetime, documents: Mapping[str, bytes] = {}) -> bytes:
    """The archive. `documents` go in to be read by people, such as record.pdf; reading back passes them over."""
    members = {f"data/{name}.json": _json(part) for name, part in _parts(kept).items()}
    members |= {f"files/{id}": data for id, data in sorted(kept.files.items())} | dict(documents)
    if sum(map(len, members.values())) > LARGEST or len(members) >= MOST_MEMBERS:
        raise UserError(TOO_MUCH)
    sums = {
        name: Member(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        for name, data in members.items()
    }
    manifest = Manifest(format=FORMAT, version=VERSION, made_at=at, members=sums)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in ((_MANIFEST, _json(manifest)), *members.items()):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            file.writestr(info, data)
    return packed.getvalue()


def to_json(kept: Kept, at: datetime) -> bytes:
    """The same as one JSON object, without the bytes of kept files. Only an archive can be imported."""
    parts = {name: TypeAdapter(Any).dump_python(part, mode="json") for name, part in _parts(kept).items()}
    content = {"format": FORMAT, "version": VERSION, "made_at": at.isoformat(), **parts}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def unpack(data: bytes) -> Kept:
    """What `pack` was given; UserError in one sentence for everything else."""
    members = _members(data)
    try:
        manifest = members.pop(_MANIFEST)
        if _version(manifest) > VERSION:
            raise UserError(NEWER)
        listed = Manifest.model_validate_json(manifest).members
    except (KeyError, ValueError, RecursionError):
        raise UserError(NOT_OURS) from None
    if listed.keys() != members.keys():
        raise UserError(DAMAGED)
    for name, content in members.items():
        if hashlib.sha256(content).hexdigest() != listed[name].sha256 or len(content) != listed[name].size:
            raise UserError(DAMAGED)
    kept = Kept(
        talks=_read(members, "talks", tuple[Talk, ...]),
        plans=_read(members, "plans", tuple[PlanVersion, ...]),
        checklist=Checklist(
            **{name: _read(members, name, Checklist.model_fields[name].annotation) for name in KINDS}
        ),
        files={
            name.removeprefix("files/"): content
            for name, content in members.items()
            if name.startswith("files/")
        },
    )
    check(kept)
    return kept


def _members(data: bytes) -> dict[str, bytes]:
    """The files of the archive by name, each as long as the archive says and not longer."""
    if len(data) > LARGEST:
        raise UserError(TOO_LARGE)
    end = data[-_END:]
    if end[:4] != b"PK\5\6" or end[-2:] != b"\0\0" or data[-_END - 20 : -_END - 16] == b"PK\6\7":
        raise UserError(DAMAGED if data[:2] == b"PK" else NOT_OURS)
    if int.from_bytes(end[12:16], "little") > _LARGEST_INDEX:  # the library would read all of it first
        raise UserError(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            found = file.infolist()
            if len(found) > MOST_MEMBERS or sum(info.file_size for info in found) > LARGEST:
                raise UserError(TOO_LARGE)
            names = [info.filename for info in found]
            if _MANIFEST not in names or len(set(names)) != len(names) or not all(map(_allowed, found)):
                raise UserError(NOT_OURS)
            return {info.filename: file.read(info) for info in found}
    except BROKEN:
        raise UserError(DAMAGED if data[:2] == b"PK" else NOT_OURS) from None


def _allowed(info: zipfile.ZipInfo) -> bool:
    """Whether this is one of our files: a plain one, of one of our names, packed as we pack."""
    link = info.external_attr >> 16 & _KIND == _LINK
    named = info.filename == _MANIFEST or _NAME.fullmatch(info.filename)
    return bool(named) and not link and not info.flag_bits & 1 and info.compress_type in _KNOWN


def _version(manifest: bytes) -> int:
    content = json.loads(manifest)
    if (
        not isinstance(content, dict)
        or content.get("format") != FORMAT
        or not isinstance(content.get("version"), int)
    ):
        raise ValueError
    return content["version"]


def _read(members: Mapping[str, bytes], name: str, kind: Any) -> Any:
    try:
        return TypeAdapter(kind).validate_json(members[f"data/{name}.json"])
    except KeyError:
        raise UserError(DAMAGED) from None
    except ValidationError as error:
        # the original quotes what the person wrote, so it is not carried along
        place = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
        raise UserError(
            f"This archive cannot be imported: {name}, field {place or 'all'} is not valid."
        ) from None


def _parts(kept: Kept) -> dict[str, Any]:
    return {
        "talks": kept.talks,
        "plans": kept.plans,
        **{name: getattr(kept.checklist, name) for name in KINDS},
    }


def _json(part: BaseModel | tuple[BaseModel, ...]) -> bytes:
    return TypeAdapter(type(part) if isinstance(part, BaseModel) else tuple[Any, ...]).dump_json(
        part, indent=1
    )
