"""The shape of knowledge/crisis/*.yaml: what each file of the phrase book may hold. Nothing is read or compiled here."""

from typing import Literal

from pydantic import Field

from coach.schema.knowledge import Record

Kind = Literal["none", "suicide", "self_harm", "harm_others", "abuse", "third_party", "medical_emergency"]
Level = Literal["none", "soft", "indirect", "high", "imminent"]
LEVELS: tuple[Level, ...] = ("none", "soft", "indirect", "high", "imminent")


class RuleText(Record):
    """One rule as written in phrases.yaml."""

    id: str
    kind: Kind
    level: Level
    patterns: tuple[str, ...] = Field(min_length=1)
    unless: str | None = None
    needs: str | None = None
    joking: Level | None = None
    serious: Level | None = None


class RuleFile(Record):
    """phrases.yaml."""

    fragments: dict[str, str]
    signals: dict[str, tuple[str, ...]]
    rules: tuple[RuleText, ...]


class TogetherText(Record):
    """Signs that mean danger when all of them stand in one message."""

    id: str
    kind: Kind
    level: Level
    signs: tuple[str, ...] = Field(min_length=2)


class HintFile(Record):
    """hints.yaml."""

    fragments: dict[str, str]
    rules: tuple[RuleText, ...]


class FamilyFile(Record):
    """families.yaml."""

    fragments: dict[str, str]
    rules: tuple[RuleText, ...]
    signs: dict[str, str]
    together: tuple[TogetherText, ...]
    unless_together: str


class WordFile(Record):
    """words.yaml."""

    short_forms: dict[str, str]
    lexicon: frozenset[str]
    negated: str
    long_ago: str
    present: str
    laughing: str
    jokey_cause: str
    serious: str
    soon: str
    named_danger: str
    safe: tuple[str, ...]
    settled: tuple[str, ...]
    brushed_off: str
    not_safe: str
    unsafe: str
    answers: dict[str, str]


class IdiomFile(Record):
    """idioms.yaml."""

    idioms: tuple[str, ...]


class DenialFile(Record):
    """denials.yaml."""

    fragments: dict[str, str]
    denied: tuple[str, ...] = Field(min_length=1)
    doubt_before: str
    doubt_after: str
    doubt: str
    goes_on: str


class NamedText(Record):
    """One thing of named.yaml: at hand or done, and only spoken of."""

    thing: str
    prepared: str
    mentioned: str | None = None


class NamedFile(Record):
    """named.yaml."""

    fragments: dict[str, str]
    things: tuple[NamedText, ...]


class LanguageFile(Record):
    """languages.yaml."""

    languages: dict[str, dict[str, str | tuple[str, ...]]]
