"""Two goals made one, one made two, and the gaps that are left. Pure; a quote stays exact words of the document."""

import re
from collections.abc import Sequence

from coach.checklist.words import short
from coach.schema.plan import Document, Goal, Missing

WIDEST = 600  # letters that may stand between two goals which become one quote
_BREAK = re.compile(r"(?<=[.;!?])\s+|\n+|,?\s+(?=(?:and|or|but|while)\s)|,\s+|:\s+")


def joined(document: Document, one: Goal, other: Goal, goals: Sequence[Goal]) -> Goal:
    """Both as one, under the first one's id: the earlier deadline, both measures. Far apart, only the titles are put together."""
    start, end = min(one.span[0], other.span[0]), max(one.span[1], other.span[1])
    between = max(one.span[0], other.span[0]) - min(one.span[1], other.span[1])
    crossed = any(start < third.span[0] < end for third in goals if third.id not in (one.id, other.id))
    near = between <= WIDEST and not crossed
    days = [found for found in (one.deadline, other.deadline) if found]
    return regapped(
        one.model_copy(
            update={
                "title": one.title if near else f"{one.title}; {other.title}",
                "quote": document.text[start:end] if near else one.quote,
                "span": (start, end) if near else one.span,
                "measure": _both(one.measure, other.measure),
                "measure_spans": (*one.measure_spans, *other.measure_spans),
                "target": _both(one.target, other.target),
                "evidence_source": _both(one.evidence_source, other.evidence_source),
                "deadline": min(days) if days else None,
                "missing": (*one.missing, *other.missing),
            }
        )
    )


def breaks(goal: Goal) -> list[int]:
    """Where the quote can be cut in two, counted from its start."""
    found = {match.end() for match in _BREAK.finditer(goal.quote)}
    return sorted(at for at in found if goal.quote[:at].strip() and goal.quote[at:].strip())


def halves(document: Document, old: Goal, at: int, id: str) -> list[Goal]:
    """Two goals, the second one with a new id. What stands outside the quote goes to both."""
    return [_part(document, old, 0, at, old.id), _part(document, old, at, len(old.quote), id)]


def regapped(goal: Goal) -> Goal:
    """The goal with its gaps as they are now: a date or a measure closes them, taking a measure away opens one."""
    closed = {Missing.DEADLINE} if goal.deadline else set()
    closed |= {Missing.MEASURE, Missing.VAGUE} if goal.measure else set()
    opened = set() if goal.measure else {Missing.MEASURE}
    return goal.model_copy(update={"missing": tuple(gap for gap in Missing if gap in {*goal.missing, *opened} - closed)})


def page_at(document: Document, place: int) -> int:
    """The page on which the place stands."""
    return max((block.page for block in document.blocks if block.start <= place), default=1)


def _part(document: Document, old: Goal, start: int, end: int, id: str) -> Goal:
    text, other = old.quote[start:end], old.quote[:start] + old.quote[end:]
    left = start + len(text) - len(text.lstrip())
    quote = text.strip()
    span = (old.span[0] + left, old.span[0] + left + len(quote))
    update = {"id": id, "quote": quote, "span": span, "title": short(quote), "page": page_at(document, span[0])}
    if old.measure and old.measure in other and old.measure not in quote:
        update |= {"measure": None, "measure_spans": (), "target": None}
    if old.deadline_words and old.deadline_words in other and old.deadline_words not in quote:
        update |= {"deadline": None, "deadline_words": None}
    return regapped(old.model_copy(update=update))


def _both(one: str | None, other: str | None) -> str | None:
    return "; ".join(words for words in dict.fromkeys((one, other)) if words) or None
