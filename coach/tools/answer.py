"""The main ability: how to respond. Moves: an opening that shows the coach heard, guidance, words to use, one question."""

import re

from coach.schema.conversation import Move
from coach.schema.enums import Route, Stage
from coach.schema.knowledge import Card
from coach.tools import all_right, choices, meaning, needed
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
    "send_or_not": "before-you-answer",
    "first_words": "carry-yourself",
    "tears": "carry-yourself",
    "cut_off": "carry-yourself",
    "one_line": "carry-yourself",
    "one_line_numbers": "carry-yourself",
    "sleep": "take-a-moment",
    "they_ask": "own-your-part",
    "say_sorry": "own-your-part",
    "go_blank": "carry-yourself",
    "what_to_log": "keep-a-record",
    "rebook": "ask-for-a-meeting",
    "evidence": "keep-a-record",
    "bring": "what-to-do-in-check-ins",
    "watched": "ask-if-it-shows",
    "keep_job": "chance-or-paper-trail",
    "start_under_way": "first-things-first",
    "lose_temper": "carry-yourself",
}
SITUATION_BOUNDARY = {"pressed_to_sign_now": "signing", "already_resigned": "resigning"}
# These come before a concrete need; the other situations after it.
BEFORE_NEEDS = (
    "meeting_in_minutes", "pressed_to_sign_now", "already_resigned", "panic_now", "by_a_thread", "drink", "young", "send_or_not", "vent_only",
    "angry_post", "odds", "greeting", "thanks", "ok_what_next", "spanish", "french", "german", "portuguese", "other_language",
)  # fmt: skip
# Some openings know better than search which card helps.
OPENING_CARD = {"load": "first-things-first", "colleague_hurt": "who-to-forgive", "avoiding_manager": "stay-visible", "wanted_out": "chance-or-paper-trail", "hr_to_join": "hr-in-the-room"}
OVER_FEELING = ("just_told", "long_story", "follow_up", "told")  # a named feeling is heard before these
HEARD_FIRST = ("keep_job", "start_under_way", "what_tonight", "angry_post", "am_i_passing", "odds", "fault_or_bullying")
NO_QUESTION = ("meeting_in_minutes", "vent_only", "thanks", "panic_now", "missed", "cut_off", "first_words", "tears", "lose_temper", "send_or_not",
               "by_a_thread", "drink", "young", "one_line", "one_line_numbers", "rebook", "sleep", "tell_family", "they_ask", "say_sorry", "go_blank", "what_hr_does", "what_to_log", "walk_out", "evidence", "bring", "watched", "keep_job")  # fmt: skip
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
ONLY_IF_ASKED = {
    card: re.compile(pattern, re.IGNORECASE)
    for card, pattern in {
        "what-a-plan-is": r"\bwhat(?:'s|s| is| does| are| exactly| the)\b[^?]{0,30}\b(?:pip|plan|it|this|that|improvement)\b|\bmeans?\b|\bnever heard\b|\bexplain\b|\bunderstand\b",
        "ready-to-leave": r"\b(?:leav\w+|quit\w*|resign\w*|notice|new job|go\b|exit|move on|out of here|cv|resume)",
        "closer-than-before": r"\b(?:relationship|closer|get on|get along|friend\w*|trust|bad blood|awkward|between us|mend|repair|ever (?:like|respect))",
        "you-stepped-back": r"\b(?:quiet|withdr\w+|stepped|distan\w+|avoid\w*|stopped|camera|shut down|less|checked out|gave up|giving up)",
    }.items()
}
# Nobody is told of these who has only brought the news.
NOT_AT_FIRST = ("who-to-forgive", "own-your-part", "closer-than-before", "hr-in-the-room", "you-stepped-back", "you-did-not-know", "use-the-feedback")
AT_A_LOSS = 10  # words; a longer message that asks what to do is about something
ONE_FACT = 14  # words; a longer message tells more than one thing
TELLING = ("reply_due", "signed", "meeting", "check_ins", "hr", "document", "region", "week", "length")  # the one that matters most first
UNSURE = 0.645  # of a passage's score: below it the nearest card is mostly about something else
FITS = 0.7  # of a passage's score: from there on a card is about what was told
NEAR = 0.12  # of a passage's score: what lies further from the best one is about something else
LEAD_FOR = {("signed", "asked"): "before-you-answer", ("document", "verbal"): "get-it-in-writing", ("meeting", "none"): "ask-for-a-meeting", ("check_ins", "cancelled"): "ask-for-a-meeting",
            ("check_ins", "none"): "check-in-often", ("wants", "leave"): "ready-to-leave", ("wants", "stay"): "take-it-seriously", ("wants", "unsure"): "stay-or-go",
            ("reason", "behaviour"): "behaviour-not-skill", ("reason", "attendance"): "behaviour-not-skill",
            ("reason", "skills"): "skills-you-are-learning"}  # fmt: skip


