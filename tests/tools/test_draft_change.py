"""A draft that was just shown is changed as asked: the facts stay, nothing is made up, what could not be done is said."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coach.schema.conversation import Message as Said
from coach.schema.conversation import Session
from coach.schema.enums import Route
from coach.tools import draft_letter, drafting
from coach.tools.draft_change import changed, said
from tests.fakes import a_turn

TODAY = date(2026, 3, 11)
LETTER = """Subject: Examples I can learn from

Hello Dana,

Could you give me one or two examples of this: where my communication was poor? I learn most from a real case.

The training on 4 March was useful. When could that be?

Kind regards,
[your name]"""
RECAP = """Hello [name],

Thank you for meeting me on 11 March. This is what I understood we agreed:
- 95% of tickets by 30 June
- you will get me the Excel training

Please tell me if I have something wrong.

Kind regards,
Tom"""
TIMES = "Hello Karen,\n\nCould we talk about goal 3?\n\nI could do [day and time] or [day and time].\n\nKind regards,\n[your name]"


def after(library, shown, asked, told="asking for examples of where my communication was poor", question=""):
    done = changed(
        draft_letter.read(shown), asked, told=told, question=question, today=TODAY, book=library.drafts, checks=library.marks,
        thanks=library.lines["drafting"]["warm_end"][0], until=library.lines["drafting"]["by_day"][0],
    )  # fmt: skip
    assert done is not None, asked
    return done


@pytest.mark.parametrize("shown", [LETTER, RECAP, TIMES, "Hi Dana,\nCould we meet?\nTom"])
def test_a_message_is_read_out_of_a_reply_and_written_again(shown):
    found = draft_letter.read(f"Try this one.\n\n{shown}\n\nFill in the brackets before it goes.")
    assert found is not None and found.text == shown


def test_no_message_is_read_where_there_is_none():
    assert draft_letter.read("Three sentences are usually enough.\n\nWhat do you want?") is None


def test_four_lines_are_four_lines_and_the_request_stays(library):
    message, notes = after(library, LETTER, "its too long, 4 lines max")
    assert message.lines <= 4 and "where my communication was poor?" in message.text and "real case" not in message.text and not notes


def test_shorter_keeps_every_point_that_was_agreed(library):
    message, _ = after(library, RECAP, "too long, max 4 lines", told="95% by 30 June, excel training")
    assert message.lines <= 4 and "95% of tickets by 30 June" in message.text and "Excel training" in message.text


def test_two_sentences_hold_what_was_agreed(library):
    message, notes = after(library, RECAP, "2 sentences only", told="95% of tickets by 30 June, excel training")
    assert "95% of tickets by 30 June; you will get me the Excel training." in message.text and not notes


def test_a_head_stays_over_the_list_that_follows_it(library):
    shown = "Hello Dana,\n\nI'd like to put these facts right:\n\n1. It says: x. I was on leave then.\n\nKind regards,\nTom"
    message, _ = after(library, shown, "remove the bit about leave")
    assert "these facts right:" in message.text and "on leave" not in message.text


def test_softer_says_when_there_was_no_hard_word(library):
    message, notes = after(library, LETTER, "make it softer")
    assert "Would you be able to give me" in message.text and message.text.count("Thank you for taking the time.") == 1
    assert [name for name, _ in notes] == ["no_hard_word"]


def test_softer_calms_a_hard_word(library):
    message, notes = after(library, LETTER.replace("I learn most from a real case.", "You never listen to me."), "make it softer")
    assert "never" not in message.text and not notes


def test_a_part_is_taken_out_and_the_rest_stays(library):
    message, notes = after(library, LETTER, "take out the part about the training")
    assert "4 March" not in message.text and "where my communication was poor" in message.text and not notes
    message, notes = after(library, RECAP, "remove the bit about training")
    assert "Excel" not in message.text and "95%" in message.text


def test_what_is_not_there_is_said(library):
    message, notes = after(library, LETTER, "take out the part about salary")
    assert message.text == LETTER and notes == [("not_there", {"words": "salary"})]


@pytest.mark.parametrize(
    ("asked", "inside"),
    [
        ("add that I already asked twice", "I already asked twice."),
        ("pls add that he promised it in january", "You promised it in january."),
        ("also mention i cant open the portal", "I can't open the portal."),
    ],
)
def test_a_fact_is_added_in_their_words(library, asked, inside):
    message, _ = after(library, LETTER, asked)
    assert inside in message.text and "where my communication was poor" in message.text


def test_a_point_is_added_to_a_list(library):
    message, _ = after(library, RECAP, "add that we also agreed on friday calls")
    assert "\n- We also agreed on friday calls" in message.text


def test_times_fill_their_blank(library):
    assert "I could do Monday 2pm." in after(library, TIMES, "say monday 2pm works")[0].text
    assert "I could do Tuesday or Wednesday morning." in after(library, TIMES, "put in that i can do tue or wed morning")[0].text


def test_a_day_alone_becomes_a_wish(library):
    assert "It would help me to have your answer by Friday." in after(library, LETTER, "can you say by friday")[0].text


def test_more_and_less_formal(library):
    formal = after(library, LETTER.replace("I learn", "I'd say I learn"), "more formal")[0].text
    assert "Dear Dana," in formal and "I would say" in formal and "Yours sincerely,\n[your name]" in formal
    casual = after(library, LETTER, "less formal pls, its for slack")[0].text
    assert casual.startswith("Hi Dana,\n") and "Subject" not in casual and "Slack" not in casual


def test_names(library):
    assert after(library, LETTER, "sign it maria")[0].name == "Maria"
    assert after(library, RECAP, "it's for Ms Brandt")[0].greeting == "Hello Ms Brandt,"


def test_words_are_swapped(library):
    assert "two or three examples" in after(library, LETTER, "change 'one or two examples' to 'two or three examples'")[0].text


def test_an_answer_to_what_was_open_is_put_in(library):
    book = library.drafts
    shown = "Hello [name],\n\nI confirm that I received the plan on [the day you got it].\n\nKind regards,\n[your name]"
    message, _ = after(library, shown, "yesterday", question=book.asks["received"])
    assert "on 10 March 2026." in message.text or "on 10 March." in message.text


def test_nothing_known_is_no_change(library):
    done = changed(draft_letter.read(LETTER), "hmm", told="", question="", today=TODAY, book=library.drafts, checks=library.marks, thanks="", until="")
    assert done is None


def test_hostile_words_stay_words(library):
    message, _ = after(library, LETTER, r"add that \1 {manager} <b>x</b> [a](b)")
    assert r"\1 {manager} <b>x</b> [a](b)" in message.text


@pytest.mark.parametrize(("typed", "written"), [("i cant do it", "I can't do it."), ("she was late", "You were late."), ("the iPad is slow", "The iPad is slow.")])
def test_the_words_of_the_person_as_a_sentence(typed, written):
    assert said(typed) == written


# ---- in the chat


def conversation(reply):
    at = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    mine = Said(author="person", text="email to Dana asking for examples", at=at)
    return Session(id="d", messages=(mine, Said(author="coach", text=reply, at=at, route=Route.DRAFT)))


def test_the_reply_shows_the_changed_draft(library):
    before = conversation(f"Try this one.\n\n{LETTER}\n\nThe brackets are yours to fill.")
    turn = replace(a_turn(library, "add that I already asked twice", route=Route.DRAFT), session=before)
    shown = "\n\n".join(move.text for move in drafting.moves(turn, None))
    assert "I already asked twice." in shown and "Hello Dana," in shown and shown.count("Kind regards") == 1


@pytest.mark.parametrize("asked", ["can u make it a bit shorter and add that I was on nights", "just add: I was on nights"])
def test_shorter_and_a_fact_more_can_be_asked_in_one_breath(library, asked):
    message, _ = after(library, LETTER, asked)
    assert "I was on nights" in message.text
