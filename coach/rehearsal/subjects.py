"""What a turn is about, beyond the ten topics: the move with which any manager would take it up. Rules over one turn. Pure.

Says only what fits the words; whether the manager does it, and how willingly, is decided in moves.py.
"""

import re

from coach.rehearsal.tidy import placed_sentences
from coach.schema.manager_moves import ManagerMove as M

_I = re.IGNORECASE
ASSENT = 7  # words; who says more than that says something else as well
_MEETING = r"(?:check[- ]?ins?|meetings?|catch[- ]?ups?|one[- ]to[- ]ones?|1[:-]1s?|calls?|reviews?|talks?|sessions?|slots?|appointments?)"
_OTHERS = r"(?:team|colleagues?|others?|clients?|customers?|patients?|tenants|parents?|class(?:es)?|pupils|students|residents|staff|everyone|everybody|people|suppliers?|them|rest)"
# The first that fits a question is what it asks. These are surer than a topic that a single word gives away.
PRECISE = tuple(
    (move, re.compile(pattern, _I))
    for move, pattern in (
        (M.GREET, r"\bhow are you\b|^(?!.*\b(?:which|where|what)\b).*\b(?:do you want to|shall (?:i|we)|should i|may i|would you like to) (?:start|begin|go first)\b|\b(?:have|do) you (?:got|have) (?:a|five|ten|some|two|a few) ?(?:minutes?|moments?|time|second)\b|\bis (?:now|this) (?:still )?(?:a )?(?:good|bad) time\b"),
        (M.TELL_ROLE, r"\b(?:hr|human resources)(?:'s)?\b[^?]{0,30}\b(?:role|job|part|here|do|doing|present|for)\b|\b(?:what|why)\b[^?]{0,30}\b(?:hr|human resources)\b|\bwhat(?:'s| is) your (?:role|part|function)\b"),
        (M.TELL_PURPOSE, r"\bwhat(?:'s| is| are| will)? (?:this|the|today'?s?|our) ?(?:meeting|talk|conversation)? (?:meeting )?(?:for|about)\b|\bpurpose of (?:today|this meeting|the meeting|this talk)\b|\bwhy are we (?:here|meeting)\b|\bis (?:this|it) (?:a |an )?(?:disciplinary|formal|official|hearing|warning)\b|\bwhat are we (?:here for|doing today)\b"),
        (M.TELL_IF_MET, r"\b(?:what|then)\b(?![^?]*\b(?:miss\w*|don'?t|fail\w*|not)\b)[^?]*\bif (?:it(?:'s| is) (?:positive|a yes|all met)|it (?:goes|went) well|i (?:do )?(?:meet|pass|make|reach|manage|met|passed) (?:it|them|all|every\w*|the (?:goals?|plan)))|\bif (?:it(?:'s| is) (?:positive|a yes|all met)|it goes well|i (?:do )?(?:meet|pass|make|reach|manage) (?:it|them|all|every\w*|the (?:goals?|plan)))\b(?![^?]*\b(?:miss\w*|don'?t|fail\w*|not)\b)[^?]*\bwhat\b"),
        (M.TELL_NEED, r"\bwhat (?:do|would|will) you need from me (?:to|for)\b|\bwhat do you need (?:from me )?to (?:do|change|correct|approve|decide|take)\b|\bwhat (?:should|can|could|shall|do) i (?:bring|send|show|give) you\b|\bwhat can i do to help\b"),
        (M.TELL_COMPANION, r"\b(?:can|may|could|allowed|am i|is it ok(?:ay)?)\b[^?]{0,30}\b(?:bring|have|come with|be accompanied)\b[^?]{0,25}\b(?:some(?:one|body)|a (?:colleague|friend|companion|witness|rep\w*)|my (?:colleague|friend|husband|wife|partner))\b"),
        (M.TELL_NO_HARM, r"\b(?:held|hold|count\w*|used|use|go|goes|look\w*) (?:it |this |that |badly |bad )?(?:against (?:me|my)|badly on me|bad for me)\b|\bdo i get (?:in trouble|into trouble|marked down)\b"),
        (M.TELL_NOTES, r"\bwho\b[^?]{0,25}\b(?:sees?|reads?|gets?|has access|keeps?)\b[^?]{0,25}\b(?:notes?|this|file|minutes|records?|plan|report|it)\b|\b(?:goes?|put|kept|stays?) (?:in(?:to)?|on) my (?:file|record)\b|\bon (?:my|the) (?:file|record)\W*$"),
        (M.TELL_WHY_NOT, r"^\W*(?:(?:but|and|ok(?:ay)?|so|then|well)\W+)*why (?:not|no|can'?t (?:you|i|we)|won'?t you)\b|\bwhat(?:'s| is) (?:against (?:it|that)|the problem with (?:it|that))\b"),
        (M.TAKE_DOUBT, r"\bwhat(?:'s| is| makes| would| will| is it that)?\b[^?]{0,15}\b(?:mak\w+ you (?:hesitate|doubt|unsure)|stop(?:s|ping)? you|keep(?:s|ing)? you from|hold(?:s|ing)? you back|convince you|change your mind)\b|\bdo(?:n'?t)? you (?:even |still |really )?(?:believe|trust) (?:me|in me|that|it|what)\b"),
        (M.TELL_OTHERS, r"\b(?:what|did|has|have|does|do|is|was|were)\b[^?]{0,12}\b(?:the |my |any|some|other |your )?(?:body|one|people|clients?|customers?|parents?|colleagues?|team|technologists?|nurses?|doctors?|guests?|patients?|residents?|suppliers?|partners?|others?)\b[^?]{0,25}\b(?:say|said|think|complain\w*|mention\w*|report\w*|notice\w*|feel|told)\b"),
        (M.TELL_COST, r"\b(?:do|would|will|should|must) i (?:have to )?pay\b|\bwho pays\b|\b(?:out of my own pocket|reimburs\w*|paid for|cost me|at my own expense|expenses)\b"),
        (M.TAKE_WORDING, r"\b(?:put|add|write|include|get|have)\b[^?]{0,35}\b(?:in(?:to)?|to) the (?:plan|document|goal)\b|\bchange the (?:wording|text|sentence|goal|plan)\b|\bas the (?:measure|wording|definition)\b"),
        (M.TAKE_PROPOSAL, r"\b(?:would|will|does|do|is|could|might)\b[^?]{0,30}\b(?:count|enough|ok(?:ay)?|help|work|do|acceptable|all right|alright|better|fine|cover|met|ownership|meet)\b[^?]{0,25}\bif (?:i|we)\b(?! (?:don'?t|can'?t|miss|fail))|"
                          r"\bif (?:i|we) (?!(?:don'?t|can'?t|miss\w*|fail\w*|still|do not|am|have not|haven'?t|sign\w*|am)\b)[^?]{3,110}\b(?:would|will|is|does|do|could)\b[^?]{0,20}\b(?:count|enough|ownership|okay|ok|help|work|do|you|that|it|this)\b|\b(?:would|will|does) (?:it|that|this) (?:help|be (?:enough|ok(?:ay)?|all right|alright|useful|better|fine|good)|work|do|count)\b|\b(?:what|how about) if (?:i|we) (?!don'?t|can'?t|miss|fail|still|'m|am|do not|never)\w+"),
        (M.TELL_HITCH, r"(?<!happens )\b(?:if|when) (?:i(?:'?m| am| get| can'?t| ever)?|something|anything|it|the \w+|my \w+|that|there(?:'s| is)|some(?:body|one)|nobody|a \w+)\b[^?]{0,45}\b(?:late|sick|ill|off|breaks?|broken|down|wrong|crash\w*|in the way|can'?t (?:come|make it|reach|get|do)|doesn'?t (?:come|turn up|answer|work|show)|isn'?t (?:there|available|in)|no ?(?:body|one) (?:is )?(?:there|in|answers|available)|cancel\w*|ill)\b"),
        (M.TELL_STANDING, r"\bon track\b|\bwhere (?:do )?i stand\b|\bhow (?:am|have) i (?:been )?(?:doing|done)\b|\bhow (?:do|would) you (?:see|rate|find|judge|feel about)\b[^?]{0,25}(?:so far|\?|honestly|now|going|work)|\bwhat(?:'s| is) your (?:view|opinion|impression|take|sense|feeling|honest)\b|\bwhat do you think(?: so far| of it| about it| now| honestly)?\W*$|\b(?:have|did) i (?:met|meet|passed|pass|done|do|made|make|improved|improve)\b(?: it| enough| them| the goals?)?|\bare (?:you|they|the \w+) (?:happy|satisfied|pleased|worried|good enough|ok(?:ay)?)\b|\bam i (?:doing|getting|improving|close|there|passing|failing)\b|\banything (?:that |else )?(?:still )?(?:worr\w+|concern\w*|bother\w*|wrong|missing|not right|i missed)\b|\banything\b[^?]{0,30}\b(?:wasn'?t|isn'?t|was not|is not) (?:right|good|ok(?:ay)?|complete|enough)\b|\b(?:whether|if) (?:it(?:'s| is)|i'?ve|i have|they(?:'re| are)) (?:been )?(?:met|passed|done)\b|\bhear it straight\b|\bdoing it right\b|\bwhat(?:'s| is) (?:still )?missing\b|\bis (?:it|that|this|everything|my work) (?:going )?(?:ok(?:ay)?|good|better|all right|alright|right|fine)(?: so far| now)?\W*$"),
        (M.TELL_WHEN, r"\bwhen (?:will|would|do|can|could|might|should) (?:i|we) (?:hear|know|get|see|have|receive|find out|expect)\b|\bhow (?:long|soon|fast|quickly) (?:does|do|will|would|can|could|might|is) (?:that|this|it|you|they|hr|the (?:change|correction|decision|answer|approval))\b(?![^?]*\b(?:plan|run|last|goal)\b)|\bwhen (?:can|will|could|would) (?:you|they|hr|it|that|this|the (?:new|corrected|answer|decision|letter|result))\b|\bby when (?:will|can|do|would) (?:you|they|hr|i (?:hear|get|know))\b|\bhow long(?: for| until)? (?:that|this|it)\b"),
        (M.TELL_FIRST, r"\bwhich\b[^?]{0,30}\b(?:first|most important|priorit\w+|matters? (?:the )?most|start (?:with|on)|urgent)\b|\bwhere (?:do|should|shall|would|could|would you) (?:i|we|want me to|like me to) (?:start|begin)\b|\bwhat (?:should|do|shall|would you (?:like|want) me to|must|can) (?:i )?[^?]{0,20}\bfirst\b|\bmatters? (?:the )?most\b|\bmost urgent\b"),
        (M.TELL_WHO, r"\bwho (?:do|should|would|can|could|will|must|else)\b[^?]{0,12}\b(?:i|we)\b[^?]{0,10}\b(?:ask|talk|speak|go|tell|call|ring|contact|turn|write|send|report|reach)\b|\b(?:do|should|shall|would) i (?:ring|call|ask|tell|contact|write to|go to|report to|speak to)\b[^?]*\bor\b|\bwho (?:\w+ )?(?:can|could|would|has to|will) (?:say yes|approve|allow|agree|sort|arrange|organi[sz]e|give)\b|\bwill (?:it|that) be you (?:who|that)\b|\bis it you (?:who|that)\b|\bwho (?:is|'s) (?:my|the) (?:contact|mentor|buddy|person|coach|trainer)\b"),
        (M.CHOOSE, r"\b(?:shall|should) i\b[^?]*\bor\b|\b(?:do you want|do you prefer|would you (?:like|prefer|rather))\b[^?]*\bor\b"),
        (M.LET_DO, r"\b(?:shall|should) i (?!be\b|do\b|know\b|understand\b|take (?:that|this|it) (?:as|to)\b|have\b|expect\b|start\b|not\b|sign\b)\w+|^\W*(?:(?:and|so|or|then|ok(?:ay)?)\W+)?(?:do you want|would you like) me to\b"),
        (M.TELL_SCOPE, r"\b(?:do|does|will|would|did) (?:that|this|it|they|those|these|the|my|a|an|one|each|every)\b[^?]{0,50}\b(?:counts?|counted|include\w*|included|apply|applies|cover\w*)\b|\b(?:is|are|was|were|will) (?:that|this|it|those|these|they|\w+)\b[^?]{0,50}\b(?:counted|included|taken into account|considered|part of (?:it|that|the goal))\b|\bwhat if (?!i\b|we\b|it goes)|\bmean(?:s|t)? (?:every|each|all|only|just)\b"),
        (M.TELL_WHICH, r"\b(?:is|are|was) (?:it|that|this|they|those|these|the \w+|\w+ on the .{3,40})\b[^?]{0,70}\b(?<!more )(?<!less )or (?!not\b|is there\b|no\b)\w|\bdo you mean\b[^?]*\bor\b|\bwhich (?:one|ones|of (?:them|these|those))\b"),
    )
)  # fmt: skip
LEAVING = tuple(
    (move, re.compile(pattern, _I))
    for move, pattern in (
        (M.LEAVE_TERMS, r"\b(?:holiday|vacation|days off|days of leave|leave (?:i|left|days)|annual leave|final pay|salary|bonus|reference|pension|laptop|notice period|owed?|certificate|payslip|paid)\b"),
        (M.LEAVE_ANNOUNCE, rf"\b(?:tell|tells|told|announce\w*|inform|say|know|let)\b[^?]{{0,30}}\b{_OTHERS}\b|\bwho(?:'s| is| will|'ll)? (?:going to )?tells?\b|\bwhat (?:do|will|should|shall) (?:we|i) (?:tell|say)\b"),
        (M.LEAVE_PLAN, r"\bplan\b[^?]{0,40}\b(?:stop\w*|ends?|over|now|continue\w*|go(?:es)? on|still|finish\w*|void|count)\b|\bwhat (?:happens|about|becomes)\b[^?]{0,15}\b(?:plan|goals|check[- ]?ins)\b|\b(?:still )?need to (?:do|finish|meet) the (?:plan|goals)\b"),
        (M.LEAVE_HANDOVER, r"\b(?:finish|hand ?over|hand (?:it|that|things|my)?|take over|successor|replace\w*|document|train|show|work on|wrap up|leave (?:it|things|ready)|priorit\w+)\b"),
    )
)  # fmt: skip
# What a statement tells. The weighty ones come before what the manager makes of the labels, the light ones after.
WEIGHTY = tuple(
    (move, re.compile(pattern, _I))
    for move, pattern in (
        (M.TAKE_NOT_SIGNING, r"(?:\bnot|n't|\bnever|\brather not|\brefuse to|\bbefore i|\buntil i)\b[^.?!]{0,15}\bsign(?:ing)?\b(?! off)|\bsign (?:it |this |that )?(?:tomorrow|later|another day|next|when)\b"),
        (M.TAKE_PEACE, r"(?:\bnot|n't)\b[^.?!]{0,15}\b(?:blam\w+|complain\w*|a complaint|argu\w+|attack\w*|accus\w+|personal|against you|the only reason|because of you|about you|your fault)\b|\bno (?:hard feelings|offence|offense)\b|\bi (?:do |really |also )?(?:understand|get|know|see|can see|realise|realize)\b[^.?!]{0,25}\b(?:busy|a lot on|full|end of (?:the )?(?:quarter|month|year)|hard for you|not easy|pressure|tight|stretched|stressful|your hands)\b"),
        (M.TAKE_MISSED, rf"\b{_MEETING}\b[^.?!]{{0,50}}\b(?:cancel\w*|moved|didn'?t (?:take place|happen)|did not (?:take place|happen)|haven'?t (?:taken place|happened)|skipped|fell through|dropped|postponed|missed|not taken place)\b|\b(?:cancel\w*|skipped|missed|postponed)\b[^.?!]{{0,20}}\b{_MEETING}\b|\b(?:had|been|only|just) (?:only )?(?:one|two|none|no|\d) (?:of (?:the|our|those) (?:last |past )?(?:\w+ )?)?{_MEETING}\b"),
        (M.TAKE_GAP, r"\b(?:nobody|no one|no-one)(?:'s| has| have)?\b (?:yet |ever |so far )?(?:has )?(?:told me (?:who|when|where|how to)|given|switched|shown me|contacted|set (?:it )?up|booked|arranged|come|called|been|sent|got back|installed|ordered)\b|\b(?:we|i)(?:'ve| have) (?:had|got|received|seen) (?:none|nothing|no |not one|only one|just one)|\bthere(?:'s| has| have) been (?:none|nothing|no |only one|just one|one\b)|\b(?:hasn'?t|haven'?t|has not|have not|still (?:isn'?t|not)) (?:yet )?(?:happened|arrived|come|started|been (?:switched|set|installed|booked|arranged|given|delivered|ordered|offered)|got (?:it|one|any)|received)\b|\bstill (?:waiting for|don'?t have|haven'?t (?:got|had|heard))\b|\b(?:we|i) haven'?t (?:had|got) (?:it|one|any|that|them)\b"),
        (M.TAKE_DOUBT, r"\byou (?:still )?(?:look|seem|sound|are)\b[^.?!]{0,30}(?:don'?t believe|doubt\w*|not (?:sure|convinced|happy)|unconvinced|sceptical|skeptical|annoyed|disappointed)|\byou (?:still |just |obviously )?(?:don'?t|do not) (?:believe|trust) (?:me|it|that|a word)\b|\byou said (?:that|the same|so)\b[^.?!]{0,15}\b(?:last|before|already|too|then)\b"),
    )
)  # fmt: skip
LIGHT = tuple(
    (move, re.compile(pattern, _I))
    for move, pattern in (
        (M.TAKE_RECAP, r"\b(?:to (?:sum up|recap|repeat)|let me (?:sum|recap|repeat|say back)|so (?:we|what we|i)(?:'ve| have)? agreed|if i (?:understand|understood|got|have) (?:you|that|it|this) (?:right|correctly)|what i take (?:from|away))\b"),
        (M.TAKE_WORDING, r"\bchange the (?:wording|text|sentence|goal)\b|\bput (?:that|it|this)\b[^.?!]{0,15}\b(?:in(?:to)?) the (?:plan|goal)\b|\b(?:write|put|note) (?:that|it|this) down as the (?:measure|goal|wording)\b"),
        (M.TAKE_WORKLOAD, r"\btoo (?:many|much) (?:work|jobs|cases|calls|tickets|patients|orders|files|clients|shifts|on)\b|\bwork ?load\b|\bshort[- ]staffed\b|\bunder-?staffed\b|\b(?:alone|on my own) (?:on|in|with) (?:the )?\w+|\b(?:one|two|three|half) (?:person|people|of us) (?:short|down|for)\b|\bdouble shifts?\b|\bovertime\b|\b(?:area|patch|team|list|territory) (?:got|is|was|became) (?:smaller|bigger|larger|cut)\b|\b(?:can'?t|cannot) (?:possibly )?do (?:all|everything)\b|\bnot enough (?:time|hours|people|hands|staff)\b"),
        (M.TAKE_STUCK, r"\bi (?:don'?t|do not) (?:really |even )?know(?:\W*$| what (?:to|i should|i can) (?:say|answer)| where to (?:start|begin))|\bnot (?:much|a lot) to say\b|\blost for words\b|\bi'?m (?:a bit |completely )?(?:lost|speechless)\b"),
        (M.TAKE_GRIEVANCE, r"\b(?:don'?t|do not|can'?t) see the point\b|\bsick of\b|\bfed up\b|\bhad enough\b|\b(?:wasn'?t|was not) told\b|\bnobody told me\b|\b(?:didn'?t|did not) expect\b|\byou'?re late\b|\b(?:great|nice|lovely) start\b|\bpointless\b|\bevery time\b|\bcan'?t win\b|\bwhatever i do\b|\bit(?:'s| is) always\b|\byou (?:always|never)\b"),
        (M.INVITE, r"\b(?:i'?d like|i wanted|i want|i would like|can we|could we|it(?:'s| is)|this is|i'?m here|i came|i have|i'?ve (?:got)?|there(?:'s| is| are)|i need|let'?s)\b[^.?!]{0,30}\b(?:talk|speak|ask|about|discuss|go (?:through|over)|questions?|raise|bring up|clear up)\b"),
        (M.GREET, r"^\W*(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|morning|evening)\b|\bi'?m here\b"),
    )
)  # fmt: skip
OFFERS = frozenset([M.TAKE_PROPOSAL, M.LET_DO, M.CHOOSE, M.TAKE_WORDING, M.TELL_HITCH, M.TAKE_DOUBT, M.TELL_WHO, M.GREET, M.LEAVE_TERMS, M.LEAVE_ANNOUNCE, M.LEAVE_HANDOVER])  # less a question than they look
_SURPRISED = re.compile(r"\bi (?:wasn'?t|was not) told\b|\bi (?:didn'?t|did not) (?:expect|know that)\b", _I)
_CALLED_OFF = re.compile(r"\b(?:were|was|been|got|is) (?:all |both |always )?(?:cancelled|canceled|postponed|skipped|called off)\b|\b(?:didn'?t|did not) (?:take place|happen)\b", _I)
_MEETINGS = re.compile(rf"\b{_MEETING}\b", _I)
_ASSENT = re.compile(r"^\W*(?:(?:ok(?:ay)?|all right|alright|right|fair enough|good|great|makes sense|understood|i see|got it|yes|yeah|yep|i agree|agreed|that'?s fair|perfect|fine with me|clear|very well|that(?:'s| is) (?:clear|fine|good|reasonable)|that makes sense|sounds good)\b\W*)+$", _I)
_ASKS = re.compile(r"\?|\b(?:tell|show) me\b|\bi(?:'d| would)? (?:like|want|need|rather) to (?:know|understand|hear)\b|\bi(?:'d| would) rather hear\b|\b(?:don'?t|do not) know (?:if|whether|where)\b|^\W*(?:(?:and|so|but|ok(?:ay)?|then|well)\W+)*(?:what|which|how|when|who|where|why)\b", _I)


