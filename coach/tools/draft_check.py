"""Look over a person's own text before they send it: what may cost more than it helps, why, and a calmer wording.

Pure and deterministic: curated rules first (knowledge/draft_marks.yaml), the ear where they find nothing. A calmer wording
holds no fact that the text doesn't hold; what is missing stands in it in [brackets]. Judges nobody and sends nothing.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from coach.schema.drafts import BLANK, SLOT, Mark, MarkBook, MarkKind, Rule
from coach.schema.plan import Plan
from coach.tools.draft_clauses import Clause, clauses, without_quotations

_I = re.IGNORECASE
QUOTED_WORDS = 5  # as many words in a row that stand in the plan are the plan's, not the person's
HEARD = 4  # words of a clause that the ear can judge
# What a clause is rewritten for where it has several marks; the others are explained beside it.
FIRST = (
    MarkKind.CONFIDENTIAL, MarkKind.THREAT, MarkKind.BLANKET_ADMISSION, MarkKind.OVER_APOLOGY, MarkKind.MOTIVE, MarkKind.ACCUSATION,
    MarkKind.FEELING_AS_FACT, MarkKind.ABSOLUTE, MarkKind.MISSING_FACT,
)  # fmt: skip
BY_EAR = tuple(kind for kind in MarkKind if kind not in (MarkKind.ABSOLUTE, MarkKind.MISSING_FACT))
_BLANK = re.compile(r"\[[^\]\n]{2,80}\]|\b(?:XX+|TBC|TBD)\b|_{3,}|\?{3,}|<[a-z][a-z _]{1,30}>|\{[a-z_ ]{2,30}\}")
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_WHEN = rf"(?:\d[\w.:/%-]*(?:(?:,| and| or| to)? ?\d[\w.:/%-]*)*(?: (?:of )?{_MONTH})?|{_MONTH}(?: \d+)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_FACT = re.compile(rf"\b(?:on|in|at|since|before|after|by|from|during|of|until|to)\s+(?:(?:the|my|our|a)\s+)?(?:{_WHEN}\b(?:\s+(?:meeting|review|talk|call|shift))?|(?:meeting|review|check-in|huddle|call|shift)\b)", _I)  # fmt: skip
_SHOUT = re.compile(r"\b[A-Z]{4,}\b")
_LOWER_FIRST = re.compile(r"^(?!I\b|I'|[A-Z]{2})[A-Z]")


class Hears(Protocol):
    """What is asked about a clause where no rule fits; see draft_ear.Ear."""

    def kinds(self, text: str) -> tuple[MarkKind, ...]:
        """Kinds that the sentence likely holds."""


def marks(text: str, book: MarkBook, plan: Plan | None = None, ear: Hears | None = None) -> tuple[Mark, ...]:
    """What to look at again, in the order of the text. Words that are quoted, or stand in the plan, are left alone."""
    found: list[Mark] = []
    for clause, words, rules in _marked(text, _without_plan(without_quotations(text), plan), book, ear):
        kind = next(iter(rules))
        calmer = _calmer(clause.of(text), words, kind, rules[kind], book)
        others = (_filled(book.kinds[kind].calmer, clause.of(text), {}), book.plain)
        passed = next((one for one in (calmer, *others) if not any(_marked(one, one, book, ear))), "")
        found += [_mark(text, clause, kind, rule, passed, book) for kind, rule in rules.items()]
    return tuple(found)


def calm(text: str, found: Sequence[Mark]) -> str:
    """The text with the calmer wording in the place of everything that was marked, each wording once."""
    spans = list({mark.span: mark for mark in reversed(found)}.items())
    for number, ((start, end), mark) in enumerate(sorted(spans)[::-1]):
        said_before = any(other.calmer == mark.calmer for _, other in sorted(spans)[: len(spans) - number - 1])
        put = "" if said_before else mark.calmer
        if not text[:start].strip() or re.search(r"[.?!\n]\s*[\"'\u201c]?$", text[:start]):
            put = put[:1].upper() + put[1:]
        elif put:
            put = _LOWER_FIRST.sub(lambda match: match[0].lower(), put)
        before, after = text[:start], text[end:]
        if not put:
            before, after = re.sub(r"[,;:]?\s*(?:\b(?:and|but|so))?(?:\s+(?:then|now|still))?\s*$", "", before, flags=_I), after.lstrip()
            before += "" if not before or after[:1] in ".,;:?!" else " "
        text = before + put + after
    tidy = re.sub(r"([.?!])(?:\s*[.?!,;:])+", r"\1", re.sub(r"!+", ".", text))
    tidy = re.sub(r"(^|[.?!]\s+)(?:[,.;]\s*)?(?:and|but|so)?\s*([a-z])(?=\w)", lambda match: match[1] + match[2].upper(), tidy) if found else tidy
    return re.sub(r"[ \t]{2,}", " ", tidy).strip(" ,;")


def _marked(text: str, plain: str, book: MarkBook, ear: Hears | None) -> Iterator[tuple[Clause, str, dict[MarkKind, Rule | None]]]:
    """The clauses with something to look at, their words, and what was found in the order of FIRST; None was heard by ear.

    A blank of our own is no fault: where it stands, the missing fact is asked for already.
    """
    for clause in clauses(text):
        words = clause.of(plain)
        if asked := [blank for blank in BLANK.findall(words) if blank in book.blanks]:
            words = BLANK.sub(lambda match: "" if match[0] in book.blanks else match[0], words)
        if len(re.findall(r"[a-z']+", words, _I)) < 2 and not _BLANK.search(words):
            continue
        rules: dict[MarkKind, Rule | None] = {kind: rule for kind in FIRST if (rule := _rule(kind, words, book)) is not None}
        if asked and not _BLANK.search(words):
            rules.pop(MarkKind.MISSING_FACT, None)
        by_ear = _heard(words, book, ear) if ear and not rules else set()
        if rules or by_ear:
            yield clause, words, rules | {kind: None for kind in FIRST if kind in by_ear}


def _mark(text: str, clause: Clause, kind: MarkKind, rule: Rule | None, calmer: str, book: MarkBook) -> Mark:
    why = (rule.why if rule else None) or book.kinds[kind].why
    return Mark(quote=clause.of(text), kind=kind, why=why, calmer=calmer, span=(clause.start, clause.end))


def _rule(kind: MarkKind, words: str, book: MarkBook) -> Rule | None:
    if kind is MarkKind.MISSING_FACT and _BLANK.search(words):
        return Rule(find=r"", calmer="{text}")
    entry = book.kinds[kind]
    if entry.unless and re.search(entry.unless, words, _I):
        return None
    return next((rule for rule in entry.rules if re.search(rule.find, words, _I)), None)


def _heard(words: str, book: MarkBook, ear: Hears) -> set[MarkKind]:
    if len(words.split()) < HEARD:
        return set()
    calm_anyway = {kind for kind, entry in book.kinds.items() if entry.unless and re.search(entry.unless, words, _I)}
    return set(ear.kinds(words.strip())) & set(BY_EAR) - calm_anyway


def _calmer(said: str, words: str, kind: MarkKind, rule: Rule | None, book: MarkBook) -> str:
    said = _quiet(said)
    shorter = said
    for pattern in book.cut:
        shorter = re.sub(pattern, "", shorter, flags=_I).strip(" ,;")
    still = any(_rule(each, shorter, book) for each in FIRST[:-1])
    if shorter != said and len(shorter.split()) > 3 and not still:
        return shorter[:1].upper() + shorter[1:]
    if kind is MarkKind.ABSOLUTE:
        return _softer(shorter or said, book)
    template = rule.calmer if rule and rule.calmer else book.kinds[kind].calmer
    groups = {}
    if rule and rule.calmer and (match := re.search(rule.find, said, _I)):
        groups = {name: part.strip(" ,;") for name, part in match.groupdict(default="").items()}
    return _filled(template, said, groups)


def _filled(template: str, said: str, groups: dict[str, str]) -> str:
    """The wording with its words and facts; facts of the person that it has no place for stand behind it."""
    facts = " ".join(match[0] for match in _FACT.finditer(said))
    groups = groups | {"text": said, "facts": f"{facts}: " if facts else "", "rest": f" {groups['rest']}" if groups.get("rest") else ""}
    put = SLOT.sub(lambda match: groups.get(match[1], match[0]), template)
    kept = set(re.findall(r"\d[\w.:%]*", put))
    lost = [match[0] for match in _FACT.finditer(said) if not set(re.findall(r"\d[\w.:%]*", match[0])) <= kept]
    put = f"{put} ({', '.join(lost)})" if lost else put
    return put[:1].upper() + put[1:]


def _softer(said: str, book: MarkBook) -> str:
    for find, put in book.softer:
        said = re.sub(find, put, said, flags=_I)
    said = re.sub(r"\bhardly ever ever\b|\b(hardly anybody\b[^.,]{0,30}) ever\b", lambda match: match[1] or "hardly ever", said)
    return book.softened.replace("{text}", f"{said[:1].upper()}{said[1:]}")


def _quiet(said: str) -> str:
    """Without shouting: capitals of whole sentences and words, where they aren't a name or a short form."""
    return _SHOUT.sub(lambda match: match[0].lower(), said).replace("!", "")


def _without_plan(text: str, plan: Plan | None) -> str:
    """Blanks where at least QUOTED_WORDS words in a row stand in the plan."""
    if plan is None:
        return text
    parts = (*plan.reasons, *plan.goals, *plan.supports, *filter(None, (plan.check_ins, plan.consequences)))
    ours = " ".join(" ".join(re.findall(r"\w+", part.quote.lower())) + " |" for part in parts)
    words = list(re.finditer(r"\w+", text))
    blank = list(text)
    for first in range(len(words) - QUOTED_WORDS + 1):
        run = words[first : first + QUOTED_WORDS]
        if " ".join(word[0].lower() for word in run) in ours:
            blank[run[0].start() : run[-1].end()] = " " * (run[-1].end() - run[0].start())
    return "".join(blank)
