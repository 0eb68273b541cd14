"""The chat about a plan that was read: goals, dates, gaps, promises, consequences, in the plan's own words.

Everything quoted stands in the document. What the plan does not say is said to be missing. Changes nothing.
"""

import re
from datetime import date

from coach.plan.finding.sentences import split
from coach.schema.checklist import Checklist, Origin, Status
from coach.schema.conversation import Move
from coach.schema.plan import Extraction, Goal, Plan
from coach.tools.turn import Turn

_I = re.IGNORECASE
_KINDS = (
    ("conflict", r"\b(?:page|section|line|place)\b[^.?!]*\b(?:says?|and)\b[^.?!]*\b(?:page|section|other|another|but)\b|don'?t (?:match|agree)|disagree|contradict|two (?:different )?(?:dates|numbers|targets)|which (?:date|number|one) counts|reading (?:that|it|this) wrong"),
    ("complete", r"\b(?:any good|complete|proper|decent|should (?:be in|have|contain)|things a|missing anything|what(?:'?s| is) missing)\b"),
    ("consequences", r"\b(?:consequence\w*|what happens|happens if|if i (?:get|miss|fail|don'?t|only)|fail(?:ing)? (?:one|it|this))\b"),
    ("supports", r"\b(?:training|support|help me|they(?:'?d| would| will|'?ll)? do for|promis\w+|do for (?:me|us)|what do i get|resources|mentor)\b"),
    ("soonest", r"\b(?:due (?:first|soonest|next)|soonest|nearest|bites? first|next deadline|most urgent|first deadline|comes first)\b"),
    ("gaps", r"\b(?:no|without|missing|lack\w*|isn'?t any|hasn'?t got)\b[^.?!]{0,20}\b(?:number|measure|date|deadline|target)|which (?:of (?:these|them)|ones?) (?:has|have) no|vague"),
    ("goal", r"\bgoal (?:no\.? ?|number )?(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight)\b"),
    ("goals", r"\b(?:list|goals|what (?:do|must|should) i (?:have to|gotta|got to|need to)?|normal english|lay (?:it )?out|expect(?:s|ed)? of me|to do)\b"),
)  # fmt: skip
_COMPILED = [(name, re.compile(pattern, _I)) for name, pattern in _KINDS]
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
_COMMON = set(["about", "anything", "anywhere", "does", "goal", "plan", "that", "this", "what", "when", "where", "which", "would", "with", "from", "have", "there", "their", "they", "them", "say", "says", "said", "mention", "mentions", "goals", "need", "into", "only", "also", "just", "like", "know", "tell", "page"])  # fmt: skip
_BY = re.compile(r"\b(?:by|until|within|before)\b", _I)
_INLINE = re.compile(r"\b(?:goal|objective|expectation|target) ?(?P<n>\d{1,2})\s*[:.)\u2013-]\s*(?P<text>[^.\n]{8,300})", _I)


def pasted(text: str) -> list[str]:
    """Goals that stand numbered in the message itself: "Goal 1: ... Goal 2: ..."."""
    found = [match["text"].strip(" '\"\u2018\u2019\u201c\u201d") for match in _INLINE.finditer(text)]
    return found if len(found) > 1 else []


def moves(turn: Turn, checklist: Checklist | None, found: Extraction | None = None) -> list[Move]:
    """The reply to a question about the plan, or [] where there is none to look at.

    `found` is what the message itself holds, where it is long enough to be a plan.
    """
    lines = turn.lines["plan"]
    if found is not None and found.plan and found.plan.goals:
        return _listed(turn, lines["goals"], [_row(goal) + _left_open(goal, lines) for goal in found.plan.goals], lines["goals_pasted_after"])
    if goals := pasted(turn.text):
        return _listed(turn, lines["goals"], [f"\u201c{goal}\u201d" for goal in goals], lines["goals_pasted_after"])
    plan = checklist.plan.extraction.plan if checklist and checklist.plan else None
    if plan is None:
        return []
    name, match = next(((name, found) for name, pattern in _COMPILED if (found := pattern.search(turn.text))), ("about", None))
    if name == "goal":
        return _goal(turn, plan, checklist, match["n"])
    if name == "about":
        return _about(turn, plan, checklist) or _goals(turn, plan)
    return {
        "conflict": _conflict, "complete": _complete, "consequences": _consequences, "supports": _supports, "gaps": _gaps, "goals": _goals,
    }.get(name, lambda turn, plan: _soonest(turn, plan, checklist))(turn, plan)  # fmt: skip


