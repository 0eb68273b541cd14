"""A second net under the rules of danger.py: what a linear model over sentence vectors makes of a message.

It can only raise, never lower. What it finds and how often it is wrong is in docs/figures.md. What is less than certain only
gets a gentle question. Works without a language model; without the embedder the rules stand alone.
"""

import re

from coach.guardrails.danger import BY_SECOND_LOOK, Danger
from coach.guardrails.denial import CLEAR
from coach.guardrails.phrase_files import Kind
from coach.guardrails.phrases import load_phrases
from coach.guardrails.reading import read

CERTAIN = 0.9  # answered as a crisis
CERTAIN_SPOKEN = 1.5  # the same in a rehearsal, where people say hard things to a manager and a wrong alarm ends the scene
POSSIBLE = 0.35  # an ordinary reply with one gentle question
FEWEST_WORDS = 4
# Leaving a job in anger reads like leaving life to a small model; thanks and a signature read like a farewell. A gentle question
# there is taken for not listening.
_QUITS = re.compile(
    r"\bwalk(?:ing)? out\b|\bhand(?:ing)? (?:my|the|in my) (?:keys|badge|laptop|notice)\b|\b(?:jack|pack)(?:ing)? it in\b|\bquit(?:ting)?\b|\btell (?:him|her|them) (?:to (?:stick|shove|stuff)|where to)\b",
    re.IGNORECASE,
)
_CALM = re.compile(
    r"\b(?:thanks?|thank you|cheers)\b|\bfeel(?:ing)? (?:a (?:bit|little) |much |so much )?better\b|\b(?:sign|signed|signature)\b",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("self_harm", re.compile(r"\b(?:cut(?:ting)?|burn(?:ed|t|ing)?|scratch\w*|hurt(?:ing)?) (?:my ?self|again|my (?:arm|leg|thigh|wrist)s?)", re.IGNORECASE)),
    ("harm_others", re.compile(r"\b(?:kill|hurt|shoot|stab|run (?:over|down)|burn down|beat|smash|make (?:him|her|them) (?:pay|bleed))\b[^.?!]{0,25}\b(?:him|her|them|boss|manager|place|office|building|everyone)\b|\b(?:gun|knife|rifle|petrol)\b[^.?!]{0,40}\b(?:work|office|meeting|desk|him|her)\b", re.IGNORECASE)),
)  # fmt: skip


def second_look(heard: Danger, score: float, text: str, *, careful: bool = False, plain: bool = False) -> Danger:
    """`heard` by the rules, raised where the model is surer. `score` is that of "danger" less that of "none".

    `careful`: a line of a rehearsal, or somebody who has said that they are safe. They are not asked on a faint sign; rules and a
    sure model still speak. `plain`: an everyday request that has its own reply; it is answered, with the gentle question beside it.
    """
    certain = CERTAIN_SPOKEN if careful or plain or _QUITS.search(text) else CERTAIN
    possible = certain if careful or _QUITS.search(text) or _CALM.search(text) else POSSIBLE
    if heard.reason == CLEAR:
        return heard  # the score is that of the denied words; nothing else was said
    if heard.is_crisis or heard.reason.startswith("says they are safe") or len(text.split()) < FEWEST_WORDS:
        return heard
    if score >= certain:
        kind = next((name for name, pattern in _KINDS if pattern.search(text)), "suicide")
        named = read(text, load_phrases()).named if kind == "suicide" else ()
        return Danger(kind=kind, level="indirect", quote="", language=heard.language, reason=BY_SECOND_LOOK, named=named)
    if score >= possible and heard.level == "none":
        return Danger(kind="suicide", level="soft", quote="", language=heard.language, reason="second look: may be danger")
    return heard
