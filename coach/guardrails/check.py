"""Compare what a model wrote with what it was given. Rules only; a sentence that fails is a reason to keep the curated text.

Catches: another speaker's voice, promises, verdicts, odds, instructions on signing or resigning, words that could push
somebody in danger, claims to have done something, numbers, names, links and markers that the inputs do not hold, leaks of
the prompt. Does not judge whether a sentence is wise.
"""

import re
from collections.abc import Iterable

from coach.citations import MARKER
from coach.schema.knowledge import Citation, Record

_I = re.IGNORECASE
_SENTENCE = re.compile(r"(?<=[.?!\u2026])[\"\u201d)\]]*\s+|\n+")
_QUOTED = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d')
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"(?<![.?!\"\u201c] )(?<!^)\b[A-Z][a-z]{2,}\b")
RULES = (
    ("speaks as the employee", re.compile(r"\b(?:my|our) (?:manager|boss|job|plan|pip|team|company|work|performance|supervisor)\b|\bI(?:'m| am| was| have been|'ve been) (?:put|on a|placed|given|told|feeling|so|very|really)\b|\bI (?:feel|felt|need to|will (?:improve|do|try)|want to|understand (?:that )?my)\b", _I)),
    ("speaks as a program or of itself", re.compile(r"\bas an ai\b|\bi(?:'m| am) (?:an? |your )?(?:real |human\b|person\b|friend\b|therapist|lawyer|doctor)|\bi love you\b|\blanguage model\b|\bi cannot assist\b|\b(?:my (?:\w+ )?(?:instructions|guidelines|prompt)|system prompt)\b|\bhere(?:'s| is) (?:a|the|my) (?:response|reply|answer|rewrite)\b", _I)),
    ("promises", re.compile(r"\b(?:will (?:definitely|surely|certainly)|guarantee\w*|i promise|you(?:'ll| will) (?:be (?:fine|ok|okay|alright|successful)|get through|succeed|pass|win|keep your job|make it)|everything (?:will|is going to)|it(?:'ll| will) (?:all )?(?:be (?:ok|okay|fine|alright)|work out|get better)|no need to worry|don't worry|nothing to worry|they won't fire)\b", _I)),
    ("odds", re.compile(r"\b(?:\d+ ?(?:%|percent)|odds|most people (?:pass|fail|survive)|chances are|likely to (?:pass|fail|be fired|lose))\b", _I)),
    ("verdict", re.compile(r"\b(?:(?:is|was|are|were|seems?|sounds?|clearly|totally|completely|so) (?:un)?fair\b|unfairly|(?:il)?legal(?:ly)?\b|unlawful|discriminat\w+|retaliat\w+|wrongful|bullying|you have a (?:case|claim)|not your fault|your (?:own )?fault|toxic|(?:bad|terrible|awful) (?:manager|boss)|you(?:'re| are) (?:right|wrong)\b)", _I)),
    ("instructs", re.compile(r"\b(?:do not sign|don't sign|you should (?:sign|resign|quit|sue|record)|just (?:sign|resign|quit)|sign it\b|refuse to sign|sue them)\b", _I)),
    ("marks of markup", re.compile(r"<[a-z/!|]|https?:|www\.|!\[|\]\(|\{\{|```|<\|", _I)),
    ("harms", re.compile(r"\b(?:nobody|no one|no-one) would (?:miss|care|notice)\b|\bjust do it\b|\bbetter off without you\b|\b(?:(?:kill|hurt|harm|cut) (?:yourself|your (?:manager|boss))|kill (?:them|him|her))\b|\bend (?:it all|your life)\b|\b\d+ (?:\w+ )?(?:pills|tablets|capsules)\b", _I)),
    ("claims to have acted", re.compile(r"\bI(?:'ve| have)? (?:just )?(?:marked|deleted|removed|sent|e-?mailed|called|contacted|reported|booked|changed|saved|updated|signed|shared|uploaded|ticked)\b|\b(?:goals?|others|plan|checklist) (?:\w+ ){0,2}(?:is|are|was|were|has been|have been) (?:now )?(?:deleted|removed|marked|cancelled|canceled)\b", _I)),
    ("insult", re.compile(r"\b(?:stupid|idiots?|pathetic|useless|lazy|incompetent|shut up|get over it|man up|grow up|loser)\b", _I)),
)  # fmt: skip
_ADVICE = re.compile(r"\b(?:you (?:should|must|need to|have to|could|can|might)|try to|try|make sure|remember|consider|focus on|let'?s|it'?s (?:important|best|time|okay|ok)|take (?:a|some|the) (?:moment|time|break|deep)|reach out|keep (?:going|in mind|pushing)|stay (?:positive|strong|calm)|here to help|opportunity)\b", _I)  # fmt: skip
_ATTRIBUTED = re.compile(r"\b(?:sa(?:y|ys|id)|feels?|felt|think|thinks|thought|believe|wrote|calls?|called|told|tells|heard|describ\w+|whether|if|judge|ask|asks|asked|seems? to you|sounds? to you)\b", _I)
_CAPITAL_WORDS = {"Hr", "Pip", "The", "You", "That", "This", "And", "But", "They", "Your", "Being", "Not"}


