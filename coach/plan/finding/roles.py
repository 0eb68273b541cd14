"""What a heading, a label or a sentence of a plan is about, by its words. Rules only; classify.py asks the sentence vectors."""

import re
from enum import StrEnum

_I = re.IGNORECASE


class Role(StrEnum):
    """What a part of a plan does."""

    GOAL = "goal"
    MEASURE = "measure"
    DEADLINE = "deadline"
    SUPPORT = "support"
    CHECK_IN = "check_in"
    CONSEQUENCE = "consequence"
    REASON = "reason"
    POLICY = "policy"
    MANAGER = "manager_duty"
    ACTIVITY = "activity"
    COMMENT = "employee_comment"
    ADVICE = "advice"
    SIGNATURE = "signature"
    RESPONSE = "response_window"
    DETAIL = "detail"
    RIGHTS = "rights"


# The first that fits decides: what takes words out of the plan stands before what puts them in.
_LABELS = [
    (role, re.compile(pattern, _I))
    for role, pattern in (
        (Role.DETAIL, r"^status$|^\W*(?:improvement|plan|assessment|notice) period\W*$|^member of staff\W*$"),
        (Role.ADVICE, r"how to (?:use|fill|complete)|delete (?:this|before)|for managers\b|sample (?:objectives?|goals?)|^(?:tip|note to|guidance|instructions?|hint)s?\b|example (?:objectives?|goals?|of)|good example|checklist for|template|(?:for )?(?:hr|office|official) use only"),
        (Role.COMMENT, r"(?:employee|team member|staff member|colleague|your|worker)(?:'s|\u2019s|s')? (?:own )?(?:comments?|remarks?|response|statement|feedback|view|reply|reflections?)|(?:employee|team member|staff member|colleague|worker)(?:'s|\u2019s|s')? own (?:action )?(?:plan|ideas|words)|^(?:note|comments?|remarks?) (?:from|by) (?!(?:the )?(?:manager|supervisor|hr)\b)|(?:comments?|remarks?|statement) (?:of|by|from) (?:the )?(?:employee|worker|staff|team)|in (?:his|her|their|your) own words|^(?:remarks|comments)\b"),
        (Role.SIGNATURE, r"^(?:sign|signed|signing|signatures?|acknowledg\w+|declaration)\b|signatures?$|acknowledge?ment"),
        (Role.RESPONSE, r"(?:right|how|time|chance) to (?:reply|respond|comment|appeal)|appeal|response window|written (?:response|reply|comments?)|grievance"),
        (Role.RIGHTS, r"your rights|right to be accompanied|employee assistance|confidential\w*$|accommodation|well-?being|support person"),
        (Role.GOAL, r"^(?:goals?|objectives?|targets?) (?:and|&|with) |(?:required|expected|needed|necessary|agreed) (?:standards?|improvements?|performance|behaviou?rs?|outcomes?|results?|changes?|level|actions?)|standards? (?:is |are |we |that )?(?:required|expected|need)|(?:improvements?|changes?) (?:required|needed|expected|necessary|we need)|what (?:is|are|was) (?:required|expected|needed|asked|agreed)|^what (?:we|i|the \w+) (?:expects?|wants?|asks?|looks? for)\b(?!.*\b(?:every|all|each)\b)|what (?:must|has to|needs to|should|we need|you need|i need|you (?:must|have to|are (?:asked|expected|required)))\b|what (?:good|success) (?:looks|will look)|what (?:will|is to|should|must) be (?:demonstrated|achieved|shown|done|different|in place|delivered)|what standards?\b.{0,20}\b(?:need|expect|see|require)|what (?:has|needs) to (?:be different|change)"),
        (Role.REASON, r"in what way|what is the (?:concern|problem|issue)|below (?:the )?(?:required|expected)|what (?:happened|is happening|went|we (?:talked|saw|see|found|discussed|observed))|^data (?:that|which|showing)|talked about|discussed|^before\b|current (?:state|level|performance|situation)|actual performance|^measured$|^deficits?\b"),
        (Role.MEASURE, r"how (?:and when |when and )?(?:will )?(?:we(?:'ll| will| are going to)?|you(?:'ll| will)?|it|i|this|they|success|progress|each goal|the goals?)?(?: will)? ?(?:both )? ?(?:will be |is |are |shall be )?(?:measure\w*|judg\w*|check\w*|assess\w*|know\w*|see\b|seen|shown|track\w*|evaluat\w*)|measure(?:ment|d by|s)?\b|^measurable|^(?:expected |required )?level$|success (?:criteria|measures?|indicators?|looks)|criteria|metrics?|\bkpis?\b|^targets?$|evidence|indicators?|standard of success|done when|how will (?:we|you|it)|proof"),
        (Role.CHECK_IN, r"check[- ]?(?:in|point)s?|(?:progress|review|follow[- ]?up|feedback|catch[- ]?up|one[- ]to[- ]one|weekly|regular) (?:review|meeting|talk|session|conversation|schedule|discussion|date|check)\w*|(?:review|meeting|monitoring) (?:schedule|arrangement|plan|process|frequency|point)\w*|^(?:conferences?|reviews?|meetings?|monitoring|follow[- ]?up|rhythm|progress|how we (?:work together|will meet|keep in touch|stay in touch)|frequency)\b"),
        (Role.CONSEQUENCE, r"consequence|^results?$|outcomes?\b|what (?:will )?happens?\b|if (?:the |this |you |it |these |there |goals |no )?[^?]{0,40}(?:not\b|n't |fail|succeed|no improvement)|failure|next steps?|after the plan|possible results?|at the end of the (?:plan|period)|^if\b"),
        (Role.SUPPORT, r"\bsupport|\bhelp\b|assist\w*|resources?|training|coaching|mentor\w*|what (?:we|i|the (?:company|employer|manager|supervisor|school|hospital|firm|clinic|council|college|county|team))(?:'ll| will| can| do| offers?| provides?|$)|what you (?:get|can expect) from\b|how (?:we|i) (?:will )?(?:back|help)|count on|^achievable|development (?:support|opportunit\w+)|our (?:part|side|commitments?)|(?:company|employer|manager|supervisor)(?:'s|\u2019s)? (?:will|commitments?|responsibilit\w+|part|actions?|steps?)|tools? (?:provided|given)"),
        (Role.DEADLINE, r"time ?-?(?:line|frame|scale|table)s?|\bby when|deadline|due\b|target date|(?:projected )?completion|complete by|^time$|^time-?bound|^when\b|end date for|^dates?$|review date|^by$|^(?:ends?|until|(?:to be )?(?:done|completed?|finished?) by)$"),
        (Role.MANAGER, r"(?:manager|supervisor|hr)(?:'s)? (?:duties|tasks|checklist|to do)|who does what"),
        (Role.ACTIVITY, r"activit\w+|suggested|weekly checkpoints|steps? (?:to take|you can)|action steps|how (?:you|to) (?:will |can )?(?:accomplish|achieve|get there|do it)|ideas"),
        (Role.REASON, r"concerns?\b|issues?\b|problems?\b|reasons?\b|background|deficien\w*|shortfall|what went wrong|why\b|history|incidents?|context|findings?|summary of|^relevant|observations?|gaps?\b|(?:unsatisfactory|unacceptable|below)|areas? (?:of|for|where)|impact|previous (?:warnings|discussions)|facts"),
        (Role.POLICY, r"polic(?:y|ies)|standards? (?:for|of) (?:the )?(?:function|role|job|conduct|position|work)|^(?:(?:work|job|grade|service) (?:level )?)?standards?$|house rules|code of conduct|terms|general (?:rules|conditions|information)|other information|job (?:description|duties)|critical element|legal"),
        (Role.GOAL, r"goals?\b|objectives?\b|expectations?\b|milestones?|targets?\b|deliverables?|commitments?|^specific|actions?\b|tasks?\b|requirements?\b|improve\w*|throughout the plan|to be achieved|opportunity period|(?:first|next|second|final|last) \d+ days|days? \d+|duty \d|priorit\w+|you (?:will|must|agree)|(?:teacher|employee|staff member|team member|nurse|worker|driver) (?:will|must)$|what (?:the )?(?:teacher|employee|staff member|officer|colleague|nurse|worker|driver|he|she|they|you) (?:will|must|is to|are to|has to|have to)\b|^(?:what|task|expectation|step)$|what you (?:will|do|deliver)"),
        (Role.DETAIL, r"details|parties|participants|personal|^name|employee|manager|supervisor|position|department|plan period|distribution|^copies|^cc\b|about (?:this|the) (?:plan|form|document)"),
    )
]  # fmt: skip


