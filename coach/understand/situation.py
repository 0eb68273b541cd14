"""Situations that call for their own curated reply or opening, recognised by rules. One message has at most a few."""

import re
from collections.abc import Sequence

from coach.schema.conversation import Known
from coach.understand.facts import Found

_I = re.IGNORECASE

# Each has a full reply in knowledge/lines/situations.yaml. The order is the order of urgency.
REPLIES = (
    ("panic_now", r"(?:can'?t|cant|cannot) breathe|chest (?:is )?(?:tight|pain|hurts)|panic attack|hyperventilat|heart (?:is )?(?:racing|pounding)"),
    ("vent_only", r"(?:just|only) (?:want|need|wanna|here) (?:to )?(?:vent|rant|moan|scream|get (?:it|this) out|let (?:it|off))|"
                  r"(?:no|dont want|don'?t want|not looking for|not asking for|spare me(?: the)?|without) (?:any )?(?:advice|tips|solutions|fixing)|let me (?:just )?(?:vent|rant)|"
                  r"need to (?:vent|rant)"),
    ("angry_post", r"\b(?:facebook|linkedin|twitter|reddit|glassdoor|instagram|tiktok|blog) (?:post|thread|review)\b|\bhover\w* over (?:the )?(?:post|send)|\b(?:about to|going to|gonna|want to|ready to|hovering over|tempted to|wanna) "
                   r"(?:post|hit send|press send|reply all|reply-all|tell (?:everyone|the whole|all of))|email (?:to )?the (?:whole|entire) (?:company|team|office)|on blast"),
    ("told_in_the_open", r"\b(?:door (?:was )?(?:wide )?open|in front of (?:everyone|everybody|the (?:whole )?(?:team|office|shop|class)|my (?:team|colleagues)|customers|patients)|"
                         r"(?:everyone|everybody|the whole (?:team|office|floor)) (?:could )?(?:hear|heard|saw))\b"),
    ("odds", r"\b(?:odds|ratio|percent(?:age)?|success rate|survival rate|how many people|what are my chances|chances? (?:of|that|do i)|"
             r"do (?:people|any\w*) (?:ever )?(?:actually |really |even )?(?:survive|pass|make it|come (?:through|back|out)|get through)|anyone ever (?:survive|pass|make)|does anyone (?:ever )?(?:actually )?(?:survive|pass|make))"),
    ("am_i_passing", r"\bam i (?:passing|failing|doing ok|doing alright|going to (?:pass|fail|make it)|gonna (?:pass|fail|make it)|safe)\b|\bwill i (?:pass|fail|make it|keep my job|survive)"),
    ("fault_or_bullying", r"\b(?:is (?:it|this|that)|was (?:it|this)|be honest)\b[^.?!]{0,40}\b(?:my fault|bullying|my own fault|harassment or|unfair or|fair or)|had it coming|whose fault|which is it\b|am i the (?:problem|bad|asshole)"),
    ("what_tonight", r"\b(?:what (?:do|should|can) i (?:even )?do (?:tonight|this evening|right now|first|now)|what now\b|where do i (?:even )?(?:start|begin)|what'?s the first (?:thing|step)|whats the first (?:thing|step)|plan for tonight)"),
    ("thanks", r"^\W*(?:ok(?:ay)? |great |cool |no )?(?:thanks?|thank you|thx|ty|cheers|ta|much appreciated)\b[^?]{0,60}$"),
    ("greeting", r"^\W*(?:hi+|hey+|hello+|hiya|yo|good (?:morning|afternoon|evening)|morning|evening|is (?:anyone|anybody|someone) there)\b[^?]{0,25}\??\W*$"),
    ("ok_what_next", r"^\W*(?:ok(?:ay)?|right|alright|fine|so)?[ ,.]*(?:what(?:'?s| is)? next|now what|and now|then what|next)\W*$"),
)  # fmt: skip
# Openings only; the guidance card carries the rest.
OPENINGS = (
    ("signed_already", r"\bi(?:'ve| have|ve)?(?: already| just| kind of| panicked and)* signed\b"),
    ("cancelled_check_ins", r"\bcancel\w*|called off|no[- ]show"),
    ("colleague_hurt", r"\b(?:colleague|coworker|co-worker|friend at work|she|he|someone|they|mate) (?:reported|grassed|complained|told on|ratted|snitched|went behind)|"
                       r"(?:anonymous )?feedback\b[^.]{0,60}\b(?:anonymous|exactly one person|must be|i know who)|\bbehind my back\b|\b(?:stabbed|threw me under)"),
    ("avoiding_manager", r"\b(?:avoid\w*|hid(?:e|ing)|dodg\w+|back stairs|can'?t (?:face|look at) (?:him|her|them)|last (?:person|human|one))"),
    ("embarrassed", r"\b(?:embarrass\w*|humiliat\w*|mortif\w*|in front of (?:everyone|everybody|the team|my team)|door (?:wide )?open|nearly died)"),
    ("angry_post", r"\b(?:going to|gonna|want to) (?:tell|email|message) (?:everyone|them all|the whole)"),
    ("load", r"\b(?:drowning|swamped|too much (?:work|on)|dead on my feet|buried|workload|overloaded|12 hour|double shifts?)\b"),
    ("progress_unseen", r"\b(?:nobody|no ?one|she|he|they|manager|boss)\b[^.?!]{0,30}\b(?:notic\w*|said anything|says anything|seen|mm,? ok|poker)"),
    ("verbal_only", r"\b(?:nothing|not) (?:in writing|on paper)|over the phone|only told|verbal"),
    ("vague_goal", r"\b(?:vague|attitude|team ?player|proactive|presence|communication|how (?:would|do) (?:they|i|you) (?:even )?(?:measure|know|judge))\b"),
    ("wants_verdict", r"\b(?:is (?:that|this|it) (?:fair|even legal|normal)|be honest|be straight|tell me straight)\b"),
    ("good_news", r"\b(?:good news|went (?:well|ok|great|fine|better)|it worked|she (?:said|says) (?:it'?s )?(?:better|good)|he (?:said|says) (?:it'?s )?(?:better|good)|passed|nailed|smashed|clapped)\b"),
    ("unsure_stay", r"\b(?:stay or|stick it out|worth (?:it|staying)|torn|half of me)\b"),
)  # fmt: skip
_REPLIES = [(name, re.compile(pattern, _I)) for name, pattern in REPLIES]
_OPENINGS = [(name, re.compile(pattern, _I)) for name, pattern in OPENINGS]
_MINUTES = re.compile(r"\bin (?:about |like )?(?:\w+ ?){1,2}min|half an hour|any (?:second|minute)|right now", _I)
_NOW = re.compile(r"\b(?:now|on the spot|right away|immediately|before i (?:leave|go)|waiting|today|tonight|standing|end of (?:the )?day|eod)\b", _I)
_LANGUAGES = {
    "spanish": ["que", "de", "la", "el", "me", "un", "en", "mi", "los", "por", "con", "una", "para", "está", "estoy", "pero", "jefe", "trabajo", "plan", "qué", "hacer", "han", "puesto", "no", "sé"],
    "french": ["je", "de", "la", "le", "et", "un", "une", "mon", "ma", "que", "pas", "les", "est", "suis", "dans", "pour", "chef", "travail", "ils", "ont", "mis", "on", "m'a", "quoi", "faire", "j'ai"],
    "german": ["ich", "und", "die", "der", "das", "ein", "eine", "mein", "meine", "nicht", "ist", "habe", "hat", "mir", "soll", "chef", "arbeit", "sie", "was", "jetzt", "auf", "wurde", "bin"],
    "portuguese": ["que", "de", "o", "a", "eu", "não", "um", "uma", "meu", "minha", "para", "com", "estou", "me", "chefe", "trabalho", "em", "os", "fazer", "colocaram", "fui", "mas"],
    "other_language": ["ik", "het", "een", "niet", "mijn", "werk", "di", "il", "che", "sono", "mio", "lavoro", "non", "una", "nie", "mam", "praca", "jest", "się"],
}
_ENGLISH = ["the", "i", "my", "is", "to", "a", "and", "it", "they", "in", "on", "me", "of", "for", "what", "do", "am", "he", "she", "was", "not", "have", "this", "that", "but", "how", "with", "if", "you", "are", "be", "we", "so", "or", "at", "an", "at", "yes", "just", "all", "why", "when", "who", "can", "should", "work", "week", "meeting", "boss", "manager", "sign", "signed", "day", "days"]
_WORDLESS = re.compile(r"\W*|\W*(?:ok|okay|thanks?|yes|yeah|hi|hello|hey)\W*", _I)
_OTHER_SCRIPT = re.compile(r"[\u0400-\u04ff\u0600-\u06ff\u0900-\u097f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f\u0590-\u05ff]")


def reply(text: str, found: Found, known: Known) -> str | None:
    """Name of the situation with a full curated reply, or None."""
    meeting = found.get("meeting")
    if meeting and _MINUTES.search(meeting.value):
        return "meeting_in_minutes"
    if "resigned" in found:
        return "already_resigned"
    signed = found.get("signed") or (known.signed if re.search(r"\bsign", text, _I) else None)
    if signed and signed.value == "asked" and _NOW.search(text):
        return "pressed_to_sign_now"
    return _language(text) or next((name for name, pattern in _REPLIES if pattern.search(text)), None)


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
    if turn > 0 and len(text.split()) < 9 and "feeling" not in found:
        return "follow_up"
    return None


def language(text: str, history: Sequence[str] = ()) -> str | None:
    """Name of another language that the message is written in, or None for English and for doubt.

    A message too short to tell is in the language of the last one that could be told, unless it has an English word.
    """
    own = _language(text)
    if own or _WORDLESS.fullmatch(text) or any(word in _ENGLISH for word in re.findall(r"[a-z']+", text.lower())):
        return own
    return next((found for said in reversed(history[-3:]) if len(said.split()) > 3 for found in (_language(said),)), None)


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
