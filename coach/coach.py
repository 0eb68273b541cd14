"""One turn of the chat: guard, understand, retrieve, plan, compose, phrase, check, remember. The screen gets typed events.

Opens nothing itself: library, search, model and store are passed in. Without a model every reply is the composed one.
"""

import dataclasses
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from coach import citations
from coach.errors import EndpointError
from coach.guardrails import crisis_reply, danger, screen
from coach.guardrails.danger import Danger
from coach.guardrails.phrases import PhraseBook
from coach.library import Library
from coach.llm.queue import FairQueue, Place
from coach.plan.extract import extract
from coach.plan.refine import Progress
from coach.prompts import Prompt
from coach.retrieval.index import Index
from coach.schema.checklist import Checklist
from coach.schema.conversation import Message, Move, Session
from coach.schema.enums import Region, Route, Strength
from coach.schema.events import Composed, Event, Finished, Notice, Phrased, Phrasing, Routed, Waiting
from coach.schema.knowledge import Card, Helpline
from coach.schema.plan import Extraction, Refinement
from coach.seams import Brain, Keeper, Plans
from coach.settings import Settings
from coach.tools import (
    answer,
    ask,
    boundary,
    check_in,
    hearing,
    meeting_questions,
    needed,
    notices,
    phrase,
    plan,
    ready,
    rehearse,
    sorry,
    typed,
)
from coach.tools.drafting import moves as drafted
from coach.tools.gentle import with_care
from coach.tools.read_on import read_on
from coach.tools.standing import standing
from coach.tools.turn import Turn
from coach.understand import facts, message

ONLY_SAFE = 14  # words; so short a message says that they are safe and asks nothing else


