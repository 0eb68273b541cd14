"""Layouts that were not understood at first sight, each by its general cause on a small document."""

from datetime import date

import pytest

from coach.plan.extract import extract, extract_text
from coach.schema.plan import Missing, Signature

HEAD = """Improvement plan

Employee: Nadia Farouk
Manager: Tom Leary
Plan opens: 2 March 2026
Plan closes: 29 May 2026

"""
END = "\n\nIf this is not met, a final written warning may follow. Tom will meet Nadia every Monday.\n"


def goals(text):
    return extract_text(HEAD + text + END).plan.goals


def test_a_scorecard_lists_what_is_measured_and_the_level_that_is_asked_for():
    page = """<html><body><h1>Improvement plan</h1><p>Employee: Nadia Farouk</p><p>Manager: Tom Leary</p><table>
    <tr><th>Metric</th><th>Last 8 weeks</th><th>Must be</th></tr>
    <tr><td>Signed revenue on new business</td><td>31,000 a month</td><td>55,000 a month</td></tr>
    <tr><td>Schedule adherence with breaks included</td><td>84 %</td><td>95 %</td></tr>
    <tr><td>Total of all points</td><td></td><td>80 points</td></tr></table>
    <p>If this is not met, a final written warning may follow.</p></body></html>"""
    first, second = extract(page.encode(), "plan.html").plan.goals
    assert (first.quote, first.measure) == ("Signed revenue on new business", "55,000 a month")
    assert (second.quote, second.measure) == ("Schedule adherence with breaks included", "95 %"), "the level is asked for, not what is"


def test_a_name_before_the_goal_is_not_the_goal():
    found = goals("What has to improve\n\nA. Court papers. The three bundles have to be with Legal by 20 March 2026.\n\nB. Manner. Be more professional with colleagues.")
    assert [goal.quote.split()[:2] for goal in found] == [["The", "three"], ["Be", "more"]]
    assert found[0].deadline == date(2026, 3, 20)


def test_goals_that_a_sentence_announces_within_a_paragraph():
    found = goals(
        "We talked about two incidents in January. Over the next weeks we will be looking for the following. You will record an independent double "
        "check for every dose. When you hand over a patient, use the form each time. We would also like you to work on how you prioritize.\n\n"
        "You will not be doing this on your own. Our educator Mireille will be with you on two shifts."
    )
    assert [goal.quote[:24] for goal in found] == ["You will record an indep", "When you hand over a pat", "We would also like you t"]
    assert Missing.VAGUE in found[2].missing


def test_sentences_of_one_cell_are_goals_of_their_own():
    page = """<html><body><h1>Teacher support plan</h1><p>Teacher: Gwen Ashdown</p><p>Headteacher: Paul Lockwood</p><table>
    <tr><td>Area</td><td>Planning</td></tr>
    <tr><td>What we expect to see</td><td>Every lesson plan shows three levels of task.<br>Reading ages are entered on the tracker.</td></tr>
    <tr><td>Support in place</td><td>Mentor plans the first two weeks with you.</td></tr></table>
    <p>If the targets are not met, the school may begin the formal capability procedure.</p></body></html>"""
    assert [goal.quote for goal in extract(page.encode(), "plan.html").plan.goals] == [
        "Every lesson plan shows three levels of task.", "Reading ages are entered on the tracker.",
    ]  # fmt: skip


def test_an_impression_is_no_measure_and_a_time_of_day_is_one():
    found = goals("Goals\n\n- Communicate with the team every day. It is judged by Callum's impression.\n- Have the hot case full by 4:00 p.m. on each closing shift.\n- Lower the forks each time you step off the truck.")
    assert found[0].measure is None
    assert "by 4:00 p.m." in found[1].measure and "each time" in found[2].measure


def test_a_date_before_the_plan_in_a_heading_is_no_deadline():
    found = goals("Goals after the stage 2 hearing on 10 February 2026\n\n- Put every note on the system.\n- Answer every letter.")
    assert [goal.deadline for goal in found] == [None, None]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (
            "Invitation to a meeting about your performance\n\nDear Mr Anand,\n\nI would like you to come to a meeting with your manager, Faye Doyle, on 20 October 2026. You must bring "
            "any documents that you would like us to look at. You should let me know if you need an interpreter. One possible outcome is that you are placed on a performance improvement "
            "plan. No decision has been made.\n\nYours sincerely,\n\nNadia Crewe\n",
            "an invitation",
        ),
        (
            "Annual appraisal 2025/26\n\nEmployee: Oskar Lindqvist\nManager: Birgitta Holm\nOverall rating: 4, exceeds expectations\n\nObjectives for 2026/27\n\n1. Publish two method notes "
            "by 30 June 2027.\n2. Train one junior analyst.\n3. Keep turnaround under three days.\n\nSigned: Oskar Lindqvist, Birgitta Holm\n",
            "an appraisal",
        ),
    ],
)
def test_what_is_like_a_plan_and_is_none(text, cause):
    assert not extract_text(text).is_plan, cause


def test_signed_to_show_that_one_got_it_is_a_receipt():
    assert extract_text(HEAD + "Goals\n\n- Close every case.\n" + END + "\nSigned to show I got this, not that I agree: ____________\n").plan.signature is Signature.RECEIPT
