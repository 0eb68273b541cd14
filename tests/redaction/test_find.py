"""What is found in a text: names in every form, addresses and numbers; and what is left alone."""

import pytest

from coach.redaction.find import find, names_of
from coach.redaction.known import listed


def hidden(text, book, *words):
    return [text[one.start : one.end] for one in find(text, listed(words, book), book)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("My manager Denise Okafor wrote it.", ["Denise Okafor"]),
        ("Then Mr Okafor came, and Denise's boss.", ["Okafor", "Denise"]),
        ("i told priya and priyas boss deepak", ["priya", "priya", "deepak"]),
        ("I asked Siobhán and later Siobhan.", ["Siobhán", "Siobhan"]),
        ("Dear Łukasz, as Frau Özdemir said", ["Łukasz", "Özdemir"]),
        ("Write to g.prosser@brackwell.example today", ["g.prosser@brackwell.example"]),
        ("Call 07700 900 318 or (415) 555-0137.", ["07700 900 318", "(415) 555-0137"]),
        ("I live at 9 Orchard Lane, near work.", ["9 Orchard Lane"]),
        ("Send it to 14 Kestrel Way, Trowbridge BA14 8RN please", ["14 Kestrel Way, Trowbridge BA14 8RN"]),
        ("My SSN is 078-05-1120 and my NI number is QQ 12 34 56 C.", ["078-05-1120", "QQ 12 34 56 C"]),
        ("Employee ID: 7723-09, case HRC-2026-00417", ["7723-09", "HRC-2026-00417"]),
        ("Nordhafen Maschinenbau GmbH sent a letter", ["Nordhafen Maschinenbau GmbH"]),
        ("KLOOFRAND BAKEHOUSE (PTY) LTD", ["KLOOFRAND BAKEHOUSE (PTY) LTD"]),
        ("T. J. Abernathy signed", ["T. J. Abernathy"]),
        ("it was @mvandijk again", ["@mvandijk"]),
    ],
)
def test_it_is_hidden(book, text, wanted):
    assert hidden(text, book) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "I was put on a PIP on Tuesday 3 March 2026 and HR wants it signed by 5pm Friday.",
        "The plan runs 03/09/2026 to 05/08/2026 (60 days). 41 of 250 claims, 98 % in Q3, £60,000.",
        "Will I be fired? May I say no? Mark my words, I hope not. That is a grace period.",
        "Goal 2: at least 97.5 % by 2026-06-30, in Excel and Salesforce, 30/60/90 days.",
        "Performance Improvement Plan\n\nStep 1 - Areas Of Concern\n\nProgress Checkpoints",
        "She said i will, and im not sure, gonna ask the manager about the english version",
    ],
)
def test_it_is_left_alone(book, text):
    assert hidden(text, book) == []


def test_a_name_that_is_a_word_is_hidden_only_where_it_is_the_name(book):
    text = "So Will gave it to me. Will will mark it, Will's way. Will I survive it? i will ask, and will said no."
    places = [one.start for one in find(text, listed(("Will",), book), book)]
    assert places == [text.index("Will gave"), text.index("Will will"), text.index("Will's"), text.index("will said")]


def test_what_is_listed_in_small_letters_is_hidden_every_time(book):
    assert hidden("Project bluefen. BLUEFEN! blue fen", book, "bluefen") == ["bluefen", "BLUEFEN"]


def test_a_listed_name_is_found_with_invisible_characters_and_other_accents(book):
    decomposed = "Jose\u0301 wrote, Jo\u00ads\u00e9 called, JOSE\u0301 left"
    assert len(hidden(decomposed, book, "José")) == 3


def test_what_looks_like_a_placeholder_is_hidden_so_that_none_is_ambiguous(book):
    assert hidden("They wrote [Person 1] and [ employer ] and [Insert name].", book) == ["[Person 1]", "[ employer ]"]


def test_a_plan_tells_names_for_its_sentences(book):
    known = names_of("Manager: Grace Hopewell\nGrace and Faith Umber will meet you.", book)
    sentence = "Grace keeps the list."
    assert [sentence[one.start : one.end] for one in find(sentence, known, book)] == ["Grace"]
