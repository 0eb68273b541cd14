"""A promise of the plan as its reader says it aloud: what is for "you" there is "for me" here. Pure; only the grammar changes."""

import re

from coach.schema.plan import Plan, Quote
from coach.tools import question_words as words

_I = re.IGNORECASE
MOST = 16  # words of a promise that is said in one breath
_PASSIVE = re.compile(r"\s+(?:will|shall|is to|are to|can) be (?:provided|given|offered|arranged|made available|organi[sz]ed|supplied|booked)(?: (?:for|to) you)?$", _I)
_UNDATED = re.compile(r",? \(?(?:date|day|time)s?\b[^,]*\b(?:to be|tb[acd])\b.*$", _I)  # the question says that itself
_VERB = r"(?:will|shall|can|is|are|has|have|gives?|shows?|sends?|sits?|takes?|covers?|helps?|provides?|pays?|reads?|brings?|puts?|refunds?|explains?|trains?|teaches|works?|undertook|prints?|builds?|finds?|answers?|arranges?|runs?|plans?|checks?|clears?|keeps?|moves?|joins?|pairs?|undertakes?)"
_WHO = r"(?:(?:[Tt]he|[Aa]n?|[Yy]our|[Oo]ur|[Mm]y|[Oo]ne|[Tt]wo|[Tt]hree) (?:[\w'-]+ ){1,3}?|(?:[A-Z][\w.'\u2019-]*\.? ){1,3}(?:(?:from|of|in) (?:the )?(?:[\w'-]+ ){1,3}?)?|I |We |You |HR |IT |QA )"
_CLAUSE = re.compile(rf"^{_WHO}(?:also )?{_VERB}\b")
_CLAUSE_AT_START = re.compile(rf"^(?:The|A|An|Your|Our|My|One|Two|Three) (?:[\w'-]+ ){{1,3}}?(?:also )?{_VERB}\b")
_THIRD = re.compile(r"\b(?:he|she|him|his|her|they|their|them|the (?:employee|teacher|officer|colleague|staff(?: member)?|team member|worker)s?)\b", _I)
_AS_SUBJECT = re.compile(r"\b(you)(?= (?:will|shall|can|may|are|have|get|need|want|receive|ask|could|should|must|work|do|did|were|had)\b)", _I)
_SWAPS = {
    "you": "me", "your": "my", "yours": "mine", "yourself": "myself", "i": "you", "me": "you", "my": "your", "mine": "yours", "we": "you",
    "us": "you", "our": "your", "ours": "yours", "myself": "yourself", "am": "are",
}  # fmt: skip
_SWAPPED = re.compile(r"\b(?:you are|i am|(?:" + "|".join(_SWAPS) + r"))\b", _I)
_FIX = (("I are", "I am"), ("me are", "I am"), ("I has", "I have"))
_ARTICLE = re.compile(r"^(?:A|An|One|Two|Three|Four|Access|Training|Coaching|Regular|Additional|Your|Our|My)\b")
_NAMED = re.compile(r"^(?:the|an?|one|two|three|four|access|training|coaching|regular|additional|help|support|mentoring|time|release|use|your|our|my)\b", _I)


def spoken(support: Quote, plan: Plan | None) -> tuple[str, dict[str, str]]:
    """How the promise is said, and the words: "thing" ("a seat in the course"), "said" ("HR finds a course for me") or "quoted"."""
    line = words.first_sentence(words.fold(support.text)).rstrip(" .;,")
    line = _UNDATED.sub("", line)
    quoted = {"support": words.few(line, MOST)}
    bare = line[match.end() :] if (match := words.GIVES.match(line)) else _PASSIVE.sub("", line)
    if _THIRD.search(line) or words.names_person(line, plan.employee if plan else None):
        return "quoted", quoted
    if bare != line and _NAMED.match(bare) or _is_thing(bare):
        return "thing", {"support": _to_me(words.few(_small(bare), MOST))}
    if _CLAUSE.match(line):
        return "said", {"support": words.few(_to_me(_small(_to_you(line, plan))), MOST)}
    return "quoted", quoted


def _is_thing(text: str) -> bool:
    return bool(_ARTICLE.match(text)) and not _CLAUSE_AT_START.match(text) and not re.search(rf"\b{_VERB}\b", " ".join(text.split()[:6]))


def _to_you(line: str, plan: Plan | None) -> str:
    """The manager, who is asked, is "you"."""
    name = (plan.manager or "").split() if plan else []
    for said in (" ".join(name), name[0] if name else ""):
        if len(said) > 2 and re.match(rf"{re.escape(said)} (?:will|shall|can)\b", line):
            return "We" + line[len(said) :]  # "we" is turned into "you" with all the others
    return line


def _small(text: str) -> str:
    """Without the capital that only begins the sentence."""
    first = text.split(" ", 1)[0]
    plain = first in ("The", "A", "An", "One", "Two", "Three", "Four", "Your", "Our", "My", "We", "You") or (_ARTICLE.match(text) and first[1:].islower())
    return text[:1].lower() + text[1:] if plain else text


def _to_me(text: str) -> str:
    """The same words from the reader's side."""
    marked = _AS_SUBJECT.sub("\0", text)
    swapped = _SWAPPED.sub(lambda match: {"i am": "you are"}.get(match[0].lower(), _SWAPS.get(match[0].lower(), match[0])), marked)
    said = swapped.replace("\0", "I")
    for wrong, right in _FIX:
        said = re.sub(rf"\b{wrong}\b", right, said)
    return said
