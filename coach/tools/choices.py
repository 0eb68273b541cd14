"""Ask which of a few subjects is meant, where none is sure, instead of sending a page on another one. Ranks nothing itself.

A choice is a quick reply: the label of a need, a card or a page of law. Clicked, it comes back as the person's message.
"""

import dataclasses
from collections.abc import Iterable

from coach.library import Library
from coach.schema.conversation import Move
from coach.tools.turn import Turn

MOST = 4
SURE = 0.69  # of a passage's score, once the talk is under way: below it 11 of 12 pages were beside the point in six talks

CLEAR = 0.76  # the same where a need comes near as well


def meant(text: str, library: Library) -> str | None:
    """Id of what was chosen, where `text` is one of the labels."""
    return _ids(library).get(text.strip())


def due(turn: Turn) -> bool:
    """Whether the best guidance is too far from the question; never twice in a row, and not before the talk is under way."""
    if not turn.number or turn.unread or not turn.nearby or (turn.session.messages and _asked(turn)):
        return False
    if not turn.in_scope or not turn.passages:
        return True
    return turn.passages[0].score < (CLEAR if turn.torn else SURE)


def guess(turn: Turn) -> Turn | None:
    """The turn with the likeliest need, where the choices were passed over and the same is asked again; else None."""
    first = next(iter(turn.nearby), None)
    return dataclasses.replace(turn, need=first) if first in turn.library.needs and turn.session.messages and _asked(turn) else None


def moves(turn: Turn) -> list[Move]:
    """The question with its choices; empty where all ways of asking were used."""
    question = turn.picker.pick(turn.lines["choices"]["ask"])
    if not question:
        return []
    offer(turn)
    return [Move(kind="ask", text=question)]


def offer(turn: Turn) -> bool:
    """Put the choices below the reply; False where there are none."""
    labels = turn.lines["choices"]["labels"]
    wanted = [labels[name] for name in turn.nearby if turn.picker.is_new(labels[name])][:MOST]
    for label in wanted:
        turn.picker.mark(label)
    turn.quick_replies[:] = [*wanted, turn.lines["choices"]["other"]]
    return bool(wanted)


def may_miss(turn: Turn) -> None:
    """One more quick reply below guidance that search has chosen: a way to say that it was not that."""
    turn.quick_replies.append(turn.lines["choices"]["not_this"])


def rank(needs: Iterable[str], cards: Iterable[str], pages: Iterable[str]) -> tuple[str, ...]:
    """What may be meant, likeliest first of each kind, taken in turn: the three kinds of scores cannot be compared."""
    first, second, third = list(needs), list(cards), list(pages)
    order = [*first[:1], *third[:1], *second[:1], *first[1:2], *second[1:2], *first[2:], *second[2:]]
    return tuple(dict.fromkeys(order))


def _asked(turn: Turn) -> bool:
    last = next((said for said in reversed(turn.session.messages) if said.author == "coach"), None)
    return last is not None and last.text.rstrip().endswith(tuple(turn.lines["choices"]["ask"]))


def _ids(library: Library) -> dict[str, str]:
    return {label: name for name, label in library.lines["choices"]["labels"].items()}
