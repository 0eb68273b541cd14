"""The main ability: how to respond. Moves: an opening that shows the coach heard, guidance, words to use, one question."""

from coach.schema.conversation import Move
from coach.schema.enums import Stage
from coach.schema.knowledge import Card
from coach.tools.ask import next_question
from coach.tools.turn import Turn
from coach.understand import situation

# Whose guidance stands behind a situation's own reply, and whether a question may follow it.
SITUATION_CARD = {
    "meeting_in_minutes": "carry-yourself",
    "odds": "chance-or-paper-trail",
    "am_i_passing": "ask-if-it-shows",
    "fault_or_bullying": "owning-is-not-agreeing",
    "angry_post": "work-through-feelings",
    "what_tonight": "take-a-moment",
}
SITUATION_BOUNDARY = {"pressed_to_sign_now": "signing", "already_resigned": "resigning"}
# Some openings know better than search which card helps.
OPENING_CARD = {"load": "first-things-first", "colleague_hurt": "who-to-forgive", "avoiding_manager": "stay-visible"}
OVER_FEELING = ("just_told", "long_story", "follow_up")  # a named feeling is heard before these
HEARD_FIRST = ("what_tonight", "angry_post", "am_i_passing", "odds", "fault_or_bullying")
NO_QUESTION = ("meeting_in_minutes", "vent_only", "thanks", "panic_now")
# Where the person only tells something, the coach leads: the cards of each stage in the order in which they help.
LEAD = {
    Stage.FIRST_DAYS: ("take-a-moment", "work-through-feelings", "concern-is-normal", "get-it-in-writing"),
    Stage.UNDERSTAND: ("ask-for-examples", "five-things-to-know", "what-a-good-plan-holds", "how-long-you-have", "trust-repair"),
    Stage.STAY_OR_GO: ("stay-or-go", "look-at-other-roles", "chance-or-paper-trail"),
    Stage.RESPOND: ("before-you-answer", "owning-is-not-agreeing", "defending-backfires", "own-your-part"),
    Stage.FIRST_MEETING: ("five-things-to-know", "carry-yourself", "shape-the-plan", "agree-what-success-is"),
    Stage.WORK: ("first-things-first", "keep-a-record", "learn-from-peers", "find-training"),
    Stage.CHECK_INS: ("what-to-do-in-check-ins", "check-in-often", "ask-if-it-shows", "use-the-feedback"),
    Stage.END: ("do-not-wait-for-the-end", "keep-a-record", "look-at-other-roles"),
}
LEAD_FOR = {("signed", "asked"): "before-you-answer", ("document", "verbal"): "get-it-in-writing", ("meeting", "none"): "ask-for-a-meeting", ("check_ins", "cancelled"): "stay-visible",
            ("check_ins", "none"): "check-in-often", ("wants", "leave"): "ready-to-leave", ("wants", "unsure"): "stay-or-go",
            ("reason", "behaviour"): "behaviour-not-skill", ("reason", "attendance"): "behaviour-not-skill",
            ("reason", "skills"): "skills-you-are-learning"}  # fmt: skip


def moves(turn: Turn) -> list[Move]:
    """The composed reply for the route `coach`."""
    name = situation.reply(turn.text, turn.found, turn.known)
    if name == situation.language(turn.text) and any(situation.language(said) for said in turn.history):
        name = None  # said once that what follows is in English; now lead on
    if name and (said := _situation(turn, name)):
        return said
    card = _choose(turn)
    said = [move for move in (_opening(turn),) if move.text]
    if card is None:
        if turn.passages or not turn.in_scope or "?" not in turn.text:
            said += _nothing_new(turn)
        question = next_question(turn, None, said)
        return said + [question] if question else said
    turn.picker.mark(card.id)
    said.append(Move(kind="inform", text=card.body, card=card.id))
    words = turn.picker.pick(list(card.words_you_can_use))
    if words:
        said.append(Move(kind="words", text=words))
    question = next_question(turn, card, said)
    return said + [question] if question else said


def _situation(turn: Turn, name: str) -> list[Move]:
    texts = turn.lines["situations"][name]
    if isinstance(texts, dict):
        texts = texts["returning" if turn.number else "new"]
    text = turn.picker.pick(texts)
    if not text:
        return []
    card = SITUATION_CARD.get(name) or SITUATION_BOUNDARY.get(name)
    said = [Move(kind="inform", text=text, card=card)]
    if name in HEARD_FIRST and "feeling" in turn.found and (opening := _opening(turn)).text:
        said.insert(0, opening)
    if name in NO_QUESTION:
        return said
    question = next_question(turn, None, said)
    return said + [question] if question else said


