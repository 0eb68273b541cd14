"""Facts for a message from one line of the chat, in the person's own words. Pure; guesses nothing, adds nothing."""

import re
from datetime import date, timedelta
from typing import Any

from coach.schema.drafts import DraftKind
from coach.tools.plan import day
from coach.understand.when import DAY, WHEN, shorten

_I = re.IGNORECASE
_QUOTED = re.compile(r"[\"\u201c](?P<a>.{12,}?)[\"\u201d](?=\W|$)|(?:(?<=\s)|(?<=:)|^)[\u2018'](?P<b>.{12,})[\u2019'](?=[\s.,;:?!)]|$)", re.DOTALL)
_AFTER = re.compile(r"^[^:\n]{0,80}(?::\s*|\s>>\s*)(?P<rest>\S.*)$", re.DOTALL)
_NOT_A_NAME = "hr|teams|slack|monday|tuesday|wednesday|thursday|friday|saturday|sunday|pip|the|my|a|an|our|crm|excel|it|i|me|him|her|them|english|email|you|q[1-4]|" \
    "january|february|march|april|may|june|july|august|september|october|november|december"  # fmt: skip
_TO = re.compile(rf"\b(?:to|for|thank(?:s|ing)?|tell|ask|with|slack|text|email|ping|message)\s+(?:my (?:manager|boss|lead|supervisor|team lead|mentor|co-?worker|colleague|team-?mate|buddy)\s*,?\s+)?(?!(?:{_NOT_A_NAME})\b)(?P<name>(?-i:[A-Z][a-z]+)(?: (?-i:[A-Z][a-z]+))?)", _I)  # fmt: skip
_SIGNED = re.compile(r"\b(?:regards|best|thanks|cheers|wishes|sincerely),?\s+(?P<name>(?-i:[A-Z][a-z]+(?: [A-Z][a-z]+)?))\W*$", _I)
_WEEK = re.compile(r"\bweek (?P<n>\d{1,2})\b", _I)
_SPLIT = re.compile(r"\s*(?:[\n;]|(?<!\d),(?!\d)|(?<=\d),\s|,\s+and\s|\s+\u2022\s)\s*")
_INCLUDE = re.compile(r"\b(?:include|add|cover|mention) (?P<what>(?:the|your|my|all|any) [^.,;!?<\n]{3,60})", _I)
_MET = re.compile(rf"^\W*(?:we )?met (?:on )?(?:{DAY}|today|yesterday|this (?:morning|afternoon))\W*$", _I)
_AFTER_STOP = re.compile(r"^[^:.\n]{0,60}\b(?:recap|summary|update|status)\b[^:.\n]{0,20}[.\n]\s*(?P<rest>\S.*)$", _I | re.DOTALL)
_CALLED = re.compile(r"\bmy (?:manager|boss|lead|supervisor|team lead|mentor)(?:'s name)?,?(?: is)? (?P<name>[a-z][a-z'-]{2,14})(?=\s*(?:$|[,.;!?]))", _I)
_TITLED = re.compile(r"\b(?:to|for|rep|thank|tell|ask|e-?mail|message) (?P<name>(?:Ms|Mr|Mrs|Dr|Mx)\.? (?-i:[A-Z])[\w'-]+)", _I)
_WRITE_TO = re.compile(r"\b(?:write|e-?mail|message|note|letter|text|mail|msg)(?: (?:it|this|that|something))? to (?P<name>[a-z][a-z'-]{2,14})(?=\s*(?:$|[,.;:!?]| (?:that|about|asking|saying|to|and|so|for|from|because|before|today|tonight|tomorrow)\b))", _I)
_NO_NAME = re.compile(r"(?:her|him|them|the|you|all|everyone|everybody|management|payroll|say|ask|tell|send|confirm|reply|respond|book|rebook|request|show|explain|thank|apologi[sz]e|move|cancel|reschedule|report|complain|push|raise|share|update|agree|disagree|decline|accept|postpone|clarify|work|this|that|parents|customers|colleagues|staff|company|manager|boss|supervisor|me|us|it|someone|somebody|put|get|let|make|see|check|start|arrange)", _I)
_WHAT_FOR = re.compile(r"\s+(?:so|because|cos|bc|since) (?:that )?(?:i|we|they|he|she|it)\b.*$", _I)  # why they want it is not what they ask for
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_DAYS = re.compile(rf"\b((?:(?:on )?(?:the )?{_DAY.pattern}(?:\s*(?:,|and|&)\s*|\s+)+)+(?:the )?{_DAY.pattern})", _I)  # several check-ins that were called off
_TO_ALL = re.compile(r"\bto (?:my|the|our) (?:whole )?(?:team|group|crew|shift)\b", _I)
_DISAGREE = re.compile(r"\bdisagree with (?P<said>[^.,;\n]{3,50}?)[,.;]? (?:because |since |as )?(?P<right>(?:i|we|it|there|they)\b[^.;\n]{3,80})", _I)
_TO_HR = re.compile(r"\b(?:to|for|ask|asking|tell) hr\b", _I)
_HOW_LONG = re.compile(r"[?.!,;]?\s*(?:just |only |in |max |about |like )*(?:\d|two|three|four|five)(?: ?(?:or|to|-) ?\w+)? (?:short )?(?:lines?|sentences?)\b[^?]*$", _I)  # of the message, not in it
_WHAT_NEXT = re.compile(r",? and what (?:i'?ll|i will|i'?m going to|i) do(?: now| next| about it| differently| instead)*$", _I)
_NEWS = re.compile(r"\b(?:that|saying|to say|(?:to tell|telling) (?:him|her|them))(?: that)? (?P<what>(?:i|im|i'?m|ive|i'?ve|i'?ll|my|the|we)\b[^\n]{3,160})", _I)
_QUESTION = re.compile(r"\b(?:ask(?:ing|s)?) (?:(?:him|her|them|hr|my \w+) )?(?P<what>(?:if|whether|why|who|what|when|where|how|which|to|about)\b(?:(?!, (?:my|the) (?:manager|boss|lead|supervisor))[^.;!?\n]){3,140})", _I)
_WRONG = re.compile(r"\b(?:plan|it|they|he|she|letter|pip|form) (?:says?|said|claims?|states?)\s+(?:that )?(?P<said>[^.;\n]{3,50}?),? (?:but|when|while|actually)\s+(?P<right>[^.;,\n]{3,80})(?:[.,;]\s*(?:and )?(?:the |my )?(?P<shows>[^.,;\n]{3,40}?) (?:shows?|proves?|says) (?:it|so|that))?", _I)  # fmt: skip
_TYPED = ((r"\bi\b", "I"), (r"\bim\b", "I'm"), (r"\bive\b", "I've"), (r"\bcant\b", "can't"), (r"\bdont\b", "don't"), (r"\bdidnt\b", "didn't"))
_PROMISED = re.compile(rf"\b(?P<what>(?:the|my|a|an|some) [\w' -]{{3,50}}?) (?:that |which )?(?:(?:he|she|they|you|hr|we|i)(?: had| have|'d|'ve)? (?:was |were )?promised|promised|that never came|i was promised)(?: me| us)?(?: (?:for|in|by) (?P<when>week \d+|{WHEN}))?", _I)  # fmt: skip
_FOR = re.compile(r"\b(?:thank\w*|note|grateful|appreciate)\b[^.!?\n]{0,40}?\bfor (?P<what>(?!me\b|him\b|her\b|my\b)[^.,;!?\n]{3,80})", _I)
_DID = re.compile(r"\b(?:she|he|they|(?-i:[A-Z][a-z]+))\s+(?:did\s+)?(?:actually |really |also |even )?(?P<verb>[a-z]+)\s+(?P<rest>[^.,;!?\n]{2,80})", _I)
_TAIL = re.compile(r"\s+(?:like|as|just as|just like)\s+(?:he|she|they)\b.*$|\s+as promised$", _I)
_PAST = {"sat": "sitting", "gave": "giving", "took": "taking", "sent": "sending", "made": "making", "found": "finding", "spoke": "speaking", "stood": "standing", "showed": "showing", "told": "telling", "put": "putting", "got": "getting", "let": "letting", "came": "coming", "wrote": "writing"}  # fmt: skip
_NO_VERB = {"is", "was", "has", "had", "will", "would", "says", "said", "wants", "want", "thinks", "never", "did", "does", "sends", "out", "and", "but"}
_ABOUT = re.compile(r"\b(?:about|regarding|to (?:discuss|go (?:through|over)))\s+(?P<what>[^.,;!?\n]{3,60})", _I)
_NEW = re.compile(rf"\b(?:can we (?:do|say|make it)|move (?:it )?to|could do|rebook (?:it )?(?:for|to)|instead)\s+(?:on )?(?P<when>{WHEN})", _I)
_OFF = re.compile(rf"\b(?P<a>{DAY})'?s?\b[^.?!\n]{{0,25}}\b(?:cancel\w*|called off|moved|dropped)|\b(?:cancel\w*|called off|moved|missed)\b[^.?!\n]{{0,25}}?\b(?P<b>{DAY})\b", _I)
_MANY = re.compile(r"\b(?P<n>two|three|four|five|[2-5])\b(?: of)?(?: the)? (?:\w+ )?(?:dates|facts|points|things|lines|statements|figures|numbers|details|mistakes|errors)\b", _I)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
FEWEST_TOLD, MOST_TOLD = 4, 5  # words of a statement, statements of a message
_STOP = re.compile(r"(?<=[.!?])(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bMrs\.)\s+|\n+", _I)
_TO_COACH = re.compile(r"\?|\b(?:you|u|please|pls|plz|write|draft|word this|e-?mail to|message to|letter to|lol|wtf|fuck\w*|shit\w*|joke|liar|idiot|stupid|scared|terrified|angry|hate|sick of|feel\w*)\b", _I)
_THEY = ((r"^(?:she|he)(?:'s|\u2019s| is|s)\b", "you are"), (r"^(?:she|he)(?:'ll|\u2019ll| will)\b", "you will"), (r"^(?:she|he) (?=can\b|said\b|asked\b|agreed\b)", "you "))  # fmt: skip


