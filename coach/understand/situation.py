"""Situations that call for their own curated reply or opening, recognised by rules. One message has at most a few."""

import re
from collections.abc import Sequence

from coach.schema.conversation import Known
from coach.understand.facts import Found

_I = re.IGNORECASE

# Each has a full reply in knowledge/lines/situations.yaml. The order is the order of urgency.
REPLIES = (
    ("panic_now", r"(?:can'?t|cant|cannot) breathe|chest (?:is )?(?:tight|pain|hurts)|panic attack|hyperventilat|heart (?:is )?(?:racing|pounding)"),
    ("by_a_thread", r"\b(?:hang\w*|holding) (?:on )?by (?:a|my) (?:last )?(?:thread|fingernails)|\bbarely (?:holding|keeping) (?:on|it together)|\bat the end of my (?:rope|tether)"),
    ("drink", r"\b(?:i|i'?m) (?:have|need|take|had|drink(?:ing)?|started drinking)\b[^.?!]{0,30}\b(?:a drink|drinks|wine|vodka|whisky|beers?|drinking|drink)\b[^.?!]{0,20}\b(?:before|to get through|every|to face|at lunch)|\bdrink(?:ing)? (?:before|to get through|to face)"),
    ("young", r"\bi(?:'m| am|m) (?:only |just )?(?:1[3-7]|thirteen|fourteen|fifteen|sixteen|seventeen)\b(?! (?:weeks?|days?|months?|years? (?:in|at|here)|minutes?|goals?|out))"),
    ("missed", r"^\W*(?:something else|not what i meant|none of (?:these|those|them))\W*$|\b(?:that'?s|thats|this is|it'?s) not what i (?:asked|said|meant)|\b(?:didn'?t|did not|not) (?:answer|answering) (?:my|the|what) |\b(?:that|this) (?:doesn'?t|does not|didn'?t|isn'?t) (?:help|any help|helpful|helping|any use|answer)|"
               r"why (?:are|do) you (?:giv\w+|tell\w+|say\w+|ask\w+|repeat\w*) (?:me )?(?:a |the |this|that|all|again|it)|\byou(?:'re| are)? (?:not listening|didn'?t (?:listen|read|hear))|\byou already (?:said|told|asked)|stop (?:repeating|saying (?:that|the same)|asking)|\bi (?:already )?know what a (?:pip|plan) is|wrong answer|\bwhat (?:message|letter|e-?mail|list)\?|\bi (?:didn'?t|didnt|never) (?:write|send|say|ask for) (?:any|a|that)\b|\b(?:not|isn'?t) sure (?:that|this) (?:helped|helps|answers)|\b(?:that|this) (?:wasn'?t|was not) (?:helpful|what i|any help)|\b(?:useless|rubbish|shit) (?:answer|advice|reply|bot)"),
    ("send_or_not", r"\b(?:do|should|shall|can|could) i (?:just |really |actually )?(?:send|hit send|post) (?:it|this|that|him|her|them)\b(?![^.?!]{0,30}\b(?:to hr|in writing|by (?:post|email)))|\bsend (?:it|this) or (?:not|no|don'?t|wait|leave)|\b(?:thumb|finger)s?\b[^.?!]{0,20}\bsend\b"),
    ("walk_out", r"\b(?:walk(?:ing)? out|hand(?:ing)? (?:my|the|in my) (?:keys|badge|laptop|notice)|jack(?:ing)? it in|pack(?:ing)? it in|quit(?:ting)? (?:today|on the spot|right now|tomorrow)|just (?:quit|leave|go home and never))\b|\bshould i (?:just )?walk\b"),
    ("sleep", r"\bhow (?:do|can|am) i (?:even |ever )?(?:supposed to |going to |gonna )?(?:get to |get any |get some )?sleep\b|\b(?:can'?t|cant|cannot) (?:get to )?sleep\b"),
    ("brackets", r"\b(?:give|gave|giving|got|leave|left|only|just|full of|with|without|these|all the|in the|why)\b[^.?!]{0,15}\bbrackets?\b(?!.*\b(?:tax|pay)\b)|\b(?:with|use|using) my (?:own )?facts\b"),
    ("tell_family", r"\b(?:wife|husband|partner|girlfriend|boyfriend|mum|mom|mother|dad|parents|family) (?:does ?n.?t|do ?n.?t|has ?n.?t|have ?n.?t)[^.?!]{0,20}\b(?:know|heard|idea)\b(?=.*\b(?:tell|say|wait)\b)|\b(?:how|what)\b[^.?!]{0,25}\b(?:tell|say to|explain (?:it |this )?to)\b[^.?!]{0,12}\b(?:wife|husband|partner|girlfriend|boyfriend|mum|mom|mother|dad|father|parents|kids|children|family|son|daughter)\b"),
    ("they_ask", r"\bwhat (?:will|would|are|do|might|could|can) (?:they|he|she|hr|my (?:boss|manager))\b[^.?!]{0,20}\bask\b"),
    ("say_sorry", r"\b(?:should|do|shall|can|must) i (?:say (?:i'?m |im )?sorry|apologi[sz]e)\b"),
    ("go_blank", r"\b(?:mind|head|brain)\b[^.?!]{0,15}\b(?:blank|empty|freez\w+|mush)\b|\b(?:i|if i) (?:go blank|freeze|can'?t get a word out|forget everything)\b"),
    ("what_hr_does", r"\bwhat\b[^.?!]{0,15}\bhr\b[^.?!]{0,15}\b(?:do|does|want|there for|role|job|say)\b|\bwhose side is hr\b|\bis hr on my side\b"),
    ("what_to_log", r"\bwhat (?:do|should|can|must|shall) i (?:log|note|write down|record|put (?:in|into) (?:my |the )?(?:log|notes|diary))\b"),
    ("rebook", r"\bre-?book\w*|\breschedul\w*|\b(?:what|how)'?s?\b[^.?!]{0,60}\bcancel\w*|\bcancel\w*[^.?!]{0,40}\b(?:what (?:do|should|can)|how (?:do|should|can))\b"),
    ("evidence", r"\b(?:what|which) (?:kind of |sort of )?(?:evidence|proof|records?|notes)\b[^.?!]{0,30}\b(?:keep\w*|collect\w*|sav\w+|gather\w*|should|need|have)\b|\b(?:keep|collect|gather|save)\w* (?:as )?(?:evidence|proof)\b"),
    ("bring", r"\bwhat (?:should|do|can|shall|must) i (?:even )?(?:bring|take (?:with me|along|in)|have with me)\b|\bwhat to bring\b"),
    ("watched", r"\b(?:what|how|anything)\b[^.?!]{0,50}\b(?:observation|observed|shadow\w*|spot check|listen(?:ing)? in|sit(?:ting)? in on|ride[- ]?along|audit(?:ed)?)\b"),
    ("cut_off", r"\b(?:cuts?|cutting) (?:me|in|across me)(?: me)? ?off|\bcuts? me off|\b(?:talks?|talking|speaks?|shouts?) (?:over|across) me|\binterrupt(?:s|ing)? me|\b(?:doesn'?t|does not|don'?t|never|won'?t) lets? me (?:finish|speak|talk)|\bwhen (?:he|she|they) interrupts?"),
    ("tears", r"\b(?:what if|if|afraid|scared|worried|how (?:do|can) i (?:not|stop)|don'?t want to|dont want to|going to|gonna|will|might) (?:\w+ ){0,3}(?:cry|crying|tears|break down|well up|burst into)\b(?! yet)"),
    ("lose_temper", r"\b(?:gonna|going to|about to|want to|wanna|will|i'?ll) (?:just )?(?:tell (?:him|her|them) (?:to (?:shove|stuff|stick|f\w*|go)|where to|what i (?:really |actually )?think|exactly)|walk out\b|storm out|let (?:him|her|them) have it)|\b(?:what if|if|afraid|scared|worried|how (?:do|can) i (?:not|stop)|going to|gonna|will|might) (?:\w+ ){0,3}(?:lose (?:my temper|it with|my cool|it in)|snap(?: at)?|explode|blow up|shout(?: at| back)?|kick off|swear at)\b"),
    ("first_words", r"\bwhat (?:do|should|can|shall|would) i (?:even |actually )?(?:say|open with) (?:first|(?:on|at|in) (?:the |that |my )?(?:mon|tues|wednes|thurs|fri|satur|sun|tomorrow|meeting|room)\w*|to (?:him|her|them) (?:on|tomorrow|in the)|when i (?:walk|go|get|sit)|as i (?:walk|go)|to (?:start|open|begin))|\b(?:first|opening) (?:words|sentence|line)\b|\bhow (?:do|should|can) i (?:start|open|begin) (?:it|the (?:meeting|talk|conversation|chat)|off)\b"),
    ("one_line", r"\b(?:one|a|1|single|short) (?:short |single |simple |calm )?(?:line|sentence)\b[^.?!]{0,30}\b(?:say|tell)\b(?![^.?!]{0,40}\b(?:email|e-mail|message|letter)\b)|\bi (?:said|asked for|want(?:ed)?|need(?:ed)?) (?:just )?one (?:line|sentence)\b|\bgive me (?:just )?one (?:line|sentence)\b"),
    ("vent_only", r"(?:just|only) (?:want|need|wanna|here) (?:to )?(?:vent|rant|moan|scream|get (?:it|this) out|let (?:it|off))|"
                  r"(?:no|dont want|don'?t want|not looking for|not asking for|spare me(?: the)?|without) (?:any )?(?:advice|tips|solutions|fixing)|let me (?:just )?(?:vent|rant)|"
                  r"need to (?:vent|rant)"),
    ("angry_post", r"\b(?:facebook|linkedin|twitter|reddit|glassdoor|instagram|tiktok|blog) (?:post|thread|review)\b|\bhover\w* over (?:the )?(?:post|send)|\b(?:about to|going to|gonna|want to|ready to|hovering over|tempted to|wanna) "
                   r"(?:post|hit send|press send|reply all|reply-all|tell (?:everyone|the whole|all of))|email (?:to )?the (?:whole|entire) (?:company|team|office)|on blast"),
    ("told_in_the_open", r"\b(?:door (?:was )?(?:wide )?open|in front of (?:everyone|everybody|the (?:whole )?(?:team|office|shop|class)|my (?:team|colleagues)|customers|patients)|"
                         r"(?:everyone|everybody|the whole (?:team|office|floor)) (?:could )?(?:hear|heard|saw))\b"),
    ("odds", r"\b(?:odds|ratio|percent(?:age)?|success rate|survival rate|how many people|what are my chances|(?:can|could) (?:it|this) (?:still )?(?:even )?be (?:turned (?:round|around)|saved)|chances? (?:of|that|do i)|"
             r"do (?:people|ppl|folks|any\w*) (?:ever )?(?:actually |really |even )?(?:survive|pass|make it|come (?:through|back|out)|get through)|anyone ever (?:survive|pass|make)|does anyone (?:ever )?(?:actually )?(?:survive|pass|make))"),
    ("am_i_passing", r"\bam i (?:passing|failing|doing ok|doing alright|going to (?:pass|fail|make it)|gonna (?:pass|fail|make it)|safe)\b|\bwill i (?:pass|fail|make it|survive)"),
    ("keep_job", r"\b(?:will|am|do you think|think|reckon)\b[^.?!]{0,25}\b(?:i|i'?m|i'?ll|i'?d)\b[^.?!]{0,15}\b(?:keep|lose|still have) my job\b|\b(?:are|will) they (?:going to |gonna |gunna )?(?:sack|fire) me\b"),
    ("fault_or_bullying", r"\b(?:is (?:it|this|that)|was (?:it|this)|be honest)\b[^.?!]{0,40}\b(?:my fault|bullying|my own fault|harassment or|unfair or|fair or)|had it coming|whose fault|which is it\b|am i the (?:problem|bad|asshole)"),
    ("what_tonight", r"\b(?:what (?:do|should|can) i (?:even )?do (?:tonight|tonite|2night|this evening|right now|first|now)|one thing (?:should|can|do) i do (?:tonight|tonite|now)|what now\b|where do i (?:even )?(?:start|begin)|what'?s the first (?:thing|step)|whats the first (?:thing|step)|plan for tonight)\b(?![^.?!]{0,10}\babout\b)(?![^.?!]{0,20}\btomorrow\b)|^\W*(?:so |ok |okay |but |well |god |help )*(?:what (?:do|should|can|am) i (?:even )?(?:do|supposed to do)|i (?:just )?(?:don'?t|dont|do not) know what to do)(?: now)?\W*$"),
    ("thanks", r"^(?!.*(?:\?\s*$|\b(?:can|could|would|will) you\b|\bbut\b|not what|\bone more\b|\b(?:note|write|draft|letter|e?-?mail|message|msg|card|text|slack)\b|\bnow\b.*\b(?:write|make)\b))(?=.{0,110}$).*(?:\bthank(?:s| you| u)?\b|\bcheers\b|\bbravo\b|\bperfect\b|\bi'?ll use that\b|\b(?:stealing|using|nicking|keeping) (?:that|this)\b|\bthat'?s (?:lovely|great|decent|better|helpful|perfect)\b|\bmore useful\b|\bi can say (?:that|this)\b)|^\W*(?:ok(?:ay)? |great |cool |no )?(?:thanks?|thank you|thx|ty|cheers|ta|much appreciated)\b[^?]{0,60}$"),
    ("greeting", r"^\W*(?:hi+|hey+|hello+|hiya|yo|good (?:morning|afternoon|evening)|morning|evening|is (?:anyone|anybody|someone) there)\b[^?]{0,25}\??\W*$"),
    ("ok_what_next", r"^\W*(?:ok(?:ay)?|right|alright|fine|so)?[ ,.]*(?:what(?:'?s| is)? next|now what|and now|then what|next)\W*$"),
)  # fmt: skip
# Of these the ones that ask for something everyday, in which a faint sign of danger is more likely a misreading.
PRACTICAL = (
    "send_or_not", "one_line", "evidence", "bring", "watched", "rebook", "they_ask", "say_sorry", "what_hr_does", "what_to_log", "keep_job", "odds",
    "what_tonight", "first_words", "start_under_way",
)  # fmt: skip
# Openings only; the guidance card carries the rest.
OPENINGS = (
    ("hr_to_join", r"\b(?:ask(?:ing)?|want(?:ing)?|invit(?:e|ing)|bring(?:ing)?|get(?:ting)?|hav(?:e|ing)|like|need|could|can|should)\b[^.?!]{0,25}\b(?:hr|human resources)\b[^.?!]{0,15}\b(?:sit|join|come|be (?:there|in)|in the room)\b[^.?!]{0,15}\b(?:with (?:me|us)|in|too|along)\b"),
    ("signed_already", r"\bi(?:'ve| have|ve)?(?: already| just| kind of| panicked and)* signed\b"),
    ("cancelled_check_ins", r"\bcancel\w*|called off|no[- ]show"),
    ("colleague_hurt", r"\b(?:colleague|coworker|co-worker|friend at work|she|he|someone|they|mate) (?:reported|grassed|complained|told on|ratted|snitched|went behind)|"
                       r"(?:anonymous )?feedback\b[^.]{0,60}\b(?:anonymous|exactly one person|must be|i know who)|\bbehind my back\b|\b(?:stabbed|threw me under)"),
    ("avoiding_manager", r"\b(?:avoid\w*|hid(?:e|ing)|dodg\w+|back stairs|can'?t (?:face|look at) (?:him|her|them)|last (?:person|human|one))"),
    ("embarrassed", r"\b(?:embarrass\w*|humiliat\w*|mortif\w*|in front of (?:everyone|everybody|the team|my team)|door (?:wide )?open|nearly died)"),
    ("angry_post", r"\b(?:going to|gonna|want to) (?:tell|email|message) (?:everyone|them all|the whole)"),
    ("stakes", r"\b(?:lose|loose|losing) (?:the |my |our |this )?(?:flat|house|home|apartment|visa|kids)\b|\b(?:rent|mortgage)\b|\bsingle (?:mum|mom|dad|parent)\b|\b(?:my|the|two|2|three|3) (?:kids|children|babies)\b"),
    ("load", r"\b(?:drowning|swamped|too much (?:work|on)|dead on my feet|buried|workload|overloaded|12 hour|double shifts?)\b"),
    ("progress_unseen", r"\b(?:nobody|no ?one|she|he|they|manager|boss)\b[^.?!]{0,30}\b(?:notic\w*|said anything|says anything|seen|mm,? ok|poker)"),
    ("verbal_only", r"\b(?:nothing|not) (?:in writing|on paper)|over the phone|only told|verbal"),
    ("vague_goal", r"\b(?:vague|attitude|team ?player|proactive|presence|communication|how (?:would|do) (?:they|i|you) (?:even )?(?:measure|know|judge))\b"),
    ("wants_verdict", r"\b(?:is (?:that|this|it) (?:fair|even legal|normal)|be honest|be straight|tell me straight)\b"),
    ("wanted_out", r"\b(?:they|he|she|company|management|boss)(?:'ve|'s| have| has| just| all| clearly| obviously| really)* wants? (?:me|us) (?:out|gone)|\bwants? rid of me|\b(?:get|getting|got) rid of me|\b(?:planned|planning|decided|had it ready) (?:this |it |all this )?(?:for (?:\w+ )?(?:weeks|months|ages|a while|a long time)|all along|already|before)|\b(?:push\w*|manag\w+|squeez\w+|edg\w+|forc\w+) me out\b|\b(?:set ?-?up|stitch ?-?up|sham|foregone|paper trail|building a case)\b"),
    ("good_news", r"\b(?:good news|went (?:well|ok|great|fine|better)|it worked|she (?:said|says) (?:it'?s )?(?:better|good)|he (?:said|says) (?:it'?s )?(?:better|good)|passed|nailed|smashed|clapped)\b"),
    ("unsure_stay", r"\b(?:stay or|stick it out|worth (?:it|staying)|torn|half of me)\b"),
)  # fmt: skip
LONG_COMPLAINT = 14  # words
_ASKED = re.compile(r"\bi (?:asked|meant|wanted to know) (?:what|which|how|if|whether|when|who|why|about)\b", _I)
_REPLIES = [(name, re.compile(pattern, _I)) for name, pattern in REPLIES]
_OPENINGS = [(name, re.compile(pattern, _I)) for name, pattern in OPENINGS]
_QUESTION = re.compile(
    r"\?|\b(?:want(?:ed)?|need|like) to know\b|\bwonder(?:ing)? (?:if|whether|what|how|why)\b|(?:^|[,.;:!]\s*)\W*(?:(?:so|ok(?:ay)?|and|but|right|then|also|well|pls|please) )*"
    r"(?:what|whats|how|hows|when|where|who|why|which|should|shall|can|could|do i|does|did (?:they|he|she|you)|is (?:it|that|there|this)|are (?:they|there)|am i|will|would|may i|must i)\b(?! (?:a|an) )",
    _I,
)
_START = re.compile(r"\b(?:where|how) (?:do i |to )(?:even )?(?:start|begin)\b", _I)
_WEEKS_IN = re.compile(r"\b(?:\d+|two|three|four|five|six|a few|couple of) (?:weeks?|months?) (?:ago|in|into)\b|\bhad \w+ weeks\b", _I)
_MINUTES = re.compile(r"\bin (?:about |like )?(?:\w+ ?){1,2}min|half an hour|any (?:second|minute)|right now", _I)
_NOW = re.compile(r"\b(?:now|on the spot|right away|immediately|before i (?:leave|go)|waiting|today|tonight|standing|end of (?:the )?day|eod)\b", _I)
_LANGUAGES = {
    "spanish": ["que", "he", "del", "es", "se", "lo", "las", "muy", "nada", "todavía", "tengo", "más", "gracias", "reunión", "de", "la", "el", "me", "un", "en", "mi", "los", "por", "con", "una", "para", "está", "estoy", "pero", "jefe", "trabajo", "plan", "qué", "hacer", "han", "puesto", "no", "sé"],
    "french": ["je", "de", "la", "le", "et", "un", "une", "mon", "ma", "que", "pas", "les", "est", "suis", "dans", "pour", "chef", "travail", "ils", "ont", "mis", "on", "m'a", "quoi", "faire", "j'ai"],
    "german": ["ich", "und", "die", "der", "das", "ein", "eine", "mein", "meine", "nicht", "ist", "habe", "hat", "mir", "soll", "chef", "arbeit", "sie", "was", "jetzt", "auf", "wurde", "bin"],
    "portuguese": ["que", "de", "o", "a", "eu", "não", "um", "uma", "meu", "minha", "para", "com", "estou", "me", "chefe", "trabalho", "em", "os", "fazer", "colocaram", "fui", "mas"],
    "other_language": ["ik", "het", "een", "niet", "mijn", "werk", "di", "il", "che", "sono", "mio", "lavoro", "non", "una", "nie", "mam", "praca", "jest", "się"],
}
_ENGLISH = ["the", "i", "my", "is", "to", "a", "and", "it", "they", "in", "on", "me", "of", "for", "what", "do", "am", "he", "she", "was", "not", "have", "this", "that", "but", "how", "with", "if", "you", "are", "be", "we", "so", "or", "at", "an", "at", "yes", "just", "all", "why", "when", "who", "can", "should", "work", "week", "meeting", "boss", "manager", "sign", "signed", "day", "days"]
_ONLY_ENGLISH = set(_ENGLISH).difference(*_LANGUAGES.values())
_NEWS = re.compile(
    r"\b(?:put|placed|am|i'?m|was|been|got|get|gave|given|handed|hands|received|told|issued|slid|served|on)\b[^.?!]{0,40}\b(?:a|an|my|the|on) (?:\w+ ){0,2}(?:pip|performance plan|improvement plan)\b|"
    r"\bon (?:pip|a plan)\b|^\W*(?:a |the )?pip\b",
    _I,
)
_LOST = re.compile(
    r"\b(?:what (?:do|should|can|am|the (?:hell|heck|fuck) do) i (?:even )?(?:do|supposed to do)(?: (?:now|next|tonight|first|here))?|(?:don'?t|dont|do not|no) (?:even )?(?:know|idea|clue) what to do|what now)\b(?! (?:about|with|if|when))\W*",
    _I,
)
_WORDLESS = re.compile(r"\W*|\W*(?:ok|okay|thanks?|yes|yeah|hi|hello|hey)\W*", _I)
_OTHER_SCRIPT = re.compile(r"[\u0400-\u04ff\u0600-\u06ff\u0900-\u097f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f\u0590-\u05ff]")


