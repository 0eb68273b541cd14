"""Answer the question "is that all right of me?" first, in one line, before the guidance. Judges nothing that the employer did."""

import re

from coach.schema.conversation import Move
from coach.tools.turn import Turn

_I = re.IGNORECASE
_BLAME = (
    r"wrong|bad|weird|odd|strange|stupid|silly|daft|pathetic|weak|selfish|disloyal|two[- ]?faced|dishonest|cheating|sneaky|rude|cheeky|petty|childish|cowardly|"
    r"unprofessional|crazy|mad|mental|awful|terrible|unreasonable|lying|too (?:much|late)|an? (?:\w+ )?(?:snitch|grass|fool|idiot|coward|traitor|hypocrite|liar|failure|excuse)"
)
_FINE = r"ok(?:ay)?|alright|all right|fine|allowed|acceptable"
_WHETHER = r"(?:is|would|isn'?t|wud) (?:it|that|this)(?: be)?"
# Others' doings are asked about in the same words: what follows must be the person's own, or the end of the question.
_OWN = r"(?=\s*(?:to|2|of me|for me|for someone to|if (?:i|we)|that i|when i|or\b|right|no|innit|isn'?t it|isnt it|[?.,!]|$))"
_DOING = re.compile(
    rf"(?<!how )(?<!why )\b{_WHETHER} (?:\w+ )?(?:{_BLAME}|{_FINE})\b{_OWN}|\bdo(?:es|n'?t|esn'?t)? (?:that|it|this) make me (?!\w*ing)|\b(?:am i|i'?m|im) (?:being )?(?:{_BLAME})\b[^.!?]{{0,40}}(?:\?|\bor\b|$)|"
    rf"\b(?:that'?s|it'?s|its|this is) (?:{_FINE}|normal),? ?(?:isn'?t it|isnt it|right|no|innit|yeah)\b|\bdo i have to pretend\b",
    _I,
)
_NORMAL = re.compile(rf"(?<!how )(?<!why )\b{_WHETHER} (?:\w+ )?normal\b|\bam i (?:normal|the only one)\b", _I)
_OF_OTHERS = re.compile(r"\b(?:fair|legal|lawful|allowed to (?:do|sack|fire)|can they|are they|did they)\b", _I)


def asked(text: str) -> bool:
    """Whether somebody asks if what they do or feel is all right."""
    return (_DOING.search(text) is not None or _NORMAL.search(text) is not None) and not _OF_OTHERS.search(text)


def first(turn: Turn, subject: str | None) -> list[Move]:
    """The line that answers, for a need's or a card's id; empty where nothing is asked or no line fits."""
    if subject is None or not asked(turn.text):
        return []
    lines = turn.lines["all_right"]
    line = lines["feelings"].get(subject) or ("" if _NORMAL.search(turn.text) and not _DOING.search(turn.text) else lines["doings"].get(subject, ""))
    text = turn.picker.pick([line]) if line else ""
    return [Move(kind="reflect", text=text)] if text else []
