"""Paragraphs, list items and lines that are headings without looking like one, taken apart into statements."""

import re

from coach.plan.finding import sentences
from coach.plan.finding.roles import NUMBERED, Role, imperative, label, names_form, obliges
from coach.plan.finding.walk import KEY, STRONG_KEY, Walk, lines
from coach.schema.plan import Block

_I = re.IGNORECASE


_POINT = re.compile(r"(?:point|task|action|objective|goal|expectation)\b[^:]{0,12}[:.)\u2013-]", _I)


def _named_before(walk: Walk, number: str) -> bool:
    return any(number in (unit.number, unit.marker.strip("(). -")) and unit.role not in (Role.REASON, Role.ADVICE, Role.ACTIVITY) for unit in walk.units if unit.source != "sentence" or unit.number)


_REASONED = re.compile(r"(?:issue|concern|problem)\b", _I)


def heading(walk: Walk, block: Block) -> None:
    """A heading, unless it is a label with its value set in bold."""
    text = f"{block.marker} {block.text}".strip()
    key = KEY.match(block.text)
    if key and key["value"] and ":" in block.text and not NUMBERED.match(block.text) and label(key["key"]) and len(key["key"].split()) < 4 and len(key["value"].split()) > 3:
        paragraph(walk, block)  # "Goal: answer all mail within a day" set in bold
    else:
        walk.heading(text, block.level)


def is_title(block: Block, follower: Block | None) -> bool:
    """A short line without an end that names what follows, though nothing in the layout says that it is a heading."""
    text = block.text.strip()
    if re.match(r"(?:week|day|month) \d+\b", text, _I):
        return False
    prompt = re.match(r"(?:please )?(?:describe|state|list|explain|outline|indicate|specify|identify|set out|summari[sz]e)\b", text, _I)
    if prompt and follower is not None and follower.kind == "paragraph" and len(text.split()) < 26 and label(text):
        return True
    under = re.match(r"(\d+)\.?$", block.marker) if block.kind == "item" else None
    if under and follower is not None and follower.marker.startswith(f"{under[1]}.") and len(follower.marker) > len(block.marker) and len(text.split()) < 9:
        return True
    inner = sentences.enumerated(text, single=goes_on(block, follower))
    if inner and block.kind == "item":
        text = text[: inner[0][1]]
        text = re.sub(r"[\d(a-z.)]+\s*$", "", text).strip()
    if len(text.split()) > 16 or text.endswith((".", "!", ";", ",")) or label(text) is None or ":" in text.rstrip(":"):
        return False
    if block.kind == "item":
        return bool(inner) or (re.match(r"\(?[a-zA-Z]\)|\d+[.)]", block.marker) is not None and follower is not None and (follower.kind == "paragraph" or (follower.kind == "item" and follower.marker != "" and follower.level > block.level)) and len(text.split()) < 9 and label(text) is not Role.GOAL)  # fmt: skip
    return len(text.split()) < 16 and follower is not None and "\t" not in text and (text.endswith(":") or text[:1].isupper()) and not re.search(r"_{3,}|\.{4,}", text)


def goes_on(block: Block, follower: Block | None) -> bool:
    """Whether the next block is the second point of a list that began inside this one."""
    return follower is not None and follower.kind == "item" and re.fullmatch(r"\(?(?:2|b|ii)[.)]", follower.marker) is not None


def item(walk: Walk, block: Block) -> None:
    """One point of a list."""
    role, key, start = walk.lead or walk.role, "", block.start
    if walk.pending:
        role, key = walk.pending[0] or role, walk.pending[1]
    found = KEY.match(block.text)
    run_in = _RUN_IN.match(block.text)
    if found and ":" in found[0][: found.end("key") + 2] and found["value"] and (own := label(found["key"])) and not NUMBERED.match(block.text):
        role, key, start = own, found["key"], block.start + found.start("value")
    elif run_in and ":" not in run_in[0] and _names(run_in["head"]) and not NUMBERED.match(block.text):
        role, key, start = label(run_in["head"]), run_in["head"], block.start + run_in.end()
    walk.add(block, start, block.end, role, "item", marker=block.marker, key=key, led=walk.lead is not None)


_CLAUSE = re.compile(r"[a-z][^\n]*\w|[^\n]*;$")


