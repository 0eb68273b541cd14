"""The labels of one turn, put right by what rules know better than a model that sees one sentence without the meeting around it.

Does not label by itself; see coach/retrieval/turn_labels.py for the model.
"""

import re

from coach.schema.rehearsal import Request, Topic
from coach.schema.turns import Label

_I = re.IGNORECASE
FEW_WORDS = 5  # with so few, hardly anything is named
ASKS_BACK = 9  # words; a longer turn says more than that
LAWYER = re.compile(r"\b(?:lawyers?|solicitors?|attorneys?|legal advice|union rep\w*|my union|tribunal|acas|eeoc)\b", _I)
FEELING = re.compile(r"\b(?:i(?:'m| am|m)|i feel|i felt|feeling|it(?:'s| is| has) been|this is)\b[^.?!]{0,25}\b(?:upset|scared|afraid|invisible|alone|left out|ignored|small|lost|anxious|nervous|overwhelm\w*|shak(?:ing|en)|hurt|in tears|crying|devastat\w*|ashamed|embarrass\w*|a shock|shocked|stress\w*|exhausted|hard (?:for me|to hear)|worried|struggling|frustrat\w*|angry)\b|\b(?:give me|need|have|take|get) a (?:moment|minute|second|break|breather)\b|\bi(?:'m| am|m) (?:a bit |a little |still |really |quite )?(?:shaky|shaken|scared|nervous|upset|anxious|worried|overwhelmed|lost|tired)\b|\b(?:a|quite a|bit of a) shock\b|\b(?:didn'?t|did not|couldn'?t) sleep\b", _I)


def sentences(text: str) -> list[str]:
    """The sentences of a turn as exact parts of it."""
    return [sentence for _, sentence in placed_sentences(text)]


def placed_sentences(text: str) -> list[tuple[int, str]]:
    """The same, each with where it begins."""
    return [(match.start(), match[0].rstrip()) for match in re.finditer(r"\S[^.?!\n]*(?:[.?!]+(?=\s|$)|\.(?=\S)[^.?!\n]*|[?!]+|$|(?=\n))+", text) if match[0].strip()]


def tidy(
    labels: tuple[Label, ...], text: str, topics: tuple[Topic, ...], requests: tuple[Request, ...], leaves: bool, reports: bool = False, agenda: bool = False, asks: bool = False
) -> tuple[Label, ...]:
    """The labels that hold after the rules; `leaves` where the turn says goodbye or gives notice, `reports` where it tells what
    did not happen, makes peace or says that it is not believed: no blame, unless it says more than that. `agenda` where it only
    names what to talk about now, `asks` where it is known what its question asks.
    """
    found = set(labels)
    asked = "?" in text
    if (topics or asks) and (asked or any(_BEGINS_ASKING.match(part) for part in sentences(text)) or _WOULD_KNOW.search(text)):
        found.add(Label.CLARIFYING_QUESTION)
        found.discard(Label.WITHDRAWAL)
    if asks_back(text):
        found = {Label.CLARIFYING_QUESTION}
    if _OFFERS.search(text) and not asked and not found & {Label.DEFENSIVE, Label.THREAT}:
        found.add(Label.COMMITMENT)
    if agenda:
        found -= {Label.CHECK_IN, Label.PROGRESS}
    if len(text.split()) <= FEW_WORDS and not _SHUTS.search(text):
        found.discard(Label.WITHDRAWAL)
    if len(text.split()) <= FEW_WORDS and not _THREATENS.search(text):
        found.discard(Label.THREAT)
    parts = sentences(text)
    if any(_OWNS.search(part) and not _DISOWNS.search(part) for part in parts) and not found & {Label.OVER_APOLOGY, Label.THREAT}:
        found.add(Label.OWNERSHIP)
        if not _BLAMES.search(text):
            found.discard(Label.DEFENSIVE)
    if LAWYER.search(text) and not _ATTACKS.search(text):
        found.discard(Label.THREAT)  # to say that one has somebody is no threat
    if (found & {Label.DEFENSIVE, Label.CLARIFYING_QUESTION, *_HELPS} or reports or _only_asks(text)) and not _THREATENS.search(text):
        found.discard(Label.THREAT)  # it can end the meeting: where the turn does something else, it must stand there in words
    if _DISOWNS.search(text):
        found.add(Label.DEFENSIVE)
    if (_RESULT.search(text) or _SINCE.search(text) or _OWNS.search(text)) and not corrects(text):
        found.discard(Label.FACTUAL_CORRECTION)
    if _only_asks(text):
        found -= {Label.DEFENSIVE, Label.OWNERSHIP, Label.PROGRESS, Label.OVER_APOLOGY}
    if FEELING.search(text) and not _GROVELS.search(text):
        found.discard(Label.OVER_APOLOGY)
    if reports and not _OWNS.search(text):
        found.discard(Label.OWNERSHIP)
    _correct(found, text)
    _tidy_tone(found, text, asked)
    _add_plain(found, text, parts)
    if (reports or FEELING.search(text)) and not _DISOWNS.search(text) and not _HARSH.search(text):
        found -= {Label.DEFENSIVE, Label.WITHDRAWAL} if reports else {Label.DEFENSIVE}
    if leaves and not _OWNS.search(text):
        found.discard(Label.OWNERSHIP)
    if FEELING.search(text) and not _OWNS.search(text):
        found.discard(Label.OWNERSHIP)
    if leaves or (Label.COMMITMENT in found and not _SHUTS.search(text)):
        found.discard(Label.WITHDRAWAL)
    if Request.RECORD in requests and not found & {Label.DEFENSIVE, Label.THREAT}:
        found = (found - {Label.WITHDRAWAL}) | {Label.SUPPORT_REQUEST}
    if Request.SUPPORT in requests and asked and Label.DEFENSIVE not in found:
        found.add(Label.SUPPORT_REQUEST)
    if Request.CHECK_IN in requests:
        found.add(Label.CHECK_IN)
    return tuple(one for one in Label if one in found)


