"""The route `rehearse` in the chat: starts a scene, plays it turn by turn, steps out for feedback, goes back, sums up.

What happens in a scene is decided in coach/rehearsal; the words around it are those of knowledge/manager/feedback.yaml.
"""

from collections.abc import Callable

from coach.rehearsal import casting, refused, scene
from coach.rehearsal.feedback import hint
from coach.rehearsal.scene import Ears
from coach.retrieval.index import Index
from coach.schema.conversation import Move
from coach.schema.enums import Difficulty, Scenario
from coach.schema.manager import ManagerBook
from coach.schema.plan import Plan
from coach.schema.rehearsal import Practice, Said, Scene
from coach.tools import rehearse_asides as asides
from coach.tools.rehearse_slots import slots
from coach.tools.rehearse_summary import compared, feedback, note, say, spoken_by, summed_up
from coach.tools.turn import Turn
from coach.understand import situation

TRIES = 6  # tries of one rehearsal that are kept


def ears(index: Index) -> Ears:
    """How a turn is understood; danger is not heard here, the chat has listened for it before."""
    return Ears(label=index.labels, foreign=lambda text: situation.language(text) is not None)


def moves(
    turn: Turn, plan: Plan | None, ears: Ears, *, step_out: bool = False, voice: Callable[[Scene], Scene] = lambda scene: scene
) -> list[Move]:
    """The reply; the rehearsal after it is put into `turn.practice`. `voice` may give the manager's answer other words.

    With `step_out`, or where a line may be about more than the scene, it is put down: how the person is comes first. Nothing
    said in it is lost, and "go on" takes it up again.
    """
    practice, book = turn.session.practice, turn.library.manager
    if practice is not None and practice.on and (step_out or asides.sounds_dark(turn.text)):
        turn.practice.append(put_down(practice))
        asked = "" if step_out else turn.picker.pick(turn.lines["gentle"]["lines"])
        return [say(turn, "pause"), *([Move(kind="ask", text=asked)] if asked else [])]
    wanted = asides.aside(turn.text)
    begins = practice is None or not practice.on or wanted in ("recast", "harder")
    if begins and refused.asked(turn.text):
        return _refused(turn, practice)
    if practice is None or (not practice.on and wanted is None):
        if wanted in ("again", "pause") and (line := asides.spoken(turn.text, turn.history)):
            return _about_one(turn, line, ears)
        return _start(turn, plan, ears, wanted)
    if wanted == "recast":
        return _start(turn, plan, ears, wanted)
    if wanted is None:
        return _line(turn, practice, ears, voice)
    if wanted in ("harder", "easier"):
        return _turned(turn, practice, ears, 1 if wanted == "harder" else -1)
    return {
        "again": _again, "hint": _hint, "pause": _pause, "resume": _resume, "stop": _stop,
    }[wanted](turn, practice, book)  # fmt: skip


def after(turn: Turn) -> Practice | None:
    """The rehearsal as it stands after this turn."""
    return turn.practice[-1] if turn.practice else turn.session.practice


def put_down(practice: Practice | None) -> Practice | None:
    """The same rehearsal, no longer played: the person needs something else now."""
    return practice.model_copy(update={"on": False}) if practice else None


def _refused(turn: Turn, practice: Practice | None) -> list[Move]:
    """A manager who harasses is not played; what can be practised, and whom to turn to, is said instead."""
    if practice is not None:
        turn.practice.append(put_down(practice))
    turn.quick_replies.extend(turn.library.manager.feedback.chat["quick_refused"])
    return [say(turn, "refused"), say(turn, "refused_offer")]


def _start(turn: Turn, plan: Plan | None, ears: Ears, wanted: str | None) -> list[Move]:
    book, before = turn.library.manager, turn.session.practice
    cast = casting.described((turn.text, *reversed(turn.history[-4:])), book, before.scene.casting if before else None)
    if wanted == "harder" and cast.difficulty is Difficulty.SUPPORTIVE:
        cast = cast.model_copy(update={"difficulty": Difficulty.GUARDED})
    number = len(before.scenes) if before else 0
    played = scene.start(book, cast.model_copy(update={"slots": asides.with_name(slots(plan, turn.today), turn.text, turn.known), "seed": f"{turn.session.id}{turn.number}{number}"}))
    turn.practice.append(Practice(scenes=(played,)))
    slow, subject = asides.is_slow(turn.text), asides.subject(turn.text)
    said = [say(turn, "slow" if slow else "start", scenario=book.scenarios[cast.scenario].name, persona=book.personas[cast.persona].name, manner=book.difficulties[cast.difficulty].manner)]
    if cast.scenario is Scenario.HR:
        said.append(say(turn, "two"))
    elif subject and cast.scenario is Scenario.FIRST_MEETING and not slow:
        said.append(say(turn, "subject", subject=subject))
    said += spoken_by(played.opening, played)
    if first := asides.first_line(turn.text):
        played = scene.step(played, first, book, ears)
        turn.practice.append(Practice(scenes=(played,), on=not played.ended))
        said += _answered(turn, played)
    turn.quick_replies.extend(book.feedback.chat["quick"])
    return said