class Coach:
    """Replies to messages. Safe to use from several threads: all state is in the Session that each turn returns."""

    def __init__(
        self,
        library: Library,
        phrases: PhraseBook,
        prompts: dict[str, Prompt],
        brain: Brain,
        queue: FairQueue | Place,
        store: Keeper | None,
        now: Callable[[], datetime],
        home: str,
        plans: Plans | None = None,
        zone: str = "UTC",
    ) -> None:
        self.library, self.brain = library, brain
        self._phrases, self.prompts = phrases, prompts
        self._queue, self._store, self._plans = queue, store, plans
        self._now, self._home, self._zone = now, home, zone

    def reply(
        self, session: Session, text: str, *, stop: threading.Event | None = None, checklist: Checklist | None = None
    ) -> Iterator[Event]:
        """One turn. The message is stored before anything can fail, the composed reply before the model is asked.

        The plan is the stored one, or that of `checklist` where nothing is stored.

        Raises UserError where the message cannot be taken (empty, too long), StoreError where nothing can be kept.
        """
        began = time.monotonic()
        stop = stop or threading.Event()
        notices_text = self.library.lines["notices"]
        text = screen.admit(text, notices_text["too_long"], notices_text["empty"])
        history, before = session.said, session
        session = self._keep(session.model_copy(update={"messages": (*session.messages, self._message("person", text))}))

        heard, returning = hearing.in_conversation(
            text, before, lambda: self._store.elsewhere(session.id) if self._store else (), self._phrases, lambda: self.brain.search().index
        )
        if heard.is_crisis:
            yield from self._crisis(session, text, heard, began)
            return
        turn = dataclasses.replace(self._understand(before, text, history), returning=returning)
        if checklist is None and self._plans:
            checklist = self._plans.load()
        turn = ask.with_plan(check_in.claimed(turn, checklist), checklist)
        if heard.is_over and turn.after_danger and len(text.split()) <= ONLY_SAFE:
            turn = dataclasses.replace(turn, route=Route.COACH)
        yield Routed(route=turn.route, stage=turn.stage)

        moves = sorry.own_up(turn, self._compose(turn, heard, checklist))
        composed, cited = citations.render(moves, self.library.by_id)
        told = notices.notices(text, before, notices_text, self._now(), lexical=self.brain.search().index.embedder is None)
        reply = self._message("coach", composed).model_copy(
            update={
                "route": turn.route, "stage": turn.stage, "citations": cited, "quick_replies": tuple(turn.quick_replies),
                "notices": told, "endpoint": self.brain.label(),
            }
        )  # fmt: skip
        session = self._keep(self._remember(session, turn, reply))
        yield Composed(text=composed, citations=cited, quick_replies=reply.quick_replies, seconds=time.monotonic() - began)
        for notice in told:
            yield Notice(text=notice)

        phrased = None
        for event in self._phrase(turn, moves, composed, cited, session.id, stop):
            if isinstance(event, str):
                phrased = event
            else:
                yield event
        if phrased and not stop.is_set():
            reply = session.messages[-1].model_copy(update={"text": phrased, "composed": False})
            session = self._keep(session.model_copy(update={"messages": (*session.messages[:-1], reply)}))
            yield Phrased(text=phrased, citations=cited, seconds=time.monotonic() - began)
        yield Finished(
            composed=session.messages[-1].composed, endpoint=self.brain.label(), seconds=time.monotonic() - began, session=session
        )

    def hear(self, text: str, history: list[str], alarmed: Sequence[bool] = (), *, spoken: bool = False) -> Danger:
        """What danger a message holds; see coach.tools.hearing."""
        return hearing.hear(text, history, self._phrases, lambda: self.brain.search().index, alarmed, spoken=spoken)

    def overhear(self, written: str | Extraction, *, pasted: bool = False) -> Danger:
        """What danger a text from a form holds, or the employee's own words in a document. Never waits for the index."""
        if isinstance(written, str):
            return hearing.overhear(written, self._phrases, self._index_if_ready)
        return hearing.overhear_document(written, self._phrases, self._index_if_ready, pasted=pasted)

    def take_in(self, session: Session, said: Message) -> Session:
        """An earlier message whose reply is not known: what it tells is taken in, and nothing is written or stored."""
        turn = self._understand(session, said.text, session.said)
        heard = self.hear(said.text, session.said, session.alarmed)
        where = Route.CRISIS if heard.is_crisis else turn.route
        if turn.route is Route.REHEARSE:
            rehearse.moves(turn, None, rehearse.ears(self.brain.search().index), step_out=heard.level != "none")
        said = said.model_copy(update={"route": where, "stage": turn.stage})
        return session.model_copy(
            update={
                "messages": (*session.messages, said), "known": turn.known, "stage": turn.stage, "practice": rehearse.after(turn),
                "danger_turns": session.danger_turns + heard.is_crisis,
            }
        )  # fmt: skip

    def read_plan(self, data: bytes, name: str, stop: threading.Event | None = None) -> Extraction:
        """What a file says about a plan; UserError where it cannot be read, or `stop` was set. Keeps nothing."""
        ready = self.brain.search_if_ready()  # nobody waits for the index to see their goals
        return extract(data, name, ready.index.scores if ready else None, stop)

    def refine_plan(self, found: Extraction, *, stop: threading.Event, progress: Progress) -> Refinement:
        """What the model adds to `read_plan`; slow, for a thread of its own. Keeps nothing."""
        ready = self.brain.search_if_ready()
        scores = ready.index.scores if ready else None
        return read_on(found, self.brain.client(), self._queue, self.prompts, scores, stop=stop, progress=progress)

    def card(self, card_id: str) -> Card:
        """A whole card, for "show me all of it"."""
        return self.library.by_id[card_id]

    def helplines(self) -> list[Helpline]:
        """All human help lines."""
        return list(self.library.helplines)

    def model_status(self) -> tuple[str, int, int, str]:
        """State of the model, bytes there, bytes in all, one line."""
        return self.brain.status()

    def use(self, settings: Settings) -> None:
        """Compute answers elsewhere from now on."""
        self.brain.use(settings)

    @property
    def endpoint_label(self) -> str:
        """Where answers are computed, for people."""
        return self.brain.label()

    def _understand(self, before: Session, text: str, history: list[str]) -> Turn:
        return message.understand(
            before, text, history,
            library=self.library, search=self.brain.search(), today=self._now().date(), endpoint=self.brain.label(), home=self._home, strong=phrase.is_capable(self.brain.client()),
        )  # fmt: skip

    def _index_if_ready(self) -> Index | None:
        return ready.index if (ready := self.brain.search_if_ready()) else None

    def _typed(self, turn: Turn) -> Checklist | None:
        return typed.checklist([*turn.history, turn.words], self.read_plan, turn.today)

    def _compose(self, turn: Turn, heard: Danger, checklist: Checklist | None) -> list[Move]:
        if heard.is_over and turn.after_danger and turn.route is Route.COACH and len(turn.text.split()) <= ONLY_SAFE:
            moves = [move for move in (ask.next_question(turn, None, []),) if move]
        elif turn.route is Route.COACH:
            moves = answer.moves(turn)
        elif turn.route is Route.BOUNDARY:
            moves = boundary.moves(turn) if turn.topic else needed.moves(turn) or answer.moves(turn)
        elif turn.route is Route.PLAN:
            moves = plan.moves(turn, checklist if checklist and checklist.plan else self._typed(turn), typed.read(turn.words, self.read_plan)) or needed.moves(turn) or ready.moves(turn)
        elif turn.route is Route.QUESTIONS:
            moves = meeting_questions.moves(turn, checklist if checklist and checklist.plan else self._typed(turn)) or ready.moves(turn)
        elif turn.route is Route.REHEARSE:
            moves = rehearse.moves(turn, standing(checklist), rehearse.ears(self.brain.search().index), step_out=heard.level == "soft")
        elif turn.route is Route.DRAFT:
            moves = drafted(turn, checklist, self.brain.search().index)
        elif turn.route is Route.CHECK_IN:
            moves = check_in.moves(turn, checklist, self._plans, self._zone)
        else:
            moves = ready.moves(turn)
        return with_care(turn, moves, heard)

    def _phrase(self, turn: Turn, moves, composed, cited, conversation: str, stop: threading.Event) -> Iterator[Event | str]:
        """Events of the model's work, and as the last item the checked text, if there is one."""
        if turn.route not in (Route.COACH, Route.BOUNDARY):
            return
        client = self.brain.client()
        if client is None or not phrase.worth_it(client.endpoint.strength, turn.words, moves):
            return
        waits: list[int] = []
        try:
            with self._queue.turn(conversation, waits.append, stop):
                if waits:
                    yield Waiting(ahead=waits[-1])
                if client.endpoint.strength is Strength.CAPABLE:
                    steps = phrase.answer(
                        client, self.prompts["answer"], message=turn.words, history=turn.history, known=turn.known.values(),
                        moves=moves, composed=composed, citations=cited, stop=stop,
                    )  # fmt: skip
                else:
                    steps = phrase.opening(client, self.prompts["opening"], turn.words, stop)
                for step in steps:
                    if isinstance(step, int):
                        yield Phrasing(sentences=step)
                    elif step.text and not stop.is_set():
                        yield step.text if client.endpoint.strength is Strength.CAPABLE else phrase.with_opening(moves, step.text, self.library)
        except EndpointError as error:
            if not stop.is_set():
                yield Notice(text=self.library.lines["notices"]["model_away"].replace("{reason}", str(error).rstrip(".")))

    def _crisis(self, session: Session, text: str, heard: Danger, began: float) -> Iterator[Event]:
        """The crisis reply: rules and static data, before and without any model, search or queue."""
        yield Routed(route=Route.CRISIS, stage=session.stage)
        region = session.known.region or facts.find(text, session.known, None).get("region")
        words = crisis_reply.compose(
            heard,
            region=Region(region.value) if region else None,
            crisis_turns_before=session.danger_turns,
            answer=danger.read_answer(text, self._phrases),
            helplines=self.library.helplines,
        )
        reply = self._message("coach", words).model_copy(update={"route": Route.CRISIS, "stage": session.stage})
        session = self._keep(
            session.model_copy(update={"messages": (*session.messages, reply), "danger_turns": session.danger_turns + 1, "practice": rehearse.put_down(session.practice)})
        )
        seconds = time.monotonic() - began
        yield Composed(text=words, citations=(), quick_replies=(), seconds=seconds)
        yield Finished(composed=True, endpoint=self.brain.label(), seconds=seconds, session=session)

    def _remember(self, session: Session, turn: Turn, reply: Message) -> Session:
        asked = tuple(name.removeprefix("!") for name in session.asked)
        return session.model_copy(
            update={
                "messages": (*session.messages, reply),
                "known": turn.known,
                "stage": turn.stage,
                "practice": rehearse.after(turn),
                "shown": (*session.shown, *turn.picker.used),
                # the mark says: this was the question of the last reply, so a bare "yes" belongs to it
                "asked": (*asked, *(f"!{name}" for name in turn.asked)),
                "title": session.title or _title(turn.words),
            }
        )

    def _message(self, author: str, text: str) -> Message:
        return Message(author=author, text=text, at=self._now())

    def _keep(self, session: Session) -> Session:
        return self._store.save(session) if self._store else session


def _title(text: str) -> str:
    words = " ".join(text.split()[:6])
    return words if len(words) <= 40 else words[:39].rstrip() + "\u2026"