def paragraph(walk: Walk, block: Block) -> None:
    """A paragraph or a cell: labels with values, headings that run into the text, prose."""
    for start, end in lines(block):
        text = walk.document.text[start:end]
        if walk.lead and _CLAUSE.match(text) and not ((spoken := _SPOKEN.match(text)) and _names(spoken["head"], 6)):
            walk.add(block, start, end, walk.lead, "item", led=True)
            continue
        alone = STRONG_KEY.match(text)
        if alone and label(alone["key"]) and len(text.split()) < 9:
            walk.pending = (label(alone["key"]), alone["key"])
            continue
        found = KEY.match(text)
        if found and ":" in text[: found.end("key") + 3] and len(found["key"].split()) < 8 and not NUMBERED.match(text) and (own := label(found["key"])):
            walk.pending = None if found["value"] else (own, found["key"])
            if found["value"] and names_form(found["value"]):
                continue
            if found["value"]:
                inner = sentences.enumerated(found["value"])
                base = start + found.start("value")
                if inner:
                    for marker, first, last in inner:
                        walk.add(block, base + first, base + last, own, "item", marker=marker, key=found["key"])
                else:
                    walk.add(block, base, end, own, "label", key=found["key"])
            continue
        numbered = NUMBERED.match(text)
        if numbered and _POINT.match(text) and len(text[numbered.end() :].split()) > 3 and text[numbered.end() : numbered.end() + 1].isupper() and not _named_before(walk, numbered["n"]) and walk.role not in (Role.ADVICE, Role.ACTIVITY, Role.COMMENT) and not _REASONED.match(text):
            walk.number = numbered["n"]  # "Point 2: Empty the returns cage"
            walk.add(block, start, end, Role.GOAL, "label", number=numbered["n"], key="goal")
            continue
        if numbered and len(text) - numbered.end() < 60 and not text.rstrip().endswith(".") and (label(text[: numbered.end()]) is not Role.GOAL or numbered.end() == len(text)):
            walk.number, walk.pending = numbered["n"], None  # "Area 2: Tenancy visits"
            continue
        if found and ":" in text[: found.end("key") + 2] and found["value"] and walk.role in (None, Role.DETAIL) and len(found["key"].split()) < 5 and len(found["value"].split()) < 10 and not found["value"].rstrip().endswith((".", ";")):
            walk.add(block, start + found.start("value"), end, Role.DETAIL, "label", key=found["key"])
            continue
        spoken = _SPOKEN.match(text)
        if spoken and _names(spoken["head"], 6):
            walk.pending = (label(spoken["head"]), spoken["head"])
            _prose(walk, block, start + spoken.end(), end)
            walk.pending = walk.role = None  # it names this line only, and the next begins something else
            continue
        run_in = _RUN_IN.match(text)
        if run_in and _names(run_in["head"]):
            walk.heading(run_in["head"], 8)
            start += run_in.end()
        _prose(walk, block, start, end)


_RUN_IN = re.compile(r"(?P<head>[A-Z][^.:!?]{2,40})[.:]\s+(?=[A-Z])")
_SPOKEN = re.compile(r"(?P<head>[a-z][^.:!?]{2,40}):\s+(?=\S)")  # a message that has no capitals


def _names(head: str, most: int = 4) -> bool:
    return len(head.split()) <= most and label(head) is not None and "\t" not in head and head.split()[-1].lower() not in ("mr", "ms", "dr")


_NOT_GOALS = re.compile(r"\b(?:these|they|the (?:examples|points|items)|what follows) (?:are|is) (?:not|no|only|just) (?:your |part of |the |an? )?(?:goals?|examples?|illustrat\w+|assessed|requirements)\b|\b(?:does|do|will) not (?:rate|assess|judge|grade|be (?:rated|assessed|judged|graded|scored))|\bexamples? only\b|\bfor (?:your )?(?:information|illustration|inspiration) only", _I)


_ANNOUNCES = re.compile(r"\b(?:look(?:ing)? for|expect|need|want|require|ask(?:ing)? for|ask of you)\b[^.]{0,60}\b(?:the following|these (?:things|points|changes|improvements))\W*$", _I)


def _prose(walk: Walk, block: Block, start: int, end: int) -> None:
    text = walk.document.text[start:end]
    base_role, key = walk.pending if walk.pending else (walk.role, "")
    parts = sentences.enumerated(text)
    first = text.find(parts[0][0]) if parts else len(text)
    lead, announced = None, False
    for left, right in sentences.split(text[:first]):
        said = text[left:right]
        if re.fullmatch(r"(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|fifth)[.:]?", said, _I):
            lead = None
            continue
        if base_role is Role.GOAL and left == 0 and right < len(text[:first].rstrip()) and len(said.split()) < 5 and said.endswith(".") and not imperative(said) and not obliges(said):
            continue  # "Duty 2. Equipment. Report damage ...": a name before the duty itself
        if _NOT_GOALS.search(said) and walk.role in (None, Role.GOAL):
            walk.role = base_role = Role.ADVICE
        walk.add(block, start + left, start + right, base_role, "sentence", key=key, led=walk.lead is not None or announced)
        if base_role is None and _ANNOUNCES.search(said):
            base_role, announced = Role.GOAL, True  # for the rest of this paragraph
        lead = said
    if lead is not None:
        own = sentences.announces(lead) or sentences.role(lead)
        ahead = sentences.leads_in(lead) or bool(parts)
        walk.lead = (own if own in (Role.GOAL, Role.SUPPORT, Role.REASON, Role.CONSEQUENCE, Role.CHECK_IN) else None) if ahead else None
    if parts:
        role = walk.lead or (walk.row_role if sentences.order(parts[0][0]) > 1 else None) or base_role
        walk.row_role, walk.lead = role, None
        for marker, left, right in parts:
            walk.add(block, start + left, start + right, role, "item", marker=marker, led=True)
