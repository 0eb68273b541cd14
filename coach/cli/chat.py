"""`ask` and `retrieve`. Read and write no stored conversation: all they know comes from the arguments."""

import argparse
import json
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coach import build as build_module
from coach.checklist.items import from_plan
from coach.cli.care import heed
from coach.cli.report import Report
from coach.errors import UserError
from coach.schema.checklist import Checklist, PlanVersion
from coach.schema.conversation import Message, Session
from coach.schema.events import Composed, Finished, Notice, Routed
from coach.settings import Settings


def ask(options: argparse.Namespace, settings: Settings) -> Report:
    """One turn of the chat, or one for each line of --jsonl."""
    items = list(_items(options))
    built = build_module.build(settings, keep=False, progress=True)
    try:
        if not options.show_sent:
            built.start(wait=True)
        checklist = _checklist(built, options.plan) if options.plan else None
        answer, text = (_sent, _sent_text) if options.show_sent else (_turn, _ask_text)
        answers = [answer(built, item, checklist) for item in items]
    finally:
        built.close()
    return _report(options, answers, text)


def retrieve(options: argparse.Namespace, settings: Settings) -> Report:
    """The passages that fit; an empty list means that the guidance does not cover it."""
    items = list(_items(options))
    built = build_module.build(settings.model_copy(update={"llm": "none"}), keep=False, progress=True)
    try:
        built.start(wait=True)
        search = built.brain.search()
        answers = [
            {"passages": [p.model_dump(mode="json") for p in search.passages(item["text"], item["history"])]} for item in items
        ]
    finally:
        built.close()
    answers = [{**_id(item), **answer} for item, answer in zip(items, answers, strict=True)]
    return _report(options, answers, _retrieve_text)


def converse(
    built: build_module.Built, text: str, history: list[str], checklist: Checklist | None = None
) -> tuple[Session, dict[str, Any]]:
    """Play `history` as earlier turns without a model, then answer `text`; the new session and the JSON answer."""
    return turn(built, _earlier(built, history), text, checklist)


def _earlier(built: build_module.Built, history: list[str]) -> Session:
    session = Session(id=uuid.uuid4().hex)
    for text in history:
        session = remember_earlier(built, session, text)
    return session


def remember_earlier(built: build_module.Built, session: Session, text: str) -> Session:
    """Take in one earlier message: what it tells is known afterwards, and no reply is written."""
    said = Message(author="person", text=text, at=datetime.now(UTC))
    return built.coach.take_in(session, said)


def turn(
    built: build_module.Built, session: Session, text: str, checklist: Checklist | None = None
) -> tuple[Session, dict[str, Any]]:
    """One turn with its JSON answer, as DESIGN section 5 promises it."""
    began = time.monotonic()
    answer: dict[str, Any] = {}
    notices: list[str] = []
    for event in built.coach.reply(session, text, checklist=checklist):
        if isinstance(event, Routed):
            answer |= {"route": event.route.value, "stage": event.stage.value}
        elif isinstance(event, Composed):
            answer["first_text_seconds"] = round(event.seconds, 4)
            answer["quick_replies"] = list(event.quick_replies)
        elif isinstance(event, Notice):
            notices.append(event.text)
        elif isinstance(event, Finished):
            session = event.session
            reply = session.messages[-1]
            answer |= {
                "reply": reply.text,
                "known": session.known.values(),
                "citations": [citation.model_dump(mode="json") for citation in reply.citations],
                "composed": event.composed,
                "endpoint": event.endpoint,
                "seconds": round(time.monotonic() - began, 4),
            }
    if notices:
        answer["reply"] = "\n\n".join([*notices, answer["reply"]])
        answer["notices"] = notices
    order = ("reply", "route", "stage", "known", "citations", "composed", "endpoint", "seconds", "first_text_seconds")
    return session, {**{name: answer[name] for name in order}, **answer}


def _turn(built: build_module.Built, item: dict, checklist: Checklist | None) -> dict:
    _, answer = converse(built, item["text"], item["history"], checklist)
    return {**_id(item), **answer}


def _sent(built: build_module.Built, item: dict, checklist: Checklist | None) -> dict:
    preview = built.preview(built.settings, _earlier(built, item["history"]), item["text"], checklist)
    messages = preview.messages if preview else ()
    return {**_id(item), "host": preview.host if preview else None, "sent": [message.model_dump() for message in messages]}


def _checklist(built: build_module.Built, path: Path) -> Checklist:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"--plan: {path} cannot be read. Check the name and try again.") from error
    extraction = built.coach.read_plan(data, path.name)
    heed(built, [extraction])
    if extraction.plan is None:
        raise UserError(f"--plan: {extraction.reason}")
    built.hiding.take(extraction)
    today = built.now().date()
    items, promises = from_plan(extraction.plan, "1" * 32, lambda: uuid.uuid4().hex)
    version = PlanVersion(id="1" * 32, number=1, added_on=today, current=True, extraction=extraction)
    return Checklist(plan=version, items=items, promises=promises)


def _items(options: argparse.Namespace) -> Iterator[dict]:
    if options.jsonl is not None:
        from coach.cli.main import read_text

        for number, line in enumerate(read_text(options.jsonl, "--jsonl").splitlines(), start=1):
            if line.strip():
                yield _item(line, f"--jsonl: line {number}")
        return
    text = sys.stdin.read() if options.text == "-" else options.text
    if text is None:
        raise UserError("Give the message in quotation marks, or a file with --jsonl.")
    yield {"id": None, "text": text, "history": _history(options)}


def _item(line: str, where: str) -> dict:
    try:
        item = json.loads(line)
        text, history = item["text"], item.get("history") or []
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f'{where}: must be an object like {{"id": "1", "text": "...", "history": []}}.') from error
    if not isinstance(text, str) or not _are_texts(history):
        raise UserError(f"{where}: text must be a string and history a list of strings.")
    return {"id": item.get("id"), "text": text, "history": history}


def _history(options: argparse.Namespace) -> list[str]:
    if options.history is None:
        return []
    from coach.cli.main import read_text

    try:
        history = json.loads(read_text(options.history, "--history"))
    except ValueError as error:
        raise UserError("--history: must be a JSON array of earlier messages.") from error
    if not _are_texts(history):
        raise UserError("--history: must be a JSON array of earlier messages.")
    return history


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _id(item: dict) -> dict:
    return {} if item["id"] is None else {"id": item["id"]}


def _report(options: argparse.Namespace, answers: list[dict], text) -> Report:
    if options.jsonl is not None:
        return Report(lines=answers)
    return Report(text=text(answers[0]), data=answers[0])


def _ask_text(answer: dict) -> str:
    sources = [f"[{c['n']}] {c['title']}: {c['source']}" for c in answer["citations"]]
    return "\n".join([answer["reply"], *([""] if sources else []), *sources])


def _sent_text(answer: dict) -> str:
    if answer["host"] is None:
        return "Nothing would be sent: answers are computed on this computer."
    if not answer["sent"]:
        return f"Nothing would be sent to {answer['host']}: this message gets a prepared answer."
    return "\n\n".join([f"To {answer['host']}:", *(message["content"] for message in answer["sent"])])


def _retrieve_text(answer: dict) -> str:
    if not answer["passages"]:
        return "The guidance does not cover this."
    return "\n\n".join(f"{p['card']} ({p['score']:.2f})\n{p['text']}" for p in answer["passages"])
