"""One gentle question where words may mean danger, and the line that follows a reply about danger. Judges no danger itself.

Where a rule heard something the question is direct; where only the whole of the words sounds low it is one that anybody may be asked.
"""

from coach.guardrails import crisis_reply
from coach.guardrails.danger import Danger
from coach.guardrails.denial import CLEAR
from coach.schema.conversation import Move
from coach.schema.enums import Route
from coach.tools.ask import without_question
from coach.tools.turn import Turn

# What people ask for while they carry on with the plan; a faint sign in such words is nearly always a misreading.
EVERYDAY = (Route.DRAFT, Route.QUESTIONS, Route.PLAN, Route.CHECK_IN, Route.REHEARSE)


def with_care(turn: Turn, moves: list[Move], heard: Danger) -> list[Move]:
    """`moves` with the gentle question as their only one, and after a crisis with a line that takes it up.

    A faint sign is asked about once in a conversation, and not in an everyday request without a feeling; a rule's finding always
    is. Who answers the question is not asked again.
    """
    faint = heard.reason.startswith("second look") and not turn.after_danger
    direct, mild = turn.lines["gentle"]["lines"], turn.lines["gentle"]["faint"]
    lines = mild if faint else direct
    if heard.reason.startswith(CLEAR) and _just_asked(turn, [*direct, *mild]):
        if thanks := turn.picker.pick(turn.lines["gentle"]["answered"]):
            moves = [Move(kind="notice", text=thanks), *moves]
    elif heard.level == "soft":
        everyday = turn.route in EVERYDAY and "feeling" not in turn.found
        if gentle := "" if faint and (everyday or not all(map(turn.picker.is_new, lines))) else turn.picker.pick(lines):
            moves = [without_question(move) for move in moves if move.kind != "ask"] + [Move(kind="ask", text=gentle)]
            turn.quick_replies.clear()
    if turn.after_danger:
        unmet = crisis_reply.not_forgotten if turn.returning else crisis_reply.still_here
        line = unmet if heard.level == "soft" else crisis_reply.back_to_the_plan
        moves = [Move(kind="notice", text=line(turn.session.danger_turns)), *moves]
    return moves


def _just_asked(turn: Turn, lines: list[str]) -> bool:
    last = next((said for said in reversed(turn.session.messages) if said.author == "coach"), None)
    return last is not None and last.text.rstrip().endswith(tuple(lines))
