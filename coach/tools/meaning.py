"""Explain words that plans use, in plain English. Says what a word usually means, never what this plan means by it."""

import re

from coach.schema.conversation import Move
from coach.tools.turn import Turn

_ASKS = re.compile(r"\b(?:mean(?:s|ing|t)?|don'?t understand|dont understand|what(?:'?s| is| are)|explain|definition)\b", re.IGNORECASE)
MOST = 3


def asked(text: str, words: dict[str, str]) -> list[str]:
    """The words of `words` whose meaning is asked for, in the order of the text, at most three. A word must be quoted or asked about directly."""
    if not _ASKS.search(text):
        return []
    found = []
    for word in words:
        name = rf"(?:{re.escape(word)})"
        if match := re.search(rf"[\"'\u201c\u2018]{name}[\"'\u201d\u2019]|\b(?:what (?:does|do|is|are)|meaning of|explain|understand) (?:the word |by |a |an )?{name}\b(?! (?:plan|say))|\b{name} (?:even |actually )?(?:means?|meant)\b", text, re.IGNORECASE):
            found.append((match.start(), word))
    return [word for _, word in sorted(found)][:MOST]


def moves(turn: Turn) -> list[Move]:
    """What the words usually mean and how to find out what this plan means by them, or []."""
    lines = turn.lines["meanings"]
    words = asked(turn.text, lines["words"])
    if not words:
        return []
    rows = [f"\u201c{word[:1].upper()}{word[1:]}\u201d: {lines['words'][word]}" for word in words]
    after = turn.picker.pick(lines["after"])
    return [Move(kind="inform", text="\n\n".join([*rows, after] if after else rows))]
