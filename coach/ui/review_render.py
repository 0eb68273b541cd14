"""The review of a plan as HTML: what was found beside its source. Pure; everything is escaped."""

from coach.checklist.words import short
from coach.schema.plan import Document, Extraction, Goal, Quote
from coach.schema.plan_diff import PlanDiff
from coach.ui import plan_words as words
from coach.ui.diff_render import difference
from coach.ui.markup import escape
from coach.ui.plan_cutting import breaks
from coach.ui.plan_parts import do, field, gaps, lines, long_day, quote, several, text_area
from coach.ui.plan_review import Draft, readings

ACCEPT = ".pdf,.docx,.txt,.md,.eml,.html,.htm,.png,.jpg,.jpeg"


def frames() -> dict[str, str]:
    """The parts that plan.js shows without asking."""
    return {"add": _add(), "veil": "<p>Drop your plan here</p>", "unreached": words.UNREACHED, "large": words.TOO_LARGE,
            "folder": words.FOLDER, "changed": words.CHANGED}  # fmt: skip


def sheet(draft: Draft, found: PlanDiff | None = None, *, back: bool = False, model: str = "") -> str:
    """The whole review. `model` is what plan_proposals says of the model's reading."""
    document = draft.extraction.document
    kind = words.KINDS[document.kind]
    pages = f", {several(document.pages, 'page')}" if document.pages > 1 else ""
    head = (
        f'<header class="sheet-head"><div><h2 data-key="review-head" tabindex="-1">What your plan says</h2>'
        f'<p class="small">{escape(document.name)} · {escape(kind)}{pages}</p></div><div class="tools">'
        f"{do('review:back', 'Take back', 'quiet', 'the last step') if back else ''}"
        f'<button type="button" class="icon close" data-do="ask-leave" data-key="leave"><span class="unseen">Close</span></button></div></header>'
    )
    body = _found(draft, found, model) if draft.known else _no_plan(draft, model)
    return (
        f'<section class="review" data-draft="{draft.id}" data-view="found">{head}<div class="slot" data-slot="fault" role="alert"></div>'
        f'<div class="sides">{do("side", "What I found", "chip", side="found")}{do("side", "The document", "chip", side="source")}</div>'
        f'<div class="columns"><div class="found" data-scroll="found">{body}</div>{_source(draft)}</div>{_foot(draft)}{_leave()}</section>'
    )


def _found(draft: Draft, found: PlanDiff | None, model: str) -> str:
    return "".join(
        (
            _warnings(draft.extraction),
            _questions(draft),
            difference(found, draft) if found else "",
            _facts(draft),
            _goals(draft),
            model,
            _by_hand(draft),
            _supports(draft),
            _rest(draft),
        )
    )


def _no_plan(draft: Draft, model: str) -> str:
    reason = draft.extraction.reason or "I could not find an improvement plan in this file."
    return (
        f'{_warnings(draft.extraction)}<section class="part"><h3>This does not look like a plan</h3><p>{escape(reason)}</p>'
        "<p>You can still go on with it: its words stay here, and you add the goals yourself.</p>"
        f'<div class="row">{do("review:anyway", "Use it anyway", "small-button")}{do("other-file", "Choose another file", "small-button")}</div></section>{model}'
    )


def _warnings(extraction: Extraction) -> str:
    document = extraction.document
    notes = [*document.warnings, *([extraction.reason] if extraction.is_plan and extraction.reason else [])]
    if not notes and not document.hidden:
        return ""
    hidden = "".join(f"<blockquote><p>{lines(text)}</p></blockquote>" for text in document.hidden)
    if hidden:
        hidden = f'<p>The hidden words are quoted here so that you know them. They change nothing.</p>{hidden}'
    return f'<section class="part note" role="note"><h3>About this file</h3>{"".join(f"<p>{escape(note)}</p>" for note in notes)}{hidden}</section>'


def _questions(draft: Draft) -> str:
    if draft.order:
        return ""
    return "".join(_question(text) for text in draft.extraction.questions)


