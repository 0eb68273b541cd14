"""A proposed series in words: what the plan says, the dates, and each thing that stands in and is to be asked. Pure."""

from coach.checklist.words import day
from coach.meetings.words import DAYS, fill, when, whole
from coach.schema.meeting_words import MeetingBook
from coach.schema.meetings import Open, Proposal, Row, Section, Sheet


def explain(proposal: Proposal, book: MeetingBook) -> Sheet:
    """The proposal as a page to read before anything is kept."""
    says = book.series
    found = proposal.check_ins
    lead = fill(says.said, quote=whole(proposal.words)) if proposal.words.strip() else says.not_said
    if not found:
        return Sheet(title=says.title, lead=lead, close=says.none)
    first, last = found[0].at, found[-1].at
    slots = {
        "count": str(len(found)), "first": when(first), "last": day(last), "time": f"{first:%H:%M}",
        "cadence": says.cadences[proposal.cadence],
    }  # fmt: skip
    lead = f"{lead} {fill(says.one if len(found) == 1 else says.listed, **slots).rstrip(':')}."
    asks = []
    for one in proposal.assumed:
        asked = (
            day(first)
            if one is Open.START
            else " and ".join(dict.fromkeys(DAYS[check_in.at.weekday()] for check_in in found[:2]))
        )
        asks.append(Row(text=fill(says.assumed[one], day=asked, **slots)))
    sections = (
        Section(key="dates", heading=says.dates, rows=tuple(Row(text=when(one.at)) for one in found)),
        Section(key="asks", heading=says.asks, rows=tuple(asks)),
    )
    return Sheet(
        title=says.title, lead=lead, sections=tuple(one for one in sections if one.rows), close=says.close
    )
