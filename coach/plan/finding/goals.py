"""Which statements are goals, and what belongs to each: measure, deadline, evidence. Pure; positions stay exact."""

import re
from datetime import date, timedelta

from rapidfuzz import fuzz

from coach.plan import dates
from coach.plan.finding import sentences
from coach.plan.finding.measures import QUANTITY, THRESHOLD, carries_target, inner
from coach.plan.finding.roles import NUMBERED, VAGUE, Role, imperative, is_given, label, obliges
from coach.plan.finding.titles import title
from coach.plan.finding.walk import Unit, is_blank
from coach.schema.plan import Goal, Missing

_I = re.IGNORECASE
_BACK = re.compile(r"\b(?:described|set out|stated|mentioned|listed|given|shown|defined) (?:above|before|earlier|in (?:section|step|milestone|part))|\bsame (?:level|standard) as\b|\bstill (?:at|holds?|met)\b|\b(?:previous|earlier|first(?: two| three)?) (?:milestones?|phases?|stages?)", _I)  # fmt: skip
_INTRO = re.compile(r"^(?:this (?:section|form|plan|document|part|table|page|letter|memo\w*|e-?mail|message|note|notice)|the (?:following|goals?|objectives?|activities|table|plan|sections?|targets?|expectations?) (?:below|above|are|is|has|have|will|that)|these (?:goals|expectations|targets)|each (?:goal|problem|milestone|objective|expectation) (?:has|is|will|must be)|below|during (?:this|the) (?:time|period|plan)\b.*:$|for (?:both|all) (?:items|goals))|\b(?:goals?|expectations?) (?:are|is) (?:as follows|set out|listed|below)|\bfor example\b|\be\.g\.", _I)  # fmt: skip
_CHECKED = re.compile(r"\b(?:measured|judged|checked|checks?|audit\w*|as shown|as recorded|verified|confirmed by|compar\w+|reviewed|sampled?|spot checks?|report(?:ed|s)?|means that (?:you|this)|counts? as|evidence|no more|must show|must (?:meet|be (?:on|in))|may (?:be )?(?:returned|remain|missing)|is due|met when|done when|target)\b", _I)  # fmt: skip


_SUBJECTIVE = re.compile(r"\b(?:manager|supervisor|officer|management|employer|evaluator|director|\w+(?='s|\u2019s))(?:'s|\u2019s)? (?:\w+ )?(?:observation|discretion|judge?ment|opinion|assessment|view|impression)s?\W*$|\b(?:in|to|based on|at) the (?:opinion|satisfaction|judge?ment|discretion|view) of\b", _I)
_MORE = re.compile(r"\bsuch\b|\bregarded as\b|\bcounts? as\b|\bconsidered (?:complete|met|done)\b|\bthis (?:means|is (?:met|done|measured))", _I)


def settle(units: list[Unit], employee: str | None) -> list[Unit]:
    """The same statements with what only the whole document tells: who is meant by a name, and what refers back to a goal."""
    named = any(re.match(r"(?:objective|goal)s?\b", unit.key, _I) for unit in units if unit.role is Role.GOAL)
    numbers = {unit.number for unit in units if unit.role is Role.GOAL and unit.number and unit.source != "sentence"}
    names = [re.escape(name) for name in (employee or "").split() if len(name) > 2]
    will = re.compile(rf"\b(?:{'|'.join([*names, 'you', 'he', 'she', 'they', 'the employee'])}) (?:will|shall|is to|are to)\b(?! be (?:given|offered|provided|paid|able|invited|told|informed)| (?:receive|get|have access))", _I)
    by_name = re.compile(rf"\b(?:{'|'.join(names)})\b (?:also |then |now )?(?:is to|must|has to|needs to|(?:has |have )?agreed to|undert(?:akes|ook) to)\b|\bis to be [^.;]{{3,80}}\bby (?:{'|'.join(names)})\b") if names else None
    settled = []
    for unit in units:
        role, named_here = unit.role, False
        if named and role is Role.GOAL and re.match(r"(?:expectation|expected|standard)", unit.key, _I):
            role = Role.POLICY  # beside "Objective" it is the standard for everyone in that job
        elif by_name and unit.source == "sentence" and not unit.key and label(unit.title) is None and (by_name.search(unit.text) or _does(unit.text, names)) and not is_given(unit.text):
            role, named_here = Role.GOAL, True
        elif unit.source == "sentence" and role in (None, Role.GOAL) and (match := NUMBERED.match(unit.text)) and match["n"] in numbers:
            role = Role.MEASURE
        settled.append(unit.model_copy(update={"role": role, "named": named_here, "asks": named_here or role is Role.GOAL and bool(will.search(unit.text))}))
    return settled