def their_text(text: str) -> str:
    """The message that somebody pasted into theirs: the longest quotation, or what follows a colon; "" where there is none."""
    quoted = [match["a"] or match["b"] for match in _QUOTED.finditer(text)]
    if quoted:
        return max(quoted, key=len).strip()
    after = _AFTER.match(text.strip())
    return after["rest"].strip() if after and len(after["rest"].split()) > 2 else ""


def name_of(text: str) -> str:
    """Who it goes to, where the message says so; "" where it doesn't."""
    if titled := _TITLED.search(text):
        return titled["name"]
    if _TO_HR.search(text):
        return "HR team"
    if _TO_ALL.search(text):
        return "all"
    found = _TO.search(text) or _CALLED.search(text) or next((one for one in _WRITE_TO.finditer(text) if not _NO_NAME.fullmatch(one["name"])), None)
    return found["name"][:1].upper() + found["name"][1:] if found else ""


def news(text: str) -> str:
    """What somebody is only to be told: "i'm sick today and can't make the check-in"."""
    if found := _NEWS.search(text):
        return _WHAT_NEXT.sub(". From now on [what you do, and from which day]", tidy(_HOW_LONG.sub("", found["what"])).rstrip("?"))
    rest = tidy(their_text(text))
    return f"I'm {rest}" if re.match(r"[a-z]+ing\b", rest) else ""


