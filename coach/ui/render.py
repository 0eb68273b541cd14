"""The chat as HTML: pure functions from lines to text, all of it escaped by markup.py.

The browser's sanitiser keeps id, class, name, value, title and role, and drops data- and aria- attributes: so
names for screen readers are words in the page (class "unseen"), and page.js reads what a button does from its
name and value.
"""

from collections.abc import Callable, Sequence

from coach.schema.conversation import Session
from coach.schema.enums import Stage
from coach.schema.knowledge import Card, Citation
from coach.ui.markup import escape, prose, words
from coach.ui.translate import Line

CardLookup = Callable[[str], Card | None]

STAGES = {
    Stage.FIRST_DAYS: "First days",
    Stage.UNDERSTAND: "Understanding the plan",
    Stage.STAY_OR_GO: "Stay or go",
    Stage.RESPOND: "Responding",
    Stage.FIRST_MEETING: "First meeting",
    Stage.WORK: "Working the plan",
    Stage.CHECK_INS: "Check-ins",
    Stage.END: "The end of the plan",
}
STARTERS = (
    "I was just told I am on a PIP",
    "I have a meeting soon",
    "They want me to sign",
    "I only want to vent",
)
WELCOME = (
    "<h2>This is hard, and you do not have to solve it tonight.</h2>"
    "<p>Tell me what happened, in your own words. We will find the one next thing to do.</p>"
)


def button(name: str, value: str, label: str, kind: str = "quiet", about: str = "") -> str:
    """A button that page.js turns into an action. `about` is added for screen readers."""
    hidden = f'<span class="unseen"> {escape(about)}</span>' if about else ""
    start = f'<button type="button" class="{kind}" name="{name}" value="{escape(value)}">'
    return f"{start}{escape(label)}{hidden}</button>"


def log(conversation: str, lines: Sequence[Line], card: CardLookup, *, working: bool = False) -> str:
    """The whole chat. Ids stay the same between renderings: the page only changes what changed."""
    head = f'<div id="conversation-{escape(conversation or "new")}" class="chat">'
    if not lines:
        starters = "".join(button("say", text, text, "reply") for text in STARTERS)
        welcome = (
            f'<article id="welcome" class="welcome">{WELCOME}<div class="replies">{starters}</div></article>'
        )
        return f"{head}{welcome}</div>"
    last_own = max((line.n for line in lines if line.author == "person"), default=-1)
    last = lines[-1]
    parts = []
    for line in lines:
        newest = line is last and not working
        if line.author == "person":
            parts.append(_person(line, editable=line.n == last_own and not working, retry=newest))
        else:
            parts.append(_coach(line, card, newest=newest, offer=line is last))
    return f"{head}{''.join(parts)}</div>"


def header(session: Session | None, where: str) -> str:
    """The quiet line under the name."""
    stage = STAGES[session.stage] if session else STAGES[Stage.FIRST_DAYS]
    return (
        f'<p class="where"><span class="stage">Stage: {escape(stage)}</span>'
        f'<span class="dot"> · </span><span class="place">{escape(where)}</span></p>'
    )


def status(text: str) -> str:
    """One quiet line while a turn runs."""
    return f'<p class="status">{escape(text)}</p>' if text else ""


def fault(text: str) -> str:
    """One plain line about something that did not work."""
    return f'<p class="fault">{escape(text)}</p>' if text else ""


def _person(line: Line, *, editable: bool, retry: bool) -> str:
    key = f"m-{line.n}"
    actions = button("copy", key, "Copy", about="your message")
    if editable:
        actions += button("edit", key, "Edit", about="your last message")
    if retry:
        actions += button("retry", key, "Retry", about="the answer")
    who = f'<h3 id="{key}-who" class="unseen">You</h3>'
    parts = _part(key, "text", "text", words(line.text)) + _part(key, "do", "actions", actions)
    return f'<article id="{key}" class="line person">{who}{parts}</article>'


def _coach(line: Line, card: CardLookup, *, newest: bool, offer: bool) -> str:
    key = f"m-{line.n}"
    marks = {citation.n for citation in line.citations}
    actions = button("copy", key, "Copy", about="this answer")
    if newest:
        actions += button("retry", key, "Retry", about="this answer")
    replies = "".join(button("say", text, text, "reply") for text in line.quick_replies) if offer else ""
    notices = "".join(f"<p>{escape(notice)}</p>" for notice in line.notices)
    sources = "".join(_source(key, citation, card) for citation in line.citations)
    parts = (
        _part(key, "text", "text", prose(line.text, marks, key)),
        _part(key, "next", "replies", replies),
        _part(key, "note", "notices", notices),
        _part(key, "from", "sources", sources and f'<h4 class="unseen">Sources</h4>{sources}'),
        _part(key, "do", "actions", actions),
    )
    who = f'<h3 id="{key}-who" class="who">Coach</h3>'
    return f'<article id="{key}" class="line coach">{who}{"".join(parts)}</article>'


def _part(key: str, name: str, kind: str, inner: str) -> str:
    return f'<div id="{key}-{name}" class="{kind}">{inner}</div>' if inner else ""


def _source(key: str, citation: Citation, lookup: CardLookup) -> str:
    summary = (
        f'<summary><span class="number">{citation.n}</span> '
        f'<span class="what"><span class="title">{escape(citation.title)}</span> '
        f'<span class="by">— {escape(citation.source)}</span></span></summary>'
    )
    card = lookup(citation.card)
    body = _card(card) if card else "<p>This guidance is no longer part of the app.</p>"
    return (
        f'<details id="{key}-s{citation.n}" class="source">{summary}<div class="card">{body}</div></details>'
    )


def _card(card: Card) -> str:
    lines = "".join(f"<li>{escape(line.strip().strip(chr(34)))}</li>" for line in card.words_you_can_use)
    sources = "".join(
        f"<li>{escape(source.who)}, {escape(source.where)}"
        + (f", {escape(source.address)}" if source.address else "")
        + (f" (checked {source.checked:%d %b %Y})" if source.checked else "")
        + "</li>"
        for source in card.sources
    )
    return (
        f'{prose(card.body)}<h5>Words you can use</h5><ul class="use">{lines}</ul>'
        f'<h5>Where this comes from</h5><ul class="from">{sources}</ul>'
        f'<p class="small">Reviewed {card.reviewed:%d %b %Y}. Guidance, not legal or medical advice.</p>'
    )