_TITLE = re.compile(r"^\W*(?:\d+[- ]day |employee |individual |formal |informal |my |your )?(?:(?:performance|work|service|professional)[ -])?(?:improvement|performance|support|development|action|success|turnaround|corrective action) (?:plan|form|notice|programme|program|agreement|letter)\b.{0,60}$|^\W*(?:plan of assistance|pip)\b.{0,40}$", _I)  # fmt: skip


_PRIVATE = re.compile(r"^\W*(?:strictly )?(?:private|personal|confidential)(?:(?:,| and| &)+ (?:private|personal|confidential))*\W*$", _I)
_ABOUT_ALL = re.compile(r"\b(?:improvement|performance|support|development|capability)\b[^.?]{0,30}\b(?:plan|programme|notice)\b", _I)
_PART = re.compile(r"\b(?:goals?|objectives?|why|how|if|what|end|outcome|reasons?|areas?|standards?|expectations?|actions?|review|support (?:we|for|from|and)|during|purpose|consequences)\b", _I)


def names_form(text: str) -> bool:
    """Whether the words are only the name of the whole document: "Performance Improvement Plan"."""
    return bool(_TITLE.match(text.strip()))


def label(text: str) -> Role | None:
    """What a heading, column header or field label introduces; None where the words do not tell."""
    if names_form(text) or _PRIVATE.match(text.strip()) or (_ABOUT_ALL.search(text) and not _PART.search(text) and len(text.split()) < 14):
        return None
    words = re.sub(r"^\(?(?:step|section|part|stage|no\.?|item)?\s*(?:\d+[a-z]?|[a-z]|[ivx]+)?\s*[-.):\u2013\u2014]*\s+(?=\w)", "", text.strip().strip("*#: "), flags=_I)
    return next((role for role, pattern in _LABELS if len(words) < 110 and pattern.search(words)), None)


