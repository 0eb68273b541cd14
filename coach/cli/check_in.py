"""`check-in`: the meetings about the plan. Lists, proposes, prepares, sums up, and notes what became of them."""

import argparse
import os
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from coach import build as build_module
from coach import locations
from coach.checklist.words import day
from coach.cli.care import heed
from coach.cli.report import Report
from coach.errors import UserError
from coach.library import Library
from coach.meetings.agenda import agenda
from coach.meetings.ahead import ahead
from coach.meetings.ending import ending
from coach.meetings.missed import rebook
from coach.meetings.proposal import explain
from coach.meetings.recap import recap
from coach.meetings.series import propose
from coach.meetings.sheet import to_text
from coach.meetings.summary import summary
from coach.meetings.words import when
from coach.plan.dates import order_of
from coach.schema.checklist import CheckIn, CheckInState, Checklist, Feedback
from coach.schema.conversation import Known
from coach.settings import Settings
from coach.store.plan_store import PlanStore
from coach.tools.questions import review
from coach.tools.standing import standing

NEXT, LAST = "next", "last"
ONE_OF = ("propose", "agenda", "recap", "summary", "held", "cancelled", "missed", "feedback", "end")
BELONGS = {
    "zone": "propose", "time": "propose", "keep": "propose", "since": "summary", "notes": "held", "agreed": "held", "who": "feedback",
}  # fmt: skip


def run(options: argparse.Namespace, settings: Settings) -> Report:
    """List the check-ins, or do the one thing that is named."""
    wanted = [name for name in ONE_OF if getattr(options, name) not in (None, False)]
    if len(wanted) > 1:
        raise UserError(f"check-in does one thing at a time: leave out --{wanted[1]}.")
    for name, owner in BELONGS.items():
        if getattr(options, name) not in (None, False) and owner not in wanted:
            raise UserError(f"--{name} goes together with --{owner}.")
    built = build_module.build(settings.model_copy(update={"llm": "none"}))
    try:
        heed(built, (text for text in (options.notes, options.agreed, options.feedback) if text))
        work: Callable[..., Report] = _COMMANDS[wanted[0]] if wanted else _list
        return work(options, built.store.plans, built.coach.library, built.now().date())
    finally:
        built.close()


def _list(options: argparse.Namespace, plans: PlanStore, library: Library, today: date) -> Report:
    rows = _rows(plans.load())
    following = next(iter(ahead(plans.load(), today)), None)
    lines = [
        f"{number:>2}. [{one.state.value}] {when(one.at)} {one.zone}"
        + (f", with {one.who}" if one.who.strip() else "")
        for number, one in enumerate(rows, start=1)
    ]
    data = {
        "check_ins": [_as_json(number, one) for number, one in enumerate(rows, start=1)],
        "next": _as_json(rows.index(following) + 1, following) if following else None,
    }
    return Report(
        text="\n".join(lines) or "There is no check-in yet. See what your plan says with --propose.",
        data=data,
    )


def _propose(options: argparse.Namespace, plans: PlanStore, library: Library, today: date) -> Report:
    kept = plans.load()
    version = kept.plan.extraction if kept.plan else None
    rows = _rows(kept)
    zone = options.zone or (rows[-1].zone if rows else locations.time_zone(os.environ.get("TZ")))
    found = propose(
        version.plan if version else None,
        today=today,
        zone=zone,
        at=_time(options.time) if options.time is not None else None,
        order=order_of(version.document.text) if version else order_of(""),
        there=kept.check_ins,
    )
    data = {
        "cadence": found.cadence.value, "words": found.words or None, "assumed": [one.value for one in found.assumed], "zone": zone,
        "check_ins": [_as_json(number, one) for number, one in enumerate(found.check_ins, start=1)], "kept": 0,
    }  # fmt: skip
    text = to_text(explain(found, library.meetings))
    if options.keep and found.check_ins:
        line = f"{len(found.check_ins)} check-ins added" if len(found.check_ins) > 1 else "one check-in added"
        plans.add_all(found.check_ins, line)
        data["kept"] = len(found.check_ins)
        text = f"{text}\n\n{line[:1].upper()}{line[1:]}."
    return Report(text=text, data=data)


def _agenda(options: argparse.Namespace, plans: PlanStore, library: Library, today: date) -> Report:
    kept = plans.load()
    if options.agenda == NEXT and not (following := next(iter(ahead(kept, today)), None)):
        raise UserError(
            "There is no check-in ahead. Add some with --propose --keep, or name one by its number."
        )
    check_in = following if options.agenda == NEXT else _numbered(kept, options.agenda)
    page = agenda(kept, check_in, today, library.meetings)
    return Report(text=to_text(page), data={"check_in": check_in.id, "agenda": page.model_dump(mode="json")})


