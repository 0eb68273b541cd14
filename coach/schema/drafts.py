"""Records of words to send: the skeletons of a message, the finished letter, and what the check of a text marks. No I/O."""

import re
from enum import StrEnum
from functools import cached_property

from pydantic import Field, field_validator, model_validator

from coach.schema.knowledge import Record

SLOT = re.compile(r"\{(\w+)\}")
BLANK = re.compile(r"\[[^\[\]\n]{1,80}\]")  # what is still unknown in a text


class DraftKind(StrEnum):
    """What a message is for."""

    ACKNOWLEDGE = "acknowledge"
    REQUEST_MEETING = "request_meeting"
    RECAP = "recap"
    CORRECTIONS = "corrections"
    STATUS = "status"
    REBOOK = "rebook"
    SUPPORT = "support"
    COLLEAGUES = "colleagues"
    THANKS = "thanks"


class MarkKind(StrEnum):
    """What may cost more than it helps in a text to a manager."""

    BLANKET_ADMISSION = "blanket_admission"
    ACCUSATION = "accusation"
    ABSOLUTE = "absolute"
    THREAT = "threat"
    MOTIVE = "motive"
    FEELING_AS_FACT = "feeling_as_fact"
    CONFIDENTIAL = "confidential"
    MISSING_FACT = "missing_fact"
    OVER_APOLOGY = "over_apology"


class Wording(Record):
    """One way to say a move. It is used where every fact in `needs` is known and none in `unless`.

    `text` holds {slots}; a slot that is neither needed nor known is shown as its blank.
    """

    text: str = Field(pattern=r"\S")
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Step(Record):
    """One thing a message does. `each` names a list: then there is one line for each entry, and none without."""

    wordings: tuple[Wording, ...] = Field(min_length=1)
    each: str | None = None

    @model_validator(mode="after")
    def _can_vary(self) -> "Step":
        if self.each is None and len({wording.text for wording in self.wordings}) < 3:
            raise ValueError("fewer than 3 wordings")
        return self


class Skeleton(Record):
    """One kind of message: its subject line, its moves by paragraph, and what is said beside it to the person."""

    subject: tuple[Wording, ...] = ()
    paragraphs: tuple[tuple[str, ...], ...] = Field(min_length=1)
    notes: tuple[str, ...] = ()


class ShortWords(Record):
    """Ready words of a line or two for one moment. `hears` finds the moment in a message, `written` says that it is put on paper.

    `more` is a second line for those who want it, `after` the question that ends the reply.
    """

    hears: str
    written: bool = False
    lead: tuple[str, ...] = Field(min_length=2)
    lines: tuple[str, ...] = Field(min_length=3)
    more_lead: str = ""
    more: tuple[str, ...] = ()
    note: str = ""
    after: tuple[str, ...] = Field(min_length=2)

    @field_validator("hears")
    @classmethod
    def _compiles(cls, hears: str) -> str:
        re.compile(hears)
        return hears


class DraftBook(Record):
    """knowledge/drafts.yaml. `blanks` say in plain words what stands in for an unknown fact, `asks` how it is asked for."""

    kinds: dict[DraftKind, Skeleton]
    short: dict[str, ShortWords]
    moves: dict[str, Step]
    blanks: dict[str, str]
    asks: dict[str, str]
    words: dict[str, str]

    @model_validator(mode="after")
    def _fits(self) -> "DraftBook":
        if missing := set(DraftKind) - set(self.kinds):
            raise ValueError(f"kinds: {min(missing)} is missing")
        for kind, skeleton in self.kinds.items():
            for name in (name for names in skeleton.paragraphs for name in names):
                if name not in self.moves:
                    raise ValueError(f"kinds.{kind}: no move is called {name}")
        wordings = [w for step in self.moves.values() for w in step.wordings] + [w for s in self.kinds.values() for w in s.subject]
        for wording in wordings:
            for slot in (*SLOT.findall(wording.text), *wording.needs, *wording.unless):
                if slot not in self.blanks:
                    raise ValueError(f"blanks: no words for {slot}, used in: {wording.text}")
        return self


class Letter(Record):
    """A message to copy, and notes for the person: what is still open, what was left out, what experts say."""

    text: str
    notes: tuple[str, ...] = ()


class Mark(Record):
    """Words of a text that are worth another look: `quote` is `text[span[0]:span[1]]`. `calmer` can stand in its place."""

    quote: str
    kind: MarkKind
    why: str
    calmer: str
    span: tuple[int, int]


class Rule(Record):
    """A pattern that marks a clause. `calmer` replaces the clause, with the pattern's named groups in {braces}.

    `why` stands in place of the kind's reason.
    """

    find: str
    calmer: str | None = None
    why: str | None = None

    @field_validator("find")
    @classmethod
    def _compiles(cls, find: str) -> str:
        re.compile(find)
        return find


class KindOfMark(Record):
    """How one kind of mark is found, explained and calmed where no rule knows better."""

    why: str
    calmer: str
    rules: tuple[Rule, ...] = Field(min_length=1)
    unless: str | None = None

    @field_validator("unless")
    @classmethod
    def _compiles(cls, unless: str | None) -> str | None:
        re.compile(unless or "")
        return unless


class MarkBook(Record):
    """knowledge/draft_marks.yaml. `cut` is left out of a calmer wording, `softer` pairs put one word in place of another.

    `softened` stands around such a wording, `plain` in the place of words that no other wording calms.
    """

    parts: dict[str, str]
    kinds: dict[MarkKind, KindOfMark]
    cut: tuple[str, ...]
    softer: tuple[tuple[str, str], ...]
    softened: str
    plain: str

    @cached_property
    def blanks(self) -> frozenset[str]:
        """What the calmer wordings leave open, with its brackets."""
        entries = self.kinds.values()
        wordings = [self.softened, self.plain, *(entry.calmer for entry in entries), *(rule.calmer or "" for entry in entries for rule in entry.rules)]
        return frozenset(blank for wording in wordings for blank in BLANK.findall(wording))

    @model_validator(mode="before")
    @classmethod
    def _expanded(cls, fields: dict) -> dict:
        """The patterns with their {parts} written out."""

        def expand(value: object, name: str = "find") -> object:
            if isinstance(value, dict):
                return {key: expand(each, key) for key, each in value.items()}
            if isinstance(value, list):
                return [expand(each, name) for each in value]
            if isinstance(value, str) and name in ("find", "unless", "cut", "softer"):
                return re.sub(r"<(\w+)>", lambda match: parts.get(match[1], match[0]), value)
            return value

        parts = fields.get("parts", {})
        return fields | {name: expand(fields.get(name), name) for name in ("kinds", "cut", "softer") if name in fields}

    @model_validator(mode="after")
    def _is_whole(self) -> "MarkBook":
        if missing := set(MarkKind) - set(self.kinds):
            raise ValueError(f"kinds: {min(missing)} is missing")
        for pattern in (*self.cut, *(find for find, _ in self.softer)):
            re.compile(pattern)
        return self


class MarkedSentence(Record):
    """One curated sentence and what is to be marked in it; nothing where it may stay as it is."""

    text: str
    kinds: tuple[MarkKind, ...] = ()
