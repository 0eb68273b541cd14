"""`rehearse`: a conversation with the simulated manager, from a file of turns or typed in."""

import argparse
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from coach import build as build_module
from coach.cli.plan import read_bytes
from coach.cli.report import Report
from coach.errors import UserError
from coach.guardrails import crisis_reply
from coach.rehearsal import scene
from coach.rehearsal.debrief import debrief
from coach.rehearsal.scene import Ears
from coach.schema.enums import Difficulty, Persona, Scenario
from coach.schema.plan import Plan
from coach.schema.rehearsal import Casting, Debrief, Ended, Line, Scene, together
from coach.settings import Settings
from coach.tools.rehearse_slots import slots
from coach.tools.standing import standing
from coach.understand import situation

Name = TypeVar("Name", bound=StrEnum)


def run(options: argparse.Namespace, settings: Settings) -> Report:
    """Play --turns, or what is typed until an empty line; stores nothing."""
    casting = Casting(
        scenario=_named(Scenario, options.scenario, "--scenario"), persona=_named(Persona, options.persona, "--persona"),
        difficulty=_named(Difficulty, options.difficulty, "--difficulty"),
    )  # fmt: skip
    turns = None if options.turns is None else _turns(options.turns)
    data = None if options.plan is None else read_bytes(options.plan)
    if turns is None and not sys.stdin.isatty():
        turns = [line for line in sys.stdin.read().splitlines() if line.strip()]
    built = build_module.build(settings.model_copy(update={"llm": "none"}), keep=options.plan is None, progress=True)
    try:
        built.start(wait=True)
        plan = _plan(built, options.plan, data)
        casting = casting.model_copy(update={"slots": slots(plan, built.now().date())})
        played = _play(built, casting, turns, _ears(built))
        words = built.coach.library.manager
    finally:
        built.close()
    found = debrief(played, words)
    return Report(text=_text(played, found, typed=turns is None), data={"turns": [as_json(line) for line in played.lines], "debrief": found.model_dump(mode="json")})


def as_json(line: Line) -> dict[str, Any]:
    """The shape that DESIGN section 5 promises; `coach` only where the coach stops the scene."""
    stopped = {"coach": line.said[0].text} if any(one.voice == "coach" for one in line.said) else {}
    return {
        "employee": line.employee, "labels": [label.value for label in line.labels], "reasons": [reason.text for reason in line.reasons],
        "manager": "" if stopped else line.manager, "trust": line.trust, **stopped,
    }  # fmt: skip


def _play(built: build_module.Built, casting: Casting, turns: list[str] | None, ears: Ears) -> Scene:
    book = built.coach.library.manager
    played = scene.start(book, casting)
    if turns is not None:
        for text in turns:
            played = scene.step(played, text, book, ears)
        return played
    say: Callable[[str], None] = lambda text: print(text, file=sys.__stdout__, flush=True)  # noqa: E731 - talk, while stdout is kept for the result
    say(f"Manager: {together(played.opening)}\n")
    while not played.ended:
        try:
            text = input()
        except EOFError:
            break
        if not text.strip():
            break
        played = scene.step(played, text, book, ears)
        line = played.lines[-1]
        say("\n".join([f"\nManager: {line.manager}", *(f"   {reason.text}" for reason in line.reasons), f"   trust {line.trust}", ""]))
    return played


def _ears(built: build_module.Built) -> Ears:
    said: list[str] = []

    def stops(text: str) -> str | None:
        if not text.strip():
            return None
        heard = built.coach.hear(text, said, spoken=True)
        said.append(text)
        if not heard.is_crisis:
            return None
        return crisis_reply.compose(heard, region=None, crisis_turns_before=0, answer=None, helplines=built.coach.library.helplines)

    return Ears(label=built.brain.search().index.labels, danger=stops, foreign=lambda text: situation.language(text) is not None)


def _plan(built: build_module.Built, path: Path | None, data: bytes | None) -> Plan | None:
    if path is None or data is None:
        return standing(built.store.plans.load()) if built.store else None
    extraction = built.coach.read_plan(data, path.name)
    if extraction.plan is None:
        raise UserError(f"--plan: {extraction.reason}")
    return extraction.plan


def _named(kind: type[Name], name: str, option: str) -> Name:
    try:
        return kind(name)
    except ValueError:
        raise UserError(f"{option}: there is no {name!r}. Choose one of {', '.join(one.value for one in kind)}.") from None


def _turns(path: Path) -> list[str]:
    from coach.cli.main import read_text

    found = []
    for number, line in enumerate(read_text(path, "--turns").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError):
            text = None
        if not isinstance(text, str):
            raise UserError(f'--turns: line {number}: must be an object like {{"text": "..."}}.')
        found.append(text)
    return found


def _text(played: Scene, found: Debrief, *, typed: bool) -> str:
    lines = [] if typed else [f"Manager: {together(played.opening)}" if played.casting.scenario is not Scenario.HR else together(played.opening), ""]
    for line in () if typed else played.lines:
        lines += [f"You:     {line.employee}", *(f"         {reason.text}" for reason in line.reasons)]
        lines += [line.manager if ":" in line.manager[:9] else f"Manager: {line.manager}", f"         trust {line.trust}", ""]
    if played.ended is Ended.DANGER:
        return "\n".join([*lines, found.focus])
    lines += [f"Known:   {', '.join(found.known) or 'nothing yet'}", *(f"Agreed:  {one}" for one in found.agreed)]
    lines += [f"Worked:  \u201c{one.quote}\u201d {one.why}" for one in found.worked]
    if found.cost:
        lines += [f"Cost:    \u201c{found.cost.quote}\u201d {found.cost.why}", f"Better:  {found.cost.better}"]
    return "\n".join([*lines, f"Next:    {found.focus}", f"Score:   {found.score} of 100"])
