"""The person's own list of questions beside what is proposed: what is not on it yet, and what stands behind each. Pure."""

from collections.abc import Sequence

from coach.schema.checklist import Question
from coach.schema.questions import MeetingQuestion


def suggested(found: Sequence[MeetingQuestion], taken: Sequence[Question]) -> tuple[MeetingQuestion, ...]:
    """What is proposed and not on the list, in any of its wordings."""
    behind = [source(one, found) for one in taken]
    return tuple(one for one in found if one not in behind)


def source(question: Question, found: Sequence[MeetingQuestion]) -> MeetingQuestion | None:
    """The proposal that a question came from: the same words, or else the only one on its subject and goal."""
    same = [one for one in found if one.text == question.text]
    alike = [one for one in found if question.topic and (one.topic, one.goal_id) == (question.topic, question.goal or question.item)]
    return (same or (alike if len(alike) == 1 else [None]))[0]


def listed(taken: Sequence[Question], found: Sequence[MeetingQuestion]) -> tuple[MeetingQuestion, ...]:
    """The list to take along: the person's own, or what is proposed where nothing was chosen yet."""
    if not taken:
        return tuple(found)
    return tuple(_taken(one, source(one, found), number) for number, one in enumerate(taken, start=1))


def _taken(question: Question, behind: MeetingQuestion | None, priority: int) -> MeetingQuestion:
    told = {"text": question.text, "why": question.why, "priority": priority}
    if behind:
        return behind.model_copy(update=told)
    return MeetingQuestion(topic=question.topic, goal_id=question.goal or question.item, **told)
