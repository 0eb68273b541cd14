"""A status summary in which each sentence is something that was noted, with its day and its record. Pure.

Adds no word about the work: no adjective, no total, no verdict. A goal without a note is named as one.
"""

from datetime import date

from coach.checklist.words import day
from coach.meetings import words
from coach.meetings.words import fill, noted, statement, tracked, whole
from coach.schema.checklist import Checklist, Entry, Evidence
from coach.schema.meeting_words import MeetingBook, SummaryWords
from coach.schema.meetings import GoalSummary, Letter, Sentence, Summary


def summary(checklist: Checklist, since: date | None, until: date, book: MeetingBook) -> Summary:
    """What was noted from `since` (None: from the beginning) to `until`, by goal."""
    says = book.summary
    found = noted(checklist, since, until)
    goals = tuple(
        GoalSummary(item=item.id, title=whole(item.title), sentences=_sentences(found.get(item.id, []), says))
        for item in tracked(checklist)
    )
    other = _sentences(found.get("", []), says)
    return Summary(
        since=since,
        until=until,
        goals=goals,
        other=other,
        letter=_letter(checklist, since, until, goals, other, says),
    )


def _sentences(found: list[Entry | Evidence], says: SummaryWords) -> tuple[Sentence, ...]:
    return tuple(Sentence(text=statement(one, says), on=one.on, sources=(one.id,)) for one in found)


def _letter(
    checklist: Checklist, since: date | None, until: date, goals: tuple[GoalSummary, ...], other: tuple[Sentence, ...], says: SummaryWords
) -> Letter:  # fmt: skip
    subject = (
        fill(says.subject, day=day(until))
        if since is None
        else fill(says.subject_span, first=day(since), last=day(until))
    )
    if not other and not any(goal.sentences for goal in goals):
        return Letter(subject=subject, text=says.empty)
    parts = [fill(says.greeting, who=words.manager(checklist)), says.opening]
    parts += [
        words.listed(goal.title, [one.text for one in goal.sentences] or [says.nothing]) for goal in goals
    ]
    if other:
        parts.append(words.listed(says.other, (one.text for one in other)))
    parts += [says.close, fill(says.sign_off, name=words.my_name(checklist))]
    return Letter(subject=subject, text="\n\n".join(parts))