def _question(text: str) -> str:
    names = {"day_first": "The day comes first", "month_first": "The month comes first"}
    choices = "".join(
        do("review:answer", f"{names[order]}{f': {long_day(found)}' if found else ''}", "small-button", text=order)
        for order, found in readings(text)
    )
    return f'<section class="part question"><h3>One question first</h3><p>{escape(text)}</p><div class="row">{choices}</div></section>'


def _facts(draft: Draft) -> str:
    plan = draft.plan
    rows = (
        ("You", "employee", plan.employee, "text"), ("Your manager", "manager", plan.manager, "text"),
        ("First day", "start_date", plan.start_date, "date"), ("Last day", "end_date", plan.end_date, "date"),
    )  # fmt: skip
    inputs = "".join(field(label, name, value, kind, edit="fact", key=f"fact-{name}") for label, name, value, kind in rows)
    length = f'<p class="small">{several(plan.duration_days, "day")} in all.</p>' if plan.duration_days else ""
    return f'<section class="part"><h3>Who and when</h3><div class="grid">{inputs}</div>{length}</section>'


def _goals(draft: Draft) -> str:
    count = len(draft.goals) + len([goal for goal in draft.own if goal.id not in draft.dropped])
    head = f"<h3>{several(count, 'goal') if count else 'No goals yet'}</h3>"
    cards, kept = [], 0
    for goal in (*draft.plan.goals, *draft.own):
        dropped = goal.id in draft.dropped
        kept += not dropped
        cards.append(_dropped(goal) if dropped else _goal(draft, goal, kept))
    return f'<section class="part goals">{head}{"".join(cards)}</section>'


def _dropped(goal: Goal) -> str:
    return (
        f'<article class="goal left-out" data-key="goal-{goal.id}"><p><span class="small">Left out:</span> {escape(goal.title)}</p>'
        f"{do('review:keep', 'Keep it after all', 'quiet', goal.title, goal=goal.id, key=f'keep-{goal.id}')}</article>"
    )


def _goal(draft: Draft, goal: Goal, number: int) -> str:
    own = not goal.quote
    document = draft.extraction.document
    said = '<p class="small">Added by you.</p>' if own else quote(goal.quote, goal.page, document.pages)
    show = "" if own else do("show", "Show in the document", "quiet", goal.title, goal=goal.id, key=f"show-{goal.id}")
    first = own or not draft.goals or draft.goals[0].id == goal.id
    merged = "" if first else do("review:merge", "Join with the one before", "quiet", goal.title, goal=goal.id)
    return (
        f'<article class="goal" data-goal="{goal.id}" data-key="goal-{goal.id}">'
        f"{field(f'Goal {number}', 'title', goal.title, edit='edit', goal=goal.id, key=f'title-{goal.id}')}{said}{_terms(draft, goal)}"
        f"{gaps(goal.missing)}"
        f'<div class="row tools">{_edit(goal)}{show}{"" if own else _split(goal)}{merged}{do("review:drop", "Leave out", "quiet", goal.title, goal=goal.id)}</div></article>'
    )


def _terms(draft: Draft, goal: Goal) -> str:
    end = draft.plan.end_date
    due = long_day(goal.deadline) if goal.deadline else (f"No date of its own. The plan ends on {long_day(end)}." if end else "")
    rows = (("Measured by", goal.measure), ("Target", goal.target), ("By", due), ("Judged from", goal.evidence_source))
    inner = "".join(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in rows if text)
    return f'<dl class="terms">{inner}</dl>' if inner else ""


def _edit(goal: Goal) -> str:
    rows = (
        ("Measured by", "measure", goal.measure, "text"), ("Target", "target", goal.target, "text"), ("By", "deadline", goal.deadline, "date"),
        ("Who or what judges it", "evidence_source", goal.evidence_source, "text"),
    )  # fmt: skip
    inputs = "".join(field(label, name, value, kind, edit="edit", goal=goal.id, key=f"{name}-{goal.id}") for label, name, value, kind in rows)
    return f'<details class="more" data-key="edit-{goal.id}"><summary data-key="sum-edit-{goal.id}">Edit<span class="unseen"> {escape(goal.title)}</span></summary><div class="grid">{inputs}</div></details>'


