"""Looking back on an attempt: what was got, what worked, what cost, one thing for next time. Pure; everything is escaped."""

from coach.rehearsal.debrief import debrief
from coach.schema.checklist import Checklist, Rehearsal
from coach.schema.manager import ManagerBook
from coach.schema.practice import Attempt, PracticeBook
from coach.schema.rehearsal import FIVE_THINGS, Debrief, Ended, Scene
from coach.ui import practice_words as words
from coach.ui.markup import escape
from coach.ui.markup import words as own_words
from coach.ui.plan_parts import do, long_day
from coach.ui.practice_keep import finished
from coach.ui.practice_render import notes, saves, sides, sits, spoken, title
from coach.ui.practice_start_render import person, scale, talk, trends


def page(record: Rehearsal, attempt: Attempt, checklist: Checklist, book: ManagerBook, texts: PracticeBook) -> str:
    """Right after a scene."""
    at = {"id": record.id}
    back = "" if attempt.scene.ended else do("practice:go-on", words.BACK_IN, "quiet", **at, key="back-in")
    keep = (
        f'<form class="part last" data-do="practice:keep" data-id="{record.id}" data-key="form-keep">{scale("after", words.AFTER)}'
        f'<div class="row"><button type="submit" class="primary" data-as="keep" data-key="keep">{words.KEEP}</button>'
        f'<button type="submit" class="small-button" data-as="again" data-key="keep-again">{words.TRY_AGAIN}</button>'
        f'<button type="submit" class="small-button" data-as="harder" data-key="keep-harder">{words.HARDER}</button>{back}</div></form>'
    )
    below = f'<p class="small">{sits(attempt, book, texts)}</p>'
    return f"{_head(words.LOOKING, title(attempt.scene.casting.scenario, book), below, '')}{_found(record, attempt, checklist, book, texts)}{keep}{_scene(attempt, book, texts)}"


def look(record: Rehearsal, attempt: Attempt | None, checklist: Checklist, book: ManagerBook, texts: PracticeBook) -> str:
    """One that was kept, looked at again."""
    home = do("practice:home", words.ALL, "small-button", key="home")
    sure = f" {record.before} before, {record.after} after." if record.before is not None and record.after is not None else ""
    below = f'<p class="small">{escape(long_day(record.at.astimezone()))}. {escape(person(record, book))}.{sure}</p>'
    top = _head(words.LOOKING, escape(talk(record, book)), below, home)
    if attempt is None:
        return f'{top}<section class="part"><p>{escape(texts.words["unreadable"])}</p></section>'
    if attempt.scene.ended is Ended.DANGER:
        return f"{top}{_scene(attempt, book, texts)}"
    return f"{top}{_found(record, attempt, checklist, book, texts, look=record.id)}{_scene(attempt, book, texts)}"


def _head(name: str, about: str, below: str, more: str) -> str:
    return (
        f'<div class="plan-top"><header class="plan-head"><h2 data-key="back-head" tabindex="-1">{name}</h2>{more}</header>'
        '<div class="slot" data-slot="fault" role="alert"></div><div class="slot" data-slot="said" role="status"></div></div>'
        f'<section class="part about"><p class="name">{about}</p>{below}</section>'
    )


def _found(record: Rehearsal, attempt: Attempt, checklist: Checklist, book: ManagerBook, texts: PracticeBook, **more: str) -> str:
    found = debrief(attempt.scene, book)
    card = book.scenarios[attempt.scene.casting.scenario]
    behind = (
        f'<details class="more" data-key="behind"><summary data-key="sum-behind">{words.BEHIND}</summary><dl class="terms"><div><dt>{escape(texts.words["cannot"])}</dt>'
        f'<dd>{escape(card.constraint)}</dd></div><div><dt>{escape(texts.words["wanted"])}</dt><dd>{escape(card.interest)}</dd></div></dl></details>'
    )
    trend = trends([one for one in finished(checklist.rehearsals) if one.at <= record.at], book, record.scenario)
    return (
        f'<section class="part focus"><h3>{words.FOCUS}</h3><p>{escape(found.focus)}</p></section>'
        f'<section class="part got"><div><h3>{words.FIVE}</h3>{_five(found, book)}</div><div><h3>{words.AGREED}</h3>{_agreed(found, texts)}</div></section>'
        f'<section class="part"><h3>{words.WORKED}</h3>{_worked(found, checklist, texts, id=record.id, **more)}</section>'
        f'<section class="part"><h3>{words.COST}</h3>{_cost(found, checklist, texts, id=record.id, **more)}{behind}</section>'
        f'<section class="part score-part"><p><span class="score">{found.score}</span> of 100</p>{trend}<p class="small">{escape(texts.words["score"])}</p></section>'
        f"{sides(attempt, book, texts, go_on=False)}"
    )


def _five(found: Debrief, book: ManagerBook) -> str:
    rows = ""
    for topic in FIVE_THINGS:
        known = topic.value in found.known
        state = words.GOT if known else words.OPEN
        name = book.feedback.topics[topic]
        rows += f'<li class="{"known" if known else "open"}"><span>{escape(name[:1].upper() + name[1:])}</span> <span class="small">{state}</span></li>'
    return f'<ul class="plain five">{rows}</ul>'


def _agreed(found: Debrief, texts: PracticeBook) -> str:
    if not found.agreed:
        return f"<p>{escape(texts.words['none_agreed'])}</p>"
    return "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in found.agreed) + "</ul>"


def _worked(found: Debrief, checklist: Checklist, texts: PracticeBook, **more: str) -> str:
    if not found.worked:
        return f"<p>{escape(texts.words['none_worked'])}</p>"
    return "".join(
        f'<div class="quote"><blockquote><p>{escape(one.quote)}</p></blockquote><p>{escape(one.why)}</p>{saves(one.quote, checklist, key=f"worked-{number}", **more)}</div>'
        for number, one in enumerate(found.worked)
    )


def _cost(found: Debrief, checklist: Checklist, texts: PracticeBook, **more: str) -> str:
    if found.cost is None:
        return f"<p>{escape(texts.words['none_cost'])}</p>"
    return (
        f'<div class="quote"><blockquote><p>{escape(found.cost.quote)}</p></blockquote><p>{escape(found.cost.why)}</p>'
        f'<p class="better"><span class="small">{words.BETTER}</span><br>{escape(found.cost.better)}</p>{saves(found.cost.better, checklist, key="cost", **more)}</div>'
    )


def _scene(attempt: Attempt, book: ManagerBook, texts: PracticeBook) -> str:
    others = "".join(
        f'<details class="more" data-key="version-{number}"><summary data-key="sum-version-{number}">Version {number}</summary><div class="script">{_script(scene, book, texts)}</div></details>'
        for number, scene in enumerate(attempt.scenes[:-1], start=1)
    )
    aside = f"<h4>{words.OTHERS}</h4>{others}" if others else ""
    return (
        f'<section class="part"><details class="more first" data-key="lines"><summary data-key="sum-lines">{words.LINES}</summary>'
        f'<div class="script">{_script(attempt.scene, book, texts)}</div></details>{aside}</section>'
    )


def _script(scene: Scene, book: ManagerBook, texts: PracticeBook) -> str:
    out = [spoken(scene.opening, scene)]
    for number, line in enumerate(scene.lines, start=1):
        stopped = scene.ended is Ended.DANGER and number == len(scene.lines)
        did = "" if stopped else f'<div class="did">{notes(scene, number, book, texts)}</div>'
        out.append(f'<div class="mine"><p class="unseen">{words.YOU}</p>{own_words(line.employee)}</div>{did}{spoken(line.said, scene)}')
    return "".join(out)
