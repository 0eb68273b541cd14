"""Own up where somebody says that they had told the coach already. Changes no guidance."""

import re

from coach.schema.conversation import Move
from coach.tools.turn import Turn

_TOLD_BEFORE = re.compile(
    r"\bi (?:already |just |literally |did |have |had )*(?:told|typed|wrote|mentioned|gave|answered|said) (?:you|u|that|it|this|them|so|the)\b(?! (?:my ?self|down)\b)|\b(?:like|as) i said\b|\bi (?:just|already|literally) said\b|"
    r"\bdid (?:you|u) (?:even )?(?:read|listen|hear)\b|\balready (?:said|told you|typed)\b",
    re.IGNORECASE,
)
_TO_OTHERS = re.compile(r"\bi (?:already |just )?told (?:him|her|them|my|the|hr|everyone)\b", re.IGNORECASE)


def own_up(turn: Turn, moves: list[Move]) -> list[Move]:
    """`moves` with an apology in place of the opening, where one is due."""
    if not turn.number or not _TOLD_BEFORE.search(turn.text) or _TO_OTHERS.search(turn.text):
        return moves
    line = turn.picker.pick(turn.lines["sorry"]["lines"])
    return [Move(kind="reflect", text=line), *(move for move in moves if move.kind != "reflect")] if line else moves