def only_news(text: str) -> bool:
    """Whether the message says that there is a plan and asks no more than what to do now."""
    return _NEWS.search(text) is not None and not asks(_LOST.sub(" ", text))


def lost(text: str) -> bool:
    """Whether it asks what to do; it may ask for more."""
    return _LOST.search(text) is not None


def reply(text: str, found: Found, known: Known) -> str | None:
    """Name of the situation with a full curated reply, or None."""
    meeting = found.get("meeting")
    if meeting and _MINUTES.search(meeting.value):
        return "meeting_in_minutes"
    if "resigned" in found:
        return "already_resigned"
    if _START.search(text) and ("week" in found or known.week is not None or _WEEKS_IN.search(text)):
        return "start_under_way"
    signed = found.get("signed") or (known.signed if re.search(r"\bsign", text, _I) else None)
    if signed and signed.value == "asked" and _NOW.search(text):
        return "pressed_to_sign_now"
    return _language(text) or next((name for name, pattern in _REPLIES if pattern.search(text) and not (name == "missed" and _goes_on(text))), None)


def _goes_on(text: str) -> bool:
    """Whether a complaint about the last answer is followed by the question itself."""
    return (len(text.split()) > LONG_COMPLAINT and asks(text)) or _ASKED.search(text) is not None


