"""What is typed into any part of the page is heard: kept as typed, with the help card beside it, and no card for work talk."""

import pytest
from bs4 import BeautifulSoup

from coach.plan.extract import PASTED
from coach.schema.checklist import CheckIn, Item, Question
from coach.schema.conversation import Fact, Known
from coach.ui.desk import Desk
from coach.ui.meetings_desk import MeetingsDesk
from coach.ui.plan_desk import PlanDesk
from coach.ui.practice_desk import PracticeDesk
from tests.ui import fakes
from tests.ui.test_meetings_desk import NOW

DANGER = "Nobody listens. I want to kill myself."
PLAN = """Performance Improvement Plan

Employee: Ana Ruiz
Manager: Bea Holt

Goals

1. Close every ticket within two days.

Policy

We take suicide prevention seriously. An employee who says that they want to kill themselves is put through to the employee assistance programme. Harassment and violence are not tolerated.

{own}
"""
CALM = (
    "I nearly died of embarrassment when the numbers came up.",
    "This deadline is killing me, and the Jira board is a mess.",
    "My manager will murder me if the report is late again.",
    "Suicide prevention training is one of my goals; I booked it for Monday.",
    "Killed the process, restarted the server, closed 14 tickets.",
    "I'd kill for a straight answer about goal two.",
    "We agreed on a cut-off date and I said I was happy with it.",
    "",
)


@pytest.fixture
def made(tmp_path):
    made = fakes.built(fakes.settings_for(tmp_path))
    yield made
    made.store.close()


def card(shown) -> BeautifulSoup:
    return BeautifulSoup(shown.get("care", ""), "html.parser")


def forms(made):
    """Every form of the page that takes words, as the name of its part and a way to send `text`."""
    plan, meetings, practice = PlanDesk(made), MeetingsDesk(made, now=lambda: NOW), PracticeDesk(made)
    plans = made.store.plans
    item, question, held = plans.add(Item(title="Close the cases")), plans.add(Question(text="By when?")), plans.add(CheckIn(at=NOW, zone="UTC"))

    def post(desk, do, **asked):
        return lambda text: desk.guarded(desk.act, {"do": do, **_filled(asked, text)})

    one = {"id": item.id, "version": item.version}
    return {
        "note": post(plan, "change", kind="item", **one, fields={"notes": ["", "?"]}),
        "item": post(plan, "add", kind="item", fields={"title": "?"}),
        "step": post(plan, "add", kind="step", fields={"item": item.id, "text": "?"}),
        "evidence": post(plan, "add", kind="evidence", fields={"item": item.id, "on": "2027-01-20", "text": "?"}),
        "log": post(plan, "add", kind="entry", fields={"on": "2027-01-20", "text": "?"}),
        "feedback": post(plan, "add", kind="feedback", fields={"on": "2027-01-20", "who": "Bea", "text": "?"}),
        "file": lambda text: plan.attach({"fields": {"item": item.id, "on": "2027-01-20", "text": text}}, b"x", "a.txt"),
        "own question": post(meetings, "own", fields={"text": "?"}),
        "answer": post(meetings, "answer", id=question.id, version=question.version, fields={"answer": ["", "?"]}),
        "check-in notes": post(meetings, "notes", id=held.id, version=held.version, fields={"notes": ["", "?"]}),
        "check-in agreed": post(meetings, "notes", id=held.id, version=held.version, fields={"agreed": ["", "?"]}),
        "heard there": post(meetings, "heard", id=held.id, fields={"who": "Bea", "text": "?"}),
        "own letter": post(meetings, "own-text", fields={"text": ["", "?"]}),
        "kept letter": post(meetings, "keep", fields={"kind": "own", "text": "?"}),
        "own manager": post(practice, "start", fields={"scenario": "first_meeting", "difficulty": "guarded", "persona": "own", "described": "?"}),
    }


def _filled(asked, text):
    if isinstance(asked, dict):
        return {name: _filled(value, text) for name, value in asked.items()}
    if isinstance(asked, list):
        return [_filled(value, text) for value in asked]
    return text if asked == "?" else asked


NAMES = (
    "note", "item", "step", "evidence", "log", "feedback", "file", "own question", "answer", "check-in notes", "check-in agreed", "heard there",
    "own letter", "kept letter", "own manager",
)  # fmt: skip
IN_MEMORY = ("own letter",)  # held while the program runs, stored when it is kept


