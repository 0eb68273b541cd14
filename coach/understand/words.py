"""Word lists that say what a person feels, what the plan is about, what they want and where they work."""

import re
from collections.abc import Iterator

_I = re.IGNORECASE
_NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "thirty": "30", "forty-five": "45", "forty five": "45", "sixty": "60",
    "ninety": "90",
}  # fmt: skip

FEELING = {
    "angry": r"angry|anger|furious|fuming|raging|livid|mad\b|pissed(?: off)?|seething|so done with|bullshit|bs\b|screw (?:them|him|her)|"
    r"outraged|boiling|fed up|sick of|how dare|unbelievable|joke of a|fuck\w*|wtf",
    "ashamed": r"asham\w+|humiliat\w+|embarrass\w+|mortif\w+|failure|stupid|idiot|useless|pathetic|small\b(?= again)|worthless|losers?\b",
    "scared": r"scared|terrif\w+|afraid|frightened|panic\w*|anxious|anxiety|worried|worry|nervous|dread\w*|freaking|petrified|fear(?:ful|s|ing)?\b|"
    r"can'?t lose (?:this|my) job|losing my job|shaking|trembling|stomach",
    "numb": r"numb(?:ed|ness)?\b|blank\b|empty|nothing inside|can'?t feel|feel nothing|on autopilot|zoned out",
    "overwhelmed": r"overwhelm\w*|drowning|too much(?= for me| right now| to (?:take|handle|cope|bear)| at once| all at|\W*$)|head (?:is|'s) (?:spinning|soup|mush|a mess)|don'?t know where to start|"
    r"dont know where to start|can'?t think|cant think|swamped|buried|all over the place",
    "exhausted": r"exhaust\w+|(?:just|only|so|really|very|dog) tired|\btired\W*$|burn(?:ed|t) out|knackered|worn out|shattered|drained|dead on my feet|so tired|no energy|can'?t sleep|cant sleep|"
    r"not sleeping|haven'?t slept|havent slept",
    "sad": r"sad\b|sadness|crying|cried|cry\b|tears\b|heartbroken|gutted|devastated|down\b(?= about)|upset|miserable|hopeless|low\b(?= right now| tonight)",
    "shocked": r"shock\w*|stunned|out of nowhere|blindsided|didn'?t see (?:it|this) coming|out of the blue|can'?t believe|cant believe|"
    r"stomach dropped|reeling|never saw (?:it|this) coming",
}
REASON = {
    "attendance": r"(?<!report )(?<!reports )(?<!charting )(?<!charts )(?<!paperwork )(?<!orders )(?<!work )(?<!notes )(?:(?<!ing is )(?<!rts are )(?<!work is )(?<!rts is )(?<!ders are )(?<!tes are )late\b(?! (?:report|order|invoice|deliver|payment|paperwork|ticket)))|lateness|attendance|absen\w+|punctual\w*|timekeeping|sick days|time off|clock(?:ing)? in|no[- ]shows?",
    "behaviour": r"attitude|tone|manner|rude\w*|communicat\w*|team ?player|behaviou?rs?|how i (?:speak|talk|come across)|brusque|abrasive|"
    r"professionalism|dismissive|conduct\b|arguing|conflict|not proactive|proactive|presence|stakeholder",
    "results": r"targets?|numbers|sales|kpis?|missed deadlines?|deadlines?|quota|errors?|mistakes?|tickets|output|productivity|"
    r"quality|too slow|(?:pick|hit|error|scan|close|response) rates?|speed|accuracy|conversion|error rate|call times?|complaints?|bugs?",
    "skills": r"skills?\b|never (?:been )?trained|don'?t know how|excel|knowledge|technical|competenc\w+|experience",
}
WANTS = {
    "unsure": r"stay or (?:go|leave|quit)|leave or stay|go or stay|stick it out or|(?:don'?t|dont|not) (?:know|sure) (?:if|whether) (?:i (?:even )?(?:want|should|can)|to) "
    r"(?:to )?(?:stay|go|leave|quit|keep)|should i (?:even )?(?:stay|leave|quit|resign|just go)|is it (?:even )?worth (?:it|even trying|trying|staying|the stress)|(?:don'?t|do not|dont) (?:\\w+ )?know (?:if|whether) i (?:\\w+ )?want to (?:carry on|go on)|whether to (?:carry on|stay|go on)|"
    r"some days i want (?:out|to (?:go|leave|quit))|never said i want(?:ed)? to (?:leave|go|quit)|unsure (?:tbh|really|still|about (?:staying|leaving))|torn between|(?:stay|fight|stick it out|keep going)\b[^.?!]{0,25}\bor\b[^.?!]{0,25}\b(?:leave|go|quit|elsewhere|move on|get out|walk|jump)|take the hint and (?:leave|go)|half of me wants|part of me wants|can'?t decide|cant decide|not sure (?:if|whether) i (?:even )?want",
    "stay": r"(?:want|wanna|like|love|prefer|decided|going|trying|rather|hope|hoping) (?:to )?(?:stay|keep (?:my|this|the) job|make (?:it|this) work|fight for it|"
    r"pass(?: this| it)?|turn (?:it|this) (?:a?round))|need (?:this|the|my) job|don'?t want to (?:lose|leave)|dont want to (?:lose|leave)|"
    r"(?:don'?t|dont|do not) (?:really )?(?:want|wanna) (?:to )?(?:leave|go|quit|resign)|can'?t (?:afford to )?lose (?:this|my|the) job|(?:gonna|going to|decided to|will) stay|give it a (?:proper |real )?(?:go|try|shot)|i'?ll stay|i'?m staying|i like (?:the|my) (?:job|work|team)|love (?:the|my|this) job",
    "leave": r"preference is to (?:leave|go)|(?:i )?(?:want|wanna|ready|going|decided|rather|plan) (?:to )?(?:just )?(?:leave|get out(?! of)|quit|walk away|move on|resign)|i want out|i'?m out\b|"
    r"made (?:up )?my mind,? (?:up,? )?(?:to (?:leave|go)|i'?m (?:out|leaving|going))|i'?m leaving|im leaving|i'?m done with (?:this|the) (?:place|company|job)",
}
REGION = {
    "us": r"usa|u\.s\.a?|united states|america|texas|california|new york|nyc|florida|ohio|illinois|chicago|massachusetts|boston|seattle|houston|dallas|austin|denver|atlanta|philadelphia|los angeles|san francisco|detroit|minneapolis|minnesota|wisconsin|tennessee|nashville|north carolina|south carolina|maryland|utah|nevada|indiana|missouri|kentucky|louisiana|oklahoma|"
    r"georgia|virginia|arizona|colorado|michigan|pennsylvania|new jersey|oregon|h-?1b|stem opt|eeoc|osha|mspb|gs-\d+|usps|fmla|401k|w-?2|at[- ]will",
    "uk": r"uk|u\.k\.|united kingdom|england|scotland|(?<!new south )wales|northern ireland|london|manchester|birmingham|leeds|glasgow|belfast|britain|liverpool|sheffield|bristol|cardiff|edinburgh|newcastle|nottingham|leicester|aberdeen|"
    r"acas|nhs|hmrc|universal credit|skilled worker visa|p45",
    "ie": r"republic of ireland|dublin|cork|galway|limerick|waterford|(?<!northern )ireland|wrc",
    "ca": r"canada|canadian|(?-i:BC)|ontario|toronto|quebec|montreal|vancouver|alberta|calgary|british columbia|ottawa|winnipeg|manitoba|saskatchewan|regina|saskatoon|edmonton|halifax|nova scotia|new brunswick|newfoundland|hamilton,? on(?:t)?",
    "au": r"australia|new south wales|nsw|sydney|melbourne|brisbane|perth|queensland|victoria|adelaide|canberra|hobart|darwin|tasmania|fair work",
    "nz": r"new zealand|auckland|wellington|christchurch|hamilton|dunedin|nz",
    "in": r"india|bangalore|bengaluru|mumbai|delhi|hyderabad|chennai|pune|gurgaon|noida|kolkata",
    "other": r"germany|berlin|munich|hamburg|frankfurt|cologne|vienna|austria|zurich|brussels|belgium|copenhagen|denmark|oslo|norway|stockholm|helsinki|finland|prague|warsaw|krakow|lisbon|rome|milan|barcelona|france|paris|spain|madrid|netherlands|amsterdam|singapore|dubai|uae|south africa|johannesburg|"
    r"nigeria|lagos|kenya|nairobi|philippines|manila|brazil|mexico|poland|italy|portugal|sweden|switzerland|japan|malaysia|pakistan",
}
_LISTS = {
    field: [(value, re.compile(rf"\b(?:{pattern})", _I)) for value, pattern in values.items()]
    for field, values in (("feeling", FEELING), ("reason", REASON), ("wants", WANTS))
}
_REGIONS = [(value, re.compile(rf"\b(?:{pattern})\b", _I)) for value, pattern in REGION.items()]
_LOWER_US = re.compile(r"\b(?:in|the) US\b|\bUS\b(?= (?:based|employee|citizen|company))|\bbased in the us\b")
_NOT = re.compile(r"\b(?:not|isn'?t|aren'?t|no longer|wasn'?t|never|don'?t feel|dont feel|stop (?:calling|saying) (?:it|me|i'?m))\s+(?:really |that |even |so )?$", _I)