def _split(goal: Goal) -> str:
    places = breaks(goal)
    if not places:
        return ""
    choices = "".join(
        f'<label class="choice"><input type="radio" name="at" value="{at}" data-key="at-{goal.id}-{at}"><span>… {escape(short(goal.quote[at:], 90))}</span></label>'
        for at in places
    )
    return (
        f'<details class="more" data-key="split-{goal.id}"><summary data-key="sum-split-{goal.id}">Split<span class="unseen"> {escape(goal.title)}</span></summary>'
        f'<form data-do="review:split" data-goal="{goal.id}"><fieldset><legend>Where does the second goal begin?</legend>{choices}</fieldset>'
        f'<button type="submit" class="small-button">Split here</button></form></details>'
    )


def _by_hand(draft: Draft) -> str:
    return (
        '<section class="part"><details class="more" data-key="by-hand"><summary data-key="sum-by-hand">Add a goal that I missed</summary>'
        '<form data-do="review:add"><p class="small">Mark the words in the document and press “Use the marked words”, or type them. '
        "Words that stand in the document are linked to their place.</p>"
        f"{text_area('Its words', 'quote', key='add-quote')}"
        f'<div class="row">{do("marked", "Use the marked words", "small-button")}</div>{field("Short name", "title", key="add-title")}'
        '<input type="hidden" name="at" value="" data-key="add-at"><button type="submit" class="small-button">Add this goal</button></form></details></section>'
    )


def _supports(draft: Draft) -> str:
    if not draft.plan.supports:
        return '<section class="part"><h3>What they promise you</h3><p>I found no help or training promised in this plan.</p></section>'
    rows = "".join(_support(place, words_, place in draft.left_out) for place, words_ in enumerate(draft.plan.supports))
    return f'<section class="part"><h3>What they promise you</h3><ul class="plain">{rows}</ul></section>'


def _support(place: int, said: Quote, left: bool) -> str:
    step, label = ("take-support", "Keep it after all") if left else ("leave-support", "Leave out")
    tools = f"{_show(said)}{do(f'review:{step}', label, 'quiet', said.text[:60], at=place, key=f'support-{place}')}"
    return f'<li class="{"left-out" if left else "kept"}"><p>{escape(said.text)}</p><div class="row tools">{tools}</div></li>'


def _show(said: Quote) -> str:
    return do("show-place", "Show", "quiet", said.text[:60], start=said.span[0], end=said.span[1])


def _rest(draft: Draft) -> str:
    plan = draft.plan
    rows = [("Check-ins", plan.check_ins), ("If it is not met", plan.consequences), ("Time to respond", plan.response_window)]
    inner = "".join(f"<h4>{name}</h4><p>{escape(said.text)} {_show(said)}</p>" for name, said in rows if said)
    if not plan.check_ins and draft.extraction.is_plan:
        inner += "<h4>Check-ins</h4><p>The plan names no check-ins. Ask: “When do we talk about how it is going?”</p>"
    inner += f"<h4>What signing means</h4><p>{escape(words.SIGNATURE[plan.signature])}</p>" if draft.extraction.is_plan else ""
    if plan.conflicts:
        said = "".join(f"<li>{escape(found.text)} {_show(found)}</li>" for found in plan.conflicts)
        inner += f"<h4>These places do not agree with each other</h4><ul>{said}</ul>"
    if plan.reasons:
        said = "".join(f"<li>{escape(found.text)}</li>" for found in plan.reasons)
        inner += f'<details class="more" data-key="reasons"><summary data-key="sum-reasons">The reasons they give ({len(plan.reasons)})</summary><ul>{said}</ul></details>'
    return f'<section class="part rest"><h3>The rest of it</h3>{inner}</section>' if inner else ""


