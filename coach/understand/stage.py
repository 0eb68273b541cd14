"""Which stage of the way through a plan the person is in.

What they told decides first, then a linear model over labelled examples. A stage holds until a message shows another one:
asides on feelings, law or names do not move it.
"""

import re

import numpy as np

from coach.retrieval.index import SAME, Index
from coach.schema.conversation import Known
from coach.schema.enums import Stage
from coach.understand.facts import Found

HOLD = 0.26  # how much likelier another stage must be than the one that holds
_I = re.IGNORECASE
_END = re.compile(
    r"\b(?:final|last|closing|end[- ]of[- ](?:the )?plan) (?:review|meeting|check[- ]?in)|\bplan (?:ends|finishes|is over|ended|finished)|"
    r"\b(?:i )?(?:failed|passed) (?:the|my) (?:pip|plan)|\bthey (?:fired|sacked|let me go|terminated)|\bgot (?:fired|sacked|let go|terminated)|"
    r"\bnotice period\b|\bmy last (?:day|week|two weeks)\b|\bextend(?:ed|ing)? (?:it|the plan|my plan|the pip)\b|"
    r"\b(?:end|closing|outcome) meeting\b|\bat the (?:very )?end(?: of (?:the (?:plan|pip)|these things|this|it all))?,? (?:if|what)|what happens at the end\b|hand(?:ing)? in my notice",
    _I,
)
_FIRST = re.compile(r"\b(?:just (?:got|been|had|came|told|put|walked)|an hour ago|this morning|can'?t (?:stop|think|sleep|breathe)|in shock|shaking|crying|vent|rant)\b", _I)  # fmt: skip
_READS = re.compile(r"\b(?:i(?:'ve| have)?|ive|finally|just) read (?:it|through it|the (?:thing|plan|document|pip|paper|letter|whole))\b|\b(?:it|plan|goal \w+|document|paper|letter) says\b|\bnext morning\b", _I)  # fmt: skip
_FIRST_VENT = re.compile(r"\b(?:vent|rant|no (?:advice|tips)|don'?t want (?:any )?advice|just listen)\b", _I)

# What the person told shows a stage; of two such facts the one that comes first here decides.
_TOLD = (
    (("reply_due", "signed"), Stage.RESPOND),
    (("wants",), Stage.STAY_OR_GO),
    (("check_ins",), Stage.CHECK_INS),
    (("meeting", "hr"), Stage.FIRST_MEETING),
    (("week",), Stage.WORK),
    (("document", "length"), Stage.UNDERSTAND),
)


def find(
    text: str, history: list[str], found: Found, known: Known, before: Stage, index: Index, row: np.ndarray | None = None
) -> Stage:
    """The stage after this message. `before` is the one that held, `row` the message's features if they are there."""
    if known.resigned is not None or _END.search(text):
        return Stage.END
    first = not history
    if first and "received" in found and not set(found) & {"signed", "reply_due", "wants", "week"}:
        return Stage.FIRST_DAYS
    if first and _FIRST.search(text) and "?" not in text:
        return Stage.FIRST_DAYS
    scores = index.models["stage"].scores(index.row(text, history) if row is None else row)
    same = scores.pop(SAME)
    ranked = {Stage(name): score for name, score in scores.items()}
    if not first:
        ranked[before] += HOLD
        if "?" not in text and any(_FIRST_VENT.search(line) for line in history[-8:]):
            ranked[Stage.FIRST_DAYS] += 2 * HOLD  # somebody who wants to vent is not moved along
    ranked[before] += max(0.0, same)
    # the end is entered by its own words and then kept
    ranked[Stage.END] += HOLD if before is Stage.END else -HOLD
    if known.week is not None:
        ranked[Stage.FIRST_DAYS] -= HOLD
    if before is Stage.FIRST_DAYS and _READS.search(text):
        ranked[Stage.UNDERSTAND] += HOLD
    told = next((stage for fields, stage in _TOLD if any(name in found and found[name].value != "none" for name in fields)), None)
    if told is Stage.FIRST_MEETING and before in (Stage.CHECK_INS, Stage.END):
        told = before
    if told is not None and not (told is Stage.UNDERSTAND and before is Stage.END):
        ranked[told] += HOLD
    return max(ranked, key=ranked.__getitem__)
