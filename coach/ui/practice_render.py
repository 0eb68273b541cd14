"""A scene as HTML: who sits there, what was said and what it did, the box for the next line. Pure; everything is escaped."""

from collections.abc import Iterable

from coach.rehearsal import casting
from coach.rehearsal.debrief import agreed_words
from coach.rehearsal.feedback import hint, quoting, shorten, stronger
from coach.rehearsal.scene import rewind
from coach.schema.checklist import Checklist, Rehearsal
from coach.schema.enums import Scenario
from coach.schema.manager import ManagerBook
from coach.schema.practice import Attempt, PracticeBook
from coach.schema.rehearsal import Ended, Line, Said, Scene, Voice
from coach.ui import practice_words as words
from coach.ui.markup import escape, prose
from coach.ui.markup import words as own_words
from coach.ui.plan_parts import do, lines
from coach.ui.practice_keep import level


def head(record: Rehearsal, attempt: Attempt, book: ManagerBook, texts: PracticeBook) -> str:
    """Who sits there, what it is about, their trust, and the way out."""
    played, at = attempt.scene, {"id": record.id, "version": record.version}
    trust = _trust(played, texts) if attempt.each and played.ended is not Ended.DANGER else ""
    stop = "" if played.ended else do("practice:stop", words.STOP, "small-button", **at, key="stop")
    away = "" if played.ended is Ended.DANGER else do("practice:aside", words.ASIDE, "quiet", **at, key="aside-go")
    return (
        f'<header class="scene-head"><h2 data-key="practice-head" tabindex="-1">{title(played.casting.scenario, book)}</h2>'
        f'<p class="small">{sits(attempt, book, texts)}</p><div class="row">{stop}{away}</div>{trust}</header>'
        '<div class="slot" data-slot="fault" role="alert"></div><div class="slot" data-slot="said" role="status"></div>'
        '<p class="unseen" data-slot="answer" role="status"></p>'
    )


def title(scenario: Scenario, book: ManagerBook) -> str:
    """The talk as a heading."""
    name = book.scenarios[scenario].name
    return escape(name[:1].upper() + name[1:])


def sits(attempt: Attempt, book: ManagerBook, texts: PracticeBook) -> str:
    """Who sits across, as chosen, or as understood from the person's own words."""
    cast = attempt.scene.casting
    persona, difficulty = book.personas[cast.persona].name, book.difficulties[cast.difficulty].name
    shown = texts.words["sits_hr" if cast.scenario is Scenario.HR else "sits"]
    said = escape(shown).replace("{who}", escape(name(Voice.MANAGER, attempt.scene))).replace("{persona}", escape(persona)).replace("{difficulty}", escape(difficulty))
    if attempt.described:
        from_own = "own_read" if casting.persona(attempt.described, book) else "own_unread"
        said += " " + escape(texts.words[from_own]).replace("{described}", escape(attempt.described)).replace("{persona}", escape(persona))
    return said


def name(voice: Voice, scene: Scene) -> str:
    """What the other side is called: by the plan where it names them."""
    return dict(scene.casting.slots).get("manager") or words.NAMES[voice] if voice is Voice.MANAGER else words.NAMES[voice]


def _trust(scene: Scene, texts: PracticeBook) -> str:
    now = round(scene.state.trust)
    return (
        f'<div class="trust"><progress max="100" value="{now}" aria-label="{words.TRUST}"></progress>'
        f'<p class="small">{words.TRUST}: {now} of 100. {escape(level(scene, texts.trust))}.</p></div>'
    )


def log(attempt: Attempt, checklist: Checklist, book: ManagerBook, texts: PracticeBook) -> str:
    """Everything that was said, with what each line did, and the other version beside it."""
    scene = attempt.scene
    return f'{spoken(scene.opening, scene)}{_exchanges(attempt, checklist, book, texts)}{sides(attempt, book, texts)}'


def _exchanges(attempt: Attempt, checklist: Checklist, book: ManagerBook, texts: PracticeBook) -> str:
    scene, out = attempt.scene, []
    for number, line in enumerate(scene.lines, start=1):
        stopped = any(one.voice is Voice.COACH for one in line.said)
        last = number == len(scene.lines)
        done = f'<div class="did{" last" if last else ""}">{notes(scene, number, book, texts) if attempt.each else ""}{_tools(attempt, number, checklist, book)}</div>'
        out.append(f"{_mine(line)}{'' if stopped else done}{_stopped(line, texts) if stopped else spoken(line.said, scene)}")
    return "".join(out)


