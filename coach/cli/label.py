"""`label`: what an employee does in a sentence said to the manager."""

import argparse
import json

from coach import build as build_module
from coach.cli.report import Report
from coach.errors import UserError
from coach.settings import Settings


def run(options: argparse.Namespace, settings: Settings) -> Report:
    """One sentence, or one for each line of --jsonl."""
    items = _items(options)
    built = build_module.build(settings.model_copy(update={"llm": "none"}), keep=False, progress=True)
    try:
        built.start(wait=True)
        index = built.brain.search().index
    finally:
        built.close()
    answers = [
        ({"id": item["id"]} if item.get("id") is not None else {}) | {"labels": [label.value for label in index.labels(item["text"], item.get("context"))]}
        for item in items
    ]  # fmt: skip
    if options.jsonl is not None:
        return Report(lines=answers)
    return Report(text=", ".join(answers[0]["labels"]) or "no label", data=answers[0])


def _items(options: argparse.Namespace) -> list[dict]:
    if options.jsonl is None:
        if options.text is None:
            raise UserError("Give the sentence in quotation marks, or a file with --jsonl.")
        return [{"text": options.text, "context": options.context}]
    from coach.cli.main import read_text

    items = []
    for number, line in enumerate(read_text(options.jsonl, "--jsonl").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            fine = isinstance(item["text"], str) and isinstance(item.get("context") or "", str)
        except (ValueError, KeyError, TypeError, AttributeError):
            fine = False
        if not fine:
            raise UserError(f'--jsonl: line {number}: must be an object like {{"id": "1", "text": "...", "context": null}}.')
        items.append(item)
    return items