NUMBERED = re.compile(r"^(?:(?:on |for |regarding |re )?(?:smart |performance |improvement )?(?:goal|objective|expectation|issue|concern|problem|target|task|item|point|area|milestone|duty|action|priority)s?\s*(?:no\.?|#|number)?\s*)(?P<n>\d{1,2}(?:\.\d{1,2})?|(?<=\s)(?-i:[A-F]))\b\s*[:.)\-\u2013\u2014]*\s*", _I)  # fmt: skip

_YOU = r"(?:you|the (?:employee|staff member|team member|worker|postholder|colleague)|employee|{name})"
_MUST = re.compile(
    rf"\b{_YOU} (?:also |now |then |therefore )?(?:must|shall|need(?:s)? to|ha(?:ve|s) to|(?:are|is) (?:required|expected|asked|to\b)|will (?:be (?:required|expected|asked) to|need to|have to|not\b)|should|may not|cannot|can no longer)|"
    r"\b(?:i|we) (?:also |now |further |will )?(?:need|expect|want|require|ask|am asking|are asking) (?:that )?(?:you|to see)\b|\b(?:i|we) (?:also )?expect that\b|\byour (?:[\w'-]+ ){1,5}?(?:needs?|ha(?:ve|s)|is|are) to\b|\b(?:i|we) would (?:also )?like you to\b|\b(?:is|are) (?:required|expected) to\b|\b(?:it is|is) (?:expected|required|essential) that you\b|\bmust\b|\byou no longer\b|\bfrom (?:today|now on),? you\b",
    _I,
)  # fmt: skip
_GIVEN = re.compile(
    rf"\b{_YOU} (?:will|are|is|can|may)(?: also)? (?:be )?(?:given|provided|offered|receive|get\b|have (?:access|a|an|the|one|two|three|time|regular|weekly)|enrolled|booked|taken off|released|allowed|able to|entitled|invited|supported|paired|meet\b|told|reminded|informed|free to|assigned a|shown|notified|accompanied)|"
    rf"\b{_YOU} (?:have|has) (?:the right|been (?:enrolled|booked|given)|a right)|^(?:also,? |and )?{_YOU} (?:may|can) (?!not)",
    _I,
)  # fmt: skip


def obliges(sentence: str) -> bool:
    """Whether a sentence asks something of the employee, and is not about what they get or may do."""
    return bool(_MUST.search(sentence)) and not _GIVEN.search(sentence)


def is_given(sentence: str) -> bool:
    """Whether a sentence says what the employee gets or may do."""
    return bool(_GIVEN.search(sentence))


