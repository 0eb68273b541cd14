"""What the manager does after a turn: which moves, what is told, what is agreed, whether the meeting ends. No words here."""

from dataclasses import dataclass, field

from coach.rehearsal import replies
from coach.rehearsal import trust as trusting
from coach.rehearsal.hear import Heard
from coach.schema.enums import Scenario
from coach.schema.manager import ManagerBook
from coach.schema.rehearsal import Agreement, Casting, Ended, ManagerMove, Request, State, Topic
from coach.schema.rehearsal import ManagerMove as M
from coach.schema.turns import Label

ANSWERS: dict[Topic, ManagerMove] = {
    Topic.WHY: M.GIVE_REASON, Topic.GOALS: M.EXPLAIN_GOAL, Topic.MEASURE: M.EXPLAIN_MEASURE, Topic.TIMEFRAME: M.EXPLAIN_TIMEFRAME,
    Topic.CONSEQUENCES: M.EXPLAIN_CONSEQUENCES, Topic.SUPPORT: M.EXPLAIN_SUPPORT, Topic.CHECK_INS: M.EXPLAIN_CHECK_INS,
    Topic.JUDGE: M.EXPLAIN_JUDGE, Topic.SIGNATURE: M.EXPLAIN_SIGNATURE, Topic.EXAMPLE: M.GIVE_EXAMPLE,
}  # fmt: skip
GRANTS = {Request.SUPPORT: M.GRANT_SUPPORT, Request.CHECK_IN: M.GRANT_CHECK_IN, Request.TIME: M.GRANT_TIME, Request.RECORD: M.GRANT_RECORD}
ASKED_AS = {Request.SUPPORT: Topic.SUPPORT, Request.CHECK_IN: Topic.CHECK_INS}
REFINES = {M.TELL_FIRST: Topic.GOALS, M.TELL_IF_MET: Topic.CONSEQUENCES}  # an answer of its own that tells a topic as well
REACTIONS = {M.TAKE_OWNERSHIP, M.TAKE_PROGRESS, M.TAKE_COMMITMENT, M.TAKE_THANKS, M.TAKE_GAP, M.TAKE_MISSED, M.TAKE_PEACE}
WORTH_MORE = {Label.OWNERSHIP, Label.FACTUAL_CORRECTION, Label.COMMITMENT, Label.PROGRESS}  # than that something is reported or felt
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
        reply = None if heard.news and not state.news else replies.to_a_question(heard, state, casting.scenario, _needed(Request.COMMITMENT, book, casting) - book.weights.part)
        _react(made, heard, state, persona.doubts, reply)
        _agree_to_own(made, heard, state, book, casting, quote)
        if reply is None:
            _requests(made, heard, state, book, casting, quote)
            _topics(made, heard, state, book, casting, difficulty.answers)
        else:
            _reply(made, reply, heard, state, book, casting)
        if not made.moves or (len(made.moves) == 1 and made.moves[0] in REACTIONS and _asks_more(heard)):
            made.moves.append(_anything(heard, state, book, casting))
        _habits(made, heard, state, book, casting, turns)
    if made.ended is None and state.patience <= 0:
        made.moves = [*made.moves[:1], M.CLOSE_COLD]
        made.ended = Ended.PATIENCE
    elif made.ended is None and turns + 1 >= difficulty.turns + persona.turns:
        made.moves.append(M.CLOSE_TIME)
        made.ended = Ended.LIMIT
    return made


def _reply(made: Answer, reply: ManagerMove, heard: Heard, state: State, book: ManagerBook, casting: Casting) -> None:
    # what is asked about a goal is told with the answer, as far as trust allows that
    made.moves.append(reply)
    topic = REFINES.get(reply)
    if topic in heard.topics and topic not in state.told and heard.calm and state.trust >= _to_answer(topic, heard, state, book, casting):
        made.told.append(topic)


def _asks_more(heard: Heard) -> bool:
    return heard.text.rstrip().endswith("?") and heard.calm


