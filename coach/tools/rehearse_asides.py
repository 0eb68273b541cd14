"""What is said to the coach, and not to the played manager, in a rehearsal in the chat: rules over one message. Pure."""

import re

from coach.schema.conversation import Known
from coach.schema.rehearsal import Said, Scene

_I = re.IGNORECASE
ASIDE = 30  # words; what is longer is said to the manager
_LEAD = r"^\W*(?:(?:ok(?:ay)?|right|hang on|wait|no|hm+|thanks|please|sorry|coach|stop|pause|now|and|so|yes|nah|i'?m (?:ok(?:ay)?|fine|alright|all right|better)|can we|could we|let'?s|i want(?: to)?|i'?d like(?: to)?)\b\W*)*"
# What is said to the coach in the middle of a scene; the first that fits. Everything else is a line to the manager.
_ASIDES = tuple(
    (name, re.compile(pattern, _I))
    for name, pattern in (
        ("again", _LEAD + r"(?:(?:go |do it |play it )?again\W*$|(?:go |do it |play it )?again (?:from|please)|redo\b|retry\b|rewind\b|restart\b|start (?:over|again)|once more\W*$|one more (?:go|time|try)|another (?:go|try)|go back(?:\W*$| (?:one|a|to (?:where|when|my|before|the (?:first|last|bit|part|line|start|beginning|top))))|back to (?:where|when|the (?:start|beginning|bit|line|part))|take (?:that|it) back|"
                          r"(?:let me|can i|may i|i'?d like to|i want to)? ?(?:try|redo|say|do|have) (?:that|it|this|another)\b[^.?!]{0,20}\b(?:again|once more|over|differently|go|try|bit)\b|from the (?:start|top|beginning)\W*$|try again\W*$)"),
        ("harder", r"\b(?:(?:way |far |much |a bit )?too (?:nice|soft|kind|easy|gentle|friendly|polite)|would(?:n'?t| not| never) (?:say|be|talk|answer)\b|real \w+ would|not (?:how|what) (?:she|he|they)(?:'?d| would)? (?:talk|say|sound|is|are)\w*)|" + _LEAD + r"(?:make (?:it|him|her|them)|be|go|play (?:it|him|her|them))? ?(?:\w+ )?(?:harder|tougher|colder|meaner|stricter|less nice|more (?:difficult|realistic|hostile))\b"),
        ("recast", r"^\W*(?:(?:ok(?:ay)?|now|and|so|can|could|please|this time|let'?s)\b\W*)*(?:(?:you|u) (?:be|play|do)\b|(?:do|play|be|add|bring(?: in)?|include|make it)(?: me)? (?:the|my|a|an|her|him|hr|both)\b[^?]{0,60}\b(?:too|as well|this time|in(?: the)?(?: same)? (?:meeting|room|scene)|hr|human resources|manager|boss|director)\b|"
                   r"(?:let'?s )?(?:do|practi[sc]e|rehearse|try|play) (?:the|a) (?:\w+ )?(?:meeting|check[- ]?in|review|conversation|talk|scene)\b)"),
        ("easier", _LEAD + r"(?:make (?:it|him|her|them)|be|go|play (?:it|him|her|them))? ?(?:\w+ )?(?:easier|gentler|nicer|kinder|softer|easy on me)\b|\b(?:way |far |much |a bit )?too (?:hard|harsh|mean|cold|tough) (?:for me|on me|now)\b"),
        ("hint", _LEAD + r"(?:(?:a |give me a |need a |any )?(?:hint|tip|clue)\b|what (?:should|do|can|could|would) i (?:even )?(?:say|answer|reply)\b|help me (?:here|out|answer)\b|i (?:don'?t|do not) know what to (?:say|answer)\W*$|i'?m stuck\W*$)"),
        ("pause", _LEAD + r"(?:pause\b|time ?out\b|step out\b|out of (?:role|character)\b|how (?:was|is) (?:that|it|this)\b|how did (?:that|it|i) (?:sound|go|come across|do|land)\b|(?:some |any |give me (?:some )?|can i (?:get|have) (?:some )?)?feedback(?: (?:on|please|so far|now)\b[^.?!]{0,25})?\W*$|"
                          r"(?:was|did) (?:that|i|it) (?:sound |come across |go )?(?:(?:too|any|ok|okay|alright|bad|good|better|over)\b)|what did (?:that|i) do\b|be my coach\b)|^\W*(?:pause|coach)\b"),
        ("resume", _LEAD + r"(?:go on|carry on|continue|resume|keep going|back (?:in|into (?:it|role|the (?:scene|meeting))))\W*(?:with (?:it|the \w+))?\W*$"),
        ("stop", r"^\W*(?:ok(?:ay)?\W+)?stop(?:\s*[.!](?:\s|$)|,? i (?:need|have) to (?:go|leave|stop))|^\W*(?:ok(?:ay)?\W+)?(?:stop|enough)\b[^.?!]{0,40}\b(?:practi[sc]e|practi[sc]ing|scene|rehears\w+|role ?play\w*)\b|^\W*(?:(?:ok(?:ay)?|right|thanks|thank you|please|let'?s|i want to|can we|we can|i'?d like to|coach)\b\W*)*(?:stop|basta|arr[eê]te\w*|stopp|halt|aufh[oö]ren|para|pare|parar|detente|ferma(?:ti)?|fermi|stoppa|dość|przestań|стоп|хватит|やめて|停|멈춰|رکو|रुको|توقف|end|finish|quit|exit|enough|that'?s enough|i'?m done|we'?re done|debrief|sum (?:it )?up)"
                 r"(?: (?:here|now|there|it|this|that|the|scene|rehearsal|rehearsing|practi[sc]e|practi[sc]ing|role ?play(?:ing)?|please|for|today|with))*\W*$"),
    )
)  # fmt: skip
_FIRST_LINE = re.compile(r"\b(?:i'?ll (?:start|begin|go first)|i start|i'?d say|i would say|here goes|my (?:first line|opening|opener) (?:is|would be))\b\s*[:,.\u2013-]+\s*(?P<line>\S.{8,})$", _I | re.DOTALL)
_SPOKEN = re.compile(r"[\u201c\"](?P<line>[^\u201d\"]{8,400})[\u201d\"]|(?<!\w)'(?P<other>[^']{12,400})'(?!\w)|\bi (?:said|told (?:her|him|them)|would say|'d say)\b\W{0,3}(?P<said>[^\"\u201c].{12,400})$", _I | re.DOTALL)
_SUBJECT = re.compile(r"\b(?:about|over|sees?|regarding|doing|discuss(?:ing)?) (?P<subject>(?:the|my|our) (?!plan\b|pip\b|meeting\b|conversation\b|manager\b|talk\b)[\w'\u2019 -]{3,40}?)(?=[.,;:!?\n]|$| because\b| when\b| and\b| with\b)", _I)
_PLAYED = re.compile(r"\b(?:(?:you|u|ur|lets?)(?:'re| are| can| could)? (?:be|play|are|now)|you'?re|youre|play) (?P<name>(?!(?:my|the|a|an|her|him|both|as|as|not|too|so|way|being|nice|hr|it|me|our|like|normal|gentle|hard|kind|cold|with)\b)[a-z][a-z'\u2019-]{1,20})(?=\W*$|[.,;:!?]|\s+(?:my|the|this|from|please|for|and)\b)", _I)
_THEIR_LINE = re.compile(r"\b(?:when|where|after)\b (?:you|she|he|they|(?!i\b)\w+) (?:says?|said|goes|asks?|asked|tells? me|told me)\W+(?P<words>.{4,120})$", _I)
_DARK = re.compile(r"\b(?:don'?t|do not|can'?t|cannot) see (?:the|any|a) (?:point|sense|way out)\b|\b(?:no|what'?s the) point (?:in|of) (?:any(?:thing| of)|it all|living|going on)\b|\b(?:can'?t|cannot|can not) (?:do|take|go on with|bear) (?:this|it) any ?(?:more|longer)\b|\bcan'?t go on\b|\bwant (?:it|this|everything)(?: all)? to (?:stop|end|be over)\b|\bwish i (?:wasn'?t|weren'?t) here\b", _I)
_BEGINS = re.compile(r"\b(?:first (?:line|bit)|start|beginning|top|scratch)\b", _I)
_SLOW = re.compile(r"\b(?:english|slow(?:ly)?|second language|simple words)\b", _I)
_HEARD = re.compile(r"\b(?:when|where|bit about|part about|line about|about the bit|from(?! (?:where|when)\b))\b (?:(?P<who>you|she|he|they|i|we)\b)?\W*(?P<words>.{4,120})$", _I)


