"""What the person told about their situation, found by rules in their own words. Never guesses; never asks a model.

A fact is taken when it is stated, or when it answers the question that the coach asked last. A fact that the person
removed on the page is taken again only as such an answer.
"""

import re

from coach.schema.conversation import Fact, Known
from coach.understand import words
from coach.understand.when import CLOCK, DAY, MONTH, SPAN, WHEN, shorten

Found = dict[str, Fact]
_I = re.IGNORECASE
PUT_RIGHT = ("meeting", "reply_due", "length")  # "no, Thursday" about one of these answers no other question


def _compile(*patterns: str) -> tuple[re.Pattern, ...]:
    return tuple(re.compile(pattern, _I) for pattern in patterns)


_MEETING = r"(?:meeting|meet(?:ing)? (?:with|hr|him|her|them|my)|sit(?:tin[g']?)? down|kick ?-?off|one to one|1:1|1-1|review|call with|see(?:ing)? (?:him|her|them))"
_MEETING_WHEN = _compile(
    rf"\b(?P<value>{WHEN}) (?:is|was|'s) (?:the|my|our) (?:actual |real )?{_MEETING}\b",
    rf"\b{_MEETING}\b[^.?!\n]{{0,40}}?\b(?P<value>{WHEN})",
    rf"\b(?P<value>{WHEN})\b[^.?!\n]{{0,30}}?\b(?:{_MEETING}|i go in|walk in|they see me)\b",
    rf"\b(?:moved|pushed|changed|brought forward|rescheduled)(?: it)?(?: back)? to (?P<value>{WHEN})",
    rf"\b(?:moved|pushed|changed|rescheduled) it\b[^.?!\n]{{0,12}}\bon (?P<value>{WHEN})",
    rf"\b(?:going|walking|due|called) in(?:to)? (?:the room )?(?P<value>{WHEN})",
    rf"\b(?:set|booked|arranged|scheduled|put in|wants?) (?:up )?(?:a|the|another) (?:\w+ )?(?:chat|talk|call|slot|session|catch[- ]?up|half (?:an )?hour)\b[^.?!\n]{{0,25}}?\b(?P<value>{WHEN})",
    rf"\b(?:speak|talk|sit|go (?:through|over) it) (?:to|with) me\b[^.?!\n]{{0,20}}?\b(?P<value>{WHEN})",
)
_MEETING_NONE = _compile(
    r"\bno (?:meeting|invite|call)\b",
    r"\bno (?:one|body) (?:has )?(?:set|booked)\b[^.?!]{0,20}meeting",
    r"\bmeeting\b[^.?!\n]{0,20}\b(?:not|isn'?t|hasn'?t been|never) (?:set|booked|scheduled|fixed)",
    r"\bnothing (?:is )?(?:in the (?:calendar|diary)|booked|scheduled)\b",
)
_RECEIVED = _compile(
    r"\b(?:got|given|handed|gave|received|told|put|slid|emailed|sent|dropped|sprung|came out|landed)\b(?:(?!\b(?:meet|meeting|review|see|until|till|by)\b)[^.?!\n]){0,60}?"
    r"\b(?P<value>today|this (?:morning|afternoon|evening)|tonight|yesterday|last night|an hour ago|(?:\w+ )?(?:minutes|hours|days|weeks) ago|"
    r"just now|last (?:week|month|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*)|(?:on )?(?:mon|tues|wednes|thurs|fri)day)\b",
    r"\b(?P<value>today|this (?:morning|afternoon|evening)|yesterday|an hour ago|last (?:week|night|monday|tuesday|wednesday|thursday|friday))\b"
    r"[^.?!\n]{0,60}?\b(?:got put|was put|been put|put me|put on|was told|they told|handed|gave me|given me|got the|got a|got my|called me in|pulled me|slid|dropped)\b",
)
_RECEIVED_MEETING = _compile(
    rf"\b(?:pip|plan|performance)\b[^.?!\n]{{0,20}}?\b(?P<value>yesterday|today|this (?:morning|afternoon)|last (?:night|week|{DAY})|in {MONTH})\b",
    rf"\bput me on\b[^.?!\n]{{0,40}}?\b(?P<value>(?:in|since) {MONTH})\b",
)
_RECEIVED_JUST = _compile(
    r"\bjust (?:now )?(?:got|been|came|walked|left|told|put|found|received|opened|slid|handed)\b|\bjust had (?:a|my|the|that|our) (?:\w+ )?(?:meeting|talk|call|chat|review|1:1)\b",
    r"\bi(?:'ve|ve| have)? just been\b",
    r"\bwas just (?:put|told|given|handed)\b",
)
_PAST = re.compile(
    r"\b(?:yesterday|last (?:night|week|month)|earlier this week|this (?:morning|afternoon|evening|week)|(?:more than )?\w+ (?:minutes?|hours?|days?|weeks?|months?) ago)\b", _I
)
_DUE = _compile(
    rf"\b(?P<value>{WHEN})(?: is|'s| was)? (?:the|my) (?:deadline|due date)\b",
    rf"\b(?:gave|given|give|got|have|giving) (?:me |us )?(?:only |just )?(?:till|til|until|up to) (?P<value>{WHEN})",
    rf"\b(?:deadline|due)\b[^.?!\n]{{0,45}}?\b(?:is|by|on|for|to)?\s*(?:the )?(?P<value>(?:{CLOCK}(?: on)? (?:the )?\d{{1,2}}(?:st|nd|rd|th))|{WHEN})",
    rf"\b(?:repl(?:y|ies)|response|respond|answer|sign(?:ed|ature)?|statement|it back|send (?:it|something)|comments|reflection)\b[^.?!\n]{{0,45}}?\b(?:by|before|until|due)\s+(?P<value>(?:the )?(?:{WHEN}|{CLOCK}|\d{{1,2}}\b)(?: today| tomorrow)?)",
    rf"\bby (?P<value>{WHEN}(?: today| tomorrow)?)[^.?!\n]{{0,30}}\b(?:reply|response|respond|answer|sign|statement)\b",
    rf"\b(?:want|wants|need|needs)\b[^.?!\n]{{0,30}}\b(?:signed|response|reply|answer|it back)\b[^.?!\n]{{0,15}}?(?P<value>now|{WHEN})",
)
_SIGNED = (
    ("no", _compile(
        r"\b(?:have ?n[o']?t|haven'?t|havent|not|didn'?t|didnt|did not|never|refused to|won'?t|wont|unsigned)\b[^.?!\n]{0,14}\bsign",
        r"\bunsigned\b",
    )),
    ("yes", _compile(
        r"\b(?:i|i'?ve|ive|already|yeah|yes|and)\b(?: (?:already|just|have|had|kind of|sort of|went ahead and|panicked and))* signed\b",
        r"\bmade me sign\b", r"\bi signed\b", r"^\W*signed\b", r"\bsigned already\b", r"\bsigned it (?:already|yesterday|today|on)\b", r"^\W*(?:\w+,? )?signed it\b", r"\balready signed\b",
    )),
    ("asked", _compile(
        r"\b(?:want|wants|wanted|asked|asking|told|need|needs|tell|telling|pushing|pressing|expect|expects|waiting for)\b[^.?!\n]{0,25}\b(?:sign|signed|signature)\b",
        r"\b(?:should|shall|do|must|have to|gotta|got to) i?\s?(?:just |have to |need to )?sign\b",
        r"\bsign (?:it|this|the \w+) (?:now|today|by|before|on the spot)\b",
    )),
)  # fmt: skip
_DOCUMENT = (
    ("verbal", _compile(
        r"\b(?:nothing|not|no(?:thing)?|isn'?t|never|haven'?t got (?:it|anything|a thing)|havent got (?:it|anything)|without)\b[^.?!\n]{0,22}\b(?:in writing|on paper|written(?: down)?)\b", r"\bnothin'? (?:in writing|on paper)\b",
        r"\bno (?:paper(?:work)?|document|doc|copy|written|email)\b",
        r"\bonly (?:been )?(?:told|said|spoken|talked)\b|\btold me (?:\w+ )?(?:over (?:lunch|coffee|a \w+)|in the (?:corridor|car|lift|car park|hallway|kitchen))",
        r"\b(?:verbal(?:ly)?|over the phone|on the phone|out loud|on a call|over (?:teams|zoom))\b",
    )),
    ("written", _compile(
        r"\b(?:it(?: i|')?s|its) (?:all )?written\b|\bwritten,? yes\b|\b(?:is|have it|got it) on paper\b|\bpaper(?:work)? is (?:in|on)\b|\bpaper(?:work|s)?(?:'s| is| has|s)? (?:arrived|come|came|here)\b|\bemailed it\b|\b(?:emailed|sent|printed) (?:me |out )?(?:the|a|my) (?:whole |actual |full |written )?(?:plan|pip)\b",
        r"\bin the (?:document|doc|pdf|letter|paperwork)\b|\b(?:\d+|five|six|ten|three|four) ?-?(?:point|goal|item|page) (?:list|plan|doc\w*|letter)\b",
        r"\b(?:emailed|e-mailed|sent|handed|gave|given|slid|got|have|received|read|reading|opened|staring at|looking at|uploaded|printed)\b[^.?!\n]{0,30}\b(?:doc(?:ument)?|pdf|letter|paper(?:s|work)?|form|copy|pages?|file|word doc)\b",
        r"\b(?:it'?s|its|is|have it|got it|got this) in writing\b",
        r"\b(?:page|section|goal|point|item|line) (?:\d|one|two|three|four)\b[^.?!\n]{0,30}\b(?:says?|reads?|is|wants?)\b",
        r"\bthe (?:plan|document|doc|letter|paper|form|pdf) (?:says?|reads?|lists?|has|names)\b",
        r"\b(?:one|two|three|four|five|six|\d) pages?\b(?: long)?",
    )),
)  # fmt: skip
_HR = _compile(
    r"\bhr (?:was|is|were|lady|woman|guy|man|rep|person|people|partner|will be|were there|sat|joined|in the room|too)\b",
    r"\b(?:with|and|plus|in ?front of|from) (?:an? )?(?:the )?(?:hr|human resources)\b",
)
_HR_NO = _compile(
    r"\bhr (?:is ?n[o']?t|isnt|won'?t|wont|will not|is not|wasn'?t|wasnt|did ?n'?t|not) (?:be |going to be |coming|come|there|in|join|even )",
    r"\b(?:without|no) (?:hr|human resources|personn?el(?: department)?)\b|\b(?:just|only) (?:him|her|my (?:boss|manager)|the (?:boss|manager)|me) and (?:me|him|her|my (?:boss|manager)|i)\b|\bjust the two of us\b",
)
_LENGTH = _compile(
    rf"\b(?:i )?meant (?P<value>{SPAN})\b",
    rf"\b(?P<value>{SPAN})\s+(?:pip|plan|performance|to (?:turn|fix|improve|prove|show|sort|shape|pass))\b",
    rf"\b(?:plan|pip|its?|this)(?:'s| is| lasts| runs| goes on)?(?: for)?(?: about)? (?P<value>{SPAN})\b(?! (?:in|ago|into|long story))",
    rf"\b(?:i have|ive got|i've got|got|given|gave me|have|giving me) (?:only |just )?(?P<value>{SPAN})\b(?! (?:in|ago|into|off|of))",
    rf"\b(?:it says|says|say|duration(?: is)?|period(?: is)?|length(?: is)?|of|within|over|lasts|runs(?: for)?) (?:only |just |about )?(?P<value>{SPAN})\b(?! (?:ago|in\b|into))",
    rf"\b(?:close|hit|reach|fix|improve|do (?:it|that|this))\b[^.?!\n]{{0,30}}? in (?P<value>{SPAN})\b",
    rf"\bfor (?P<value>{SPAN})[.?!,]?\s*(?:$|plan|pip)",
    rf"^\W*(?:it'?s )?(?P<value>{SPAN}),? (?:they|she|he|it) (?:said|says|gave|told)",
    rf"(?:^|[.!?,;]\s*)(?P<value>{SPAN})\s*(?:$|[.!?,;])",
)
_WEEK_OF = re.compile(r"\bweek (?:\d{1,2}|\w+) (?:of|out of|/) ?(?P<value>\d{1,2}|six|eight|ten|twelve)\b", _I)
_WEEK = _compile(
    r"\b(?P<ordinal>first|second|third|fourth|fifth|sixth|seventh|eighth) week\b(?! (?:of|in) (?:\w+ )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    r"\b(?P<value>(?:week|wk|day) (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve))\b",
    r"\b(?P<ago>(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|a|twelve) (?:weeks?|days?|wks?|months?)) in(?:to)?\b(?! (?:which|a row))",
    r"\b(?P<value>half ?way|midpoint|mid-point)\b",
)
_REASON_CUE = re.compile(
    r"\b(?:about|because|cos|cause|over|for (?:being|my)|reason|they (?:say|said|think)|(?:he|she|boss|manager) (?:says|said|thinks)|"
    r"says? (?:i|my)|put ['\"\u2018\u201c]|in the (?:document|plan|letter|paper)|(?:list|goal)s? (?:of|is|about)|i (?:was|am|'m|miss|missed|keep)|my (?:attitude|tone|manner|numbers|sales|attendance|lateness|communication|mistakes|errors))\b",
    _I,
)
_RESIGNED = _compile(
    r"\bi(?:'ve|ve| have)?(?: already| just)? (?:resigned|quit|handed in my notice|gave (?:in )?my notice|given (?:in )?my notice|put in my notice)\b",
    r"\balready (?:resigned|quit|handed in my notice|gave notice)\b",
)
_NOT_REALLY = re.compile(r"\b(?:if|should|shall|could|would|might|almost|nearly|thinking|before|want to|wanna|do)\s*$", _I)
_CHECK_INS_WORD = r"(?:check[- ]?ins?|catch[- ]?ups?|1:1s?|1-1s?|one[- ]to[- ]ones?|reviews?|meetings?|meet|touch base|talk|chats?|calls?|half (?:an )?hour|sit down|update)"
_CHECK_INS = (
    ("cancelled", _compile(
        rf"\b(?:cancel\w*|scrapped|called off|bail\w*|no[- ]show\w*|skipp\w*)\b[^.?!\n]{{0,40}}\b{_CHECK_INS_WORD}\b",
        rf"\b{_CHECK_INS_WORD}\b[^.?!\n]{{0,40}}\b(?:cancel\w*|scrapped|called off|not happening|never happen\w*|skipp\w*)\b",
        r"\b(?:she|he|they|manager|boss)(?:'s|s| has| have| keeps?| just)? cancel\w*\b",
        r"^\W*they keep getting cancel\w+\W*$",
    )),
    ("planned", _compile(rf"\b{_CHECK_INS_WORD}\b[^.?!\n]{{0,25}}\b(?:scheduled|planned|booked|in the diary)\b[^.?!\n]{{0,30}}\b(?:none|not|never|yet)\b")),
    ("none", _compile(
        rf"\b(?:don'?t|dont|do not|haven'?t|havent) have (?:any |a )?(?:\w+ )?{_CHECK_INS_WORD}\b",
        rf"\b(?:no|never had|haven'?t had|havent had|not one|zero) (?:\w+ )?{_CHECK_INS_WORD}\b(?! (?:set|booked|yet))",
        rf"\bnever (?:\w+ ){{0,3}}{_CHECK_INS_WORD}\b",
    )),
    ("daily", _compile(rf"\b(?:daily|every (?:single )?(?:day|morning|evening)|each day)\b[^.?!\n]{{0,25}}\b{_CHECK_INS_WORD}\b", rf"\b{_CHECK_INS_WORD}\b[^.?!\n]{{0,25}}\b(?:daily|every (?:single )?(?:day|morning|evening)|each day|each morning)\b")),
    ("fortnightly", _compile(rf"\b(?:on for|agreed(?: on)?|settled on|meeting|we meet)\b[^.?!\n]{{0,15}}\b(?:fortnightly|every (?:fortnight|(?:two|2|other|second) (?:weeks?|{DAY})))", r"\b(?:they'?re|they are|it'?s|only|now) every (?:fortnight|(?:two|2|other|second) weeks?)\b", rf"\b{_CHECK_INS_WORD}\b[^.?!\n]{{0,12}}\bevery (?:fortnight|(?:other|second) {DAY})\b", rf"\b(?:fortnightly|every (?:two|2|other) weeks?|biweekly|bi-weekly)\b[^.?!\n]{{0,25}}\b{_CHECK_INS_WORD}\b", rf"\b{_CHECK_INS_WORD}\b[^.?!\n]{{0,25}}\b(?:fortnightly|every (?:two|2|other) weeks?|biweekly|bi-weekly)\b")),
    ("weekly", _compile(
        r"\b(?:agreed(?: on)?|settled on|we meet|on for)\b[^.?!\n]{0,15}\b(?:once a week|weekly|every week)\b",
        rf"\b(?:weekly|every week|each week|once a week|every (?:mon|tues|wednes|thurs|fri)day|(?:mon|tues|wednes|thurs|fri)days)\b[^.?!\n]{{0,30}}\b{_CHECK_INS_WORD}\b",
        rf"\b{_CHECK_INS_WORD}\b[^.?!\n]{{0,30}}\b(?:weekly|every week|each week|once a week|every (?:mon|tues|wednes|thurs|fri)day|(?:mon|tues|wednes|thurs|fri)days)\b",
    )),
)  # fmt: skip
_MANAGER = re.compile(
    r"\b(?:(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]anager'?s|[Bb]oss'?s) name(?:'s| is)|[Ss]?[Hh]e(?:'s|s| is) called) (?P<c>[A-Za-z][a-z]{1,14})\b|"
    r"\b(?:[Mm]y |[Tt]he )?(?:line |area |store |shift |project |deputy )?(?:[Mm]anager|[Bb]oss|[Ss]upervisor|[Tt]eam lead|[Ll]ead|[Dd]irector|foreman|charge nurse|principal|head(?:teacher)?|chef|team leader|owner)(?:'?s)?(?:,| is called| is| called| named|'s name is)? (?P<a>[A-Z][a-z]{1,14})\b"
    r"|\b(?P<b>[A-Z][a-z]{1,14}),? (?:is )?my (?:line )?(?:manager|boss|supervisor|team lead|lead|director)\b"
)
_NO = re.compile(r"^\W*(?:no+|nope|nah|not (?:yet|really|so far)|none|nothing|never|i don'?t|i dont|haven'?t|havent)\b", _I)
_YES = re.compile(r"^\W*(?:y(?:es|eah|ep|up|eh)?|sure|i do|i have(?! ?n[o']?t)|correct|already did|they do|it is|ok yes)\b", _I)
_NOT_NAMES = {"Is", "And", "But", "Who", "Has", "Was", "The", "He", "She", "They", "Said", "Says", "Wants", "I", "To", "At", "In", "On", "Just", "Yesterday", "Today", "Tomorrow", "Hello", "Hi", "Now", "When", "Where", "Why", "How", "Also", "After", "Before", "Have", "Had", "Not", "No", "Yes", "Ok", "Okay", "Please", "This", "These", "We", "You", "Our", "Her", "His", "Their", "Its", "Pip", "HR", "As", "For", "From", "By", "Of", "A", "An", "All", "Because", "Since", "While", "There", "Here", "What", "Wont", "Never", "Always", "Still", "Then", "Can", "Could", "Would", "Should", "Made", "Makes", "Put", "Puts", "Asked", "Asks", "Want", "Came", "Went", "Got", "Gets", "Thinks", "Knows", "Sent", "Emailed", "Called", "Cancelled", "Does", "Gives", "Or", "With", "About", "Both", "Only", "Keeps", "Told", "Gave", "Hr", "That", "If", "Will", "Did", "So", "It", "My", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}  # fmt: skip


