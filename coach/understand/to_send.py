"""Whether somebody wants words to send: a new message, or a change in the one that the coach has just shown. Pure rules, no models."""

import re

from coach.schema.conversation import Session
from coach.schema.enums import Route

_I = re.IGNORECASE
_PAPER = r"(?:e-?mails?|mails?|messages?|msgs?|letters?|notes?|recaps?|repl(?:y|ies)|answer|response|texts?|status|updates?|corrections?|statement|request|reminder|invitation|slack|dm|something|back|lines?)"
_POLITE = r"^\W*(?:(?:hi|hey|ok(?:ay)?|so|now|and|please|pls|plz|then|but|i am so angry|i'?m so angry)\b[\s,.!]*)*(?:(?:can|could|will|would) (?:you|u)\s+(?:please |pls )?|help me (?:to )?|i (?:need|want)(?: you)? to\s+|let'?s\s+)?"
_WRITES = re.compile(rf"{_POLITE}(?:write|draft|compose|type up|word)\s+(?:(?!down\b|it\b|that\b)[\w'-]+\s+){{0,4}}?{_PAPER}\b|\b(?:can|could|will) (?:you|u) (?:please |pls )?(?:write|draft|email|mail)\b[^.?!]{{0,12}}\b(?:to|him|her|them)\b", _I)
_LATER = re.compile(rf"[.,;!?]\s*(?:please |pls |can (?:you|u) )?(?:write|draft|word) (?:me )?(?:the|a|an|something|this as a)\b[^.?!]{{0,30}}\b{_PAPER}\b|\bhelp me (?:put|pull|get) (?:one|it|something|a \w+(?: \w+)?) together\b|[.,;!?]\s*(?:please |pls )?write something to (?:rebook|send|ask|thank|say|him|her|them|hr)\b", _I)
_NAMES = re.compile(r"^\W*(?:(?:i )?need )?(?:an? |the )?(?:\w+ )?(?:e-?mail|mail|message|msg|letter|reply|slack|recap|thank[- ]?you (?:note|mail|card|email|message)|status update|weekly (?:status|update)|text)(?: (?:note|message))?(?: to| for| about| asking| of| from| that|:| saying)", _I)  # fmt: skip
_THANKS = re.compile(r"^\W*(?:(?:please|pls|can (?:you|u)|help me)\s+)?thank (?!you\b|u\b|s\b|god\b|goodness\b|heavens?\b|fuck\w*)(?:my |the )?\w+[^.?!]{0,40}\bfor\b", _I)
_NOT = re.compile(r"\b(?:should|can|may|must|do|did|would|will|have) i\b[^.?!]{0,20}\b(?:write|send|reply|e-?mail)|\b(?:got|get|received|sent me|read|saw|opened) (?:an?|the|this|his|her|their|that) (?:\w+ )?(?:e-?mail|letter|message)\b|\b(?:for|to|in) (?:the|my) (?:log|diary|notes|record)\b|^\W*(?:log|note|record)\b", _I)  # fmt: skip
_TOLD = re.compile(r"^\W*(?:he|she|they|hr|my (?:boss|manager))\b", _I)
_LETTER = re.compile(r"(?:^|\n)(?:Hello|Hi|Hey|Dear|Good day|Good morning) [^\n]{1,60},\n")
CHANGES = re.compile(
    r"\b(?:too (?:long|short|formal|stiff|soft|harsh|hard|blunt|cold|wordy|much)|shorter|longer|softer|gentler|warmer|nicer|kinder|friendlier|calmer|firmer|(?:more|less|not so) (?:formal|direct|polite|friendly|stiff|casual|wordy)|more (?:softly|politely)|cut it (?:down|to)|trim|(?:in|max|only) (?:\d|two|three|four|five|six) (?:lines?|sentences?)|(?:\d|two|three|four|five|six) (?:lines?|sentences?)(?: max)?)\b"
    r"|^\W*(?:(?:please|pls|ok(?:ay)?|and|also|now|can (?:you|u)|could you|good,? but|but|thanks,? but|nice,? but|great,? but)\b[\s,]*)*(?:add|mention|include|put in|insert|say|tell (?:him|her|them) that|take (?:out|away)|remove|delete|drop|cut|leave out|sign(?: it)?(?: off)?(?: as| with)?|change|replace|swap|use|address(?: it)? to|it'?s (?:to|for)|make it|rewrite|redo|reword|the name is|my name is|without)\b",
    _I,
)  # fmt: skip
_CLOSED = re.compile(r"^\W*(?:thanks?|thank you|thx|ok(?:ay)?|great|perfect|good|nice|cool|yes|yeah|no|nope|sent|done|stop|what|how|why|who|can|should|do|is|are)\b", _I)
ANSWER = 8  # words of an answer to what the draft left open


