"""`questions`: what to ask in the meeting, from a file, from the plan that is kept, or from what the chat knows."""

import argparse
from pathlib import Path
from typing import Any

from coach import build as build_module
from coach.cli.plan import read_bytes
from coach.cli.report import Report
from coach.errors import UserError
from coach.schema.checklist import Checklist
from coach.schema.conversation import Known
from coach.schema.plan import Plan
from coach.schema.questions import MeetingQuestion, QuestionBook
from coach.settings import Settings
from coach.tools.question_list import listed
from coach.tools.questions import FIRST, questions, unanswered
from coach.tools.standing import standing


def run(options: argparse.Namespace, settings: Settings) -> Report:
    """The list of one file, where one is named: nothing stored is read then. Changes nothing."""
    settings = settings.model_copy(update={"llm": "none"})
    built = build_module.build(settings, keep=options.file is None, progress=True)
    try:
        found = _of_file(built, options.file) if options.file is not None else _kept(built)
        book = built.coach.library.questions
    finally:
        built.close()
    return Report(text=_text(found, book), data={"questions": [as_json(one) for one in found]})


def as_json(one: MeetingQuestion) -> dict[str, Any]:
    """The shape that DESIGN section 5 promises."""
    return {name: getattr(one, name) for name in ("text", "why", "topic", "goal_id", "priority")}


def stored_list(built: build_module.Built) -> tuple[MeetingQuestion, ...]:
    """The list to take along: the person's own, or what is proposed where nothing was chosen yet."""
    checklist = built.store.plans.load()
    return listed(checklist.questions, _found(built, checklist))


def _of_file(built: build_module.Built, path: Path) -> tuple[MeetingQuestion, ...]:
    data = read_bytes(path)
    built.start(wait=True)
    extraction = built.coach.read_plan(data, path.name)
    if extraction.plan is None:
        raise UserError(extraction.reason or "There is no plan in this file.")
    return _list(built, extraction.plan, Known(), extraction.reason)


def _kept(built: build_module.Built) -> tuple[MeetingQuestion, ...]:
    checklist = built.store.plans.load()
    return unanswered(_found(built, checklist), checklist)


def _found(built: build_module.Built, checklist: Checklist) -> tuple[MeetingQuestion, ...]:
    talks = built.store.list_conversations()
    known = built.store.load(talks[0].id).known if talks else Known()
    note = checklist.plan.extraction.reason if checklist.plan else None
    return _list(built, standing(checklist), known, note)


def _list(built: build_module.Built, plan: Plan | None, known: Known, note: str | None) -> tuple[MeetingQuestion, ...]:
    return questions(plan, known, today=built.now().date(), book=built.coach.library.questions, note=note)


def _text(found: tuple[MeetingQuestion, ...], book: QuestionBook) -> str:
    says = {key: texts[0] for key, texts in book.words.items()}
    if not found:
        return says["none"]
    lines = []
    for number, one in enumerate(found, start=1):
        if len(found) > FIRST and number in (1, FIRST + 1):
            lines += [*([""] if lines else []), says["first" if number == 1 else "rest"], ""]
        lines += [f"{number:>2}. {one.text}", f"    {says['why']}: {one.why}"]
        if one.wording:
            lines.append(f"    {says['propose']}: {one.wording}")
    return "\n".join(lines)
