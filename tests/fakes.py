"""Stand-ins that are code: a model that says what it was told to, a brain that holds it, a store that only remembers."""

from collections import deque
from collections.abc import Iterator
from datetime import date
from typing import Any

from coach.coach import Coach
from coach.errors import EndpointMalformed
from coach.guardrails.phrases import load_phrases
from coach.llm.answer import record
from coach.llm.endpoint import Endpoint
from coach.llm.queue import FairQueue
from coach.locations import ROOT
from coach.prompts import load as load_prompt
from coach.retrieval.search import Search
from coach.schema.conversation import Known, Message, Session
from coach.schema.enums import Route, Stage, Strength
from coach.schema.knowledge import Passage
from coach.tools.turn import Picker, Turn
from coach.understand import facts

HOME = "/somewhere/of/mine/coach"


class ScriptedClient:
    """Streams the texts that were enqueued, word by word; an enqueued exception is raised. `asked` records every prompt."""

    def __init__(self, strength: Strength = Strength.SMALL) -> None:
        self.endpoint = Endpoint(
            name="scripted", base_url="http://127.0.0.1:1/v1", strength=strength, remote=False
        )
        self.asked: list[list[dict[str, str]]] = []
        self.before_answer = lambda: None
        self._answers: deque[str | Exception] = deque()

    def enqueue(self, *answers: str | Exception) -> "ScriptedClient":
        self._answers.extend(answers)
        return self

    def stream(self, messages, *, max_tokens, temperature=0.0, stop_event=None) -> Iterator[str]:
        self.asked.append(messages)
        self.before_answer()
        answer = self._answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        for piece in answer.split(" "):
            if stop_event is not None and stop_event.is_set():
                return
            yield piece + " "


class ReadingClient:
    """Answers questions about plans: `yes` says of a sentence how likely it is a goal, `whole` is the JSON for a whole document."""

    def __init__(self, yes=lambda sentence: 0.0, whole: str = "", strength: Strength = Strength.SMALL, fault: Exception | None = None) -> None:
        self.endpoint = Endpoint(name="scripted", base_url="http://127.0.0.1:1/v1", strength=strength, remote=False)
        self.asked: list[list[dict[str, str]]] = []
        self._yes, self._whole, self._fault = yes, whole, fault

    def reading(self, names_of) -> "ReadingClient":
        return self

    def weigh(self, messages, words, stop_event=None) -> dict[str, float]:
        self.asked.append(messages)
        if self._fault:
            raise self._fault
        share = self._yes(messages[-1]["content"])
        return dict(zip(words, (share, 1 - share), strict=True))

    def structured(self, messages, schema, max_tokens, stop_event=None):
        self.asked.append(messages)
        if self._fault:
            raise self._fault
        try:
            return record(self._whole, schema)
        except ValueError as error:
            raise EndpointMalformed("scripted did not answer in the asked form.") from error


class FakeBrain:
    """Holds a client and a search; counts how often it was asked for either."""

    def __init__(self, search: Search | None, client: ScriptedClient | None = None) -> None:
        self._search, self._client = search, client
        self.touched: list[str] = []

    def client(self):
        self.touched.append("client")
        return self._client

    def label(self) -> str:
        return "scripted" if self._client else "prepared answers only"

    def search_if_ready(self) -> Search | None:
        return self.search()

    def search(self) -> Search:
        self.touched.append("search")
        return self._search

    def status(self) -> tuple[str, int, int, str]:
        return ("ready", 0, 0, "")

    def use(self, settings: Any) -> None:
        self.touched.append("use")


class MemoryStore:
    """Keeps every version that was saved, newest last."""

    def __init__(self) -> None:
        self.saved: list[Session] = []

    def save(self, session: Session) -> Session:
        self.saved.append(session)
        return session

    def elsewhere(self, id: str) -> tuple[Message, ...]:
        """All that was said in other conversations; the real store leaves it out where there was no danger."""
        last = {session.id: session for session in self.saved if session.id != id}
        return tuple(sorted((line for session in last.values() for line in session.messages), key=lambda line: line.at))


def make_coach(library, brain: FakeBrain, store: MemoryStore | None, now) -> Coach:
    return Coach(
        library=library,
        phrases=load_phrases(ROOT / "knowledge" / "crisis"),
        prompts={name: load_prompt(ROOT / "prompts", name) for name in ("opening", "answer", "plan_sentence", "plan_whole")},
        brain=brain,
        queue=FairQueue(),
        store=store,
        now=now,
        home=HOME,
    )


def a_turn(
    library,
    text: str,
    *,
    route: Route = Route.COACH,
    stage: Stage = Stage.FIRST_DAYS,
    known: dict[str, str] | None = None,
    cards: tuple[str, ...] = (),
    history: tuple[str, ...] = (),
    shown: tuple[str, ...] = (),
    asked: tuple[str, ...] = (),
    topic: str | None = None,
    in_scope: bool = True,
    today: date = date(2026, 12, 1),
) -> Turn:
    """One understood message, without search: `cards` are what search would have found, best first."""
    before = Known(**{name: {"value": value} for name, value in (known or {}).items()})
    found = facts.find(text, before, None)
    passages = [
        Passage(
            card=name,
            score=0.9 - number / 10,
            points=library.by_id[name].points,
            text=library.by_id[name].body,
        )
        for number, name in enumerate(cards)
    ]
    return Turn(
        text=text, history=list(history), session=Session(id="t", known=before, asked=asked, shown=shown), found=found,
        known=facts.merge(before, found), stage=stage, route=route, passages=passages, in_scope=in_scope, topic=topic,
        library=library, picker=Picker("t", shown), today=today, endpoint="prepared answers only", home=HOME,
    )  # fmt: skip
