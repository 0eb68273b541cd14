"""The phrase book of the crisis guard: reads knowledge/crisis/*.yaml and compiles it.

Holds patterns only. Does not read messages and does not decide anything; see danger.py.
Importing does nothing; reading files happens in `load_phrases`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from coach.errors import KnowledgeError
from coach.guardrails.phrase_files import (
    DenialFile,
    FamilyFile,
    HintFile,
    IdiomFile,
    Kind,
    LanguageFile,
    Level,
    NamedFile,
    RuleFile,
    RuleText,
    TogetherText,
    WordFile,
)
from coach.schema.knowledge import Record

FileType = TypeVar("FileType", bound=Record)

FOLDER = Path(__file__).resolve().parents[2] / "knowledge" / "crisis"
NO_BORDERS = {"zh", "ja", "ko", "hi", "ar", "ru", "uk"}
"""Languages whose patterns set their own word borders, or have none."""

LANGUAGE_KINDS: dict[str, tuple[Kind, Level]] = {
    "suicide_high": ("suicide", "high"),
    "suicide_indirect": ("suicide", "indirect"),
    "suicide_signs": ("suicide", "indirect"),
    "self_harm": ("self_harm", "high"),
    "abuse": ("abuse", "high"),
    "harm_others": ("harm_others", "high"),
    "third_party": ("third_party", "high"),
    "medical": ("medical_emergency", "imminent"),
}


@dataclass(frozen=True)
class Rule:
    """One compiled rule."""

    id: str
    kind: Kind
    level: Level
    language: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    needs: re.Pattern[str] | None = None
    joking: Level | None = None
    serious: Level | None = None
    own_script: bool = False
    """Whether nothing in plain Latin letters can match, so such texts need not be looked at."""


@dataclass(frozen=True)
class NamedThing:
    """One compiled thing of named.yaml."""

    thing: str
    prepared: re.Pattern[str]
    mentioned: re.Pattern[str] | None


@dataclass(frozen=True, eq=False)
class PhraseBook:
    """Everything the crisis guard knows, compiled. Compared by identity, so readings can be kept per book."""

    rules: tuple[Rule, ...]
    foreign_rules: tuple[Rule, ...]
    foreign_soon: dict[str, re.Pattern[str]]
    idioms: re.Pattern[str]
    signals: dict[str, re.Pattern[str]]
    signs: dict[str, re.Pattern[str]]
    together: tuple[TogetherText, ...]
    unless_together: re.Pattern[str]
    tone: dict[str, re.Pattern[str]]
    answers: dict[str, re.Pattern[str]]
    denials: dict[str, re.Pattern[str]]
    named: tuple[NamedThing, ...]
    short_forms: dict[str, str]
    lexicon: frozenset[str]


@lru_cache(maxsize=4)
def load_phrases(folder: Path = FOLDER) -> PhraseBook:
    """Read and compile the files of `folder`. A mistake is a KnowledgeError naming file and rule."""
    rule_file = _read(folder / "phrases.yaml", RuleFile)
    family_file = _read(folder / "families.yaml", FamilyFile)
    hint_file = _read(folder / "hints.yaml", HintFile)
    idiom_file = _read(folder / "idioms.yaml", IdiomFile)
    words = _read(folder / "words.yaml", WordFile)
    languages = _read(folder / "languages.yaml", LanguageFile).languages
    denials = _read(folder / "denials.yaml", DenialFile)
    named = _read(folder / "named.yaml", NamedFile)
    fragments = (
        rule_file.fragments
        | family_file.fragments
        | hint_file.fragments
        | denials.fragments
        | named.fragments
    )
    for text in family_file.together:
        for name in set(text.signs) - family_file.signs.keys():
            raise KnowledgeError(f"families.yaml: {text.id}: unknown sign {name!r}")

    def compiled(pattern: str, where: str, bordered: bool = False) -> re.Pattern[str]:
        return _compile(pattern, fragments, where, bordered)

    foreign: list[Rule] = []
    for language, patterns in languages.items():
        for name in patterns.keys() - LANGUAGE_KINDS.keys() - {"soon"}:
            raise KnowledgeError(f"languages.yaml: {language}: unknown field {name!r}")
        for name, (kind, level) in LANGUAGE_KINDS.items():
            if name in patterns:
                where = f"languages.yaml: {language}.{name}"
                for text in _as_tuple(patterns[name]):
                    own_script = re.search("[a-z]{3}", text) is None
                    rule = Rule(f"{language}-{name}", kind, level, language, compiled(text, where))
                    foreign.append(replace(rule, own_script=own_script))

    tone_names = (
        "negated", "long_ago", "present", "laughing", "jokey_cause", "serious", "soon", "not_safe", "unsafe", "named_danger", "brushed_off"
    )  # fmt: skip
    return PhraseBook(
        rules=_others_first(
            _compile_rule(rule, fragments) for rule in rule_file.rules + family_file.rules + hint_file.rules
        ),
        foreign_rules=_others_first(foreign),
        foreign_soon={
            language: compiled("|".join(_as_tuple(patterns["soon"])), f"languages.yaml: {language}.soon")
            for language, patterns in languages.items()
            if "soon" in patterns
        },
        idioms=compiled("|".join(idiom_file.idioms), "idioms.yaml", bordered=True),
        signals={
            name: compiled("|".join(patterns), f"phrases.yaml: signals.{name}", bordered=True)
            for name, patterns in rule_file.signals.items()
        },
        signs={
            name: compiled(pattern, f"families.yaml: signs.{name}", bordered=True)
            for name, pattern in family_file.signs.items()
        },
        together=family_file.together,
        unless_together=compiled(
            family_file.unless_together, "families.yaml: unless_together", bordered=True
        ),
        tone={
            **{name: compiled(getattr(words, name), f"words.yaml: {name}") for name in tone_names},
            "safe": compiled("|".join(words.safe), "words.yaml: safe", bordered=True),
            "settled": compiled("|".join(words.settled), "words.yaml: settled", bordered=True),
        },
        answers={
            name: compiled(pattern, f"words.yaml: answers.{name}") for name, pattern in words.answers.items()
        },
        denials={
            "denied": compiled("|".join(denials.denied), "denials.yaml: denied", bordered=True),
            **{
                name: compiled(getattr(denials, name), f"denials.yaml: {name}")
                for name in ("doubt_before", "doubt_after", "doubt", "goes_on")
            },
        },
        named=tuple(
            NamedThing(
                text.thing,
                compiled(text.prepared, f"named.yaml: {text.thing}", bordered=True),
                compiled(text.mentioned, f"named.yaml: {text.thing}", bordered=True) if text.mentioned else None,
            )
            for text in named.things
        ),
        short_forms=words.short_forms,
        lexicon=words.lexicon,
    )


def _as_tuple(patterns: str | tuple[str, ...]) -> tuple[str, ...]:
    return (patterns,) if isinstance(patterns, str) else patterns


def _others_first(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Another person's danger is heard first and blanked, so that "she wants to die" is not read as "I"."""
    return tuple(sorted(rules, key=lambda rule: rule.kind != "third_party"))


