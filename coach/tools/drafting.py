"""The route `draft`: a message to copy, from what the person just said, the plan and what is known; or their own text, calmer.

Rules choose the kind (see ready.py). Where it is none of the kinds of knowledge/drafts.yaml, the frames of ready.py answer.
Sends nothing, stores nothing, and asks for one missing fact at most.
"""

import re
from dataclasses import replace

from coach.schema.checklist import Checklist
from coach.schema.conversation import Move
from coach.schema.drafts import BLANK, DraftKind, Letter
from coach.schema.enums import Route
from coach.tools import draft_change, draft_letter, draft_short, ready
from coach.tools.draft import draft
from coach.tools.draft_check import Hears, calm, marks
from coach.tools.draft_facts import found
from coach.tools.draft_said import name_of, news, own, said, their_text
from coach.tools.plan import say
from coach.tools.standing import standing
from coach.tools.turn import Turn
from coach.understand import to_send

_I = re.IGNORECASE
KINDS = {
    "thanks": DraftKind.THANKS, "rebook": DraftKind.REBOOK, "status_update": DraftKind.STATUS, "support_reminder": DraftKind.SUPPORT,
    "corrections": DraftKind.CORRECTIONS, "recap": DraftKind.RECAP, "request_meeting": DraftKind.REQUEST_MEETING,
    "acknowledge": DraftKind.ACKNOWLEDGE, "colleagues": DraftKind.COLLEAGUES,
}  # fmt: skip
_ANY = ("", "[date]", "[day]", "[time]", "[number]")  # blanks that stand for several things
_NAMES = ("manager", "employee", "colleague")
EXPLAINED = 4  # marks in one reply
_CHAT = re.compile(r"\b(?:slack|teams|whats ?app|sms|text|dm|chat|msg|message form|quick (?:note|message)|one[- ]?liner)\b", _I)
_OWN = re.compile(r"\bi (?:need|have|want|must|'?ve got) to (?:cancel|move|rebook)\b|\bi can(?:'?t|not) (?:make|come|do)\b", _I)  # then nothing was called off on them
_UPDATE = re.compile(r"\b(?:update|report|progress|numbers|status)\b", _I)
_ASK = re.compile(r"\b(?:ask(?:ing|s)?|request(?:ing)?) (?:(?:him|her|them|hr|my \w+) )?(?:for|if|whether|why|who|what|when|where|how|which|to|about|an?|one|more|the|some|extension|\d+)\b", _I)
_EXAMPLES = re.compile(r"\b(?:ask\w*|request\w*|need|want|get)\b[^.?!]{0,30}\bexamples?\b", _I)
_ASKING = re.compile(r"\b(?:asking|requesting)\b|\bto (?:ask|request)\b", _I)
_ASKS_FOR = re.compile(r"\b(?:asking|to ask|requesting|to request)\b[^.?!]{0,15}\bfor\b", _I)
_FOR_A_TALK = re.compile(r"\bfor (?:an?|the|some|another) (?:\w+ )?(?:meeting|talk|call|chat|catch[- ]?up|check[- ]?in|time|slot|extension|copy)\b|\b(?:in writing|on paper|promised|plan)\b", _I)
_DENIED = re.compile(r"\b(?:nothing|none|no (?:check[- ]?in|meeting)|(?:check[- ]?in|meeting|it|that) (?:was|is)(?:n'?t| not|nt)|never)\b[^.?!,;]{0,25}\b(?:cancel\w*|missed|called off|moved)\b|\b(?:already |do )?(?:have|got) (?:it|the plan|that|everything) (?:all )?(?:in writing|on paper|by email)\b", _I)
_TOLD_ALOUD = re.compile(r"\b(?:phone|told|verbal\w*|spoke\w*|on paper|in writing)\b", _I)
_POINT = "\u2024"  # stands for a decimal point while rules read that end at a full stop
_DECIMAL = re.compile(r"(?<![\w.])(\d+)\.(\d+)(?!\.?\w)")
_NEED = re.compile(r"\bneed (?:more|an?|some)\b", _I)
_RECAP = re.compile(r"\brecap\b|\bagreed:|\bfollow[- ]?up\b[^?]*\bagreed\b|\bwhat (?:we|was) (?:agreed|said)\b", _I)
_OTHER_KINDS = ("thanks", "recap", "status_update", "reply_to_message", "soften")  # these may speak of examples too