def asks(text: str) -> bool:
    """Whether the message puts a question, with or without a question mark."""
    return _QUESTION.search(text) is not None


def opening(text: str, found: Found, turn: int) -> str | None:
    """Name of the curated opening that fits, or None where the feeling decides."""
    named = next((name for name, pattern in _OPENINGS if pattern.search(text)), None)
    if named:
        return named
    if "wants" in found:
        return {"leave": "leaving", "unsure": "unsure_stay"}.get(found["wants"].value)
    if "reply_due" in found:
        return "reply_due"
    if "meeting" in found and found["meeting"].value != "none":
        return "meeting_soon"
    if "received" in found and turn == 0:
        return "just_told"
    if len(text.split()) > 70:
        return "long_story"
    if turn > 0 and "feeling" not in found:
        if asks(text):
            return "follow_up" if len(text.split()) < 9 else None
        return "told"
    return None


def language(text: str, history: Sequence[str] = ()) -> str | None:
    """Name of another language that the message is written in, or None for English and for doubt.

    A message too short to tell is in the language of the last one that could be told, unless it has an English word.
    """
    if _WORDLESS.fullmatch(text):
        return None
    for said in (text, *reversed(history[-3:])):
        own = _language(said)
        if own or any(word in _ONLY_ENGLISH for word in re.findall(r"[^\W\d_']+", said.lower())):
            return own
    return None


def _language(text: str) -> str | None:
    if len(_OTHER_SCRIPT.findall(text)) > max(3, len(text) // 4):
        return "other_language"
    words = re.findall(r"[^\W\d_']+(?:'[^\W\d_]+)?", text.lower())
    if len(words) < 4:
        return None
    english = sum(word in _ENGLISH for word in words)
    counts = {name: sum(word in stop for word in words) for name, stop in _LANGUAGES.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= 3 and counts[best] > english + 1 else None
