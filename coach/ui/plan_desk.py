"""What the plan part of the page can do, without a web server: every method returns what changes on the screen.

Keys of what is shown: sheet (the review; "" closes it), plan, side, said, fault, focus, view, draft, stamp. Reviews that are not
confirmed are held in memory only. Knows no request and no browser.
"""

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from coach.checklist import export, ics
from coach.errors import CoachError, UserError
from coach.plan.extract import PASTED
from coach.schema.checklist import Checklist, Evidence, Item, Origin
from coach.schema.plan import Goal, Missing
from coach.ui import plan_forms as forms
from coach.ui import plan_proposals, plan_render, plan_review, plan_words, review_render
from coach.ui.care import Care
from coach.ui.guarded import Shown, guarded
from coach.ui.plan_review import Draft
from coach.ui.ports import Built

MOST_DRAFTS = 4
STEPS_BACK = 50
AWAY = 75.0  # seconds after which a page that says nothing counts as closed; hidden tabs speak once a minute


class PlanDesk:
    """The hands of the plan part. Safe to use from several threads."""

    guarded = staticmethod(guarded)

    def __init__(
        self,
        built: Built,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._coach = built.coach
        self._care = Care(built)
        self._store = built.store
        self._today = today
        self._clock = clock
        self._lock = threading.Lock()
        self._drafts: dict[str, list[Draft]] = {}  # each with its earlier states, the newest last
        self._readings = plan_proposals.Readings(
            lambda found, stop, progress: self._coach.refine_plan(found, stop=stop, progress=progress), MOST_DRAFTS
        )
        self._pages: dict[str, float] = {}

    # ---- reading and reviewing ----

    def read(self, data: bytes, name: str, stop: threading.Event | None = None) -> Shown:
        """Read a file or pasted text and open its review; UserError once `stop` is set."""
        extraction = self._coach.read_plan(data, name, stop)
        draft = plan_review.begin(secrets.token_hex(8), extraction)
        with self._lock:
            self._drafts[draft.id] = [draft]
            for old in list(self._drafts)[:-MOST_DRAFTS]:
                del self._drafts[old]
        if self._coach.model_status()[0] == "ready":
            self._readings.begin(draft.id, extraction, lambda goals: self._propose(draft.id, goals))
        shown = {**self._sheet(draft), **self.view(), "draft": draft.id}
        return self._care.document(extraction, shown, pasted=name == PASTED)

    def drop(self, draft: str) -> Shown:
        """Forget a review that was not confirmed."""
        self._readings.forget(draft)
        with self._lock:
            self._drafts.pop(draft, None)
        return {"sheet": "", **self.view()}

    def _propose(self, draft: str, goals: tuple[Goal, ...]) -> None:
        # into every state, so that "Take back" does not lose them; nothing that the person changed is touched
        with self._lock:
            states = self._drafts.get(draft, [])
            states[:] = [plan_proposals.propose(state, goals) for state in states]

    def review(self, asked: Mapping[str, str]) -> Shown:
        """One step in a review."""
        draft = self._draft(str(asked.get("draft", "")))
        return self._care.beside(asked, self._reviewed(draft, asked), draft.extraction.document.text)

    def _reviewed(self, draft: Draft, asked: Mapping[str, str]) -> Shown:
        get = lambda name: str(asked.get(name, ""))  # noqa: E731
        step, goal = get("do"), get("goal")
        if step == "drop-all":
            return self.drop(draft.id)
        if step == "confirm":
            return self._confirm(draft)
        if step == "stop-reading":
            self._readings.stop(draft.id)
            return self._sheet(draft)
        if step == "reading":
            return {"model": plan_proposals.part(draft, self._readings.of(draft.id))}
        if step == "back":
            with self._lock:
                states = self._drafts[draft.id]
                if len(states) > 1:
                    states.pop()
                draft = states[-1]
            return self._sheet(draft)
        steps: dict[str, Callable[[], Draft]] = {
            "show": lambda: draft,
            "edit": lambda: plan_review.edit(draft, goal, get("name"), get("text")),
            "fact": lambda: plan_review.fact(draft, get("name"), get("text")),
            "drop": lambda: plan_review.drop(draft, goal),
            "keep": lambda: plan_review.keep(draft, goal),
            "merge": lambda: plan_review.merge(draft, goal),
            "split": lambda: plan_review.split(draft, goal, get("at")),
            "add": lambda: plan_review.add(draft, get("title"), get("quote"), get("at")),
            "answer": lambda: plan_review.answer(draft, get("text")),
            "leave-support": lambda: plan_review.support(draft, get("at"), kept=False),
            "take-support": lambda: plan_review.support(draft, get("at"), kept=True),
            "take": lambda: plan_proposals.take(draft, goal),
            "leave": lambda: plan_proposals.leave(draft, goal),
            "pair": lambda: plan_review.pair(draft, goal, get("text")),
            "anyway": lambda: draft.model_copy(update={"anyway": True}),
        }
        if step not in steps:
            raise UserError(plan_words.ERRORS["request"])
        after = steps[step]()
        if after != draft:
            with self._lock:
                self._drafts.setdefault(draft.id, []).append(after)
                del self._drafts[draft.id][1:-STEPS_BACK]
        new = [goal.id for goal in (*after.plan.goals, *after.own) if goal.id not in {g.id for g in (*draft.plan.goals, *draft.own)}]
        return {**self._sheet(after), "said": "", **({"focus": f"title-{new[0]}"} if new else {})}

    def _confirm(self, draft: Draft) -> Shown:
        if not draft.ready:
            raise UserError(plan_words.ERRORS["empty"])
        plans, extraction = self._store.plans, plan_review.result(draft)
        current = plans.load().plan
        try:
            if current and current.extraction.plan:
                found = plan_review.compared(draft, current.extraction.plan)
                plans.revise(current, extraction, self._today(), found)
            else:
                plans.confirm(extraction, self._today())
        except UserError as error:  # another window was first: the review stays, beside what is there now
            return {**self._sheet(draft), "fault": str(error)}
        for goal in draft.own:
            if goal.id not in draft.dropped:
                plans.add(_own(goal))
        self.drop(draft.id)
        said = plan_words.REVISED if current else plan_words.CONFIRMED
        return {"sheet": "", **self.view(), "view": "plan", "said": said, "focus": "plan-head"}

    # ---- tracking ----

    def view(self) -> Shown:
        """The checklist as it stands, and the few lines for the side."""
        checklist = self._store.plans.load()
        last = next(iter(self._store.plans.changes(1)), None)
        with self._lock:
            waiting = [(id, states[-1].extraction.document.name) for id, states in self._drafts.items()]
        return {
            "plan": plan_render.page(checklist, self._today(), last, waiting),
            "side": plan_render.side(checklist, self._today(), waiting),
            "has_plan": bool(checklist.plan or checklist.items),
            "stamp": self._stamp(),
        }

    def act(self, asked: Mapping[str, Any]) -> Shown:
        """One change of the checklist. After a fault the newest is shown beside it; what was typed stays in its field."""
        acts = {"add": self._add, "change": self._change, "remove": self._remove, "undo": self._undo, "erase": self._erase}
        act = acts.get(str(asked.get("do", "")))
        if act is None:
            raise UserError(plan_words.ERRORS["request"])
        try:
            said = act(asked)
        except CoachError as error:
            return self._care.beside(asked, {**self.view(), "fault": str(error)})
        return self._care.beside(asked, {**self.view(), "said": said})

    def attach(self, asked: Mapping[str, Any], data: bytes, file: str) -> Shown:
        """Evidence with a file."""
        try:
            evidence = forms.new("evidence", _texts(asked.get("fields")))
            if isinstance(evidence, Evidence):
                self._store.plans.attach(evidence, file, data)
        except CoachError as error:
            return self._care.beside(asked, {**self.view(), "fault": str(error)})
        return self._care.beside(asked, {**self.view(), "said": plan_words.SAVED})

    def _add(self, asked: Mapping[str, Any]) -> str:
        record = forms.new(str(asked.get("kind", "")), _texts(asked.get("fields")))
        if isinstance(record, Evidence) and not record.text:
            raise UserError(plan_words.ERRORS["title"])
        self._store.plans.add(record)
        return plan_words.SAVED

    def _change(self, asked: Mapping[str, Any]) -> str:
        kind, fields = str(asked.get("kind", "")), asked.get("fields")
        stored = forms.find(self._store.plans.load(), kind, str(asked.get("id", "")))
        pairs = {name: _pair(both) for name, both in fields.items()} if isinstance(fields, dict) else {}
        seen, changes = forms.seen(stored, kind, str(asked.get("version", "")), pairs)
        if changes:
            self._store.plans.change(seen, **forms.following(stored, changes, self._today()))
        return plan_words.SAVED

    def _remove(self, asked: Mapping[str, Any]) -> str:
        stored = forms.find(self._store.plans.load(), str(asked.get("kind", "")), str(asked.get("id", "")))
        self._store.plans.remove(stored.model_copy(update={"version": int(asked.get("version") or 0)}))
        return ""

    def _undo(self, asked: Mapping[str, Any]) -> str:
        expected = str(asked.get("id", ""))
        return self._store.plans.undo(int(expected) if expected.isdecimal() else None)

    def _erase(self, asked: Mapping[str, Any]) -> str:
        self._store.plans.erase()
        with self._lock:
            self._drafts.clear()
        return plan_words.ERASED

    # ---- files to take away, and who else is here ----

    def file(self, name: str) -> tuple[bytes, str, str] | None:
        """Bytes, kind and name of an export; None where there is no such one."""
        today, checklist = self._today(), self._store.plans.load()
        made: dict[str, tuple[Callable[[Checklist], bytes], str]] = {
            "csv": (export.to_csv, "text/csv; charset=utf-8"),
            "json": (export.to_json, "application/json"),
            "ics": (lambda known: ics.to_ics(known, datetime.now(UTC)), "text/calendar; charset=utf-8"),
        }
        if name not in made:
            return None
        write, kind = made[name]
        return write(checklist), kind, f"checklist-{today.isoformat()}.{name}"

    def kept(self, id: str) -> tuple[bytes, str]:
        """The file that was kept with evidence, and its name."""
        evidence = forms.find(self._store.plans.load(), "evidence", id)
        if not isinstance(evidence, Evidence) or not evidence.attachment:
            raise UserError(plan_words.ERRORS["gone"])
        return self._store.plans.file(evidence), evidence.file or "file"

    def pulse(self, page: str, *, leaving: bool = False) -> Shown:
        """A page says that it is open: whether it is the only one, and whether something changed."""
        now = self._clock()
        with self._lock:
            self._pages = {key: seen for key, seen in self._pages.items() if now - seen < AWAY and key != page}
            others = bool(self._pages)
            if not leaving:
                self._pages[page[:64]] = now
        others = others or self._store.other_process()
        return {"others": plan_words.OTHERS if others else "", "stamp": self._stamp()}

    def _stamp(self) -> str:
        last = next(iter(self._store.plans.changes(1)), None)
        return f"{last.id} {last.at.isoformat()}" if last else ""

    def _draft(self, id: str) -> Draft:
        with self._lock:
            states = self._drafts.get(id)
        if not states:
            raise UserError(plan_words.ERRORS["draft"])
        return states[-1]

    def _sheet(self, draft: Draft) -> Shown:
        current = self._store.plans.load().plan
        old = current.extraction.plan if current else None
        found = plan_review.compared(draft, old) if old and draft.known else None
        back = len(self._drafts.get(draft.id, ())) > 1
        return {"sheet": review_render.sheet(draft, found, back=back, model=plan_proposals.part(draft, self._readings.of(draft.id))), "draft": draft.id}


def _own(goal: Goal) -> Item:
    return Item(
        title=goal.title, measure=goal.measure, measure_source="you" if goal.measure else None, target=goal.target,
        evidence_source=goal.evidence_source, deadline=goal.deadline, origin=Origin.ADDED,
        missing=tuple(gap for gap in goal.missing if gap is not Missing.VAGUE),
    )  # fmt: skip


def _texts(fields: Any) -> dict[str, str]:
    return {str(name): str(text) for name, text in fields.items()} if isinstance(fields, dict) else {}


def _pair(both: Any) -> tuple[str, str]:
    if not isinstance(both, list) or len(both) != 2:
        raise UserError(plan_words.ERRORS["request"])
    return str(both[0]), str(both[1])
