"""Short talks with the real search: what a person says next is taken up, not what one word of it resembles."""

import pytest

from coach.schema.conversation import Session


def talk(built, *texts):
    session = Session(id="talk")
    for text in texts:
        *_, last = built.coach.reply(session, text)
        session = last.session
    return session.messages[-1]


def test_who_is_not_in_a_union_reads_nothing_on_unions(built):
    first = "my union rep says one thing, im not sure. can i bring someone to the meeting"
    last = talk(built, first, "no im not in a union. i just wanted to know if that sentence means they have already decided about me")
    assert "union" not in {one.card for one in last.citations} and "steward" not in last.text


def test_a_plan_after_a_complaint_is_taken_up_as_that(built):
    last = talk(built, "they put me on a 90 day plan", "In March I complained in writing to HR about a remark on my age. The PIP came seven weeks later. Does that matter, and should I mention it?")
    assert {one.card for one in last.citations} == {"retaliation"}


def test_nobody_is_told_to_add_the_plan_who_asks_about_terms(built):
    last = talk(built, "they put me on a 90 day plan", "My target is 4x coverage, I'm at 2.1x. When do I raise the package, and with whom?")
    assert "Add your plan" not in last.text


def test_ones_own_draft_is_looked_at(built):
    last = talk(built, "they put me on a plan", "i wrote it myself now: 'Hi Petra, I found that the errors came from the old template. I made a checklist so it doesnt happen again.' is that ok?")
    assert last.route == "draft" and "Add your plan" not in last.text and "[" not in last.text


@pytest.mark.parametrize("text", ["no goals met? thats wrong, 3 closed today. log it", "she is not my union rep. today: 3 complaints closed, 1 late. note it"])
def test_no_word_of_what_is_to_be_kept_is_left_out(built, text):
    last = talk(built, "do you mean my union rep? they say no goals are met", text)
    assert last.route == "check_in"
    assert text.split(".")[0].split(",")[0] in last.text


def test_no_choice_speaks_of_what_nobody_said_a_word_of(built, library):
    last = talk(built, "they put me on a plan today", "so what about the other thing with him then, do i do it or not")
    labels = library.lines["choices"]["labels"]
    assert last.quick_replies[-1] == library.lines["choices"]["other"], "this is a test of the choices"
    assert not {labels[page] for page in ("abuse-at-home", "pregnancy-and-family", "immigration", "health-cover")} & set(last.quick_replies)


def test_a_frightened_worker_who_wants_to_check_the_work_is_not_refused(built):
    last = talk(built, "They say I make too many errors, I do invoices at a clinic.", "i'm terrified to make another mistake in it. how do i check my invoices so errors go down")
    assert last.route == "coach" and "say no" not in last.text
    assert "second pass" in last.text or "a slip" in last.text


@pytest.mark.parametrize("text", ["what do i even do tomorrow morning when i log in, do i act normal?", "no I didnt want to save it, I'm asking how to get through tomorrow morning"])
def test_logging_in_is_no_entry_for_the_log(built, text):
    assert talk(built, "they put me on a plan on friday", text).route == "coach"


def test_a_father_is_not_given_the_same_page_of_law_twice(built):
    first = "14 late dispatches in may they say. I wasn't there half of may, i was on paternity leave."
    last = talk(built, first, "US, ohio. how do i prove i wasnt there for those dispatches??")
    assert last.route == "coach" and "EEOC" not in last.text


def test_a_child_who_asks(built):
    last = talk(built, "they put me on a plan", "my daughter saw me crying and asked if im in trouble. what do i tell her, shes only 8")
    assert "child" in last.text


def test_whoever_minds_the_brackets_hears_what_to_give(built):
    last = talk(built, "they put me on a plan", "can you write me a short email to Kev", "you give me brackets?? is there a way you write it with MY facts or not")
    assert "short email" in last.text and "PIP Coach, a program" not in last.text