def moves(turn: Turn, checklist: Checklist | None, ear: Hears | None = None) -> list[Move]:
    """The reply. `ear` hears what the rules of the check don't; see draft_check."""
    kept = replace(turn, text=_decimals_kept(turn.text), question=_decimals_kept(turn.question))
    return [move.model_copy(update={"text": move.text.replace(_POINT, ".")}) for move in _moves(kept, checklist, ear)]


def _decimals_kept(text: str) -> str:
    return _DECIMAL.sub(rf"\1{_POINT}\2", text)


def _moves(turn: Turn, checklist: Checklist | None, ear: Hears | None) -> list[Move]:
    if (shown := to_send.letter_before(turn.session)) and to_send.changes(turn.text, shown) and (changed := _changed(turn, shown)):
        return changed
    name, text = _kind(turn)
    if to_send.threatens(turn.text) and not their_text(text):
        letter = draft(DraftKind.CORRECTIONS, {}, standing(checklist), turn.known, checklist, turn.today, turn.library.drafts, variant=turn.number)
        return [say(turn, turn.lines["drafting"]["no_threat"]), *_letter(turn, DraftKind.CORRECTIONS, letter)]
    if name == "soften" or to_send.asks_if_fine(turn.text):
        return _soften(turn, checklist, ear)
    if (not their_text(text) or draft_short.beside_signature(text, turn.library.drafts.short)) and (short := draft_short.moves(turn)):
        return short
    kind = KINDS.get("support_reminder" if (asks := _asks(name, text) or _asks_only(_wanted(turn))) else name)
    if name in ("generic", "support_reminder") and not asks and "promised" not in text and (told := news(text)):
        return _framed(turn, "news", told, checklist)
    quoted = their_text(text)
    if name == "reply_to_message" and quoted and _UPDATE.search(quoted):
        kind = DraftKind.STATUS
    if kind is None:
        told = own(turn.text) if name == "generic" else ""
        return _framed(turn, "own", told, checklist) if told else ready.moves(turn)
    if kind is DraftKind.REBOOK and _OWN.search(text):
        return ready.moves(turn)
    facts = said(kind, text, turn.today, answered=name == "reply_to_message")
    letter = draft(kind, facts, standing(checklist), turn.known, checklist, turn.today, turn.library.drafts, variant=turn.number)
    return _letter(turn, kind, letter)


def _asks(name: str, text: str) -> bool:
    """Whether it is a message that asks for something, whatever else it speaks of."""
    if name == "generic":
        return bool(_ASK.search(text) or _ASKING.search(text) or _NEED.search(text))
    if name == "status_update" or (name == "ask_in_writing" and not _TOLD_ALOUD.search(text)):
        return bool(_ASKING.search(text))
    return name not in _OTHER_KINDS and bool(_EXAMPLES.search(text))


def _kind(turn: Turn) -> tuple[str, str]:
    """The kind that fits, and the words it is about: a bare follow-up belongs to the message before it."""
    name = ready.kind(Route.DRAFT, _wanted(turn))
    if name in ("status_update", "request_meeting") and _RECAP.search(turn.text):
        return "recap", turn.text  # "weekly" belongs to what was agreed
    if turn.history and (before := ready.kind(Route.DRAFT, turn.history[-1])) in KINDS:
        if before in ("recap", "status_update") and ":" not in turn.history[-1] and to_send.letter_before(turn.session) and not to_send.wants(turn.text):
            return before, f"{turn.history[-1].rstrip(' .')}: {turn.text}"  # they tell what belongs into it
        if name == "generic" and len(turn.text.split()) < 12:
            return before, f"{turn.history[-1]}\n{turn.text}"
    return name, turn.text


def _wanted(turn: Turn) -> str:
    """The sentence that wants the message, where what is told around it names other things as well."""
    return _DENIED.sub(" ", turn.question if turn.question and to_send.wants(turn.question) else turn.text)


def _asks_only(wanted: str) -> bool:
    """Whether the message is one that asks for a thing, and for no meeting and nothing in writing."""
    return bool(_ASKS_FOR.search(wanted)) and not _FOR_A_TALK.search(wanted)