def moves(turn: Turn) -> list[Move]:
    """The composed reply for the route `coach`."""
    if (chosen := choices.meant(turn.text, turn.library)) and (said := needed.moves(turn) if turn.need else _page(turn, turn.library.by_id[chosen], [])):
        return said
    name = situation.reply(turn.question or turn.text, turn.found, turn.known) or situation.reply(turn.text, turn.found, turn.known)
    if name is None and _first_news(turn) and situation.lost(turn.text):
        name = "what_tonight"
    if name == "one_line" and any(letter.isdigit() for letter in turn.text):
        name = "one_line_numbers"
    if turn.language:  # say once that what follows is in English, then lead on
        said_so = any(situation.language(said) for said in turn.history)
        name = turn.language if not said_so else None if name == turn.language else name
    if explained := meaning.moves(turn):
        question = next_question(turn, None, explained)
        return [*explained, question] if question else explained
    at_a_loss = name == "what_tonight" and len((turn.question or turn.text).split()) < AT_A_LOSS
    if not at_a_loss and name not in BEFORE_NEEDS and (said := needed.moves(turn)):
        return [*(all_right.first(turn, turn.need) or _felt(turn)), *said]
    if name and (said := _situation(turn, name)):
        return said
    if step := _told(turn):
        question = next_question(turn, None, [step])
        return [step, question] if question else [step]
    said = [move for move in (_opening(turn),) if move.text]
    if _just_listen(turn) and (question := next_question(turn, None, said)):
        return [*said, question]
    if not turn.strong and situation.asks(turn.text) and not _by_opening(turn):
        if choices.due(turn) and (menu := choices.moves(turn)):
            return [*_felt(turn), *menu]
        if (likely := choices.guess(turn)) and (answered := needed.moves(likely)):
            return [*_felt(turn), *answered]
    card = _choose(turn)
    if card is None:
        if turn.passages or not turn.in_scope or not situation.asks(turn.text):
            said += _nothing_new(turn)
        question = next_question(turn, None, said)
        said += [question] if question else []
        told = turn.lines["reflect"]["situation"]["told"]  # after many messages all lines are said; an answer is never empty
        return said or [Move(kind="reflect", text=told[turn.number % len(told)])]
    said = _page(turn, card, all_right.first(turn, card.id) or said)
    if situation.asks(turn.text):
        choices.may_miss(turn)
    return said


def _page(turn: Turn, card: Card, said: list[Move]) -> list[Move]:
    """A card with words to use and its question, after what is `said` already."""
    turn.picker.mark(card.id)
    said = [*said, Move(kind="inform", text=card.body, card=card.id)]
    words = turn.picker.pick(list(card.words_you_can_use))
    if words:
        said.append(Move(kind="words", text=words))
    question = next_question(turn, card, said)
    return said + [question] if question else said


def _felt(turn: Turn) -> list[Move]:
    """One line for a feeling that was named; anything else is answered without a preface."""
    text = turn.picker.pick(turn.lines["reflect"]["feeling"][turn.found["feeling"].value]) if "feeling" in turn.found else ""
    return [Move(kind="reflect", text=text)] if text else []


def _told(turn: Turn) -> Move | None:
    """What follows from the one fact that a short message tells: a step that fits serves better than a page on something near it."""
    if turn.number == 0 or situation.asks(turn.text) or len(turn.text.split()) > ONE_FACT or "feeling" in turn.found:
        return None
    for name in TELLING:
        fact = turn.found.get(name)
        if fact is None or getattr(turn.session.known, name) is not None:
            continue
        texts = turn.lines["told"].get(f"{name}_{fact.value}") or turn.lines["told"].get(name) or []
        if text := turn.picker.pick(texts):
            value = fact.value[:1].upper() + fact.value[1:]
            return Move(kind="inform", text=text.replace("{value}", value if text.startswith("{value}") else fact.value))
    return None


