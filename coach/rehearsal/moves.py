"""What the manager does after a turn: which moves, what is told, what is agreed, whether the meeting ends. No words here."""

from dataclasses import dataclass, field

from coach.rehearsal import trust as trusting
from coach.rehearsal.hear import Heard
from coach.schema.manager import ManagerBook
from coach.schema.rehearsal import Agreement, Casting, Ended, ManagerMove, Request, State, Topic
from coach.schema.rehearsal import ManagerMove as M
from coach.schema.turns import Label

ANSWERS: dict[Topic, ManagerMove] = {
    Topic.WHY: M.GIVE_REASON, Topic.GOALS: M.EXPLAIN_GOAL, Topic.MEASURE: M.EXPLAIN_MEASURE, Topic.TIMEFRAME: M.EXPLAIN_TIMEFRAME,
    Topic.CONSEQUENCES: M.EXPLAIN_CONSEQUENCES, Topic.SUPPORT: M.EXPLAIN_SUPPORT, Topic.CHECK_INS: M.EXPLAIN_CHECK_INS,
    Topic.JUDGE: M.EXPLAIN_JUDGE, Topic.SIGNATURE: M.EXPLAIN_SIGNATURE, Topic.EXAMPLE: M.GIVE_EXAMPLE,
}  # fmt: skip
GRANTS = {Request.SUPPORT: M.GRANT_SUPPORT, Request.CHECK_IN: M.GRANT_CHECK_IN, Request.TIME: M.GRANT_TIME}
ASKED_AS = {Request.SUPPORT: Topic.SUPPORT, Request.CHECK_IN: Topic.CHECK_INS}
PROCESS = {Topic.CONSEQUENCES, Topic.SIGNATURE, Topic.JUDGE, Topic.TIMEFRAME}
GOOD, FAIR = 58, 34  # trust from which a meeting ends well, or all right
WARNINGS = 2  # threats that end a meeting
TAKES = 3  # commitments that are worth noting as agreed
INSISTS = 3  # what each time that somebody calmly asks again is worth
LONG_DOUBT = 55  # trust from which a doubting manager takes a result as it is


@dataclass
class Answer:
    """The moves in order, and what they change. Built once for each turn."""

    moves: list[ManagerMove] = field(default_factory=list)
    told: list[Topic] = field(default_factory=list)
    half: list[Topic] = field(default_factory=list)
    agreed: list[Agreement] = field(default_factory=list)
    refused: list[Request] = field(default_factory=list)
    warned: int = 0
    news: bool = False
    ended: Ended | None = None


def answer(heard: Heard, state: State, book: ManagerBook, casting: Casting, turns: int, quote: str) -> Answer:
    """What the manager does. `state` already holds the trust of this turn, `turns` counts the turns before it."""
    persona, _, difficulty = trusting.cards(book, casting)
    made = Answer()
    if Label.THREAT in heard.labels:
        return _warn(made, state)
    if heard.kind != "talk":
        _plain(made, heard, state)
    else:
        _react(made, heard, state, persona.doubts)
        _agree_to_own(made, heard, state, book, casting, quote)
        _requests(made, heard, state, book, casting, quote)
        _topics(made, heard, state, book, casting, difficulty.answers)
        if not made.moves:
            made.moves.append(_anything(heard, state, book, casting))
        _habits(made, heard, state, book, casting, turns)
    if made.ended is None and state.patience <= 0:
        made.moves = [*made.moves[:1], M.CLOSE_COLD]
        made.ended = Ended.PATIENCE
    elif made.ended is None and turns + 1 >= difficulty.turns + persona.turns:
        made.moves.append(M.CLOSE_TIME)
        made.ended = Ended.LIMIT
    return made


def _anything(heard: Heard, state: State, book: ManagerBook, casting: Casting) -> ManagerMove:
    """For a turn that no rule answers: a question gets at least half an answer, the rest is moved on."""
    if Label.CLARIFYING_QUESTION in heard.labels:
        persona, _, difficulty = trusting.cards(book, casting)
        return M.HALF_ANSWER if state.trust >= difficulty.answer + persona.answer - book.weights.half else M.WITHHOLD
    return M.ASK_FOR_MORE if heard.vague else M.PROMPT


def closing(trust: float) -> ManagerMove:
    """How a meeting ends at this trust."""
    return M.CLOSE_GOOD if trust >= GOOD else M.CLOSE_FAIR if trust >= FAIR else M.CLOSE_COLD


def _warn(made: Answer, state: State) -> Answer:
    made.warned = 1
    if state.warned + 1 >= WARNINGS or state.patience <= 0:
        made.moves, made.ended = [M.END_WARNED], Ended.THREATS
    else:
        made.moves = [M.WARN]
    return made


def _plain(made: Answer, heard: Heard, state: State) -> None:
    if heard.kind == "goodbye":
        made.moves, made.ended = [closing(state.trust)], Ended.GOODBYE
    else:
        made.moves = [{"silence": M.SILENCE, "unclear": M.UNCLEAR, "in_role": M.IN_ROLE, "off_topic": M.OFF_TOPIC}[heard.kind]]