def _line(turn: Turn, practice: Practice, ears: Ears, voice: Callable[[Scene], Scene]) -> list[Move]:
    book = turn.library.manager
    played = voice(scene.step(practice.scene, turn.text, book, ears))
    turn.practice.append(practice.model_copy(update={"scenes": (*practice.scenes[:-1], played), "on": not played.ended}))
    said = _answered(turn, played)
    if played.ended:
        return [*said, say(turn, "over"), *summed_up(turn, played), *compared(turn, practice.scenes[:-1], played)]
    turn.quick_replies.extend(book.feedback.chat["quick"])
    return said


def _answered(turn: Turn, played: Scene) -> list[Move]:
    """What the manager answers, and one line of the coach on what the person's words did."""
    said = spoken_by(played.lines[-1].said, played)
    what = note(turn, played)
    return [*said, say(turn, "note", note=what)] if what else said


def _pause(turn: Turn, practice: Practice, book: ManagerBook) -> list[Move]:
    played = practice.scene
    if not practice.on:
        return _stop(turn, practice, book)
    turn.quick_replies.extend(book.feedback.chat["quick"])
    turn.practice.append(practice)
    if not played.lines:
        return [say(turn, "feedback_none")]
    return [say(turn, "pause"), *feedback(turn, played.lines[(asides.named(turn.text, played) or len(played.lines)) - 1], played)]


def _hint(turn: Turn, practice: Practice, book: ManagerBook) -> list[Move]:
    turn.practice.append(practice.model_copy(update={"on": not practice.scene.ended}))
    turn.quick_replies.extend(book.feedback.chat["quick"])
    return [say(turn, "hint"), Move(kind="inform", text=hint(practice.scene, book))]


def _again(turn: Turn, practice: Practice, book: ManagerBook) -> list[Move]:
    """Back to before the line that is named, or the last one; what was said first is kept as a try of its own."""
    played = practice.scene
    theirs = asides.their_line(turn.text)
    if not played.lines and not theirs:
        turn.practice.append(practice)
        return [say(turn, "again_none"), *spoken_by(played.opening, played)]
    at = 1 if asides.wants_the_start(turn.text) else asides.named(turn.text, played)
    back = scene.rewind(played, at or len(played.lines))
    turn.practice.append(Practice(scenes=(*practice.scenes, back)[-TRIES:]))
    turn.quick_replies.extend(book.feedback.chat["quick"])
    if at is None and theirs:
        return [say(turn, "again"), *spoken_by((Said(text=f"{theirs[:1].upper()}{theirs[1:]}."),), back)]
    return [say(turn, "again"), *spoken_by(scene.last_said(back), back)]


def _turned(turn: Turn, practice: Practice, ears: Ears, by: int) -> list[Move]:
    """Harder or easier from the last line on, and more like the manager who is described."""
    book, played = turn.library.manager, practice.scene
    cast = scene.harder(played, by).casting
    cast = cast.model_copy(update={"persona": casting.persona(turn.text, book) or cast.persona})
    kind = "easier" if by < 0 else "hardest" if cast.difficulty is played.casting.difficulty else "harder"
    if played.ended or not played.lines:
        again = scene.start(book, cast)
    else:
        back = scene.rewind(played, len(played.lines)).model_copy(update={"casting": cast})
        again = scene.step(back, played.lines[-1].employee, book, ears)
    turn.practice.append(Practice(scenes=(*practice.scenes, again)[-TRIES:], on=not again.ended))
    turn.quick_replies.extend(book.feedback.chat["quick"])
    return [say(turn, kind), *spoken_by(scene.last_said(again), again)]


def _resume(turn: Turn, practice: Practice, book: ManagerBook) -> list[Move]:
    turn.practice.append(practice.model_copy(update={"on": not practice.scene.ended}))
    if practice.scene.ended:
        return _again(turn, practice, book)
    return [say(turn, "resume"), *spoken_by(scene.last_said(practice.scene), practice.scene)]


def _stop(turn: Turn, practice: Practice, book: ManagerBook) -> list[Move]:
    turn.practice.append(practice.model_copy(update={"on": False}))
    turn.quick_replies.extend(book.feedback.chat["quick_after"])
    if not practice.scene.lines:
        return [say(turn, "feedback_none")]
    return [say(turn, "stop"), *summed_up(turn, practice.scene), *compared(turn, practice.scenes[:-1], practice.scene)]


def _about_one(turn: Turn, text: str, ears: Ears) -> list[Move]:
    """Feedback on a line that was said outside a scene, with the manager who would answer it."""
    book = turn.library.manager
    cast = casting.described((turn.text, *reversed(turn.history[-4:])), book)
    played = scene.step(scene.start(book, cast), text, book, ears)
    turn.practice.append(Practice(scenes=(played,), on=not played.ended))
    turn.quick_replies.extend(book.feedback.chat["quick"])
    if asides.aside(turn.text) == "again":
        return _again(turn, turn.practice[-1], book)
    return [say(turn, "pause"), *feedback(turn, played.lines[-1], played)]
