"""The person's list beside the proposals: each gap stands once, in whatever words it was taken in."""

from coach.schema.checklist import Question
from coach.schema.questions import MeetingQuestion
from coach.tools.question_list import listed, source, suggested

FOUND = (
    MeetingQuestion(text="Why?", why="w", topic="why", wording="propose"),
    MeetingQuestion(text="How is goal one measured?", why="w", topic="measure", goal_id="g1", wording="by a number"),
    MeetingQuestion(text="How is goal two measured?", why="w", topic="measure", goal_id="g2"),
    MeetingQuestion(text="Which support?", why="w", topic="support"),
    MeetingQuestion(text="When does it start?", why="w", topic="support"),
)


def test_what_is_on_the_list_is_not_suggested_again():
    taken = [Question(text="Goal one, how do you judge it?", topic="measure", goal="g1"), Question(text="Why?")]
    assert [one.text for one in suggested(FOUND, taken)] == ["How is goal two measured?", "Which support?", "When does it start?"]


def test_a_subject_with_two_proposals_takes_neither_away():
    assert source(Question(text="Some help?", topic="support"), FOUND) is None
    assert source(Question(text="Which support?", topic="support"), FOUND) == FOUND[3]
    assert source(Question(text="Mine alone"), FOUND) is None


def test_the_list_to_take_along_keeps_words_and_order():
    taken = [Question(text="Mine alone"), Question(text="Goal one, how?", topic="measure", goal="g1")]
    shown = listed(taken, FOUND)
    assert [(one.text, one.priority, one.wording) for one in shown] == [("Mine alone", 1, ""), ("Goal one, how?", 2, "by a number")]
    assert listed([], FOUND) == FOUND
