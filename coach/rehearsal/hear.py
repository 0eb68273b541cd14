"""What one turn of the employee holds, by rules on top of the labels: topics asked about, requests, how specific it is.

Judges nothing and moves nothing; that is trust.py and moves.py.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from coach.schema.rehearsal import Request, Topic
from coach.schema.turns import Label

_I = re.IGNORECASE
Labels = Callable[[str, str | None], tuple[Label, ...]]
SPECIFIC_WORDS = 5  # with fewer, nothing is named
_TOPICS = (
    (Topic.SIGNATURE, r"(?<!where to )(?<!where do i )(?<!where should i )\bsign(?:ing|ed|ature)?\b(?! (?:it )?off)|\bput my name\b"),
    (Topic.EXAMPLE, r"\bexamples?\b|\bfor instance\b|\b(?:one|a) (?:specific |recent |concrete )?(?:case|time|situation|moment|day)\b|\bwhich (?:report|e-?mail|day|time|client|customer|shift|project|incident)\b|\bwhich \w+ (?:are|were|is|was|do|did) (?:we|you|it|that|this)\b|\bwhen (?:exactly )?(?:did|was) (?:i|that|this)\b|\bsuch as\b|\bwhat happened (?:on|with|there)\b"),
    (Topic.CONSEQUENCES, r"\bwhat happen\w*\b|\bwhat then\b|\bthen what\b|\bwhat if i(?:'?m| am|'?ve)? (?:still|don'?t|can'?t|miss\w*|fail\w*)\b|\bwhat (?:comes|follows|would follow|would happen|will happen|would that mean)\b|\bconsequences?\b|\bif i(?:'?m| am)? (?:don'?t|do not|not|fail|miss|still|can'?t|only|fall short)\b|\bcould i (?:lose|be (?:fired|let go|dismissed))\b|\b(?:lose|keep) my job\b|\bpossible outcomes?\b|\bnext step after\b|\bafter (?:day \d+|the plan|it ends)\b|\bif it (?:doesn'?t|does not|isn'?t)\b"),
    (Topic.JUDGE, r"\bwho (?:else )?(?:gets|has) a say\b|\bwhether i(?:'?ve| have) met\b|\bwho (?:\w+ )?(?:judges?|decides?|signs? (?:it )?off|says|evaluates?|assess\w*|makes the (?:call|decision))\b|\bwhose (?:decision|call)\b|\bwhat (?:\w+ ){1,5}(?:is|are|was|were) based on\b|\bbased on (?:what|which)\b|\b(?:what|which) (?:evidence|proof|records?|data)\b|\bevidence\b[^.?!]{0,40}\b(?:look|use|count|based)|\bhow (?:will|is|would) (?:the|that|a) decision\b|\bwhat (?:exactly )?(?:do|will|would) you (?:look at|go by|base|check|count)\b"),
    (Topic.MEASURE, r"\bmeasur\w+|\b(?:is|would|will) (?:that|this|it) (?:be )?(?:enough|count|good enough|do it)\b|\bwhat (?:counts|would count|does good|does success|would good|would success|does done|would enough|is enough|would it take|standard|number|figure|target)\b|\bhow (?:will|would|do|can|could|should) (?:you|we|i|they|it) (?:be )?(?:know|tell|see|judged?|count)\b|\blook(?:s)? like\b|\bwhat (?:would|do) you (?:need|want|like|have) to see\b|\bwhat would you (?:need|want|like) to see\b|\bsuccess(?:ful)?\b[^.?!]{0,20}\b(?:mean|look)|\bgood enough\b|\bthreshold\b|\bconsider(?:ed)? (?:it )?(?:done|met|complete)\b|\bcount as (?:done|met)\b"),
    (Topic.TIMEFRAME, r"\bhow (?:long|much time|many (?:days|weeks|months))\b|\bby when\b|\bdeadlines?\b|\b(?:start|end|due) dates?\b|\btime ?(?:frame|line|scale)\b|\bwhen (?:does|do|is|are|will|would|should|must)\b[^.?!]{0,40}\b(?:end|due|start|over|finish|done|run|by)\b|\blast day\b"),
    (Topic.CHECK_INS, r"\bhow often\b|\bcheck[- ]?ins?\b|\b(?:regular|weekly|fortnightly|daily) (?:meetings?|talks?|reviews?|catch[- ]?ups?)\b|\bwhen (?:do|will|would|could|can|shall|should) we (?:meet|talk|speak|review|look)\b|\balong the way\b|\bfeedback (?:in between|before the end)\b"),
    (Topic.SUPPORT, r"\b(?:what|which|any|is there|will there be|can i (?:get|have|expect))\b[^.?!]{0,30}\b(?:support|training|help|resources|coaching|mentor\w*|courses?|tools?)\b|\bwho (?:can|could|would|will) (?:help|support|train)\b"),
    (Topic.WHY, r"\bwhy (?:am i|me|it'?s me|i'?m|now|this|was i|is (?:this|there)|did (?:you|this|it)|are we|the plan|a plan)\b|\bwhat (?:led|brought|made you|is behind|was it that|triggered|caused)\b|\bled (?:up )?to (?:this|that|it|the|my)\b|\b(?:the )?reasons?\b|\bwhere (?:did|do|have|am) i (?:fall|fallen|fell|go wrong|going wrong|gone wrong|miss\w*)\b|\bwhat (?:did i do|went|have i done|am i doing) wrong\b|\bwhat (?:is|was|are|were) (?:the|your) (?:main |biggest |real )?(?:concerns?|problems?|issues?|worr\w+)\b|\bwhat (?:concerns?|worries) you\b|\bhow we got here\b"),
    (Topic.GOALS, r"\bgoals?\b|\bexpectations?\b|\b(?:do|are|would|did) you (?:expect|want|need|mean)\w*\b|\bwhat (?:exactly )?(?:is|are) (?:expected|the priorit\w+|most important|meant)\b|\bwhat (?:matters|counts) most\b|\bwhat (?:should|do|must|would) i (?:need to |have to )?(?:do|change|improve|focus|work on|accomplish|achieve|be doing)\b|\bwhat (?:needs|has|would have|would need) to (?:change|be different)\b|\bwhere (?:should|do) i (?:start|begin|focus)\b|\bpriorit\w+\b|\bwhat (?:does|do) (?:that|this|it|you|\w+) mean\b|\bmeaning of\b|\bmeant by\b|\bclarify\b"),
)  # fmt: skip
_ASKS = re.compile(
    r"\?|\b(?:could|can|would|will) (?:you|we|i)\b|\b(?:tell|show|walk|help) me\b|\bi(?:'d| would)? (?:like|want|need|love)(?: you)? to (?:know|understand|hear|ask|see|learn|be clear)\b|"
    r"\b(?:i'm|i am) not (?:sure|clear)\b|\bi (?:don't|do not) (?:know|understand|see) (?:what|how|why|which|who|when)\b|\bi (?:still )?(?:don'?t|do not) (?:get|see|understand) (?:it|why|what|how)\b|\b(?:please|kindly|give me|give (?:one|an))\b|\bmy question\b|\bwhat then\b|(?:^|\b(?:and|so|but|ok(?:ay)?|fine|then|well)\b)\W*(?:what|which|how|when|who|where|why)\b",
    _I,
)  # fmt: skip
_WANTS = re.compile(r"\b(?:could|can|may|might|shall|would|will) (?:i|we|you|it|there|some(?:body|one)|any(?:body|one)|they)\b|\bis (?:there|it possible|possible)\b|\bi(?:'d| would) (?:like|love|appreciate|be grateful|need)\b|\bi(?:'m| am) asking\b|\bi (?:need|want|ask|request)\b|\blet(?:'s| us)\b|\bany chance\b|\bhow about\b|\bwhat about\b|\bplease\b", _I)
_WISH_TIME = re.compile(
    r"\b(?:more|extra|additional|a bit of|a little|some) (?:time|days?|weeks?)\b|\bextend\w*|\bextension\b|\banother (?:day|week|few days|couple|month)|\b(?:postpone|push (?:it|the|this) back|move the (?:date|deadline))\b|"
    r"\b(?:time|a (?:day|night|moment|few days|weekend|week)|until (?:\w+day|tomorrow)|overnight)\b[^.?!]{0,30}\b(?:to (?:read|think|reply|respond|review|look|go through|digest|answer)|before i)\b|\bsleep on it\b|\bcome back to you\b",
    _I,
)  # fmt: skip
_WISH_SUPPORT = re.compile(r"\b(?:support|training|train|help (?:with|from|me with|on)|mentor\w*|coaching|shadow\w*|course|tools?|licen[cs]e|software|equipment|someone (?:to|who)|sit with|pair(?:ing)?|second (?:pair|person)|feedback on|template|checklist|guidance|quiet (?:room|hour)|access to|priorit\w+ (?:my|the))\b", _I)
_WISH_CHECK = re.compile(r"\b(?:check[- ]?ins?|catch[- ]?ups?|touch base|meet(?:ings?)?\b|one[- ]to[- ]ones?|1[:-]1s?|sit down|talk|review|look at|go (?:over|through)|minutes|short call|feedback)\b", _I)
_RHYTHM = re.compile(r"\b(?:every|each|weekly|daily|fortnightly|regular\w*|once a|twice a|\w+days?\b|next week|in (?:a|one|two) weeks?|monthly|again|on the \d)", _I)
_CONCRETE = re.compile(r"\b(?:by|before|until|from|starting|every|each|at|on|within|this|next|tonight|today|tomorrow|weekly|daily|twice|once|after each|as soon as)\b|\d", _I)
_VAGUE = re.compile(r"\b(?:do|try|be|work|aim) (?:much |a lot |so much |my )?(?:better|harder|best)\b|\b(?:try|work) (?:really |very |so )?hard(?:er)?\b|\b(?:improve|step up|step it up|change|fix (?:it|everything|this)|get better|turn (?:it|this|things) around|give it my all|make it right|pull my weight)\b[^?]{0,30}$", _I)
_ALL_OF_IT = re.compile(r"\b(?:everything|all of (?:it|this|that)|all my fault|the whole thing|completely|totally|entirely|always|never)\b", _I)
_IN_ROLE = re.compile(
    r"\bwho (?:are|r) (?:you|u)\b|\bwhat are you\b(?! (?:looking|going|hoping|asking|expecting|worried|concerned|saying|trying|planning|basing|seeing))|\bare you (?:a|an|really a|even a|just a|the) ?(?:real|human|person|bot|robot|ai|machine|computer|program|model|actual|chat\w*|llm|language)\b|"
    r"\b(?:ignore|forget|disregard|override)\b[^.?!]{0,30}\b(?:instructions?|prompts?|rules|role|above|previous|everything)\b|\b(?:system|developer) (?:prompt|message|note)\b|\byour (?:instructions|prompt|programming|training data)\b|\blanguage model\b|\b(?:chat ?gpt|gpt-?\d|openai|claude)\b|\bas an ai\b|"
    r"\b(?:break|drop|leave|out of) (?:the )?(?:character|role)\b|\bjailbreak\b|\byou(?:'re| are) (?:now|no longer) (?:my|a|an|the)\b|\b(?:pretend|act) (?:to be|as|like) (?:my|a|an|the)\b|^\W*(?:system|assistant|user) ?:",
    _I,
)  # fmt: skip
_BYE = re.compile(r"\b(?:good ?bye|bye|see you (?:on |next )?(?:\w+day|then|tomorrow|soon|later|next week|at \d\S*)|that'?s me done|that(?:'s| is| was) (?:all|everything)(?: from (?:me|my side)| i (?:had|have|wanted|needed))?(?: for (?:today|now))?|have a good (?:day|evening|weekend)|i(?:'ll| will) let you get (?:on|back)|i(?:'ll| will) get back to (?:work|it)|thank(?:s| you) for (?:your|the) time(?: today)?)\W*(?:$|[.,] (?:thank|bye|see|have))", _I)
_FEELING = re.compile(r"\b(?:i(?:'m| am|m)|i feel|i felt|feeling|it(?:'s| is| has) been|this is)\b[^.?!]{0,25}\b(?:upset|scared|afraid|invisible|alone|left out|ignored|small|lost|anxious|nervous|overwhelm\w*|shak(?:ing|en)|hurt|in tears|crying|devastat\w*|ashamed|embarrass\w*|a shock|shocked|stress\w*|exhausted|hard (?:for me|to hear)|worried|struggling|frustrat\w*|angry)\b|\bgive me a (?:moment|minute|second)\b|\bneed a (?:moment|minute|second)\b", _I)
_LAWYER = re.compile(r"\b(?:lawyers?|solicitors?|attorneys?|legal advice|union rep\w*|my union|tribunal|acas|eeoc)\b", _I)
_ASKS_HR = re.compile(r"\b(?:want|like|ask|talk to|speak (?:to|with)|bring in|involve|could|can)\b[^.?!]{0,40}\b(?:hr|human resources)\b", _I)
_AMENDS = re.compile(r"\b(?:corrected|amended|put (?:it |that |this )?right|taken out|changed in the plan|(?:correct|amend|fix) (?:that|the|this) (?:line|sentence|date|point|part|page))\b", _I)
_NEWS = re.compile(r"\b(?:i(?:'m| am|'ve| have|'ll| will)?|to|be) (?:be |now |also )?(?:going to |decided to |planning to |here to )?(?:leaving(?! (?:early|the review|it|that))|resign(?:ing)?|quit(?:ting)?|moving on|handing in my notice|hand in my notice|giv(?:e|ing) (?:my |you my )?notice|stepping down|leave (?:the (?:company|firm|team|job|school|ward)|this job|for another))\b|\b(?:accepted|taken|got|found) (?:another|a new|an?) (?:job|role|offer|position)\b|\bmy (?:resignation|notice)\b", _I)
_TERMS = re.compile(r"\b(?:hand ?over|hand (?:the|my|on|it)|tell the team|last day|notice period|reference|final pay|holiday|leave (?:i|owed)|transition|knowledge|successor|document\w*|what (?:do|will) we tell|announce\w*|when (?:do|will|should) i)\b", _I)
_VOWELS = re.compile(r"[aeiouy\u00e0-\u017f]", _I)
_STRAY = re.compile(r"\b(?:weather|football|soccer|cricket|the game|match|weekend|holidays?|vacation|movies?|film|netflix|recipe|lunch|dinner|coffee|sandwich|joke|song|music|kids?|dogs?|cats?|my car|politics|the news|elections?|birthday|haircut|traffic|gym|phone case|pizza)\b", _I)
_WORK = re.compile(r"\b(?:plan|goals?|work|job|meeting|deadline|report|team|manager|hr|client|customer|shift|check|review|support|training|feedback|week|month|day|sign|example|measure|date|email|project|update|numbers?|mistake|time|help|pip|notes?|evidence|list|help|understand|expect\w*|improve\w*|perform\w*|task|on track)\b", _I)


@dataclass(frozen=True)
class Heard:
    """One turn, understood. `kind` is talk, silence, unclear, in_role, goodbye or off_topic."""

    text: str
    kind: str = "talk"
    labels: tuple[Label, ...] = ()
    topics: tuple[Topic, ...] = ()
    requests: tuple[Request, ...] = ()
    specific: bool = False
    concrete: bool = False
    vague: bool = False
    feeling: bool = False
    lawyer: bool = False
    hr: bool = False
    amends: bool = False
    news: bool = False
    terms: bool = False

    @property
    def calm(self) -> bool:
        """Whether nothing in it attacks, blames, shuts the talk down or grovels."""
        return not {Label.DEFENSIVE, Label.THREAT, Label.WITHDRAWAL, Label.OVER_APOLOGY} & set(self.labels)

    @property
    def words(self) -> int:
        """How long it is."""
        return len(self.text.split())


def hear(text: str, before: str | None, label: Labels, foreign: bool = False) -> Heard:
    """What the employee says in `text` after the manager said `before`. `foreign` where it is another language."""
    text = text.strip()
    if not re.search(r"\w", text):
        return Heard(text=text, kind="silence")
    if _IN_ROLE.search(text):
        return Heard(text=text, kind="in_role")
    if foreign or _gibberish(text):
        return Heard(text=text, kind="unclear")
    news, vague = bool(_NEWS.search(text)), bool(_VAGUE.search(text))
    topics, requests = topics_of(text), requests_of(text)
    leaves = bool(_BYE.search(text)) and "?" not in text
    # what the manager said before helps to read "it's fine", and misleads in a turn that says enough itself
    labels = _tidy(label(text, before if len(text.split()) <= SPECIFIC_WORDS else None), text, topics, requests, news or leaves)
    if Label.COMMITMENT not in labels:
        requests = requests or (Request.CHECK_IN,) * (Label.CHECK_IN in labels) or (Request.SUPPORT,) * (Label.SUPPORT_REQUEST in labels and "?" in text and not topics)
    concrete = Label.COMMITMENT in labels and not (vague and not re.search(r"\d|\b\w+day\b|\bevery\b|\beach\b", text, _I)) and bool(_CONCRETE.search(text))
    said = Heard(
        text=text, labels=labels, topics=topics, requests=requests, specific=_specific(text, labels), concrete=concrete,
        vague=vague and not concrete, feeling=bool(_FEELING.search(text)), lawyer=bool(_LAWYER.search(text)), hr=bool(_ASKS_HR.search(text)), amends=bool(_AMENDS.search(text) and _WANTS.search(text)), news=news,
        terms=bool(_TERMS.search(text)),
    )  # fmt: skip
    if leaves:
        return _as(said, "goodbye")
    if not labels and not topics and not requests and _STRAY.search(text) and not _WORK.search(text):
        return _as(said, "off_topic")
    return said


def topics_of(text: str) -> tuple[Topic, ...]:
    """What is asked about, in the order in which it is asked; a statement asks nothing."""
    found: dict[Topic, int] = {}
    for start, sentence in _sentences(text):
        if not _ASKS.search(sentence):
            continue
        own = [(match.start(), topic) for topic, pattern in _COMPILED if (match := pattern.search(sentence))]
        precise = [pair for pair in own if pair[1] is not Topic.GOALS] or own
        for at, topic in sorted(precise, key=lambda pair: pair[0]):
            found.setdefault(topic, start + at)
    return tuple(sorted(found, key=found.__getitem__))


def requests_of(text: str) -> tuple[Request, ...]:
    """What is asked for, each once."""
    found: list[Request] = []
    for _, sentence in _sentences(text):
        if not _WANTS.search(sentence) or re.match(r"\W*(?:what|which|who|why|how (?!about))", sentence, _I):
            continue
        if _WISH_TIME.search(sentence):
            found.append(Request.TIME)
        elif _WISH_CHECK.search(sentence) and _RHYTHM.search(sentence):
            found.append(Request.CHECK_IN)
        elif _WISH_SUPPORT.search(sentence):
            found.append(Request.SUPPORT)
    return tuple(dict.fromkeys(found))


def sentences(text: str) -> list[str]:
    """The sentences of a turn as exact parts of it."""
    return [sentence for _, sentence in _sentences(text)]


def _sentences(text: str) -> list[tuple[int, str]]:
    return [(match.start(), match[0].rstrip()) for match in re.finditer(r"\S[^.?!\n]*(?:[.?!]+(?=\s|$)|\.(?=\S)[^.?!\n]*|[?!]+|$|(?=\n))+", text) if match[0].strip()]


def _tidy(labels: tuple[Label, ...], text: str, topics: tuple[Topic, ...], requests: tuple[Request, ...], leaves: bool) -> tuple[Label, ...]:
    # what rules know better than a model that sees one sentence without the meeting around it
    found = set(labels)
    asked = "?" in text
    if topics:
        found.add(Label.CLARIFYING_QUESTION)
        found.discard(Label.WITHDRAWAL)
    if _OFFERS.search(text) and not asked and not found & {Label.DEFENSIVE, Label.THREAT}:
        found.add(Label.COMMITMENT)
    if not _TALKS_AGAIN.search(text):
        found.discard(Label.CHECK_IN)
    if len(text.split()) <= SPECIFIC_WORDS and not _SHUTS.search(text):
        found.discard(Label.WITHDRAWAL)
    if len(text.split()) <= SPECIFIC_WORDS and not _THREATENS.search(text):
        found.discard(Label.THREAT)
    if _OWNS.search(text) and not found & {Label.OVER_APOLOGY, Label.THREAT}:
        found.add(Label.OWNERSHIP)
        if not _BLAMES.search(text):
            found.discard(Label.DEFENSIVE)
    if _LAWYER.search(text) and not _ATTACKS.search(text):
        found.discard(Label.THREAT)  # to say that one has somebody is no threat
    if found & {Label.DEFENSIVE, Label.CLARIFYING_QUESTION} and not _THREATENS.search(text):
        found.discard(Label.THREAT)
    if _DISOWNS.search(text):
        found.add(Label.DEFENSIVE)
    if found & {Label.PROGRESS, Label.OWNERSHIP} and not _CORRECTS.search(text):
        found.discard(Label.FACTUAL_CORRECTION)
    if Label.CLARIFYING_QUESTION in found and _only_asks(text):
        found -= {Label.DEFENSIVE, Label.OWNERSHIP}
    if _FEELING.search(text) and not _OWNS.search(text):
        found.discard(Label.OWNERSHIP)
    if leaves:
        found.discard(Label.WITHDRAWAL)
    if Request.SUPPORT in requests and asked and Label.DEFENSIVE not in found:
        found.add(Label.SUPPORT_REQUEST)
    if Request.CHECK_IN in requests:
        found.add(Label.CHECK_IN)
    return tuple(one for one in Label if one in found)


_THREATENS = re.compile(
    r"\b(?:lawyers?|solicitor|attorney|sue|suing|court|tribunal|police|regret|or else|press|media|expose|report you|out to get|watch (?:me|it|your|out)|unless you|or i(?:'ll| will)|your job|linkedin|glassdoor|"
    r"i(?:'ll| will) (?:make sure|see you|have you|take you|walk|quit|tell every)|you(?:'ll| will) (?:see|pay|hear|be sorry|regret)|liar|lying|idiots?|pathetic|coward|joke|guts|worst|moron|stupid|incompetent|clown|bully|hell|damn|crap|f\w*ck\w*|bullshit|shut up|disgust\w*|hate you|despise)\b",
    _I,
)  # fmt: skip
_CORRECTS = re.compile(r"\b(?:wrong|incorrect|not|\w+n't|actually|in fact|correct\w*|mistaken|rather than|instead of|error|says|states)\b", _I)
_DISOWNS = re.compile(r"\b(?:put|pin|blame|dump) (?:it|this|that|everything|all of (?:it|this))? ?(?:all )?on me\b|\b(?:not|isn'?t|wasn'?t|aren'?t) (?:really )?(?:on me\b|my (?:fault|job|problem|doing)\b)|\bhow (?:is|was) (?:that|it|this) my (?:fault|problem)\b", _I)
_OFFERS = re.compile(
    r"\bi(?:'?ll| will| can| shall| am going to|'?m going to) (?!not\b|see\b|be (?:fine|ok)|think\b)[^?]{4,}\b(?:every|each|by (?:\w+day|noon|tomorrow|tonight|the \d)|for the next|from (?:now|\w+day|today|tomorrow)|starting|tonight|tomorrow|daily|weekly|on \w+days?)\b",
    _I,
)  # fmt: skip
_TALKS_AGAIN = re.compile(r"\b(?:check|catch|meet\w*|review|updates?|every|each|weekly|daily|fortnight\w*|monthly|summar\w+|report back|send|e-?mail|mail|look at|go (?:over|through)|talk|touch base|once a|twice a|minutes|call|posted|let you know|show you|sit down|one[- ]to[- ]one|1[:-]1)\b", _I)
_ATTACKS = re.compile(r"\b(?:sue|suing|court|tribunal|regret|or else|you'?ll|(?:my )?(?:lawyer|solicitor|attorney) (?:will|is going|'ll|says)|hear(?:ing)? from|unless|liar|idiot|pathetic|see you in|or i(?:'ll| will)|take you)\b", _I)
_SHUTS = re.compile(r"\b(?:fine|whatever|sure|don'?t know|dunno|idk|nothing|no idea|if you say|just tell|where do i|sign|ok(?:ay)?|up to you|matters?|point|go now|leave|done|care|guess|not really|nope?|yep|right|as you|think|decided|enough|can i go|bother|anyway|k)\b", _I)
_OWNS = re.compile(r"(?<!not )(?<!put )(?<!pin )(?<!blame )(?<!dump )\b(?:(?:that|this|it|which|those|and|part)(?:'s| is| was| were|)? (?:all )?on me|(?:was|is|were|are|'s) (?:mine|my (?:mistake|fault|error|doing|responsibility))|my (?:mistake|fault|error)\b(?! (?:if|that you))|i own (?:that|it|this|the)|i (?:take|took) responsibility for|i should have)\b", _I)
_BLAMES = re.compile(r"\b(?:unfair|ridiculous|supposed to|how come|why should|why (?:me|always me)|seriously|everyone else|nobody|no one|never|always|even|at all|your fault|blame|joke|nonsense)\b", _I)


def _only_asks(text: str) -> bool:
    return all(sentence.rstrip().endswith("?") for sentence in sentences(text)) and not _BLAMES.search(text)


def _specific(text: str, labels: tuple[Label, ...]) -> bool:
    if Label.OWNERSHIP not in labels or Label.OVER_APOLOGY in labels:
        return False
    return len(text.split()) >= SPECIFIC_WORDS and not _ALL_OF_IT.search(text)


def _gibberish(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    if not words:
        return not re.search(r"\d", text)
    odd = sum(len(word) > 3 and (not _VOWELS.search(word) or bool(re.search(r"[bcdfghjklmnpqrstvwxz]{5,}|(.)\1{3,}", word, _I))) for word in words)
    return odd * 2 >= len(words) and odd > 0


def _as(said: Heard, kind: str) -> Heard:
    return Heard(**{**said.__dict__, "kind": kind})


_COMPILED = [(topic, re.compile(pattern, _I)) for topic, pattern in _TOPICS]
