"""Where a message goes: a linear model over labelled examples, helped by a few unmistakable cues and by what came before.

Crisis is not decided here: it comes first, in guardrails.
"""

import re

from coach.retrieval.index import Index
from coach.schema.enums import Route
from coach.understand import situation

_I = re.IGNORECASE
CUE = 0.45  # about the distance between a sure and a doubtful label
BEFORE = 0.18  # a short follow-up tends to stay where the conversation was
# A message goes to the boundaries on a word that marks one, because one of their subjects fits well, or on a clear lead.
# Without these it is mostly somebody telling their story, and a page of law is the worst answer to that.
FITTING_SUBJECT = 0.38
FOREIGN_SUBJECT = 0.2
CLEAR_LEAD, CLEAR_LEAD_TOLD = 0.35, 0.7  # of a question, and of something that is only told or that no subject fits
_ASKS = re.compile(r"\?|\b(?:can|could|do|does|did|would|will|are|is|am|should|must|what|how|which|have) (?:i|they|he|she|it|my|that|there|we)\b", _I)
# Lead below which a message that only tells something stays with the coach: a scene, a letter or a log entry that nobody
# asked for is worse than being heard.
_SURE_OF = {
    Route.REHEARSE: 0.45, Route.OFF_TOPIC: 0.6, Route.DRAFT: 0.8, Route.PLAN: 0.35, Route.ABOUT: 0.35, Route.QUESTIONS: 0.4, Route.CHECK_IN: 0.15, Route.DECLINE: 0.3,
}  # fmt: skip
_TELLS = re.compile(
    r"^\W*(?:(?:hold on|wait|listen|look|mm+|ok(?:ay)?|so|well|yes|yeah|no|nah|haha|lol|and|but|oh|hm+|right|fair|sorry|honestly|then|ugh|also|now)\b[ ,.]*)*"
    r"(?:i|im|i'?m|i'?ve|ive|i'?d|id|i'?ll|my|he|hes|he'?s|she|shes|she'?s|they|they'?re|theyre|it|its|it'?s|we|we'?re|were|the|this|that|thats|that'?s|there|nobody|no one|everyone|one of|two of|half|some|all|both|not|never|most|part of|\"|\u201c)(?![\w])",
    _I,
)
_BIDS = re.compile(r"\b(?:write|draft|log|note|record|keep a|put (?:it|this|that|me|my)|make|send me|add|show|remind|correct|help me|need (?:a|an|to (?:write|try|practi))|want to (?:try|practi|run)|please|pls|word|shorter|rehearse|practi[sc]e|let'?s)\b", _I)
# What belongs into the log: something the person did, or a talk that took place. All else that is told is told to the coach.
_DEED = re.compile(
    r"\b(?:i|we|ive|i'?ve) (?:have |just |also |finally |already |only )*(?!need|want|feel|work|missed the point)\w+(?:ed|t|ld|d|de|ot|an|me|ke)\b(?<!need)(?<!what)(?<!not)(?<!want)(?<!feel)|"
    r"\b(?:today|yesterday|this (?:week|morning|afternoon)|since (?:mon|tues|wednes|thurs|fri)\w*)\b|\b(?:check[- ]?ins?|catch[- ]?ups?|1:1|one[- ]to[- ]one|cancel\w*|no[- ]show\w*|didn'?t (?:turn|show) up)\b|"
    r"^\W*(?:did|done|finished|closed|completed|sent|met|got|had|hit|no (?:errors|mistakes|late))\b|\b(?:log|notes?|noted|entries|entry|diary|calendar|record\w*|remind\w*|summar\w+|schedul\w+|evidence|proof|saved?|tracker|done)\b|\b(?:goal|item) (?:\d|one|two|three)\b|\d\d?[:.]\d\d",
    _I,
)
# A word without which nobody is refused on a narrow lead: "how do i check my invoices" is no misdeed.
_MISDEED = re.compile(
    r"\b(?:anonymous\w*|fak\w+|forg(?:e|ed|ing)|look(?:s|ing)? (?:right|real|like|legit|good|as)|make (?:it|the|them|me|up|a)|numbers?|nobody|no ?one|without (?:him|her|them|any|the|being|getting)|secret\w*|track\w*|spy\w*|bug|phones?|"
    r"mailbox|e-?mails?|inbox|outlook|accounts?|passwords?|calendars?|messages?|files?|delet\w+|wip\w+|cop(?:y|ies|ying)|leak\w*|steal\w*|revenge|get (?:him|her|them|back|even|rid|into|at)|back at|hurt|ruin\w*|destroy\w*|punish\w*|"
    r"teach (?:him|her|them)|scar(?:e|ed) (?:him|her|them)|threat\w*|rumou?rs?|gossip|lie|lying|lied|pretend\w*|invent\w*|notes?|timesheets?|clock\w*|hours|dates?|chang(?:e|ing) the|alter\w*|edit\w*|adjust\w*|tweak\w*|push\w*|address|"
    r"lives|tyres|tires|his|her|their|reviews?|record\w*|log(?:s|ged|book)?(?! in\b)|sign\w*|blame|frame|set (?:him|her|them) up|dirt|expos\w+|humiliat\w*|embarrass\w*|sabotag\w*|break|crash|slow)\b",
    _I,
)
_CUES = [
    (route, re.compile(pattern, _I), weight)
    for route, pattern, weight in (
        (Route.REHEARSE, r"\b(?:role[- ]?play|rehears\w*|dry run|mock (?:meeting|interview|conversation|review)|practi[sc]e (?:with me|the|my|this|it|saying|that)|act it out|"
                         r"(?:you|u)(?:'re| are|r)? (?:be|play|are|pretend|act)\b[^.?!]{0,40}\b(?:manager|boss|supervisor|hr|director|lead|him|her|nurse)|"
                         r"(?:pretend|act|play|be) (?:to be |you'?re |as |like )?(?:my |the |a )?(?:\w+ )?(?:manager|boss|supervisor|director|hr\b|lead)|"
                         r"(?:can|could|will) (?:you|u) be (?:my|the)|in character|again from (?:where|when)|you play|you be\b|(?:run|go) through (?:it|tomorrow'?s|the talk|the meeting) (?:with|as))", 1.0),
        (Route.CHECK_IN, r"\b(?:log (?:this|that|it)|note (?:this|that|it)(?: down)?|write (?:this|that|it) down|put (?:this|that|it) (?:down|in)|jot|remind me|nudge me|put me down for|"
                         r"(?<!want to )(?<!wanna )(?<!wanted to )save (?:this|that|it|exactly|what)|record (?:this|that|it)|add (?:this|that|it) to (?:my|the) (?:log|notes|record|diary)|for the (?:log|record)|what(?:'ve| have|s) (?:i )?(?:got |logged )?against goal|"
                         r"(?:i'?ve|ive|i have|i) logged|when(?:'s| is| am i)[^.?!]{0,20}\b(?:next|seeing|meeting)\b|sum(?:marise|marize| up) (?:my|what i|the) (?:week|log|entries|notes))", 0.9),
        (Route.DRAFT, r"\b(?:write|draft|word|compose|type up|put together|help me (?:write|word|put|reply|answer|phrase))\b[^.?!]{0,45}\b(?:e-?mail|message|msg|text|reply|note|letter|statement|recap|line|slack|"
                      r"something|response|acknowledg\w*)|\b(?:slack|teams|whatsapp) (?:msg|message)|\bemail to\b|\bthank you note|\bbefore i (?:hit )?send|\bwrite back\b|\bmake (?:this|it) (?:less|more|sound|softer|shorter|polite)|"
                      r"\b(?:soften|reword|rephrase|tone (?:this|it) down|proofread)\b|\brecap (?:email|to send)|\bstatement to attach", 0.9),
        (Route.QUESTIONS, r"\bwhat (?:should|can|do|shall|could|all can|must) i (?:be )?ask\w*|\bquestions? (?:for|to ask|i (?:can|should)|list)|\blist of questions|\bways? (?:of|to) (?:ask|asking|put)|"
                          r"\bgive me (?:some |a few |\w+ )?questions|\bwhat'?s left to ask|\bsomething to ask\b|\bwhat to ask\b", 0.9),
        (Route.PLAN, r"\bas a plan\b|\b(?:mine|my plan|this plan|the plan) (?:any good|complete|decent)\b", 2.0),
        (Route.PLAN, r"\bmy (?:actual )?goals\b|\bwhich (?:goal|one|of these|bit|item)\b|\b(?:does|did) it (?:say|mention)|\bin (?:the|my) plan\b[^.?!]{0,15}\?|\bgoal (?:1|one)\b[^.?!]{3,}|\buploaded|\bpasted?\b|"
                     r"\bpage \d|\bsection \d|\bmark (?:goal|item|number|it)|\btick (?:off|it)|\bdue (?:first|soonest|next)|\bthe pdf\b|\bscan(?:ned)?\b|\bchecklist\b|\bwhat did they (?:say they'?d|promise)", 0.7),
        (Route.BOUNDARY, r"\b(?:legal(?:ly)?|illegal|lawful|lawyer|solicitor|attorney|sue|suing|tribunal|court|visa|h-?1b|immigration|green card|pregnan\w*|maternity|paternity|parental leave|"
                         r"(?:over|under) (?:[3-6]\d|fifty|sixty)|my age|the (?:oldest|youngest)|only (?:woman|man|black|asian|muslim|one who)|disabil\w*|adhd|autis\w*|dyslexi\w*|accommodations?|reasonable adjustments?|fmla|sick (?:leave|note)|signed off|surgery|union|steward|shop rep|severance|settlement|waiver|"
                         r"nda|unemployment|jobseekers|benefits office|universal credit|insurance|cobra|insulin|discriminat\w*|racis\w*|sexis\w*|ageis\w*|retaliat\w*|whistle\w*|harass\w*|"
                         r"record(?:ing)? (?:the|our|my|him|her|it)|secretly record|constructive dismissal|wrongful|my (?:medication|meds)|antidepressant\w*|my tablets|blood pressure|doctor|therapist|resign (?:before|or)|"
                         r"before they fire me|can they (?:do that|fire|sack|make)|contract|binding|notice period)\b", 0.4),
        (Route.BOUNDARY, r"\b(?:my|on|off|stop(?:ped)?|start(?:ed)?|tak(?:e|ing)|change[sd]?) (?:my |the |these |some )?(?:old |new )?(?:medication|meds|antidepressants?|tablets|pills|dose)\b|\bantidepressants?\b|\bworks? council\b|\bbetriebsrat\b|\b[hlo]-?[12]b? (?:visa|status)|\bon an? [hl]-?[12]b?\b", 0.8),
        (Route.DRAFT, r"\bwr[io]te?\b[^.?!]{0,30}\b(?:next to|beside|by|under|above|with) (?:my|the) (?:name|signature)\b", 1.0),
        (Route.DECLINE, r"\b(?:back ?dat\w+|fak(?:e|ing)|forg(?:e|ing)|falsif\w+|doctor(?:ed)? the|made[- ]up|make up|photoshop|pretend i was|hack|her password|his password|log in(?:to)? (?:as|her|his)|"
                        r"get into (?:my |her |his )?\w*(?:'s)? ?(?:email|outlook|account|inbox|phone|laptop)|spy|blackmail|dirt on|rumou?r|anonymous(?:ly)? (?:letter|email|complaint|review)|get (?:him|her) (?:fired|sacked|in trouble)|"
                        r"revenge|get back at|sabotag\w*|delete (?:all|the) (?:files|records|data|emails)|clock (?:in|me in) for|home address|key ?log\w*|slash|not true but)\b", 0.6),
        (Route.ABOUT, r"\b(?:are you (?:a|an|real|human|actual|chatgpt|ai)|who (?:can )?(?:reads?|sees?)|does (?:anyone|my (?:boss|company|employer)|hr) (?:read|see)|where (?:is|does) (?:this|it|my)[^.?!]{0,20}\b(?:saved?|stored?|go)|"
                      r"which model|what model|your (?:privacy|makers?|creator)|delete (?:this|my) (?:chat|conversation|data|history)|is (?:this|all this) (?:private|confidential|saved|anonymous)|close the tab|work offline|"
                      r"what can you do|how do(?:es)? (?:you|this) (?:work|app))\b", 0.7),
        (Route.COACH, r"\b(?:got|get|gets|given|gave|put|puts|handed|placed|received|present)\b[^.?!]{0,40}\b(?:on )?(?:a |an |the |my |this |called )?(?:pip|performance (?:improvement )?plan|improvement plan)\b", 0.6),
        (Route.BOUNDARY, r"\b(?:reported|raised|flagged|complained|blew|spoke up)\b[^.?!]{0,40}\b(?:fraud|safety|harass\w*|theft|compliance|to hr|osha|regulator|discriminat\w*|whistle\w*)", 0.9),
        (Route.DRAFT, r"\b(?:write|draft) (?:me )?(?:a|an|the) (?:\w+ ){0,2}(?:letter|e-?mail|message)\b", 0.5),
        (Route.DECLINE, r"\bi(?:'m| am|m) (?:a|the|their|his|her) (?:line |team )?manager\b[^.?!]{0,80}\b(?:push|manage|get|force|drive)\w*\b[^.?!]{0,25}\bout\b", 2.0),
        (Route.BOUNDARY, r"\b(?:am i|should i|do i have to|must i|can i|what if i|have i) (?:\w+ ){0,3}(?:sign(?:ing|ed)?\b|take (?:it|my (?:sign\w*|name)) back)", 1.1),
        (Route.COACH, r"\bwhat (?:kind of |sort of )?(?:evidence|proof|records?)\b[^.?!]{0,25}\b(?:should|do|can|must) i\b", 1.2),
        (Route.DRAFT, r"\b(?:one|a|single|1) (?:short |single |simple )?(?:line|sentence|phrase)\b(?! (?:of|in) (?:the|my))", 0.8),
        (Route.BOUNDARY, r"\bbring (?:someone|somebody|a (?:friend|colleague|rep\w*|companion|witness|co-?worker)|my (?:wife|husband|partner|rep\w*|union \w+))", 1.2),
        (Route.COACH, r"\b(?:evidence|proof|examples?|records?) (?:that )?(?:they|he|she|hr) (?:used|use|have|has|had|based)\b", 1.4),
        (Route.COACH, r"\b(?:i )?(?:feel|feeling|felt) (?:so |really |a bit )?(?:sick|awful|terrible|ashamed|scared|angry|numb|lost|stupid|like (?:crying|a failure))", 1.0),
        (Route.OFF_TOPIC, r"\bpip (?:install|keeps resolving|freeze|3|error|version|payment|claim|assessment|joint|mode|value)|\bpython\b|\bnumpy\b|\brecipe\b|\bhomework\b|\bcricket\b|\bfootball score|\bweather\b|"
                          r"\bforex\b|\bdwp\b|\bvlookup\b|\bgreat expectations\b|\biphone\b|\bpicture[- ]in[- ]picture", 0.8),
    )
]  # fmt: skip