def _source(draft: Draft) -> str:
    return (
        '<div class="source" data-scroll="source"><h3>The document</h3>'
        f'<div class="source-text" data-key="source" tabindex="0" role="region" aria-label="The document">{source_text(draft)}</div></div>'
    )


def source_text(draft: Draft) -> str:
    """The text in pieces, each with its place; as many characters as the text has, so that places can be counted."""
    document = draft.extraction.document
    goals = [(goal.span, goal.id) for goal in draft.goals if goal.quote]
    measures = [(span, goal.id) for goal in draft.goals for span in goal.measure_spans]
    starts = _page_starts(document)
    cuts = {0, len(document.text), *starts, *(edge for span, _ in (*goals, *measures) for edge in span)}
    edges = sorted(edge for edge in cuts if 0 <= edge <= len(document.text))
    pieces = []
    for start, end in zip(edges, edges[1:], strict=False):
        own = " ".join(id for span, id in goals if span[0] <= start < span[1])
        by = " ".join(id for span, id in measures if span[0] <= start < span[1])
        tag = "mark" if own else "span"
        page = f' data-page="{starts[start]}"' if start in starts else ""
        marks = (f' data-goals="{own}"' if own else "") + (f' data-measures="{by}"' if by else "")
        pieces.append(f'<{tag} data-at="{start}"{page}{marks}>{lines(document.text[start:end])}</{tag}>')
    return "".join(pieces)


def _page_starts(document: Document) -> dict[int, int]:
    starts: dict[int, int] = {}
    page = 0
    for block in document.blocks if document.pages > 1 else ():
        if block.page != page:
            page = block.page
            starts[block.start] = page
    return starts


def _foot(draft: Draft) -> str:
    count = len(draft.goals) + len([goal for goal in draft.own if goal.id not in draft.dropped])
    label = f"{words.CONFIRM} {several(count, 'goal')}" if count else words.CONFIRM
    off = "" if count else " disabled"
    confirm = f'<button type="button" class="primary" data-do="review:confirm" data-key="confirm"{off}>{label}</button>'
    return f'<div class="sheet-foot"><p class="small">Nothing is on your checklist until you confirm.</p>{confirm if draft.known else ""}</div>'


def _leave() -> str:
    return (
        '<div class="ask-leave" role="alertdialog" aria-label="Leave the review" hidden><p>This review is not confirmed yet.</p><div class="row">'
        f"{do('go-on', 'Go on reviewing', 'small-button', key='go-on')}{do('later', 'Keep it for later', 'small-button')}{do('review:drop-all', 'Drop it', 'danger')}"
        '</div><p class="small">Kept for later means: until the coach is closed.</p></div>'
    )


def _add() -> str:
    return (
        '<section class="add"><header class="sheet-head"><h2 data-key="add-head" tabindex="-1">Add your plan</h2>'
        '<button type="button" class="icon close" data-do="close"><span class="unseen">Close</span></button></header>'
        '<div class="slot" data-slot="fault" role="alert"></div><div class="body">'
        "<p>I read it and show you what it asks, by when, and how it is judged, beside its own words. You decide what goes on your checklist.</p>"
        f'<label class="choose"><span>Choose a file</span><input type="file" accept="{ACCEPT}" data-file="plan"></label>'
        '<p class="small">PDF, Word, text, e-mail, web page or picture, up to 10 MB. You can also drop it anywhere on this page. '
        "The file is read here and is not kept; its text is kept once you confirm.</p>"
        '<form data-do="paste"><label class="field"><span>Paste the plan\'s text</span><textarea name="text" rows="7" data-key="paste"></textarea></label>'
        '<button type="submit" class="small-button">Read this text</button></form></div>'
        '<div class="reading" role="status" hidden><p class="breathing">Reading your plan</p><button type="button" class="small-button" data-do="cancel-read" data-key="cancel-read">Cancel</button></div></section>'
    )