def find(text: str, known: Known, asked_last: str | None, dropped: tuple[str, ...] = ()) -> Found:
    """Facts that `text` states, by field of Known; only those that are new or changed and not `dropped`."""
    stated = _stated(text)
    put_right = any(field in stated and getattr(known, field) is not None for field in PUT_RIGHT)
    found = _answered(text, asked_last) if asked_last and not (put_right and _NO.search(text)) else {}
    for field, fact in stated.items():
        if field not in dropped and (field not in found or field == "document"):
            found[field] = fact
    if "resigned" in found:
        found.pop("wants", None)
    return {field: fact for field, fact in found.items() if _news(field, fact, known)}


def merge(known: Known, found: Found, text: str = "") -> Known:
    """What is known with `found` laid over it, less a feeling that `text` denies ("I'm not numb")."""
    denied = known.feeling is not None and "feeling" not in found and words.denies(text, known.feeling.value)
    return known.model_copy(update={"feeling": None} if denied else found)


def _news(field: str, fact: Fact, known: Known) -> bool:
    before = getattr(known, field)
    if before is None:
        return True
    if field == "signed" and before.value == "yes" and fact.value == "asked":
        return False  # "should I have signed" does not take a signature back
    if field == "document" and before.value == "written" and fact.value == "verbal":
        return bool(re.search(r"\b(?:actually|no,|only|wait)\b", fact.quote, _I))
    return before.value.lower() != fact.value.lower()


