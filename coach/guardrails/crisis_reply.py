"""Compose what the coach says when somebody is in danger, from curated texts and the help line data.

Pure and without a model. Names what was heard, gives a human help line, asks for a person near, and ends
with one question. It never diagnoses, asks for a promise, describes a method, locks anyone out or goes back
to the plan by itself. What was heard is decided in danger.py.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from coach.errors import KnowledgeError
from coach.guardrails.danger import Answer, Danger
from coach.guardrails.named import Named
from coach.guardrails.phrases import FOLDER
from coach.schema.enums import Region
from coach.schema.knowledge import Helpline, Record

WORD_LIMIT = 120
QUOTE_WORDS = 14

QUOTABLE = re.compile(r"[\w\s',.;:’–-]{3,}")
"""Quotes with markup, links, questions or shouting are not repeated."""

MEANS = re.compile(
    r"\b(?:pills?|tablets?|meds|medication|paracetamol|tylenol|overdos\w*|gun|pistol|revolver|rifle|bullet|rope|noose|"
    r"knife|blades?|razors?|bridge|roof\w*|ledge|trains?|tracks?|garage|engine|bleach|jump\w*|hang\w*|shoot\w*|shot|"
    r"stab\w*|cut\w*|burn\w*|slit\w*|drown\w*|wrists?|poison\w*|gas|bomb|vodka|insulin|\d+)\b",
    re.IGNORECASE,
)
"""Words of method are the person's own to say; the coach does not say them back."""

COUNTRIES = {
    Region.US: "US",
    Region.CA: "Canada",
    Region.UK: "UK",
    Region.IE: "Ireland",
    Region.AU: "Australia",
    Region.NZ: "New Zealand",
    Region.IN: "India",
}


class Lines(Record):
    """One variant of a reply."""

    first: str | None = None
    heard: str
    plain: str | None = None
    near: str
    ask: str


class Thing(Record):
    """How one named thing is said back, and how to get away from it."""

    what: str
    plain: str | None = None
    spoken: str | None = None
    away: str
    ask: str | None = None


class NamedTexts(Record):
    """Texts for what the person named."""

    heard: tuple[str, ...] = Field(min_length=3)
    together: tuple[str, ...] = Field(min_length=3)
    ask: tuple[str, ...] = Field(min_length=3)
    things: dict[str, Thing]


class HelpLines(Record):
    """Sentences around the numbers, three of each so that consecutive turns differ."""

    region: tuple[str, ...] = Field(min_length=3)
    region_imminent: tuple[str, ...] = Field(min_length=3)
    general: tuple[str, ...] = Field(min_length=3)
    general_imminent: tuple[str, ...] = Field(min_length=3)
    emergency: tuple[str, ...] = Field(min_length=3)
    abuse: tuple[str, ...] = Field(min_length=3)
    anywhere: str
    any_emergency: str


class Replies(Record):
    """replies.yaml."""

    texts: dict[str, tuple[Lines, ...]]
    named: NamedTexts
    answers: dict[Answer, tuple[Lines, ...]]
    help: HelpLines
    back_to_the_plan: tuple[str, ...] = Field(min_length=3)
    still_here: tuple[str, ...] = Field(min_length=3)
    not_forgotten: tuple[str, ...] = Field(min_length=3)
    languages: dict[str, tuple[str, ...]]