def aside(text: str) -> str | None:
    """What is asked of the coach in the middle of a scene, or None where the manager is spoken to."""
    if len(text.split()) > ASIDE or re.search(r"\b(?:could|can|would) you (?:please )?(?:say|repeat|explain|give me feedback)\b", text, _I):
        return None
    return next((name for name, pattern in _ASIDES if pattern.search(text)), None)


def sounds_dark(text: str) -> bool:
    """Whether it may be about more than the scene: then the coach steps out and asks, even if it was meant for the manager."""
    return bool(_DARK.search(text))


def wants_the_start(text: str) -> bool:
    """Whether it is the beginning of the scene that is to be said again."""
    return bool(_BEGINS.search(text))


def is_slow(text: str) -> bool:
    """Whether somebody asks for easy English."""
    return bool(_SLOW.search(text))


def subject(text: str) -> str | None:
    """What the conversation is to be about, in the person's words."""
    found = _SUBJECT.search(text)
    return found["subject"].strip() if found else None


def first_line(text: str) -> str | None:
    """A first line to the manager that stands in the request itself."""
    found = _FIRST_LINE.search(text)
    return found["line"].strip().strip("\"\u201c\u201d") if found else None


def their_line(text: str) -> str | None:
    """A line that the person hears their own manager say: "from where he says the numbers don't lie"."""
    found = _THEIR_LINE.search(text)
    return found["words"].strip(" .\"'\u201c\u201d\u2019") if found else None