def listed(text: str) -> Iterator[tuple[str, str, str]]:
    """Field, value and the person's words for the first feeling, reason, wish and region that the text names."""
    for field, values in _LISTS.items():
        hits = [
            (match.start(), value, match[0])
            for value, pattern in values
            for match in pattern.finditer(text)
            if not _NOT.search(text[: match.start()])
        ]
        if field == "wants":  # the order of the list decides: doubt outweighs all, and "don't want to leave" is a wish to stay
            hits = [(list(WANTS).index(value), value, quote) for _, value, quote in hits]
        if hits:
            _, value, quote = min(hits)
            yield field, value, quote
    places = [(match.start(), value, match[0]) for value, pattern in _REGIONS if (match := pattern.search(text))]
    if places:  # the first one: a sister in another country comes after one's own
        _, value, quote = min(places)
        yield "region", value, quote
        return
    if match := _LOWER_US.search(text):
        yield "region", "us", match[0]


def denies(text: str, feeling: str) -> bool:
    """Whether the person says that they do not feel this: "I'm not numb"."""
    pattern = re.compile(rf"(?:^|\bi(?:'m| am|m)? |\bi )(?:not|don'?t feel|do not feel|no longer)(?: feeling| really| that| even| so)? (?:{FEELING[feeling]})\b", _I)
    return bool(pattern.search(text.replace("\u2019", "'")))


def digits(words: str) -> str:
    """Number words as digits: "sixty days" becomes "60 days"."""
    joined = re.sub(r"(?<=\w)-(?=(?:calendar|business|working|day|week|month))", " ", words.strip().lower())
    return re.sub(
        r"\b(" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\b", lambda match: _NUMBERS[match[1]], joined
    )


def span(words: str) -> str:
    """A length of time as people say it: "60-day" and "sixty days" become "60 days"."""
    return re.sub(r"^((?!1 )\d+ (?:calendar |business |working )?(?:day|week|wk|month))$", r"\1s", digits(words))


def ordinal_week(word: str) -> str:
    """ "second" week becomes "week 2"."""
    return f"week {('first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth').index(word.lower()) + 1}"


def week(span: str) -> str:
    """How far in: "three weeks" in becomes "week 3", "ten days" in stays "10 days in"."""
    span = digits(span)
    if match := re.fullmatch(r"(\d+) (?:weeks?|wks?)", span):
        return f"week {match[1]}"
    return f"{span} in"
