"""A rehearsal from one turn to the next: start, step, take a turn back, compare two tries. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from coach.rehearsal import lines, moves, trust
from coach.rehearsal.feedback import SHOWS, reasons, shorten
from coach.rehearsal.hear import Heard, Labels, hear
from coach.rehearsal.moves import Answer
from coach.schema.enums import Difficulty, Scenario
from coach.schema.manager import ManagerBook
from coach.schema.rehearsal import Casting, Ended, Line, Phase, Reason, Said, Scene, State, Topic, Voice
from coach.schema.rehearsal import ManagerMove as M
from coach.schema.turns import Label

CHARACTERS = 4000  # of one turn; a longer one is cut, nobody says so much in one breath
# Which of the employee's words a manager may throw back with a move.
ABOUT = {
    M.TAKE_OWNERSHIP: (Label.OWNERSHIP,), M.STOP_APOLOGY: (Label.OVER_APOLOGY,), M.PRESS_BLAME: (Label.DEFENSIVE,), M.WARN: (Label.THREAT,),
    M.TAKE_COMMITMENT: (Label.COMMITMENT,), M.ASK_FOR_MORE: (Label.COMMITMENT, Label.OWNERSHIP), M.TAKE_PROGRESS: (Label.PROGRESS,),
    M.ASK_PROOF: (Label.PROGRESS, Label.COMMITMENT), M.ACCEPT_CORRECTION: (Label.FACTUAL_CORRECTION,),
    M.QUESTION_CORRECTION: (Label.FACTUAL_CORRECTION,), M.DRAW_OUT: (Label.WITHDRAWAL,), M.TAKE_THANKS: (Label.APPRECIATION,),
    M.GRANT_SUPPORT: (Label.SUPPORT_REQUEST,), M.GRANT_CHECK_IN: (Label.CHECK_IN,), M.PART_GRANT: (Label.SUPPORT_REQUEST, Label.CHECK_IN),
    M.REFUSE: (Label.SUPPORT_REQUEST, Label.CHECK_IN), M.DEFER_TO_HR: (Label.SUPPORT_REQUEST, Label.CHECK_IN),
}  # fmt: skip
ABOUT_A_GOAL = {Topic.GOALS, Topic.MEASURE, Topic.EXAMPLE, Topic.JUDGE, Topic.WHY, Topic.TIMEFRAME}
AFTER_THREATS = 0.3  # what is left of the trust when a meeting was ended


@dataclass(frozen=True)
class Ears:
    """What is needed to understand a turn: the labeller, the danger detector, and whether a text is another language.

    `danger` gives what the coach says where it hears danger, else None.
    """

    label: Labels
    danger: Callable[[str], str | None] = lambda text: None
    foreign: Callable[[str], bool] = lambda text: False


def start(book: ManagerBook, casting: Casting) -> Scene:
    """A new scene: the manager's first words."""
    return Scene(casting=casting, opening=lines.opening(book, casting), states=(trust.begin(book, casting),))


def step(scene: Scene, text: str, book: ManagerBook, ears: Ears) -> Scene:
    """The scene after the employee said `text`; unchanged where it is over."""
    if scene.ended:
        return scene
    text = text[:CHARACTERS]
    if reply := ears.danger(text):
        return _stopped(scene, text, reply)
    heard = hear(text, _before(scene), ears.label, ears.foreign(text))
    heard = replace(heard, again=any(_same(text, line.employee) for line in scene.lines))
    noted = reasons(heard, book.feedback, ears.label, len(scene.lines))
    moved = trust.after(scene.state, heard, book, scene.casting)
    own = _remembered(heard, noted)
    made = moves.answer(heard, moved, book, scene.casting, len(scene.lines), own)
    _let_hr_speak(made, heard, scene)
    casting = scene.casting if not heard.topics or set(heard.topics) & ABOUT_A_GOAL else scene.casting.model_copy(update={"slots": _without_goal(scene.casting)})
    said, used = _words(made, moved, book, casting, noted)
    _take_back_unsaid(made, {one.move for one in said})
    state = _settled(moved, heard, made, used)
    line = Line(employee=text, labels=heard.labels, reasons=noted, said=said, trust=round(state.trust))
    return scene.model_copy(update={"lines": (*scene.lines, line), "states": (*scene.states, state)})


def _same(text: str, other: str) -> bool:
    return text.split() == other.split()


def rewind(scene: Scene, turn: int) -> Scene:
    """The same scene before turn number `turn`, counted from 1, was said; the old one is kept by whoever has it."""
    kept = max(0, min(turn - 1, len(scene.lines)))
    return scene.model_copy(update={"lines": scene.lines[:kept], "states": scene.states[: kept + 1]})


