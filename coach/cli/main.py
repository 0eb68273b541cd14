"""Arguments in, exit code out. Each command is one function in a sibling module that returns a Report."""

import argparse
import contextlib
import json
import os
import sys
from pathlib import Path

from coach import settings as settings_module
from coach.cli.report import Report
from coach.errors import CoachError, UserError


def main(arguments: list[str]) -> int:
    """Run one command. 0 is success, 1 a failed check of `eval`, 2 an error that the user can mend."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
        settings_module.quiet(os.environ)
        settings = settings_module.load()
        # whatever a library prints belongs to stderr: stdout holds the answer and nothing else
        with contextlib.redirect_stdout(sys.stderr):
            report = _run(options, settings)
    except CoachError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    _print(report, as_json=options.json)
    return report.code


def _run(options: argparse.Namespace, settings: settings_module.Settings) -> Report:
    # imported late: `model status` must not pay for what `ask` needs
    if options.command in ("ask", "retrieve"):
        from coach.cli import chat

        return getattr(chat, options.command)(options, settings)
    if options.command in ("extract", "checklist", "export"):
        from coach.cli import plan

        return getattr(plan, options.command)(options, settings)
    if options.command == "questions":
        from coach.cli import questions

        return questions.run(options, settings)
    if options.command == "label":
        from coach.cli import label

        return label.run(options, settings)
    if options.command == "model":
        from coach.cli import model

        return model.run(options, settings)
    if options.command == "wipe":
        from coach.cli import wipe

        return wipe.run(options, settings)
    from coach.cli import measure

    return getattr(measure, options.command)(options, settings)


def _print(report: Report, *, as_json: bool) -> None:
    if report.lines is not None:
        for line in report.lines:
            print(json.dumps(line, ensure_ascii=False))
    elif as_json:
        print(json.dumps(report.data, ensure_ascii=False))
    else:
        print(report.text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m coach", description="PIP Coach without a browser.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    both = argparse.ArgumentParser(add_help=False)
    both.add_argument("--json", action="store_true", help="print one JSON object")
    many = argparse.ArgumentParser(add_help=False)
    many.add_argument("text", nargs="?", help="the message; - reads it from standard input")
    many.add_argument("--history", type=Path, help="JSON array of earlier messages")
    many.add_argument("--jsonl", type=Path, help="one object per line: id, text, history; answers in the same order")

    ask = commands.add_parser("ask", parents=[both, many], help="one turn of the chat")
    ask.add_argument("--plan", type=Path, help="the plan as a file")
    commands.add_parser("retrieve", parents=[both, many], help="the guidance that fits")
    extract = commands.add_parser("extract", parents=[both], help="what a plan says: goals, dates, promises, gaps")
    extract.add_argument("files", nargs="+", type=Path, metavar="FILE", help="PDF, DOCX, TXT, MD, EML, HTML or a picture")
    extract.add_argument("--out", type=Path, help="folder for one JSON file each")
    questions = commands.add_parser("questions", parents=[both], help="what to ask in the meeting")
    questions.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a plan; without it, the plan that is kept")
    checklist = commands.add_parser("checklist", parents=[both], help="what is tracked; with an option, one change")
    checklist.add_argument("--add", type=Path, metavar="FILE", help="take a plan's goals in, or a revised plan's")
    checklist.add_argument("--set", nargs=2, metavar=("ITEM", "STATUS"), help="number of the item and its status")
    checklist.add_argument("--log", metavar="TEXT", help="what was done, in your words")
    checklist.add_argument("--item", help="with --log: number of the item")
    checklist.add_argument("--minutes", type=int, default=0, help="with --log: how long it took")
    checklist.add_argument("--beyond", action="store_true", help="with --log: more than the plan asks")
    checklist.add_argument("--undo", action="store_true", help="take the last change back")
    export = commands.add_parser("export", parents=[both], help="the checklist as a file")
    export.add_argument("what", help="checklist")
    export.add_argument("--format", default="csv", help="csv, json or ics")
    export.add_argument("--out", type=Path, help="the file to write; without it, standard output")
    label = commands.add_parser("label", parents=[both], help="what an employee does in a sentence said to the manager")
    label.add_argument("text", nargs="?", help="the sentence")
    label.add_argument("--context", help="what the manager said just before")
    label.add_argument("--jsonl", type=Path, help="one object per line: id, text, context; answers in the same order")
    evaluate = commands.add_parser("eval", parents=[both], help="the scored sets")
    evaluate.add_argument("name", nargs="?", default="all")
    evaluate.add_argument("--details", action="store_true", help="also every miss")
    commands.add_parser("bench", parents=[both], help="how fast it is")
    model = commands.add_parser("model", parents=[both], help="the embedded model")
    model.add_argument("action", help="status, pull or remove")
    wipe = commands.add_parser("wipe", parents=[both], help="delete everything that is kept")
    wipe.add_argument("--yes", action="store_true", help="do not ask")
    return parser


def read_text(path: Path, option: str) -> str:
    """The content of a file that the user named; UserError in one sentence."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{option}: {path} cannot be read. Give a text file in UTF-8.") from error
