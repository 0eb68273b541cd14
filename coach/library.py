"""Load knowledge/ strictly: cards, boundaries, labelled examples, lines, facts. An error names file and field.

Reads only files; builds no index and decides nothing.
"""

import hashlib
import re
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from coach import manager_book
from coach.errors import KnowledgeError
from coach.schema.binder import BinderBook
from coach.schema.drafts import DraftBook, MarkBook, MarkedSentence
from coach.schema.enums import Route, Stage
from coach.schema.knowledge import Card, Helpline, Need, Record
from coach.schema.language import Glossary
from coach.schema.manager import ManagerBook
from coach.schema.meeting_words import MeetingBook
from coach.schema.practice import PracticeBook
from coach.schema.questions import QuestionBook
from coach.schema.turns import LabelledTurn

SECTIONS = {"Words you can use": "words_you_can_use", "Next questions": "next_questions", "How people ask": "asks"}
_Book = TypeVar("_Book", bound=Record)
BODY_WORDS = (50, 110)
REVIEW_DAYS = 180


class Example(Record):
    """One labelled message: what somebody wrote, what they had written before, and where it goes."""

    text: str
    history: tuple[str, ...] = ()
    route: Route


class StageExample(Record):
    """One message and the stage it shows; None where it gives no sign and the stage stays what it was."""

    text: str
    history: tuple[str, ...] = ()
    stage: Stage | None


class TimeLimit(Record):
    """How long somebody has. `number` is None where it must not be shown; `only_if` is what a person must have spoken of."""

    id: str
    topics: tuple[str, ...]
    region: str
    body: str
    link: str | None
    text: str
    number: str | None = None
    checked: date | None = None
    confirm: bool = False
    only_if: str | None = None  # a pattern; without it the limit is for everybody who asks about the topic

    def is_about(self, said: str) -> bool:
        """Whether it may be this person's, by what they said: the wrong limit is worse than none."""
        return self.only_if is None or re.search(self.only_if, said, re.IGNORECASE) is not None

    def may_show(self, today: date) -> bool:
        """Whether the number may be shown: it was checked, and less than 180 days ago."""
        return self.number is not None and self.checked is not None and today - self.checked <= timedelta(days=REVIEW_DAYS)

    def sentence(self) -> str:
        """The limit with its number, its source and the day it was looked up."""
        hedge = f"not confirmed, so check with {self.body} first" if self.confirm else f"{self.body} says"
        link = f", {self.link}" if self.link else ""
        return f"{self.text.rstrip('.')}: {hedge}: {self.number} (looked up {self.checked:%d %B %Y}{link})."


class Body(Record):
    """Whom to ask about one boundary topic in one region."""

    topic: str
    region: str
    body: str
    link: str | None


_SEARCHED = ("cards", "asks", "boundaries", "needs", "routes", "stages", "danger", "plan", "turns", "draft_marks")  # what the index is made from


