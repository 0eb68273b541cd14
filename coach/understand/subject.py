"""Which boundary card a message is about: the linear model, unless the person names the subject. Decides no route."""

import re
from collections.abc import Sequence

from coach.retrieval.search import Search
from coach.understand.situation import asks

_I = re.IGNORECASE
_AFTER_A_COMPLAINT = r"\b(?:complain(?:ed|t|ts)?|grievance|reported (?:him|her|them|it|my)|whistle\w*|spoke up)\b[^?]{0,160}\b(?:pip|plan)\b[^?]{0,40}\b(?:came|weeks?|days?|months?|after|later|followed)\b|\b(?:pip|plan)\b[^?]{0,60}\b(?:weeks?|days?|months?) (?:after|later)\b[^?]{0,60}\b(?:complain\w*|grievance|reported)\b"
# Only words that can hardly mean another subject; the first that is found counts.
_NAMED = [
    (card, re.compile(pattern, _I))
    for card, pattern in (
        ("retaliation", _AFTER_A_COMPLAINT),
        ("immigration", r"\b(?:visas?|green card|blue card|stem opt|on opt|i-?20|h-?1b|l-?[12]\b|immigration|work permit|sponsor(?:ed|ship)|skilled worker)"),
        ("severance", r"\b(?:severance|settlement (?:agreement|offer)|waivers?|weeks'? (?:money|pay) (?:to|if i)|pay ?off|exit package|mutual (?:separation|agreement))\b"),
        ("pregnancy-and-family", r"\b(?:pregnan\w+|maternity|paternity|parental leave)\b"),
        ("recording", r"\b(?:record(?:ing)?|tape|taping) (?:the|our|my|him|her|it|them|this|that|a|secretly|every)\b|\bphone recording\b"),
        ("health", r"\b(?:my (?:\w+ )?(?:medication|meds|tablets)|antidepressants?|pills|blood pressure|dose)\b"),
        ("union", r"\b(?:union|shop steward|shop rep|works? council|betriebsrat)\b"),
        ("unemployment", r"\b(?:unemployment|jobseekers|the dole|universal credit)\b"),
        ("accommodation", r"\b(?:adhd|autis\w+|dyslexi\w+|accommodations?|reasonable adjustments?)\b"),
    )
]  # fmt: skip
# The same for what people ask in words that hardly mean another subject, wherever the message would have gone. They hear the question
# and the thing together: "does my non-compete still count", and no more than that. The first that is found counts.
_ASKED = [
    (card, re.compile(pattern, _I | re.DOTALL))
    for card, pattern in (
        ("retaliation", _AFTER_A_COMPLAINT),
        ("health", r"\bdo i have (?:an? )?(?:depression|anxiety|adhd|ptsd|burn-?out|bipolar)\b|\b(?:stop|come off|quit|skip) (?:taking )?(?:my )?(?:meds|medication|pills|tablets|antidepressants?|sertraline|citalopram|fluoxetine|prozac|zoloft|lexapro|adderall|ritalin|lithium)\b|\b(?:sertraline|citalopram|fluoxetine|prozac|zoloft|lexapro|adderall|ritalin|lithium)\b"),
        ("already-dismissed", r"\b(?:i was|i got|i'?ve been|i have been|just got|got|they(?:'ve| have)?|was) (?:just |already )?(?:dismissed|fired|sacked|let go|terminated)\b(?=.*\b(?:appeal|claim|conciliation|deadline|how long|time limit|tribunal|last pay|rights)\b)|\bdismissed (?:on|last|yesterday|today)\b"),
        ("hurt-at-work", r"\b(?:hurt|injur\w+|strained|slipped|broke|burn(?:t|ed))\b[^.?!]{0,40}\b(?:at work|on the job|on (?:my )?shift|lifting|in the warehouse|picking)\b|\bwork(?:er|ers|ers'|ers\u2019|place|man'?s)? ?comp(?:ensation)?\b|\bwork(?:place)? (?:injury|accident)\b"),
        ("taking-documents", r"\bforward(?:ed|ing)?\b[^.?!]{0,50}\b(?:e-?mails?|files?|documents?)\b[^.?!]{0,40}\b(?:gmail|private|personal|home|myself)\b"),
        ("recording", r"\b(?:can|should|may|could) i (?:secretly )?record\b|\bi (?:secretly )?recorded (?:the|our|my|a|it|him|her|them)\b"),
        ("non-compete", r"\bnon-?\s?compet\w*|\brestrictive covenants?\b|\bgarden(?:ing)? leave\b|\bnon-?solicit\w*"),
        ("dates-of-money", r"\b(?:rsus?|vest(?:s|ing|ed)|stock options?|share options?|gratuity|training bond|sign-?on bonus|clawback|claw back)\b|\bvest date\b"),
        ("retaliation", r"\b(?:wrote to|told|reported|complained|raised|e-?mailed|said to|spoke up|whistle\w*)\b[^?]{0,90}\b(?:not safe|unsafe|safety|heat|fraud\w*|touch(?:ed|ing)|harass\w*|osha|understaff\w*|illegal|never happened)\b[^?]{0,160}\b(?:plan|pip|warning|write[- ]?up)\b|\breported (?:my|the|our) (?:supervisor|manager|boss)\b|\bwhistle-?\s?bl[eo]w\w*|\bretaliat\w+|\bfudge (?:the|my|it)\b|\bfalsif\w+|\brefused to (?:sign off|approve)\b[^.?!]{0,60}\bunsafe\b"),
        ("discrimination", r"\b(?:i'?m|i am) the only (?:black|asian|brown|muslim|woman|female|older)\b|\b(?:i'?m|i am) (?:5\d|6\d)\b.*\b(?:proof|claim|discriminat\w*|thirty|younger|to file)\b"),
        ("hurtful-remark", r"\b(?:my|your|his|her) age\b|\bat (?:my|your) (?:age|stage)\b|\bsomeone at your stage\b|\btoo old\b|\b(?:my|your|an?|with the|her|his) (?:\w+ )?accent\b|\b(?:too |so )?emotional and\b|\bhormon\w+|\bgo back to (?:your|where)\b"),
        ("pregnancy-and-family", r"\bmiscarr\w+"),
        ("companion-at-meetings", r"\bcompanion\b|\bbring (?:someone|somebody|a (?:friend|colleague|witness|rep\w*))\b[^.?!]{0,30}\b(?:meeting|with me|along)\b"),
        ("unemployment", r"\b(?:do|can|will|would) i (?:still )?(?:get|claim|qualify for) (?:\w+ )?(?:unemployment|ei|jobseeker\w*|dole|benefits|universal credit|uc|centrelink)\b"),
        ("not-turning-up", r"\b(?:not|don'?t|dont|if i (?:just )?don'?t) (?:show(?:ing)? up|turn(?:ing)? up|going? in tomorrow|attend(?:ing)?)\b|\bno[- ]show\b|\brefus(?:e|ing) to (?:attend|go to|take part|come)\b|\bwalk(?:ing)? out of the (?:meeting|room)\b[^.?!]{0,40}\b(?:fire|dismiss|quit)"),
        ("severance", r"\bmutual (?:separation|agreement|termination)\b|\bsettlement (?:agreement|offer)\b|\baufhebungsvertrag\b|\bwaive all (?:my )?claims\b|\bgive up (?:all )?(?:my )?(?:claims|rights)\b|\bthe offer (?:goes away|expires|lapses)\b|\bwithout prejudice\b|\boffer(?:ed|ing)? me\b[^.?!]{0,30}\b(?:weeks|months|pay|money|\d)"),
        ("union", r"\b(?:union|shop) (?:rep\w*|steward)\b[^?]{0,60}\b(?:right|allowed|sit in|come (?:in|with)|attend|be there)\b"),
        ("suing", r"\b(?:can|could|should|how do) i sue\b|\b(?:unfair|wrongful|constructive)(?:ly)? dismiss\w+|\btribunal (?:claim|case)\b"),
        ("pay-and-bonus", r"\b(?:haven'?t|hasn'?t|not|never|didn'?t|without being) (?:been )?paid\b[^.?!]{0,30}\b(?:overtime|hours|wages|commission|bonus)|\bunpaid overtime\b|\bovertime\b[^.?!]{0,30}\b(?:owed|unpaid)\b|\bunpaid\b[^.?!]{0,40}\b(?:courses?|training|hours)\b|\bminimum wage\b"),
        ("talk-about-it", r"\b(?:told|asked|ordered|warned|saying|says?|said)\b[^.?!]{0,20}\b(?:not to|can'?t|cannot|must not|mustn'?t|not allowed to) (?:discuss|talk about|share|show|mention)\b|\bbreach of confiden\w+|\bconfidentiality (?:clause|agreement)\b"),
        ("grievance-open", r"\bgrievances?\b[^.?!]{0,60}\b(?:open|pending|ongoing|decided|heard|running|against)\b|\b(?:raise|rais(?:e|ing)|file|filing|lodge|put in|submit)\b[^.?!]{0,20}\bgrievance\b"),
        ("which-law", r"\bwhose (?:law|rules|laws)\b|\bwhich (?:country|law|laws|state)\b[^?]{0,40}\b(?:appl|count|law)|\bemployer[- ]of[- ]record\b|\bumbrella company\b|\b(?:through|via|with|for) an? (?:temp |recruitment |staffing )?agency\b|\bagency (?:worker|staff|temp)\b|\bi'?m agency\b"),
        ("references", r"\bapplication\w*\b[^?]{0,80}\b(?:asks?|performance|disclose|subject to|tick)\b|\bbackground check\w*\b"),
        ("professional-register", r"\b(?:report|refer|lose|tell|declare|disclose|struck)\b[^.?!]{0,50}\b(?:the (?:college|register|board|nmc|council)|licen[cs]e|registration|pin|nmc|ahpra|hcpc|gmc|board of nursing|teaching (?:council|licen[cs]e))\b|\bstruck off\b|\blose my (?:accreditation|licen[cs]e|registration|pin|cdl)\b"),
        ("redundancy", r"\bredundan\w+|\b(?:layoffs?|laid off|lay me off)\b[^.?!]{0,80}\?|\b(?:hidden|disguised|secret) layoffs?\b"),
        ("probation", r"\bprobation\b"),
        ("what-is-it-worth", r"\bhow much (?:would|could|can|might|will|do|does)\b[^?.!]{0,50}\b(?:tribunal|court|claim|compensation|lawyers?|solicitors?|attorneys?|judge)\b|\b(?:lawyer|solicitor|attorney)s?\b.{0,90}\b(?:afford|cost|ballpark|fees?|expensive)\b"),
        ("watched-at-work", r"\b(?:badge swipes?|mouse movements?|mouse jiggler|keystrokes?|key ?logg\w+|spyware|bossware|cctv)\b|\b(?:they|boss|manager|company|employer|hr|it dept|he|she)\b[^.?!]{0,25}\b(?:monitor|spy on|read|record|see|track|check)\w*\b[^.?!]{0,40}\b(?:laptop|screen|chats?|dms?|slack|teams messages|private messages|inbox|webcam|camera|location|gps|computer|browser|whatsapp)\b"),
        ("changed-job", r"\bnew contract\b|\bcut my hours\b|\bhours (?:cut )?from \d+ to \d+|\bdemot\w+|\boutside (?:of )?(?:my |our )?(?:contracted |working |paid )?hours\b|\b(?:cut|reduced|lower(?:ed)?) (?:my )?(?:hours|commission rate|grade)\b[^.?!]{0,60}\?"),
        ("accommodation", r"\basked for\b[^.?!]{0,30}\b(?:captions|subtitles|adjustments?|accommodations?|screen reader|read-aloud|interpreter)\b"),
        ("signing", r"\brefuse to sign\b|\bwant me to sign\b|\b(?:must|do) i (?:have to |need to )?sign\b|\bif i sign\b[^?]{0,40}\bvalid\b|\bi (?:already )?signed (?:it|that)\b[^?]*\b(?:admitted|unsign|undo|take (?:it|that) back)\b"),
        ("is-it-valid", r"\b(?:back-?dated|predated|pre-dated)\b|\b(?:is|isn'?t|are|was|would|does(?:n'?t)?|can) (?:it|this|that|any of (?:it|this)|the plan|my plan|the pip|a pip|this pip|this plan|they)\b[^?.!]{0,50}\b(?:valid|void|legal(?:ly)?|lawful|unlawful|illegal|fair|unfair|binding|enforceable)\b|\bmakes? the whole thing (?:void|invalid)\b|\b(?:betriebsrat|works council)\b[^.?!]{0,40}\b(?:not|never|wasn'?t|without)\b|\blegally (?:long|short|enough)\b|\bfair or (?:not|un)|\bget (?:it|this|the plan|my plan) (?:thrown out|cancelled|overturned|removed|struck)\b"),
        ("other-law", r"\bk(?:\u00fc|ue)ndig\w+|\babmahnung\b|\bat[- ]will\b|\bgdpr\b|\bdata (?:breach|protection)\b|\bfixed[- ]term\b|\bnotice period\b|\b(?:drug|alcohol) test\w*|\b(?:asked|accused|said)\b[^.?!]{0,40}\bbeen drinking\b|\blose my pension\b"),
    )
]  # fmt: skip
_OFFERED = re.compile(r"\b(?:they|hr|he|she|company|boss|manager)(?:'ve| have| has)? (?:just )?(?:gave|given|offer(?:ed|s|ing)|sent|handed|put)\b|\bdeadline\b|\b(?:sign|answer|decide) (?:it )?by\b", _I)
# A question in the language of the law, about something that no page is about.
_OF_LAW = re.compile(
    r"\b(?:legal\w*|illegal\w*|unlawful\w*|(?:labou?r|employment|contract|by|the|what|against the) laws?|statut\w+|tribunal|employment rights|my rights|any rights|entitled to|labou?r court"
    r"|k\u00fcndig\w+|kuendig\w+|abmahnung|betriebsrat|works council|obliged|workers'? rights)\b",
    _I,
)
OTHER = "other-law"
# Pages of one thing: never given to somebody who did not name it, however near the model finds them.
_OF_ONE_THING = {
    "hurt-at-work", "non-compete", "dates-of-money", "redundancy", "probation", "watched-at-work", "is-it-valid", "professional-register",
    "talk-about-it", "grievance-open", "which-law", "what-is-it-worth", "already-dismissed", "changed-job", "references", "hurtful-remark",
    "not-turning-up",
}  # fmt: skip
OF_COUNTRY = {"federal-employee": "us", "uk-rules": "uk", "australia-rules": "au", "canada-rules": "ca"}
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
        ("hurt-at-work", r"\b(?:hurt\w*|injur\w*|accident|comp|compensation|back|fell|fall|strain\w*|burn\w*|slip\w*|sprain\w*|pain|ill|sick)\b"),
        ("non-compete", r"\b(?:compet\w*|solicit\w*|clause|covenant|restrict\w*|garden\w*|clients?)\b"),
        ("dates-of-money", r"\b(?:vest\w*|rsus?|shares?|stock|options|bonus\w*|gratuity|commission\w*|bond|equity|payout)\b"),
        ("redundancy", r"\b(?:redundan\w*|lay-?\s?offs?|laid off|restructur\w*|downsiz\w*|headcount)\b"),
        ("probation", r"\bprobation\w*"),
        ("watched-at-work", r"\b(?:monitor\w*|track\w*|watch\w*|spy\w*|camera\w*|keystrokes?|badge|screens?|logs|gps|mouse|chats?|dms?|cctv)\b"),
        ("is-it-valid", r"\b(?:valid\w*|void|legal\w*|illegal\w*|lawful|fair|unfair|allowed|policy|procedure|backdat\w*|count|normal)\b"),
        ("professional-register", r"\b(?:licen[cs]\w*|regist\w*|nmc|college|board|council|pin|fitness to practi[cs]e)\b"),
        ("talk-about-it", r"\b(?:tell|told|talk|discuss\w*|confiden\w*|secret|share|show|post)\b"),
        ("grievance-open", r"\b(?:grievances?|complain\w*|appeal\w*)\b"),
        ("which-law", r"\b(?:whose|agency|contractor|umbrella|abroad|country|countries|remote\w*|payroll|vendor|outsourc\w*|second(?:ed|ment))\b"),
        ("what-is-it-worth", r"\b(?:how much|costs?|worth|afford|compensation|fees?|free)\b"),
        ("already-dismissed", r"\b(?:dismissed|fired|sacked|let go|terminated)\b"),
        ("changed-job", r"\b(?:contract\w*|demot\w*|role|hours|grade|shifts?|site|moved|rota)\b"),
        ("references", r"\b(?:references?|applications?|background check\w*|new (?:job|employer|boss|place)|next (?:job|employer)|future employer\w*)\b"),
        ("hurtful-remark", r"\b(?:said|says|saying|called|calls|remarks?|comments?|jokes?|wrote|quote)\b"),
        ("not-turning-up", r"\b(?:turn\w* up|show\w* up|go(?:ing)? in|refus\w*|attend\w*|walk\w* out|skip\w*|no-?show)\b"),
        ("union", r"\b(?:union\w*|steward|rep|reps|works? council|collective|unison|unite|gmb|teamsters|member)\b"),
    )
}  # fmt: skip


