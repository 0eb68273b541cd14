"""From the events of a turn to what the screen shows. Pure: no gradio, no store, no clock.

`begin` opens a turn, `step` folds one event in, `lines` says what stands in the chat. Looks are render.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coach.schema import events
from coach.schema.conversation import Known, Message, Session
from coach.schema.enums import Stage
from coach.schema.knowledge import Citation

READING = "Reading what you wrote …"
PHRASING = "Fitting the words to your situation …"


@dataclass(frozen=True)
class Line:
    """One message on the screen. `n` is its place in the conversation and stays the same for good."""

    n: int
    author: Literal["person", "coach"]
    text: str
    citations: tuple[Citation, ...] = ()
    quick_replies: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    settled: bool = True


@dataclass(frozen=True)
class View:
    """A conversation while a turn runs: what was there before, and what the turn has brought so far."""

    session: Session
    asked: str = ""
    reply: Line | None = None
    status: str = ""
    notices: tuple[str, ...] = ()
    working: bool = False


def begin(session: Session, text: str) -> View:
    """The person's message stands on the screen; nothing is answered yet."""
    return View(session=session, asked=text, status=READING, working=True)


def step(view: View, event: events.Event) -> View:
    """Fold one event of the turn into the view."""
    match event:
        case events.Routed():
            return view
        case events.Composed():
            reply = Line(
                len(view.session.messages) + 1,
                "coach",
                event.text,
                event.citations,
                event.quick_replies,
                view.notices,
                settled=False,
            )
            return replace(view, reply=reply, status="")
        case events.Waiting():
            return replace(view, status=f"Someone else is being answered, {event.ahead} before you")
        case events.Phrasing():
            return replace(view, status=PHRASING)
        case events.Phrased() if view.reply:
            reply = replace(view.reply, text=event.text, citations=event.citations)
            return replace(view, reply=reply, status="")
        case events.Notice():
            notices = (*view.notices, event.text)
            reply = view.reply and replace(view.reply, notices=notices)
            return replace(view, notices=notices, reply=reply)
        case events.Finished():
            return View(session=event.session, notices=view.notices)
    return view


def lines(view: View) -> list[Line]:
    """Everything that stands in the chat, oldest first."""
    stored = [_line(n, message) for n, message in enumerate(view.session.messages)]
    if not view.asked:
        return (
            [*stored[:-1], replace(stored[-1], notices=_joined(stored[-1].notices, view.notices))]
            if stored
            else []
        )
    asked = Line(len(stored), "person", view.asked)
    return [*stored, asked, *([view.reply] if view.reply else [])]


def rewind(session: Session) -> tuple[Session, str]:
    """The session before the person's last message, and that message.

    What was only understood from it, and the cards its answer used, count as unsaid again. The count of
    danger turns stays: taking a message back does not end a crisis.
    """
    own = [n for n, message in enumerate(session.messages) if message.author == "person"]
    if not own:
        return session, ""
    kept, gone = session.messages[: own[-1]], session.messages[own[-1] :]
    used = {citation.card for message in gone for citation in message.citations}
    earlier = session.model_copy(
        update={
            "messages": kept,
            "known": _without_quotes(session, kept, gone[0].text),
            "shown": tuple(name for name in session.shown if name not in used),
            "stage": next((message.stage for message in reversed(kept) if message.stage), Stage.FIRST_DAYS),
        }
    )
    return earlier, gone[0].text


def _without_quotes(session: Session, kept: Sequence[Message], gone: str) -> Known:
    still = " ".join(message.text for message in kept if message.author == "person").casefold()
    lost = {
        name: None
        for name in session.known.values()
        if (quote := getattr(session.known, name).quote.casefold())
        and quote in gone.casefold()
        and quote not in still
    }
    return session.known.model_copy(update=lost)


def _joined(stored: tuple[str, ...], heard: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*stored, *heard)))


def _line(n: int, message: Message) -> Line:
    return Line(n, message.author, message.text, message.citations, message.quick_replies, message.notices)