def _correct(found: set[Label], text: str) -> None:
    # what is written is disputed, or something is shown that can be looked up
    if _DISPUTES.search(text) and not found & {Label.THREAT, Label.OVER_APOLOGY} and not _HARSH.search(text) and "?" not in text:
        found -= {Label.DEFENSIVE, Label.OWNERSHIP, Label.WITHDRAWAL}
        found.add(Label.FACTUAL_CORRECTION)
    elif not found and _EVIDENCE.search(text):
        found.add(Label.FACTUAL_CORRECTION if corrects(text) else Label.PROGRESS)


def _tidy_tone(found: set[Label], text: str, asked: bool) -> None:
    # a turn that asks, owns or offers something is no retreat and no charge, unless it says so in as many words
    if Label.WITHDRAWAL in found and not _GIVES_UP.search(text) and (asked or found & _HELPS or _ANYTHING.search(text)):
        found.discard(Label.WITHDRAWAL)
    rest = _NO_BLAME.sub("", text)  # who says that they do not blame anybody does not
    if Label.DEFENSIVE in found and not _BLAMES.search(rest) and not _DISOWNS.search(rest):
        asks = asked and Label.CLARIFYING_QUESTION in found and not _EXCUSES.search(text)
        if asks or Label.OVER_APOLOGY in found or (rest != text and not re.search(r"\bbut\b", text, _I)):
            found.discard(Label.DEFENSIVE)


def _add_plain(found: set[Label], text: str, parts: list[str]) -> None:
    # what is said in plain words and what a model of whole sentences may miss
    if Label.PROGRESS in found and _HELD.search(text):
        found.discard(Label.PROGRESS)
    if _COULD.search(text) and "?" not in text and not found & {Label.DEFENSIVE, Label.THREAT}:
        found.discard(Label.SUPPORT_REQUEST)
        found.add(Label.COMMITMENT)
    if not found & {Label.DEFENSIVE, Label.THREAT, Label.WITHDRAWAL, Label.OVER_APOLOGY}:
        if _LEARNED.search(text):
            found.add(Label.APPRECIATION)
        if not found and _RESULT.search(text):
            found.add(Label.PROGRESS)


