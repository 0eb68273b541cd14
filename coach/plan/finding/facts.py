"""People, dates, promises, reviews, consequences and signature of a plan, each in its own words. Pure."""

import re
from datetime import date, timedelta

from coach.plan import dates
from coach.plan.finding import sentences
from coach.plan.finding.roles import Role, is_given, obliges
from coach.plan.finding.walk import Unit, is_blank
from coach.schema.plan import Document, Quote, Signature

_I = re.IGNORECASE
_NAME = r"[A-Z\u00c0-\u00dd][\w'\u2019.-]+(?:[ -](?:(?:de|van|von|der|den|da|di|la|le|el|al|bin|ter|dos|du) )*[A-Z\u00c0-\u00dd][\w'\u2019.-]*){0,4}"
_EMPLOYEE = re.compile(r"^(?:name of (?:the )?)?(?:employee|agent|associate|account manager|engineer|staff|who|staff member|member of staff|team member|worker|colleague|associate|teacher|nurse|postholder|name|to|memorandum for|for|dear|(?:employee|team member|staff|full|your)(?:'s)? (?:full )?name|name of (?:the )?(?:employee|staff member|team member)|participant|issued to|prepared for|plan for)$", _I)  # fmt: skip
_MANAGER = re.compile(r"^(?:(?:line|reporting|people|direct|store|area|your|head|duty|ward|department|general|store|sales|engineering|regional|operations|area|site|plant|service|shift|team|office|kitchen|reporting|immediate|responsible|practice|branch|project)? ?(?:manager|supervisor|boss|team lead(?:er)?|lead|head|headteacher|principal|foreman|director|superior|chef|officer|evaluator)(?:'s)?(?: name)?|name of (?:the )?(?:line )?(?:manager|supervisor)|from|prepared by|issued by|reports to|reporting to|manager/supervisor|supervisor/manager)$", _I)  # fmt: skip
_START = re.compile(r"\b(?:start|begin|open|commenc|effective|from)\w*\b", _I)
_ENDS = re.compile(r"\b(?:end|finish|conclu|complet|until|expir|clos|final|last day|to(?= *$))\w*\b", _I)
_PERIOD = re.compile(r"\b(?:plan|pip|period|window|duration|term|opportunity|review period|dates?|timeframe|monitoring)\b", _I)


_ISSUED = re.compile(r"^(?:date(?: of (?:this|the|issue))?.*|issued(?: on)?|date issued|today'?s date)$", _I)


def people(document: Document, units: list[Unit]) -> tuple[str | None, str | None]:
    """Names of employee and manager as the document gives them, without their titles."""
    employee = manager = None
    for key, value in _pairs(document, units):
        name = _name(value)
        if name is None:
            continue
        if employee is None and _EMPLOYEE.match(key):
            employee = name
        elif manager is None and _MANAGER.match(key):
            manager = name
    for found in re.finditer(rf"\b(?:prepared|written|issued) (?:for|to)\s+({_NAME})", document.text):
        employee = employee or _name(found[1])
    head = document.text[:1500]
    if employee is None and (dear := re.search(r"\bDear (?:Mr|Mrs|Ms|Miss|Dr|Mx)?\.? ?([A-Z][\w'-]+)", head)):
        full = re.search(rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Mx)?\.? ?((?:[A-Z][\w'-]+ )+[\w'-]*{re.escape(dear[1])}[\w'-]*|{re.escape(dear[1])}(?: [A-Z][\w'-]+)+)", document.text)
        employee = full[1].strip() if full else dear[1]
    if manager is None and (signed := re.search(rf"(?:Yours (?:faithfully|sincerely|truly)|Sincerely|Kind regards|Best regards|Regards)[^\n]*\n+(?:[^\n]*(?:Limited|Ltd|Bank|Inc)[^\n]*\n+)?({_NAME})", document.text)):
        manager = signed[1]
    return employee or document.recipient, manager or document.sender


