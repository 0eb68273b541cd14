"""Words to send in the chat: the right kind, the person's own facts in it, one question at most."""

import re
import zlib

import pytest

from coach.schema.enums import Route
from coach.tools import drafting
from tests.fakes import a_turn


def reply(library, text, **more):
    return drafting.moves(a_turn(library, text, route=Route.DRAFT, **more), None)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("recap of what we agreed today: 90% by June, friday calls, she's ordering the scanner", ["- 90% by June", "- friday calls", "- you are ordering the scanner"]),
        ("status update for week 4: 12 audits done, 2 open", ["week 4", "- 12 audits done", "- 2 open"]),
        ("thank you note to Anita for mentoring me, nothing soppy", ["Hello Anita,", "Thank you for mentoring me."]),
        ("thank you mail, he did actually fix the printer like he said", ["Thank you for fixing the printer."]),
        ("message to my lead, I need the forklift course he promised for week 2", ["the forklift course", "week 2"]),
        ("Two of the dates in the plan are wrong, I want that corrected", ["1. It says", "2. It says"]),
        ("she cancelled tuesday, rebook for friday 10am", ["Tuesday", "Friday 10am"]),
        ("short note to Pavel, can we meet before thursday", ["Hello Pavel,", "before Thursday|Before Thursday"]),
        ("mail to HR asking for an extension of 15 days", ["I'd like to ask for an extension of 15 days."]),
        ("email to my manager Dana asking for examples of where my communication was poor", ["Hello Dana,", "examples", "where my communication was poor"]),
        ("write an email asking who complained about me, my manager is Steve", ["Hello Steve,", "I'd like to ask who complained about me.", "Could you let me know?"]),
        ("draft an email to HR asking for the policy", ["Hello HR team,", "I'd like to ask for the policy."]),
        ("message to my mentor asking if she can look over my reports", ["ask if you can look over my reports."]),
        ("i need to ask for training on the new crm, can u write to my boss priya", ["Hello Priya,", "training on the new crm."]),
        ("write the recap. we met today, he said 95% by June, weekly check in on mondays", ["- you said 95% by June", "- weekly check in on mondays"]),
        ("write a text to my boss that im sick today and cant make the check in at 2", ["I'm sick today and can't make the check in at 2"]),
        ("the plan says I was late 9 times but it was 4, the badge log shows it. write the correction", ["[the exact line in the plan: I was late 9 times]", "it was 4", "the badge log"]),
        ("write an email acknowledging i got the plan, i got it on monday", ["received the plan on Monday|reached me on Monday|since Monday"]),
        ("mail to set up a meeting with Karen about goal 3 before the 5th", ["about goal 3", "efore the 5th"]),
        ("write an email to my manager requesting weekly feedback instead of monthly", ["I'd like to ask for weekly feedback instead of monthly."]),
        ("email asking for a copy of the signed plan", ["I'd like to ask for a copy of the signed plan."]),
        ("email to Ms Brandt, i need more time for goal 1", ["Hello Ms Brandt,", "I'd like to ask for more time for goal 1."]),
        ("write a follow up email after todays meeting. agreed: daily standup update, Lee reviews my code", ["- daily standup update", "- Lee reviews my code", "agreed|took this away"]),
        ("text to my boss: running 10 min late for the check in", ["I'm running 10 min late for the check in"]),
        ("draft a message to my team that i'll be in training on tuesday", ["all,", "I'll be in training on tuesday"]),
        ("draft sth to my manager that i disagree with the 3 late arrivals, i was on approved leave", ["[the exact line in the plan: the 3 late arrivals]", "I was on approved leave"]),
        ("write something for HR saying i accept everything in the plan", ["I accept everything in the plan", "\u201c"]),
        ("thank my coworker Amir for showing me the dashboard", ["Hello Amir,", "Thank you for showing me the dashboard."]),
        ("soften this: 'You lied about the rota on 3 May'", ["I remember the rota on 3 May differently"]),
    ],
)  # fmt: skip
def test_the_facts_of_the_message_stand_in_the_draft(library, text, inside):
    said = "\n".join(move.text for move in reply(library, text))
    assert all(re.search("|".join(map(re.escape, part.split("|"))), said) for part in inside), said