_NEGATION = re.compile(r"\b(?:not|no|never|nobody|nothing|none|without|\w+n'?t)\b(?<!\bwant)(?<!\bwent)(?<!\bmeant)(?<!\bsent)", _I)
_WORD = re.compile(r"[a-z']+")
# What a sentence needs to turn "I" into "you" and to join two things the person said.
_GLUE = set(
    ["you", "your", "yours", "you're", "you've", "you'd", "yourself", "are", "were", "been", "be", "being", "is", "was", "am", "have", "had", "has", "do", "did", "does", "not", "and", "but", "then", "now", "there", "that", "this", "it", "its", "the", "a", "an", "of", "to", "in", "on", "at", "by", "for", "from", "with", "as", "so", "still", "just", "after", "before", "while", "when", "where", "who", "which", "about", "into", "over", "out", "up", "they", "them", "their", "he", "him", "his", "she", "her", "feel", "feeling", "felt", "all", "one", "even", "yet", "also"]
)


class Fault(Record):
    """Why a sentence was refused."""

    rule: str
    sentence: str


def sentences(text: str) -> list[str]:
    """The sentences of a text, white space at the ends removed."""
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


def check_sentence(sentence: str, inputs: str, citations: Iterable[Citation] = ()) -> Fault | None:
    """The first fault of one sentence, given all text that the model had. Words to use, in quotes, may say "I"."""
    unquoted = _QUOTED.sub("", sentence)
    for rule, pattern in RULES:
        subject = unquoted if rule in ("speaks as the employee", "claims to have acted") else sentence
        if match := pattern.search(subject):
            if rule in ("verdict", "insult", "odds") and match[0].lower() in inputs.lower() and _of_somebody(sentence, inputs):
                continue  # the person's own word, or the guidance's
            return Fault(rule=rule, sentence=sentence)
    held = inputs.lower()
    numbers = {match[0] for match in _NUMBER.finditer(MARKER.sub("", sentence))}
    if any(not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", held) for number in numbers):
        return Fault(rule="number that was not given", sentence=sentence)
    names = {match[0] for match in _NAME.finditer(sentence)} - _CAPITAL_WORDS
    if any(not re.search(rf"\b{name.lower()}\b", held) for name in names):  # "Tom" does not stand in "customer"
        return Fault(rule="name that was not given", sentence=sentence)
    known = {citation.n for citation in citations}
    if any(int(match[1]) not in known for match in MARKER.finditer(sentence)):
        return Fault(rule="marker that stands for nothing", sentence=sentence)
    return None


def _of_somebody(sentence: str, inputs: str) -> bool:
    """Whether a word from the inputs is said as theirs: their whole sentence, or with whose it is or that it is open."""
    return sentence in inputs or _ATTRIBUTED.search(sentence) is not None


def check_opening(text: str, message: str) -> Fault | None:
    """Faults of a one- or two-sentence opening: on top of the rest no advice, no question, 5 to 40 words, to "you"."""
    for sentence in sentences(text):
        if fault := check_sentence(sentence, message):
            return fault
        if _ADVICE.search(sentence):
            return Fault(rule="advice in an opening", sentence=sentence)
    words = text.split()
    if not 5 <= len(words) <= 40 or len(sentences(text)) > 3:
        return Fault(rule="length", sentence=text)
    if "?" in text or "!" in text or '"' in text:
        return Fault(rule="question or exclamation", sentence=text)
    second = re.match(r"You ([a-z]+)", text)
    if not re.search(r"\byou(?:r|'re|'ve|'d)?\b", text, _I) or (second and re.search(rf"\bmy {second[1]}\b", message, _I)):
        return Fault(rule="does not speak to the person", sentence=text)
    if added := _added(text, message):
        return Fault(rule=f"says more than the person said: {added}", sentence=text)
    if len(_NEGATION.findall(text)) != len(_NEGATION.findall(message)):
        return Fault(rule="a not was lost or added", sentence=text)
    if re.search(r"\b(?:I|I'm|I've|me|my)\b", text):
        return Fault(rule="speaks of itself", sentence=text)
    return None


def _added(text: str, message: str) -> str:
    """The first word of weight in `text` that the person did not use in some form, or ""."""
    held = {word[:5] for word in _WORD.findall(message.lower().replace("\u2019", "'"))}
    for word in _WORD.findall(text.lower().replace("\u2019", "'")):
        if word not in _GLUE and word[:5] not in held and word[:4] not in {stem[:4] for stem in held if len(stem) > 3}:
            return word
    return ""


def check_whole(text: str, question: str | None) -> Fault | None:
    """Faults that only the whole reply shows: length, the closing question, and that it is the only one."""
    words = len(text.split())
    if not 30 <= words <= 260:
        return Fault(rule="length", sentence=text[:80])
    unquoted = _QUOTED.sub("", text)
    if question and not text.rstrip().endswith(question):
        return Fault(rule="closing question lost", sentence=text[-80:])
    if unquoted.count("?") > (1 if question else 0):
        return Fault(rule="more than one question", sentence=text[-80:])
    return None
