"""The parts of the record that the person wrote: promises, log, feedback, meetings, questions, drafts, rehearsals, talks. Pure."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from coach.checklist.words import day
from coach.schema.binder import Talk
from coach.schema.checklist import Checklist, Rehearsal
from coach.schema.documents import Block, Bullets, Heading, Paragraph, Quotation, Table, Task

Words = dict[str, str]


def facts(*pairs: tuple[str, str | None]) -> Iterator[Block]:
    """A line for each label with a value."""
    return (Paragraph(label=label, text=value) for label, value in pairs if value)


def promises(checklist: Checklist, names: dict[str, str], say: Words) -> Iterator[Block]:
    """What the employer said they would do, and what became of it."""
    if not checklist.promises:
        return
    yield Heading(text=say["promises"])
    for promise in checklist.promises:
        yield Heading(text=promise.text, level=2)
        if promise.quote.strip():
            file = names.get(promise.plan or "", "")
            yield Quotation(
                text=promise.quote,
                source=say["source"].format(file=file, page=promise.page or 1) if file else "",
            )
        state = promise.state.value
        yield from facts(
            (say["state"], say["since"].format(status=state, day=day(promise.state_on)) if promise.state_on else state),
            (say["due"], promise.due and day(promise.due)), (say["note"], promise.note),
        )  # fmt: skip


def log(checklist: Checklist, say: Words) -> Iterator[Block]:
    """What was done, day by day."""
    if not checklist.log:
        return
    titles = {item.id: item.title for item in checklist.items}
    rows = []
    for entry in checklist.log:
        text = f"{entry.text} ({say['beyond']})" if entry.beyond else entry.text
        minutes = say["minutes"].format(count=entry.minutes) if entry.minutes else ""
        rows.append((day(entry.on), text, titles.get(entry.item or "", ""), minutes))
    yield Heading(text=say["log"])
    yield Table(head=(say["day"], say["what"], say["goal"], say["time"]), rows=tuple(rows))


def feedback(checklist: Checklist, say: Words) -> Iterator[Block]:
    """What somebody said about the work."""
    if not checklist.feedback:
        return
    titles = {item.id: item.title for item in checklist.items}
    rows = (
        (day(said.on), said.who, said.text, titles.get(said.item or "", "")) for said in checklist.feedback
    )
    yield Heading(text=say["feedback"])
    yield Table(head=(say["day"], say["who"], say["what"], say["goal"]), rows=tuple(rows))


def check_ins(checklist: Checklist, say: Words) -> Iterator[Block]:
    """Every meeting with its notes and next steps."""
    if checklist.check_ins:
        yield Heading(text=say["check_ins"])
    for meeting in checklist.check_ins:
        when = f"{day(meeting.at)}, {meeting.at:%H:%M} ({meeting.zone})"
        kind = meeting.kind.value.replace("_", "-")
        yield Heading(text=", ".join(filter(None, (when, meeting.who))), level=2)
        yield from facts((say["state"], f"{kind}, {meeting.state.value}"), (say["note"], meeting.notes))
        if meeting.agreed:
            yield Heading(text=say["next_steps"], level=3)
            yield Bullets(lines=meeting.agreed)


def questions(checklist: Checklist, say: Words) -> Iterator[Block]:
    """What was asked, and what was answered."""
    if checklist.questions:
        yield Heading(text=say["questions"])
    for number, question in enumerate(checklist.questions, start=1):
        yield Task(text=question.text, number=number, ticked=question.ticked)
        if answer := question.answer:
            if question.answered_on:
                answer = say["answered"].format(answer=answer, day=day(question.answered_on))
            yield Paragraph(label=say["answer"], text=answer, under=True)


def drafts(checklist: Checklist, say: Words) -> Iterator[Block]:
    """The texts themselves."""
    if checklist.drafts:
        yield Heading(text=say["drafts"])
    for draft in checklist.drafts:
        yield Heading(text=draft.title.strip() or draft.kind.replace("_", " "), level=2)
        yield Paragraph(text=f"{day(draft.on)}, {say['sent'] if draft.sent else say['not_sent']}", quiet=True)
        yield Paragraph(text=draft.text)


def rehearsals(checklist: Checklist, say: Words) -> Iterator[Block]:
    """What came out of each practice talk."""
    if checklist.rehearsals:
        yield Heading(text=say["rehearsals"])
    for talk in checklist.rehearsals:
        sure = None
        if talk.before is not None and talk.after is not None:
            sure = say["before_after"].format(before=talk.before, after=talk.after)
        setting = (talk.scenario, talk.persona, talk.difficulty)
        yield Heading(text=day(talk.at), level=2)
        yield from facts(
            (say["setting"], ", ".join(name.replace("_", " ") for name in setting)), (say["score"], str(talk.score)),
            (say["sure"], sure), (say["focus"], talk.focus),
        )  # fmt: skip
        yield from _debrief(talk, say)


def talks(kept: Iterable[Talk], say: Words) -> Iterator[Block]:
    """The conversations, line by line, without what was put aside."""
    yield Heading(text=say["talks"])
    for talk in kept:
        yield Heading(text=talk.session.title or day(talk.created_at), level=2)
        for message in talk.session.messages:
            yield Paragraph(label=say["me" if message.author == "person" else "coach"], text=message.text)


def _debrief(talk: Rehearsal, say: Words) -> Iterator[Block]:
    """What the stored result says, as far as it has the shape that DESIGN section 5 promises."""
    result: Any = json.loads(talk.result) if talk.result else {}
    debrief = result.get("debrief")
    if not isinstance(debrief, dict):
        return
    parts = debrief.get("worked")
    worked = [part["quote"] for part in parts if _text(part, "quote")] if isinstance(parts, list) else []
    if worked:
        yield Heading(text=say["worked"], level=3)
        yield from (Quotation(text=quote) for quote in worked)
    cost = debrief.get("cost")
    if _text(cost, "better"):
        yield Paragraph(label=say["better"], text=cost["better"])


def _text(part: Any, name: str) -> bool:
    return isinstance(part, dict) and isinstance(part.get(name), str) and bool(part[name].strip())
