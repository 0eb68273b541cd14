"""The last review: what to ask, how each goal stands by what was noted, both roads, and steps on each. Pure.

"Met" is the manager's word only. Nothing here judges, and nothing says how likely anything is.
"""

from collections.abc import Sequence

from coach.checklist.progress import FINISHED
from coach.meetings.words import fill, line, tracked
from coach.schema.checklist import Checklist, Item, Status
from coach.schema.meeting_words import EndingWords, MeetingBook
from coach.schema.meetings import Ending, GoalEnd, Row, Section, Sheet


def ending(checklist: Checklist, asks: Sequence[str], book: MeetingBook) -> Ending:
    """The picture for the last review. `asks` are its questions (tools/questions.py makes them)."""
    says = book.ending
    items = tracked(checklist)
    goals = tuple(_goal(item, checklist, says) for item in items)
    work = (*_work(items, goals, says), *(Row(text=step) for step in says.work_lines))
    look = tuple(Row(text=step) for step in says.look_lines)
    asks = tuple(asks)
    sections = (
        Section(key="asks", heading=says.asks, rows=tuple(Row(text=ask) for ask in asks)),
        Section(
            key="goals",
            heading=says.goals,
            rows=tuple(Row(text=goal.text, sources=(goal.item, *goal.sources)) for goal in goals)
            or (Row(text=says.no_goals),),
        ),
        Section(
            key="staying", heading=says.staying, rows=tuple(Row(text=text) for text in says.staying_lines)
        ),
        Section(
            key="leaving", heading=says.leaving, rows=tuple(Row(text=text) for text in says.leaving_lines)
        ),
        Section(key="work", heading=f"{says.board}: {says.work.lower()}", rows=work),
        Section(key="look", heading=f"{says.board}: {says.look.lower()}", rows=look),
    )
    return Ending(
        asks=asks, goals=goals, staying=says.staying_lines, leaving=says.leaving_lines, work=work, look=look,
        sheet=Sheet(title=says.title, lead=says.lead, sections=tuple(one for one in sections if one.rows), close=says.close),
    )  # fmt: skip


def _goal(item: Item, checklist: Checklist, says: EndingWords) -> GoalEnd:
    shown = tuple(
        one.id for one in (*item.evidence, *(entry for entry in checklist.log if entry.item == item.id))
    )
    title = line(item.title, 120)
    if item.status is Status.CONFIRMED:
        state, text = "met", fill(says.met, title=title)
    elif item.status is Status.DONE and shown:
        text = (
            fill(says.done, title=title, count=str(len(shown)))
            if len(shown) > 1
            else fill(says.done_one, title=title)
        )
        state = "shown"
    elif item.status is Status.DONE:
        state, text = "unproven", fill(says.unproven, title=title)
    else:
        state, text = "open", fill(says.open, title=title, status=item.status.value.replace("_", " "))
    return GoalEnd(item=item.id, title=title, state=state, text=text, sources=shown)


def _work(items: Sequence[Item], goals: Sequence[GoalEnd], says: EndingWords) -> tuple[Row, ...]:
    rows = []
    for item, goal in zip(items, goals, strict=True):
        following = next((step for step in item.steps if not step.done), None)
        if goal.state == "unproven":
            rows.append(Row(text=fill(says.work_unproven, title=goal.title), sources=(item.id,)))
        elif item.status in FINISHED:
            continue
        elif following:
            rows.append(
                Row(
                    text=fill(says.work_step, title=goal.title, step=line(following.text, 120)),
                    sources=(item.id, following.id),
                )
            )
        else:
            rows.append(Row(text=fill(says.work_open, title=goal.title), sources=(item.id,)))
    return tuple(rows)
