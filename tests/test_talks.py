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


def test_who_has_signed_is_not_told_again_what_to_write_there(built):
    last = talk(built, "the line above the signature says 'I have received and discussed this plan'", "ok i signed it, wrote received only next to my name")
    assert "if you want to answer it later" not in last.text


@pytest.mark.parametrize(("asked", "card"), [
    ("non compete says 12 months any competitor. if they fire ME does it still count?? im in denver, SaaS sales", "non-compete"),
    ("My rate dropped after I hurt my back on the job in March and I never filed anything. Is it too late? Ohio", "hurt-at-work"),
    ("How long do I have to put in an unfair dismissal claim in Australia, I can't sleep not knowing", "suing"),
    ("what happens to my RSUs. vest date is nov 15, pip ends nov 12", "dates-of-money"),
    ("They've backdated it. I got it on the 22nd and it says 1 September. Doesn't that make the whole thing void?", "is-it-valid"),
    ("Registered nurse, Alberta. If I fail this, do they report me to the college?", "professional-register"),
    ("can they check my badge swipes and mouse movements and use it against me?", "watched-at-work"),
    ("i started sertraline 5 weeks ago and its making me foggy. should i just stop taking it until the plan is over", "health"),
    ("my manager gave me an Abmahnung, is my Kündigungsschutz gone now? Munich", "other-law"),
    ("STEM OPT, if they let me go how many days of unemployment do i have left", "immigration"),
])  # fmt: skip
def test_a_question_of_law_gets_its_page_wherever_it_sounds_like_another_thing(built, asked, card):
    last = talk(built, asked)
    assert {one.card for one in last.citations} == {card}


def test_no_page_of_another_country(built):
    last = talk(built, "Delhi. 3 months notice period in my letter but HR says immediate exit. am i entitled to the notice?")
    assert not {one.card for one in last.citations} & {"federal-employee", "uk-rules"} and "OPM" not in last.text


def test_new_south_wales_is_not_wales(built):
    last = talk(built, "is this plan even legal? i teach in New South Wales")
    assert "Fair Work" in last.text and "Acas" not in last.text.split("You could ask")[-1]


def test_the_body_of_ones_own_part_of_the_country_comes_first(built):
    assert "Labour Relations Agency" in talk(built, "is it legal to put me on this plan? i'm in Belfast").text.split("You could ask")[-1]
    canada = talk(built, "is 14 days legally long enough for a plan in British Columbia?").text.split("You could ask")[-1]
    assert "labour ministry of your province" in canada and "Quebec" not in canada


def test_a_time_limit_of_another_law_is_not_shown(built):
    last = talk(built, "I complained about the heat to OSHA and 13 days later I got a PIP. How long do I have? Georgia")
    assert "180" not in last.text and "short" in last.text


def test_a_letter_is_not_cut_at_a_title(built):
    last = talk(built, "My manager Mr. Smith says 45 of 50 were late. Can you write me a short email to HR")
    assert "My manager Mr. Smith says 45 of 50 were late." in last.text
