"""What can be practised, and what was: choices, earlier attempts, how they went. Pure; everything is escaped."""

from collections.abc import Sequence

from coach.checklist.words import short
from coach.schema.checklist import Checklist, Done, Rehearsal
from coach.schema.enums import Difficulty, Persona, Scenario
from coach.schema.manager import ManagerBook
from coach.schema.practice import Phase, PracticeBook
from coach.ui import practice_words as words
from coach.ui.markup import escape
from coach.ui.plan_parts import do, long_day
from coach.ui.practice_keep import finished, phase

SURE = 11  # steps from 0 to 10


def page(checklist: Checklist, book: ManagerBook, texts: PracticeBook, last: Done | None) -> str:
    """The whole page where no scene is open."""
    undo = do("practice:undo", f"Undo: {short(last.line, 70)}", "quiet undo", id=last.id, key="practice-undo") if last else ""
    plan = texts.with_plan if checklist.plan else texts.without_plan
    return (
        f'<div class="plan-top"><header class="plan-head"><h2 data-key="practice-head" tabindex="-1">{words.HEAD}</h2>{undo}</header>'
        '<div class="slot" data-slot="fault" role="alert"></div><div class="slot" data-slot="said" role="status"></div></div>'
        f'<section class="part intro"><p>{escape(texts.intro)}</p><p class="small">{escape(plan)}</p></section>'
        f"{_waiting(checklist, book, texts)}{_choose(checklist, book, texts)}{_earlier(checklist, book, texts)}"
    )


def _waiting(checklist: Checklist, book: ManagerBook, texts: PracticeBook) -> str:
    """The scene that was put aside last."""
    one = next((one for one in reversed(checklist.rehearsals) if phase(one) is Phase.ASIDE), None)
    if one is None:
        return ""
    on = do("practice:go-on", words.BACK_IN, "primary", id=one.id, key="go-on")
    return f'<section class="part put-aside"><p>{escape(texts.words["waits"])} <strong>{escape(talk(one, book))}</strong>. {escape(person(one, book))}.</p>{on}</section>'


def _choose(checklist: Checklist, book: ManagerBook, texts: PracticeBook) -> str:
    last = checklist.rehearsals[-1] if checklist.rehearsals else None
    talk, person, hard = (last.scenario, last.persona, last.difficulty) if last else (Scenario.FIRST_MEETING, Persona.RUSHED, Difficulty.SUPPORTIVE)
    talks = "".join(_radio("scenario", one.value, book.scenarios[one].name, texts.scenarios[one], one == talk) for one in Scenario)
    people = "".join(_radio("persona", one.value, book.personas[one].name, texts.personas[one], one == person) for one in Persona)
    own = (
        f'{_radio("persona", "own", texts.words["own"], texts.words["own_how"], False)}'
        f'<label class="field own"><span class="unseen">{escape(texts.words["own"])}</span><input type="text" name="described" autocomplete="off" data-key="described"></label>'
    )
    levels = "".join(_radio("difficulty", one.value, book.difficulties[one].name, texts.difficulties[one], one == hard) for one in Difficulty)
    feedback = "".join(_radio("feedback", value, label, "", value == "each") for value, label in (("each", words.EACH), ("end", words.END)))
    return (
        '<form class="casting" data-do="practice:start" data-key="form-start">'
        f'{_group(words.TALK, talks)}{_group(words.PERSON, people + own)}{_group(words.LEVEL, levels)}'
        f'<div class="part last">{_set(words.FEEDBACK, feedback, "row")}{scale("before", words.BEFORE)}'
        f'<button type="submit" class="primary" data-key="begin">{words.BEGIN}</button></div></form>'
    )


def _group(label: str, inner: str) -> str:
    return f'<div class="part">{_set(label, inner)}</div>'


def _set(label: str, inner: str, look: str = "cards") -> str:
    return f'<fieldset><legend>{escape(label)}</legend><div class="{look}">{inner}</div></fieldset>'


