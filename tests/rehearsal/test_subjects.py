"""What a turn is about beyond the topics: the manager's answer takes it up."""

import pytest

from coach.rehearsal import subjects
from coach.schema.enums import Difficulty, Persona, Scenario
from coach.schema.manager_moves import ManagerMove as M
from coach.schema.rehearsal import Topic, Voice
from coach.schema.turns import Label

OWNED = "I sent the March report eleven days late and told nobody. That was on me."


@pytest.mark.parametrize(
    ("turn", "move"),
    [
        ("When would I hear about that?", M.TELL_WHEN),
        ("How long does that take?", M.TELL_WHEN),
        ("Who do I ask about the licence?", M.TELL_WHO),
        ("Which of them should I do first?", M.TELL_FIRST),
        ("What if I'm off sick on the Friday?", M.TELL_HITCH),
        ("Do I have to pay for the course myself?", M.TELL_COST),
        ("Is it the e-mails or the meetings?", M.TELL_WHICH),
        ("Does the half day count?", M.TELL_SCOPE),
        ("Which ones should I start with?", M.TELL_FIRST),
        ("Can I bring somebody next time?", M.TELL_COMPANION),
        ("Is that held against me?", M.TELL_NO_HARM),
        ("Who gets to read these notes?", M.TELL_NOTES),
        ("What did the other nurses say?", M.TELL_OTHERS),
        ("Why not?", M.TELL_WHY_NOT),
        ("Would it be enough if I sent it by noon?", M.TAKE_PROPOSAL),
        ("Could we put that into the plan?", M.TAKE_WORDING),
        ("What happens if it goes well?", M.TELL_IF_MET),
        ("What's this meeting about?", M.TELL_PURPOSE),
    ],
)
def test_a_question_is_heard_for_what_it_asks(turn, move):
    assert subjects.asked(turn)[:1] == (move,)


@pytest.mark.parametrize(
    "turn",
    [
        "How long does the plan run?",
        "What would you need to see to say that it is done?",
        "What happens at the end if I meet two of the goals and miss the third?",
        "I'll send you the list every Friday.",
        "That was on me.",
    ],
)
def test_a_question_about_the_plan_and_a_statement_ask_nothing_else(turn):
    assert subjects.asked(turn) == ()


@pytest.mark.parametrize(
    ("turn", "move"),
    [
        ("The plan promises a mentor. So far nobody has contacted me.", M.TAKE_GAP),
        ("We've had none of the training yet.", M.TAKE_GAP),
        ("About our check-ins. The last two were cancelled.", M.TAKE_MISSED),
        ("I'm not here to blame anybody.", M.TAKE_PEACE),
        ("I know how busy you are at the end of the month.", M.TAKE_PEACE),
        ("You don't believe me.", M.TAKE_DOUBT),
        ("I'm not going to sign it today.", M.TAKE_NOT_SIGNING),
    ],
)
def test_what_is_reported_is_no_blame_and_is_taken_up(play, turn, move):
    line = play([turn]).lines[0]
    assert [one.move for one in line.said] == [move]
    assert not {Label.DEFENSIVE, Label.WITHDRAWAL, Label.THREAT} & set(line.labels)


@pytest.mark.parametrize("persona", Persona)
def test_every_manager_takes_up_what_is_said_and_asks_nothing_unrelated(play, persona):
    scene = play(["Hello.", "I have a few questions about it.", "I work nights this month."], persona=persona)
    assert [[one.move for one in line.said] for line in scene.lines] == [[M.GREET], [M.INVITE], [M.TAKE_FACT]]


def test_a_question_nobody_has_words_for_is_taken_along_or_held_back(play):
    ask = "Does the car park stay closed until then?"
    kind = play([ask], persona=Persona.RUSHED, difficulty=Difficulty.SUPPORTIVE)
    assert kind.lines[0].said[0].move is M.ANSWER_LATER
    spoilt = play(["You're useless and everyone here knows it.", ask], persona=Persona.COLD, difficulty=Difficulty.HARD)
    assert spoilt.lines[1].said[0].move is M.WITHHOLD


@pytest.mark.parametrize("persona", Persona)
def test_an_answer_held_back_names_what_was_asked(play, book, persona):
    cold = play(["Who decides at the end?"], persona=persona, difficulty=Difficulty.HARD).lines[0].said[0]
    if cold.move is M.HALF_ANSWER:
        assert cold.text in book.lines[persona].halves[Topic.JUDGE]
    else:
        assert cold.move is M.WITHHOLD and book.feedback.about[Topic.JUDGE] in cold.text.lower()


def test_how_it_stands_depends_on_trust_and_the_last_meeting_tells_nothing(play):
    ask = "How do you see it so far?"
    assert play([ask], difficulty=Difficulty.HARD).lines[0].said[0].move is M.HOLD_STANDING
    better = play([OWNED, "I've closed 14 of the 16 tickets, the list is in the folder.", ask], difficulty=Difficulty.SUPPORTIVE)
    assert better.lines[-1].said[0].move is M.TELL_STANDING
    assert play([ask], scenario=Scenario.FINAL, difficulty=Difficulty.SUPPORTIVE).lines[0].said[0].move is M.TELL_VERDICT


def test_only_hr_explains_hr_and_only_who_leaves_hears_about_leaving(play):
    said = play(["What is HR's role today?"], scenario=Scenario.HR).lines[0].said
    assert [(one.voice, one.move) for one in said] == [(Voice.HR, M.TELL_ROLE)]
    stays = play(["And what about the days off I still have?"]).lines[0].said
    assert not {one.move for one in stays} & {M.LEAVE_TERMS, M.NEWS_TERMS}
    leaves = play(["I'm resigning.", "And what about the days off I still have?"], scenario=Scenario.LEAVING).lines[1].said
    assert [one.move for one in leaves] == [M.LEAVE_TERMS]


def test_an_agenda_is_no_request_for_a_regular_talk(play):
    line = play(["I've had the plan since Monday and I'd like to go through it with you."]).lines[0]
    assert [one.move for one in line.said] == [M.INVITE]
    assert not {Label.CHECK_IN, Label.PROGRESS} & set(line.labels)
