"""`questions`: what to ask in the meeting, from a file, from the plan that is kept, or from what the chat knows."""

import argparse
from pathlib import Path
from typing import Any

from coach import build as build_module
from coach.cli.care import heed
from coach.cli.plan import read_bytes
from coach.cli.report import Report
from coach.errors import UserError
from coach.schema.checklist import Checklist
from coach.schema.conversation import Known
from coach.schema.plan import Extraction, Plan
from coach.schema.questions import MeetingQuestion, QuestionBook
from coach.settings import Settings
from coach.tools.known import latest
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
    return Report(text=_text(found, book), data={"questions": as_rows(found)})


def as_rows(found: tuple[MeetingQuestion, ...]) -> list[dict[str, Any]]:
    """The shape that DESIGN section 5 promises: a question that settles two topics has a row for each, so that every gap has its row."""
    rows = [(one, topic) for one in found for topic in (one.topic, *one.also)]
    return [
        {"text": one.text, "why": one.why, "topic": topic, "goal_id": one.goal_id, "priority": number}
        for number, (one, topic) in enumerate(rows, start=1)
    ]


def stored_list(built: build_module.Built) -> tuple[MeetingQuestion, ...]:
    """The list to take along: the person's own, or what is proposed where nothing was chosen yet."""
    checklist = built.store.plans.load()
    return listed(checklist.questions, _found(built, checklist))


def _of_file(built: build_module.Built, path: Path) -> tuple[MeetingQuestion, ...]:
    data = read_bytes(path)
    built.start(wait=True)
    extraction = built.coach.read_plan(data, path.name)
    heed(built, [extraction])
    if extraction.plan is None:
        raise UserError(extraction.reason or "There is no plan in this file.")
    return _list(built, extraction.plan, Known(), extraction)


def _kept(built: build_module.Built) -> tuple[MeetingQuestion, ...]:
    checklist = built.store.plans.load()
    return unanswered(_found(built, checklist), checklist)


def _found(built: build_module.Built, checklist: Checklist) -> tuple[MeetingQuestion, ...]:
    read = checklist.plan.extraction if checklist.plan else None
    return _list(built, standing(checklist), latest(built.store), read)


def _list(built: build_module.Built, plan: Plan | None, known: Known, read: Extraction | None) -> tuple[MeetingQuestion, ...]:
    return questions(plan, known, today=built.now().date(), book=built.coach.library.questions, read=read)


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
