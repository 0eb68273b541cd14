"""What a message may be filled with: what the person hands over, and what the plan, the checklist and the chat already hold.

Everything is folded to one line of plain text. Guesses nothing: what is not there stays unknown.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from coach.checklist.words import day
from coach.errors import UserError
from coach.schema.checklist import CheckInState, Checklist, PromiseState, Status
from coach.schema.conversation import Known
from coach.schema.drafts import DraftKind
from coach.schema.plan import Plan

Entry = dict[str, str]
Facts = dict[str, str | list[Entry]]
# What other words people use for a fact.
ALSO = {
    "name": "employee", "from": "employee", "sender": "employee", "me": "employee", "to": "manager", "recipient": "manager", "boss": "manager",
    "supervisor": "manager", "date": "meeting_date", "meeting": "meeting_date", "meeting_day": "meeting_date", "agreements": "agreed",
    "agreed_points": "agreed", "errors": "corrections", "mistakes": "corrections", "wrong": "corrections", "done": "progress", "achievements": "progress",
    "updates": "progress", "training": "support", "help": "support", "supports": "support", "coworker": "colleague", "by": "deadline", "due": "deadline",
    "reply_by": "deadline", "details": "points", "notes": "points", "questions": "open", "open_questions": "open", "open_points": "open",
    "next_steps": "next", "what": "thanks_for", "thanks": "thanks_for", "for": "thanks_for", "missed": "cancelled", "cancelled_date": "cancelled",
    "proposed_times": "times", "slots": "times", "subject": "topic", "about": "topic", "example": "examples", "week_number": "week",
    "start_date": "plan_date", "promised": "promised_for", "planned_for": "promised_for", "blockers": "blocked", "blocker": "blocked", "goals": "goal",
    "received_on": "received", "evidence_for": "evidence", "new_time": "times", "new_times": "times", "impact": "effect",
}  # fmt: skip
LISTS = ("agreed", "open", "next", "points", "corrections", "progress")
_PART = {"agreed": "agreed", "open": "open", "next": "next", "points": "points", "corrections": "correct", "progress": "done"}
_INSIDE = {
    "claim": "said", "plan_says": "said", "says": "said", "wrong": "said", "fact": "correct", "actual": "correct", "right": "correct",
    "proof": "evidence", "source": "evidence", "shows": "evidence", "what": "done", "text": "done", "did": "done", "item": "goal", "title": "goal",
}  # fmt: skip
# A date that is given alone means something else in another kind of message.
_DATE_IS = {DraftKind.REBOOK: "cancelled", DraftKind.ACKNOWLEDGE: "received", DraftKind.STATUS: "week"}
_TIME_FITS = (DraftKind.REQUEST_MEETING, DraftKind.REBOOK)


def given(kind: DraftKind, facts: Mapping[str, Any], slots: set[str]) -> tuple[Facts, list[tuple[str, str]]]:
    """The facts that have a place in some message, and name and value of those that have none."""
    if not isinstance(facts, Mapping):
        raise UserError('The facts must be one JSON object, such as {"manager": "Bea"}.')
    taken: Facts = {}
    odd: list[tuple[str, str]] = []
    for name, value in facts.items():
        key = str(name).strip().lower().replace(" ", "_").replace("-", "_")
        key = _named(key if key in slots or key in LISTS else ALSO.get(key, key), kind, facts)
        if value is None or value == "" or value == [] or value == {}:
            continue
        if key in LISTS:
            old = taken.get(key, [])
            taken[key] = [*(old if isinstance(old, list) else []), *_entries(key, value)]
        elif key in slots and key not in taken:
            taken[key] = _line(value)
        else:
            odd.append((fold(name), _line(value)))
    return _joined(kind, taken), odd


def _joined(kind: DraftKind, facts: Facts) -> Facts:
    """Day and time of a meeting that is asked for are its times; what was only listed is what was agreed."""
    if kind in _TIME_FITS and "times" not in facts and "meeting_date" in facts:
        parts = [facts.pop("meeting_date"), *([facts.pop("time")] if "time" in facts else [])]
        return facts | {"times": " at ".join(map(str, parts))}
    if kind in _TIME_FITS and "times" not in facts and "time" in facts:
        return facts | {"times": facts.pop("time")}
    if kind is DraftKind.RECAP and "agreed" not in facts and isinstance(points := facts.get("points"), list):
        return {name: value for name, value in facts.items() if name != "points"} | {"agreed": [{"agreed": one["points"]} for one in points]}
    return facts


def _named(key: str, kind: DraftKind, facts: Mapping[str, Any]) -> str:
    if key == "meeting_date" and kind in _DATE_IS and _DATE_IS[kind] not in facts and kind is not DraftKind.STATUS:
        return _DATE_IS[kind]
    if key == "reason" and kind is DraftKind.THANKS:
        return "thanks_for"
    if key == "support" and kind is DraftKind.THANKS and "thanks_for" not in facts:
        return "thanks_for"
    return key


def found(kind: DraftKind, plan: Plan | None, known: Known, checklist: Checklist | None, today: date) -> Facts:
    """What is on file for this kind of message."""
    facts: dict[str, str | list[Entry] | None] = {}
    values = known.values()
    facts["employee"] = plan.employee if plan else None
    facts["manager"] = (plan.manager if plan else None) or values.get("manager")
    facts["plan_date"] = day(plan.start_date) if plan and plan.start_date else None
    if kind is DraftKind.REQUEST_MEETING and checklist:
        facts["points"] = [{"points": fold(one.text)} for one in checklist.questions if not one.ticked and not one.answer][:3]
    if checklist:
        facts |= _checked(kind, checklist, today)
    if kind is DraftKind.STATUS and values.get("week", "").split(" ")[-1].isdigit():
        facts["week"] = values["week"].split(" ")[-1]
    return {name: fold(value) if isinstance(value, str) else value for name, value in facts.items() if value}


def _checked(kind: DraftKind, checklist: Checklist, today: date) -> dict[str, str | list[Entry] | None]:
    meetings = sorted(checklist.check_ins, key=lambda check: check.at)
    if kind is DraftKind.RECAP:
        held = [check for check in meetings if check.state is CheckInState.HELD]
        if held:
            return {"meeting_date": day(held[-1].at.date()), "agreed": [{"agreed": fold(one)} for one in held[-1].agreed]}
    if kind is DraftKind.REBOOK:
        lost = [check for check in meetings if check.state in (CheckInState.CANCELLED, CheckInState.MISSED)]
        return {"cancelled": day(lost[-1].at.date())} if lost else {}
    if kind is DraftKind.SUPPORT:
        late = [one for one in checklist.promises if one.state in (PromiseState.OPEN, PromiseState.LATE) and (one.due is None or one.due <= today)]
        late.sort(key=lambda one: (one.state is not PromiseState.LATE, one.due or date.max))
        return {"support": late[0].text, "promised_for": day(late[0].due) if late[0].due else None} if late else {}
    return {"progress": _log(checklist, today)} if kind is DraftKind.STATUS else {}


def _log(checklist: Checklist, today: date) -> list[Entry]:
    """One line for each entry of the last week, in the order of the goals; a goal without one says so."""
    since = today - timedelta(days=7)
    lines: list[Entry] = []
    for item in checklist.items:
        entries = [entry for entry in checklist.log if entry.item == item.id and entry.on >= since]
        shown = [one.text + (f" ({one.file})" if one.file else "") for one in item.evidence if one.on >= since]
        title = {"goal": fold(item.title)}
        for entry in entries:
            lines.append(title | {"done": f"{fold(entry.text)} ({day(entry.on)})"} | ({"evidence": fold("; ".join(shown))} if shown else {}))
        if not entries and shown:
            lines.append(title | {"done": fold("; ".join(shown)), "evidence": day(max(one.on for one in item.evidence))})
        if not entries and not shown and item.status not in (Status.DONE, Status.CONFIRMED):
            lines.append(title)
    return lines + [{"done": f"{fold(entry.text)} ({day(entry.on)})"} for entry in checklist.log if entry.item is None and entry.on >= since]


def _entries(key: str, value: Any) -> list[Entry]:
    values = value if isinstance(value, list | tuple) else [value]
    if isinstance(value, str):
        values = [part for part in value.replace(";", "\n").splitlines() if part.strip()]
    entries = []
    for each in values:
        if isinstance(each, Mapping):
            named = {_INSIDE.get(str(name), str(name)): _line(part) for name, part in each.items() if part not in (None, "", [], {})}
            entry = {name: part for name, part in named.items() if name in ("said", "correct", "evidence", "goal", "done", _PART[key])}
            rest = "; ".join(f"{fold(name)}: {part}" for name, part in named.items() if name not in entry)
            if rest:
                entry[_PART[key]] = f"{entry[_PART[key]]}; {rest}" if _PART[key] in entry else rest
        else:
            entry = {_PART[key]: _line(each)} if each not in (None, "") else {}
        if entry or each == {}:  # an empty one keeps its place: something is known to be there
            entries.append(entry)
    return entries


def _line(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{fold(name)}: {_line(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        parts = [_line(part) for part in value]
        return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
    return ("yes" if value else "no") if isinstance(value, bool) else fold(value)


def fold(value: object) -> str:
    """One line of printable characters: nothing in it can begin a line of its own."""
    clean = "".join(sign if sign.isprintable() or sign.isspace() else " " for sign in str(value))
    return " ".join(clean.split())
