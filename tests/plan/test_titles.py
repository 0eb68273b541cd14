"""Titles of goals: short, ended where a clause ends, in the plan's own words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.plan.finding.titles import WHOLE, title

TITLES = {
    "Respond to all customer tickets within one business day of receiving them, without exception.": "Respond to all customer tickets",
    "Post all insurance and patient payments in the ledger on the day that they are received.": "Post all insurance and patient payments in the ledger",
    "Return the calls of patients who have a question about their statement.": "Return the calls of patients",
    "In Critical Element 2, you must decide or forward each case assigned to you on or after April 6, 2026.": "Decide or forward each case assigned to you",
    "By this Friday you send me the list of the double-booked slots.": "You send me the list of the double-booked slots",
    "Every voicemail that comes in before 3 p.m. is called back on the same day.": "Every voicemail that comes in before 3 p.m. is called back",
    "The eleven complaints referred to at 3.2 shall be closed, with a note of the outcome in each case.": "The eleven complaints referred to at 3.2 shall be closed",
    "Hold deli shrink at 5.5% of sales or less in each of the two remaining fiscal periods.": "Hold deli shrink at 5.5% of sales or less",
    "Put the steps to reproduce, the build number and a screenshot in every bug report.": "Put the steps to reproduce, the build number and a screenshot",
    "When a licensee calls, you call back by the close of the next business day.": "When a licensee calls, you call back",
    "Write a one-page crisis sheet (who decides, who posts, who sleeps) within two weeks of the kick-off.": "Write a one-page crisis sheet",
    "the billing migration: all 1,200 accounts moved by oct 30.": "The billing migration",
    "No letter leaves the team before a second person has checked name, address and enclosure.": "No letter leaves the team\u2026",
    "Ms. Dinardo will be more approachable to newer colleagues.": "Be more approachable to newer colleagues",
    "You will not enter an adjustment or a write-off without the approval of the supervisor.": "You will not enter an adjustment or a write-off\u2026",
    "The three court bundles (Plas Coed, Mill Row and Tern Close) have to be with Legal by Friday.": "The three court bundles (Plas Coed, Mill Row\u2026",
    "Close every case.": "Close every case",
}


@pytest.mark.parametrize("quote", TITLES, ids=lambda quote: quote[:40])
def test_a_title_ends_where_a_clause_ends(quote):
    assert title(quote) == TITLES[quote]


def test_the_name_of_the_employee_is_no_part_of_a_title():
    quote = "Morag will carry out the eight outstanding annual visits on Patch 4."
    assert title(quote, "Morag Sinclair") == "Carry out the eight outstanding annual visits"
    assert title(quote).startswith("Morag will"), "a word with a capital may be anything where no name is known"
    assert title("Invoices must be paid within ten days of the day that they arrive here.", "Morag Sinclair").startswith("Invoices must")


@given(st.lists(st.sampled_from(["close", "every", "case", "of", "the", "customer", "by", "Friday", "and", "within", "(two)", "days,", "that", "you", "must", "not", "forget:", "a", "report", "5.5", "%", "or", "less"]), min_size=1, max_size=30))
def test_a_title_is_a_stretch_of_the_quote_and_not_long(words):
    quote = " ".join(words)
    found = title(quote)
    assert len(found.split()) <= WHOLE
    assert re.sub("\u2026$", "", found).lower() in quote.lower()
    assert found or not quote.strip()
