"""The reply to a concrete need: what to do, words for it, one question that goes on from there. Finds no need itself."""

from coach.schema.conversation import Move
from coach.tools.turn import Turn


def moves(turn: Turn) -> list[Move]:
    """Empty where the message holds no such need, or all was said about it. Words that were not given yet may stand alone."""
    need = turn.library.needs.get(turn.need or "")
    text = turn.picker.pick(list(need.replies)) if need else ""
    if not need:
        return []
    said = [Move(kind="inform", text=text, card=need.card)] if text else []
    if words := turn.picker.pick(list(need.words)):
        said.append(Move(kind="words", text=words))
    if not said:
        return []
    if question := turn.picker.pick(list(need.next)):
        said.append(Move(kind="ask", text=question))
    return said
