"""What a plan leaves open, as the names of question patterns and the words to fill in. Pure; what is clear gives nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from coach.schema.conversation import Known
from coach.schema.plan import Document, Goal, Missing, Plan, Quote, Signature
from coach.tools import question_promises as promises
from coach.tools import question_source as source
from coach.tools import question_words as words

_I = re.IGNORECASE
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_DATED = re.compile(rf"\d|\b(?:{_MONTH} \d|{_WEEKDAY}|for example|once|twice|last (?:week|month|year))\b", _I)
_OPINION = re.compile(r"\b(?:feels?|felt|seems?|appears?|perceived|attitude|team player|some (?:people|colleagues|team members|staff)|(?:colleagues|peers|people) (?:say|think)|unprofessional|lack(?:s|ing)?|poor|insufficient|too (?:slow|little|often)|not (?:always )?(?:professional|committed|engaged|proactive))\b", _I)  # fmt: skip
_ATTACHED = re.compile(r"\b(?:(?:appendix|annex|enclosure|attachment|schedule|exhibit)(?: [A-Z0-9]{1,3}\b)?|(?:attached|separate|enclosed) (?:sheet|document|page|list|form|table)s?)", _I)  # fmt: skip
_OUTCOME = re.compile(r"\b(?:warning|dismiss\w*|terminat\w*|demot\w*|reassign\w*|remov\w+|redeploy\w*|reduced in grade|hearing|extend\w*|suspen\w+|non-?renewal|not renewed|end(?:ed|ing)? (?:of )?(?:your |the )?(?:employment|contract|job)|(?:employment|contract|job)\b[^.]{0,25}\bend\w*|loss of|another (?:position|role|function|job)|part(?:ing)? ways|capability procedure|stage \d)", _I)  # fmt: skip
_EACH_COUNTS = re.compile(r"\b(?:any|either|one|a|each|every)(?: (?:one|single))?(?: of (?:the|these|those|your))? (?:\w+ )?(?:goals?|objectives?|milestones?|targets?|phases?|elements?|expectations?|points?)\b", _I)  # fmt: skip
_HINT = re.compile(r"\b(?:further|appropriate|necessary|formal|other|additional|disciplinary) (?:action|steps?|measures?|sanctions?|procedures?|consequences)\b|\bconsequences\b", _I)  # fmt: skip
_GIFT = re.compile(r"\b(?:training|trainer|courses?|sessions?|coach\w*|mentor\w*|buddy|access|licen[cs]e|software|tools?|workshop|monitor|equipment|briefing|visits?|shadow\w*|class|module|template|refresher|guide|seat|lessons?|demonstration)\b", _I)  # fmt: skip
_WHEN = re.compile(rf"\d{{1,2}}[./-]\d|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|\b{_MONTH} \d|\b{_WEEKDAY}|\b(?:daily|weekly|fortnightly|monthly|(?:a|an|each|every|per|one|first|second|third|last|two|three) (?:\w+ )?(?:day|week|fortnight|month|shift|period|lesson|weeks|days|months|shifts)|until|throughout|for the (?:length|duration)|during the plan|whenever|at your request|where required|in (?:{_MONTH}))\b", _I)  # fmt: skip
_PAYS = re.compile(r"\b(?:pays?|bears?|covers?|approved|fee)\b", _I)
_OFTEN = re.compile(rf"\b(?:every|each|daily|weekly|fortnight\w*|biweekly|bi-weekly|monthly|once|twice|alternate)\b|\b{_WEEKDAY}|{_MONTH} \d|\d{{1,2}} {_MONTH}|\d{{1,2}}[./-]\d", _I)  # fmt: skip
_UNSET = re.compile(r"\bto be (?:decided|agreed|confirmed|fixed|arranged|advised|set|announced)|\bt\.?b\.?[acd]\b|\bas (?:needed|required|appropriate)|\bwhen (?:needed|necessary|required)|\bfrom time to time\b|\bperiodic\w*", _I)  # fmt: skip
_TALK = re.compile(r"\b(?:(?:daily|weekly|fortnightly|monthly|regular|periodic|progress|ongoing)\b|check-?ins?|one-to-ones?|1:1s?|reviews?|meetings?|catch-?ups?|conversations?|talks?)", _I)
_JUDGE = re.compile(r"\b(?:audit\w*|observer|sampled|unannounced|mystery|(?:checked|reviewed|judged|assessed|approved|confirmed|signed|witnessed|measured) by)\b|\b(?:manager|supervisor|senior|officer|office|department|desk|lead|control\w*|principal|evaluator|director|chair|quality|audit\w*|IT|HR|payer|technologists?) (?:\w+ )?(?:checks?|compares?|reviews?|samples?|counts?|looks?|confirms?|signs?|finds?|sends?|will (?:check|review|sample))\b", _I)  # fmt: skip
_RECORD = re.compile(r"\b(?:reports?|logs?|sheets?|registers?|records?|dashboard|audits?|samples?|spot[- ]?checks?|checks?|counts?|survey|certificate|files?|minutes|scores?|tally|tickets?|slips?|app|list|visits?|wiki|copy|balance|ledger|crm|stamp)\b", _I)  # fmt: skip
_NO_EXAMPLE = re.compile(r"\b(?:in your (?:response|reply|comments)|you (?:told|said|explained|attributed)|(?:has|have|had) explained|expected(?: state)? ?:|we take that|taken (?:this )?into account)\b", _I)  # fmt: skip
COUNTED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
KNOWN_RHYTHM = ("daily", "weekly", "fortnightly", "planned")
COMPANION_REGIONS = ("uk", "ie", "au", "nz")


@dataclass(frozen=True)
class Ask:
    """One thing that is open: the pattern's name, the goal it is about, and what fills its slots."""

    pattern: str
    goal: Goal | None = None
    slots: dict[str, str] = field(default_factory=dict)


