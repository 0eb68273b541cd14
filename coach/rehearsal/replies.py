"""Which of the moves that a turn's subject calls for a manager makes: by the conversation, the trust and what was said before. Pure."""

from coach.rehearsal.hear import Heard
from coach.schema.enums import Scenario
from coach.schema.rehearsal import ManagerMove as M
from coach.schema.rehearsal import State
from coach.schema.turns import Label

FRANK = 50  # trust from which a manager says something good about how it stands
ONLY_WHO_LEAVES = (M.LEAVE_TERMS, M.LEAVE_ANNOUNCE, M.LEAVE_PLAN, M.LEAVE_HANDOVER)
# A question that also asks for something is that request, unless it is one of these.
OVER_A_REQUEST = (*ONLY_WHO_LEAVES, M.TELL_WHEN, M.TELL_WHO, M.TAKE_PROPOSAL, M.TAKE_WORDING, M.TELL_COMPANION, M.TELL_STANDING, M.TELL_NO_HARM)
SHORT = 3  # words; so few tell nothing


def to_a_question(heard: Heard, state: State, scenario: Scenario, takes: float) -> M | None:
    """The move that answers what is asked, or None where only topics and requests do. `takes` is the trust that a yes takes."""
    for move in heard.asks:
        if move in ONLY_WHO_LEAVES and not state.news:
            continue
        if move is M.TELL_ROLE and scenario is not Scenario.HR:
            continue
        if heard.requests and move not in OVER_A_REQUEST:
            continue
        if heard.again:
            return M.REPEAT_KNOWN
        if move is M.TELL_STANDING:
            return M.TELL_VERDICT if scenario is Scenario.FINAL else M.TELL_STANDING if state.trust >= FRANK else M.HOLD_STANDING
        if move is M.TAKE_PROPOSAL and (state.trust < takes or not heard.calm):
            return M.DOUBT_PROPOSAL
        return move
    return None


def to_a_statement(heard: Heard, state: State, scenario: Scenario) -> M:
    """The move for a turn in which no label and no question calls for one."""
    if scenario is Scenario.CANCELLED and heard.tells is M.TAKE_GAP:
        return M.TAKE_MISSED
    if heard.tells or heard.tells_lightly:
        return heard.tells or heard.tells_lightly
    if Label.CLARIFYING_QUESTION in heard.labels or "?" in heard.text:
        return M.ANSWER_LATER
    if heard.vague:
        return M.ASK_FOR_MORE
    return M.TAKE_FACT if heard.words > SHORT else M.PROMPT
