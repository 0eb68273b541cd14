"""The questions for a meeting as HTML: the list at home, and the same list large for the meeting. Pure; everything is escaped."""

from collections.abc import Sequence
from datetime import date

from coach.checklist.words import short
from coach.schema.checklist import Checklist, Item, Origin, Question
from coach.schema.questions import MeetingQuestion
from coach.tools.question_list import source
from coach.tools.questions import FIRST
from coach.ui import meetings_words as words
from coach.ui.markup import escape
from coach.ui.plan_parts import do, field, lines, options, several, text_area

DOWNLOADS = (("docx", "Word"), ("pdf", "PDF"), ("md", "Text (Markdown)"))
Found = Sequence[MeetingQuestion]


def section(checklist: Checklist, found: Found, left: Found) -> str:
    """The person's list, and what else could be asked."""
    taken = checklist.questions
    rows = "".join(_row(one, source(one, found), number, len(taken)) for number, one in enumerate(taken, start=1))
    mine = f'<p class="small">{words.ORDER}</p><ol class="plain mine">{rows}</ol>' if taken else f"<p>{words.NONE_TAKEN}</p>"
    first = min(FIRST, len(left))
    take = do("meetings:take-first", words.TAKE_FIVE, "primary", key="take-first") if not taken and first == FIRST else ""
    room = do("room", words.ROOM, "primary", key="to-room") if taken else ""
    own = (
        f'<form class="line" data-do="meetings:own" data-key="form-own">{field("A question of your own", "text", key="own-text")}'
        '<button type="submit" class="small-button" data-key="own-go">Add</button></form>'
    )
    return (
        f'<section class="part"><h3 data-key="questions-head" tabindex="-1">{words.QUESTIONS}</h3>{mine}<div class="row">{take}{room}</div>{own}</section>'
        f"{_left(checklist, left, bool(taken))}{_away()}"
    )


def _row(one: Question, behind: MeetingQuestion | None, number: int, count: int) -> str:
    asked = '<span class="tag">Asked</span>' if one.ticked else ""
    answer = f'<p class="small answer">{lines(one.answer)}</p>' if one.answer.strip() else ""
    arrows = "".join(
        _arrow(one, way, label) for way, label, fits in (("up", "Move up", number > 1), ("down", "Move down", number < count)) if fits
    )
    out = do("meetings:leave-out", "Leave out", "quiet", short(one.text, 60), id=one.id, version=one.version, key=f"out-{one.id}")
    return (
        f'<li><span class="number">{number}</span><div class="said"><p class="question">{escape(one.text)} {asked}</p>{_why(one.why)}{answer}'
        f'<div class="row tools">{arrows}{_propose(behind, one.id)}{out}</div></div></li>'
    )


def _arrow(one: Question, way: str, label: str) -> str:
    return do("meetings:move", label, f"quiet arrow {way}", short(one.text, 60), id=one.id, way=way, key=f"move-{one.id}-{way}")


def _why(why: str) -> str:
    return f'<p class="small">{escape(why)}</p>' if why else ""


def _propose(behind: MeetingQuestion | None, id: str) -> str:
    if behind is None or not behind.wording:
        return ""
    return (
        f'<details class="more" data-key="propose-{id}"><summary data-key="sum-propose-{id}">What you could propose</summary>'
        f"<blockquote><p>{escape(behind.wording)}</p></blockquote></details>"
    )


def _left(checklist: Checklist, left: Found, some: bool) -> str:
    head = words.FROM_PLAN if checklist.plan else words.FROM_CHAT
    if not left:
        return f'<section class="part"><h3>{head}</h3><p class="small">{words.NOTHING_OPEN}</p></section>'
    rows = "".join(
        f'<li><div class="said"><p class="question">{escape(one.text)}</p>{_why(one.why)}</div>'
        f"{do('meetings:take', 'Take in', 'small-button', short(one.text, 60), text=one.text, key=f'take-{number}')}</li>"
        for number, one in enumerate(left)
    )
    every = do("meetings:take-all", f"{words.TAKE_ALL} {len(left)}", "small-button", key="take-all") if len(left) > 1 else ""
    return f'<section class="part"><h3>{head}</h3><ul class="plain open">{rows}</ul><div class="row">{every}</div></section>'


