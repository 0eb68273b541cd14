"""Records of everything that a person kept: as a binder to read, and as an archive to take along. No I/O."""

import re
from typing import Literal

from pydantic import AwareDatetime, Field, field_validator

from coach.schema.checklist import Checklist, PlanVersion
from coach.schema.conversation import Message, Session
from coach.schema.knowledge import Record

SLOTS = {
    "subtitle": {"day"}, "version": {"file", "day"}, "source": {"file", "page"}, "since": {"status", "day"},
    "agreed": {"measure", "source"}, "minutes": {"count"}, "kept_file": {"name"}, "answered": {"answer", "day"},
    "before_after": {"before", "after"},
}  # fmt: skip
WORDS = (
    "title", "subtitle", "page", "intro", "empty", "plan", "file", "added", "employee", "manager", "starts", "ends",
    "signing", "signing_receipt", "signing_agreement", "reasons", "check_ins_quote", "consequences", "response_window",
    "conflicts", "earlier", "version", "source", "goals", "dropped", "status", "since", "deadline", "measure", "agreed",
    "target", "judged_by", "open", "notes", "steps", "evidence", "nothing_yet", "minutes", "kept_file", "promises", "what",
    "due", "state", "note", "log", "day", "goal", "time", "beyond", "feedback", "who", "check_ins", "next_steps",
    "questions", "answer", "answered", "drafts", "sent", "not_sent", "rehearsals", "setting", "score", "sure",
    "before_after", "focus", "worked", "better", "talks", "me", "coach",
)  # fmt: skip


class BinderBook(Record):
    """knowledge/binder.yaml: what stands around the person's own words."""

    words: dict[str, str]

    @field_validator("words")
    @classmethod
    def _all_are_there(cls, words: dict[str, str]) -> dict[str, str]:
        for name in WORDS:
            if not words.get(name, "").strip():
                raise ValueError(f"{name} is missing")
        for name, text in words.items():
            if name not in WORDS:
                raise ValueError(f"nobody says {name}")
            if set(re.findall(r"\{(\w*)\}", text)) != SLOTS.get(name, set()):
                raise ValueError(
                    f"{name} needs these slots: {', '.join(sorted(SLOTS.get(name, ()))) or 'none'}"
                )
        return words


class Aside(Record):
    """A message that an edit put aside: of which edit, and where it stood."""

    branch: int = Field(ge=1, le=10**9)
    position: int = Field(ge=0, le=10**9)
    message: Message


class Talk(Record):
    """One conversation with what was put aside in it. Its messages carry no ids: those belong to one file."""

    session: Session
    created_at: AwareDatetime
    updated_at: AwareDatetime
    aside: tuple[Aside, ...] = ()


class Kept(Record):
    """All that is kept, at one moment. `checklist.plan` is None: all versions are in `plans`. `files` are bytes by attachment id.

    What was removed and could still be taken back is not part of it.
    """

    talks: tuple[Talk, ...] = ()
    plans: tuple[PlanVersion, ...] = ()
    checklist: Checklist = Checklist()
    files: dict[str, bytes] = Field(default_factory=dict, repr=False)


class Member(Record):
    """What an archive says about one of its files."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0)


class Manifest(Record):
    """The table of contents of an archive."""

    format: Literal["pip-coach-record"]
    version: int
    made_at: AwareDatetime
    members: dict[str, Member]
