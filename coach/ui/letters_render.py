"""Words to send as HTML: a draft with its blanks asked for, a text that was looked over, what was kept. Pure; everything is escaped."""

from collections.abc import Sequence

from coach.schema.checklist import Draft
from coach.schema.drafts import DraftKind, Letter, Mark
from coach.ui import meetings_words as words
from coach.ui.markup import escape
from coach.ui.plan_parts import do, field, hidden, lines, long_day, pressed, text_area
from coach.ui.sheet_render import blanks, letter, marked

FILL = "fill-"  # begins the name under which what is typed for a message is held
Open = Sequence[tuple[str, str, str, bool]]


def section(
    kind: DraftKind | None, made: Letter | None, open_: Open, own: str, found: Sequence[Mark], *, looked: bool, aside: bool, kept: Sequence[Draft]
) -> str:
    """The whole section."""
    choices = "".join(pressed("meetings:letter", label, one is kind, kind=one.value, key=f"letter-{one.value}") for one, label in words.LETTERS.items())
    shown = _draft(kind, made, open_) if kind and made else f'<p class="small">{words.CHOOSE}</p>'
    return (
        f'<section class="part"><h3>{words.DRAFT}</h3><div class="row" role="group" aria-label="{words.DRAFT}">{choices}</div>{shown}</section>'
        f"{_own(own, found, looked, aside)}{_kept(kept)}"
    )


def _draft(kind: DraftKind, made: Letter, open_: Open) -> str:
    asks = "".join(
        text_area(question, name, typed, 3, key=f"fact-{name}") if several else field(question, name, typed, key=f"fact-{name}")
        for name, question, typed, several in open_
    )
    held = f"{FILL}{kind.value}"
    form = (
        f'<form class="missing" data-do="meetings:fill" data-save="{held}" data-verb="facts" data-version="0" data-key="form-{held}"><h4>{words.MISSING}</h4><div class="grid">{asks}</div>'
        f'<button type="submit" class="small-button" data-key="fill">Fill in</button><p class="small saved" data-slot="saved-{held}" role="status"></p></form>'
        if asks
        else ""
    )
    asked = {question for _, question, _, _ in open_}
    notes = "".join(f"<li>{escape(note)}</li>" for note in made.notes if note not in asked)
    beside = f'<ul class="small notes">{notes}</ul>' if notes else ""
    on = (
        f'<form data-do="meetings:work-on" data-key="form-work-on"><textarea name="text" hidden>\n{lines(made.text)}</textarea>'
        f'<button type="submit" class="small-button" data-key="work-on">{words.WORK_ON}</button></form>'
    )
    title = f'<h4 class="unseen" data-key="letter-text" tabindex="-1">{words.LETTERS[kind]}</h4>'
    return f'{title}<div class="ready">{letter("draft", made.text, kind.value, more=on)}</div>{form}{beside}'


def _own(own: str, found: Sequence[Mark], looked: bool, aside: bool) -> str:
    back = do("meetings:put-back", words.PUT_BACK, "quiet", key="put-back") if aside else ""
    box = (
        f'<form data-do="meetings:look-over" data-save="own" data-verb="own-text" data-version="0" data-key="form-own-letter">'
        f"{text_area(words.OWN_TEXT, 'text', own, 7, key='own-letter')}<p class=\"small saved\" data-slot=\"saved-own\" role=\"status\"></p>"
        f'<div class="row"><button type="submit" class="primary" data-key="look-over">{words.LOOK_OVER}</button>'
        f'<button type="submit" class="small-button" data-as="keep-own" data-key="keep-own">Keep it</button>'
        f"{do('copy', 'Copy', 'small-button', at='own', key='copy-own')}{back}</div></form>"
    )
    return f'<section class="part own-part"><h3>{words.OWN_HEAD}</h3><p class="small">{words.OWN_HOW}</p>{box}{_marks(own, found) if looked else ""}</section>'


def _marks(own: str, found: Sequence[Mark]) -> str:
    head = f'<h4 data-key="looked-head" tabindex="-1">{words.LOOKED if found else words.LOOKED_CLEAR}</h4>'
    head += _still_open(own)
    if not found:
        return head
    spans = list(dict.fromkeys(mark.span for mark in found))
    rows = "".join(_mark([mark for mark in found if mark.span == span], next(n for n, mark in enumerate(found) if mark.span == span)) for span in spans)
    return f'{head}<div class="letter looked">{_shown(own, found)}</div><ol class="plain marks">{rows}</ol><p class="small">{words.YOURS}</p>'


def _still_open(own: str) -> str:
    left = ", ".join(marked(blank) for blank in blanks(own))
    return f'<p class="small">{words.STILL_OPEN} {left}</p>' if left else ""


def _mark(same: Sequence[Mark], number: int) -> str:
    """One place in the text with all that was marked there; the first kind has the wording."""
    mark = same[0]
    tags = "".join(f'<span class="tag">{words.MARKS[one.kind]}</span>' for one in same)
    whys = "".join(f'<p class="small">{escape(one.why)}</p>' for one in same)
    put = (
        f'<p><span class="small">{words.CALMER}</span><br>{marked(mark.calmer)}</p>'
        f'<div class="row tools">{do("meetings:calmer", words.PUT, "quiet", mark.quote[:60], number=number, quote=mark.quote, key=f"calmer-{number}")}</div>'
        if mark.calmer
        else f'<p class="small">{words.LEAVE_AWAY}</p>'
    )
    return f'<li><div>{tags}</div><blockquote><p>{lines(mark.quote)}</p></blockquote>{whys}{put}</li>'


def _shown(own: str, found: Sequence[Mark]) -> str:
    """The text with what was marked lit up; where marks overlap, the first counts."""
    out, at = [], 0
    for start, end in sorted({mark.span for mark in found}):
        if start < at:
            continue
        out += [lines(own[at:start]), f"<mark>{lines(own[start:end])}</mark>"]
        at = end
    return "".join([*out, lines(own[at:])])


def _kept(kept: Sequence[Draft]) -> str:
    if not kept:
        return ""
    rows = "".join(_one(found) for found in reversed(kept))
    return f'<section class="part items"><h3>{words.KEPT_HEAD}</h3>{rows}</section>'


def _one(found: Draft) -> str:
    ticked = " checked" if found.sent else ""
    label = {kind.value: text for kind, text in words.LETTERS.items()}.get(found.kind, words.OWN_KIND)
    status = '<span class="status held">Sent</span>' if found.sent else ""
    tick = (
        f'<label class="choice"><input type="checkbox"{ticked} data-tick="sent" data-sent="{found.id}" data-key="sent-{found.id}"><span>{words.SENT}</span></label>'
    )
    on = f'<form data-do="meetings:work-on" data-key="again-{found.id}">{hidden("kind", found.kind)}<textarea name="text" hidden>\n{lines(found.text)}</textarea><button type="submit" class="small-button" data-key="again-go-{found.id}">{words.WORK_ON}</button></form>'
    remove = do("meetings:remove-letter", "Remove", "quiet", found.title, id=found.id, version=found.version, key=f"remove-{found.id}")
    return (
        f'<details class="item" data-key="kept-{found.id}"><summary data-key="sum-{found.id}"><span class="what"><span class="title">{escape(found.title or label)}</span>'
        f'<span class="small">{escape(label)} · {long_day(found.on)}</span></span>{status}</summary>'
        f'<div class="inside">{letter(f"kept-{found.id}", found.text, more=on + remove)}{tick}</div></details>'
    )