def _pairs(document: Document, units: list[Unit]):
    for unit in units:
        if unit.key and unit.source in ("cell", "label", "item"):
            yield _key(unit.key), unit.text
            # labels that a form runs together: "05/11/2026Plan End Date:08/07/2026"
            for inner in re.finditer(r"(?P<key>[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,3}):\s*(?P<value>[^:\n]+?)(?=[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,3}:|$)", unit.text):
                yield _key(inner["key"]), inner["value"]
    for line in document.text.splitlines():
        if plain := re.match(r"(?P<key>opened|closes|starts?|ends?|begins)\s+(?P<value>(?:\w+day,? )?\d[^\n]{5,24})$", line.strip(), _I):
            yield plain["key"].replace("Opened", "Start").replace("Closes", "End"), plain["value"]
        for match in re.finditer(r"(?:^|\t|\s{2,}|[;,.] |(?<=\d{4}) )(?P<key>[A-Z][A-Za-z' /()-]{1,34}?)\s*(?::|\t)\s*(?P<value>[^\t:]{2,90}?)(?=$|\t|\s{2,}|[;.] (?=[A-Z])|\s+[A-Z][A-Za-z' ]{2,25}:)", line):
            yield _key(match["key"]), match["value"]


def _key(text: str) -> str:
    return re.sub(r"\s*\([^)]*\)|[:*#]", "", text).strip()


def _name(value: str) -> str | None:
    match = re.match(rf"\W*(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Mx|Sir)\.? )?({_NAME})", value.strip())
    if not match or is_blank(value) or re.search(r"_{3,}|\.{4,}", value[: match.end() + 2]) or match[1].lower() in ("employee", "manager", "supervisor", "date", "name", "hr"):
        return None
    return re.split(r"\s+(?:-|\u2013|\()", match[1])[0].strip(" .,")


def period(document: Document, units: list[Unit], order: dates.Order) -> tuple[date | None, date | None, int | None, date | None]:
    """Start, end, length in days, and the day of the document."""
    calendar = dates.Calendar(order=order, sent=document.sent)
    issued = document.sent or _issued(document.text, units, calendar)
    calendar = calendar.model_copy(update={"sent": issued})
    start, end = _labelled(units, document, calendar)
    if start is None or end is None:
        for sentence in _sentences(document):
            first, last = _spoken(sentence, calendar)
            start, end = start or first, end or last
            if start and end:
                break
    length = _length(document.text)
    if start is None and re.search(r"\b(?:from|of) (?:the date of this|today|receipt of this|the date (?:of|on) (?:this|which))|\bfrom today\b|\beffective (?:immediately|today)|with immediate effect|runs? from the date", document.text, _I):
        start = issued
    if start is None and length and (end is None or (issued and abs((end - issued).days - length) < 3)):
        start = issued
    if end is None and start and length:
        end = start + timedelta(days=length)
    if start and end and end <= start:
        end = None
    return start, end, length or ((end - start).days if start and end else None), issued


def _issued(text: str, units: list[Unit], calendar: dates.Calendar) -> date | None:
    for unit in units:
        dated = unit.key and _ISSUED.match(unit.key.strip()) and not _PERIOD.search(unit.key.replace("form", ""))
        if dated and (found := [hit for hit in dates.find(unit.text, calendar) if hit.value]):
            return found[0].value
    match = re.search(r"\b(?:date(?: of this (?:form|letter|memo|plan|document))?|dated|issued(?: on)?)\s*:?\s*([^\n]{4,40})", text[:1500], _I)
    if match and (found := [hit for hit in dates.find(match[1], calendar) if hit.value]):
        return found[0].value
    school = re.search(r"\b(20\d\d)\s?[-/\u2013]\s?(?:20)?\d\d\b", text[:500])
    if school and re.search(r"\bschool|academic|teacher", text, _I):
        return date(int(school[1]), 8, 1)
    for line in text[:600].splitlines():
        line = re.sub(r"\s*\b\d{1,2}:\d\d\b.*", "", line) if re.search(r"\d{4} +\d{1,2}:\d\d\b", line) else line  # "28 Sep 2026 09:12 to ..."
        hits = [hit for hit in dates.find(line, calendar) if hit.value]
        if len(hits) == 1 and len(line.strip()) - len(hits[0].words) < 25:
            return hits[0].value
    return None


def _labelled(units: list[Unit], document: Document, calendar: dates.Calendar) -> tuple[date | None, date | None]:
    start = end = None
    columns = {_key(unit.key) for unit in units if unit.group and re.fullmatch(r"t\d+r\d+", unit.group)}
    for key, value in _pairs(document, units):
        if len(key.split()) > 6 or key in columns or re.search(r"\b(?:goal|objective|milestone|review|meeting|training|check|response|appeal)\b", key, _I) and not re.search(r"\breview period\b", key, _I):
            continue
        hits = [hit for hit in dates.find(value, calendar) if hit.value]
        if len(hits) >= 2 and (_PERIOD.search(key)) and re.search(r"\b(?:to|until|till|through|and)\b|[-\u2013\u2014]", value[hits[0].end : hits[1].start]):
            start, end = start or hits[0].value, end or hits[1].value
        elif hits and _START.search(key) and not _ENDS.search(key):
            start = start or hits[0].value
        elif hits and _ENDS.search(key) and not re.search(r"projected|each", key, _I):
            end = end or hits[0].value
    return start, end