def test_no_form_is_left_out(made):
    assert tuple(forms(made)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_form_is_heard(made, name):
    shown = forms(made)[name](DANGER)
    said = card(shown).get_text(" ")
    assert "fault" not in shown
    assert "988" in said and "I want to kill myself" in said and "?" in said
    if name not in IN_MEMORY:
        assert "I want to kill myself." in made.store.plans.load().model_dump_json(), "kept as typed"


@pytest.mark.parametrize("name", NAMES)
def test_figures_of_speech_and_work_bring_no_card(made, name):
    send = forms(made)[name]
    for text in CALM:
        assert "care" not in send(text), text


def test_a_text_that_is_refused_is_heard_as_well(made):
    shown = PlanDesk(made).act({"do": "change", "kind": "item", "id": "gone", "version": "1", "fields": {"notes": ["", DANGER]}})
    assert shown["fault"] and "988" in shown["care"]


def test_the_way_to_the_chat_takes_the_sentence_along(made):
    talk = card(forms(made)["note"](f"Monday was fine.\n\n{DANGER}\n\nBring the list.")).select_one("[data-do=care-talk]")
    assert talk["name"] == "say" and talk["value"] == "I want to kill myself"


def test_words_may_be_dangerous_to_a_page_as_well(made):
    hostile = '"><img src=x onerror=alert(1)> I want to kill myself <script>alert(2)</script>'
    shown = card(forms(made)["note"](hostile))
    assert not shown.select("img, script") and shown.select_one("[data-do=care-talk]")


def test_what_stood_there_before_is_not_answered_again(made):
    item = made.store.plans.add(Item(title="Close the cases"))
    ask = {"do": "change", "kind": "item", "id": item.id, "version": item.version, "fields": {"notes": [DANGER, f"{DANGER} Called Bea at nine."]}}
    assert "care" not in PlanDesk(made).act(ask)
    worse = {**ask, "fields": {"notes": [DANGER, f"{DANGER} I have the pills here."]}}
    assert "care" in PlanDesk(made).act(worse)


def test_the_country_that_is_known_decides_the_line(made):
    session = made.store.create()
    made.store.save(session.model_copy(update={"known": Known(region=Fact(value="us"))}))
    said = card(forms(made)["note"](DANGER)).get_text(" ")
    assert "988" in said and "116 123" not in said


def test_what_may_be_tiredness_gets_one_gentle_question_without_a_number(made):
    said = card(forms(made)["note"]("Sorry for being such a burden, and I really am the worst at this.")).get_text(" ")
    assert said.count("?") == 1 and "988" not in said


def test_many_small_signs_in_a_long_text_do_not_add_up(made):
    text = "\n\n".join(f"Week {n}: I'm tired of this board. Closed the tickets, answered the mails, sent the numbers to Bea on Friday." for n in range(40))
    assert "care" not in forms(made)["note"](text[:19_000])


@pytest.mark.parametrize("own", ["Employee comments: I do not want to live.", "Employee statement\n\nThis is a lot. I want to kill myself.", "My response\n\nEmployee's response: I'd be better off dead, honestly."])
def test_an_employees_own_words_in_a_plan_are_heard(made, own):
    shown = PlanDesk(made).read(PLAN.format(own=own).encode(), "plan.txt")
    said = card(shown).get_text(" ")
    assert shown["draft"], "the plan is read all the same"
    assert "988" in said and "employee's own words" in said
    assert "988" not in BeautifulSoup(shown["sheet"], "html.parser").get_text(" ")


@pytest.mark.parametrize("own", ["Employee comments: I was given no examples and would like some.", "Employee comments: This plan is killing me.", "Manager's comments: Ana said she wants to kill herself over this.", ""])
def test_what_others_wrote_in_a_plan_is_no_danger(made, own):
    shown = PlanDesk(made).read(PLAN.format(own=own).encode(), "plan.txt")
    assert shown["draft"] and "care" not in shown


def test_pasted_words_that_are_no_plan_are_the_persons_own(made):
    shown = PlanDesk(made).read(b"they gave me the plan today and I want to kill myself", PASTED)
    assert "988" in card(shown).get_text(" ")
    assert "care" not in PlanDesk(made).read(b"A colleague of ours runs the suicide prevention week.", "notice.txt")


def test_a_goal_typed_in_the_review_is_heard_and_one_taken_from_the_page_is_not(made):
    desk = PlanDesk(made)
    draft = desk.read(PLAN.format(own="").encode(), "plan.txt")["draft"]
    policy = "An employee who says that they want to kill themselves is put through to the employee assistance programme."
    assert "care" not in desk.review({"draft": draft, "do": "add", "title": "", "quote": policy, "at": "0"})
    assert "care" in desk.review({"draft": draft, "do": "add", "title": "I want to kill myself", "quote": "", "at": ""})


def test_a_fact_and_a_title_bring_a_plain_line(made):
    desk, session = Desk(made), made.store.create()
    for shown in (desk.set_fact(session.id, "manager", "I want to kill myself"), desk.rename(session.id, "I want to kill myself", session.id)):
        assert "988" in shown["fault"]
    assert desk.set_fact(session.id, "manager", "Bea")["fault"] == ""
    assert "fault" not in desk.rename(session.id, "The March report", session.id)
