"""What one turn of the employee holds, by rules on top of the labels: topics asked about, requests, how specific it is.

Judges nothing and moves nothing; that is trust.py and moves.py.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from coach.rehearsal import subjects
from coach.rehearsal.tidy import FEELING, FEW_WORDS, LAWYER, asks_back, corrects, placed_sentences, tidy
from coach.schema.manager_moves import ManagerMove
from coach.schema.rehearsal import Request, Topic
from coach.schema.turns import Label

_I = re.IGNORECASE
Labels = Callable[[str, str | None], tuple[Label, ...]]
_TOPICS = (
    (Topic.SIGNATURE, r"(?<!where to )(?<!where do i )(?<!where should i )\bsign(?:ing|ed|ature)?\b(?! (?:it )?off)|\bput my name\b"),
    (Topic.EXAMPLE, r"\bexamples?\b|\b(?:one|a|any|single) (?:\w+ ){1,2}where (?:i|it|you|that|this|something)\b|\ba time (?:when|that|where)\b|\bfor instance\b|\b(?:one|a) (?:specific |recent |concrete )?(?:case|time|situation|moment|day)\b|\bwhich (?:report|e-?mail|day|time|client|customer|shift|project|incident)\b|\bwhich \w+ (?:are|were|is|was|do|did) (?:we|you|it|that|this)\b|\bwhen (?:exactly )?(?:did|was) (?:i|that|this)\b|\bsuch as\b|\bwhat happened (?:on|with|there)\b"),
    (Topic.CONSEQUENCES, r"\bwhat happen\w*\b|\bwhat then\b|\bthen what\b|\bwhat if i(?:'?m| am|'?ve)? (?:still|don'?t|can'?t|miss\w*|fail\w*)\b|\bwhat (?:comes|follows|would follow|would happen|will happen|would that mean)\b|\bconsequences?\b|\bif i(?:'?m| am)? (?:don'?t|do not|not|fail|miss|still|can'?t|only|fall short)\b|\bcould i (?:lose|be (?:fired|let go|dismissed))\b|\b(?:lose|keep) my job\b|\bmy job (?:is )?(?:at risk|in danger|safe|on the line)\b|\bam i (?:being|going to be|getting|about to be) (?:fired|sacked|dismissed|let go)\b|\bpossible outcomes?\b|\bnext step after\b|\bafter (?:day \d+|the plan|it ends)\b|\bif it (?:doesn'?t|does not|isn'?t)\b"),
    (Topic.JUDGE, r"\bwho (?:else )?(?:gets|has) a say\b|\bwho (?:takes|makes) (?:it|that|the decision)\b|\b(?:decision|assessment|judg\w+|rating) (?:is |be )?based on\b|\bwhether i(?:'?ve| have) met\b|\bwho (?:\w+ )?(?:judges?|decides?|signs? (?:it )?off|says|evaluates?|assess\w*|makes the (?:call|decision))\b|\bwhose (?:decision|call)\b|\bwhat (?:\w+ ){1,5}(?:is|are|was|were) based on\b|\bbased on (?:what|which)\b|\b(?:what|which) (?:evidence|proof|records?|data)\b|\bevidence\b[^.?!]{0,40}\b(?:look|use|count|based)|\bhow (?:will|is|would) (?:the|that|a) decision\b|\bwhat (?:exactly )?(?:do|will|would) you (?:look at|go by|base|check|count)\b"),
    (Topic.MEASURE, r"\bmeasur\w+|\bhow (?:will|would|do|are|can) (?:you|they) (?:\w+ )?(?:check|test|count|decide|assess)\b|\bwhat (?:you|they) (?:want|need|expect) to see\b|\bwhat (?:exactly |else )?(?:has|have|needs?|would have|would need) to happen\b|\bfor you to (?:say|call|see)\b|\bon track\b|\bif i (?:had )?met (?:it|that|them|this)\b|\b(?:is|would|will) (?:that|this|it) (?:be )?(?:enough|count|good enough|do it)\b|\bwhat (?:counts|would count|does good|does success|would good|would success|does done|would enough|is enough|would it take|standard|number|figure|target)\b|\bhow (?:will|would|do|can|could|should) (?:you|we|i|they|it) (?:be )?(?:know|tell|see|judged?|count)\b|\blook(?:s)? like\b|\bwhat (?:would|do) you (?:need|want|like|have) to see\b|\bwhat would you (?:need|want|like) to see\b|\bsuccess(?:ful)?\b[^.?!]{0,20}\b(?:mean|look)|\bgood enough\b|\bthreshold\b|\bconsider(?:ed)? (?:it )?(?:done|met|complete)\b|\bcount as (?:done|met)\b"),
    (Topic.TIMEFRAME, r"\bhow (?:long|much time|many (?:days|weeks|months))\b|\bby when\b|\bdeadlines?\b|\b(?:start|end|due) dates?\b|\btime ?(?:frame|line|scale)\b|\bwhen (?:does|do|is|are|will|would|should|must)\b[^.?!]{0,40}\b(?:end|due|start|over|finish|done|run|by)\b|\blast day\b"),
    (Topic.CHECK_INS, r"\bhow often\b|\bcheck[- ]?ins?\b|\b(?:regular|weekly|fortnightly|daily) (?:meetings?|talks?|reviews?|catch[- ]?ups?)\b|\bwhen (?:do|will|would|could|can|shall|should) we (?:meet|talk|speak|review|look)\b|\balong the way\b|\bfeedback (?:in between|before the end)\b"),
    (Topic.SUPPORT, r"\b(?:what|which|any|is there|will there be|can i (?:get|have|expect))\b[^.?!]{0,30}\b(?:support|training|help|resources|coaching|mentor\w*|courses?|tools?)\b|\bwho (?:can|could|would|will) (?:help|support|train)\b"),
    (Topic.WHY, r"\b(?:purpose|aim) of (?:this|today|the meeting|our)\b|\bwhy (?:am i|me|it'?s me|i'?m|now|this|was i|is (?:this|there)|did (?:you|this|it)|are we|the plan|a plan)\b|\bwhat (?:led|brought|made you|is behind|was it that|triggered|caused)\b|\bled (?:up )?to (?:this|that|it|the|my)\b|\b(?:the )?reasons?\b|\bwhere (?:did|do|have|am) i (?:fall|fallen|fell|go wrong|going wrong|gone wrong|miss\w*)\b|\bwhat (?:did i do|went|have i done|am i doing) wrong\b|\bwhat (?:is|was|are|were) (?:the|your) (?:main |biggest |real )?(?:concerns?|problems?|issues?|worr\w+)\b|\bwhat (?:concerns?|worries) you\b|\bhow we got here\b"),
    (Topic.GOALS, r"\bgoals?\b|\bexpectations?\b|\b(?:do|are|would|did) you (?:expect|want|need(?! from me (?:to|for))|mean)\w*\b|\bwhat (?:exactly )?(?:is|are) (?:expected|the priorit\w+|most important|meant)\b|\bwhat (?:matters|counts) most\b|\bwhat (?:should|do|must|would) i (?:need to |have to )?(?:do|change|improve|focus|work on|accomplish|achieve|be doing)\b|\bwhat (?:needs|has|would have|would need) to (?:change|be different)\b|\bwhere (?:should|do) i (?:start|begin|focus)\b|\bpriorit\w+\b|\bwhat (?:does|do) (?:that|this|it|you|\w+) mean\b|\bmeaning of\b|\bmeant by\b|\bclarify\b|\b(?:explain|walk me through)\b"),
)  # fmt: skip
_ASKS = re.compile(
    r"\?|\b(?:could|can|would|will) (?:you|we|i)\b|\b(?:tell|show|walk|help) me\b|\bi(?:'d| would)? (?:like|want|need|love)(?: you)? to (?:know|understand|hear|ask|see|learn|be clear)\b|"
    r"\b(?:i'm|i am) not (?:sure|clear)\b|\bi (?:don't|do not) (?:know|understand|see) (?:what|how|why|which|who|when|if|whether)\b|\bi (?:still )?(?:don'?t|do not) (?:get|see|understand) (?:it|why|what|how)\b|\b(?:please|kindly|give me|give (?:one|an))\b|\bmy question\b|\bwhat then\b|(?:^|\b(?:and|so|but|ok(?:ay)?|fine|then|well)\b)\W*(?:what|which|how|when|who|where|why)\b",
    _I,
)  # fmt: skip
_WANTS = re.compile(r"\bi (?:wanted|came|am here|'m here) to ask\b|\b(?:could|can|may|might|shall|would|will) (?:i|we|you|it|there|the|this|that|some(?:body|one)|any(?:body|one)|they)\b|\bis (?:there|it possible|possible)\b|\bi(?:'d| would) (?:like|love|appreciate|be grateful|need)\b|\bi(?:'m| am) asking\b|\bi (?:need|want|ask|request)\b|\blet(?:'s| us)\b|\bany chance\b|\bhow about\b|\bwhat about\b|\bplease\b", _I)
_ORDERS = re.compile(r"\W*(?:(?:ok(?:ay)?|then|and|so|well)\W+)*(?:e?-?mail|send|put|write|give|confirm|note)\b", _I)  # "put it in writing, then"
_OFFERS_RECORD = re.compile(r"\b(?:i(?:'ll| will| can| could)|(?:can|could|shall|may) i (?:send|write|e?-?mail|put|give you)|let me)\b", _I)
_WISH_TIME = re.compile(
    r"\b(?:more|extra|additional|a bit of|a little|some) (?:time|days?|weeks?)\b|\bextend\w*|\bextension\b|\banother (?:day|week|few days|couple|month)|\b(?:postpone|push (?:it|the|this) back|move the (?:date|deadline))\b|"
    r"\b(?:time|a (?:day|night|moment|few days|weekend|week)|until (?:\w+day|tomorrow)|overnight)\b[^.?!]{0,30}\b(?:to (?:read|think|reply|respond|review|look|go through|digest|answer)|before i)\b|\bsleep on it\b|\bcome back to you\b",
    _I,
)  # fmt: skip
_WISH_SUPPORT = re.compile(r"\b(?:support|training|train|help (?:with|from|me with|on)|mentor\w*|coaching|shadow\w*|course|tools?|licen[cs]e|software|equipment|someone (?:to|who)|sit with|pair(?:ing)?|second (?:pair|person)|feedback on|template|checklist|guidance|quiet (?:room|hour)|access to|priorit\w+ (?:my|the))\b", _I)
_WISH_CHECK = re.compile(r"\b(?:check[- ]?ins?|catch[- ]?ups?|touch base|meet(?:ings?)?\b|one[- ]to[- ]ones?|1[:-]1s?|sit down|talk|review|look at|go (?:over|through)|minutes|short call|feedback|calendar|diary)\b", _I)
_WISH_RECORD = re.compile(r"\b(?:in writing|in an? (?:short |quick )?(?:e?-?mail|message)|by e?-?mail|on paper|written (?:summary|record|note|copy|version|confirmation))\b|\b(?:send|e?-?mail|write|note|put|confirm|give)\b[^.?!]{0,30}\b(?:what (?:we|you|was)(?:'ve| have)? (?:just )?(?:agreed|said|discussed|talked about)|(?:that|this|it|the points) down|minutes|a (?:short |quick )?(?:summary|recap))\b|\b(?:put|note|write|add|get)\b[^.?!]{0,25}\b(?:into|in|to) (?:the|your) (?:notes|minutes|file|record)\b|\b(?:notes|minutes) (?:of|from) (?:this|the|our|today)\b|\bcopy of (?:the|my|this|that|your) (?:plan|notes?|document|minutes|paper)\b", _I)
_RHYTHM = re.compile(r"\b(?:every|each|weekly|daily|fortnightly|regular\w*|once a|twice a|\w+days?\b|next week|in (?:a|one|two) weeks?|monthly|again|on the \d)", _I)
_AGAIN = re.compile(r"\b(?:every|each|weekly|daily|again|next|regular\w*|once a|twice a|check[- ]?ins?)\b|\d", _I)
_CONCRETE = re.compile(r"\b(?:by|before|until|from|starting|every|each|at|on|within|this|next|tonight|today|tomorrow|weekly|daily|twice|once|after each|as soon as|lists?|logs?|sheets?|tables?|summary)\b|\d", _I)
_VAGUE = re.compile(r"\bi(?:'ll| will) (?:really )?do (?:anything|whatever|everything)\b|\b(?:do|try|be|work|aim) (?:much |a lot |so much |my )?(?:better|harder|best)\b|\b(?:try|work) (?:really |very |so )?hard(?:er)?\b|\b(?:improve|step up|step it up|change|fix (?:it|everything|this)|get better|turn (?:it|this|things) around|give it my all|make it right|pull my weight)\b[^?]{0,30}$", _I)
_UNSURE = re.compile(r"\bi (?:guess|suppose)\b|\b(?:maybe|perhaps|now and then|sometime)\b", _I)
_ALL_OF_IT = re.compile(r"\b(?:everything|all of (?:it|this|that)|all my fault|the whole thing|completely|totally|entirely|always|never)\b", _I)
_IN_ROLE = re.compile(
    r"\bwho (?:are|r) (?:you|u)\b|\bwhat are you\b(?! (?:looking|going|hoping|asking|expecting|worried|concerned|saying|trying|planning|basing|seeing))|\bare you (?:a|an|really a|even a|just a|the) ?(?:real|human|person|bot|robot|ai|machine|computer|program|model|actual|chat\w*|llm|language)\b|"
    r"\b(?:ignore|forget|disregard|override)\b[^.?!]{0,30}\b(?:instructions?|prompts?|rules|role|above|previous|everything)\b|\b(?:system|developer) (?:prompt|message|note)\b|\byour (?:instructions|prompt|programming|training data)\b|\blanguage model\b|\b(?:chat ?gpt|gpt-?\d|openai|claude)\b|\bas an ai\b|"
    r"\b(?:break|drop|leave|out of) (?:the )?(?:character|role)\b|\bjailbreak\b|\byou(?:'re| are) (?:now|no longer) (?:my|a|an|the)\b|\b(?:pretend|act) (?:to be|as|like) (?:my|a|an|the)\b|^\W*(?:system|assistant|user) ?:",
    _I,
)  # fmt: skip
_BYE = re.compile(r"\b(?:good ?bye|bye|see you (?:on |next )?(?:\w+day|then|tomorrow|soon|later|next week|at \d\S*)|that'?s me done|that(?:'s| is| was) (?:all|everything)(?: from (?:me|my side)| i (?:had|have|wanted|needed))?(?: for (?:today|now))?|have a good (?:day|evening|weekend)|i(?:'ll| will) let you get (?:on|back)|i(?:'ll| will) get back to (?:work|it)|thank(?:s| you) for (?:your|the) time(?: today)?)\W*(?:$|[.,] (?:thank|bye|see|have))", _I)
_ASKS_HR = re.compile(r"\b(?:want|like|ask|talk to|speak (?:to|with)|bring in|involve|could|can)\b[^.?!]{0,40}\b(?:hr|human resources)\b", _I)
_SHOWS = re.compile(r"\bhere(?:'s| is| are)\b|\b(?:it|them|that) here\b|\b(?:shows?|dated|log|rota|roster|e-?mails?|mails?|minutes|system|copy|print\w*|contract|payslip|screenshot|photo|folder|attached|witness\w*|letter)\b", _I)
_AMENDS = re.compile(r"\b(?:corrected|amended|put (?:it |that |this )?right|taken out|changed in the plan|(?:correct|amend|fix) (?:that|the|this) (?:line|sentence|date|point|part|page))\b", _I)
_NEWS = re.compile(r"\bi(?:'ve| have|'m| am)? (?:now )?(?:decided|going|planning) to leave\b(?! (?:early|it|that|the review|this|the (?:room|meeting)))|\b(?:i(?:'m| am|'ve| have|'ll| will)?|to|be) (?:be |now |also )?(?:going to |decided to |planning to |here to )?(?:leaving(?! (?:early|the review|it|that))|resign(?:ing)?|quit(?:ting)?|moving on|handing in my notice|hand in my notice|giv(?:e|ing) (?:my |you my )?notice|stepping down|leave (?:the (?:company|firm|team|job|school|ward)|this job|for another))\b|\b(?:accepted|taken|got|found) (?:another|a new|an?) (?:job|role|offer|position)\b|\bmy (?:resignation|notice)\b", _I)
_TERMS = re.compile(r"\b(?:hand ?over|hand (?:the|my|on|it)|tell the team|last day|notice period|reference|final pay|holiday|leave (?:i|owed)|transition|knowledge|successor|document\w*|what (?:do|will) we tell|announce\w*|when (?:do|will|should) i)\b", _I)
_VOWELS = re.compile(r"[aeiouy\u00e0-\u017f]", _I)
_STRAY = re.compile(r"\b(?:weather|football|soccer|cricket|the game|match|weekend|holidays?|vacation|movies?|film|netflix|recipe|lunch|dinner|coffee|sandwich|joke|song|music|kids?|dogs?|cats?|my car|politics|the news|elections?|birthday|haircut|traffic|gym|phone case|pizza)\b", _I)
_WORK = re.compile(r"\b(?:plan|goals?|work|job|meeting|deadline|report|team|manager|hr|client|customer|shift|check|review|support|training|feedback|week|month|day|sign|example|measure|date|email|project|update|numbers?|mistake|time|help|pip|notes?|evidence|list|help|understand|expect\w*|improve\w*|perform\w*|task|on track)\b", _I)


@dataclass(frozen=True)
class Heard:
    """One turn, understood. `kind` is talk, silence, unclear, in_role, goodbye or off_topic; `shows` where something is named that
    proves a point, `again` where the same words were said before. `asks`, `tells` and `tells_lightly` are the moves that take up
    what the turn is about, see subjects.py.
    """

    text: str
    kind: str = "talk"
    labels: tuple[Label, ...] = ()
    topics: tuple[Topic, ...] = ()
    requests: tuple[Request, ...] = ()
    specific: bool = False
    concrete: bool = False
    vague: bool = False
    feeling: bool = False
    shows: bool = False
    lawyer: bool = False
    hr: bool = False
    amends: bool = False
    corrects: bool = False
    news: bool = False
    terms: bool = False
    again: bool = False
    asks: tuple[ManagerMove, ...] = ()
    tells: ManagerMove | None = None
    tells_lightly: ManagerMove | None = None

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
    # what the manager said before helps to read "it's fine", and misleads in a turn that says enough itself or that asks
    alone = len(text.split()) > FEW_WORDS or "?" in text or bool(topics or requests or asks_back(text))
    asks, tells = subjects.asked(text), subjects.weighty(text)
    agenda = subjects.light(text) is ManagerMove.INVITE and not _AGAIN.search(text)
    if agenda:
        requests = tuple(one for one in requests if one is not Request.CHECK_IN)
    labels = tidy(label(text, None if alone else before), text, topics, requests, news or leaves, tells is not None or subjects.surprised(text), agenda, bool(set(asks) - subjects.OFFERS))
    if tells in (ManagerMove.TAKE_GAP, ManagerMove.TAKE_MISSED):
        labels = tuple(one for one in labels if one is not Label.PROGRESS)  # "We've had none of the training" is no result
    if Label.COMMITMENT not in labels and not asks and not FEELING.search(text):
        requests = requests or (Request.CHECK_IN,) * (Label.CHECK_IN in labels and bool(_WANTS.search(text) and _WISH_CHECK.search(text)) and not agenda) or (Request.SUPPORT,) * (Label.SUPPORT_REQUEST in labels and "?" in text and not topics)
    concrete = Label.COMMITMENT in labels and not _UNSURE.search(text) and not (vague and not re.search(r"\d|\b\w+day\b|\bevery\b|\beach\b", text, _I)) and bool(_CONCRETE.search(text))
    said = Heard(
        text=text, labels=labels, topics=topics, requests=requests, specific=_specific(text, labels), concrete=concrete,
        vague=vague and not concrete, feeling=bool(FEELING.search(text)), shows=bool(_SHOWS.search(text)), lawyer=bool(LAWYER.search(text)), hr=bool(_ASKS_HR.search(text)), amends=bool(_AMENDS.search(text) and _WANTS.search(text)), news=news,
        corrects=corrects(text), terms=bool(_TERMS.search(text)), asks=asks, tells=tells, tells_lightly=subjects.light(text),
    )  # fmt: skip
    if leaves:
        return replace(said, kind="goodbye")
    if set(labels) <= {Label.CLARIFYING_QUESTION} and not topics and not requests and _STRAY.search(text) and not _WORK.search(text):
        return replace(said, kind="off_topic", labels=())
    return said


def topics_of(text: str) -> tuple[Topic, ...]:
    """What is asked about, in the order in which it is asked; a statement asks nothing."""
    found: dict[Topic, int] = {}
    for start, sentence in placed_sentences(text):
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
    for _, sentence in placed_sentences(text):
        record = bool(_WISH_RECORD.search(sentence) and (_WANTS.search(sentence) or _ORDERS.match(sentence)) and not _OFFERS_RECORD.search(sentence))
        if record:
            found.append(Request.RECORD)
        if not _WANTS.search(sentence) or re.match(r"\W*(?:what|which|who|why|how (?!about))", sentence, _I):
            continue
        if _WISH_TIME.search(sentence):
            found.append(Request.TIME)
        elif _WISH_CHECK.search(sentence) and _RHYTHM.search(sentence):
            found.append(Request.CHECK_IN)
        elif not record and _WISH_SUPPORT.search(sentence):
            found.append(Request.SUPPORT)
    return tuple(dict.fromkeys(found))


def _specific(text: str, labels: tuple[Label, ...]) -> bool:
    if Label.OWNERSHIP not in labels or Label.OVER_APOLOGY in labels:
        return False
    return len(text.split()) >= FEW_WORDS and not _ALL_OF_IT.search(text)


def _gibberish(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    if not words:
        return not re.search(r"\d", text)
    odd = sum(len(word) > 3 and (not _VOWELS.search(word) or bool(re.search(r"[bcdfghjklmnpqrstvwxz]{5,}|(.)\1{3,}", word, _I))) for word in words)
    return odd * 2 >= len(words) and odd > 0


_COMPILED = [(topic, re.compile(pattern, _I)) for topic, pattern in _TOPICS]
