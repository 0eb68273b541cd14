"""What a model proposes for a review: beside it, taken in by the person only, and never in the way of what they changed."""

import time
from datetime import date

import pytest

from coach.plan.extract import extract
from coach.schema.plan import Goal, Refinement
from coach.ui import plan_proposals, plan_review
from coach.ui.plan_desk import PlanDesk
from tests.ui.fakes import built, settings_for
from tests.ui.plans import OPEN


@pytest.fixture
def desk(tmp_path):
    made = built(settings_for(tmp_path))
    made.coach.patience = 20
    return PlanDesk(made, today=lambda: date(2027, 1, 5))


def read(desk):
    return desk.read(OPEN.encode(), "plan.txt")


def finished(desk, draft):
    desk._coach.may_go_on.set()
    for _ in range(500):
        shown = desk.review({"draft": draft, "do": "reading"})
        if "data-reading" not in shown["model"]:
            return shown["model"]
        time.sleep(0.02)
    raise AssertionError("it never ended")


def test_the_review_is_there_before_the_model_has_read(desk):
    shown = read(desk)
    assert "Close at least 20 tickets" in shown["sheet"]
    assert 'data-reading="on"' in shown["sheet"]
    assert "1 of 3" in desk.review({"draft": shown["draft"], "do": "reading"})["model"]


def test_proposals_are_offered_as_text_and_only_taken_in_by_hand(desk):
    draft = read(desk)["draft"]
    model = finished(desk, draft)
    assert "The bench is &lt;b&gt;tidy" in model
    assert len(desk._draft(draft).plan.goals) == 3
    desk.review({"draft": draft, "do": "take", "goal": "g9"})
    assert [goal.quote[:9] for goal in desk._draft(draft).plan.goals][-1] == "The bench"
    assert "Perhaps goals too" not in desk.review({"draft": draft, "do": "show"})["sheet"]


def test_what_the_person_changed_meanwhile_stays_and_can_be_taken_back(desk):
    draft = read(desk)["draft"]
    desk.review({"draft": draft, "do": "edit", "goal": "g1", "name": "title", "text": "Tickets"})
    finished(desk, draft)
    state = desk._draft(draft)
    assert state.plan.goals[0].title == "Tickets"
    assert [goal.id for goal in state.proposed] == ["g9"]
    back = desk.review({"draft": draft, "do": "back"})["sheet"]
    assert "Perhaps goals too" in back


def test_a_proposal_that_touches_a_goal_of_the_review_is_dropped():
    found = extract(OPEN.encode(), "plan.txt")
    draft = plan_review.begin("d", found)
    start = found.document.text.index("20 tickets a week")
    inside = Goal(id="g9", title="Tickets", quote="20 tickets a week", span=(start, start + 17))
    assert plan_proposals.propose(draft, (inside,)).proposed == ()
    assert plan_proposals.propose(plan_review.drop(draft, "g1"), (inside,)).proposed == (), "left out is decided too"


def test_not_a_goal_means_that_it_is_not_offered_again(desk):
    draft = read(desk)["draft"]
    finished(desk, draft)
    assert "Perhaps goals too" not in desk.review({"draft": draft, "do": "leave", "goal": "g9"})["sheet"]
    assert len(desk._draft(draft).plan.goals) == 3


def test_a_stopped_reading_adds_nothing(desk):
    draft = read(desk)["draft"]
    assert "data-reading" not in desk.review({"draft": draft, "do": "stop-reading"})["sheet"]
    assert "bench" not in finished(desk, draft)
    assert desk._draft(draft).proposed == ()


def test_closing_the_review_stops_the_model(desk):
    draft = read(desk)["draft"]
    reading = desk._readings.of(draft)
    desk.drop(draft)
    assert reading.stop.is_set()


def test_a_failing_model_is_one_quiet_line(desk):
    desk._coach.refined = lambda found: Refinement(fault="It is <not> there.", done=1, of=3)
    model = finished(desk, read(desk)["draft"])
    assert "It is &lt;not&gt; there." in model
    assert "What I found stays as it is" in model


def test_a_fault_of_the_program_ends_the_line_and_leaves_the_review(desk):
    def broken(found):
        raise RuntimeError("not for the screen")

    desk._coach.refined = broken
    shown = read(desk)
    assert "RuntimeError" not in finished(desk, shown["draft"])
    assert desk._draft(shown["draft"]).plan.goals


def test_without_a_model_nothing_is_said(tmp_path):
    made = built(settings_for(tmp_path))
    made.coach.status = ("off", 0, 0, "")
    shown = PlanDesk(made).read(OPEN.encode(), "plan.txt")
    assert "data-reading" not in shown["sheet"]