def _just_listen(turn: Turn) -> bool:
    """Whether somebody goes on telling and no card clearly fits: one line and one question serve better than a page.

    Never twice in a row, so that the coach leads on.
    """
    if turn.number == 0 or situation.asks(turn.text) or not turn.session.messages or set(turn.found) - {"feeling", "reason", "region"}:
        return False
    last = turn.session.messages[-1]
    if last.route is not Route.COACH or not last.citations or _by_opening(turn):
        return False
    return not turn.passages or turn.passages[0].score < FITS


def _situation(turn: Turn, name: str) -> list[Move]:
    texts = turn.lines["situations"][name]
    if isinstance(texts, dict):
        texts = texts["returning" if turn.number else "new"]
    text = turn.picker.pick(texts)
    if not text:
        return []
    card = SITUATION_CARD.get(name) or SITUATION_BOUNDARY.get(name)
    said = [Move(kind="inform", text=text, card=card)]
    met_first = name in HEARD_FIRST and ("feeling" in turn.found or _first_news(turn))
    if met_first and (opening := _opening(turn)).text:
        said.insert(0, opening)
    if name == "missed" and not turn.strong and choices.offer(turn):
        said.append(Move(kind="inform", text=turn.lines["choices"]["missed"]))
    if name in NO_QUESTION:
        return said
    question = next_question(turn, None, said)
    return said + [question] if question else said


def _opening(turn: Turn) -> Move:
    lines = turn.lines["reflect"]
    heard = _heard(turn)
    if turn.session.known.feeling and not turn.known.feeling:
        return Move(kind="reflect", text=turn.picker.pick(turn.lines["heard"]["corrected"]))
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


def _first_news(turn: Turn) -> bool:
    """Whether they come with nothing but the news of a plan."""
    return turn.number == 0 and situation.only_news(turn.text)


def _choose(turn: Turn) -> Card | None:
    """The card to give: the best that fits and is new; else, where the person only tells, the stage's next card."""
    cards = turn.library.by_id
    first_telling = turn.number == 0 and bool(turn.found) and len(turn.text.split()) < 45  # who comes with news is led, not looked up
    asked = (situation.asks(turn.text) or (len(turn.text.split()) > 12 and not first_telling)) and not turn.unread
    told = [LEAD_FOR[key] for key in ((name, fact.value) for name, fact in turn.found.items()) if key in LEAD_FOR]
    if _first_news(turn):
        names = list(LEAD[Stage.FIRST_DAYS])
    elif not asked or not turn.in_scope:
        told = [*_by_opening(turn), *told]
        lead = [*told, *(() if asked and not turn.found else LEAD[turn.stage])]
        ranked = [passage.card for passage in turn.passages if turn.in_scope and passage.score >= FITS]
        names = [*told, *ranked[:1], *lead]
    else:
        names = [passage.card for passage in turn.passages]
        if turn.number == 0 and turn.stage is Stage.FIRST_DAYS and names[0] not in LEAD[Stage.FIRST_DAYS]:
            # in the first hour nobody is asked to own anything
            names = [name for name in names if cards[name].topic != "ownership"] or ["take-a-moment"]
        if turn.passages[0].score < UNSURE and turn.history and not _by_opening(turn):
            return None
        near = [passage.card for passage in turn.passages[:3] if passage.score >= turn.passages[0].score - NEAR]
        names = [*_by_opening(turn), *(name for name in names if name in near)]
    if turn.known.wants and turn.known.wants.value == "stay":
        names = [name for name in names if name != "ready-to-leave"]
    if turn.number == 0 and not asked:
        names = [name for name in names if name not in NOT_AT_FIRST]
    names = [name for name in names if name not in ONLY_IF_ASKED or ONLY_IF_ASKED[name].search(turn.text)]
    return next((cards[name] for name in names if turn.picker.is_new(name)), None)


def _by_opening(turn: Turn) -> list[str]:
    card = OPENING_CARD.get(situation.opening(turn.text, turn.found, turn.number) or "")
    return [card] if card else []


def _nothing_new(turn: Turn) -> list[Move]:
    """The fitting cards were all given, or none fits: say so plainly instead of repeating."""
    fits = turn.in_scope and turn.passages and turn.passages[0].score >= UNSURE
    if fits:
        card = turn.library.by_id[turn.passages[0].card]
        words = turn.picker.pick(list(card.words_you_can_use))
        if words:
            return [Move(kind="words", text=words, card=card.id)]
    step = turn.picker.pick(turn.lines["stages"][turn.stage.value]["first_step"])
    if situation.asks(turn.text) and not fits:
        return [Move(kind="inform", text=turn.picker.pick(turn.lines["no_card"]["lines"]))]
    return [Move(kind="inform", text=step)] if step else []