def say(turn: Turn, options: list[str], **slots: str) -> Move:
    """One of the curated lines with its slots filled, new in this conversation where there is a new one."""
    text = turn.picker.pick(options) or options[turn.number % len(options)]
    for name, value in slots.items():
        text = text.replace(f"{{{name}}}", value)
    return Move(kind="inform", text=text)


def _listed(turn: Turn, head: list[str], rows: list[str], after: list[str]) -> list[Move]:
    numbered = "\n".join(f"{number}. {row}" for number, row in enumerate(rows, start=1))
    return [say(turn, head), Move(kind="inform", text=numbered), say(turn, after)]


def _quoted(words: str) -> str:
    return f"\u201c{' '.join(words.split())}\u201d"


def day(when: date) -> str:
    """A date as people write it: 3 March 2026."""
    return f"{when.day} {when:%B %Y}"


def _row(goal: Goal) -> str:
    return _quoted(goal.quote) + (f" By {day(goal.deadline)}." if goal.deadline else "")


def _left_open(goal: Goal, lines: dict) -> str:
    """What the goal does not say, in a few words."""
    missing = [part.value for part in goal.missing if part.value != "deadline" or not _BY.search(goal.quote)]
    open_ = [lines["left_open"][name] for name in missing if name in lines["left_open"]]
    return f" {lines['left_open']['lead']} {' or '.join(open_)}." if open_ else ""


def _goals(turn: Turn, plan: Plan) -> list[Move]:
    return _listed(turn, turn.lines["plan"]["goals"], [_row(goal) for goal in plan.goals], turn.lines["plan"]["goals_after"])


def _soonest(turn: Turn, plan: Plan, checklist: Checklist) -> list[Move]:
    lines = turn.lines["plan"]
    items = [item for item in checklist.items if item.deadline and item.origin != Origin.DROPPED and item.status not in (Status.DONE, Status.CONFIRMED)]
    ahead = sorted((item for item in items if item.deadline >= turn.today), key=lambda item: item.deadline) or sorted(items, key=lambda item: item.deadline)
    if not ahead:
        return [say(turn, lines["no_dates"], end=f"on {day(plan.end_date)}" if plan.end_date else "on a date that I can't find either")]
    if ahead[0].deadline < turn.today:
        return [say(turn, lines["soonest_past"], deadline=day(ahead[0].deadline), quote=" ".join((ahead[0].quote or ahead[0].title).split()))]
    return [say(turn, lines["soonest"], deadline=day(ahead[0].deadline), quote=" ".join((ahead[0].quote or ahead[0].title).split())), say(turn, lines["soonest_after"])]


def _gaps(turn: Turn, plan: Plan) -> list[Move]:
    rows = [_quoted(goal.quote) for goal in plan.goals if goal.measure is None]
    lines = turn.lines["plan"]
    return _listed(turn, lines["gaps"], rows, lines["gaps_after"]) if rows else [say(turn, lines["no_gaps"])]


def _supports(turn: Turn, plan: Plan) -> list[Move]:
    lines = turn.lines["plan"]
    rows = [_quoted(support.quote) for support in plan.supports]
    return _listed(turn, lines["supports"], rows, lines["supports_after"]) if rows else [say(turn, lines["no_supports"])]


def _consequences(turn: Turn, plan: Plan) -> list[Move]:
    lines = turn.lines["plan"]
    if plan.consequences is None:
        return [say(turn, lines["no_consequences"])]
    return [say(turn, lines["consequences"], quote=plan.consequences.text)]


