"""The list of questions as a document to take along: boxes to tick, why each matters, what to propose, room for the answer. Pure."""

from collections.abc import Sequence

from coach.schema.checklist import Question
from coach.schema.documents import Block, Heading, Paper, Paragraph, Room, Task
from coach.schema.questions import MeetingQuestion, QuestionBook
from coach.tools.questions import FIRST


def to_paper(
    found: Sequence[MeetingQuestion], book: QuestionBook, *, name: str = "", kept: Sequence[Question] = ()
) -> Paper:
    """Title, the first five, the rest. `name` is the plan's file; `kept` knows what was ticked and answered."""
    says = {key: texts[0] for key, texts in book.words.items()}
    stored = {one.text: one for one in kept}
    blocks: list[Block] = [] if found else [Paragraph(text=says["none"])]
    for number, one in enumerate(found, start=1):
        if len(found) > FIRST and number in (1, FIRST + 1):
            blocks.append(Heading(text=says["first" if number == 1 else "rest"]))
        blocks += _blocks(one, number, says, stored.get(one.text))
    return Paper(title=says["title"], subtitle=name, page=says["page"], blocks=tuple(blocks))


def _blocks(one: MeetingQuestion, number: int, says: dict[str, str], kept: Question | None) -> list[Block]:
    blocks: list[Block] = [Task(text=one.text, number=number, ticked=bool(kept and kept.ticked))]
    if one.why:
        blocks.append(Paragraph(label=says["why"], text=one.why, under=True))
    if one.wording:
        blocks.append(Paragraph(label=says["propose"], text=one.wording, under=True))
    if kept and kept.answer:
        return [*blocks, Paragraph(label=says["answer"], text=kept.answer, under=True)]
    return [*blocks, Room(label=says["answer"])]