def _letter(turn: Turn, kind: DraftKind, letter: Letter) -> list[Move]:
    lines, book = turn.lines["drafting"], turn.library.drafts
    open_now = bool(BLANK.search(letter.text))
    text = _in_chat(letter.text) if _CHAT.search(turn.text) else letter.text
    reply = [say(turn, lines["intro" if open_now else "full"]), Move(kind="inform", text=text)]
    fits = kind is not DraftKind.SUPPORT or not (_asks("generic", turn.text) or _EXAMPLES.search(turn.text))
    notes = [note for note in letter.notes if fits and note in book.kinds[kind].notes and turn.picker.is_new(note)][:1]
    for note in notes:
        turn.picker.mark(note)
        reply.append(Move(kind="inform", text=note))
    names = (book.asks["manager"], book.asks["employee"], book.asks["colleague"])
    asked = [note for note in letter.notes if note in book.asks.values()]
    wanted = [note for note in asked if note not in names]
    if wanted:
        return [*reply, Move(kind="ask", text=wanted[0])]
    return [*reply, say(turn, lines["brackets"])] if asked else reply


def _framed(turn: Turn, frame: str, told: str, checklist: Checklist | None) -> list[Move]:
    """A short message: `news` only lets somebody know, `own` puts the person's facts on the table and asks to look at them together."""
    lines, blanks = turn.lines["drafting"], turn.library.drafts.blanks
    on_file = found(DraftKind.STATUS, standing(checklist), turn.known, None, turn.today)
    names = {"name": name_of(turn.text) or str(on_file.get("manager", blanks["manager"])), "employee": str(on_file.get("employee", blanks["employee"]))}
    body = say(turn, lines[frame], what=told, **names)
    text = _in_chat(body.text) if _CHAT.search(turn.text) else body.text
    costs = [Move(kind="inform", text=f"\u201c{' '.join(mark.quote.split())}\u201d: {mark.why}") for mark in marks(BLANK.sub("", told), turn.library.marks)[:1]]
    return [say(turn, lines["full"]), body.model_copy(update={"text": text}), *costs, *([say(turn, lines["brackets"])] if BLANK.search(text) else [])]


def _changed(turn: Turn, shown: str) -> list[Move]:
    """The draft of the last reply as the person wants it, or [] where there is nothing to change."""
    before = draft_letter.read(shown)
    if before is None:
        return []
    lines, book = turn.lines["drafting"], turn.library.drafts
    question = shown.rstrip().rpartition("\n")[2]
    told = "\n".join([*turn.history[-4:], turn.text])
    done = draft_change.changed(
        before, turn.text, told=told, question=question, today=turn.today, book=book, checks=turn.library.marks, thanks=lines["warm_end"][0], until=lines["by_day"][0]
    )  # fmt: skip
    if done is None:
        return [say(turn, lines["which"]) if turn.picker.is_new(lines["which"][0]) else Move(kind="ask", text=lines["which"][0])]
    message, notes = done
    head = lines["unchanged"] if message == before else lines["changed"]
    told_so = [say(turn, lines[name], **slots) for name, slots in notes]
    first = [] if message == before and told_so else [say(turn, head)]
    reply = [*first, Move(kind="inform", text=message.text), *told_so]
    if any(move.text.endswith("?") for move in told_so):
        return reply
    open_now = [ask for slot, ask in book.asks.items() if (blank := book.blanks.get(slot, "")) not in _ANY and blank in message.text and slot not in _NAMES]
    if open_now:
        return [*reply, Move(kind="ask", text=open_now[0])]
    return [*reply, say(turn, lines["brackets"])] if BLANK.search(message.text) else reply


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
        said = [say(turn, lines["nothing"])]
        return [*said, say(turn, lines["brackets"])] if BLANK.search(own) else said
    why: dict[str, list[str]] = {}
    for mark in found:
        why.setdefault(mark.why, []).append(f"\u201c{' '.join(mark.quote.split())}\u201d")
    listed = "\n".join(f"- {', '.join(quotes)}: {reason}" for reason, quotes in list(why.items())[:EXPLAINED])
    calmer = re.sub(r"(?<=[\w)\]])$", ".", calm(own, found))
    head = say(turn, lines["because"])
    reply = [say(turn, lines["soften"]), Move(kind="inform", text=calmer), head.model_copy(update={"text": f"{head.text}\n{listed}"})]
    return [*reply, say(turn, lines["brackets"])] if BLANK.search(calmer) else reply