def why(plan: Plan, document: Document | None = None) -> list[Ask]:
    """The reasons: none given, or one that is an opinion without an example."""
    said = [reason for reason in plan.reasons if not reason.text.strip().startswith(("[", "<"))]
    if not said:
        return [Ask("why_missing")]
    said = [reason for reason in said if not _NO_EXAMPLE.search(reason.text)]
    bare = [reason for reason in said if not _DATED.search(reason.text)]
    without = bare if len(bare) == len(said) and not source.tells_events(plan, document) else [reason for reason in bare if _OPINION.search(reason.text)]
    return [Ask("why_example", slots={"quote": words.sentence(without[0].text)})] if without else []


def counts(plan: Plan, note: str | None) -> list[Ask]:
    """What counts: a missing part, no goals at all, lines that clash, goals that can be read in two ways."""
    if not plan.goals:
        said = _attached(plan, note)
        return [Ask("attachment", slots={"attachment": said})] if said else [Ask("goals_missing")]
    clashing = [_clash(goal, slots) for goal, slots in words.clashes(plan)]
    return clashing + [Ask("vague", goal) for goal in plan.goals if Missing.VAGUE in goal.missing]


def _clash(goal: Goal | None, slots: dict[str, str]) -> Ask:
    if goal is None:
        return Ask("conflict_loose", slots=slots)
    return Ask("conflict_numbers" if slots else "conflict_end", goal, slots)


def _attached(plan: Plan, note: str | None) -> str | None:
    quotes = (plan.check_ins, plan.consequences, plan.response_window, *plan.reasons, *plan.supports)
    said = [text for text in (note, *(quote.text for quote in quotes if quote)) if text]
    return next((match[0] for text in said if (match := _ATTACHED.search(text))), None)


def unmeasured(plan: Plan) -> list[Ask]:
    """Goals that don't say how they are judged."""
    return [Ask("measure_deadline" if _lacks_all(goal) else "measure", goal) for goal in plan.goals if Missing.MEASURE in goal.missing]


def _lacks_all(goal: Goal) -> bool:
    # three questions about one goal sound like a cross-examination: its measure and its day are asked in one
    return len(goal.missing) == len(Missing)


def timeframe(plan: Plan) -> list[Ask]:
    """The plan's own dates."""
    if plan.start_date is None and plan.end_date is None:
        return [Ask("dates_missing")]
    return [Ask("end_missing")] if plan.end_date is None else [Ask("start_missing")] if plan.start_date is None else []


def undated(plan: Plan) -> list[Ask]:
    """Goals without a date where the plan has no end either."""
    return [Ask("deadline", goal) for goal in plan.goals if Missing.DEADLINE in goal.missing and not _lacks_all(goal)]


def consequences(plan: Plan) -> list[Ask]:
    """What follows: not said, hinted at, or said only for the plan as a whole."""
    said = plan.consequences
    if said is None:
        return [Ask("consequences_missing")]
    if not _OUTCOME.search(said.text) and _HINT.search(said.text):
        return [Ask("consequences_vague", slots={"quote": words.part(said.text, _HINT)})]
    if _EACH_COUNTS.search(said.text):
        return []
    if len(plan.goals) == 1:
        return [Ask("consequences_partly")]
    count = len(plan.goals)
    told = {"most": COUNTED[count - 1], "count": COUNTED[count]} if 2 < count < len(COUNTED) else {}
    return [Ask("consequences_most", slots=told)]