def _radio(name: str, value: str, label: str, more: str, on: bool) -> str:
    checked = " checked" if on else ""
    below = f'<span class="small">{escape(more)}</span>' if more else ""
    return (
        f'<label class="choice"><input type="radio" name="{name}" value="{escape(value)}"{checked} data-key="{name}-{escape(value)}">'
        f'<span><span class="name">{escape(label[:1].upper() + label[1:])}</span>{below}</span></label>'
    )


def scale(name: str, label: str) -> str:
    """0 to 10, nothing chosen."""
    steps = "".join(f'<label class="step"><input type="radio" name="{name}" value="{n}" data-key="{name}-{n}"><span>{n}</span></label>' for n in range(SURE))
    return f'<fieldset class="scale"><legend>{escape(label)}</legend><div class="steps-row">{steps}</div><p class="small">{words.LEAST}, {words.MOST}.</p></fieldset>'


def _earlier(checklist: Checklist, book: ManagerBook, texts: PracticeBook) -> str:
    records = checklist.rehearsals
    if not records:
        return ""
    rows = "".join(_row(one, book) for one in reversed(records))
    return (
        f'<section class="part earlier"><h3>{words.EARLIER}</h3>{trends(finished(records), book)}<ul class="plain">{rows}</ul>'
        f'<p class="small">{escape(texts.words["score"])}</p></section>'
    )


def _row(one: Rehearsal, book: ManagerBook) -> str:
    now = phase(one)
    open_ = now in (Phase.PLAYING, Phase.ASIDE)
    score = f'<span class="score">{one.score}</span>' if now in (Phase.KEPT, Phase.DEBRIEF) else f'<span class="tag">{words.PHASES[now]}</span>'
    about = f"{talk(one, book)}, {long_day(one.at.astimezone())}"
    sure = f" How sure: {one.before} before, {one.after} after." if one.before is not None and one.after is not None else ""
    focus = f'<p class="small">{words.FOCUS}: {escape(one.focus)}</p>' if one.focus else ""
    on = do("practice:go-on", words.BACK_IN, "small-button", about, id=one.id, key=f"go-on-{one.id}") if open_ else ""
    look = "" if open_ else do("practice:open", "Look at it again", "small-button", about, id=one.id, key=f"open-{one.id}")
    again = do("practice:again", "Try again", "quiet", about, id=one.id, key=f"again-{one.id}") if now is Phase.KEPT else ""
    remove = do("practice:remove", "Remove", "quiet", about, id=one.id, version=one.version, key=f"remove-{one.id}")
    return (
        f'<li><div class="what"><p class="name">{escape(talk(one, book))}</p><p class="small">{escape(long_day(one.at.astimezone()))}. '
        f'{escape(person(one, book))}.{sure}</p>{focus}<div class="row tools">{on}{look}{again}{remove}</div></div>{score}</li>'
    )


def talk(one: Rehearsal, book: ManagerBook) -> str:
    """Which conversation it was."""
    name = book.scenarios[Scenario(one.scenario)].name if one.scenario in list(Scenario) else one.scenario
    return name[:1].upper() + name[1:]


def person(one: Rehearsal, book: ManagerBook) -> str:
    """Who was played, and how hard."""
    who = book.personas[Persona(one.persona)].name if one.persona in list(Persona) else one.persona
    level = book.difficulties[Difficulty(one.difficulty)].name if one.difficulty in list(Difficulty) else one.difficulty
    return f"{who[:1].upper()}{who[1:]}, {level}"


def trends(records: Sequence[Rehearsal], book: ManagerBook, only: str = "") -> str:
    """One plain line for each conversation that was practised at least twice."""
    talks = [name for name in dict.fromkeys(one.scenario for one in reversed(records)) if not only or name == only]
    return "".join(_trend([one for one in records if one.scenario == name], book) for name in talks)


def _trend(same: list[Rehearsal], book: ManagerBook) -> str:
    if len(same) < 2:
        return ""
    scores = " ".join(str(one.score) for one in same)
    shown = ", then ".join(str(one.score) for one in same[-8:])
    return (
        f'<div class="trend"><h4>{escape(talk(same[0], book))}</h4><div class="line" data-scores="{scores}"></div>'
        f'<p class="small">{words.TREND}: {shown}.</p></div>'
    )
