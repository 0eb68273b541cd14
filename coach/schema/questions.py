"""Records of questions for a meeting: the curated patterns, and the questions made from them. No I/O."""

import re

from pydantic import Field, field_validator

from coach.schema.knowledge import Record

LONGEST = 30  # words of a question that is read out
SLOT = re.compile(r"\{(\w+)\}")
SLOTS = (
    "goal", "by", "due", "end", "start", "days", "one", "other", "quote", "support", "attachment", "measure", "meeting", "manager", "week", "most", "count", "record",
)  # fmt: skip


class Pattern(Record):
    """One kind of question. The n-th question of a kind takes the n-th text, reason and wording, and begins again at the end.

    `also` names further topics that its answer settles. `texts` are said aloud, `short` is the same as a one-liner, `wording` something to propose; what only the person knows
    stands in it in [brackets].
    """

    topic: str
    also: tuple[str, ...] = ()
    texts: tuple[str, ...] = Field(min_length=4)
    short: str
    why: tuple[str, ...] = Field(min_length=1)
    wording: tuple[str, ...] = ()

    @field_validator("texts")
    @classmethod
    def _can_be_asked(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        for text in texts:
            if not text.endswith("?") or "!" in text or len(text.split()) >= LONGEST:
                raise ValueError(f"not a short question: {text}")
        return texts

    @field_validator("texts", "wording", "short")
    @classmethod
    def _slots_are_known(cls, texts: tuple[str, ...] | str) -> tuple[str, ...] | str:
        for text in (texts,) if isinstance(texts, str) else texts:
            if unknown := set(SLOT.findall(text)) - set(SLOTS):
                raise ValueError(f"no slot is called {min(unknown)}")
        return texts


class QuestionBook(Record):
    """knowledge/questions.yaml. `sets` are lists of pattern names, `topics` what a topic is called, `words` what stands around a list."""

    patterns: dict[str, Pattern]
    sets: dict[str, tuple[str, ...]]
    topics: dict[str, str]
    words: dict[str, tuple[str, ...]]


class MeetingQuestion(Record):
    """Something to ask in a meeting. `priority` counts from 1, the most important; `pattern` and `slots` tell how it was made."""

    text: str
    why: str
    topic: str
    also: tuple[str, ...] = ()
    goal_id: str | None = None
    priority: int = 0
    wording: str = ""
    short: str = ""
    pattern: str = ""
    slots: tuple[tuple[str, str], ...] = ()

    def asks_about(self, topic: str) -> bool:
        """Whether an answer would settle this topic."""
        return topic == self.topic or topic in self.also