def support(plan: Plan) -> list[Ask]:
    """Help: none promised, or promised without a day. At most two promises are asked about."""
    if not plan.supports:
        return [Ask("support_missing")]
    open_ones = [quote for quote in plan.supports if _is_gift(quote)]
    return [promised(quote, plan) for quote in open_ones[:2]]


def promised(quote: Quote, plan: Plan | None) -> Ask:
    """The question for the day of one promise, in the words that suit how the promise is made."""
    form, slots = promises.spoken(quote, plan)
    return Ask({"thing": "support_open", "said": "support_said", "quoted": "support_quoted"}[form], slots=slots)


def _is_gift(quote: Quote) -> bool:
    text = quote.text
    return bool(_GIFT.search(text)) and not _WHEN.search(text) and not _PAYS.search(text)


def check_ins(plan: Plan | None, known: Known) -> list[Ask]:
    """Regular talks: none, or without a day. What the person has told counts where the plan says nothing."""
    if plan is not None and plan.check_ins is not None:
        text = plan.check_ins.text
        if is_unset(text):
            return [Ask("check_ins_vague", slots={"quote": words.part(text, _TALK, 6)})]
        return []
    rhythm = known.check_ins.value if known.check_ins else None
    if rhythm == "cancelled":
        return [Ask("check_ins_cancelled")]
    return [] if rhythm in KNOWN_RHYTHM else [Ask("check_ins_missing")]


def is_unset(text: str) -> bool:
    """Whether words about check-ins leave open how often they are."""
    return bool(_UNSET.search(text)) or not _OFTEN.search(text)


def judged(plan: Plan, document: Document | None) -> list[Ask]:
    """Who judges, and on what: asked where most of the measured goals don't tell, and the document doesn't either."""
    measured = [f"{goal.quote} {goal.measure} {goal.evidence_source or ''}" for goal in plan.goals if goal.measure]
    told = sum(bool(_JUDGE.search(text)) for text in measured) * 2 > len(measured) or source.names_judge(document)
    shown = [text for text in measured if _RECORD.search(text)]
    return [*([] if told else [Ask("judge")]), *([] if len(shown) * 2 > len(measured) else [Ask("evidence")])]


def gift(plan: Plan | None) -> Quote | None:
    """The first help that is a thing of its own."""
    return next((quote for quote in plan.supports if _GIFT.search(quote.text)), None) if plan else None


def paper(plan: Plan | None, known: Known, document: Document | None = None) -> list[Ask]:
    """What signing means and how to reply: until when, where there is room for comments that are not written yet."""
    asks = []
    signed = known.signed is not None and known.signed.value == "yes"
    if not signed and (plan is None or plan.signature is Signature.NONE):
        asks.append(Ask("signature_unneeded" if source.says_no_signature(document) else "signature"))
    if known.reply_due is None and (plan is None or plan.response_window is None) and not source.has_comments(document):
        asks.append(Ask("response_until" if source.has_room(document) else "response_window"))
    return asks


def without_plan(names: Iterable[str], known: Known) -> list[Ask]:
    """The list where there is no plan to read: `names` is the usual one, what the person told changes it."""
    told = known.values()
    instead = {"open_timeframe": "known_timeframe"} if "length" in told else {}
    if told.get("reason") in ("attendance", "behaviour", "results", "skills"):
        instead["open_measure"] = f"measure_{told['reason']}"
    rest = {"check_ins_missing": check_ins(None, known), "signature": [], "response_window": paper(None, known)}
    if told.get("document") == "written":
        rest["written"] = []
    asks: list[Ask] = []
    for name in names:
        asks += rest[name] if name in rest else [Ask(instead.get(name, name))]
        if name == "consequences_missing" and "week" in told:
            asks.append(Ask("progress"))
    if told.get("region") in COMPANION_REGIONS:
        asks.append(Ask("companion"))
    return [*asks, Ask("hr")] if told.get("hr") == "yes" else asks


def slots(ask: Ask, plan: Plan | None, today: date) -> dict[str, str]:
    """What is known for the slots of this question; the goal's own words are put in by the caller."""
    found = dict(ask.slots)
    if plan is None:
        return found
    if plan.end_date:
        found["end"] = words.day(plan.end_date, plan, today)
    if ask.goal is not None:
        if by := words.due(ask.goal, plan):
            # a date that has passed is no aim; the end of the plan is, while it lasts
            later = plan.end_date if plan.end_date and by < today <= plan.end_date else by
            found["by"] = words.day(later, plan, today)
        if ask.goal.deadline:
            found["due"] = words.day(ask.goal.deadline, plan, today)
    return found
