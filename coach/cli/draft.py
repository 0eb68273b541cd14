"""`draft` and `draft-check`: words to send, and a second look at the person's own."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from coach import build as build_module
from coach.cli.care import heed
from coach.cli.report import Report
from coach.errors import UserError
from coach.schema.drafts import BLANK, DraftKind, Mark
from coach.settings import Settings
from coach.tools.draft import draft as write
from coach.tools.draft_check import calm, marks
from coach.tools.known import latest
from coach.tools.standing import standing

LONGEST = 50_000  # characters of a text to check; a message is rarely a tenth of that


def draft(options: argparse.Namespace, settings: Settings) -> Report:
    """One message, filled from --facts and from the plan that is kept. Changes nothing."""
    if options.kind not in list(DraftKind):
        raise UserError(f"draft takes one of: {', '.join(DraftKind)}.")
    facts = _facts(options.facts)
    built = build_module.build(settings.model_copy(update={"llm": "none"}))
    try:
        heed(built, [facts])
        checklist = built.store.plans.load()
        known = latest(built.store)
        today, book = built.now().date(), built.coach.library.drafts
    finally:
        built.close()
    letter = write(DraftKind(options.kind), facts, standing(checklist), known, checklist, today, book)
    notes = [f"- {note}" for note in letter.notes]
    return Report(text="\n".join([letter.text, "", *notes]), data={"text": letter.text, "notes": list(letter.notes)})


def draft_check(options: argparse.Namespace, settings: Settings) -> Report:
    """The marks in one text. What stands in the plan that is kept counts as quoted."""
    text = read(options.file)
    if not text.strip():
        raise UserError("There is nothing to check: the text is empty.")
    if len(text) > LONGEST:
        raise UserError(f"The text is longer than {LONGEST} characters. Check it in parts.")
    built = build_module.build(settings.model_copy(update={"llm": "none"}), progress=True)
    try:
        heed(built, [text])
        plan = standing(built.store.plans.load())
        built.start(wait=True)
        found = marks(text, built.coach.library.marks, plan, built.brain.search().index)
    finally:
        built.close()
    return Report(text=_text(text, found), data={"marks": [as_json(mark) for mark in found]})


def as_json(mark: Mark) -> dict[str, Any]:
    """The shape that DESIGN section 5 promises."""
    return {"quote": mark.quote, "kind": mark.kind.value, "why": mark.why, "calmer": mark.calmer}


def _text(text: str, found: tuple[Mark, ...]) -> str:
    left = ", ".join(dict.fromkeys(BLANK.findall(text)))
    lines = [f"Fill in before you send it: {left}"] if left else []
    if not found:
        return "\n".join(["Nothing in it stands out. Read it once aloud before you send it.", *lines])
    for mark in found:
        lines += [f"\u201c{' '.join(mark.quote.split())}\u201d  {mark.kind.value.replace('_', ' ')}", f"    {mark.why}", f"    Calmer: {mark.calmer}"]
    return "\n".join([*lines, "", "All in one:", "", calm(text, found)])


def _facts(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        facts = json.loads(read(path))
    except (ValueError, RecursionError):
        facts = None
    if not isinstance(facts, dict):
        raise UserError('--facts takes one JSON object, such as {"manager": "Bea", "agreed": ["95 % by May"]}.')
    return facts


def read(path: Path) -> str:
    """The text of a file that the user named, or of standard input where it is -."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} cannot be read. Give a text file in UTF-8.") from error
