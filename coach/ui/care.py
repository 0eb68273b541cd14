"""Help beside a form: what a person typed into any part of the page is heard, and a calm card comes with what was saved.

Whatever a desk does goes through `beside`, so a field that is new is heard as well. Changes nothing that is saved, stores
nothing, and never refuses a word.
"""

import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from coach.guardrails import crisis_reply
from coach.guardrails.danger import Danger
from coach.schema.enums import Region
from coach.schema.plan import Extraction
from coach.tools.known import latest
from coach.ui.guarded import Shown
from coach.ui.markup import escape, prose
from coach.ui.ports import Built

HEAD = "Before anything else"
IN_DOCUMENT = "This stands among the employee's own words in the document you added."
TALK = "Answer me in the chat"
TALK_HOW = "Your words are kept as you typed them. The first button takes this sentence into the chat, and I go on with you there."
TALK_HOW_DOCUMENT = "The first button takes this sentence into the chat, and I go on with you there."
LINES = "Help lines"
CLOSE = "Close"
SENTENCE = 300  # characters that go along into the chat


class Care:
    """Hears for the desks of the page."""

    def __init__(self, built: Built) -> None:
        self._coach = built.coach
        self._store = built.store

    def beside(self, asked: Mapping[str, Any], shown: Shown, source: str = "") -> Shown:
        """`shown`, with the card as `care` where something that was typed calls for it. Words of `source` are not the person's own."""
        for before, now in _typed(asked):
            if not now.strip() or (source and now.strip() in source):
                continue
            heard = self._coach.overhear(now)
            if heard.level == "none" or self._stood_there(heard, before):
                continue
            return {**shown, "care": self._card(heard, now, TALK_HOW)}
        return shown

    def document(self, read: Extraction, shown: Shown, *, pasted: bool) -> Shown:
        """The same for a document: only the employee's own words in it count."""
        heard = self._coach.overhear(read, pasted=pasted)
        if heard.level == "none":
            return shown
        own = pasted and read.plan is None
        return {**shown, "care": self._card(heard, heard.quote, TALK_HOW_DOCUMENT, "" if own else IN_DOCUMENT)}

    def sentence(self, text: str) -> str:
        """One plain sentence instead of the card, for a place that shows a line; "" where there is no danger."""
        heard = self._coach.overhear(text)
        return crisis_reply.in_one_line(heard, self._region(), self._coach.helplines()) if heard.is_crisis else ""

    def _stood_there(self, heard: Danger, before: str) -> bool:
        """Whether the same was there before this change: it was answered then."""
        return bool(before.strip()) and self._coach.overhear(before) == heard

    def _card(self, heard: Danger, text: str, how: str, where: str = "") -> str:
        if heard.is_crisis:
            said = crisis_reply.compose(heard, region=self._region(), helplines=self._coach.helplines())
        else:
            gentle = self._coach.library.lines["gentle"]["lines"]
            said = gentle[zlib.crc32(text.encode()) % len(gentle)]
        sentence = " ".join((heard.quote or text).split())[:SENTENCE]
        return (
            f'<section class="care"><h2 data-key="care-head" tabindex="-1">{HEAD}</h2>{f"<p>{where}</p>" if where else ""}{prose(said)}'
            f'<div class="row"><button type="button" class="primary" name="say" value="{escape(sentence)}" data-do="care-talk" data-key="care-talk">{TALK}</button>'
            f'<button type="button" class="small-button" name="panel" value="help-panel" data-key="care-lines">{LINES}</button>'
            f'<button type="button" class="quiet" data-do="care-close" data-key="care-close">{CLOSE}</button></div><p class="small">{how}</p></section>'
        )

    def _region(self) -> Region | None:
        region = latest(self._store).region
        return Region(region.value) if region else None


def _typed(asked: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of a request, before and after. Names and ids are texts too; nothing is heard in them."""
    for value in asked.values():
        if isinstance(value, str):
            yield "", value
        elif isinstance(value, Mapping):
            yield from _typed(value)
        elif isinstance(value, list) and len(value) == 2:
            yield str(value[0]), str(value[1])
