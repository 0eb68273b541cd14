"""Hides names and numbers in messages before they are sent. Keeps in memory which placeholder stands for what, writes nothing.

What was learned to be a name in one message is known in the next ones, so that a first name alone is found later.
"""

import threading
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from coach.redaction import find as finding
from coach.redaction.placeholders import NAMES, Placeholders
from coach.redaction.sources import of_plan
from coach.schema.plan import Extraction
from coach.schema.redaction import Found, Hidden, Kind, Known, NameBook, Sent

MOST_LEARNED = 400


class Redactor:
    """`known` gives what the person listed and what the plan names, each time anew. Thread-safe.

    `note` tells the endpoint what placeholders are; it is sent only where there is one.
    """

    def __init__(
        self, book: NameBook, known: Callable[[], tuple[Known, ...]] = tuple, note: str = "", placeholders: Placeholders | None = None
    ) -> None:
        self._book, self._known, self._note = book, known, note
        self._placeholders = placeholders or Placeholders()
        self._lock = threading.Lock()
        self._learned: dict[Known, None] = {}
        self._find = lru_cache(256)(self._found)  # the examples of a prompt are the same each time

    def knowing(self, also: tuple[Known, ...]) -> "Redactor":
        """The same with more names, as of a document that is being read; placeholders are shared."""
        return Redactor(self._book, lambda: (*self._known(), *also), self._note, self._placeholders)

    def of_plan(self, extraction: Extraction) -> "Redactor":
        """The same, knowing every name of a plan that is being read."""
        return self.knowing(of_plan(extraction, self._book))

    def hide(self, messages: list[dict[str, str]]) -> Hidden:
        """The messages as they may be sent."""
        known = (*self._known(), *self._learn(messages))
        sent, surfaces = [], {}
        for message in messages:
            text, pieces, at = message["content"], [], 0
            for one in self._find(text, known, message["role"] != "assistant"):
                surface = text[one.start : one.end]
                mark = self._placeholders.of(surface, one.kind)
                surfaces.setdefault(mark, Counter())[surface] += 1
                pieces += [text[at : one.start], mark]
                at = one.end
            sent.append(Sent(role=message["role"], content="".join([*pieces, text[at:]])))
        if surfaces and self._note:
            at = 1 if sent and sent[0].role == "system" else 0  # one message of the system: some endpoints take no more
            sent[:at] = [Sent(role="system", content="\n\n".join([*(one.content for one in sent[:at]), self._note]))]
        return Hidden(messages=tuple(sent), stands_for={mark: _best(counted) for mark, counted in surfaces.items()})

    def _learn(self, messages: list[dict[str, str]]) -> tuple[Known, ...]:
        with self._lock:
            known = (*self._known(), *self._learned)
        for message in messages:
            for one in self._find(message["content"], known, False):
                if one.kind in (*NAMES, Kind.EMPLOYER):
                    with self._lock:
                        self._learned.setdefault(Known(text=message["content"][one.start : one.end], kind=one.kind))
                        while len(self._learned) > MOST_LEARNED:
                            self._learned.pop(next(iter(self._learned)))
        with self._lock:
            return tuple(self._learned)

    def _found(self, text: str, known: tuple[Known, ...], own_marks: bool) -> tuple[Found, ...]:
        return finding.find(text, known, self._book, own_marks=own_marks)


def _best(counted: Counter[str]) -> str:
    """The way of writing it that comes most often; of equals the first with a capital."""
    most = max(counted.values())
    best = [surface for surface, times in counted.items() if times == most]
    return next((surface for surface in best if surface[0].isupper()), best[0])