PLACEHOLDER = re.compile(r"^\W*(?:\[[^\]]*\]|<[^>]*>|_{3,}|\.{4,}|\u2026+|n/?a|tb[cda]|(?:still )?to be (?:confirmed|decided|agreed|determined|evaluated|advised|completed|discussed|set|fixed|announced|defined|arranged)\b.*|not (?:yet )?(?:defined|agreed|decided|set|specified|known|applicable|stated).*|none|nil|not (?:yet )?started|-+|\u2013|\u2014|insert .*|see (?:above|below|step|section).*|click (?:or tap|here).*|x{3,})\W*$", _I)  # fmt: skip
VAGUE = re.compile(
    r"\b(?:attitude|team ?player|ownership|proactiv\w*|pro-active|communicat\w*|leadership|positiv\w*|energy|strategic\w*|presence|professional\w*|initiative|"
    r"engage\w*|commitment|committed|collaborat\w*|construct\w*|leader\w*|better|improve|more|mindset|respect\w*|accountab\w*|confiden\w*|judge?ment|reliab\w*|flexib\w*|visib\w*|"
    r"interpersonal|culture|values|quality|efficien\w*|effective\w*|urgency|organi[sz]ed|focus\w*|attention to detail|motivat\w*|enthusias\w*|relationship\w*|"
    r"responsib\w*|dedicat\w*|passion\w*|approach\w*|tone|manner|stakeholder\w*|demonstrate|show|clean|tidy|work on|consistent(?:ly)?|appropriate\w*|timely|satisfactory|acceptable|good|high(?:er)? standard\w*)\b",
    _I,
)  # fmt: skip
_VERBS = set(
    ["accept", "achieve", "acknowledge", "act", "adapt", "add", "address", "adhere", "agree", "allow", "answer", "apply", "arrive", "ask", "assist", "attend", "avoid", "be", "become", "begin", "bring", "build", "call", "calibrate", "carry", "cease", "change", "check", "clean", "clear", "close", "collect", "come", "communicate", "complete", "comply", "conduct", "confirm", "consult", "contact", "continue", "contribute", "coordinate", "correct", "cover", "create", "cut", "deal", "decide", "define", "delegate", "deliver", "demonstrate", "describe", "design", "develop", "discuss", "display", "do", "document", "draft", "drive", "eliminate", "email", "enclose", "engage", "enrol", "ensure", "enter", "escalate", "establish", "evidence", "exceed", "exercise", "explain", "explore", "fill", "file", "finish", "fix", "focus", "follow", "forward", "fulfil", "gain", "generate", "get", "give", "go", "greet", "hand", "handle", "have", "help", "hit", "hold", "identify", "implement", "improve", "include", "increase", "inform", "initiate", "inspect", "introduce", "invite", "issue", "join", "keep", "know", "label", "lead", "learn", "leave", "limit", "list", "listen", "load", "lock", "log", "lower", "maintain", "make", "manage", "meet", "mentor", "minimise", "minimize", "monitor", "move", "notify", "observe", "obtain", "offer", "open", "order", "organise", "organize", "own", "participate", "pass", "perform", "phone", "place", "plan", "post", "practise", "practice", "prepare", "present", "prevent", "prioritise", "prioritize", "process", "produce", "propose", "prove", "provide", "publish", "push", "put", "raise", "reach", "read", "record", "redo", "reduce", "refer", "refrain", "register", "remain", "remove", "reply", "report", "request", "resolve", "respect", "respond", "retake", "return", "review", "run", "schedule", "secure", "seek", "sell", "send", "serve", "set", "share", "show", "sign", "speak", "spend", "staff", "start", "stay", "stick", "stop", "store", "submit", "supervise", "support", "sustain", "take", "talk", "teach", "test", "tidy", "track", "train", "treat", "turn", "undertake", "update", "upload", "use", "validate", "verify", "visit", "wait", "walk", "wash", "watch", "wear", "weigh", "welcome", "work", "write", "wipe", "pack", "pick", "scan", "sort", "stack", "load", "count", "measure", "match", "mark", "mention", "name", "never", "not", "no", "always", "consistently", "reliably", "correctly", "regularly", "personally", "proactively", "actively", "please", "do", "don't"]
)  # fmt: skip


def imperative(text: str) -> bool:
    """Whether a text begins with a verb that tells somebody to do something."""
    first = re.match(r"\W*([A-Za-z']+)(?!\w*\s*:)", text)
    return bool(first) and first[1].lower() in _VERBS