_MEANT = re.compile(r"\b(?:meant|ment|wanted|asked for) (?:an?|the) (?:short |new )?(?:e-?mail|message|letter|reply|note)\b", _I)
_QUOTE = re.compile(r"\"[^\"]{20,}\"|\u201c[^\u201d]{20,}\u201d|(?<!\w)'.{20,}'(?!\w)", re.DOTALL)
_MINE = re.compile(r"\b(?:i|i'?ve|i'?m|my|mine)\b[^.?!]{0,40}\b(?:wrote|written|write|writing|draft\w*|answer|reply|message|e-?mail|text|version|put|send|say)\b", _I)
_FINE = re.compile(r"^[^?]{0,40}\b(?:is (?:that|this|it)|does (?:that|this|it)|would (?:that|this|it)|can i|should i|too|what do you think|any good|ok|okay|fine|alright)\b", _I)
_THREAT = re.compile(r"\bthreatening (?!me\b|us\b)(?:\w+ ){0,3}?(?:to|letter|e-?mail|message|note|reply|them|him|her)\b|\bthreaten(?:s|ing)? (?:them|him|her|hr|my|the)\b|\bwith a threat\b|\b(?:i'?ll|i will|i'?m going to|we will|they will|gonna)\s+(?:\w+ ){0,2}?(?:sue|take (?:them|you|him|her|it|this) to (?:court|a tribunal)|go to the (?:press|papers?)|expose|ruin|destroy|see (?:them|you|him|her) in court)\b|\b(?:sue|lawyer|court|tribunal|press)\b[^.?!]{0,40}\b(?:unless|or else|if they do(?:n'?t| not))\b|\bor else\b", _I)
_LEGAL = re.compile(r"\b(?:sue|suing|lawyer|solicitor|attorney|tribunal|court|legal\w*|claim|discriminat\w*|harass\w*|retaliat\w*|whistle\w*|resign\w*|settlement|severance)\b", _I)


def asks_if_fine(text: str) -> bool:
    """Whether somebody shows their own words, in quotation marks, and asks if they will do."""
    quoted = _QUOTE.search(text)
    return quoted is not None and bool(_MINE.search(text[: quoted.start()]) and _FINE.search(text[quoted.end() :]))


def threatens(text: str) -> bool:
    """Whether the message wanted is one that threatens: with a court, with the press, or with an "or else"."""
    return wants(text) and bool(_THREAT.search(text))


def asks_politely(text: str) -> bool:
    """Whether the message wanted is one that only asks for something, with nothing of the law in it."""
    return wants(text) and bool(re.search(r"\bask(?:ing|s)?\b", text, _I)) and not _LEGAL.search(text)


def letter_before(session: Session) -> str:
    """The coach's last reply, where it holds a message to send; "" elsewhere."""
    last = next((one for one in reversed(session.messages) if one.author == "coach"), None)
    return last.text if last and last.route is Route.DRAFT and _LETTER.search(last.text) else ""


def wants(text: str) -> bool:
    """Whether the message asks for words to send, in so many words."""
    asked = _MEANT.search(text) or _LATER.search(text) or _THANKS.search(text) or ((_WRITES.search(text) or _NAMES.search(text)) and not _TOLD.search(text))
    return bool(asked) and not _NOT.search(text)


def changes(text: str, shown: str) -> bool:
    """Whether the message changes the draft in the reply `shown`, or answers what that draft left open."""
    if not shown:
        return False
    if CHANGES.search(text) and not (wants(text) and len(text.split()) > ANSWER):
        return True
    return shown.rstrip().endswith("?") and "[" in shown and len(text.split()) <= ANSWER and "?" not in text and not _CLOSED.search(text)
