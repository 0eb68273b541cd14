"""What danger somebody's words hold: rules first, and where they hear none the embedder. Writes no reply and stores nothing.

Three ways in: a message of the chat, with what came before it; a text from a form; a document, of which only the employee's own
words count. Which rules there are stands in coach/guardrails.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from coach.guardrails import danger
from coach.guardrails.danger import Danger
from coach.guardrails.phrases import PhraseBook
from coach.guardrails.second_look import second_look
from coach.plan.finding.voice import own_words
from coach.retrieval.index import Index
from coach.schema.conversation import Known, Message, Session
from coach.schema.enums import Route
from coach.schema.plan import Extraction
from coach.understand import situation

LONG = 1500  # characters; a longer text is heard paragraph by paragraph, so that unrelated words do not add up
SHORT_PASTE = 1500  # a pasted text up to that length that is no plan was written by the person
_PARAGRAPH = re.compile(r"\n\s*\n")


def hear(
    text: str, history: Sequence[str], book: PhraseBook, index: Callable[[], Index | None], alarmed: Sequence[bool] = (),
    *, spoken: bool = False, returning: bool = False,
) -> Danger:  # fmt: skip
    """What danger a message holds. `index` is only asked for where the rules hear none: nothing may delay that reply.

    `spoken` marks a line of a rehearsal, `returning` the first message here after a risk that was named elsewhere.
    """
    heard = danger.detect(text, history, book, alarmed, returning=returning)
    if heard.is_crisis:
        return heard
    found = index()
    if found is None or found.embedder is None or situation.language(text) is not None:
        return heard
    scores = found.scores("danger", text)
    careful = spoken or any(alarmed) or any(danger.reassures(said, book) for said in history)
    plain = situation.reply(text, {}, Known()) in situation.PRACTICAL
    return second_look(heard, scores["danger"] - scores["none"], text, careful=careful, plain=plain)


def in_conversation(
    text: str, before: Session, elsewhere: Callable[[], Sequence[Message]], book: PhraseBook, index: Callable[[], Index | None]
) -> tuple[Danger, bool]:
    """What danger a message of the chat holds, and whether they begin to write here after a risk that was named elsewhere.

    A risk from another conversation stays until they say that they are safe, wherever they say it; without one, other
    conversations do not count. They are only read where this message is no crisis by itself.
    """
    spoken = bool(before.practice and before.practice.on)
    heard = hear(text, before.said, book, index, before.alarmed, spoken=spoken)
    others = () if heard.is_crisis else elsewhere()
    if not any(said.route is Route.CRISIS for said in others):
        return heard, False
    merged = before.model_copy(update={"messages": tuple(sorted((*others, *before.messages), key=_when))})
    if not danger.is_open(merged.said, merged.alarmed, book):
        return heard, False
    returning = not before.messages or _when(others[-1]) > _when(before.messages[-1])
    return hear(text, merged.said, book, index, merged.alarmed, spoken=spoken, returning=returning), returning


def overhear(text: str, book: PhraseBook, index: Callable[[], Index | None]) -> Danger:
    """What danger a text holds that was typed into a form. It answers nothing and stands by itself, so no history counts."""
    return _gravest(hear(part, (), book, index, spoken=True) for part in _parts(text))


def overhear_document(read: Extraction, book: PhraseBook, index: Callable[[], Index | None], *, pasted: bool = False) -> Danger:
    """What danger the employee's own words in a document hold. What others wrote there, policies included, does not count."""
    if pasted and read.plan is None and len(read.document.text) <= SHORT_PASTE:
        return overhear(read.document.text, book, index)
    heard = (overhear(words.quote, book, index) for words in own_words(read.document))
    return _gravest(one for one in heard if one.kind != "third_party")  # who writes about somebody else is often not the employee


def _when(said: Message) -> datetime:
    return said.at.astimezone(UTC)


def _parts(text: str) -> list[str]:
    return [text] if len(text) <= LONG else [part for part in _PARAGRAPH.split(text) if part.strip()]


def _gravest(heard: Iterator[Danger]) -> Danger:
    """The first that is a crisis, or else the first with a question."""
    soft = Danger()
    for one in heard:
        if one.is_crisis:
            return one
        if soft.level == "none" and one.level == "soft":
            soft = one
    return soft
