"""What stands under a reply besides it: a text that gives orders, search by words alone, a break after hours of writing.

Adds nothing to the reply itself, and says each thing once for as long as it holds.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from coach.guardrails import screen
from coach.schema.conversation import Message, Session

APART = timedelta(minutes=45)  # a longer silence was a break already
LONG = timedelta(hours=2)  # of writing without one, until a break is spoken of, and again after as long


def notices(text: str, before: Session, lines: Mapping[str, str], now: datetime, *, lexical: bool) -> tuple[str, ...]:
    """The lines for this message in the conversation `before`."""
    found = [lines["file_or_text_addresses_ai"]] if screen.gives_orders(text) else []
    if lexical and not any(lines["lexical_search"] in said.notices for said in before.messages):
        found.append(lines["lexical_search"])
    if is_long(before.messages, lines["pause"], now):
        found.append(lines["pause"])
    return tuple(found)


def is_long(messages: Sequence[Message], line: str, now: datetime) -> bool:
    """Whether they have written for hours without a break, and `line` has not said so in as long."""
    began = now
    for said in reversed(messages):
        if line in said.notices or not timedelta() <= began - said.at <= APART:  # a clock that was set back ends it as well
            break
        began = said.at
    return now - began >= LONG
