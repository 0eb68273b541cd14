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
        if report.raw is not None and sys.stdout.isatty():
            raise UserError("This file is no text, so it is not printed here. Name it with --out.")
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
    if options.command in ("extract", "checklist"):
        from coach.cli import plan

        return getattr(plan, options.command)(options, settings)
    if options.command == "export":
        from coach.cli import export

        return export.run(options, settings)
    if options.command in ("import", "restore"):
        from coach.cli import keep

        return {"import": keep.bring_in, "restore": keep.bring_back}[options.command](options, settings)
    if options.command == "check-in":
        from coach.cli import check_in

        return check_in.run(options, settings)
    if options.command == "questions":
        from coach.cli import questions

        return questions.run(options, settings)
    if options.command in ("draft", "draft-check"):
        from coach.cli import draft

        return getattr(draft, options.command.replace("-", "_"))(options, settings)
    if options.command == "rehearse":
        from coach.cli import rehearse

        return rehearse.run(options, settings)
    if options.command == "label":
        from coach.cli import label

        return label.run(options, settings)
    if options.command == "model":
        from coach.cli import model

        return model.run(options, settings)
    if options.command == "account":
        from coach.cli import account

        return account.run(options, settings)
    if options.command == "passphrase":
        from coach.cli import passphrase

        return passphrase.run(options, settings)
    if options.command == "wipe":
        from coach.cli import wipe

        return wipe.run(options, settings)
    from coach.cli import measure

    return getattr(measure, options.command)(options, settings)


def _print(report: Report, *, as_json: bool) -> None:
    if report.raw is not None:
        sys.stdout.buffer.write(report.raw)
    elif report.lines is not None:
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
    ask.add_argument("--show-sent", action="store_true", help="do not ask: print the text that the endpoint would get")
    commands.add_parser("retrieve", parents=[both, many], help="the guidance that fits")
    extract = commands.add_parser("extract", parents=[both], help="what a plan says: goals, dates, promises, gaps")
    extract.add_argument("files", nargs="+", type=Path, metavar="FILE", help="PDF, DOCX, TXT, MD, EML, HTML or a picture")
    extract.add_argument("--out", type=Path, help="folder for one JSON file each")
    extract.add_argument("--no-model", action="store_true", help="do not ask the language model about what was left open")
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
    check_in = commands.add_parser("check-in", parents=[both], help="the meetings about the plan; with an option, one thing")
    check_in.add_argument("--propose", action="store_true", help="a series from what the plan says")
    check_in.add_argument("--zone", help="with --propose: time zone, such as Europe/London")
    check_in.add_argument("--time", help="with --propose: the time of day, such as 14:30")
    check_in.add_argument("--keep", action="store_true", help="with --propose: put the series in the list")
    check_in.add_argument("--agenda", nargs="?", const="next", metavar="N", help="a page to bring; without a number, to the next one")
    check_in.add_argument("--recap", nargs="?", const="last", metavar="N", help="what was agreed; without a number, in the last one")
    check_in.add_argument("--summary", action="store_true", help="what was noted, each line with its day")
    check_in.add_argument("--since", metavar="DATE", help="with --summary: from this day on, such as 2026-03-02")
    check_in.add_argument("--held", metavar="N", help="number of a check-in that took place")
    check_in.add_argument("--notes", metavar="TEXT", help="with --held: for yourself")
    check_in.add_argument("--agreed", action="append", metavar="TEXT", help="with --held: a next step; may be repeated")
    check_in.add_argument("--cancelled", metavar="N", help="number of a check-in that was cancelled")
    check_in.add_argument("--missed", metavar="N", help="number of a check-in that did not take place")
    check_in.add_argument("--feedback", metavar="TEXT", help="what somebody said about your work, as you heard it")
    check_in.add_argument("--who", metavar="NAME", help="with --feedback: who said it")
    check_in.add_argument("--end", action="store_true", help="the last review, and both roads after it")
    export = commands.add_parser("export", parents=[both], help="what is kept, as a file")
    export.add_argument("what", help="checklist, questions, binder (a record to read) or data (to import again)")
    export.add_argument("--format", help="checklist: csv, json, ics; questions: md, docx, pdf; binder: docx, pdf, zip; data: zip, json")
    export.add_argument("--out", type=Path, help="the file to write; without it, standard output")
    bring_in = commands.add_parser("import", parents=[both], help="bring in what `export data` made")
    bring_in.add_argument("file", type=Path, metavar="FILE", help="the archive")
    bring_in.add_argument("--replace", action="store_true", help="in place of what is here; a copy is made first")
    restore = commands.add_parser("restore", parents=[both], help="go back to a copy; without a name, list them")
    restore.add_argument("name", nargs="?", metavar="NAME", help="a copy, or latest")
    draft = commands.add_parser("draft", parents=[both], help="words to send: a message from your own facts")
    draft.add_argument("kind", metavar="KIND", help="acknowledge, request_meeting, recap, corrections, status, rebook, support, colleagues or thanks")
    draft.add_argument("--facts", type=Path, metavar="FILE", help="JSON object: manager, meeting_date, agreed ...; - reads standard input")
    check = commands.add_parser("draft-check", parents=[both], help="look over your own text before you send it")
    check.add_argument("file", type=Path, metavar="FILE", help="a text; - reads standard input")
    rehearse = commands.add_parser("rehearse", parents=[both], help="a conversation with a simulated manager")
    rehearse.add_argument("--scenario", default="first_meeting", help="first_meeting, vague_goal, support, check_in, cancelled, wrong_fact, hr, final or leaving")
    rehearse.add_argument("--persona", default="rushed", help="rushed, by_the_book, sceptical, cold or avoiding")
    rehearse.add_argument("--difficulty", default="guarded", help="supportive, guarded or hard")
    rehearse.add_argument("--turns", type=Path, metavar="FILE", help="what you say, one object with text per line; without it, type")
    rehearse.add_argument("--plan", type=Path, metavar="FILE", help="a plan; without it, the plan that is kept")
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
    account = commands.add_parser("account", parents=[both], help="who may sign in to a page that you run for others")
    account.add_argument("action", help="add, list, reset or remove")
    account.add_argument("name", nargs="?", metavar="NAME", help="the name to sign in with")
    account.add_argument("--random", action="store_true", help="with add and reset: make a password up and print it once")
    account.add_argument("--yes", action="store_true", help="with remove: do not ask")
    locked = commands.add_parser("passphrase", parents=[both], help="lock what is kept with a passphrase")
    locked.add_argument("action", help="status, set, change or remove")
    wipe = commands.add_parser("wipe", parents=[both], help="delete everything that is kept; needs no passphrase")
    wipe.add_argument("--yes", action="store_true", help="do not ask")
    return parser


def read_text(path: Path, option: str) -> str:
    """The content of a file that the user named; UserError in one sentence."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{option}: {path} cannot be read. Give a text file in UTF-8.") from error
