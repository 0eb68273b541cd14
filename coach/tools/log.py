"""The chat as a logbook: keeps a line in the person's own words, shows what was kept, sums it up. Adds nothing of its own."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from coach.meetings.ahead import ahead
from coach.schema.checklist import Checklist, Entry
from coach.schema.conversation import Move
from coach.schema.enums import Route
from coach.tools import ready
from coach.tools.plan import day, say
from coach.tools.turn import Turn

Keep = Callable[[Entry], Entry]
SAVES = ("log", "save_quote", "cancelled")
_GOAL = re.compile(r"\bgoal (?:no\.? ?|number )?(?P<n>\d{1,2})\b", re.IGNORECASE)
_TAKE_BACK = re.compile(r"\b(?:delete|remove|undo|take back|scrap) (?:the|that|my|this|last)\b[^.]{0,20}\b(?:note|entry|line|log|one)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince (?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_LEAD = re.compile(r"^\W*(?:please |pls |can you |could you )?(?:log|note|write|save|record|add|jot)(?: (?:this|that|it|down|to (?:my|the) (?:log|record|notes)))*(?: (?:before i forget|exactly|for me))?\s*[:,-]\s*", re.IGNORECASE)  # fmt: skip

_TRAIL = re.compile(r"(?<=[.!?;,])\s*(?:please |pls |can you |could you )?(?:log|note|write|save|record|add|jot|keep)(?: (?:this|that|it|down|somewhere|exactly|for me|please|pls|with (?:the|today'?s) date|before i forget|to (?:my|the) (?:log|record|notes)))*\W*(?:with (?:the|today'?s) date\W*)?$", re.IGNORECASE)  # fmt: skip


def moves(turn: Turn, checklist: Checklist | None, keep: Keep | None) -> list[Move]:
    """The reply for the route check_in; where a line is to be kept, `keep` is called with it first."""
    name = ready.kind(Route.CHECK_IN, turn.text)
    if _TAKE_BACK.search(turn.text):
        return [say(turn, turn.lines["plan"]["take_back"])]
    if name in SAVES:
        return _save(turn, checklist, keep, name)
    if checklist is None:
        return ready.moves(turn)
    lines = turn.lines["plan"]
    if name == "show" and (goal := _GOAL.search(turn.text)) and 1 <= int(goal["n"]) <= len(checklist.items):
        item = checklist.items[int(goal["n"]) - 1]
        rows = [f"{day(entry.on)}: {entry.text}" for entry in checklist.log if entry.item == item.id]
        rows += [f"{day(evidence.on)}: {evidence.text}" for evidence in item.evidence]
        slots = {"number": goal["n"], "title": item.title}
        if not rows:
            return [say(turn, lines["entries_none"], **slots)]
        return [say(turn, lines["entries"], **slots), Move(kind="inform", text="\n".join(f"- {row}" for row in rows))]
    if name in ("show", "summarise") and (checklist.log or checklist.plan):
        first = first_day(turn)
        since = day(first) if first else lines["from_the_start"]
        rows = sorted((entry.on, entry.text) for entry in checklist.log if first is None or entry.on >= first)
        if not rows:
            return [say(turn, lines["summary_none"], since=since)]
        listed = "\n".join(f"- {day(on)}: {text}" for on, text in rows)
        return [say(turn, lines["summary"], since=since), Move(kind="inform", text=listed), say(turn, lines["summary_after"])]
    if name == "remind":
        if following := next(iter(ahead(checklist, turn.today)), None):
            return [say(turn, lines["next_meeting"], when=f"{day(following.at)} at {following.at:%H:%M}")]
        return [say(turn, lines["next_none"])]
    return ready.moves(turn)


def _save(turn: Turn, checklist: Checklist | None, keep: Keep | None, name: str) -> list[Move]:
    words = _TRAIL.sub("", _LEAD.sub("", turn.text)).strip(" ,;") or turn.text.strip()
    quoted = "\n".join(f"> {line}" for line in words.splitlines() if line.strip())
    if keep is None:
        options = turn.lines["log"][name]
        text = turn.picker.pick(options) or options[turn.number % len(options)]
        return [Move(kind="inform", text=text.replace("{today}", day(turn.today)).replace("{quote}", quoted))]
    goal = _GOAL.search(turn.text)
    items = checklist.items if checklist else ()
    item = items[int(goal["n"]) - 1].id if goal and 1 <= int(goal["n"]) <= len(items) else None
    keep(Entry(on=turn.today, text=words, item=item))
    return ready.moves(turn, quoted)


def first_day(turn: Turn) -> date | None:
    """From which day on the message wants its lines: the last 30 days where it names none, None for all of them."""
    if match := _SINCE.search(turn.text):
        wanted = int(match["d"])
        for back in range(0, 62):
            candidate = turn.today - timedelta(days=back)
            if candidate.day == wanted:
                return candidate
    if re.search(r"\b(?:this|the|my) week\b", turn.text, re.IGNORECASE):
        return turn.today - timedelta(days=turn.today.weekday())
    return None if re.search(r"\b(?:everything|all)\b", turn.text, re.IGNORECASE) else turn.today - timedelta(days=30)