def _conflict(turn: Turn, plan: Plan) -> list[Move]:
    lines = turn.lines["plan"]
    rows = [_quoted(conflict.quote) for conflict in plan.conflicts]
    if not rows:
        return [say(turn, lines["no_conflict"])]
    meant = _content(turn.text) | set(re.findall(r"\d+", turn.text))
    found = set().union(*(_content(conflict.text) | set(re.findall(r"\d+", conflict.text)) for conflict in plan.conflicts))
    if len(turn.text.split()) > 6 and not meant & found:
        return _listed(turn, lines["conflict_other"], rows, lines["conflict_after"])
    beside = [_row(goal) + (f" Measured: {_quoted(goal.measure)}" if goal.measure else "") for goal in plan.goals if _alike(goal, plan)]
    return _listed(turn, lines["conflict"], [*beside, *(row for row in rows if row not in beside)], lines["conflict_after"])


def _alike(goal: Goal, plan: Plan) -> bool:
    words = _content(f"{goal.quote} {goal.measure or ''}")
    return any(len(words & _content(conflict.text)) >= 2 or conflict.span == goal.span for conflict in plan.conflicts)


def _complete(turn: Turn, plan: Plan) -> list[Move]:
    without = sum(goal.measure is None for goal in plan.goals)
    dates = f"{day(plan.start_date)} to {day(plan.end_date)}" if plan.start_date and plan.end_date else "not complete"
    rows = [
        f"Reasons: {'there' if plan.reasons else 'I find none'}.",
        f"Goals: {len(plan.goals)}." if plan.goals else "Goals: I find none.",
        f"How they are judged: {'said for each' if not without else f'not said for {without} of {len(plan.goals)}'}.",
        f"Timeframe: {dates}.",
        f"Help from them: {len(plan.supports)} promised." if plan.supports else "Help from them: I find none.",
        f"What follows: {_quoted(plan.consequences.quote)}" if plan.consequences else "What follows: not said.",
    ]
    lines = turn.lines["plan"]
    return _listed(turn, lines["complete"], rows, lines["complete_after"])


def _goal(turn: Turn, plan: Plan, checklist: Checklist, number: str) -> list[Move]:
    position = int(number) if number.isdigit() else _WORDS.index(number.lower()) + 1
    if not 1 <= position <= len(plan.goals):
        return _goals(turn, plan)
    goal, lines = plan.goals[position - 1], turn.lines["plan"]
    said = [say(turn, lines["goal"], number=str(position), quote=" ".join(goal.quote.split()))]
    if goal.measure:
        said.append(say(turn, lines["goal_measure"], measure=" ".join(goal.measure.split())))
    else:
        said.append(say(turn, lines["goal_gap"]))
    if goal.deadline:
        said.append(say(turn, lines["goal_deadline"], deadline=day(goal.deadline)))
    subject = re.search(r"\babout (?:the )?(?P<s>[\w' -]{3,40})\??", turn.text, _I)
    if subject and not _content(subject["s"]) & _content(f"{goal.quote} {goal.measure or ''}"):
        found = _nearest(subject["s"], checklist)
        said.append(say(turn, lines["found"], quote=found) if found else say(turn, lines["not_found"], subject=subject["s"].strip()))
    return said


def _about(turn: Turn, plan: Plan, checklist: Checklist) -> list[Move]:
    found = _nearest(turn.text, checklist)
    return [say(turn, turn.lines["plan"]["found"], quote=found)] if found else []


def _nearest(words: str, checklist: Checklist) -> str | None:
    """The sentence of the document that shares most content words with the question."""
    wanted = _content(words)
    document = checklist.plan.extraction.document
    best, most = None, 0
    for block in document.blocks:
        for left, right in split(block.text):
            shared = len(wanted & _content(block.text[left:right]))
            if shared > most:
                best, most = " ".join(block.text[left:right].split()), shared
    return best if wanted and most >= max(1, len(wanted) // 3) else None


def _content(text: str) -> set[str]:
    return {word.rstrip("s")[:6] for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in _COMMON}