class Library(BaseModel):
    """Everything that people wrote for the coach to say and to recognise. Frozen; `stamp` changes with any file of _SEARCHED."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    cards: tuple[Card, ...]
    boundaries: tuple[Card, ...]
    needs: dict[str, Need]  # by id
    examples: tuple[Example, ...]
    stages: tuple[StageExample, ...]
    danger: tuple[str, ...]
    no_danger: tuple[str, ...]
    plan_headings: tuple[tuple[str, str], ...]  # role and text
    plan_sentences: tuple[tuple[str, str], ...]
    turns: tuple[LabelledTurn, ...]
    marked: tuple[MarkedSentence, ...]
    marks: MarkBook
    lines: dict[str, Any]
    glossaries: dict[str, dict[str, str]]  # by language, phrase to English
    questions: QuestionBook
    drafts: DraftBook
    manager: ManagerBook
    meetings: MeetingBook
    practice: PracticeBook
    binder: BinderBook
    helplines: tuple[Helpline, ...]
    time_limits: tuple[TimeLimit, ...]
    bodies: tuple[Body, ...]
    crisis: dict[str, Any]
    stamp: str

    @cached_property
    def by_id(self) -> dict[str, Card]:
        """All cards, boundaries included, by their id."""
        return {card.id: card for card in (*self.cards, *self.boundaries)}


def load(folder: Path) -> Library:
    """Read and validate every file below `folder`. Raises KnowledgeError at the first fault."""
    more = {path.stem: _lines(path) for path in sorted((folder / "asks").glob("*.txt"))}
    cards = tuple(_card(path, more.pop(path.stem, ()), boundary=False) for path in _files(folder / "cards", "*.md"))
    boundaries = tuple(
        _card(path, more.pop(path.stem, ()), boundary=True) for path in _files(folder / "boundaries", "*.md")
    )
    if more:
        raise KnowledgeError(f"asks/{next(iter(more))}.txt: no card has this name")
    facts = folder / "facts"
    library = Library(
        cards=cards,
        boundaries=boundaries,
        needs={need.id: need for need in (_book(path, Need) for path in _files(folder / "needs", "*.yaml"))},
        examples=tuple(example for path in _files(folder / "routes", "*.yaml") for example in _examples(path)),
        stages=tuple(example for path in _files(folder / "stages", "*.yaml") for example in _stage_examples(path)),
        danger=tuple(line for path in _files(folder / "danger", "positive*.txt") for line in _lines(path)),
        no_danger=tuple(line for path in _files(folder / "danger", "negative*.txt") for line in _lines(path)),
        plan_headings=_by_role(folder / "plan" / "headings"),
        plan_sentences=_by_role(folder / "plan" / "sentences"),
        turns=tuple(_line(path, line, LabelledTurn) for path in _files(folder / "turns", "*.jsonl") for line in _lines(path)),
        marked=tuple(_line(path, line, MarkedSentence) for path in _files(folder / "draft_marks", "*.jsonl") for line in _lines(path)),
        marks=_book(folder / "draft_marks.yaml", MarkBook),
        lines={path.stem: _yaml(path) for path in _files(folder / "lines", "*.yaml")},
        glossaries={path.stem: _book(path, Glossary).phrases for path in _files(folder / "languages", "*.yaml")},
        questions=_book(folder / "questions.yaml", QuestionBook),
        drafts=_book(folder / "drafts.yaml", DraftBook),
        manager=manager_book.load(folder / "manager", _yaml),
        meetings=_book(folder / "meetings.yaml", MeetingBook),
        practice=_book(folder / "practice.yaml", PracticeBook),
        binder=_book(folder / "binder.yaml", BinderBook),
        helplines=_records(facts / "helplines.yaml", Helpline),
        time_limits=_records(facts / "time_limits.yaml", TimeLimit),
        bodies=_records(facts / "bodies.yaml", Body),
        crisis={path.stem: _yaml(path) for path in _files(folder / "crisis", "*.yaml")},
        stamp=_stamp(folder),
    )
    names = [card.id for card in (*cards, *boundaries)]
    for need in library.needs.values():
        if need.card is not None and need.card not in names:
            raise KnowledgeError(f"needs/{need.id}.yaml: field card: there is no card {need.card}")
    for name in names:
        if names.count(name) > 1:
            raise KnowledgeError(f"knowledge: field id: {name} is used twice")
    return library


def _files(folder: Path, pattern: str) -> list[Path]:
    found = sorted(folder.glob(pattern))
    if not found:
        raise KnowledgeError(f"{folder.name}: no {pattern} files in {folder.name}/")
    return found


def _stamp(folder: Path) -> str:
    # a line that is only said must not cost a new index
    digest = hashlib.sha256()
    for path in sorted(path for name in _SEARCHED for path in (folder / name).rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{path.parent.name}/{path.name}: {error}") from error


# libyaml's loader is about eight times faster; both build plain data only
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _lines(path: Path) -> tuple[str, ...]:
    if not path.is_file():
        raise KnowledgeError(f"{path.parent.name}/{path.name} is missing")
    return tuple(line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _line(path: Path, line: str, kind: type[Record]) -> Any:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        raise KnowledgeError(f"{path.name}: {line[:60]}: {error.errors()[0]['msg']}") from error


def _by_role(folder: Path) -> tuple[tuple[str, str], ...]:
    return tuple((path.stem, line) for path in _files(folder, "*.txt") for line in _lines(path))


def _card(path: Path, more_asks: tuple[str, ...], *, boundary: bool) -> Card:
    name = f"{path.parent.name}/{path.name}"
    try:
        _, front, rest = path.read_text(encoding="utf-8").split("---\n", 2)
        fields = yaml.load(front, Loader=_LOADER)  # noqa: S506 - a safe loader
        parts = re.split(r"^## (.+)$", rest, flags=re.MULTILINE)
        if tuple(parts[1::2]) != tuple(SECTIONS):
            raise KnowledgeError(f"{name}: sections must be {', '.join(SECTIONS)}, in this order")
        for title, text in zip(parts[1::2], parts[2::2], strict=True):
            fields[SECTIONS[title]] = tuple(line[2:].strip() for line in text.splitlines() if line.startswith("- "))
        fields["words_you_can_use"] = tuple(line.strip('"') for line in fields["words_you_can_use"])
        fields["asks"] += more_asks
        card = Card(body=parts[0].strip(), boundary=boundary, **fields)
    except ValidationError as error:
        fault = error.errors()[0]
        raise KnowledgeError(f"{name}: field {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error
    except (OSError, ValueError, TypeError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{name}: front matter: {error}") from error
    words = len(card.body.split())
    if not BODY_WORDS[0] <= words <= BODY_WORDS[1]:
        raise KnowledgeError(f"{name}: field body: {words} words, must be {BODY_WORDS[0]} to {BODY_WORDS[1]}")
    if card.id != path.stem:
        raise KnowledgeError(f"{name}: field id: {card.id} differs from the file name")
    if not boundary and not card.points:
        raise KnowledgeError(f"{name}: field points: at least one point is needed")
    return card


def _examples(path: Path) -> list[Example]:
    name = f"{path.parent.name}/{path.name}"
    content = _yaml(path)
    try:
        route = Route(content["route"])
        entries = [entry if isinstance(entry, dict) else {"text": str(entry)} for entry in content["examples"]]
        return [Example(route=route, **entry) for entry in entries]
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"{name}: field examples: {error}") from error


def _stage_examples(path: Path) -> list[StageExample]:
    name = f"{path.parent.name}/{path.name}"
    content = _yaml(path)
    try:
        stage = None if content["stage"] == "same" else Stage(content["stage"])
        entries = [entry if isinstance(entry, dict) else {"text": str(entry)} for entry in content["examples"]]
        return [StageExample(stage=stage, **entry) for entry in entries]
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"{name}: field examples: {error}") from error


def _book(path: Path, kind: type[_Book]) -> _Book:
    try:
        return kind.model_validate(_yaml(path))
    except ValidationError as error:
        fault = error.errors()[0]
        raise KnowledgeError(f"{path.name}: field {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error


def _records(path: Path, kind: type[Record]) -> tuple:
    entries = _yaml(path)
    records = []
    for number, entry in enumerate(entries):
        try:
            records.append(kind.model_validate(entry))
        except ValidationError as error:
            fault = error.errors()[0]
            field = ".".join(map(str, fault["loc"]))
            raise KnowledgeError(f"{path.parent.name}/{path.name}: entry {number + 1}: field {field}: {fault['msg']}") from error
    return tuple(records)