def named(text: str, played: Scene) -> int | None:
    """Number of the turn that was said in these words or followed them; None where none is named."""
    heard = _HEARD.search(text)
    wanted = set(_content(heard["words"])) if heard else set()
    own = bool(heard and (heard["who"] or "").lower() == "i")  # their own words, else what was said to them counts as well
    said = [line.employee if own else f"{_text(before)} {line.employee}" for before, line in zip(_befores(played), played.lines, strict=False)]
    shared = [len(wanted & set(_content(one))) for one in said]
    most = max(shared, default=0)
    return shared.index(most) + 1 if most and most * 2 >= len(wanted) else None


def _content(text: str) -> list[str]:
    return [word[:6] for word in re.findall(r"[a-z']{4,}|\d+", text.lower())]


def _befores(played: Scene) -> list[tuple[Said, ...]]:
    return [played.opening, *(line.said for line in played.lines[:-1])]


def _text(said: tuple[Said, ...]) -> str:
    return " ".join(one.text for one in said)


def spoken(text: str, history: list[str]) -> str | None:
    """A line that the person quotes, or the last one they wrote before."""
    if found := _SPOKEN.search(text):
        return (found["line"] or found["other"] or found["said"]).strip()
    return history[-1] if history and len(history[-1].split()) >= 4 else None


def with_name(slots: tuple[tuple[str, str], ...], text: str, known: Known) -> tuple[tuple[str, str], ...]:
    """What the plan says, with the manager's name as the person gave it."""
    found = _PLAYED.search(text)
    name = found["name"] if found else known.manager.value if known.manager else ""
    if not re.fullmatch(r"[^\W\d_][\w'\u2019 -]{1,30}", name):
        return slots
    return tuple((key, value) for key, value in slots if key != "manager") + (("manager", name[:1].upper() + name[1:]),)