def _anything(heard: Heard, state: State, book: ManagerBook, casting: Casting) -> ManagerMove:
    """For a turn that no rule answers: a question is taken along or held back, the rest is taken up as far as it is understood."""
    move = replies.to_a_statement(heard, state, casting.scenario)
    if move is not M.ANSWER_LATER:
        return move
    if casting.scenario is Scenario.WRONG_FACT and Label.FACTUAL_CORRECTION in state.did and Label.FACTUAL_CORRECTION in heard.labels:
        return M.QUESTION_CORRECTION
    persona, _, difficulty = trusting.cards(book, casting)
    # somebody who has spoilt it hears no more than that
    return move if state.trust >= difficulty.answer + persona.answer - 2 * book.weights.half else M.WITHHOLD


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


def _react(made: Answer, heard: Heard, state: State, doubts: bool, reply: ManagerMove | None) -> None:
    """At most one reaction: to the worst thing in the turn, else to the best. `reply` is what answers its question."""
    said = set(heard.labels)
    if heard.news and not state.news:
        made.moves, made.news = [M.NEWS], True
        return
    if heard.lawyer:
        made.moves.append(M.LAWYER_NAMED)
    elif Label.OVER_APOLOGY in said:
        made.moves.append(M.STOP_APOLOGY)
    elif Label.DEFENSIVE in said:
        made.moves.append(heard.tells_lightly if heard.tells_lightly is M.TAKE_GRIEVANCE else M.PRESS_BLAME)
    elif heard.tells and not said & WORTH_MORE:
        if reply is not heard.tells:
            made.moves.append(heard.tells)
    elif heard.feeling and not said & WORTH_MORE:
        made.moves.append(M.FEELING)
    elif Label.WITHDRAWAL in said and heard.tells_lightly:
        made.moves.append(heard.tells_lightly)
    elif Label.WITHDRAWAL in said:
        made.moves.append(M.DRAW_OUT)
    elif Label.FACTUAL_CORRECTION in said and (heard.corrects or not said & {Label.PROGRESS, Label.OWNERSHIP}):
        # nobody changes a plan on a word alone: something that shows it, or a point that was made before
        shown = heard.shows or state.did.count(Label.FACTUAL_CORRECTION) > 1
        made.moves.append(M.ACCEPT_CORRECTION if shown and state.trust >= FAIR + 6 * doubts else M.QUESTION_CORRECTION)
    elif Label.PROGRESS in said:
        made.moves.append(M.ASK_PROOF if doubts and state.trust < LONG_DOUBT else M.TAKE_PROGRESS)
    elif Label.OWNERSHIP in said and heard.specific:
        made.moves.append(M.TAKE_OWNERSHIP)
    elif reply in (M.TAKE_PROPOSAL, M.DOUBT_PROPOSAL, M.CHOOSE, M.LET_DO):
        return  # the answer says what there is to say about an offer
    elif Label.COMMITMENT in said and heard.concrete:
        made.moves.append(M.TAKE_COMMITMENT)
    elif Label.COMMITMENT in said or Label.OWNERSHIP in said or (heard.vague and not heard.topics):
        made.moves.append(M.ASK_FOR_MORE)
    elif reply is None and (heard.amends or (heard.hr and not heard.topics)):
        made.moves.append(M.DEFER_TO_HR)
    elif said == {Label.APPRECIATION} and not heard.topics and not heard.requests and heard.tells_lightly is not M.TAKE_WORDING:
        made.moves.append(M.TAKE_THANKS)
    elif reply is None and state.news and (Label.CLARIFYING_QUESTION in said or (heard.terms and "?" in heard.text)) and not heard.topics:
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
        if request is Request.RECORD:  # no manager can well refuse it; only in anger it is passed over
            if heard.calm:
                made.moves.append(GRANTS[request])
                made.agreed.append(Agreement(kind=request, quote=quote))
            continue
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
            made.moves.append(M.PART_CHECK_IN if request is Request.CHECK_IN else M.PART_GRANT)
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
        # asked a second time in other words, it is answered in other words; after that they have heard it
        fresh = heard.calm and not heard.again and state.asked.count(known[0]) == 1 and not state.news
        made.moves.append(ANSWERS[known[0]] if fresh else M.REPEAT_KNOWN)


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