def _sentences(document: Document):
    for block in document.blocks:
        for left, right in sentences.split(block.text):
            yield block.text[left:right]


_PLANISH = re.compile(r"\b(?:plan|pip|period|weeks?|days?|process|opportunity|review)\b", _I)


def _spoken(sentence: str, calendar: dates.Calendar) -> tuple[date | None, date | None]:
    if not _PLANISH.search(sentence) and not re.search(r"\bbetween (?:now|today) and\b|\bit (?:starts|begins|runs|lasts)\b|^(?:effective|valid|in force)\b", sentence, _I):
        return None, None
    hits = [hit for hit in dates.find(sentence, calendar) if hit.value]
    pair = re.search(r"\b(?:plan|pip|period|improvement)\b", sentence, _I) and not re.search(r"\b(?:was|were|had)\b", sentence, _I)
    for first, second in zip(hits, hits[1:], strict=False):
        if pair and re.fullmatch(r"\W*(?:\d{4}\W*)?(?:to|until|through|till|[-\u2013\u2014])\W*(?:\w+day,? )?(?:the )?", sentence[first.end : second.start], _I) and (second.value - first.value).days > 10:
            return first.value, second.value
    start = calendar.sent if re.search(r"\bfrom today (?:until|to|through)\b|\bbetween (?:now|today) and\b", sentence, _I) else None
    end = None
    for hit in hits:
        before = sentence[max(0, hit.start - 45) : hit.start]
        if re.search(r"\b(?:begins?|starts?|starting|beginning|runs? from|from|commenc\w+|effective|takes effect|in effect|kick-?off)\W+(?:on |from )?(?:today,? |tomorrow,? )?(?:the )?(?:\w+day,? )?(?:the )?$", before, _I) and not re.search(r"\b(?:cycle|training|course|licence|access)\b", before, _I):
            start = start or hit.value
        elif start and re.search(r"\bbetween (?:now|today) and (?:\w+day,? )?$", before, _I) or re.search(r"\b(?:ends?|ending|until|through|to|finish\w*|conclud\w+|in force until|runs? (?:until|to)|lasts? until|expires?)\W+(?:on |at )?(?:the )?(?:\w+day,? )?(?:the )?$", before, _I) and (start or re.search(r"\b(?:plan|pip|period)\b[^.]{0,30}(?:ends?|runs|lasts|until|finish|conclud|expire)", before, _I)):
            end = end or hit.value
    return start, end


def _length(text: str) -> int | None:
    match = re.search(r"\b(\d{2,3}|thirty|sixty|ninety|forty-five)[- ](?:calendar[- ])?days?\b[^.\n]{0,25}\b(?:plan|pip|period|improvement|opportunity)|\b(?:plan|pip|period|duration|ends? after|runs? for|lasts?)\b[^.\n]{0,22}?\b(\d{2,3}|thirty|sixty|ninety|forty-five)[- ](?:calendar )?days?\b|\((\d{2,3}) (?:calendar )?days\)", text, _I)
    if match:
        return _count(next(group for group in match.groups() if group))
    match = re.search(r"\b(\d{1,2}|two|three|four|six|eight|ten|twelve)[- ]weeks?\b[^.\n]{0,25}\b(?:plan|pip|period|improvement)|\b(?:plan|pip|period|duration|runs? for|lasts?)\b[^.\n]{0,30}?\b(\d{1,2}|two|three|four|six|eight|ten|twelve)[- ]weeks?\b", text, _I)
    return 7 * _count(next(group for group in match.groups() if group)) if match else None


def _count(word: str) -> int:
    return dates.read_number(word.lower())


def quote(unit: Unit, left: int = 0, right: int | None = None) -> Quote:
    """The exact words of a statement or a part of it."""
    words = unit.text[left:right]
    start = unit.start + left
    return Quote(text=re.sub(r"\s+", " ", words).strip(), quote=words, page=unit.page, span=(start, start + len(words)))