def own(text: str) -> str:
    """The statements around a request for a message, as sentences to send; "" where none of them holds a number.

    Questions, requests and what is said to the coach stay out.
    """
    parts = [part.strip() for part in _STOP.split(text)]
    told = [tidy(part) for part in parts if len(part.split()) >= FEWEST_TOLD and not _TO_COACH.search(part)]
    told = [re.sub(r"^(?:and|but|so|also) ", "", part, flags=_I) for part in told][:MOST_TOLD]
    told = [re.sub(r"^(?=(?:plan|pip|letter|form)\b)", "The ", part, flags=_I) for part in told]
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in told) if any(re.search(r"\d", part) for part in told) else ""


def tidy(text: str) -> str:
    """The person's words with their quick spelling of "I" put right."""
    words = " ".join(text.split()).strip(" .,;")
    for find, put in _TYPED:
        words = re.sub(find, put, words)
    return words


def said(kind: DraftKind, text: str, today: date, *, answered: bool = False) -> dict[str, Any]:
    """What the message tells that belongs into this kind of letter. `answered`: it quotes what is to be answered."""
    facts: dict[str, Any] = {}
    signed = _SIGNED.search(their_text(text)) if answered else None
    if name := (signed["name"] if signed else "") if answered else name_of(text):
        facts["colleague" if kind is DraftKind.THANKS else "manager"] = name
    after = _AFTER.match(text.strip()) or _AFTER_STOP.match(text.strip())
    if kind in (DraftKind.RECAP, DraftKind.STATUS) and not answered and after:
        facts["agreed" if kind is DraftKind.RECAP else "progress"] = _points(after["rest"], to_them=kind is DraftKind.RECAP)
    if kind is DraftKind.STATUS and answered and (wanted := _INCLUDE.search(their_text(text))):
        facts["progress"] = [{}, {"goal": wanted["what"]}]
    return facts | _OF_KIND.get(kind, lambda words, when: {})(text, today)