@lru_cache(maxsize=4)
def load_replies(folder: Path = FOLDER) -> Replies:
    """Read and validate replies.yaml. A mistake is a KnowledgeError naming the file."""
    try:
        return Replies.model_validate(yaml.safe_load((folder / "replies.yaml").read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise KnowledgeError("replies.yaml is missing") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise KnowledgeError(f"replies.yaml: {error}") from error


def compose(
    danger: Danger,
    *,
    region: Region | str | None,
    helplines: Sequence[Helpline],
    crisis_turns_before: int = 0,
    answer: Answer | None = None,
    language: str | None = None,
    replies: Replies | None = None,
) -> str:
    """The whole crisis reply, at most 120 words, with one question: last, or first where it is about safety now.

    `crisis_turns_before` counts crisis replies so far and turns the variants; `answer` is what read_answer
    made of the message; `language` is the person's, by default the one in which danger was heard.
    """
    replies = replies or load_replies()
    turn = max(0, crisis_turns_before)
    lines = _lines(danger, replies, turn, answer)
    help_sentence = _help_sentence(danger, _region(region), helplines, replies.help, turn)
    own_language = replies.languages.get(language or danger.language)
    if own_language:
        return _fit(own_language[turn % len(own_language)], help_sentence, lines.first or lines.ask)
    answered = danger.reason.startswith("answer:")
    if danger.named and danger.kind == "suicide" and not (answered and danger.level != "imminent"):
        return _fit(*_named(danger, replies.named, help_sentence, lines, turn))
    heard = _heard(lines, danger)
    if lines.first:
        return _fit(f"{lines.first} {help_sentence}", heard, f"{lines.near} {lines.ask}")
    unsafe = danger.kind == "abuse" and danger.reason == "answer: no"
    if danger.level == "imminent" or danger.kind == "medical_emergency" or unsafe:
        # When minutes count, the number comes before everything but one sentence.
        return _fit(heard, help_sentence, f"{lines.near} {lines.ask}")
    return _fit(heard, f"{lines.near} {help_sentence}", lines.ask)


def back_to_the_plan(crisis_turns_before: int = 0, replies: Replies | None = None) -> str:
    """One warm line for going back to work; help stays within reach."""
    lines = (replies or load_replies()).back_to_the_plan
    return lines[max(0, crisis_turns_before) % len(lines)]


def still_here(crisis_turns_before: int = 0, replies: Replies | None = None) -> str:
    """One line for somebody who writes on without saying whether they are safe."""
    lines = (replies or load_replies()).still_here
    return lines[max(0, crisis_turns_before) % len(lines)]


def not_forgotten(crisis_turns_before: int = 0, replies: Replies | None = None) -> str:
    """One line for somebody who begins a new conversation and has not said whether they are safe."""
    lines = (replies or load_replies()).not_forgotten
    return lines[max(0, crisis_turns_before) % len(lines)]


def in_one_line(danger: Danger, region: Region | str | None, helplines: Sequence[Helpline]) -> str:
    """What was heard and where help is, for a terminal: repeats no word of the person."""
    replies = load_replies()
    lines = _lines(danger, replies, 0, None)
    return f"{lines.plain or lines.heard} {_help_sentence(danger, _region(region), helplines, replies.help, 0)}"


def _lines(danger: Danger, replies: Replies, turn: int, answer: Answer | None) -> Lines:
    if danger.kind == "abuse" and danger.reason in ("answer: yes", "answer: no"):
        # The question was "are you safe right now?".
        variants = replies.texts[f"abuse_{danger.reason.removeprefix('answer: ')}"]
        return variants[turn % len(variants)]
    if answer and turn > 0 and danger.level != "imminent" and _answered(danger, answer):
        variants = replies.answers[answer]
        return variants[turn % len(variants)]
    # An unknown kind gets the suicide texts: asking once too often is the smaller mistake.
    kind = danger.kind if danger.kind in replies.texts else "suicide"
    graded = replies.texts.get(f"{kind}_{danger.level}")
    variants = graded or replies.texts[kind]
    return variants[turn % len(variants)]


def _named(
    danger: Danger, texts: NamedTexts, help_sentence: str, lines: Lines, turn: int
) -> tuple[str, str, str]:
    """The reply to means, a place, a farewell or a time. What is at hand puts number and person first."""
    known = [(one, texts.things[one.thing]) for one in danger.named if one.thing in texts.things][:2]
    if not known:
        return _heard(lines, danger), help_sentence, f"{lines.near} {lines.ask}"
    whats = [_what(one, thing) for one, thing in known]
    heard = texts.heard[turn % len(texts.heard)].format(what=" and that ".join(whats))
    away = known[0][1].away.format(word=known[0][0].word)
    ask = known[0][1].ask or texts.ask[turn % len(texts.ask)]
    if danger.level == "imminent":
        return heard, f"{help_sentence} {texts.together[turn % len(texts.together)]}", f"{away} {ask}"
    return heard, f"{away} {help_sentence}", ask


def _what(named: Named, thing: Thing) -> str:
    if not named.prepared and thing.spoken:
        return thing.spoken.format(word=named.word)
    if "{word}" in thing.what and not named.word:
        return thing.plain or thing.what.format(word="")
    word = named.word.capitalize() if re.match(r"\w+day\b(?<!today)", named.word) else named.word
    return thing.what.format(word=word)


def _answered(danger: Danger, answer: Answer) -> bool:
    """A bare yes or no is clear after the question about suicide, or about safety; elsewhere we ask again."""
    if not danger.reason.startswith("answer:"):
        return False
    return answer in ("leave_me_alone", "silence") or danger.kind in ("suicide", "self_harm")


def _heard(lines: Lines, danger: Danger) -> str:
    words = " ".join(danger.quote.split()).strip(" .,;:-")
    quotable = (
        QUOTABLE.fullmatch(words)
        and not MEANS.search(words)
        and len(words.split()) <= QUOTE_WORDS
        and len(words) <= 100
        and not danger.reason.startswith("answer:")
    )
    if "{words}" not in lines.heard:
        return lines.heard
    if quotable:
        return lines.heard.replace("{words}", words)
    return lines.plain or lines.heard.replace('"{words}"', "that")


def _region(region: Region | str | None) -> Region | None:
    try:
        return Region(region) if region is not None else None
    except ValueError:
        return None


def _help_sentence(
    danger: Danger, region: Region | None, helplines: Sequence[Helpline], texts: HelpLines, turn: int
) -> str:
    own = next((line for line in helplines if line.region == region and region is not None), None)
    known_place = own is not None and own.region is not Region.OTHER
    emergency = own.emergency if own is not None and known_place else texts.any_emergency
    if danger.kind == "medical_emergency":
        sentence = texts.emergency[turn % 3].format(emergency=emergency)
        return sentence[:1].upper() + sentence[1:]
    if danger.kind == "abuse":
        return texts.abuse[turn % 3].format(emergency=emergency)
    imminent = danger.level == "imminent"
    if own is not None and known_place:
        sentences = texts.region_imminent if imminent else texts.region
        return sentences[turn % 3].format(
            emergency=emergency, name=own.name.rstrip("?"), ways=_ways(own, texts)
        )
    sentences = texts.general_imminent if imminent else texts.general
    lines = texts.anywhere if region is Region.OTHER else _all_lines(helplines, texts)
    return sentences[turn % 3].format(lines=lines)


def _ways(line: Helpline, texts: HelpLines) -> str:
    ways = [f"call {line.call}"] if line.call else []
    ways += [f"text {line.text}"] if line.text else []
    # A number nobody has checked yet never stands alone.
    if line.checked is None or not ways:
        ways.append(f"see {texts.anywhere}")
    return " or ".join(ways)


def _all_lines(helplines: Sequence[Helpline], texts: HelpLines) -> str:
    """Every number with its countries, "US or Canada 988, ...", for when the country is not known."""
    countries: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for line in helplines:
        if line.call and line.region in COUNTRIES:
            countries.setdefault(line.call, []).append(COUNTRIES[line.region])
            names[line.call] = "" if line.name.startswith(line.call) else f"{line.name} "
    groups = [
        f"{' or '.join(dict.fromkeys(places))} {names[call]}{call}" for call, places in countries.items()
    ]
    return ", ".join([*groups, f"elsewhere {texts.anywhere}" if groups else texts.anywhere])


def _fit(*parts: str) -> str:
    """Join the parts as short paragraphs; drop the opening should it ever grow too long."""
    text = "\n\n".join(part for part in parts if part)
    if len(text.split()) <= WORD_LIMIT or len(parts) < 3:
        return text
    return "\n\n".join(part for part in parts[1:] if part)