def scores(text: str, history: list[str], index: Index, before: Route | None = None) -> dict[Route, float]:
    """A score for each route but crisis, higher is likelier. `before` is the route of the message before."""
    model = index.models["route"].scores(index.row(text, history))
    result = {Route(label): score for label, score in model.items()}
    for route, pattern, weight in _CUES:
        if pattern.search(text):
            result[route] += CUE * weight
    if before in result and len(text.split()) < 14:
        result[before] += BEFORE
    return result


def find(text: str, history: list[str], index: Index, before: Route | None = None) -> Route:
    """The likeliest route. Without `before` it is worked out from the last earlier message."""
    if before is None and history:
        earlier = scores(history[-1], history[:-1][-2:], index)
        before = max(earlier, key=earlier.__getitem__)
    ranked = scores(text, history, index, before)
    first, second = sorted(ranked, key=ranked.__getitem__, reverse=True)[:2]
    if first is Route.COACH or _marked(text, first):
        return first
    asked, lead = situation.asks(text), ranked[first] - ranked[second]
    instead = second if asked and second not in (Route.REHEARSE, Route.CHECK_IN, Route.BOUNDARY, Route.DECLINE) else Route.COACH
    if first is before:
        return instead if asked and lead < BEFORE else first
    if first is Route.BOUNDARY:
        fit = max(index.scores("topic", text).values())
        clear = CLEAR_LEAD if asked and fit > FOREIGN_SUBJECT else CLEAR_LEAD_TOLD
        return first if fit >= FITTING_SUBJECT or lead >= clear else instead
    if first is Route.DECLINE and lead < _SURE_OF[first] and not _MISDEED.search(text):
        return instead
    if first is Route.REHEARSE and asked and lead < _SURE_OF[first]:
        return instead
    if first is Route.OFF_TOPIC and history and not asked:
        return Route.COACH
    if not asked and _only_told(text, first) and (first is Route.REHEARSE or lead < _SURE_OF.get(first, 0.0)):
        return Route.COACH
    if first is Route.CHECK_IN and not _DEED.search(text):
        return instead
    return first


def _only_told(text: str, first: Route) -> bool:
    """Whether somebody tells something and bids for nothing. A scene or another subject is never begun by something told."""
    if first is Route.OFF_TOPIC:
        return True
    return _BIDS.search(text) is None and (first is Route.REHEARSE or _TELLS.search(text) is not None)


def _marked(text: str, route: Route) -> bool:
    return any(marks is route and pattern.search(text) for marks, pattern, _ in _CUES)