def _stated(text: str) -> Found:
    found: Found = {}
    for field, patterns in (("meeting", _MEETING_WHEN), ("reply_due", _DUE), ("length", _LENGTH)):
        if match := _first(patterns, text):
            found[field] = Fact(value=shorten(match["value"]), quote=match[0].strip())
    if "meeting" not in found and (match := _first(_MEETING_NONE, text)):
        found["meeting"] = Fact(value="none", quote=match[0])
    if (match := _PAST.fullmatch(text.strip(" .!"))) and len(text.split()) < 4:
        found["received"] = Fact(value=shorten(match[0]), quote=match[0])
    elif match := _first(_RECEIVED, text) or (None if "meeting" in found else _first(_RECEIVED_MEETING, text)):
        found["received"] = Fact(value=shorten(match["value"]), quote=match[0])
    elif match := _first(_RECEIVED_JUST, text):
        found["received"] = Fact(value="just now", quote=match[0])
    for field, groups in (("signed", _SIGNED), ("document", _DOCUMENT), ("check_ins", _CHECK_INS)):
        for value, patterns in groups:
            if match := _first(patterns, text):
                found[field] = Fact(value=value, quote=match[0].strip())
                break
    for value, patterns in (("no", _HR_NO), ("yes", _HR)):
        if "hr" not in found and (match := _first(patterns, text)):
            found["hr"] = Fact(value=value, quote=match[0])
    if match := _first(_WEEK, text):
        groups = match.groupdict()
        value = groups.get("value") or (words.week(groups["ago"]) if groups.get("ago") else words.ordinal_week(groups["ordinal"]))
        found["week"] = Fact(value=words.digits(value.lower()), quote=match[0])
    if "length" not in found and (match := _WEEK_OF.search(text)):
        found["length"] = Fact(value=f"{match['value']} weeks", quote=match[0])
    if (match := _first(_RESIGNED, text)) and not _NOT_REALLY.search(text[: match.start()]):
        found["resigned"] = Fact(value="yes", quote=match[0])
    if match := _MANAGER.search(text):
        name = match["a"] or match["b"] or match["c"].capitalize()
        if name not in _NOT_NAMES:
            found["manager"] = Fact(value=name, quote=match[0])
    for field, value, quote in words.listed(text):
        if field != "reason" or _REASON_CUE.search(text) or len(text.split()) < 4:
            found.setdefault(field, Fact(value=value, quote=quote))
    if "length" in found:
        found["length"] = Fact(value=words.span(found["length"].value), quote=found["length"].quote)
    return found