def find(text: str, search: Search, history: Sequence[str] = ()) -> str | None:
    """Id of the boundary card for a message that goes to the boundaries; None where it is about none of them."""
    if named := next((card for card, pattern in _NAMED if pattern.search(text)), None):
        return named
    scores = search.topics(text)
    said = " ".join((*history[-3:], text))
    likely = [card for card, score in scores.items() if spoken_of(card, said) or (score >= UNNAMED and card not in _OF_ONE_THING)]
    best = max(likely, key=scores.__getitem__)
    return best if scores[best] >= (CLEAR if best == nearest(text, search) else LEAST) else None


def asked(text: str) -> str | None:
    """Id of the boundary card that the words of a question name, whatever else the message is about; None where none does."""
    return next((card for card, pattern in _ASKED if pattern.search(text)), None)


def offered(text: str) -> bool:
    """Whether there is an offer to answer, and not one to ask for."""
    return _OFFERED.search(text) is not None


def of_law(text: str) -> bool:
    """Whether something is asked in the language of the law."""
    return _OF_LAW.search(text) is not None and asks(text)


def elsewhere(card: str | None, region: str | None) -> bool:
    """Whether the page is about another country than the one where the person works."""
    return card in OF_COUNTRY and region is not None and OF_COUNTRY[card] != region


def spoken_of(card: str, text: str) -> bool:
    """Whether a page may be named at all: of some nobody may read who never said a word of it."""
    return card not in _WORDS or _WORDS[card].search(text) is not None


def near(text: str, search: Search) -> str:
    """The card that is nearest, if it may be named; the general one otherwise."""
    card = nearest(text, search)
    return card if card not in _OF_ONE_THING or spoken_of(card, text) else OTHER


def nearest(text: str, search: Search) -> str:
    """The card that is nearest, however far away."""
    scores = search.topics(text)
    return max(scores, key=scores.__getitem__)
