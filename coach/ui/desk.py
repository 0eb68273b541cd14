"""What the page can do, without gradio: each method returns what changes on the screen, by name.

Names: log, status, header, facts, conversations, help, fault, box, editing, conversation, working.
"""

from collections.abc import Iterator
from contextlib import closing

from coach.errors import CoachError, UserError
from coach.schema.conversation import Session
from coach.schema.events import Composed
from coach.schema.knowledge import Card
from coach.ui import conversations, facts, help, render, translate
from coach.ui.care import Care
from coach.ui.guarded import BROKEN, Shown
from coach.ui.ports import Built
from coach.ui.turns import Change, Turns

LONGEST = 8000


class Desk:
    """The page's hands. Holds nothing of a conversation itself: that is the store's."""

    def __init__(self, built: Built) -> None:
        self._coach = built.coach
        self._store = built.store
        self._care = Care(built)
        self._turns = Turns()
        self._before: dict[
            str, Session
        ] = {}  # each conversation as it was before its last turn, for retry and edit

    def arrive(self, wanted: str) -> Shown:
        """First sight of the page: the conversation that was open, or else the latest."""
        if wanted != "new":
            known = [summary.id for summary in self._store.list_conversations()]
            if wanted in known or known:
                return self.open(wanted if wanted in known else known[0])
        return self.start()

    def start(self) -> Shown:
        """An empty page; the conversation is made when the first message is sent."""
        return {
            **self._around(None, ""),
            "log": self._log(None),
            "fault": "",
            "editing": None,
            "working": False,
        }

    def open(self, conversation: str) -> Shown:
        """A stored conversation."""
        try:
            session = self._store.load(conversation)
        except UserError as error:
            return {**self.start(), "fault": render.fault(str(error))}
        return {**self._around(session, session.id), **self._settled(session), "fault": "", "editing": None}

    def send(self, text: str, conversation: str, draft: str | None) -> Iterator[Shown]:
        """Answer what was typed; `draft` is not None while the last message is being edited."""
        if not text.strip():
            yield {"fault": render.fault("Write a few words first.") if text else ""}
            return
        if len(text) > LONGEST:
            long = f"That is {len(text):,} characters and I can read {LONGEST:,} at once."
            yield {"fault": render.fault(f"{long} Please send it in parts.")}
            return
        yield from self._guarded(
            self._turn(text, conversation, editing=draft is not None, after=draft or ""), text
        )

    def say(self, text: str, conversation: str) -> Iterator[Shown]:
        """Answer a quick reply; what stands in the box stays there."""
        yield from self._guarded(self._turn(text, conversation, after=None), None)

    def retry(self, conversation: str) -> Iterator[Shown]:
        """Answer the last message again."""
        yield from self._guarded(self._turn("", conversation, again=True, after=None), None)

    def stop(self, conversation: str) -> Shown:
        """End the running turn; what was composed stands."""
        self._turns.stop(conversation)
        return {"status": render.status("Stopping …") if self._turns.busy(conversation) else ""}

    def edit(self, conversation: str, box: str) -> Shown:
        """Put the last message into the box; the draft comes back afterwards."""
        _, text = self._rewound(self._store.load(conversation))
        return {"box": text, "editing": box, "fault": ""}

    def cancel_edit(self, draft: str | None) -> Shown:
        """Back to what was in the box."""
        return {"box": draft or "", "editing": None, "fault": ""}

    def rename(self, conversation: str, title: str, current: str) -> Shown:
        """Give a conversation another title."""
        self._store.rename(conversation, title)
        return self._heard(title, self._list(current))

    def delete(self, conversation: str, current: str) -> Shown:
        """Remove a conversation for good; a running turn there ends first."""
        self._turns.stop(conversation, wait=True)
        self._before.pop(conversation, None)
        self._store.delete(conversation)
        return self.start() if conversation == current else self._list(current)

    def set_fact(self, conversation: str, name: str, value: str) -> Shown:
        """Correct what was understood."""
        return self._heard(value, self._change(conversation, lambda session: facts.change(session, name, value)))

    def _heard(self, typed: str, shown: Shown) -> Shown:
        said = self._care.sentence(typed)
        return {**shown, "fault": render.fault(said)} if said else shown

    def drop_fact(self, conversation: str, name: str) -> Shown:
        """Remove what was understood."""
        return self._change(conversation, lambda session: facts.remove(session, name))

    def headline(self, conversation: str) -> Shown:
        """The line under the name, after the endpoint changed."""
        return {"header": render.header(self._store.load(conversation) if conversation else None, self.where)}

    @property
    def where(self) -> str:
        """Where answers are computed."""
        return self._coach.endpoint_label

    def _guarded(self, turn: Iterator[Shown], typed: str | None) -> Iterator[Shown]:
        try:
            yield from turn
        except Exception as error:  # noqa: BLE001  the one border: the person sees a sentence, never a traceback
            said = str(error) if isinstance(error, CoachError) else BROKEN
            shown: Shown = {"fault": render.fault(said), "status": "", "working": False}
            yield shown if typed is None else {**shown, "box": typed}

    def _turn(
        self, text: str, conversation: str, *, editing: bool = False, again: bool = False, after: str | None
    ) -> Iterator[Shown]:
        identity = conversation or self._store.create().id
        with self._turns.running(identity) as (stop, changes):
            session = self._store.load(identity)
            if editing or again:
                session, said = self._rewound(session)
                text = said if again else text
            self._before[identity] = session
            view = translate.begin(session, text)
            first = {
                "status": render.status(view.status),
                "conversation": identity,
                "working": True,
                "fault": "",
            }
            box = {} if after is None else {"box": after, "editing": None}
            yield {**first, **box, "log": self._log(identity, view)}
            try:
                with closing(self._coach.reply(session, text, stop=stop)) as events:
                    for event in events:
                        before, view = view, translate.step(view, event)
                        if isinstance(event, Composed):  # the core has saved by now: the panels need not wait for the model
                            yield self._around(self._store.load(identity), identity)
                        if view.reply != before.reply and view.working:
                            yield {"log": self._log(identity, view), "status": render.status(view.status)}
                        elif view.status != before.status and view.working:
                            yield {"status": render.status(view.status)}
                        if stop.is_set() and not isinstance(event, Composed) and view.reply:
                            break
            except Exception:
                yield self._after_fault(identity, new=not conversation)
                raise
            finally:
                session = self._apply(identity, changes)
        yield (
            {**self._around(session, identity), **self._settled(session, view.notices)}
            if session
            else self.start()
        )

    def _after_fault(self, conversation: str, *, new: bool) -> Shown:
        session = self._store.load(conversation)
        if new and not session.messages:
            self._store.delete(conversation)
            return self.start()
        return {**self._around(session, conversation), **self._settled(session)}

    def _apply(self, conversation: str, changes: list[Change]) -> Session | None:
        try:
            session = self._store.load(conversation)
        except UserError:  # deleted while it was being answered
            return None
        for change in changes:
            session = change(session)
        return self._store.save(session) if changes else session

    def _change(self, conversation: str, change: Change) -> Shown:
        session = change(self._store.load(conversation))
        if not self._turns.later(conversation, change):
            session = self._store.save(session)
        if before := self._before.get(conversation):
            self._before[conversation] = change(before)
        return {"facts": facts.panel(session), "fault": ""}

    def _rewound(self, session: Session) -> tuple[Session, str]:
        """As it really was where this process has seen it, else worked out from what is stored."""
        earlier, text = translate.rewind(session)
        seen = self._before.get(session.id)
        if seen and seen.messages == earlier.messages:
            return seen.model_copy(
                update={"danger_turns": max(seen.danger_turns, session.danger_turns)}
            ), text
        return earlier, text

    def _settled(self, session: Session, notices: tuple[str, ...] = ()) -> Shown:
        view = translate.View(session, notices=notices)
        return {"log": self._log(session.id, view), "status": "", "working": False}

    def _around(self, session: Session | None, conversation: str) -> Shown:
        region = session.known.region.value if session and session.known.region else None
        return {
            "conversation": conversation,
            "header": render.header(session, self.where),
            "facts": facts.panel(session),
            "help": help.panel(self._coach.helplines(), region),
            **self._list(conversation),
        }

    def _list(self, current: str) -> Shown:
        return {"conversations": conversations.panel(self._store.list_conversations(), current)}

    def _log(self, conversation: str | None, view: translate.View | None = None) -> str:
        lines = translate.lines(view) if view else []
        return render.log(conversation or "", lines, self._card, working=bool(view and view.working))

    def _card(self, card_id: str) -> Card | None:
        try:
            return self._coach.card(card_id)
        except (KeyError, CoachError):
            return None