def _does(text: str, names: list[str]) -> bool:
    # "Themba retakes the test by 25 September"
    found = re.match(rf"(?:{'|'.join(names)}) (?:also )?(?P<verb>[a-z]+?)s\b.{{3,90}}\b(?:by|before|no later than|until) .*\d", text)
    return found is not None and (imperative(found["verb"]) or imperative(found["verb"].removesuffix("e")))


def pick(units: list[Unit]) -> list[tuple[Unit, list[Unit]]]:
    """The statements that are goals, each with the statements that say more about it (same prose, later sentences)."""
    with_items = {unit.section for unit in units if unit.role is Role.GOAL and unit.source in ("item", "cell", "label")}
    chosen: list[tuple[Unit, list[Unit]]] = []
    for unit in units:
        if _refers(unit, chosen):
            continue
        if unit.told:
            if _is_goal(unit):
                chosen.append((unit, []))
        elif unit.role is Role.GOAL:
            if unit.source == "sentence":
                _from_prose(unit, chosen, unit.section in with_items)
            elif _MORE.search(re.split(r"(?<=[.;])\s", unit.text)[0]) and chosen and chosen[-1][0].section == unit.section and not imperative(unit.text) and (THRESHOLD.search(unit.text) or _CHECKED.search(unit.text)):
                chosen[-1][1].append(unit)
            elif _is_goal(unit):
                chosen.append((unit, []))
        elif unit.role is None and unit.source in ("sentence", "item", "cell") and _free(unit):
            if unit.source == "sentence" and chosen and chosen[-1][0].paragraph == unit.paragraph and not obliges(unit.text):
                chosen[-1][1].append(unit)
            elif obliges(unit.text):
                chosen.append((unit, []))
        elif unit.role is None and unit.source == "sentence" and imperative(unit.text) and _is_goal(unit) and _told_how(unit, units):
            chosen.append((unit, []))
        elif unit.role is None and chosen and unit.source == "sentence" and chosen[-1][0].paragraph == unit.paragraph and _says_how(unit.text):
            chosen[-1][1].append(unit)
    return _without_repeats(chosen)


def _told_how(unit: Unit, units: list[Unit]) -> bool:
    # an order in the open is a goal where the next sentence says how it is judged
    following = next((other for other in units if other.start > unit.start), None)
    return following is not None and following.paragraph == unit.paragraph and _says_how(following.text) and not obliges(following.text)


def _refers(unit: Unit, chosen: list[tuple[Unit, list[Unit]]]) -> bool:
    # "Goal 2: the ledger agrees ..." in a later section says how goal 2 is judged
    if unit.role is not Role.GOAL or unit.number is None:
        return False
    earlier = [goal for goal, _ in chosen if _same_number(goal, unit)]
    return bool(earlier) and earlier[0].section != unit.section and not unit.title.lower().startswith(("objective", "goal", "milestone")) and len(chosen) > 1


def _same_number(goal: Unit, unit: Unit) -> bool:
    own = goal.number or goal.marker.strip("(). -")
    return bool(own) and own == unit.number