def asked(text: str) -> tuple[M, ...]:
    """What the questions of a turn ask, the first sentence first; the manager answers the first that fits the meeting."""
    found: list[M] = []
    for _, sentence in placed_sentences(text):
        if _ASKS.search(sentence):
            found += [move for move, pattern in (*LEAVING, *PRECISE) if pattern.search(sentence)]
    return tuple(dict.fromkeys(found))


def weighty(text: str) -> M | None:
    """What a turn tells that nobody should pass over, or None."""
    found = _told(text, WEIGHTY)
    if found is None and _CALLED_OFF.search(text) and _MEETINGS.search(text):
        return M.TAKE_MISSED  # "About our check-ins. The last three were cancelled."
    return found


def surprised(text: str) -> bool:
    """Whether somebody says that they were not told or did not expect it: no blame yet."""
    return bool(_SURPRISED.search(text))


def light(text: str) -> M | None:
    """What a turn tells that is taken up where there is nothing weightier in it, or None."""
    if len(text.split()) <= ASSENT and _ASSENT.search(text):
        return M.TAKE_ASSENT
    return _told(text, LIGHT)


def _told(text: str, patterns: tuple[tuple[M, re.Pattern[str]], ...]) -> M | None:
    said = [sentence for _, sentence in placed_sentences(text) if not sentence.rstrip().endswith("?")]
    return next((move for move, pattern in patterns for sentence in said if pattern.search(sentence)), None)
