"""Goals that somebody typed or pasted into the chat, as a plan to read from. Stores nothing and confirms nothing."""

import contextlib
import re
from collections.abc import Callable, Sequence
from datetime import date

from coach.errors import UserError
from coach.plan.extract import PASTED
from coach.schema.checklist import Checklist, PlanVersion
from coach.schema.plan import Extraction

_I = re.IGNORECASE
LONG_PASTE = 60  # words; from there on a message about the plan may be the plan itself
FEWEST_LISTED = 2
_NUMBERED = re.compile(r"(?:^|(?<=[\s:;,]))\(?(?P<n>\d)[.)]\s+(?=[A-Za-z\"'])")
_DATED = re.compile(r"\b(?:start|starts|end|ends|until|from|runs?|days|weeks|weekly|check-?ins?)\b.*(?:\d|weekly|(?:mon|tues|wednes|thurs|fri)day)", _I)
_FRAME = "If these goals are not met, your employment may be terminated."  # lets the reader of plans see a plan; never shown
Reader = Callable[[bytes, str], Extraction]


def laid_out(text: str) -> str:
    """A list that was typed in one go ("1) show ownership 2) close six tickets"), as a document with a line for each; "" where there is none."""
    marks = [mark for number, mark in enumerate(_NUMBERED.finditer(text), 1) if int(mark["n"]) == number]
    if len(marks) < FEWEST_LISTED:
        return ""
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = [re.split(r"(?<=[a-z\d)])[.?!;]\s|\s*\n", text[mark.end() : end].strip(), maxsplit=1) for mark, end in zip(marks, ends, strict=True)]
    rows = [f"{number}. {part[0].strip(' .;,')}." for number, part in enumerate(parts, 1)]
    around = f"{text[: marks[0].start()].strip()} {' '.join(part[1] for part in parts if len(part) > 1).strip()}"
    about = [sentence for sentence in re.split(r"(?<=[.!?])\s+", around) if _DATED.search(sentence)]
    return "\n\n".join(["Performance Improvement Plan", *about, "Goals", *rows, _FRAME])


def read(text: str, reader: Reader) -> Extraction | None:
    """What one message says about a plan: its numbered goals, or a whole plan that was pasted; None where it holds neither."""
    listed = laid_out(text)
    document = listed or (text if len(text.split()) >= LONG_PASTE else "")
    if not document:
        return None
    with contextlib.suppress(UserError):
        found = reader(document.encode("utf-8"), PASTED)
        if listed and found.plan:
            return found.model_copy(update={"plan": found.plan.model_copy(update={"consequences": None})})
        return found
    return None


def checklist(said: Sequence[str], reader: Reader, today: date) -> Checklist | None:
    """A checklist that only holds the plan of the newest message with one; None where nobody typed a plan."""
    for text in reversed(said):
        found = read(text, reader)
        if found and found.plan and found.plan.goals:
            return Checklist(plan=PlanVersion(id="typed", number=1, added_on=today, current=True, extraction=found))
    return None
