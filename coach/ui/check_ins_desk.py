"""Check-ins: a series, what became of each, the page before, the recap after, the summary, the end. Knows no request."""

import os
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from coach import locations
from coach.errors import UserError
from coach.meetings.missed import rebook
from coach.meetings.series import propose
from coach.meetings.words import when
from coach.plan.dates import order_of
from coach.schema.checklist import CheckIn, CheckInKind, CheckInState, Checklist, Feedback
from coach.schema.conversation import Known
from coach.schema.meetings import Proposal
from coach.tools.known import newest
from coach.tools.questions import review
from coach.tools.standing import standing
from coach.tools.told import told
from coach.ui import check_ins_render, plan_words
from coach.ui import meetings_words as words
from coach.ui import plan_forms as forms
from coach.ui.fields import number, pairs, texts
from coach.ui.guarded import Shown
from coach.ui.plan_review import day
from coach.ui.ports import Built

USUAL_MINUTES = 30
Asked = Mapping[str, Any]


class CheckInsDesk:
    """The hands of the section Check-ins."""

    def __init__(self, built: Built, now: Callable[[], datetime]) -> None:
        self._store = built.store
        self._coach = built.coach
        self._now = now
        self._wanted: dict[str, str] = {}  # time and zone of the proposal, as typed last
        self._since: date | None = None  # first day of the summary
        self.acts: dict[str, Callable[[Asked], Shown]] = {
            "add-check-in": self._add, "change-check-in": self._change, "notes": self._notes, "became": self._became, "propose": self._propose,
            "accept": self._accept, "slot": self._slot, "heard": self._heard, "remove-check-in": self._remove, "since": self._choose_since,
            "finish": self._finish,
        }  # fmt: skip

    def view(self, checklist: Checklist) -> Shown:
        """Everything around check-ins."""
        book, today = self._coach.library.meetings, self._now().date()
        asks = [one.text for one in review("final", standing(checklist), Known(), today=today, book=self._coach.library.questions)]
        return {
            "check_ins": check_ins_render.section(
                checklist, self._proposal(checklist), book, today, asks=asks, since=self._since, zone=self._zone(checklist),
                told=told(newest(self._store), checklist, today),
            )
        }

    def _proposal(self, checklist: Checklist) -> Proposal:
        version = checklist.plan.extraction if checklist.plan else None
        return propose(
            version.plan if version else None, today=self._now().date(), zone=self._wanted.get("zone") or self._zone(checklist),
            at=_time(self._wanted["time"]) if self._wanted.get("time") else None,
            order=order_of(version.document.text if version else ""), there=checklist.check_ins,
        )  # fmt: skip

    def _zone(self, checklist: Checklist) -> str:
        kept = [one.zone for one in checklist.check_ins]
        return kept[-1] if kept else locations.time_zone(os.environ.get("TZ"))

    def _propose(self, asked: Asked) -> Shown:
        wanted = texts(asked)
        before, self._wanted = self._wanted, wanted
        try:
            self._proposal(self._store.plans.load())
        except UserError:
            self._wanted = before
            raise
        return {"said": ""}

    def _accept(self, asked: Asked) -> Shown:
        self._propose(asked)
        found = self._proposal(self._store.plans.load()).check_ins
        if found:
            self._store.plans.add_all(found, f"{len(found)} check-ins added" if len(found) > 1 else "one check-in added")
        return {"said": words.SERIES_IN, "focus": "ahead-head"}

    def _add(self, asked: Asked) -> Shown:
        fields = texts(asked)
        on, at = day(fields.get("on", "")), _time(fields.get("time", ""))
        if on is None:
            raise UserError(plan_words.ERRORS["day"])
        self._store.plans.add(
            CheckIn(
                at=datetime.combine(on, at), zone=fields.get("zone", "").strip() or self._zone(self._store.plans.load()),
                minutes=_minutes(fields.get("minutes", "")), who=_line(fields.get("who", "")), kind=_kind(fields.get("kind", "")),
            )
        )  # fmt: skip
        return {"said": plan_words.SAVED}

    def _change(self, asked: Asked) -> Shown:
        stored = self._check_in(asked)
        both = pairs(asked)
        before = _moved(stored, {name: was for name, (was, _) in both.items()})
        after = _moved(stored, {name: now for name, (_, now) in both.items()})
        changes = {name: getattr(after, name) for name in ("at", "zone", "minutes", "who") if getattr(after, name) != getattr(before, name)}
        if changes:
            self._store.plans.change(before.model_copy(update={"version": number(asked.get("version"))}), **changes)
        return {"said": plan_words.SAVED}

    def _notes(self, asked: Asked) -> Shown:
        stored = self._check_in(asked)
        both = {name: both for name, both in pairs(asked).items() if name in ("notes", "agreed")}
        if any(len(now) > forms.LONGEST for _, now in both.values()):
            raise UserError(plan_words.ERRORS["long"])
        seen = stored.model_copy(update={"version": number(asked.get("version")), **{name: _noted(name, was) for name, (was, _) in both.items()}})
        changes = {name: _noted(name, now) for name, (_, now) in both.items()}
        after = self._store.plans.change(seen, typing=True, **changes) if changes else stored
        return {"kept": {"id": after.id, "version": after.version, "fields": {name: now for name, (_, now) in both.items()}}}

    def _became(self, asked: Asked) -> Shown:
        try:
            state = CheckInState(str(asked.get("state", "")))
        except ValueError:
            raise UserError(plan_words.ERRORS["field"]) from None
        stored = self._check_in(asked)
        self._store.plans.change(stored, state=state)
        return {"said": words.BECAME[state], "focus": f"sum-{stored.id}"}

    def _slot(self, asked: Asked) -> Shown:
        missed, book = self._check_in(asked), self._coach.library.meetings
        slot = rebook(self._store.plans.load(), missed, self._now().date(), book).slot
        if slot is None:
            raise UserError(plan_words.ERRORS["gone"])
        self._store.plans.add(slot)
        return {"said": words.SLOT_IN.format(when=when(slot.at))}

    def _heard(self, asked: Asked) -> Shown:
        fields, stored = texts(asked), self._check_in(asked)
        said = fields.get("text", "").replace("\r\n", "\n").strip()
        if not said:
            raise UserError(plan_words.ERRORS["title"])
        if len(said) > forms.LONGEST:
            raise UserError(plan_words.ERRORS["long"])
        self._store.plans.add(Feedback(on=stored.at.date(), who=_line(fields.get("who", "")) or stored.who, text=said))
        return {"said": plan_words.SAVED}

    def _remove(self, asked: Asked) -> Shown:
        self._store.plans.remove(self._check_in(asked).model_copy(update={"version": number(asked.get("version"))}))
        return {"said": ""}

    def _choose_since(self, asked: Asked) -> Shown:
        self._since = day(texts(asked).get("since", ""))
        return {"said": ""}

    def _finish(self, asked: Asked) -> Shown:
        """The meeting is over: today's check-in is noted as held, or added where there is none."""
        kept, now = self._store.plans.load(), self._now()
        found = next((one for one in kept.check_ins if one.at.date() == now.date() and one.state in (CheckInState.PLANNED, CheckInState.HELD)), None)
        if found is None:
            first = not any(one.state is CheckInState.HELD for one in kept.check_ins)
            plan = standing(kept)
            held = CheckIn(
                at=now.replace(minute=now.minute // 5 * 5, second=0, microsecond=0), zone=self._zone(kept), minutes=USUAL_MINUTES,
                who=_line((plan.manager if plan else "") or ""), state=CheckInState.HELD, kind=CheckInKind.FIRST if first else CheckInKind.CHECK_IN,
            )  # fmt: skip
            found = self._store.plans.add(held)
        elif found.state is CheckInState.PLANNED:
            found = self._store.plans.change(found, state=CheckInState.HELD)
        return {"said": words.FINISHED, "section": "check_ins", "focus": f"sum-{found.id}", "open": f"check-in-{found.id}"}

    def _check_in(self, asked: Asked) -> CheckIn:
        found = next((one for one in self._store.plans.load().check_ins if one.id == asked.get("id")), None)
        if found is None:
            raise UserError(plan_words.ERRORS["gone"])
        return found


def _moved(stored: CheckIn, fields: Mapping[str, str]) -> CheckIn:
    on = day(fields["on"]) if "on" in fields else stored.at.date()
    if on is None:
        raise UserError(plan_words.ERRORS["day"])
    at = _time(fields["time"]) if "time" in fields else stored.at.time()
    more: dict[str, Any] = {name: _line(fields[name]) for name in ("who", "zone") if name in fields}
    if "minutes" in fields:
        more["minutes"] = _minutes(fields["minutes"])
    return stored.model_copy(update={"at": datetime.combine(on, at), **more})


def _noted(name: str, text: str) -> str | tuple[str, ...]:
    text = text.replace("\r\n", "\n")
    return tuple(line.strip() for line in text.split("\n") if line.strip()) if name == "agreed" else text


def _time(text: str) -> time:
    match = re.fullmatch(r"(\d{1,2}):(\d\d)(?::\d\d)?", text.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise UserError(words.ERRORS["time"])
    return time(int(match[1]), int(match[2]))


def _minutes(text: str) -> int:
    clean = text.strip()
    if not clean:
        return USUAL_MINUTES
    if not (clean.isascii() and clean.isdecimal() and 1 <= int(clean[:5]) <= 1440):
        raise UserError(words.ERRORS["minutes"])
    return int(clean[:5])


def _kind(text: str) -> CheckInKind:
    try:
        return CheckInKind(text or CheckInKind.CHECK_IN)
    except ValueError:
        raise UserError(plan_words.ERRORS["field"]) from None


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
