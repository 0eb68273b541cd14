"""Where a message goes: a linear model over labelled examples, helped by a few unmistakable cues and by what came before.

Crisis is not decided here: it comes first, in guardrails.
"""

import re

from coach.retrieval.index import Index
from coach.schema.enums import Route

_I = re.IGNORECASE
CUE = 0.45  # about the distance between a sure and a doubtful label
BEFORE = 0.18  # a short follow-up tends to stay where the conversation was
_CUES = [
    (route, re.compile(pattern, _I), weight)
    for route, pattern, weight in (
        (Route.REHEARSE, r"\b(?:role[- ]?play|rehears\w*|dry run|mock (?:meeting|interview|conversation|review)|practi[sc]e (?:with me|the|my|this|it|saying|that)|act it out|"
                         r"(?:you|u)(?:'re| are|r)? (?:be|play|are|pretend|act)\b[^.?!]{0,40}\b(?:manager|boss|supervisor|hr|director|lead|him|her|nurse)|"
                         r"(?:pretend|act|play|be) (?:to be |you'?re |as |like )?(?:my |the |a )?(?:\w+ )?(?:manager|boss|supervisor|director|hr\b|lead)|"
                         r"(?:can|could|will) (?:you|u) be (?:my|the)|in character|again from (?:where|when)|you play|you be\b|(?:run|go) through (?:it|tomorrow'?s|the talk|the meeting) (?:with|as))", 1.0),
        (Route.CHECK_IN, r"\b(?:log (?:this|that|it)|note (?:this|that|it)(?: down)?|write (?:this|that|it) down|put (?:this|that|it) (?:down|in)|jot|remind me|nudge me|put me down for|"
                         r"save (?:this|that|it|exactly|what)|record (?:this|that|it)|add (?:this|that|it) to (?:my|the) (?:log|notes|record|diary)|for the (?:log|record)|what(?:'ve| have|s) (?:i )?(?:got |logged )?against goal|"
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
                         r"record(?:ing)? (?:the|our|my|him|her|it)|secretly record|constructive dismissal|wrongful|medication|meds|antidepressant\w*|tablets|blood pressure|doctor|therapist|resign (?:before|or)|"
                         r"before they fire me|can they (?:do that|fire|sack|make)|contract|binding|notice period)\b", 0.4),
        (Route.DECLINE, r"\b(?:back ?dat\w+|fak(?:e|ing)|forg(?:e|ing)|falsif\w+|doctor(?:ed)? the|made[- ]up|make up|photoshop|pretend i was|hack|her password|his password|log in(?:to)? (?:as|her|his)|"
                        r"get into (?:my |her |his )?\w*(?:'s)? ?(?:email|outlook|account|inbox|phone|laptop)|spy|blackmail|dirt on|rumou?r|anonymous(?:ly)? (?:letter|email|complaint|review)|get (?:him|her) (?:fired|sacked|in trouble)|"
                        r"revenge|get back at|sabotag\w*|delete (?:all|the) (?:files|records|data|emails)|clock (?:in|me in) for|home address|key ?log\w*|slash|not true but)\b", 0.6),
        (Route.ABOUT, r"\b(?:are you (?:a|an|real|human|actual|chatgpt|ai)|who (?:can )?(?:reads?|sees?)|does (?:anyone|my (?:boss|company|employer)|hr) (?:read|see)|where (?:is|does) (?:this|it|my)[^.?!]{0,20}\b(?:saved?|stored?|go)|"
                      r"which model|what model|your (?:privacy|makers?|creator)|delete (?:this|my) (?:chat|conversation|data|history)|is (?:this|all this) (?:private|confidential|saved|anonymous)|close the tab|work offline|"
                      r"what can you do|how do(?:es)? (?:you|this) (?:work|app))\b", 0.7),
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
    return max(ranked, key=ranked.__getitem__)
