"""The words of a move: a curated line that was not said before in this scene, with the plan's words in its slots."""

import re
import zlib

from coach.schema.manager import SLOT, ManagerBook
from coach.schema.rehearsal import Casting, ManagerMove, Said, Topic, Voice
from coach.schema.rehearsal import ManagerMove as M

HR = (M.HR_SPEAKS, M.HR_RECORD, M.TELL_ROLE)
QUOTED = (3, 8)  # words that a manager repeats
# Another fitting move where all lines of one are used up; a meeting ends before a line comes twice.
INSTEAD: dict[ManagerMove, tuple[ManagerMove, ...]] = {
    M.HALF_ANSWER: (M.WITHHOLD,), M.WITHHOLD: (M.HALF_ANSWER,), M.DRAW_OUT: (M.PROMPT,), M.SILENCE: (M.DRAW_OUT, M.PROMPT),
    M.UNCLEAR: (M.PROMPT,), M.IN_ROLE: (M.OFF_TOPIC, M.UNCLEAR, M.PROMPT), M.OFF_TOPIC: (M.UNCLEAR, M.PROMPT),
    M.PRESS_BLAME: (M.ASK_PROOF, M.PROMPT), M.STOP_APOLOGY: (M.PROMPT,), M.ASK_FOR_MORE: (M.ASK_PROOF, M.PROMPT),
    M.TAKE_COMMITMENT: (M.PROMPT,), M.TAKE_OWNERSHIP: (M.PROMPT,), M.TAKE_PROGRESS: (M.ASK_PROOF, M.PROMPT),
    M.ASK_PROOF: (M.PROMPT,), M.TAKE_THANKS: (M.PROMPT,), M.FEELING: (M.PROMPT,), M.REPEAT_KNOWN: (M.PROMPT,),
    M.REFUSE: (M.DEFER_TO_HR,), M.DEFER_TO_HR: (M.REFUSE,), M.LAWYER_NAMED: (M.DEFER_TO_HR, M.PROMPT),
    M.ACCEPT_CORRECTION: (M.QUESTION_CORRECTION,), M.QUESTION_CORRECTION: (M.ASK_PROOF,), M.NEWS_TERMS: (M.PROMPT,),
    M.PROMPT: (M.RUSH,), M.TAKE_FACT: (M.TAKE_ASSENT, M.PROMPT), M.TAKE_ASSENT: (M.PROMPT,), M.INVITE: (M.PROMPT,), M.GREET: (M.INVITE, M.PROMPT),
    M.ANSWER_LATER: (M.HALF_ANSWER, M.WITHHOLD), M.PART_CHECK_IN: (M.PART_GRANT,),
}  # fmt: skip
_TELLS = [move for move in M if move.value.startswith(("tell_", "leave_", "hold_")) or move in (M.CHOOSE, M.LET_DO, M.NOTHING_ELSE, M.TAKE_PROPOSAL, M.DOUBT_PROPOSAL, M.TAKE_WORDING)]
_TAKES = [M.TAKE_GAP, M.TAKE_MISSED, M.TAKE_PEACE, M.TAKE_DOUBT, M.TAKE_NOT_SIGNING, M.TAKE_WORKLOAD, M.TAKE_GRIEVANCE, M.TAKE_STUCK, M.TAKE_RECAP]
INSTEAD |= dict.fromkeys(_TELLS, (M.ANSWER_LATER, M.HALF_ANSWER, M.WITHHOLD)) | dict.fromkeys(_TAKES, (M.TAKE_FACT, M.PROMPT))


def opening(book: ManagerBook, casting: Casting) -> tuple[Said, ...]:
    """How the manager begins; with HR in the room both speak."""
    texts = book.lines[casting.persona].openings[casting.scenario]
    text = _pick(texts, dict(casting.slots), (), casting.seed)
    said = (Said(text=fill(text, dict(casting.slots))),) if text else ()
    other = _pick(book.scenarios[casting.scenario].hr_begins, {}, (), casting.seed)
    return (*said, Said(voice=Voice.HR, text=other)) if other else said


def say(
    move: ManagerMove, book: ManagerBook, casting: Casting, used: tuple[str, ...], quoted: str | None = None, topic: Topic | None = None
) -> tuple[Said, str] | None:
    """The line for a move, or for another that fits, with its key; None where nothing is left to say.

    `quoted` are words of the employee that may be thrown back, `topic` is what is half answered or held back.
    """
    slots = dict(casting.slots) | ({"quote": quoted} if quoted else {}) | ({"about": book.feedback.about[topic]} if topic else {})
    persona, seed = book.lines[casting.persona], f"{casting.seed}{len(used)}"
    for name in (move, *INSTEAD.get(move, ())):
        half = _pick(persona.halves[topic], slots, used, seed) if topic and name is M.HALF_ANSWER else None
        if text := half or _pick(persona.moves[name], slots, used, seed):
            return Said(voice=Voice.HR if name in HR else Voice.MANAGER, text=fill(text, slots), move=name), key(text)
    return None


def key(text: str) -> str:
    """A short stable name for a line."""
    return f"{zlib.crc32(text.encode()):08x}"


def fill(text: str, slots: dict[str, str]) -> str:
    """The line with its slots filled, once: what is put in is no template."""
    said = SLOT.sub(lambda match: slots[match[1]], text)
    return said[:1].upper() + said[1:] if text.startswith("{") else said


def repeated(text: str, shows: re.Pattern[str]) -> str | None:
    """A few exact words in which `shows` is found and that stand alone, for a manager to throw back; None where there are none."""
    for clause in re.split(r"[.?!,;:\n\u2013\u2014()\"\u201c\u201d]+", text):
        words = clause.split()
        if QUOTED[0] <= len(words) <= QUOTED[1] and shows.search(clause):
            return clause.strip()
    return None


def _pick(texts: tuple[str, ...], slots: dict[str, str], used: tuple[str, ...], seed: str) -> str | None:
    fitting = [text for text in texts if set(SLOT.findall(text)) <= set(slots) and key(text) not in used]
    if not fitting:
        return None
    # a line that holds the plan's own words is worth more than one that fits every plan
    own = [text for text in fitting if SLOT.search(text)]
    if named := [text for text in own if "{about}" in text]:
        own, fitting = named, named  # a refusal that names what was asked fits better than one that fits everything
    roll = zlib.crc32(f"{seed}{texts[0]}".encode())
    bare = [text for text in fitting if text not in own]
    chosen = own if own and (roll % 2 or not bare) else bare  # but a goal that is named in every answer wears out
    return chosen[roll // 2 % len(chosen)]