def _from_prose(unit: Unit, chosen: list[tuple[Unit, list[Unit]]], has_items: bool) -> None:
    same = bool(chosen) and chosen[-1][0].paragraph == unit.paragraph and chosen[-1][0].source == "sentence"
    if same and _says_how(unit.text) and not _starts_new(unit.text) and not unit.named and not (unit.led and (unit.asks or obliges(unit.text) or _asks_in_the_end(unit.text))):
        chosen[-1][1].append(unit)
    elif _is_goal(unit) and (unit.asks or (unit.led and _asks_in_the_end(unit.text)) or obliges(unit.text) or (not has_items and (imperative(unit.text) or (not same and _TO_YOU.search(unit.text)))) or (same and imperative(unit.text))) and not sentences.leads_in(unit.text):
        chosen.append((unit, []))


def _asks_in_the_end(text: str) -> bool:
    # "When you hand over a patient, use the form"
    found = re.match(r"(?:when|whenever|before|after|once|while|each time|every time)\b[^,]{3,80}, ", text, _I)
    return found is not None and imperative(text[found.end() :])


_TO_YOU = re.compile(r"\b(?:you|employee|will|shall|is to|are to|be|expect\w*|all|each|every|no)\b", _I)


def _starts_new(text: str) -> bool:
    return re.match(r"^(?:in addition|also|further(?:more)?|you (?:must|will|are|need|should) also)\b", text, _I) is not None


def _is_goal(unit: Unit) -> bool:
    text = unit.text.strip()
    if is_blank(text) or len(text.split()) < 3 or _INTRO.search(text) or _BACK.search(text) or text.endswith("?"):
        return False
    if re.search(r"\b(?:all|every) (?:staff|employees?|officers?|workers?|drivers?|teachers?|colleagues)\b|^(?:please|kindly) note", text, _I) and not re.search(r"\byou (?:must|will|are)\b", text, _I):
        return False
    if re.search(r"\byou (?:will|are) not (?:be )?(?:doing this|alone|on your own|left|going through)", text, _I):
        return False
    if re.search(r"\bwant you to (?:succeed|make it|know|do well|pass|stay|feel)", text, _I):
        return False
    if re.match(r"^\[.*\]$|^<.*>$", text) or re.search(r"_{4,}|\.{5,}", text):
        return False
    first = _statement(text)[0]
    said = sentences.role(text[first[0] : first[1]])
    if said in (Role.SIGNATURE, Role.CONSEQUENCE) and not (unit.source in ("item", "cell", "label") and imperative(text)):
        return False
    if said is Role.CHECK_IN and not imperative(text):
        return unit.source in ("cell", "label") and not re.search(r"\b(?:manager|supervisor|we|i) (?:will|meet)", text, _I)
    if said is Role.SUPPORT and unit.source == "sentence":
        return False
    if said is Role.SUPPORT and (is_given(text) or re.match(r"^(?:i|we|the (?:manager|company|supervisor|employer)|your manager|hr)\b", text, _I)):
        return False
    return not (said is Role.REASON and unit.source == "sentence" and not imperative(text) and not unit.named)


def _statement(text: str) -> list[tuple[int, int]]:
    """The places of the sentences from the one that states the goal; a name before it is none: "Court papers. The three ..."."""
    parts = list(sentences.split(text)) or [(0, len(text))]
    first = text[slice(*parts[0])]
    named = len(parts) > 1 and len(first.split()) < 4 and first.endswith(".") and not (imperative(first) and len(first.split()) > 2)
    return parts[1:] if named else parts


def _free(unit: Unit) -> bool:
    said = sentences.role(unit.text)
    return said in (Role.GOAL, None) and _is_goal(unit) and bool(re.search(r"\b(?:you|your|employee)\b", unit.text, _I)) and not sentences.leads_in(unit.text) and not re.search(r"\b(?:please|thank)\b", unit.text, _I)  # fmt: skip


def _says_how(text: str) -> bool:
    return bool(_CHECKED.search(text) or THRESHOLD.search(text)) and not is_given(text)


def _without_repeats(chosen: list[tuple[Unit, list[Unit]]]) -> list[tuple[Unit, list[Unit]]]:
    kept: list[tuple[Unit, list[Unit]]] = []
    for goal, more in chosen:
        if not any(fuzz.token_set_ratio(goal.text.lower(), other.text.lower()) > 96 and abs(len(goal.text) - len(other.text)) < 12 for other, _ in kept):
            kept.append((goal, more))
    return kept