def _away() -> str:
    links = "".join(f'<a class="small-button" href="/meetings/export/questions-{form}" download>{label}</a>' for form, label in DOWNLOADS)
    return f'<section class="part away"><h3>Take it along</h3><div class="row">{do("print", "Print", "small-button", key="print")}{links}</div></section>'


def room(checklist: Checklist, found: Found, today: date) -> str:
    """One question below the other, to tick and to answer."""
    taken = checklist.questions
    done = sum(one.ticked for one in taken)
    count = f"{done} of {several(len(taken), 'question')} asked. " if taken else ""
    head = (
        f'<header class="room-head"><h2 data-key="room-head" tabindex="-1">{words.ROOM}</h2>{do("section", "Back to the list", "small-button", section="questions", key="from-room")}</header>'
        f'<p class="small">{count}{words.ROOM_HOW if taken else words.ROOM_EMPTY}</p>'
    )
    items = {item.id: item for item in checklist.items if item.origin is not Origin.DROPPED}
    cards = "".join(_card(one, source(one, found), items, today) for one in taken)
    over = do("meetings:finish", words.OVER, "primary", key="finish") if taken else ""
    return f'{head}<ol class="plain room">{cards}</ol><div class="row over">{over}</div>'


def _card(one: Question, behind: MeetingQuestion | None, items: dict[str, Item], today: date) -> str:
    ticked = " checked" if one.ticked else ""
    tick = (
        f'<label class="choice"><input type="checkbox"{ticked} data-tick="ask" data-flip="{one.id}" data-key="flip-{one.id}">'
        f'<span class="question">{escape(one.text)}</span></label>'
    )
    answer = (
        f'<form data-do="meetings:answer" data-id="{one.id}" data-version="{one.version}" data-save="{one.id}">'
        f'{text_area("Answer", "answer", one.answer, 3, key=f"answer-{one.id}")}<p class="small saved" data-slot="saved-{one.id}" role="status"></p></form>'
    )
    return f'<li class="card" data-key="card-{one.id}">{tick}{answer}<div class="folded">{_propose(behind, f"room-{one.id}")}{_use(one, items, today)}</div></li>'


def _use(one: Question, items: dict[str, Item], today: date) -> str:
    if not items:
        return ""
    item = items.get(one.item or "")
    now = ""
    if item and item.measure and (item.measure_source or "").startswith("meeting of"):
        now = f'<p class="small">{words.NOW_IN_PLAN}: {escape(item.measure)} ({escape(item.measure_source or "")}).</p>'
    met = field("Day of the meeting", "met_on", one.answered_on or today, "date", key=f"met-{one.id}")
    measure = (
        f'<form data-do="meetings:measure" data-id="{one.id}"{_seen(item, "measure")} data-key="form-measure-{one.id}">{_which(one, item, items, "measure")}'
        f'{text_area("Measured by", "measure", one.answer, 2, key=f"measure-{one.id}", follows=one.id)}{met}<button type="submit" class="small-button" data-key="go-measure-{one.id}">Use as its measure</button></form>'
    )
    by = field("By", "deadline", item.deadline if item else None, "date", key=f"deadline-{one.id}")
    dated = (
        f'<form class="{"line" if item else ""}" data-do="meetings:deadline" data-id="{one.id}"{_seen(item, "deadline")} data-key="form-deadline-{one.id}">'
        f'{_which(one, item, items, "deadline")}{by}<button type="submit" class="small-button" data-key="go-deadline-{one.id}">Use as its date</button></form>'
    )
    about = f'<p class="small">{escape(short(item.title, 90))}</p>' if item else ""
    return (
        f'{now}<details class="more" data-key="use-{one.id}"><summary data-key="sum-use-{one.id}">{words.INTO_PLAN}<span class="unseen"> {escape(short(one.text))}</span></summary>'
        f'<div class="use">{about}{measure}{dated}</div></details>'
    )


def _which(one: Question, item: Item | None, items: dict[str, Item], form: str) -> str:
    if item:
        return ""
    choices = [("", "Choose an item"), *((found.id, short(found.title)) for found in items.values())]
    return options("About", "item", choices, key=f"{form}-item-{one.id}")


def _seen(item: Item | None, name: str) -> str:
    if item is None:
        return ""
    value = getattr(item, name)
    return f' data-item="{item.id}" data-item-version="{item.version}" data-{name}="{lines("" if value is None else str(value))}"'
