"""The exact text that an endpoint would get for one message. Plays the turn with a client that only writes down; sends nothing, keeps nothing."""

import threading
from collections.abc import Callable, Iterator

from coach.coach import Coach
from coach.errors import EndpointCut
from coach.llm.endpoint import Endpoint
from coach.llm.text import neutralise
from coach.redaction.redactor import Redactor
from coach.retrieval.search import Search
from coach.schema.checklist import Checklist
from coach.schema.conversation import Session
from coach.schema.redaction import Hidden, Preview, Sent
from coach.seams import Brain
from coach.settings import Settings

MakeCoach = Callable[[Brain], Coach]


class _Recorder:
    """Stands where a client would: takes the messages, hides what is to be hidden, and sends nothing."""

    def __init__(self, endpoint: Endpoint, redactor: Redactor | None) -> None:
        self.endpoint = endpoint
        self._redactor = redactor
        self.hidden: Hidden | None = None

    def stream(
        self, messages: list[dict[str, str]], *, max_tokens: int, temperature: float = 0.0, stop_event: threading.Event | None = None
    ) -> Iterator[str]:
        if self._redactor is None:
            self.hidden = Hidden(messages=tuple(Sent(**message) for message in messages), stands_for={})
        else:
            self.hidden = self._redactor.hide(messages)
        raise EndpointCut("Nothing was sent.")
        yield ""


class _Watched:
    """The brain with another client."""

    def __init__(self, brain: Brain, recorder: _Recorder) -> None:
        self._brain, self._recorder = brain, recorder

    def client(self) -> _Recorder:
        return self._recorder

    def label(self) -> str:
        return self._recorder.endpoint.host

    def search(self) -> Search:
        return self._brain.search()

    def search_if_ready(self) -> Search | None:
        return self._brain.search_if_ready()

    def status(self) -> tuple[str, int, int, str]:
        return self._brain.status()

    def use(self, settings: Settings) -> None:
        raise NotImplementedError("a preview changes nothing")


def would_send(
    make: MakeCoach, brain: Brain, endpoint: Endpoint, redactor: Redactor | None, session: Session, text: str, checklist: Checklist | None
) -> Preview:
    """What `endpoint` would get for `text` after `session`. No messages where this text is answered without a model."""
    recorder = _Recorder(endpoint, redactor)
    for _ in make(_Watched(brain, recorder)).reply(session, text, checklist=checklist):
        pass
    hidden = recorder.hidden or Hidden(messages=(), stands_for={})
    messages = tuple(one if one.role == "system" else one.model_copy(update={"content": neutralise(one.content)}) for one in hidden.messages)
    return Preview(host=endpoint.host, messages=messages, stands_for=hidden.stands_for)
