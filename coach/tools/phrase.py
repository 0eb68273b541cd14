"""The model makes a composed reply personal, inside tight limits; every sentence is checked before anybody sees it.

A small model writes the opening only: measured, it writes as the employee and invents as soon as it gets more room. A
capable one writes the whole reply from the planned moves. Whatever fails the check leaves the composed text standing.
"""

import re
import threading
from collections.abc import Iterator

from coach import citations
from coach.guardrails import check
from coach.guardrails.check import Fault
from coach.library import Library
from coach.llm.client import Client
from coach.prompts import Prompt
from coach.schema.conversation import Move
from coach.schema.enums import Strength
from coach.schema.knowledge import Citation, Record

OPENING_TOKENS = 60
ANSWER_TOKENS = 420
MESSAGE_CHARACTERS = 500  # of the person's message: about 130 tokens that the prompt cache cannot hold
FEWEST_WORDS = 6  # of statements
_ASKS = re.compile(
    r"\b(?:if|whether|should|shall|would|could|can|may|might|do i|does|did|is it|is that|is this|are they|am i|will|"
    r"how|what|which|why|when|where|who|or not|any way|bad idea|normal|funny|ok\?|right\?)\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^\s*(?:answer|reply|coach|listener|response)\s*:\s*", re.IGNORECASE)


class Result(Record):
    """`text` is the checked text, or None where `fault` says why the composed text stands."""

    text: str | None
    fault: Fault | None = None


def is_capable(client: Client | None) -> bool:
    """Whether whole replies may be written there."""
    return client is not None and client.endpoint.strength is Strength.CAPABLE


def worth_it(strength: Strength, text: str, moves: list[Move]) -> bool:
    """Whether a model has anything to add: a few words give a small model nothing to work with."""
    if strength is Strength.CAPABLE:
        return True
    return any(move.kind == "reflect" for move in moves) and len(statements(text).split()) >= FEWEST_WORDS


def statements(text: str) -> str:
    """What the person tells, without what they ask or suppose: a small model answers questions and states suppositions."""
    kept = []
    text = re.sub(r"[\"\u201c\u2018][^\"\u201d\u2019]{3,}[\"\u201d\u2019]|(?<!\w)'[^'\n]{6,}'", "that", text)  # quotes are somebody else's words
    for sentence in check.sentences(text):
        clauses = re.split(r"(?<=[,;:])\s+|\s+(?=but\b|and (?:now|then)\b)", sentence)
        if sentence.rstrip().endswith("?"):
            clauses = [clause for clause in clauses[:-1] if not _ASKS.search(clause)]
        kept += [clause for clause in clauses if not _ASKS.search(clause)]
    return " ".join(kept).strip(" ,;:")


def opening(client: Client, prompt: Prompt, message: str, stop: threading.Event) -> Iterator[int | Result]:
    """Yields the number of checked sentences as they come, at last a Result with the new opening. Raises EndpointError."""
    shortened = _shorten(statements(message))
    messages = as_turns(prompt, shortened)
    text, done = "", 0
    for piece in client.stream(messages, max_tokens=OPENING_TOKENS, stop_event=stop):
        text += piece
        whole = check.sentences(_PREFIX.sub("", text))[:-1]
        if len(whole) > done:
            if fault := check.check_sentence(whole[-1], shortened):
                yield Result(text=None, fault=fault)
                return
            done = len(whole)
            yield done
        if done >= 1:
            break
    final = " ".join(check.sentences(_PREFIX.sub("", text).replace('"', ""))[:1])
    fault = check.check_opening(final, shortened)
    yield Result(text=None if fault else final, fault=fault)


def answer(
    client: Client,
    prompt: Prompt,
    *,
    message: str,
    history: list[str],
    known: dict[str, str],
    moves: list[Move],
    composed: str,
    citations: tuple[Citation, ...],
    stop: threading.Event,
) -> Iterator[int | Result]:
    """Like `opening`, for the whole reply of a capable model. Raises EndpointError."""
    question = next((move.text for move in moves if move.kind == "ask"), None)
    earlier = "\n".join(f"- {line[:300]}" for line in history[-6:]) or "- nothing yet"
    facts = "\n".join(f"- {name}: {value}" for name, value in known.items()) or "- nothing yet"
    text = prompt.render(
        moves=composed, known=facts, history=earlier, message=message[:4000], question=question or "(no question this time)"
    )
    inputs = f"{composed}\n{facts}\n{earlier}\n{message}"
    written, done = "", 0
    for piece in client.stream([{"role": "user", "content": text}], max_tokens=ANSWER_TOKENS, stop_event=stop):
        written += piece
        whole = check.sentences(written)[:-1]
        for sentence in whole[done:]:
            if fault := check.check_sentence(sentence, inputs, citations):
                yield Result(text=None, fault=fault)
                return
        if len(whole) > done:
            done = len(whole)
            yield done
    written = _PREFIX.sub("", written).strip()
    last = check.sentences(written)[-1:] if written else []
    fault = next((f for sentence in last if (f := check.check_sentence(sentence, inputs, citations))), None)
    fault = fault or check.check_whole(written, question)
    yield Result(text=None if fault else written, fault=fault)


def as_turns(prompt: Prompt, message: str) -> list[dict[str, str]]:
    """The examples as turns of a chat: a small model follows them there, and the endpoint keeps them in its cache."""
    head, *examples = re.split(r"^(?:Person|Listener): ?", prompt.render(message="{message}"), flags=re.MULTILINE)
    texts = [example.strip() for example in examples[:-1]]
    turns = [{"role": ("user", "assistant")[i % 2], "content": text} for i, text in enumerate(texts[:-1])]
    return [{"role": "system", "content": head.strip()}, *turns, {"role": "user", "content": message}]


def _shorten(message: str) -> str:
    message = re.sub(r"\s+", " ", message).strip()
    if len(message) <= MESSAGE_CHARACTERS:
        return message
    half = MESSAGE_CHARACTERS // 2
    return f"{message[:half]} ... {message[-half:]}"


def with_opening(moves: list[Move], opening: str, library: Library) -> str:
    """The composed reply with the phrased opening before its own."""
    personal = [move.model_copy(update={"text": f"{opening} {move.text}"}) if move.kind == "reflect" else move for move in moves]
    return citations.render(personal, library.by_id)[0]