def harder(scene: Scene, by: int = 1) -> Scene:
    """The same scene with the next difficulty, or an easier one with -1; what was said stands."""
    steps = list(Difficulty)
    level = steps[max(0, min(steps.index(scene.casting.difficulty) + by, len(steps) - 1))]
    return scene.model_copy(update={"casting": scene.casting.model_copy(update={"difficulty": level})})


def last_said(scene: Scene) -> tuple[Said, ...]:
    """What the other side said last."""
    return scene.lines[-1].said if scene.lines else scene.opening


def _remembered(heard: Heard, noted: tuple[Reason, ...]) -> str:
    """The employee's words that a request or an offer is remembered by."""
    for label in (Label.COMMITMENT, Label.SUPPORT_REQUEST, Label.CHECK_IN):
        if quote := next((reason.quote for reason in noted if reason.label is label), None):
            return quote
    return noted[0].quote if noted else shorten(heard.text.splitlines()[0]) if heard.text else ""


def _without_goal(casting: Casting) -> tuple[tuple[str, str], ...]:
    # a question about something else is not answered with one goal of the plan
    return tuple((name, text) for name, text in casting.slots if name not in ("goal", "measure", "due"))


def _before(scene: Scene) -> str | None:
    said = [one.text for one in last_said(scene) if one.voice is Voice.MANAGER]
    return said[-1] if said else None


def _stopped(scene: Scene, text: str, reply: str) -> Scene:
    state = scene.state.model_copy(update={"ended": Ended.DANGER, "phase": Phase.OVER})
    line = Line(employee=text, said=(Said(voice=Voice.COACH, text=reply),), trust=round(state.trust))
    return scene.model_copy(update={"lines": (*scene.lines, line), "states": (*scene.states, state)})


def _let_hr_speak(made: Answer, heard: Heard, scene: Scene) -> None:
    if scene.casting.scenario is not Scenario.HR or made.ended:
        return
    if M.WARN in made.moves or M.ACCEPT_CORRECTION in made.moves or M.QUESTION_CORRECTION in made.moves:
        made.moves.append(M.HR_RECORD)
    elif M.TELL_ROLE in made.moves or any(one.voice is Voice.HR for line in scene.lines[-1:] for one in line.said):
        return  # HR has the word, or just had it
    elif set(heard.topics) & moves.PROCESS or len(scene.lines) % 4 == 3:
        made.moves.append(M.HR_SPEAKS)


def _take_back_unsaid(made: Answer, said: set[M | None]) -> None:
    """Only what was said counts as told or agreed: an answer may have been cut off, or the meeting ended before it."""
    told_by = moves.ANSWERS | {topic: move for move, topic in moves.REFINES.items() if move in made.moves}
    for topic in [topic for topic in made.told if told_by[topic] not in said]:
        made.told.remove(topic)
        made.half.append(topic)
    for one in [one for one in made.agreed if one.kind in moves.GRANTS and not {moves.GRANTS[one.kind], M.PART_GRANT, M.PART_CHECK_IN} & said]:
        made.agreed.remove(one)


def _words(
    made: Answer, state: State, book: ManagerBook, casting: Casting, noted: tuple[Reason, ...]
) -> tuple[tuple[Said, ...], tuple[str, ...]]:
    """The lines of all moves; where the manager has nothing new left to say, the meeting ends."""
    said: list[Said] = []
    used = state.used
    for move in dict.fromkeys(made.moves):
        about = next((reason for reason in noted if reason.label in ABOUT.get(move, ())), None)
        topic = made.half[-1] if made.half and move in (M.HALF_ANSWER, M.WITHHOLD) else None
        spoken = lines.say(move, book, casting, used, about and lines.repeated(about.quote, SHOWS[about.label]), topic)
        if spoken is not None:
            said.append(spoken[0])
            used = (*used, spoken[1])
    if not said:
        spoken = lines.say(M.CLOSE_TIME, book, casting, used) or lines.say(moves.closing(state.trust), book, casting, used)
        made.ended = made.ended or Ended.LIMIT
        if spoken is not None:
            said, used = [spoken[0]], (*used, spoken[1])
    return tuple(said), used


def _settled(state: State, heard: Heard, made: Answer, used: tuple[str, ...]) -> State:
    agreed = [one for one in state.agreed if not (one.partly and any(new.kind is one.kind for new in made.agreed))]
    return state.model_copy(
        update={
            "trust": round(state.trust * AFTER_THREATS, 2) if made.ended is Ended.THREATS else state.trust,
            "told": (*state.told, *made.told), "half_told": tuple(one for one in dict.fromkeys((*state.half_told, *made.half)) if one not in (*state.told, *made.told)),
            "asked": (*state.asked, *heard.topics), "agreed": (*agreed, *made.agreed), "refused": (*state.refused, *made.refused),
            "used": used, "warned": state.warned + made.warned, "news": state.news or made.news, "ended": made.ended,
            "phase": Phase.OVER if made.ended else Phase.TALK,
        }
    )  # fmt: skip
