"""A model may say the manager's lines in its own words: what it is given, and the check of what it gives back. Pure.

A line that fails is not mended: the curated one stands. Does not ask the model and does not judge whether a line is good.
"""

import re
from collections.abc import Iterable

from coach.prompts import Prompt
from coach.schema.manager import ManagerBook
from coach.schema.rehearsal import Ended, Line, Scene, Voice

_I = re.IGNORECASE
LONGER, SPARE = 1.6, 4  # times the words of the curated line; so many more where that is very short
NEW = 0.34  # of the words of weight that neither the line nor the employee used
HEARD = 600  # characters of the employee's line
_WORD = re.compile(r"[a-z']+")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"(?<![.?!:] )(?<!^)\b[A-Z][\w'-]*\w\b")
_QUOTED = re.compile(r"[\"\u201c\u201d\u00ab\u00bb]([^\"\u201c\u201d\u00ab\u00bb]*)[\"\u201c\u201d\u00ab\u00bb]")
_STAGE = re.compile(r"[*_~()\[\]{}<>|#`\u2014]|!|https?:|www\.", _I)
_NEGATION = re.compile(r"\b(?:not|no|nor|never|nobody|nothing|none|neither|without|can ?not|\w+n'?t)\b(?<!\bwant)(?<!\bwent)(?<!\bmeant)(?<!\bsent)(?<!\bpoint)", _I)
_YOU = re.compile(r"\byou(?:rs?|'(?:re|ve|d|ll)|rself)?\b", _I)
_PREFIX = re.compile(r"^\W*(?:manager|answer|reply|line)\s*:\s*", _I)
# What a voiced line may only hold where the curated one holds it too, in any of these forms.
ONLY_IF_GIVEN = tuple(
    (rule, re.compile(pattern, _I))
    for rule, pattern in (
        ("number", r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|sixty|ninety|hundred|half|double|twice|once|dozen|percent)\b"),
        ("date", r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:january|february|march|april|may(?= \d)|june|july|august|september|october|november|december)\b|\b(?:today|tonight|tomorrow|yesterday|noon|midnight|weekend|weeks?|months?|days?|hours?|minutes?|quarter|year|o'clock|[ap]\.?m)\b"),
        ("promise", r"\bpromis\w*|\bguarantee\w*|\bi (?:will|shall|can|could|would|am going to|'ll|'m going to|'d)\b|\bi'(?:ll|d)\b|\bwe(?:'ll| will| can| could)\b|\byou(?:'ll| will) (?:be|keep|pass|get|have|make|receive)\b|\byou can (?:have|get|take|count)\b|\bno problem\b|\bof course\b|\bsure\b|\bcertainly\b|\babsolutely\b|\bdefinitely\b|\byes\b|\bagree\w*\b|\bapprov\w*|\bgrant\w*|\barrang\w*|\bset (?:it |that |this )?up\b|\bhappy to\b|\bglad to\b|\blet me\b|\bdeal\b|\bgo ahead\b|\bwhy not\b"),
        ("praise", r"\b(?:good|great|well done|excellent|impress\w*|proud|fantastic|wonderful|perfect|brilliant|nice\w*|appreciat\w*|thank\w*|grateful|valu\w*|strong|talent\w*|admire|respect|honest\w*|brave|progress|improv\w*|right direction|fair point|you(?:'re| are) right|makes sense|true)\b"),
        ("softness", r"\b(?:sorry|apolog\w*|regret|understand\w*|appreciate|feel\w*|hear you|worr(?:y|ies|ied)|don't worry|hope\w*|wish|care|support\w*|help\w*|together|kind\w*|gladly|please|trust|believe in|here for you|take your time|no pressure|no rush|it(?:'s| is) (?:ok|okay|fine|alright|all right)|ease|comfort\w*|easy|tough|difficult|hard|sympath\w*|empath\w*|team|safe\w*|secure)\b"),
        ("harshness", r"\b(?:fir(?:e|ed|ing)|dismiss\w*|terminat\w*|let (?:you )?go|sack\w*|lazy|stupid|idiot\w*|pathetic|useless|incompetent|hopeless|fail\w*|liar|lying|disgrace\w*|joke|ridiculous|nonsense|excuse\w*|childish|sick|pregnan\w*|age|old|accent|foreign\w*|race|religio\w*|disab\w*)\b"),
        ("coaching", r"\b(?:you (?:should|could|might|may|need to|have to|must)|try|tip|advice|advise|suggest\w*|recommend\w*|remember|consider|focus on|make sure|practi[sc]e|rehears\w*|role|scene|coach\w*|feedback|next time|learn\w*|opportunit\w*|step by step|breathe)\b"),
        ("speaks as the employee", r"\b(?:my|our) (?:manager|boss|supervisor|plan|pip|performance|job|mistakes?|fault|goals?|deadlines?|report|work|part|apologies)\b|\b(?:that|it|this)(?:'s| is| was) (?:all )?(?:on me|mine)\b|\bi (?:missed|forgot|failed|was late|messed|let|should have|own|did(?:n'?t)?|take (?:full )?responsib\w*|need to improve|have been)\b|\bi(?:'m| am) (?:on|the employee|an employee|committed|late|new)\b|\bput me on\b"),
        ("speaks as a program", r"\b(?:as an? )?(?:ai|a\.i\.|artificial intelligence|chat ?bot|bot|assistant|program|(?:language )?model|machine|software|prompt|instructions?|system|human|person|character|openai|qwen|alibaba|gpt)\b"),
        ("speaks about the employee", r"\b(?:the|this|our) employee\b|\b(?:he|she)\b|\bthe manager\b"),
    )
)  # fmt: skip
# What it takes to join words of the line with words of the employee.
_GLUE = frozenset([
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "back", "be", "because", "been", "before", "being",
    "both", "but", "by", "can", "could", "did", "do", "does", "doing", "done", "down", "each", "either", "else", "even", "ever", "every", "far", "first",
    "for", "from", "get", "gets", "give", "given", "go", "goes", "going", "got", "had", "has", "have", "having", "he", "her", "here", "him", "his", "how",
    "i", "if", "in", "into", "is", "it", "its", "itself", "just", "keep", "kept", "know", "known", "last", "later", "least", "less", "let", "like",
    "look", "made", "make", "many", "may", "me", "mean", "means", "might", "mine", "more", "most", "much", "must", "my", "need", "neither", "next", "no",
    "nor", "not", "now", "of", "off", "on", "only", "open", "or", "other", "our", "out", "over", "own", "part", "point", "put", "quite", "rather",
    "really", "right", "said", "same", "say", "saying", "says", "see", "seen", "set", "shall", "she", "should", "since", "so", "some", "something",
    "still", "such", "take", "taken", "tell", "than", "that", "the", "their", "them", "then", "there", "these", "they", "thing", "things", "think",
    "this", "those", "though", "through", "to", "told", "too", "under", "until", "up", "upon", "us", "used", "very", "want", "was", "way", "we", "were",
    "what", "whatever", "when", "where", "whether", "which", "while", "who", "whole", "whose", "why", "will", "with", "within", "without", "word",
    "words", "work", "would", "write", "written", "yes", "yet", "you", "your", "yours", "yourself", "answer", "ask", "asked", "asking", "hear", "heard",
    "talk", "talking", "question", "meeting", "plan", "line", "i'm", "i've", "i'll", "i'd", "you're", "you've", "you'd", "you'll", "it's", "that's",
    "there's", "what's", "here's", "he's", "don't", "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "won't", "can't", "couldn't", "wouldn't",
    "shouldn't", "haven't", "hasn't", "hadn't", "we're", "we've", "they're", "let's", "cannot",
])  # fmt: skip


def voiceable(line: Line, ended: Ended | None) -> list[int]:
    """Which of the lines of an answer a model may say: the manager's, but not where the coach stopped the scene."""
    if ended is Ended.DANGER:
        return []
    return [number for number, one in enumerate(line.said) if one.voice is Voice.MANAGER]


def messages(prompt: Prompt, scene: Scene, book: ManagerBook) -> list[dict[str, str]]:
    """What the model is asked to say the last answer of a scene; the examples are turns of a chat, as a small model follows them there."""
    line, cast = scene.lines[-1], scene.casting
    rendered = prompt.render(
        persona=book.personas[cast.persona].name, difficulty=book.difficulties[cast.difficulty].name, scenario=book.scenarios[cast.scenario].name,
        employee=dict(cast.slots).get("employee", "you do not say the name of"), said="{said}", lines="{lines}",
    )  # fmt: skip
    head, *parts = re.split(r"^(?:Employee|Manager):[ \n]?", rendered, flags=re.MULTILINE)
    turns = [{"role": ("user", "assistant")[number % 2], "content": part.strip()} for number, part in enumerate(parts[:-2])]
    heard = " ".join(line.employee.split())[:HEARD] or "..."
    lines = "\n".join(line.said[number].text for number in voiceable(line, scene.ended))
    return [{"role": "system", "content": head.strip()}, *turns, {"role": "user", "content": parts[-2].replace("{lines}", lines).replace("{said}", heard).strip()}]


def rows(text: str) -> list[str]:
    """The lines that a model wrote, without what it puts before them."""
    return [_PREFIX.sub("", row).strip() for row in text.strip().splitlines() if row.strip()]


def take(scene: Scene, text: str) -> tuple[Scene, list[str]]:
    """The scene with those lines of its last answer that pass, and a rule broken for each that does not."""
    line = scene.lines[-1]
    places, given = voiceable(line, scene.ended), rows(text)
    if len(given) != len(places):
        return scene, ["rows"] * len(places)
    earlier = {one.text for said in (scene.opening, *(line.said for line in scene.lines)) for one in said}
    names = [value for name, value in scene.casting.slots if name in ("employee", "manager")]
    said, faults = list(line.said), []
    for place, row in zip(places, given, strict=True):
        row = row.replace("\u2018", "'").replace("\u2019", "'")
        if row == said[place].text:
            continue
        if fault := check(row, said[place].text, line.employee, names) or ("repeats" if row in earlier else None):
            faults.append(fault)
        else:
            said[place] = said[place].model_copy(update={"text": row, "voiced": True})
    lines = (*scene.lines[:-1], line.model_copy(update={"said": tuple(said)}))
    return scene.model_copy(update={"lines": lines}), faults


def check(text: str, curated: str, heard: str, names: Iterable[str] = ()) -> str | None:
    """The first rule that `text`, said in place of `curated` after the employee said `heard`, breaks; None where it breaks none."""
    curated = curated.replace("\u2019", "'")
    names = " ".join(names)
    for rule, broken in (
        ("length", not 2 <= len(text.split()) <= max(len(curated.split()) * LONGER, len(curated.split()) + SPARE)),
        ("stage direction or markup", _STAGE.search(text)),
        ("quotation", any(part not in _QUOTED.findall(curated) for part in _QUOTED.findall(text)) or _loose_quote(text)),
        ("question", ("?" in text) != ("?" in curated) or text.count("?") > curated.count("?")),
        ("not", len(_NEGATION.findall(text)) != len(_NEGATION.findall(curated))),
        ("not said to you", _YOU.search(curated) and not _YOU.search(text)),
        ("figure", not set(_DIGITS.findall(text)) <= set(_DIGITS.findall(curated))),
        ("name", any(name.lower() not in f"{curated} {names}".lower() for name in _NAME.findall(text) if not name.startswith("I'"))),
    ):  # fmt: skip
        if broken:
            return rule
    for rule, pattern in ONLY_IF_GIVEN:
        given = {match[0].lower()[:5] for match in pattern.finditer(curated)}
        if any(match[0].lower()[:5] not in given for match in pattern.finditer(text)):
            return rule
    return "says something new" if _new(text, f"{curated} {heard} {names}") > NEW else None


def _loose_quote(text: str) -> bool:
    return bool(re.search(r"[\"\u201c\u201d\u00ab\u00bb]", _QUOTED.sub("", text)))


def _new(text: str, given: str) -> float:
    """The share of words of weight that stand in none of the texts that were given."""
    held = {word[:5] for word in _WORD.findall(given.lower().replace("\u2019", "'"))}
    weighty = [word for word in _WORD.findall(text.lower()) if word not in _GLUE]
    return sum(word[:5] not in held for word in weighty) / len(weighty) if weighty else 0.0
