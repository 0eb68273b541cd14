"""Match the phrase book against one message. Knows nothing of earlier messages; see danger.py for those.

A hit is a rule that spoke, with its level after negation, time, tone and joking are taken into account.
"""

import re
from dataclasses import dataclass, replace

from coach.guardrails.normalise import View
from coach.guardrails.phrase_files import LEVELS, Kind, Level
from coach.guardrails.phrases import PhraseBook, Rule

BLANK = "¤"
QUOTE_LIMIT = 110
MEANS_RULES = {"pills", "weapon-near", "rope", "fall", "at-the-edge"}
UNCOUNTED_RULES = {"bereaved", "mentioned", "worn-soft"}
"""Rules that speak of others or of the word alone; they do not add up with other signs."""

KANA = re.compile("[぀-ヿ]")
CERTAIN_SOON = ("tonight", "right now")
DENIED_HIT = re.compile(r"\b(?:not|never) (?!safe|let)(?:\w+ )*me\b")
BORDER = re.compile(r"[.!?\n]")


Signs = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Hit:
    """One rule that spoke. `counts` is False where it was denied or long ago."""

    rule: str
    kind: Kind
    level: Level
    language: str
    start: int
    end: int
    counts: bool = True


def hear(plain: View, english: View, signs: Signs, book: PhraseBook) -> list[Hit]:
    """All hits in one message, in no special order; `signs` as found by `signs_in`."""
    hits = _hear_english(english.text, book)
    hits.extend(_hear_together(signs, book))
    hits.extend(_hear_other_languages(plain.text, book))
    return hits


def signs_in(text: str, book: PhraseBook) -> Signs:
    """The small signs of families.yaml in plain English text, with the place of the first of each."""
    if book.unless_together.search(text):
        return {}
    found = {name: pattern.search(text) for name, pattern in book.signs.items()}
    return {name: match.span() for name, match in found.items() if match}


def _hear_together(signs: Signs, book: PhraseBook) -> list[Hit]:
    hits = []
    for rule in book.together if len(signs) > 1 else ():
        if signs.keys() >= set(rule.signs):
            start, end = signs[rule.signs[0]]
            hits.append(Hit(rule.id, rule.kind, rule.level, "en", start, end))
    return hits


def joined_quote(original: str, view: View, hit: Hit) -> str:
    """The person's exact words: the sentence of the hit, or the hit alone where the sentence is long."""
    start, end = _sentence(view.text, hit.start, hit.end)
    begin, stop = view.original_span(start, end)
    if stop - begin > QUOTE_LIMIT:
        begin, stop = view.original_span(hit.start, hit.end)
        while begin > 0 and not original[begin - 1].isspace():
            begin -= 1
        while stop < len(original) and not original[stop].isspace():
            stop += 1
    return original[begin:stop].strip()[: 2 * QUOTE_LIMIT]


def _hear_english(text: str, book: PhraseBook) -> list[Hit]:
    masked = book.idioms.sub(lambda match: BLANK * len(match.group()), text)
    hits: list[Hit] = []
    for rule in book.rules:
        for match in rule.pattern.finditer(masked):
            hit = _weigh(rule, masked, text, match.start(), match.end(), book)
            if hit is None:
                continue
            hits.append(hit)
            if rule.kind == "third_party":
                masked = _blank(masked, match.start(), match.end())
    return _hasten(hits, text, book)


def _weigh(rule: Rule, masked: str, text: str, start: int, end: int, book: PhraseBook) -> Hit | None:
    """Give the hit its level, or None where the rest of the sentence explains it away."""
    sentence_start, sentence_end = _sentence(text, start, end)
    sentence = text[sentence_start:sentence_end]
    if rule.unless and rule.unless.search(sentence):
        return None
    if rule.needs and not rule.needs.search(sentence):
        return None
    level, counts = rule.level, rule.id not in UNCOUNTED_RULES
    serious = book.tone["serious"].search(text) is not None
    if serious and rule.serious:
        level = rule.serious
    elif not serious and rule.joking and _in_jest(text, sentence, book):
        level, counts = rule.joking, rule.joking != "soft"
    if rule.kind == "abuse" and DENIED_HIT.search(masked[start:end]):
        return None
    # "I won't kill myself yet" denies nothing.
    held_back = re.match(r"\W*(?:yet|until|unless)\b", text[end:]) is not None
    if (
        not held_back
        and book.tone["negated"].search(text[sentence_start:start])
        and not rule.id.startswith(("not-", "no-point", "after"))
    ):
        if rule.kind in ("third_party", "abuse", "harm_others", "medical_emergency"):
            return None
        level, counts = _lower(level, "soft"), False
    elif _is_long_ago(sentence, book):
        level, counts = _lower(level, "soft"), False
    return Hit(rule.id, rule.kind, level, rule.language, start, end, counts)


def _in_jest(text: str, sentence: str, book: PhraseBook) -> bool:
    if book.tone["laughing"].search(text):
        return True
    return book.tone["jokey_cause"].search(sentence) is not None


def _is_long_ago(sentence: str, book: PhraseBook) -> bool:
    return bool(book.tone["long_ago"].search(sentence)) and not book.tone["present"].search(sentence)


def _lower(level: Level, ceiling: Level) -> Level:
    return min(level, ceiling, key=LEVELS.index)


def _hasten(hits: list[Hit], text: str, book: PhraseBook) -> list[Hit]:
    """Raise what is meant for tonight, and intent with the means at hand."""
    means_near = any(hit.rule in MEANS_RULES and hit.counts for hit in hits)
    times = [(match.start(), match.group()) for match in book.tone["soon"].finditer(text)]
    hastened: list[Hit] = []
    for hit in hits:
        level = hit.level
        if (
            hit.kind in ("suicide", "harm_others", "third_party")
            and hit.counts
            and level in ("indirect", "high")
        ):
            soon = any(word in CERTAIN_SOON or 0 <= place - hit.end <= 30 for place, word in times)
            if soon:
                level = "imminent" if level == "high" else "high"
            elif level == "high" and means_near and hit.rule not in MEANS_RULES and hit.kind == "suicide":
                level = "imminent"
        hastened.append(replace(hit, level=level))
    return hastened


def _hear_other_languages(text: str, book: PhraseBook) -> list[Hit]:
    hits: list[Hit] = []
    is_ascii, has_kana = text.isascii(), KANA.search(text) is not None
    for rule in book.foreign_rules:
        if (is_ascii and rule.own_script) or (has_kana and rule.language == "zh"):
            continue
        for match in rule.pattern.finditer(text):
            if match.start() == match.end():
                continue
            level = rule.level
            soon = book.foreign_soon.get(rule.language)
            if rule.kind == "suicide" and level == "high" and soon and soon.search(text):
                level = "imminent"
            hits.append(Hit(rule.id, rule.kind, level, rule.language, match.start(), match.end()))
            if rule.kind == "third_party":
                text = _blank(text, match.start(), match.end())
    return hits


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + BLANK * (end - start) + text[end:]


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span; a border is a full stop, question or exclamation mark or line end."""
    before = [match.end() for match in BORDER.finditer(text, max(0, start - 400), start)]
    after = BORDER.search(text, end)
    return (
        before[-1] if before else max(0, start - 400),
        min(after.start() if after else len(text), end + 400),
    )