def _mine(line: Line) -> str:
    return f'<div class="mine"><p class="unseen">{words.YOU}</p>{own_words(line.employee)}</div>'


def spoken(said: Iterable[Said], scene: Scene) -> str:
    """Lines of the other side, those of one voice together."""
    joined: list[tuple[Voice, list[str]]] = []
    for one in said:
        if joined and joined[-1][0] is one.voice:
            joined[-1][1].append(one.text)
        else:
            joined.append((one.voice, [one.text]))
    return "".join(
        f'<div class="theirs {voice.value}"><p class="who">{escape(name(voice, scene))}</p><p>{escape(" ".join(parts))}</p></div>' for voice, parts in joined
    )


def _stopped(line: Line, texts: PracticeBook) -> str:
    text = "\n\n".join(one.text for one in line.said)
    return (
        f'<section class="stopped"><h3 data-key="stopped" tabindex="-1">{escape(texts.words["danger_head"])}</h3>{prose(text)}'
        f'<p class="small">{escape(texts.words["danger_after"])}</p></section>'
    )


def notes(scene: Scene, number: int, book: ManagerBook, texts: PracticeBook) -> str:
    """What line number `number` did, in plain words with the person's own, and where the trust went."""
    line, before, after = scene.lines[number - 1], scene.states[number - 1].trust, scene.states[number].trust
    rows = "".join(f'<li><span class="tag">{escape(texts.labels[one.label])}</span> {escape(one.text)}</li>' for one in line.reasons)
    if not rows:
        plain, first = book.feedback.chat["feedback_plain"][0], line.employee.strip().split("\n")[0]
        rows = f"<li>{escape(quoting(plain, shorten(first)) if any(sign.isalnum() for sign in first) else texts.words['unheard'])}</li>"
    change = words.CHANGE[0 if after - before >= 1 else 1 if after - before <= -1 else 2]
    return f'<ul class="plain notes">{rows}<li class="small">{words.TRUST}: {round(after)}, {change}.</li></ul>'


def _tools(attempt: Attempt, number: int, checklist: Checklist, book: ManagerBook) -> str:
    line, key = attempt.scene.lines[number - 1], f"{len(attempt.scenes)}-{number}"
    better = stronger(line, attempt.scene, book)
    again = f'<button type="button" class="quiet" data-do="practice-back" data-line="{number}" data-key="back-{key}">{words.AGAIN_LINE}</button>'
    return (
        f'<div class="row tools">{again}'
        f'<details class="more" data-key="stronger-{key}"><summary data-key="sum-stronger-{key}">{words.STRONGER}</summary><blockquote><p>{escape(better)}</p></blockquote>{saves(better, checklist, key=f"better-{key}")}</details>'
        f'<details class="more" data-key="keep-{key}"><summary data-key="sum-keep-{key}">{words.KEEP_LINE}</summary>{saves(line.employee, checklist, key=f"own-{key}")}</details></div>'
    )


def saves(text: str, checklist: Checklist, *, key: str, **more: str) -> str:
    """Where a line can be kept; what is kept already says so."""
    asked = any(one.text == " ".join(text.split()) for one in checklist.questions)
    kept = any(one.text == text.strip() for one in checklist.drafts)
    extra = "".join(f' data-{name}="{escape(value)}"' for name, value in more.items())
    ask = '<span class="tag">On your questions</span>' if asked else _save("ask", words.TO_QUESTIONS, text, f"ask-{key}", extra)
    draft = '<span class="tag">Kept as a draft</span>' if kept else _save("draft", words.TO_DRAFTS, text, f"draft-{key}", extra)
    return f'<div class="row">{ask}{draft}</div>'


def _save(action: str, label: str, text: str, key: str, extra: str) -> str:
    return f'<button type="button" class="small-button" data-do="practice-save" data-as="{action}" data-text="{lines(text)}" data-key="{key}"{extra}>{label}</button>'