_HARSH = re.compile(r"\b(?:unfair|ridiculous|your fault|a joke|nonsense|useless|rubbish|everyone else|how (?:is|was) (?:that|it|this)|why (?:me|should|am) )\b|!", _I)
_ANYTHING = re.compile(r"\bi(?:'ll| will| would|'d) do (?:anything|whatever it takes|everything)\b", _I)  # too much, but no retreat
_HELPS = {Label.OWNERSHIP, Label.FACTUAL_CORRECTION, Label.PROGRESS, Label.COMMITMENT, Label.CHECK_IN, Label.SUPPORT_REQUEST, Label.APPRECIATION}
_GIVES_UP = re.compile(
    r"\b(?:whatever(?! (?:it is|happens|comes|the (?:result|outcome|decision)))|if you say so|don'?t care|doesn'?t matter|no difference|no point|what'?s the point|just tell me (?:what|where)|where (?:do|should) i sign|up to you|nothing (?:more )?to (?:say|add)|no more to say|"
    r"(?:you(?:'ve| have)|your mind(?:'s| is)) (?:already |clearly )?(?:made up|decided)|over with|can i go|leave it|i'?m done|(?:think|do|write|put) (?:what|as|whatever) you (?:like|want|will)|never mind|give (?:us|me) the form|fine by me|it is what it is)\b",
    _I,
)  # fmt: skip
_EXCUSES = re.compile(r"\b(?:because|due to|nobody|no one|everyone|everybody|they|he|she|others?|system|train(?:ed|ing)|told me|fault|blame|not true|rubbish|(?:don'?t|can'?t) (?:get|see|believe|understand) why|my numbers|same as)\b", _I)
_NO_BLAME = re.compile(r"\b(?:not|n't) (?:here |trying |going |wanting )?(?:to )?(?:blam\w+|complain\w*|argu\w+|mak\w+ excuses|accus\w+|point\w* fingers)\b|\bno excuses?\b|\bnot an excuse\b", _I)
_HELD = re.compile(r"\b(?:one|two|three|four|none|\d+) of (?:the|our) (?:last |past )?(?:\w+ )?(?:check[- ]?ins?|meetings?|one[- ]to[- ]ones?)\b", _I)
_COULD = re.compile(r"\bi (?:could|can|might) (?:also |always |just )?(?:do|have|take|make|use|come|sit|check|send|write|bring|start|finish|ask|call|log|count|prepare|run|report|mark|review|test|print|sort|clear|keep|put)\b", _I)
_LEARNED = re.compile(r"\bi(?:'ve| have| did)? (?:really )?learn(?:ed|t)? (?:a lot|so much|much|something|plenty)\b|\b(?:thanks|thank you) for (?!nothing|the (?:threat|insult))|\bi (?:do |really )?appreciate\b", _I)
_RESULT = re.compile(r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|all|most) (?:out )?of (?:the |my |our )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)\b[^.?!]*\b(?:on time|done|closed|met|passed|without|finished|sent|went out|complete|clean|no)\b", _I)
_DISPUTES = re.compile(r"\b(?:you(?:'ve| have)? (?:written|wrote|put)(?: down)? (?:that )?i|(?:it|the plan|page \w+|the paper) says (?:that )?i)\b.*\bi (?:wasn'?t|was not|didn'?t|did not|never)\b", _I | re.DOTALL)
_EVIDENCE = re.compile(r"\bhere(?:'s| is| are) (?:the|my|a)\b|\byou can (?:check|see|open|look|count)\b|\b(?:list|log|sheet|file|rota|numbers|dates|photos?|mails?|records?)\b[^.?!]{0,20}\b(?:is|are) (?:in|on)\b", _I)
_GROVELS = re.compile(r"\b(?:so|really|terribly|truly|deeply) sorry\b|\b(?:useless|hopeless|terrible|awful|failure|idiot|worst|pathetic|stupid|burden|disgrace|ashamed|disappointment|all my fault|everything|forgive|let (?:you|everyone|everybody) down)\b", _I)
_SINCE = re.compile(r"\bsince (?:the|then|that|last|\w+day|\d)", _I)
_THREATENS = re.compile(
    r"\b(?:lawyers?|solicitor|attorney|sue|suing|court|tribunal|police|regret|or else|press|media|expose|report you|out to get|watch (?:me|it|your|out)|unless you|or i(?:'ll| will)|your job|linkedin|glassdoor|"
    r"i(?:'ll| will) (?:make sure|see you|have you|take you|walk|quit|tell every)|you(?:'ll| will) (?:see|pay|hear|be sorry|regret)|liar|lying|idiots?|pathetic|coward|joke|guts|worst|moron|stupid|incompetent|clown|bully|hell|damn|crap|f\w*ck\w*|bullshit|shut up|disgust\w*|hate you|despise)\b",
    _I,
)  # fmt: skip
_CORRECTS = re.compile(r"\b(?:wrong|incorrect|isn't|wasn't|weren't|aren't|not (?:the|a|on|in|at|true|mine|me|by|from|correct|\d)|actually|in fact|correct\w*|mistaken|rather than|instead of|error|says|states)\b", _I)
_DISOWNS = re.compile(r"\b(?:put|pin|blame|dump) (?:it|this|that|everything|all of (?:it|this))? ?(?:all )?on me\b|\b(?:not|isn'?t|wasn'?t|aren'?t) (?:really )?(?:on me\b|my (?:fault|job|problem|doing)\b)|\bhow (?:is|was) (?:that|it|this) my (?:fault|problem)\b", _I)
_OFFERS = re.compile(
    r"\bi(?:'?ll| will| can| shall| am going to|'?m going to) (?!not\b|see\b|be (?:fine|ok)|think\b)[^?]{4,}\b(?:every|each|by (?:\w+day|noon|tomorrow|tonight|the \d)|for the next|from (?:now|\w+day|today|tomorrow)|starting|tonight|tomorrow|daily|weekly|on \w+days?)\b",
    _I,
)  # fmt: skip
_WOULD_KNOW = re.compile(r"\bi(?:'d| would)? (?:like|want|need|love) to (?:know|understand|hear|ask|see|be clear)\b|\b(?:tell|show|give|walk) me\b|\bi(?:'m| am) not (?:sure|clear)\b|\b(?:don'?t|do not) (?:know|understand|see) (?:what|how|why|which|who|when|if|whether)\b", _I)
_ATTACKS = re.compile(r"\b(?:sue|suing|court|tribunal|regret|or else|you'?ll|(?:my )?(?:lawyer|solicitor|attorney) (?:will|is going|'ll|says)|hear(?:ing)? from|unless|liar|idiot|pathetic|see you in|or i(?:'ll| will)|take you)\b", _I)
_BEGINS_ASKING = re.compile(r"\W*(?:(?:ok(?:ay)?|and|so|but|then|well|sorry|hm+)\W+)*(?:what|which|how|when|who|where|could you|can you|would you|do you|does|is (?:it|that|this)) (?!a\b|an\b)", _I)
_ASKS_BACK = re.compile(
    r"\W*(?:(?:ok(?:ay)?|and|so|but|well|sorry|hm+|wait)\W+)*(?:what (?:does|do|did|is|would) (?:it|that|this|you|they)(?: \w+)? (?:mean|meant)\b|what do you mean\b|what(?:'s| is) (?:that|it|this) mean\b|meaning(?: what)?\W*$|how (?:so|come|do you mean)\W*$|why(?: (?:is that|that))?\W*$|"
    r"i (?:still )?(?:don'?t|do not|didn'?t|can'?t) (?:quite |really )?(?:get|understand|follow)(?: (?:it|that|this|you|what you mean|what that means))?\W*$|(?:can|could|would) you (?:please )?(?:repeat|rephrase|explain|say) (?:it|that|this)\b|(?:please )?(?:say|explain) that(?: again)?(?: please)?\W*$)",
    _I,
)  # fmt: skip
_SHUTS = re.compile(r"\b(?:fine|whatever|sure|don'?t know|dunno|idk|nothing|no idea|if you say|just tell|where do i|sign|ok(?:ay)?|up to you|matters?|point|go now|leave|done|care|guess|not really|nope?|yep|right|as you|think|decided|enough|can i go|bother|anyway|k)\b", _I)
_OWNS = re.compile(r"(?<!not )(?<!put )(?<!pin )(?<!blame )(?<!dump )\b(?:(?:thats|that|this|it|which|those|and|part)(?:'s| is| was| were|)? (?:all )?on me|(?:was|is|were|are|'s|thats) (?:mine|my (?:mistake|fault|error|doing|responsibility))|my (?:mistake|fault|error)\b(?! (?:if|that you))|i own (?:that|it|this|the)|i (?:take|took) responsibility for|i should have|that(?:'s| is) fair(?= *(?:$|[.,])))\b(?! enough)|\bthat(?:'s| is) (?:a )?fair(?: point| comment)?\W*$", _I)
_BLAMES = re.compile(r"\b(?:unfair|ridiculous|supposed to|how come|why should|why (?:me|always me)|seriously|everyone else|nobody|no one|never|always|even|at all|your fault|blame|joke|nonsense)\b", _I)


def _only_asks(text: str) -> bool:
    return all(sentence.rstrip().endswith("?") or _BEGINS_ASKING.match(sentence) for sentence in sentences(text)) and not _BLAMES.search(text)


def corrects(text: str) -> bool:
    """Whether some words say that something is not as it is written."""
    return bool(_CORRECTS.search(text))


def asks_back(text: str) -> bool:
    """Whether a few words only ask what was meant: "What do you mean", "I don't get it", "Say that again please"."""
    return len(text.split()) <= ASKS_BACK and bool(_ASKS_BACK.match(text)) and not _BLAMES.search(text)
