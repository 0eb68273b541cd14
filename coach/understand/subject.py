"""Which boundary card a message is about: the linear model, unless the person names the subject. Decides no route."""

import re
from collections.abc import Sequence

from coach.retrieval.search import Search

_I = re.IGNORECASE
# Only words that can hardly mean another subject; the first that is found counts.
_NAMED = [
    (card, re.compile(pattern, _I))
    for card, pattern in (
        ("retaliation", r"\b(?:complain(?:ed|t|ts)?|grievance|reported (?:him|her|them|it|my)|whistle\w*|spoke up)\b[^?]{0,160}\b(?:pip|plan)\b[^?]{0,40}\b(?:came|weeks?|days?|months?|after|later|followed)\b|\b(?:pip|plan)\b[^?]{0,60}\b(?:weeks?|days?|months?) (?:after|later)\b[^?]{0,60}\b(?:complain\w*|grievance|reported)\b"),
        ("immigration", r"\b(?:visas?|green card|h-?1b|l-?[12]\b|immigration|work permit|sponsor(?:ed|ship)|skilled worker)"),
        ("severance", r"\b(?:severance|settlement (?:agreement|offer)|waivers?|weeks'? (?:money|pay) (?:to|if i)|pay ?off|exit package|mutual (?:separation|agreement))\b"),
        ("pregnancy-and-family", r"\b(?:pregnan\w+|maternity|paternity|parental leave)\b"),
        ("recording", r"\b(?:record(?:ing)?|tape|taping) (?:the|our|my|him|her|it|them|this|that|a|secretly|every)\b|\bphone recording\b"),
        ("health", r"\b(?:my (?:\w+ )?(?:medication|meds|tablets)|antidepressants?|pills|blood pressure|dose)\b"),
        ("union", r"\b(?:union|shop steward|shop rep|works? council|betriebsrat)\b"),
        ("unemployment", r"\b(?:unemployment|jobseekers|the dole|universal credit)\b"),
        ("accommodation", r"\b(?:adhd|autis\w+|dyslexi\w+|accommodations?|reasonable adjustments?)\b"),
    )
]  # fmt: skip
UNNAMED = 0.45  # of a card's score: so sure of a subject that none of its words need be said
CLEAR = 0.3  # of the nearest card's score, to be about it at all
LEAST = 0.2  # of the score of a card that stands in for one that was not named
# A page about one of these is given where some word of it was said, or the model is sure: nobody may read of a pregnancy they never spoke of.
_WORDS = {
    card: re.compile(pattern, _I)
    for card, pattern in (
        ("abuse-at-home", r"\b(?:hit|hits|hitting|hurt\w*|beat\w*|slap\w*|punch\w*|shov\w*|push\w*|violen\w*|threat\w*|bruis\w*|black eye|physical|(?:afraid|scared|frightened) of (?:him|her|my)|at home with (?:him|her)|shouts?|screams?|throws?|belt|grabs?|chok\w*|locks? me|drunk|unsafe|not safe|makes? me pay|what happens when)\b"),
        ("accommodation", r"\b(?:adhd|add|autis\w*|dyslex\w*|disab\w*|adjust\w*|accommodat\w*|condition|depress\w*|anxiety|bipolar|ptsd|chronic|deaf|hearing|sight|blind|neuro\w*|diagnos\w*|medical|migraines?|arthritis|diabet\w*|epilep\w*|cancer|pain|illness|ill|sick|health|menopause|doctor|wheelchair|back|stammer|stutter|ms|crohn\w*|fatigue|ocd|dyspraxi\w*|concussion)\b"),
        ("australia-rules", r"\b(?:australia\w*|aussie|fair work|sydney|melbourne|brisbane|perth|adelaide|queensland|nsw|victoria)\b"),
        ("canada-rules", r"\b(?:canad\w*|ontario|quebec|qu\u00e9bec|alberta|toronto|montreal|vancouver|bc|manitoba|saskatchewan|nova scotia)\b"),
        ("federal-employee", r"\b(?:federal|feds?|agency|opm|mspb|gs-?\d*|government|civil serv\w*|postal|usps|\bva\b|probationary)\b"),
        ("health-cover", r"\b(?:cover\w*|insur\w*|cobra|benefits?|medical|health|dental|prescription|premium)\b"),
        ("immigration", r"\b(?:visas?|immigra\w*|sponsor\w*|permit|green card|h-?1b|h1|l-?[12]|opt|status|deport\w*|sent (?:home|back)|country|ilr|leave to remain|skilled worker|papers)\b"),
        ("medical-leave", r"\b(?:leave|sick\w*|doctor|gp|surgery|fmla|ill|illness|signed off|hospital|operation|medical|injur\w*|burn(?:t|ed)? ?out|stress\w*|off work|time off|treatment|chemo|therapy|note|recover\w*)\b"),
        ("pregnancy-and-family", r"\b(?:pregnan\w*|preggers|expecting|bab(?:y|ies)|bump|matern\w*|patern\w*|parental|newborn|ivf|miscarr\w*|breast\w*|birth|due in|family leave|mat leave|midwife|adopt\w*|nursery|childcare|carer'?s? leave|weeks along|trimester|scan)\b"),
        ("recording", r"\b(?:record\w*|tap(?:e|ing)|transcri\w*|dictaphone|voice memo|app|phone|film\w*|otter|copilot)\b"),
        ("severance", r"\b(?:severance|settle\w*|package|waiv\w*|release|pay ?out|paid to|pay (?:me|you)|pay off|buy ?out|money|exit|weeks'? (?:pay|money)|months'? (?:pay|money)|offered (?:me|us)|offer (?:me|us|to (?:go|leave))|vss|redundan\w*|terms)\b"),
        ("uk-rules", r"\b(?:uk|u\.k\.|britain|british|england|english law|scotland|scottish|wales|northern ireland|acas|london|tribunal|two years|2 years|statutory)\b"),
        ("unemployment", r"\b(?:unemploy\w*|benefits?|dole|jobseeker\w*|jsa|universal credit|uc|claim\w*|welfare|job ?cent(?:re|er)|edd|ei|centrelink|signing on)\b"),
        ("union", r"\b(?:union\w*|steward|rep|reps|works? council|collective|unison|unite|gmb|teamsters|member)\b"),
    )
}  # fmt: skip


def find(text: str, search: Search, history: Sequence[str] = ()) -> str | None:
    """Id of the boundary card for a message that goes to the boundaries; None where it is about none of them."""
    if named := next((card for card, pattern in _NAMED if pattern.search(text)), None):
        return named
    scores = search.topics(text)
    said = " ".join((*history[-3:], text))
    likely = [card for card, score in scores.items() if score >= UNNAMED or spoken_of(card, said)]
    best = max(likely, key=scores.__getitem__)
    return best if scores[best] >= (CLEAR if best == nearest(text, search) else LEAST) else None


def spoken_of(card: str, text: str) -> bool:
    """Whether a page may be named at all: of some nobody may read who never said a word of it."""
    return card not in _WORDS or _WORDS[card].search(text) is not None


def nearest(text: str, search: Search) -> str:
    """The card that is nearest, however far away."""
    scores = search.topics(text)
    return max(scores, key=scores.__getitem__)