def _react(made: Answer, heard: Heard, state: State, doubts: bool) -> None:
    """At most one reaction: to the worst thing in the turn, else to the best."""
    said = set(heard.labels)
    if heard.news and not state.news:
        made.moves, made.news = [M.NEWS], True
        return
    if heard.lawyer:
        made.moves.append(M.LAWYER_NAMED)
    elif Label.OVER_APOLOGY in said:
        made.moves.append(M.STOP_APOLOGY)
    elif Label.DEFENSIVE in said:
        made.moves.append(M.PRESS_BLAME)
    elif Label.WITHDRAWAL in said:
        made.moves.append(M.DRAW_OUT)
    elif Label.FACTUAL_CORRECTION in said:
        made.moves.append(M.ACCEPT_CORRECTION if state.trust >= FAIR + 6 * doubts else M.QUESTION_CORRECTION)
    elif Label.PROGRESS in said:
        made.moves.append(M.ASK_PROOF if doubts and state.trust < LONG_DOUBT else M.TAKE_PROGRESS)
    elif Label.OWNERSHIP in said and heard.specific:
        made.moves.append(M.TAKE_OWNERSHIP)
    elif Label.COMMITMENT in said and heard.concrete:
        made.moves.append(M.TAKE_COMMITMENT)
    elif Label.COMMITMENT in said or Label.OWNERSHIP in said or (heard.vague and not heard.topics):
        made.moves.append(M.ASK_FOR_MORE)
    elif heard.amends or (heard.hr and not heard.topics):
        made.moves.append(M.DEFER_TO_HR)
    elif heard.feeling:
        made.moves.append(M.FEELING)
    elif said == {Label.APPRECIATION} and not heard.topics and not heard.requests:
        made.moves.append(M.TAKE_THANKS)
    elif state.news and (heard.terms or Label.CLARIFYING_QUESTION in said) and not heard.topics:
        made.moves.append(M.NEWS_TERMS)


def _agree_to_own(made: Answer, heard: Heard, state: State, book: ManagerBook, casting: Casting, quote: str) -> None:
    # what the employee offers to do is agreed where the manager believes it
    if not heard.concrete or not heard.calm or not quote:
        return
    if sum(one.kind is Request.COMMITMENT for one in state.agreed) >= TAKES:
        return
    if state.trust >= _needed(Request.COMMITMENT, book, casting) - 2 * book.weights.part:
        made.agreed.append(Agreement(kind=Request.COMMITMENT, quote=quote))


def _requests(made: Answer, heard: Heard, state: State, book: ManagerBook, casting: Casting, quote: str) -> None:
    _, scenario, _ = trusting.cards(book, casting)
    own = Label.COMMITMENT in heard.labels and heard.concrete
    for request in heard.requests[:2] if not heard.amends else ():
        if own and request is Request.CHECK_IN and "?" not in heard.text:
            continue  # "I'll send you a line every Friday" offers and asks for nothing
        before = next((one for one in state.agreed if one.kind is request), None)
        if before is not None and not before.partly:
            made.moves.append(M.REPEAT_KNOWN)
            continue
        needed, part = _needed(request, book, casting), book.weights.part
        if not heard.calm:
            made.moves.append(M.DEFER_TO_HR if state.trust >= needed else M.REFUSE)
            made.refused.append(request)
        elif request in scenario.refuses:
            yes = before is None and state.trust >= needed
            made.moves.append(M.PART_GRANT if yes else M.DEFER_TO_HR if state.trust >= needed - part else M.REFUSE)
            (made.agreed.append(Agreement(kind=request, quote=quote, partly=True)) if yes else made.refused.append(request))
        elif state.trust >= needed:
            made.moves.append(GRANTS[request])
            made.agreed.append(Agreement(kind=request, quote=quote))
        elif before is None and state.trust >= needed - part:
            made.moves.append(M.PART_GRANT)
            made.agreed.append(Agreement(kind=request, quote=quote, partly=True))
        else:
            made.moves.append(M.DEFER_TO_HR if state.trust >= needed - 2 * part else M.REFUSE)
            made.refused.append(request)


def _topics(made: Answer, heard: Heard, state: State, book: ManagerBook, casting: Casting, most: int) -> None:
    asked_for = {ASKED_AS.get(request) for request in heard.requests}
    topics = [topic for topic in heard.topics if topic not in asked_for]
    known = [topic for topic in topics if topic in state.told]
    for topic in [topic for topic in topics if topic not in state.told][:most]:
        near = state.trust - _to_answer(topic, heard, state, book, casting)
        if near >= 0 and heard.calm:
            made.moves.append(M.NEWS_TERMS if state.news else ANSWERS[topic])
            made.told.append(topic)
        elif near >= -book.weights.half:
            made.moves.append(M.HALF_ANSWER)
            made.half.append(topic)
            return
        else:
            made.moves.append(M.WITHHOLD)
            made.half.append(topic)
            return
    if known and not made.told:
        made.moves.append(M.REPEAT_KNOWN)


def _to_answer(topic: Topic, heard: Heard, state: State, book: ManagerBook, casting: Casting) -> float:
    persona, _, difficulty = trusting.cards(book, casting)
    needed = difficulty.answer + persona.answer + book.weights.topics[topic]
    again = topic in state.asked and heard.calm
    return needed - book.weights.earned * (again and Label.OWNERSHIP in state.did) - INSISTS * again * state.asked.count(topic)


def _needed(request: Request, book: ManagerBook, casting: Casting) -> float:
    persona, _, difficulty = trusting.cards(book, casting)
    return difficulty.grant + persona.grant - (6 if request is Request.CHECK_IN else 0)


def _habits(made: Answer, heard: Heard, state: State, book: ManagerBook, casting: Casting, turns: int) -> None:
    """Cutting in, and looking at the clock: in place of a reaction that says little, never in place of an answer."""
    persona, _, difficulty = trusting.cards(book, casting)
    if persona.interrupts and difficulty.interrupt_over and heard.words > difficulty.interrupt_over:
        made.moves = [M.INTERRUPT, *[move for move in made.moves if move not in (M.PROMPT, M.TAKE_THANKS)]][:2]
    clock = {(difficulty.turns + persona.turns) // 2} | ({2} if difficulty.answers == 1 else set())  # a hard one looks early
    if persona.rushes and turns + 1 in clock and not made.told and made.ended is None:
        made.moves = [*made.moves[:1], M.RUSH]