def _compile_rule(rule: RuleText, fragments: dict[str, str]) -> Rule:
    where = f"rule {rule.id}"

    def optional(pattern: str | None) -> re.Pattern[str] | None:
        return None if pattern is None else _compile(pattern, fragments, where, bordered=True)

    return Rule(
        id=rule.id,
        kind=rule.kind,
        level=rule.level,
        language="en",
        pattern=_compile("|".join(rule.patterns), fragments, where, bordered=True),
        unless=optional(rule.unless),
        needs=optional(rule.needs),
        joking=rule.joking,
        serious=rule.serious,
    )


def _compile(pattern: str, fragments: dict[str, str], where: str, bordered: bool) -> re.Pattern[str]:
    """Fill in <fragment> names, which may themselves hold names, and compile."""
    filled = pattern
    for _ in range(4):
        for name, text in fragments.items():
            filled = filled.replace(f"<{name}>", text)
    left = re.search(r"(?<!\?)<[a-z]+>", filled)
    if left:
        raise KnowledgeError(f"{where}: unknown fragment {left.group()}")
    try:
        return re.compile(rf"(?<!\w)(?:{filled})(?!\w)" if bordered else filled)
    except re.error as error:
        raise KnowledgeError(f"{where}: {error}") from error


def _read(path: Path, model: type[FileType]) -> FileType:
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return model.model_validate(content)
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path.name} is missing") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise KnowledgeError(f"{path.name}: {error}") from error