def build(chosen: list[tuple[Unit, list[Unit]]], units: list[Unit], calendar: dates.Calendar, employee: str | None = None) -> tuple[Goal, ...]:
    """Goals with their measures and deadlines, in the order of the document."""
    return tuple(_goal(number, goal, more, chosen, units, calendar, employee) for number, (goal, more) in enumerate(chosen, start=1))


def _goal(order: int, unit: Unit, more: list[Unit], chosen, units: list[Unit], calendar: dates.Calendar, employee: str | None) -> Goal:
    parts = _statement(unit.text)
    first = parts[0]
    quote = unit.text[first[0] : first[1]]
    later = [unit.model_copy(update={"text": unit.text[a:b], "start": unit.start + a, "end": unit.start + b}) for a, b in parts[1:]] + more
    around = _around(unit, order - 1, chosen, units)
    measures = [other for other in around if other.role is Role.MEASURE or (other.role is Role.GOAL and other.text != unit.text)]
    measures = [other for other in measures if not is_blank(other.text) and not _BACK.search(other.text) and not _SUBJECTIVE.search(other.text) and (len(other.text.split()) > 1 or re.search(r"\d", other.text)) and re.search(r"[A-Za-z]{2}|\d ?%", other.text)]
    slots = [other for other in around if other.role is Role.DEADLINE]
    deadline, words = _deadline(quote, later, measures, slots, unit, calendar)
    if not measures:
        measures = [other for other in later if (_says_how(other.text) or QUANTITY.search(other.text) or (unit.led and re.search(r"\b(?:single|should not|never|must not)\b", other.text, _I))) and not is_given(other.text) and not _SUBJECTIVE.search(other.text)][:2]
    if not measures:
        measures = [slot for slot in slots if carries_target(slot.text, calendar)]
    spans = [(other.start, other.end) for other in measures]
    text = " ".join(other.text for other in measures) or None
    if text is None and (part := inner(quote, deadline, words)):
        spans = [(unit.start + first[0] + part[0], unit.start + first[0] + part[1])]
        text = quote[part[0] : part[1]]
    vague = text is None and bool(VAGUE.search(quote)) and not re.search(r"\d", quote) and len(quote.split()) < 30
    missing = [Missing.MEASURE] if text is None else []
    if deadline is None and calendar.end is None:
        missing.append(Missing.DEADLINE)
    if vague:
        missing.append(Missing.VAGUE)
    target = next((found[0] for found in THRESHOLD.finditer(text or "") if re.search(r"\d", found[0])), None)
    source = next((match[1].strip(" .") for other in (measures or [unit]) if (match := re.search(r"\b(?:as (?:shown|recorded|seen|reported) (?:in|by|on)|measured by|checked (?:in|against|with)|according to|based on|evidenced by)\s*:?\s*([^,.;]{3,70})", other.text, _I))), None)
    return Goal(
        id=f"g{order}", title=title(quote, employee), quote=quote, page=unit.page, span=(unit.start + first[0], unit.start + first[1]), measure=text,
        measure_spans=tuple(spans), target=target, evidence_source=source, deadline=deadline, deadline_words=words, missing=tuple(missing),
    )  # fmt: skip


def _around(unit: Unit, position: int, chosen, units: list[Unit]) -> list[Unit]:
    """Statements with the same group or number, or the labels that follow the goal before the next goal comes."""
    own = [goal.start for goal, _ in chosen]
    following = min((start for start in own if start > unit.start), default=10**9)
    number = unit.number or (unit.marker.strip("(). -") if re.search(r"\d|^\(?[a-h]\)", unit.marker) else None)
    suggested = {other.group for other in units if other.role is Role.ACTIVITY and other.group}
    found = []
    for other in units:
        if other.start == unit.start or other.start in own or other.role not in (Role.MEASURE, Role.DEADLINE, Role.GOAL) or re.search(r"_{4,}|\[ ?\]", other.text):
            continue
        if other.role is Role.DEADLINE and other.group in suggested:
            continue
        grouped = unit.group is not None and other.group == unit.group and (other.role is not Role.GOAL or other.section != unit.section)
        named = number is not None and other.number == number and (unit.number is not None or other.section != unit.section)
        after = other.role is not Role.GOAL and unit.start < other.start < following and other.section == unit.section and other.group in (None, unit.group) and other.key and other.source in ("label", "cell", "item", "sentence")
        if grouped or named or after:
            found.append(other)
    if not any(other.role is Role.MEASURE for other in found):
        found += _by_likeness(unit, chosen, units)
    return found