def sides(attempt: Attempt, book: ManagerBook, texts: PracticeBook, *, go_on: bool = True) -> str:
    """The version that was put aside beside this one, both as far as the shorter goes after they part."""
    here, there = attempt.scene, attempt.other
    if there is None:
        return ""
    shared = next((n for n, (one, other) in enumerate(zip(here.lines, there.lines, strict=False)) if one.employee != other.employee), None)
    if shared is None:
        put = there.lines[len(here.lines)].employee if len(there.lines) > len(here.lines) else ""
        if not put or not go_on:
            return ""
        return f'<section class="sides"><p class="small">{escape(texts.words["put_aside"])}</p><blockquote>{own_words(put)}</blockquote></section>'
    end = min(len(here.lines), len(there.lines)) + 1
    pair = (rewind(there, end), rewind(here, end))
    columns = "".join(
        _side(label, scene, other, shared, book, texts, each=attempt.each)
        for label, scene, other in ((words.THERE, pair[0], pair[1]), (words.HERE, pair[1], pair[0]))
    )
    new = len(here.lines) == shared + 1 or not go_on  # later it only takes room
    swap = f'<div class="row"><button type="button" class="quiet" data-do="practice-swap" data-key="swap">{words.SWAP}</button></div>'
    key = f"sides-{len(attempt.scenes)}-{int(new)}"
    return (
        f'<details class="sides" data-key="{key}"{" open" if new else ""}><summary data-key="sum-{key}">{escape(texts.words["sides"])}</summary>'
        f'<div class="two">{columns}</div>{swap if go_on else ""}</details>'
    )


def _side(label: str, scene: Scene, other: Scene, shared: int, book: ManagerBook, texts: PracticeBook, *, each: bool) -> str:
    told = [book.feedback.topics[topic] for topic in scene.state.told if topic not in other.state.told]
    kinds = {one.kind for one in other.state.agreed}
    got = [texts.words["told"].replace("{topic}", topic) for topic in told] + [agreed_words(one, book) for one in scene.state.agreed if one.kind not in kinds]
    rows = "".join(f"<li>{escape(one)}</li>" for one in got) or f"<li>{escape(texts.words['same_so_far'])}</li>"
    trust = f'<p class="small">{words.TRUST}: {round(scene.state.trust)}</p>' if each else ""
    return (
        f'<article class="side"><h4>{label}</h4><blockquote>{own_words(scene.lines[shared].employee)}</blockquote>'
        f'<p class="small">{escape(" ".join(one.text for one in scene.lines[shared].said))}</p>{trust}<ul class="small">{rows}</ul></article>'
    )


def box(record: Rehearsal, attempt: Attempt, book: ManagerBook, texts: PracticeBook) -> str:
    """Where the next line is written; at the end, the way on."""
    ended, at = attempt.scene.ended, {"id": record.id, "version": record.version}
    if ended is Ended.DANGER:
        return (
            f'<div class="row over"><button type="button" class="primary" data-do="practice-chat" data-key="to-chat">{words.CHAT}</button>'
            '<button type="button" class="small-button" name="panel" value="help-panel">Help now</button>'
            f"{do('practice:aside', words.CLOSE, 'small-button', **at, key='close')}</div>"
        )
    data = f'data-id="{record.id}" data-version="{record.version}"'
    if ended:
        return (
            f'<div class="over" {data} data-scene="{record.id}"><p data-key="over" tabindex="-1">{escape(texts.ended[ended])}</p>'
            f"<div class=\"row\">{do('practice:stop', words.LOOK_BACK, 'primary', **at, key='look-back')}</div></div>"
        )
    tip = lines(hint(attempt.scene, book))
    quiet = "" if attempt.each else f'<p class="small">{escape(texts.words["silent"])}</p>'
    return (
        f'<p class="hint" data-slot="hint" role="status"></p><p class="small waiting" data-slot="waiting" role="status"></p>'
        f'<form class="say" data-do="practice-say" {data} data-scene="{record.id}" data-thinking="{escape(texts.words["thinking"])}" data-key="form-say"><label class="field"><span class="unseen">{words.SAY}</span>'
        f'<textarea name="text" rows="2" data-say="1" data-key="say">\n{lines(attempt.typed)}</textarea></label>'
        f'<div class="row"><button type="button" class="small-button" data-do="practice-hint" data-text="{tip}" data-key="hint">{words.HINT}</button>'
        f'<button type="submit" class="primary" data-key="send">{words.SEND}</button></div></form>{quiet}'
    )


def aside(question: str, texts: PracticeBook) -> str:
    """The coach asks before a line that may be more than a line is said."""
    return (
        f'<section class="gentle"><p data-key="aside" tabindex="-1">{escape(question)}</p><p class="small">{escape(texts.words["soft"])}</p>'
        f'<div class="row"><button type="button" class="primary" data-do="practice-chat" data-key="aside-chat">{words.CHAT}</button>'
        f'<button type="button" class="small-button" data-do="practice-anyway" data-key="anyway">{words.ANYWAY}</button></div></section>'
    )