def spread(units: list[Unit]) -> list[Unit]:
    """The same statements cut into sentences, for the functions below."""
    spread = []
    for unit in units:
        for left, right in sentences.split(unit.text):
            spread.append(unit.model_copy(update={"text": unit.text[left:right], "start": unit.start + left, "end": unit.start + right}))
    return spread


_NOT_SUPPORT = re.compile(r"^(?:if you (?:believe|feel|think|need)|talk to|please|none\b|not applicable|n/a|the (?:employee|manager) (?:is|are) responsible|you (?:may|can) |ask )|\b(?:written (?:decision|summary|confirmation)|close this matter|final decision)\b", _I)  # fmt: skip


_ACHIEVABLE = re.compile(r"achievable|attainable|realistic", _I)


def supports(said: list[Unit]) -> tuple[Quote, ...]:
    """What the employer promises to do or give."""
    found = []
    for unit in said:
        text = unit.text.strip()
        if unit.role in (Role.ADVICE, Role.COMMENT, Role.SIGNATURE, Role.CONSEQUENCE, Role.MEASURE, Role.DEADLINE, Role.DETAIL, Role.ACTIVITY, Role.MANAGER, Role.RIGHTS, Role.RESPONSE) or is_blank(text) or len(text.split()) < 4:
            continue
        if _ACHIEVABLE.match(unit.key) and re.search(r"\b(?:already|you|your)\b", text, _I) and sentences.role(text) is not Role.SUPPORT and not is_given(text):
            continue  # why it can be done is no promise
        does = sentences.role(text)
        if _NOT_SUPPORT.search(text) or re.search(r"_{3,}", text):
            continue
        if unit.role is Role.SUPPORT and does not in (Role.CONSEQUENCE, Role.SIGNATURE, Role.RESPONSE) and not (obliges(text) and not is_given(text)) and not sentences.leads_in(text) or unit.role is None and does is Role.SUPPORT and not re.search(r"\b(?:may|can|right|warning|invited)\b", text, _I) and not re.match(r"^(?:as i said|here is|i (?:wrote|told|said|raised|need|expect|want|will remind))", text, _I):
            found.append(quote(unit))
    return tuple(found)


def check_ins(said: list[Unit]) -> Quote | None:
    """The sentence on regular reviews."""
    best, value = None, 0.0
    for unit in said:
        if unit.role in (Role.ADVICE, Role.COMMENT, Role.REASON, Role.SIGNATURE, Role.POLICY, Role.MEASURE) or len(unit.text.split()) < 4:
            continue
        score = 1.0 * (sentences.role(unit.text) is Role.CHECK_IN) + 0.8 * (unit.role is Role.CHECK_IN)
        score += 0.5 * bool(re.search(r"\b(?:meet|review|talk|one[- ]to[- ]one|1:1|check[- ]?in|catch[- ]?up)", unit.text, _I))
        score += 0.7 * bool(re.search(r"\b(?:every|weekly|daily|fortnight\w*|each (?:week|day|\w+day)|once a|twice a|\w+days)\b", unit.text, _I))
        score += 1.2 * bool(re.search(r"\b(?:conferences?|reviews?|meetings?|talks?|visits?)\b[^.]{0,50}\b(?:held|take place|scheduled)\b[^.]*\d", unit.text, _I))
        score += 0.4 * bool(re.search(r"\b(?:meet|sit down|phone|catch up|speak|talk)\b[^.]{0,60}\b(?:every|each|weekly|once a)\b", unit.text, _I))
        score -= 2.0 * bool(re.search(r"\b(?:all|every) (?:staff|teachers|employees|leads|drivers|nurses|officers|colleagues)\b", unit.text, _I))
        score -= 0.8 * (unit.role is Role.GOAL and unit.source != "sentence")
        score -= 0.6 * (unit.role is Role.SUPPORT and not re.search(r"\bmeet", unit.text, _I))
        if score > max(value, 1.4):
            best, value = unit, score
    return quote(best) if best else None