def _recap(options: argparse.Namespace, plans: PlanStore, library: Library, today: date) -> Report:
    kept = plans.load()
    past = [one for one in _rows(kept) if one.state is CheckInState.HELD]
    if options.recap == LAST and not past:
        raise UserError("No check-in is noted as held. Note one with --held and its number.")
    check_in = past[-1] if options.recap == LAST else _numbered(kept, options.recap)
    found = recap(kept, check_in, library.meetings)
    text = f"{to_text(found.sheet)}\n\n{found.letter.message}"
    return Report(text=text, data={"check_in": check_in.id, **found.model_dump(mode="json")})


def _summary(options: argparse.Namespace, plans: PlanStore, library: Library, today: date) -> Report:
    since = _date(options.since) if options.since is not None else None
    found = summary(plans.load(), since, today, library.meetings)
    text = found.letter.text if found.empty else found.letter.message
    return Report(text=text, data=found.model_dump(mode="json"))


def _held(options: argparse.Namespace, plans: PlanStore, library: Library, today: date) -> Report:
    kept = plans.load()
    seen = _numbered(kept, options.held)
    changes: dict[str, Any] = {"state": CheckInState.HELD}
    if options.notes is not None:
        changes["notes"] = options.notes
    if options.agreed is not None:
        changes["agreed"] = tuple(text for text in options.agreed if text.strip())
    return _changed(kept, plans.change(seen, **changes), {})


def _set_aside(options: argparse.Namespace, plans: PlanStore, library: Library, today: date) -> Report:
    kept = plans.load()
    state = CheckInState.CANCELLED if options.cancelled is not None else CheckInState.MISSED
    after = plans.change(_numbered(kept, options.cancelled or options.missed), state=state)
    found = rebook(plans.load(), after, today, library.meetings)
    report = _changed(
        kept, after, {"slot": found.slot and _as_json(None, found.slot), "letter": found.letter.model_dump()}
    )
    return Report(text=f"{report.text}\n{found.said}\n\n{found.letter.message}", data=report.data)


def _feedback(options: argparse.Namespace, plans: PlanStore, library: Library, today: date) -> Report:
    if not options.feedback.strip():
        raise UserError("--feedback needs what was said, in quotation marks.")
    kept = plans.add(Feedback(on=today, who=options.who or "", text=options.feedback))
    line = f"Feedback noted for {day(today)}."
    return Report(text=line, data={"changed": line, "feedback": kept.model_dump(mode="json")})


def _end(options: argparse.Namespace, plans: PlanStore, library: Library, today: date) -> Report:
    kept = plans.load()
    asks = [one.text for one in review("final", standing(kept), Known(), today=today, book=library.questions)]
    found = ending(kept, asks, library.meetings)
    return Report(text=to_text(found.sheet), data=found.model_dump(mode="json", exclude={"sheet"}))


_COMMANDS = {
    "propose": _propose, "agenda": _agenda, "recap": _recap, "summary": _summary, "held": _held, "cancelled": _set_aside,
    "missed": _set_aside, "feedback": _feedback, "end": _end,
}  # fmt: skip


def _rows(kept: Checklist) -> list[CheckIn]:
    return sorted(kept.check_ins, key=lambda one: (one.at, one.id))


def _numbered(kept: Checklist, wanted: str) -> CheckIn:
    rows = _rows(kept)
    if wanted.isdecimal() and 1 <= int(wanted) <= len(rows):
        return rows[int(wanted) - 1]
    if found := next((one for one in rows if one.id == wanted), None):
        return found
    if not rows:
        raise UserError("There is no check-in yet. Add some with --propose --keep.")
    raise UserError(f"There is no check-in {wanted}. Give its number in the list, from 1 to {len(rows)}.")


def _as_json(number: int | None, one: CheckIn) -> dict[str, Any]:
    return {"number": number, **one.model_dump(mode="json", exclude={"version"})}


def _changed(before: Checklist, after: CheckIn, more: dict[str, Any]) -> Report:
    number = next(number for number, one in enumerate(_rows(before), start=1) if one.id == after.id)
    line = f"Check-in {number}, {when(after.at)}, is noted as {after.state.value}."
    return Report(text=line, data={"changed": line, "check_in": _as_json(number, after), **more})


def _time(text: str) -> time:
    match = re.fullmatch(r"(\d{1,2})[:.](\d\d)", text.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise UserError("--time takes hours and minutes, such as 14:30.")
    return time(int(match[1]), int(match[2]))


def _date(text: str) -> date:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        raise UserError("--since takes a date, such as 2026-03-02.") from None
