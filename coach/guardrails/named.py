"""Find what a person in danger names: pills put aside, a rope, a place, a goodbye, a chosen day.

So that the reply can say it back in plain words and ask for distance from it. Patterns are in knowledge/crisis/named.yaml.
Looks only for what is named; whether there is danger at all is decided in danger.py.
"""

import re

from coach.guardrails.phrases import NamedThing, PhraseBook
from coach.schema.knowledge import Record

BORDER = re.compile(r"[.!?\n]")
DENIED = re.compile(r"\b(?:not|no|never|without)(?: (?!only|just)\w+){0,3} $")


class Named(Record):
    """One thing that was named. `word` is the person's own word for it, or ""; `prepared` that it is at hand or done."""

    thing: str
    word: str = ""
    prepared: bool = False


def named_in(text: str, book: PhraseBook) -> tuple[Named, ...]:
    """Everything named in plain English text, the gravest first; what is denied or long ago is left out."""
    text = book.idioms.sub(lambda match: "¤" * len(match.group()), text)
    found: list[Named] = []
    for thing in book.named:
        if thing.thing == "pills-near" and any(named.thing in ("taken", "pills-counted") for named in found):
            continue
        named = _first(text, thing, book)
        if named is not None:
            found.append(named)
    return tuple(sorted(found, key=lambda named: not named.prepared))


def _first(text: str, thing: NamedThing, book: PhraseBook) -> Named | None:
    for pattern, prepared in ((thing.prepared, True), (thing.mentioned, False)):
        for match in pattern.finditer(text) if pattern else ():
            if not _is_explained(text, match, book):
                word = next((group for group in match.groups() if group), "")
                return Named(thing=thing.thing, word=word, prepared=prepared)
    return None


def _is_explained(text: str, match: re.Match[str], book: PhraseBook) -> bool:
    """Whether the sentence denies it ("I don't own a gun") or puts it long ago."""
    borders = [border.end() for border in BORDER.finditer(text, 0, match.start())]
    after = BORDER.search(text, match.end())
    start = borders[-1] if borders else 0
    sentence = text[start : after.start() if after else len(text)]
    if DENIED.search(text[start : match.start()]):
        return True
    return book.tone["long_ago"].search(sentence) is not None and not book.tone["present"].search(sentence)