def _points(text: str, *, to_them: bool) -> list[str]:
    points = [part.strip(" .") for part in _SPLIT.split(text) if part and part.strip(" .") and not _MET.match(part)]
    if to_them:
        for find, put in _THEY:
            points = [re.sub(find, put, point, flags=_I) for point in points]
    return [tidy(re.sub(r"^and ", "", point, flags=_I)) for point in points]


def _to_them(text: str) -> str:
    """Said to the one who reads it: "if she can look" is "if you can look"."""
    text = re.sub(r"\b(?:he|she) (?:is|was|has)\b", lambda match: {"is": "you are", "was": "you were", "has": "you have"}[match[0].split()[1].lower()], text, flags=_I)
    return re.sub(r"\b(?:he|she|him)\b", "you", re.sub(r"\bhis\b", "your", text, flags=_I), flags=_I)


def _recap(text: str, today: date) -> dict[str, Any]:
    head = text.split(":")[0]
    if re.search(r"\btoday\b", head, _I):
        return {"meeting_date": day(today)}
    if re.search(r"\byesterday\b", head, _I):
        return {"meeting_date": day(today - timedelta(days=1))}
    weekday = re.search(rf"\b{DAY}\b", head, _I) or re.search(rf"\bmet (?:on )?(?P<day>{DAY})\b", text, _I)
    return {"meeting_date": shorten(weekday.groupdict().get("day") or weekday[0])} if weekday else {}


def _acknowledge(text: str, today: date) -> dict[str, Any]:
    back = re.search(rf"\b(?:by|back (?:to (?:you|them|her|him) )?(?:by|on|before)?)\s*(?P<when>{WHEN})", text, _I)
    got = re.search(rf"\b(?:got|received|given|handed|gave)\b[^.?!]{{0,25}}?\b(?P<when>yesterday|today|this morning|{DAY})\b", text, _I)
    facts = {"deadline": shorten(back["when"])} if back else {}
    if got:
        said_day = got["when"].lower()
        facts["received"] = day(today - timedelta(days=said_day == "yesterday")) if said_day in ("yesterday", "today", "this morning") else shorten(said_day)
    return facts


def _status(text: str, today: date) -> dict[str, Any]:
    return {"week": match["n"]} if (match := _WEEK.search(text)) else {}


def _support(text: str, today: date) -> dict[str, Any]:
    if match := _PROMISED.search(text):
        return {"support": match["what"], **({"promised_for": match["when"]} if match["when"] else {})}
    asked = re.search(r"\b(?:ask(?:ing|s)?|request(?:ing)?) (?:(?:him|her|them|hr|my \w+) )?(?:for (?P<any>[^.,;!?\n]{3,90})|(?P<what>(?:an?|one|more|the|some|extension|\d+)\b[^.,;!?\n]{3,60}))", text, _I)
    examples = re.search(r"\bexamples? (?:of|for|on) (?P<what>[^.,;!?\n]{3,60})", text, _I)
    wanted = re.search(r"\b(?:ask\w* for|need|request\w*) (?P<what>(?:the|a|an|some|more|my) [^.,;!?\n]{3,60})", text, _I)
    if examples:
        return {"examples": tidy(examples["what"])}
    if question := _QUESTION.search(text):
        return {"ask": _to_them(tidy(question["what"]))}
    if asked := asked or re.search(r"\brequesting (?P<any>[^.,;!?\n]{3,60})(?P<what>)|\bneed (?P<more>(?:more|an?|some)\b[^.,;!?\n]{3,60})", text, _I):
        return {"request": tidy(_WHAT_FOR.sub("", next(part for part in asked.groups() if part)))}
    return {"support": wanted["what"]} if wanted else {}