def _by_likeness(unit: Unit, chosen, units: list[Unit]) -> list[Unit]:
    # measures in a section of their own without numbers: in the same order, or the most alike
    loose = [other for other in units if other.role is Role.MEASURE and other.group is None and other.number is None and not other.key and other.section != unit.section and not is_blank(other.text) and not _INTRO.search(other.text)]
    goals = [goal for goal, _ in chosen]
    beside = [goal for goal in goals if goal.section == unit.section]
    after = min((goal.start for goal in goals if goal.section != unit.section and goal.start > unit.start), default=10**9)
    near = [other for other in loose if beside[-1].start < other.start < after]
    if len(near) == len(beside):
        return [near[beside.index(unit)]]
    if len(loose) == len(goals):
        return [loose[goals.index(unit)]]
    ranked = sorted(((fuzz.token_set_ratio(unit.text, other.text), index) for index, other in enumerate(loose)), reverse=True)
    return [loose[ranked[0][1]]] if ranked and ranked[0][0] > 62 else []


def _deadline(quote: str, later: list[Unit], measures: list[Unit], slots: list[Unit], unit: Unit, calendar: dates.Calendar) -> tuple[date | None, str | None]:
    for text in [slot.text for slot in slots]:
        found = [hit for hit in dates.find(text, calendar) if hit.value and not re.search(r"\b(?:from|since|starting)\s+$", text[: hit.start], _I)]
        if found:
            return found[-1].value, found[-1].words
    for text in [quote, *(other.text for other in measures), *(other.text for other in later)]:
        for hit in dates.find(text, calendar):
            if hit.value and _is_due(text, hit):
                return hit.value, hit.words
    for heading in (unit.title, unit.above):
        if found := _from_heading(heading, calendar):
            return found
    return None, None


def _from_heading(title: str, calendar: dates.Calendar) -> tuple[date, str] | None:
    heading = [] if not re.search(r"\b(?:milestones?|phase|stage|days?|weeks?|months?|by|first|second|third|goals?|targets?)\b", title, _I) else [hit for hit in dates.find(title, calendar) if hit.value]
    if heading and not (calendar.start and heading[-1].value < calendar.start):
        return heading[-1].value, heading[-1].words
    if calendar.start and (match := re.search(r"\b(?:day|days|first|next) ?(?:1 ?(?:-|to|\u2013) ?)?(\d{2,3})\b(?: days)?|\b(\d{2,3})[- ]day (?:goals?|targets?|milestones?|objectives?)\b", title, _I)):
        return calendar.start + timedelta(days=int(match[1] or match[2])), match[0]
    return None


def _is_due(text: str, hit: dates.Found) -> bool:
    before = text[: hit.start]
    if re.search(r"\b(?:after|since|from|dated|of|on or after|between|starting|beginning|begins?|effective)\s+(?:\w+day,? )?$", before, _I):
        return bool(re.search(r"\b(?:balance|count|review|audit|check|report|end) of\s*$", before, _I))
    return bool(re.search(r"\b(?:by|before|until|no later than|not later than|on or before|due(?: on| by)?|deadline|date|latest|at the end of|within|in place by|met by|complete[d]? (?:by|on))\W*(?:\w+day,? )?(?:the )?$", before, _I) or re.match(r"(?:by|within|before|no later|not later|due|until|end of|at the end)", hit.words, _I))