def consequences(said: list[Unit]) -> Quote | None:
    """The sentence on what follows if the plan is not met."""
    best, value = None, 0.0
    for unit in said:
        if unit.role in (Role.ADVICE, Role.COMMENT, Role.GOAL, Role.MEASURE) and unit.source != "sentence" or unit.role in (Role.ADVICE, Role.COMMENT) or len(unit.text.split()) < (3 if unit.role is Role.CONSEQUENCE else 5):
            continue
        text = unit.text
        score = 0.6 * (unit.role is Role.CONSEQUENCE) + 0.5 * bool(re.search(r"\b(?:if|failure|should|where|unless)\b", text, _I))
        score += 1.0 * bool(re.search(r"\b(?:warning|dismiss\w*|terminat\w*|disciplin\w*|reassign\w*|demot\w*|removed?|removal|hearing|end(?:ing)? (?:of )?(?:your |the )?(?:employment|contract)|employment may end|further action|procedure|separation|lose|let you go|part ways|stage (?:two|three|2|3)|non-?renew\w*)\b", text, _I))
        score += 0.5 * bool(re.search(r"\b(?:not|n't|fail\w*|no (?:significant |sufficient )?improvement|unacceptable|insufficient)\b", text, _I)) + 0.4 * bool(re.search(r"\b(?:may|can|could|will|might)\b", text, _I))
        score -= 0.7 * bool(re.search(r"\bfor example\b|\bright to\b|\bif (?:they|you|the goals) (?:are|do|reach|meet)\b(?![^.]*\bnot\b)|\binformal\b|\b(?:was|were) (?:given|issued)\b", text, _I))
        if score > max(value, 1.5):
            best, value = unit, score
    return quote(best) if best else None


_RECEIPT = re.compile(r"does not (?:mean|imply|indicate|constitute|signify)[^.]{0,40}agree|not (?:show|mean|imply)[^.]{0,30}agree|only (?:acknowledges?|confirms?|means?)|acknowledg\w+ (?:that |only )?(?:you |i |the employee )?(?:have |has )?(?:the )?(?:receipt|received|read|been)|\breceipt\b|(?:have|has|had) (?:both |all |each )?(?:read|received|been given|seen|discussed|met|talked|had a copy)|been given a copy|w(?:as|ere) (?:discussed|reviewed|explained|gone through|given this)|(?:copy )?received\b|opened and read|confirms that you got|you've seen it|took part|not a consent|not have to agree|know (?:that )?you have received|confirms? (?:that )?(?:you|i|the employee) (?:have |has )?(?:read|received|discussed)|confirm that you have received|copy given to|(?:show|shows) (?:that )?(?:i|you) (?:got|have|received)", _I)  # fmt: skip
_AGREES = re.compile(r"(?:\bi|\|) agree\b|\bagrees? (?:to|with|and|that|on)\b|\baccepts?\b|\bi agree\b|\bcommits? (?:to|myself)|\bundertakes?\b", _I)


def signature(said: list[Unit]) -> Signature:
    """What signing means, as far as the document says it."""
    signing = [unit.text for unit in said if (unit.role not in (Role.ADVICE, Role.COMMENT, Role.GOAL) or sentences.role(unit.text) is Role.SIGNATURE) and (sentences.role(unit.text) is Role.SIGNATURE or unit.role is Role.SIGNATURE or (re.search(r"\b(?:sign|signed|signature|signing|reply|answer this|consent)\b|not have to agree", unit.text, _I)) or re.search(r"does not mean", unit.text, _I))]
    text = " ".join(signing)
    if re.search(r"\bno signature\b|signature (?:is )?not (?:needed|required)", text, _I):
        return Signature.NONE
    denied = re.search(r"\bnot that (?:i|you) agree|not (?:mean|imply|indicate|show|constitute|signify|necessarily)[^.]{0,60}(?:agree|accept)", text, _I)
    if _AGREES.search(re.sub(r"not (?:\w+ ){0,8}(?:agree|accept)\w*", "", text)) and not denied:
        return Signature.AGREEMENT
    return Signature.RECEIPT if _RECEIPT.search(text) else Signature.NONE


def response_window(said: list[Unit]) -> Quote | None:
    """How and until when the employee may answer."""
    for unit in said:
        if unit.role in (Role.ADVICE, Role.GOAL) and unit.source != "sentence":
            continue
        if sentences.role(unit.text) is Role.RESPONSE or (unit.role is Role.RESPONSE and len(unit.text.split()) > 4):
            return quote(unit)
    return None


def reasons(said: list[Unit]) -> tuple[Quote, ...]:
    """Why the plan was written, as it says."""
    return tuple(quote(unit) for unit in said if unit.role is Role.REASON and len(unit.text.split()) > 5 and not is_blank(unit.text))[:12]