@pytest.mark.parametrize("text", ["draft", "recap please", "write an update", "thank you note", "make this less angry", "corrections to the plan", "text for my colleagues", "word it so i get it in writing", "a reflection statement by noon", "{x} 'y'", ""])
def test_without_facts_there_is_something_to_use_and_one_question_at_most(library, text):
    moves = reply(library, text)
    assert moves and all(move.text.strip() for move in moves)
    assert sum(move.kind == "ask" for move in moves) <= 1
    assert not re.search(r"\{\w+\}", "".join(move.text for move in moves).replace("{x}", ""))


def test_a_calm_text_is_left_as_it_is(library):
    (said,) = reply(library, "make this less angry: 'Could we move the check-in to Thursday at 10?'")
    assert "Thursday" not in said.text and "[" not in said.text


def test_the_tenth_draft_is_still_an_answer(library):
    shown: tuple[str, ...] = ()
    for number in range(10):
        turn = a_turn(library, "another recap", route=Route.DRAFT, shown=shown, history=("x",) * number)
        assert len(drafting.moves(turn, None)) >= 2
        shown = (*shown, *turn.picker.used)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("what exactly do I write next to my signature", "[date]"),
        ("what do i write when i sign it", "[date]"),
        ("one sentence for when he cuts me off", "finish|sentence left"),
        ("what do i say if she shouts at me", "quietly|slow down|break"),
        ("give me a line for when they want me to sign it on the spot", "[day]"),
        ("something short to say when my mind goes blank", "[day]|moment"),
        ("one line to close the meeting", "agreed|again"),
    ],
)
def test_a_moment_gets_ready_words_of_a_line(library, text, inside):
    moves = reply(library, text)
    words = [move.text for move in moves if move.text.startswith("> ")]
    assert 1 <= len(words) <= 2 and all(len(line.split()) < 30 for line in words)
    assert re.search("|".join(map(re.escape, inside.split("|"))), words[0]) and "Subject:" not in " ".join(move.text for move in moves)


def test_words_beside_a_signature_come_with_both_views_once(library):
    first = " ".join(move.text for move in reply(library, "words for next to my signature"))
    assert "Experts differ" in first and "receipt" in first
    note = library.drafts.short["signature"].note
    again = reply(library, "words for next to my signature", shown=(f"{zlib.crc32(note.encode()):08x}",))
    assert "Experts differ" not in " ".join(move.text for move in again)


@pytest.mark.parametrize("text", ["email to my boss saying he interrupts me", "need a statement for the employee comments box", "soften this: 'You always interrupt me, one line'"])
def test_a_whole_message_stays_a_message(library, text):
    assert not any(move.text.startswith("> ") for move in reply(library, text))


def test_what_somebody_is_only_to_be_told_is_told_without_the_order_around_it(library):
    text = "can u help me write a short msg to petra before thursday saying i found out why the accruals went wrong (old template) and what i'll do now? just 3 or 4 lines"
    said = "\n".join(move.text for move in reply(library, text))
    assert "Petra" in said and "I found out why the accruals went wrong (old template). From now on [" in said
    assert "3 or 4" not in said and "now?" not in said


def test_a_decimal_point_does_not_end_a_sentence(library):
    asked = reply(library, "write my manager Priya an email asking to change goal 2 from 0.5 to max 2 per report, the average is 1.8")
    text = " ".join(move.text for move in asked)
    assert "from 0.5 to max 2 per report" in text and "is 1.8." in text and "\u2024" not in text


def test_the_persons_own_facts_are_the_message(library):
    told = "plan says 14 late dispatches 1-31 may. i was off 6 to 19 may, got the hr approval email. can you write me a short email to Kev"
    text = " ".join(move.text for move in reply(library, told))
    assert "Hello Kev," in text and "The plan says 14 late dispatches 1-31 may. I was off 6 to 19 may, got the hr approval email." in text
    assert "write me" not in text


def test_anger_and_questions_stay_out_of_the_message(library):
    told = "they are all liars and i hate it. is 12 even allowed? the rota of 3 May shows two of us. write an email to Jo"
    text = " ".join(move.text for move in reply(library, told))
    assert "The rota of 3 May shows two of us." in text and "liars" not in text and "allowed" not in text


def test_a_team_average_is_no_line_for_colleagues(library):
    text = " ".join(move.text for move in reply(library, "write an email to Priya asking to change goal 1, the team average is 4"))
    assert "Hello Priya," in text and "ask to change goal 1" in text


@pytest.mark.parametrize("asked", ["so i sign and add a note about goal 2? what would the note say, the form says 'I have read it all'", "one sentence to write above my signature"])
def test_words_beside_the_signature(library, asked):
    assert "receipt" in " ".join(move.text for move in reply(library, asked))