def _answered(text: str, asked: str) -> Found:
    """What a short answer means, given the field that was asked for."""
    quote = text.strip()[:80]
    if len(text.split()) > 25:
        return {}
    when = re.search(WHEN, text, _I)
    span = re.search(rf"\b{SPAN}\b", text, _I)
    no, yes = bool(_NO.search(text)), bool(_YES.search(text))
    if asked == "meeting":
        if when:
            return {"meeting": Fact(value=shorten(when[0]), quote=quote)}
        if no:
            return {"meeting": Fact(value="none", quote=quote)}
    elif asked == "received" and (past := _PAST.search(text)):
        return {"received": Fact(value=shorten(past[0]), quote=quote)}
    elif asked in ("reply_due", "received") and when:
        return {asked: Fact(value=shorten(when[0]), quote=quote)}
    elif asked == "length" and span:
        return {"length": Fact(value=words.span(span[0]), quote=quote)}
    elif asked == "document" and (yes or no):
        return {"document": Fact(value="written" if yes else "verbal", quote=quote)}
    elif asked in ("signed", "hr", "resigned") and (yes or no):
        return {} if asked == "resigned" and no else {asked: Fact(value="yes" if yes else "no", quote=quote)}
    elif asked == "check_ins" and no:
        return {"check_ins": Fact(value="none", quote=quote)}
    elif asked == "check_ins" and (match := re.search(r"\b(daily|weekly|fortnightly)\b", text, _I)):
        return {"check_ins": Fact(value=match[0].lower(), quote=quote)}
    elif asked == "wants":
        if re.search(r"\b(?:not sure|unsure|dunno|don'?t know|dont know|maybe|idk|some days)\b", text, _I):
            return {"wants": Fact(value="unsure", quote=quote)}
        if re.search(r"\bstay|keep\b", text, _I) and not no:
            return {"wants": Fact(value="stay", quote=quote)}
        if re.search(r"\b(?:leave|go|out)\b", text, _I) and not no:
            return {"wants": Fact(value="leave", quote=quote)}
    elif asked == "manager" and (match := re.fullmatch(r"\W*(?:her name is |his name is |it'?s |its )?([A-Za-z][a-z]{1,14})\W*", text.strip())):
        return {"manager": Fact(value=match[1].capitalize(), quote=quote)}
    elif asked == "reason":
        return {field: Fact(value=value, quote=quote) for field, value, _ in words.listed(text) if field == "reason"}
    return {}


def _first(patterns: tuple[re.Pattern, ...], text: str) -> re.Match | None:
    return next((match for pattern in patterns if (match := pattern.search(text))), None)
