"""A plan under review: every step keeps quotes exact and guesses nothing."""

from datetime import date

import pytest

from coach.errors import UserError
from coach.plan.extract import extract_text
from coach.schema.plan import Missing
from coach.ui import plan_review, review_render
from coach.ui.plan_cutting import breaks
from tests.ui import plans


@pytest.fixture(scope="module")
def read():
    return {text: extract_text(text) for text in (plans.PLAN, plans.REVISED, plans.AMBIGUOUS, plans.LIST, plans.HOSTILE)}


@pytest.fixture
def draft(read):
    return plan_review.begin("d1", read[plans.PLAN])


def exact(draft):
    text = draft.extraction.document.text
    return all(goal.quote == text[slice(*goal.span)] for goal in draft.plan.goals)


def test_the_plan_is_found_as_the_tests_need_it(draft):
    assert [goal.id for goal in draft.goals] == ["g1", "g2", "g3"] and exact(draft)
    assert draft.known and draft.ready


def test_edit_a_goal(draft):
    after = plan_review.edit(draft, "g3", "title", "  Ownership \n in meetings ")
    assert after.goals[2].title == "Ownership in meetings" and draft.goals[2].title != "Ownership in meetings"
    after = plan_review.edit(after, "g3", "deadline", "2027-02-01")
    assert after.goals[2].deadline == date(2027, 2, 1)
    after = plan_review.edit(after, "g3", "measure", "two proposals a month")
    assert after.goals[2].missing == ()
    assert Missing.MEASURE in plan_review.edit(after, "g3", "measure", "").goals[2].missing
    assert exact(after)


@pytest.mark.parametrize(
    ("name", "text"), [("title", "  "), ("deadline", "tomorrow"), ("deadline", "0001-01-01"), ("quote", "x"), ("span", "1")]
)
def test_an_edit_that_cannot_be_is_one_sentence(draft, name, text):
    with pytest.raises(UserError):
        plan_review.edit(draft, "g1", name, text)


def test_people_and_dates(draft):
    after = plan_review.fact(plan_review.fact(draft, "manager", "Ines"), "end_date", "2027-04-05")
    assert after.plan.manager == "Ines" and after.plan.duration_days == (date(2027, 4, 5) - date(2027, 1, 4)).days
    with pytest.raises(UserError, match="before its first day"):
        plan_review.fact(draft, "end_date", "2026-12-01")


def test_drop_and_keep(draft):
    after = plan_review.drop(draft, "g2")
    assert [goal.id for goal in plan_review.result(after).plan.goals] == ["g1", "g3"]
    assert plan_review.keep(after, "g2").goals == draft.goals
    gone = plan_review.drop(plan_review.drop(after, "g1"), "g3")
    assert not gone.ready


def test_merge_keeps_an_exact_quote_and_the_earlier_date(draft):
    after = plan_review.merge(draft, "g2")
    assert [goal.id for goal in after.goals] == ["g1", "g3"] and exact(after)
    one = after.goals[0]
    assert one.quote.startswith("Close") and one.quote.endswith("day.") and one.deadline == date(2027, 2, 15)
    with pytest.raises(UserError):
        plan_review.merge(draft, "g1")


def test_merge_over_a_dropped_one_takes_the_kept_one_before(draft):
    after = plan_review.merge(plan_review.drop(draft, "g2"), "g3")
    assert "; " in after.goals[0].title or after.goals[0].quote.endswith("meetings.")
    assert exact(after)


def test_split_at_every_break(draft):
    for place in breaks(draft.goals[2]):
        after = plan_review.split(draft, "g3", str(place))
        assert len(after.goals) == 4 and exact(after)
        assert len({goal.id for goal in after.goals}) == 4
    with pytest.raises(UserError):
        plan_review.split(draft, "g3", "1")


def test_add_words_of_the_document_or_own_ones(draft):
    after = plan_review.add(draft, "", "your  manager will GIVE you a training course")
    added = next(goal for goal in after.plan.goals if goal.id == "g4")
    assert added.quote == "Your manager will give you a training course" and exact(after)
    own = plan_review.add(draft, "Learn the new tool", "not in there")
    assert own.own[0].title == "Learn the new tool" and own.own[0].quote == "" and own.plan == draft.plan
    assert [goal.id for goal in plan_review.result(own).plan.goals] == ["g1", "g2", "g3"]


def test_the_nearest_of_two_places_is_taken():
    text = "be kind. later: be kind."
    assert plan_review.locate(text, "be kind", 20) == (16, 23)
    assert plan_review.locate(text, "be kind", 0) == (0, 7)
    assert plan_review.locate(text, "(.*", 0) is None


@pytest.mark.parametrize(
    ("order", "start", "due"),
    [("day_first", date(2026, 4, 3), date(2026, 5, 4)), ("month_first", date(2026, 3, 4), date(2026, 4, 5))],
)
def test_an_ambiguous_date_is_asked_and_the_answer_read(read, order, start, due):
    draft = plan_review.begin("d1", read[plans.AMBIGUOUS])
    assert draft.extraction.questions and draft.plan.start_date is None
    shown = review_render.sheet(draft)
    assert "3 April 2026" in shown and "4 March 2026" in shown
    after = plan_review.answer(draft, order)
    assert after.plan.start_date == start and after.goals[0].deadline == due
    assert after.extraction.document == draft.extraction.document and exact(after)
    assert "One question first" not in review_render.sheet(after)


def test_a_paired_goal_is_reworded_not_new(read, draft):
    new = plan_review.begin("d2", read[plans.REVISED])
    found = plan_review.compared(new, draft.plan)
    gone = next(goal.old.id for goal in found.goals if goal.new is None)
    fresh = next(goal.new.id for goal in found.goals if goal.old is None)
    again = plan_review.compared(plan_review.pair(new, gone, fresh), draft.plan)
    assert all(goal.old and goal.new for goal in again.goals)
    assert plan_review.compared(plan_review.drop(plan_review.pair(new, gone, fresh), fresh), draft.plan)  # no fault


def test_the_source_text_has_as_many_letters_as_the_document(draft):
    import html
    import re

    shown = re.sub(r"<[^>]+>", "", review_render.source_text(draft))
    assert html.unescape(shown) == draft.extraction.document.text


def test_gaps_are_questions_and_hostile_words_are_text(read):
    shown = review_render.sheet(plan_review.begin("d1", read[plans.HOSTILE].model_copy(update={"is_plan": True})))
    assert "<script" not in shown and "<img" not in shown and "&lt;script&gt;" in shown
    shown = review_render.sheet(plan_review.begin("d1", read[plans.PLAN]))
    assert "Ask: “" in shown and "fair" not in shown


def test_no_plan_says_why(read):
    draft = plan_review.begin("d1", read[plans.LIST])
    assert not draft.known and not draft.ready
    assert "Use it anyway" in review_render.sheet(draft) and 'data-do="review:confirm"' not in review_render.sheet(draft)
