"""What a plan leaves open although its goals are clear: a slip, somebody else's part, what is looked at, how long, an early end. Pure.

Each rule gives at most one question, about words that stand in the plan.
"""

import re
from collections.abc import Callable
from datetime import date

from coach.schema.plan import Document, Goal, Plan
from coach.tools import question_source as source
from coach.tools import question_words as words
from coach.tools.question_rules import Ask

_I = re.IGNORECASE
_NO_SLIP = re.compile(r"\b(?:100 ?%(?: [a-z]+)?|zero without an? [a-z-]+ [a-z-]+|zero (?!without|of)[a-z-]+|nil|none overdue|without a (?:single )?(?:mistake|error|gap|reminder|recall|correction|fault|miss)|not (?:[a-z-]+ ){0,4}a single [a-z-]+(?: [a-z-]+)?|a single [a-z-]+ without [a-z-]+(?: [a-z-]+)?|no (?!(?:[a-z-]+ )?older|more|fewer|less|later|longer|one)[a-z-]+(?: that [a-z]+ [a-z]+| [a-z-]+)?)(?=\W|$)", _I)  # fmt: skip
_DAILY = re.compile(r"\b(?:each|every|all|always|daily|weekly|any)\b", _I)
_ROOM = re.compile(r"\b(?:(?:no|not) more than|no fewer|at (?:least|most)|fewer than|tolerated|acceptable|allowed|excused|live with|may be (?:one|late|missing)|out of|minor)\b|\b\d+ of \d", _I)
_RECORD = re.compile(r"\b(?P<record>(?:(?!(?:the|an?|in|as|from|of|each|every|shown|by|taken|and|on|is|will|run|your|this|that|signed|file|write|send|submit|deviation|any|all|past|due)\b)[A-Za-z][\w'-]* ){1,2}(?:report|log|ledger|extract|dashboard|survey|app)|(?:committee|board) minutes|mystery shop|spot checks?)\b", _I)  # fmt: skip
_OWN_RECORD = re.compile(r"\b(?:file|write|keep|fill in|complete|send|submit|sign)\b[^.]{0,30}$", _I)
_SHOWN = re.compile(r"\b(?:brings|will print|access to|go over|look at|goes? through|get a copy|sends? you)\b[^.]{0,40}\b(?:figures|numbers|report|log|dashboard|list|ledger)\b", _I)
_OTHER = re.compile(r"\b(?:approved|signed|witnessed|accepted|rejected|refused|returned|confirmed) by (?P<by>(?:the |an? )?[\w'-]+(?: [\w'-]+){0,2})|\b(?:stamp|approval|ok|mark approved) (?:of|from) (?P<of>(?:the |an? )?[\w'-]+(?: [\w'-]+){0,2})|\b(?P<name>(?-i:[A-Z]\w+)(?: (?-i:[A-Z]\w+))?(?: and (?-i:[A-Z]\w+))?|finance) (?:says|signs that|has signed|have (?:both )?said ok)\b", _I)  # fmt: skip
_OWN_SIDE = re.compile(r"\b(?:supervisor|manager|reporting|you|him|her|them|me|hr|second person|employee|second)\b|\d", _I)
_LASTING = re.compile(r"\b(?:meet and sustain|sustain(?:ed)?|improvement does not last|lasting improvement|made and kept|stay there|hold it there)\b", _I)
_HOW_LONG = re.compile(r"\b(?:\d+|one|two|three|six|nine|twelve) (?:weeks?|months?|years?)\b", _I)


def details(plan: Plan, document: Document | None, today: date) -> list[Ask]:
    """The open details, the weightiest first."""
    found: list[Ask] = []
    for rule in (_lasting, _early_end, _slip, _other_part, _record):
        taken = {ask.goal.id for ask in found if ask.goal}
        if ask := rule(plan, document, taken):
            found.append(ask)
    return found


def _lasting(plan: Plan, document: Document | None, taken: set[str]) -> Ask | None:
    said = plan.consequences.text if plan.consequences else ""
    match = _LASTING.search(said)
    return Ask("lasting", slots={"quote": match[0]}) if match and not _HOW_LONG.search(said) else None


def _early_end(plan: Plan, document: Document | None, taken: set[str]) -> Ask | None:
    said = source.early_end(document)
    return Ask("early_end", slots={"quote": words.few(said, 10)}) if said else None


def _goal(plan: Plan, taken: set[str], fits: Callable[[Goal], Ask | None]) -> Ask | None:
    for goal in plan.goals:
        if goal.measure and not goal.missing and goal.id not in taken and (ask := fits(goal)):
            return ask
    return None


def _slip(plan: Plan, document: Document | None, taken: set[str]) -> Ask | None:
    def fits(goal: Goal) -> Ask | None:
        measure = words.fold(goal.measure or "")
        match = _NO_SLIP.search(measure)
        return Ask("slip", goal, {"quote": words.tidy(match[0])}) if match and not _ROOM.search(measure) else None

    # what has a day of its own is mostly done once; a rule for every day is where slips happen
    return _goal(plan, taken, lambda goal: None if goal.deadline else fits(goal)) or _goal(plan, taken, lambda goal: fits(goal) if _DAILY.search(goal.quote) else None)


def _other_part(plan: Plan, document: Document | None, taken: set[str]) -> Ask | None:
    def fits(goal: Goal) -> Ask | None:
        match = _OTHER.search(words.fold(goal.measure or ""))
        who = words.noun(next((one for one in match.groups() if one), "")) if match else ""
        return Ask("other_part", goal, {"other": who}) if who and not _OWN_SIDE.search(who) and not words.names_person(who, plan.manager) else None

    return _goal(plan, taken, fits)


def _record(plan: Plan, document: Document | None, taken: set[str]) -> Ask | None:
    if document is not None and _SHOWN.search(document.text):
        return None

    def fits(goal: Goal) -> Ask | None:
        measure = words.fold(goal.measure or "")
        match = _RECORD.search(measure)
        return Ask("record", goal, {"record": match["record"]}) if match and not _OWN_RECORD.search(measure[: match.start()]) else None

    return _goal(plan, taken, fits)


def well(plan: Plan, document: Document | None) -> list[Ask]:
    """What happens when it goes well, where the plan only says what happens when it doesn't."""
    return [Ask("closing")] if plan.goals and not source.says_how_it_closes(document) else []


def start(plan: Plan, today: date) -> Ask | None:
    """Where to begin: the goal that is due first, where the goals have days of their own ahead."""
    if len(plan.goals) < 2:
        return None
    over = plan.end_date is not None and plan.end_date < today
    ahead = sorted((goal for goal in plan.goals if goal.deadline and (over or goal.deadline >= today) and not goal.missing), key=lambda goal: goal.deadline)
    alone = len(ahead) > 1 and ahead[0].deadline != ahead[1].deadline or len(ahead) == 1
    return Ask("first_due", ahead[0]) if ahead and alone and ahead[0].deadline != plan.end_date else Ask("focus")
