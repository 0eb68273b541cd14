"""Ready words of a line or two: beside a signature, or for one moment in the meeting. Nothing else is added, nothing is stored.

The moments and their words are curated (knowledge/drafts.yaml, `short`); rules choose.
"""

import re
from collections.abc import Mapping

from coach.schema.conversation import Move
from coach.schema.drafts import ShortWords
from coach.tools.plan import say
from coach.tools.turn import Turn

_I = re.IGNORECASE
_BRIEF = re.compile(
    r"\b(?:one|a|an|single|short|quick|calm|good|polite|few|opening|closing|first|last) (?:\w+ ){0,2}?(?:sentences?|lines?|phrases?|words|comeback|reply|answer)\b|\bone-?liners?\b"
    r"|\b(?:what|how) (?:exactly |on earth |the hell )?(?:do|can|should|could|would|to|shall|might) (?:i )?(?:even )?(?:say|write|put|answer|reply|respond|word|phrase|start|begin|open|end|close|finish)\b"
    r"|\b(?:something|anything) (?:short |calm |polite |neutral )?(?:to|i can) say\b|\bwords? (?:for|to (?:say|use))\b|\b(?:give|need|want) (?:me )?(?:some |the |a few )?words\b",
    _I,
)
_LETTER = re.compile(r"\be-?mails?\b|\bletters?\b|\bmessages?\b|\bsend\b|\bslack\b|\btext (?:him|her|them)\b|\bsubject line\b", _I)

_HAVE_SIGNED = re.compile(r"\bi(?:'ve| have)? (?:just |already )?signed\b", _I)


def beside_signature(text: str, short: Mapping[str, ShortWords]) -> bool:
    """Whether somebody asks what to write beside their signature, whatever they quote of the form. Who has signed it does not."""
    return _heard(short["signature"], text) and not has_signed(text)


def has_signed(text: str) -> bool:
    """Whether somebody tells that they signed it."""
    return _HAVE_SIGNED.search(text) is not None


def moves(turn: Turn) -> list[Move]:
    """The words for the moment that the message names, or [] where it asks for a whole message or names no such moment."""
    found = next((one for one in turn.library.drafts.short.values() if _asks_for(one, turn.text)), None)
    if found is None:
        return []
    said = [say(turn, list(found.lead)), _words(turn, found.lines)]
    if found.more:
        said += [Move(kind="inform", text=found.more_lead), _words(turn, found.more)]
    if found.note and turn.picker.is_new(found.note):
        turn.picker.mark(found.note)
        said.append(Move(kind="inform", text=found.note))
    return [*said, say(turn, list(found.after))]


def _asks_for(one: ShortWords, text: str) -> bool:
    return _heard(one, text) and (one.written or bool(_BRIEF.search(text) and not _LETTER.search(text)))


def _heard(one: ShortWords, text: str) -> bool:
    return re.search(one.hears, text, _I) is not None


def _words(turn: Turn, lines: tuple[str, ...]) -> Move:
    line = say(turn, list(lines))
    return line.model_copy(update={"text": f"> {line.text}"})