def _opening(turn: Turn) -> Move:
    lines = turn.lines["reflect"]
    heard = _heard(turn)
    if heard and len(turn.text.split()) < 12:
        return Move(kind="reflect", text=heard)
    name = situation.opening(turn.text, turn.found, turn.number)
    if "feeling" in turn.found and name in OVER_FEELING:
        name = None
    text = turn.picker.pick(_fillable(lines["situation"][name], turn)) if name else ""
    if not text and "feeling" in turn.found:
        text = turn.picker.pick(lines["feeling"][turn.found["feeling"].value])
    if not text and turn.number == 0:
        text = turn.picker.pick(lines["feeling"]["none"])
    return Move(kind="reflect", text=text or heard or "")


def _heard(turn: Turn) -> str:
    """A short line on the most telling new fact."""
    lines = turn.lines["heard"]
    for name in ("meeting", "signed", "reply_due", "document", "wants", "check_ins", "length", "hr", "week", "reason", "manager", "region", "received"):  # fmt: skip
        fact = turn.found.get(name)
        if fact is None:
            continue
        if getattr(turn.session.known, name) is not None and name in ("meeting", "length", "manager", "week"):
            return turn.picker.pick(lines["corrected"])
        options = lines.get(f"{name}_{fact.value}") or lines.get(name) or []
        value = fact.value[:1].upper() + fact.value[1:]
        text = turn.picker.pick([line for line in options if fact.value != "just now"])
        if text:
            return text.replace("{value}", value if text.startswith("{value}") else fact.value)
    return ""


def _fillable(lines: list[str], turn: Turn) -> list[str]:
    """Lines whose slots are known, filled."""
    values = turn.known.values()
    filled = []
    for line in lines:
        slots = [name for name in ("meeting", "manager", "length", "reply_due", "week", "quote") if f"{{{name}}}" in line]
        if any(values.get(name, "none") in ("none", "in ten minutes") for name in slots):
            continue
        for name in slots:
            line = line.replace(f"{{{name}}}", values[name])
        filled.append(line)
    return filled


def _choose(turn: Turn) -> Card | None:
    """The card to give: the best that fits and is new; else, where the person only tells, the stage's next card."""
    cards = turn.library.by_id
    first_telling = turn.number == 0 and bool(turn.found) and len(turn.text.split()) < 45  # who comes with news is led, not looked up
    asked = ("?" in turn.text or (len(turn.text.split()) > 12 and not first_telling)) and situation.language(turn.text, turn.history) is None
    told = [LEAD_FOR[key] for key in ((name, fact.value) for name, fact in turn.found.items()) if key in LEAD_FOR]
    if not asked or not turn.in_scope:
        told = [*_by_opening(turn), *told]
        lead = [*told, *(() if asked and not turn.found else LEAD[turn.stage])]
        ranked = [passage.card for passage in turn.passages if turn.in_scope and len(turn.text.split()) > 4]
        names = [*told, *ranked[:1], *lead]
    else:
        names = [passage.card for passage in turn.passages]
        if turn.number == 0 and turn.stage is Stage.FIRST_DAYS and names[0] not in LEAD[Stage.FIRST_DAYS]:
            # in the first hour nobody is asked to own anything
            names = [name for name in names if cards[name].topic != "ownership"] or ["take-a-moment"]
        names = [*_by_opening(turn), *names[:3]]
    return next((cards[name] for name in names if turn.picker.is_new(name)), None)


def _by_opening(turn: Turn) -> list[str]:
    card = OPENING_CARD.get(situation.opening(turn.text, turn.found, turn.number) or "")
    return [card] if card else []


def _nothing_new(turn: Turn) -> list[Move]:
    """The fitting cards were all given, or none fits: say so plainly instead of repeating."""
    if turn.in_scope and turn.passages:
        card = turn.library.by_id[turn.passages[0].card]
        words = turn.picker.pick(list(card.words_you_can_use))
        if words:
            return [Move(kind="words", text=words, card=card.id)]
    step = turn.picker.pick(turn.lines["stages"][turn.stage.value]["first_step"])
    if "?" in turn.text and not turn.in_scope:
        return [Move(kind="inform", text=turn.picker.pick(turn.lines["no_card"]["lines"]))]
    return [Move(kind="inform", text=step)] if step else []
