"""`extract` and `checklist`: what the page does with a plan, as JSON."""

import argparse
import json
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

from coach import build as build_module
from coach.checklist.progress import progress
from coach.cli.care import heed
from coach.cli.report import Report
from coach.errors import UserError
from coach.llm import weights
from coach.plan.refine import merged
from coach.schema.checklist import Checklist, Entry, Item, Status
from coach.schema.plan import Extraction, Goal, Quote
from coach.settings import Settings


def extract(options: argparse.Namespace, settings: Settings) -> Report:
    """What one or more files say. With --out one JSON file for each, named like the file; nothing is stored."""
    with_model = not options.no_model and has_model(settings)
    built = build_module.build(settings if with_model else settings.model_copy(update={"llm": "none"}), keep=False, progress=True)
    try:
        built.start(wait=True)
        found = [(path, built.coach.read_plan(read_bytes(path), path.name)) for path in options.files]
        heed(built, (extraction for _, extraction in found))
        if with_model:
            found = [(path, _refined(built, extraction, path.name)) for path, extraction in found]
    finally:
        built.close()
    answers = [as_json(extraction) for _, extraction in found]
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
        for (path, _), answer in zip(found, answers, strict=True):
            (options.out / f"{path.stem}.json").write_text(json.dumps(answer, ensure_ascii=False, indent=2), encoding="utf-8")
    text = "\n\n".join(_text(extraction) for _, extraction in found)
    return Report(text=text, data=answers[0] if len(answers) == 1 else answers)


def has_model(settings: Settings) -> bool:
    """Whether a model was chosen and can be asked without fetching anything first."""
    if settings.llm == "embedded":
        return weights.status(settings.locations, settings).state in ("ready", "custom")
    return settings.llm.startswith(("http://", "https://"))


def _refined(built: build_module.Built, extraction: Extraction, name: str) -> Extraction:
    def progress(done: int, of: int) -> None:
        print(f"\rThe model is reading {name}: {done} of {of}", end="\n" if done == of else "", file=sys.stderr, flush=True)

    refinement = built.coach.refine_plan(extraction, stop=threading.Event(), progress=progress)
    if refinement.fault:
        print(f"\nThe model did not finish reading {name}. {refinement.fault} What was found without it stays.", file=sys.stderr)
    return merged(extraction, refinement)


def as_json(extraction: Extraction) -> dict[str, Any]:
    """The shape that DESIGN section 5 promises."""
    document, plan = extraction.document, extraction.plan
    return {
        "document": {"name": document.name, "pages": document.pages, "is_plan": extraction.is_plan, "warnings": list(document.warnings)},
        "reason": extraction.reason,
        "hidden": list(document.hidden),
        "ask": list(extraction.questions),
        "plan": None if plan is None else {
            "employee": plan.employee, "manager": plan.manager, "start_date": _iso(plan.start_date), "end_date": _iso(plan.end_date),
            "duration_days": plan.duration_days, "reasons": [_quote(each) for each in plan.reasons],
            "goals": [_goal(goal) for goal in plan.goals], "supports": [_quote(each) for each in plan.supports],
            "check_ins": _quote(plan.check_ins), "consequences": _quote(plan.consequences), "signature": plan.signature.value,
            "response_window": _quote(plan.response_window), "conflicts": [_quote(each) for each in plan.conflicts],
        },
    }  # fmt: skip


def checklist(options: argparse.Namespace, settings: Settings) -> Report:
    """List what is tracked, or change one thing: add a plan, set a status, log what was done, take the last change back."""
    built = build_module.build(settings.model_copy(update={"llm": "none"}))
    try:
        line = _change(options, built)
        loaded = built.store.plans.load()
    finally:
        built.close()
    today = date.today()
    data = {"changed": line, "progress": progress(loaded, today).model_dump(mode="json"), **_listed(loaded)}
    return Report(text="\n".join([*([line] if line else []), *_lines(loaded)]), data=data)


def _change(options: argparse.Namespace, built: build_module.Built) -> str | None:
    plans, today = built.store.plans, built.now().date()
    if options.add is not None:
        built.start(wait=True)
        extraction = built.coach.read_plan(read_bytes(options.add), options.add.name)
        heed(built, [extraction])
        if extraction.plan is None:
            raise UserError(extraction.reason or "There is no plan in this file.")
        before = plans.load().plan
        if before is None:
            plans.confirm(extraction, today)
        else:
            plans.revise(before, extraction, today)
        return plans.changes(1)[0].line
    if options.set is not None:
        item = _item(plans.load(), options.set[0])
        if options.set[1] not in [status.value for status in Status]:
            raise UserError(f"--set takes a status after the item: {', '.join(Status)}.")
        plans.change(item, status=Status(options.set[1]), status_on=today)
        return plans.changes(1)[0].line
    if options.log is not None:
        heed(built, [options.log])
        item = _item(plans.load(), options.item).id if options.item else None
        plans.add(Entry(on=today, text=options.log, item=item, minutes=options.minutes, beyond=options.beyond))
        return plans.changes(1)[0].line
    return plans.undo() if options.undo else None


def _item(loaded: Checklist, wanted: str) -> Item:
    if wanted.isdigit() and 1 <= int(wanted) <= len(loaded.items):
        return loaded.items[int(wanted) - 1]
    found = next((item for item in loaded.items if item.id == wanted), None)
    if found is None:
        raise UserError(f"There is no item {wanted}. Give its number in the list, from 1 to {len(loaded.items)}.")
    return found


def read_bytes(path: Path) -> bytes:
    """The content of a file that the user named; UserError in one sentence."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} cannot be read. Check the name and try again.") from error


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _quote(quote: Quote | None) -> dict[str, Any] | None:
    return None if quote is None else {"text": quote.text, "quote": quote.quote, "page": quote.page, "span": list(quote.span)}


def _goal(goal: Goal) -> dict[str, Any]:
    fields = ("id", "title", "quote", "page", "measure", "target", "evidence_source")
    return {name: getattr(goal, name) for name in fields} | {
        "span": list(goal.span), "deadline": _iso(goal.deadline), "missing": [flag.value for flag in goal.missing],
    }  # fmt: skip


def _listed(loaded: Checklist) -> dict[str, Any]:
    dumped = loaded.model_dump(mode="json", exclude={"plan"})
    plan = loaded.plan
    return dumped | {"plan": None if plan is None else {"id": plan.id, "number": plan.number, "name": plan.extraction.document.name}}


def _lines(loaded: Checklist) -> list[str]:
    if not loaded.items:
        return ["There is nothing on the checklist yet. Add a plan with --add FILE."]
    return [
        f"{number}. [{item.status.value.replace('_', ' ')}] {item.title}" + (f"  by {item.deadline}" if item.deadline else "")
        for number, item in enumerate(loaded.items, start=1)
    ]


def _text(extraction: Extraction) -> str:
    document, plan = extraction.document, extraction.plan
    lines = [document.name, *document.warnings, *([extraction.reason] if extraction.reason else [])]
    if plan is None:
        return "\n".join(lines)
    lines.append(f"{plan.employee or 'unnamed'}, {plan.start_date or 'no start'} to {plan.end_date or 'no end'}")
    for number, goal in enumerate(plan.goals, start=1):
        lines.append(f"{number}. {goal.title}" + (f"  by {goal.deadline}" if goal.deadline else ""))
        lines.append(f"   \u201c{' '.join(goal.quote.split())}\u201d")
        if goal.measure:
            lines.append(f"   measured: {' '.join(goal.measure.split())}")
        if goal.missing:
            lines.append(f"   not said: {', '.join(goal.missing)}")
    return "\n".join(lines)
