"""The one next question of a reply. Never asks what is known, what was asked before, or twice in one reply."""

import dataclasses
import re

from coach.schema.checklist import Checklist
from coach.schema.conversation import Move
from coach.schema.enums import Stage
from coach.schema.knowledge import Card
from coach.tools.turn import Turn

# What the coach needs to know in each stage, most useful first.
NEEDS = {
    Stage.FIRST_DAYS: ("document", "meeting", "signed"),
    Stage.UNDERSTAND: ("document", "length", "reason", "meeting"),
    Stage.STAY_OR_GO: ("wants",),
    Stage.RESPOND: ("signed", "reply_due", "meeting", "document"),
    Stage.FIRST_MEETING: ("meeting", "hr", "document", "length"),
    Stage.WORK: ("week", "check_ins"),
    Stage.CHECK_INS: ("check_ins", "week"),
    Stage.END: (),
}
# A card's own question that really asks for one of these counts as asking for it.
_ASKS_FOR = {
    "document": re.compile(r"\b(?:in writing|written|on paper|have the (?:plan|document))\b", re.IGNORECASE),
    "signed": re.compile(r"\bsign(?:ed|ature)?\b", re.IGNORECASE),
    "meeting": re.compile(r"\b(?:when|which day|what day|is (?:a|the|there))\b[^?]*\bmeet", re.IGNORECASE),
    "length": re.compile(r"\b(?:how long|how many days|end date|run(?:s)? (?:for|until)|when does (?:it|the plan) end)\b", re.IGNORECASE),
    "wants": re.compile(r"\b(?:want to stay|want to keep|stay or|do you want to leave)\b", re.IGNORECASE),
    "region": re.compile(r"\b(?:country|state|where do you work)\b", re.IGNORECASE),
    "check_ins": re.compile(r"\bhow often\b[^?]*\b(?:meet|talk|see|check)", re.IGNORECASE),
    "received": re.compile(r"\bwhen (?:did|were) (?:they|you)\b[^?]*\b(?:told|tell|get|given)", re.IGNORECASE),
    "feeling": re.compile(r"\b(?:how are you feeling|how do you feel|strongest feeling|how are you (?:right )?now)\b", re.IGNORECASE),
    "reason": re.compile(r"\bwhat (?:does the plan say|is the plan about|reason)", re.IGNORECASE),
    "hr": re.compile(r"\b(?:is|will) hr\b", re.IGNORECASE),
    "week": re.compile(r"\bhow far (?:in|into)\b|\bwhich week\b", re.IGNORECASE),
    "reply_due": re.compile(r"\b(?:by when|when)\b[^?]*\b(?:answer|reply|response)\b", re.IGNORECASE),
}  # fmt: skip
_LAST_QUESTION = re.compile(r"(?<=[.!?:])\s+[^.!?\"\u201c\n]*\?$")
_QUOTED = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d')


def with_plan(turn: Turn, checklist: Checklist | None) -> Turn:
    """The turn, in which nothing is asked that a loaded plan answers. What is known of the person stays as it is."""
    if checklist is None or checklist.plan is None:
        return turn
    answered = ("document", "length", "reason")
    session = turn.session.model_copy(update={"asked": (*turn.session.asked, *answered)})
    return dataclasses.replace(turn, session=session)


def asks_something(text: str) -> bool:
    """Whether the text already puts a question to the person; questions inside quotation marks are words to use."""
    return "?" in _QUOTED.sub("", text)


def without_question(move: Move) -> Move:
    """The move without a question that ends it, where something else is to be asked."""
    return move.model_copy(update={"text": _LAST_QUESTION.sub("", move.text)}) if move.kind != "words" else move


def next_question(turn: Turn, card: Card | None, said: list[Move], *, first: tuple[str, ...] = ()) -> Move | None:
    """One question, or None where the reply already asks. `first` names fields that matter more than all others.

    A person who asks something gets the card's own question, since it stays with their subject; a person who tells
    something is led on by what the stage still lacks.
    """
    if any(asks_something(move.text) for move in said if move.kind != "words"):
        return None
    if move := _field(turn, first):
        return move
    telling = "?" not in turn.text and (len(turn.text.split()) < 16 or bool(turn.found))
    if card is not None and card.topic == "feelings":
        telling = False  # first how they are, then the paperwork
    order = (_field, _card, _open) if telling else (_card, _field, _open)
    for way in order:
        move = way(turn, card if way is _card else NEEDS[turn.stage]) if way is not _open else _open(turn)
        if move:
            return move
    return None


def _field(turn: Turn, fields: tuple[str, ...] | None) -> Move | None:
    for name in fields or ():
        if name in turn.session.asked or name in turn.session.dropped or getattr(turn.known, name) is not None:
            continue
        if name in ("document", "meeting", "signed", "reply_due") and turn.known.resigned:
            continue
        entry = turn.lines["ask"][name]
        line = turn.picker.pick(entry["lines"])
        if line:
            turn.asked.append(name)
            turn.quick_replies.extend(entry["quick_replies"])
            return Move(kind="ask", text=line)
    return None


def _card(turn: Turn, card: Card | None) -> Move | None:
    for question in card.next_questions if card else ():
        field = next((name for name, pattern in _ASKS_FOR.items() if pattern.search(question)), None)
        if field and (getattr(turn.known, field) is not None or field in turn.session.asked):
            continue
        if turn.picker.is_new(question):
            turn.picker.mark(question)
            if field:
                turn.asked.append(field)
                turn.quick_replies.extend(turn.lines["ask"][field]["quick_replies"])
            return Move(kind="ask", text=question)
    return None


def _open(turn: Turn) -> Move | None:
    line = turn.picker.pick(turn.lines["ask"]["open"][turn.stage.value])
    return Move(kind="ask", text=line) if line else None