def _thanks(text: str, today: date) -> dict[str, Any]:
    if match := _FOR.search(text):
        return {"thanks_for": tidy(_TAIL.sub("", match["what"]))}
    for match in _DID.finditer(text):
        verb, base = match["verb"].lower(), re.search(r"\bdid\b", match[0], _I) is not None
        if verb in _NO_VERB or not (base or verb.endswith("ed") or verb in _PAST):
            continue
        rest = re.sub(r"\b(?:her|his|their) (?=own\b)", "your ", _TAIL.sub("", match["rest"]))
        return {"thanks_for": f"{_ing(verb, base=base)} {rest}".strip()}
    return {}


def _ing(verb: str, *, base: bool) -> str:
    if not base and verb in _PAST:
        return _PAST[verb]
    stem = verb if base else verb.removesuffix("ed")
    if not base and (stem.endswith(("ang", "iv", "ar", "id", "as", "ak", "ov", "ik", "at", "rg", "uc")) or len(stem) < 3):
        return f"{stem}ing"
    return f"{stem.removesuffix('e')}ing" if base and not stem.endswith("ee") else f"{stem}ing"


def _meeting(text: str, today: date) -> dict[str, Any]:
    about = _ABOUT.search(text)
    when = re.search(rf"(?P<limit>\b(?:before|by) )?\b(?P<when>{WHEN})(?!\w)", text, _I)
    facts = {"topic": tidy(about["what"].removesuffix(when[0]) if when else about["what"])} if about else {}
    day_of = re.sub(r"^(?=\d{1,2}(?:st|nd|rd|th)\b)", "the ", shorten(when["when"])) if when else ""
    return facts | ({"deadline" if when["limit"] else "times": day_of} if when else {})


def _rebook(text: str, today: date) -> dict[str, Any]:
    if days := _DAYS.search(text):
        return {"cancelled_days": ", ".join(f"the {day}" for day in _DAY.findall(days[1])[:-1]) + f" and the {_DAY.findall(days[1])[-1]}"}
    new, off = _NEW.search(text), _OFF.search(text)
    facts = {"times": shorten(new["when"])} if new else {}
    return facts | ({"cancelled": (off["a"] or off["b"]).capitalize()} if off else {})


def _corrections(text: str, today: date) -> dict[str, Any]:
    many = _MANY.search(text)
    if many:
        return {"corrections": [{}] * (_NUMBERS.get(many["n"].lower()) or int(many["n"]))}
    if not (wrong := _WRONG.search(text)) and (other := _DISAGREE.search(text)):
        return {"corrections": [{"said": f"[the exact line in the plan: {tidy(other['said'])}]", "correct": tidy(other["right"])}]}
    if not wrong:
        return {}
    # the plan's own line stays open: what somebody tells of it is not its wording
    entry = {"said": f"[the exact line in the plan: {tidy(wrong['said'])}]", "correct": tidy(wrong["right"])}
    return {"corrections": [entry | ({"evidence": f"the {wrong['shows']}"} if wrong["shows"] else {})]}


_OF_KIND = {
    DraftKind.ACKNOWLEDGE: _acknowledge, DraftKind.RECAP: _recap, DraftKind.STATUS: _status, DraftKind.SUPPORT: _support, DraftKind.THANKS: _thanks,
    DraftKind.REQUEST_MEETING: _meeting, DraftKind.REBOOK: _rebook, DraftKind.CORRECTIONS: _corrections,
}  # fmt: skip
