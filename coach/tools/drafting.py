"""The route `draft`: a message to copy, from what the person just said, the plan and what is known; or their own text, calmer.

Rules choose the kind (see ready.py). Where it is none of the kinds of knowledge/drafts.yaml, the frames of ready.py answer.
Sends nothing, stores nothing, and asks for one missing fact at most.
"""

import re

from coach.schema.checklist import Checklist
from coach.schema.conversation import Move
from coach.schema.drafts import DraftKind, Letter
from coach.schema.enums import Route
from coach.tools import ready
from coach.tools.draft import draft
from coach.tools.draft_check import Hears, calm, marks
from coach.tools.draft_said import said, their_text
from coach.tools.plan import say
from coach.tools.standing import standing
from coach.tools.turn import Turn

_I = re.IGNORECASE
KINDS = {
    "thanks": DraftKind.THANKS, "rebook": DraftKind.REBOOK, "status_update": DraftKind.STATUS, "support_reminder": DraftKind.SUPPORT,
    "corrections": DraftKind.CORRECTIONS, "recap": DraftKind.RECAP, "request_meeting": DraftKind.REQUEST_MEETING,
    "acknowledge": DraftKind.ACKNOWLEDGE, "colleagues": DraftKind.COLLEAGUES,
}  # fmt: skip
EXPLAINED = 4  # marks in one reply
_CHAT = re.compile(r"\b(?:slack|teams|whats ?app|sms|text|dm|chat|msg|message form|quick (?:note|message)|one[- ]?liner)\b", _I)
_OWN = re.compile(r"\bi (?:need|have|want|must|'?ve got) to (?:cancel|move|rebook)\b|\bi can(?:'?t|not) (?:make|come|do)\b", _I)  # then nothing was called off on them
_UPDATE = re.compile(r"\b(?:update|report|progress|numbers|status)\b", _I)
_ASK = re.compile(r"\b(?:ask(?:ing)?|request(?:ing)?) (?:(?:him|her|them|hr|my \w+) )?(?:for )?(?:an?|one|more|the|some|extension|\d+)\b", _I)
_BLANK = re.compile(r"\[[^\]\n]{2,80}\]")


def moves(turn: Turn, checklist: Checklist | None, ear: Hears | None = None) -> list[Move]:
    """The reply. `ear` hears what the rules of the check don't; see draft_check."""
    name, text = _kind(turn)
    if name == "soften":
        return _soften(turn, checklist, ear)
    kind = KINDS.get("support_reminder" if name == "generic" and _ASK.search(text) else name)
    quoted = their_text(text)
    if name == "reply_to_message" and quoted and _UPDATE.search(quoted):
        kind = DraftKind.STATUS
    if kind is None or (kind is DraftKind.REBOOK and _OWN.search(text)):
        return ready.moves(turn)
    facts = said(kind, text, turn.today, answered=name == "reply_to_message")
    letter = draft(kind, facts, standing(checklist), turn.known, checklist, turn.today, turn.library.drafts, variant=turn.number)
    return _letter(turn, kind, letter)


def _kind(turn: Turn) -> tuple[str, str]:
    """The kind that fits, and the words it is about: a bare follow-up belongs to the message before it."""
    name = ready.kind(Route.DRAFT, turn.text)
    if name == "generic" and turn.history and (before := ready.kind(Route.DRAFT, turn.history[-1])) in KINDS and len(turn.text.split()) < 12:
        return before, f"{turn.history[-1]}\n{turn.text}"
    return name, turn.text


def _letter(turn: Turn, kind: DraftKind, letter: Letter) -> list[Move]:
    lines, book = turn.lines["drafting"], turn.library.drafts
    open_now = bool(_BLANK.search(letter.text))
    text = _in_chat(letter.text) if _CHAT.search(turn.text) else letter.text
    reply = [say(turn, lines["intro" if open_now else "full"]), Move(kind="inform", text=text)]
    notes = [note for note in letter.notes if note in book.kinds[kind].notes and turn.picker.is_new(note)][:1]
    for note in notes:
        turn.picker.mark(note)
        reply.append(Move(kind="inform", text=note))
    names = (book.asks["manager"], book.asks["employee"], book.asks["colleague"])
    asked = [note for note in letter.notes if note in book.asks.values()]
    wanted = [note for note in asked if note not in names]
    if wanted:
        return [*reply, Move(kind="ask", text=wanted[0])]
    return [*reply, say(turn, lines["brackets"])] if asked else reply


def _in_chat(text: str) -> str:
    """The same without subject line and letter form, for a chat window."""
    parts = [part for part in text.split("\n\n") if not part.startswith("Subject: ")]
    if len(parts) < 3:
        return "\n\n".join(parts)
    name = parts[-1].split("\n")[-1]
    greeting = re.sub(r"^(?:Hello|Dear|Good day) ", "Hi ", parts[0])
    body = ("\n" if any("\n- " in part for part in parts[1:-1]) else " ").join(parts[1:-1])
    return f"{greeting}\n{body}\n{name}"


def _soften(turn: Turn, checklist: Checklist | None, ear: Hears | None) -> list[Move]:
    lines, own = turn.lines["drafting"], their_text(turn.text)
    if not own:
        return ready.moves(turn)
    found = marks(own, turn.library.marks, standing(checklist), ear)
    if not found:
        return [say(turn, lines["nothing"])]
    why: dict[str, list[str]] = {}
    for mark in found:
        why.setdefault(mark.why, []).append(f"\u201c{' '.join(mark.quote.split())}\u201d")
    listed = "\n".join(f"- {', '.join(quotes)}: {reason}" for reason, quotes in list(why.items())[:EXPLAINED])
    calmer = re.sub(r"(?<=[\w)\]])$", ".", calm(own, found))
    head = say(turn, lines["because"])
    reply = [say(turn, lines["soften"]), Move(kind="inform", text=calmer), head.model_copy(update={"text": f"{head.text}\n{listed}"})]
    return [*reply, say(turn, lines["brackets"])] if _BLANK.search(calmer) else reply
