"""A rehearsal in the chat: it starts, goes on turn by turn, steps out, goes back, gets harder, sums up, and stops for danger."""

import pytest

from coach.cli.chat import converse, turn
from coach.schema.conversation import Session
from coach.schema.enums import Difficulty, Persona, Route, Scenario
from coach.tools.rehearse_asides import aside, first_line, subject, their_line, with_name

OWNED = "The March report went out eleven days late and I told nobody. That was on me."
START = "let's practise, she is cold and interrupts"


@pytest.fixture
def talk(built):
    """Says several messages; the session is written and read back between them, as the store does."""

    def said(*texts: str) -> tuple[Session, list[dict]]:
        session, answers = Session(id="t"), []
        for text in texts:
            session, answer = turn(built, session, text)
            session = Session.model_validate_json(session.model_dump_json())
            answers.append(answer)
        return session, answers

    return said


def test_a_scene_starts_and_goes_on(talk):
    session, answers = talk(START, OWNED, "What would you need to see to say that it's done?")
    assert [answer["route"] for answer in answers] == ["rehearse"] * 3
    assert all("**Manager:** " in answer["reply"] for answer in answers)
    scene = session.practice.scene
    assert session.practice.on and scene.casting.persona is Persona.COLD and len(scene.lines) == 2
    assert OWNED[:40] in answers[1]["reply"], "one line of the coach quotes what was said"
    assert "Pause" in answers[0]["reply"] or "pause" in answers[0]["reply"]


def test_what_is_said_in_role_is_no_fact_about_the_person(talk):
    session, _ = talk(START, "I've already signed it and our meeting is on Thursday at 2pm.")
    assert session.known.signed is None and session.known.meeting is None


def test_pausing_gives_feedback_and_a_stronger_line_and_the_scene_waits(talk):
    session, answers = talk(START, "Nobody told me that, so it's not my fault.", "pause. how was that?", OWNED)
    assert "it's not my fault" in answers[2]["reply"] and "Words you can use" in answers[2]["reply"]
    assert "**Manager:**" not in answers[2]["reply"] and "**Manager:**" in answers[3]["reply"]
    assert len(session.practice.scene.lines) == 2


def test_going_back_keeps_the_first_try_and_compares_at_the_end(talk):
    session, answers = talk(START, "Nobody told me that, so it's not my fault.", "redo that last bit, I sounded pathetic", OWNED, "stop")
    assert len(session.practice.scenes) == 2 and not session.practice.on
    assert session.practice.scenes[0].lines[0].employee.startswith("Nobody")
    assert "One thing for the next try" in answers[-1]["reply"] and "than the one before" in answers[-1]["reply"]


def test_going_back_to_a_line_that_is_named(talk):
    session, _ = talk(START, OWNED, "Could I get training on the billing system?", "Okay.", "again from where I asked for training")
    assert len(session.practice.scene.lines) == 1


def test_too_nice_makes_it_harder_and_answers_the_same_line_again(talk):
    session, answers = talk(START, OWNED, "you're being way too nice, my real manager would never say that")
    assert session.practice.scene.casting.difficulty is Difficulty.HARD
    assert len(session.practice.scene.lines) == 1 and "**Manager:**" in answers[-1]["reply"]


def test_hr_can_join(talk):
    session, answers = talk("lets rehearse the first meeting, you be Anil", "do the hr lady as well this time, both of them in the same meeting")
    assert session.practice.scene.casting.scenario is Scenario.HR
    assert "**HR:**" in answers[-1]["reply"] and "**Anil:**" in answers[0]["reply"]


def test_danger_in_a_scene_ends_it_and_the_crisis_reply_comes(talk):
    session, answers = talk(START, "I can't do this anymore, I want to kill myself")
    assert answers[-1]["route"] == Route.CRISIS and not session.practice.on
    assert "**Manager:**" not in answers[-1]["reply"]


def test_a_line_that_may_be_about_more_than_the_scene_makes_the_coach_step_out_and_ask(talk):
    session, answers = talk(START, OWNED, "I can't do this anymore. I don't see the point of any of it.", "I'm ok, go on")
    assert "**Manager:**" not in answers[2]["reply"] and answers[2]["reply"].rstrip().endswith("?")
    assert session.practice.on and len(session.practice.scene.lines) == 1 and "**Manager:**" in answers[3]["reply"]


def test_going_back_to_a_number(talk):
    session, _ = talk(START, "I closed 11 of 14 tickets.", "What would good look like?", "again from where I said 11 of 14")
    assert session.practice.scene.lines == ()


def test_after_the_end_the_chat_is_the_coach_again(talk):
    session, answers = talk(START, OWNED, "stop", "thanks. should I sign the plan by friday?")
    assert answers[-1]["route"] != "rehearse" and not session.practice.on


def test_a_meeting_that_the_manager_ends_is_summed_up(talk):
    session, answers = talk(START, "You liar, my lawyer will finish you.", "I'll see you in court, you idiot.")
    assert not session.practice.on and "One thing for the next try" in answers[-1]["reply"]


def test_earlier_messages_are_played_before_the_last_one_is_answered(built):
    _, answer = converse(built, "how was that?", [START, "It's not my fault, nobody told me."])
    assert "it's not my fault" in answer["reply"].lower() and "Words you can use" in answer["reply"]


def test_hostile_words_stay_text(talk):
    _, answers = talk(START, "I'll send **you** <b>{goal}</b> [1] every Friday, {quote} `x`.")
    assert "{quote} `x`" in answers[-1]["reply"] or "**you**" in answers[-1]["reply"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("pause", "pause"), ("Stop", "stop"), ("Stop. That's enough practise. What do I log?", "stop"), ("ok stop, i need to go", "stop"), ("ok stop here please", "stop"), ("Hint", "hint"), ("how was that?", "pause"),
        ("ok stop. redo that last bit, I sounded pathetic", "again"), ("Let me say that again", "again"), ("go again from where he says no", "again"),
        ("make it harder", "harder"), ("nah the real rob would've sighed by now", "harder"), ("easier please", "easier"), ("go on", "resume"),
        ("what should I say?", "hint"), ("you be my director now", "recast"),
    ],
)  # fmt: skip
def test_what_is_said_to_the_coach_is_heard(text, wanted):
    assert aside(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Could you say that again?", "You've been out to get me from the start.", "Stop interrupting me, please.", "I'll stop skipping the review step.",
        "I'd like feedback from you every week.", "What should I do to meet the goals?", "I'd like to go back to the deadline you mentioned.",
        "The last quarter was harder than I thought.", "How did the client react?", "I'll do better this time.", "Can we do the review on Friday?",
    ],
)  # fmt: skip
def test_what_is_said_to_the_manager_is_left_to_the_manager(text):
    assert aside(text) is None


def test_names_subjects_and_lines_are_taken_from_the_request():
    from coach.schema.conversation import Known

    assert dict(with_name((), "you play Bea. just be normal", Known()))["manager"] == "Bea"
    assert with_name((), "I will be myself and you will be project manager", Known()) == ()
    assert with_name((), "you be my store manager", Known()) == ()
    assert subject("my boss wants to talk about the march numbers") == "the march numbers"
    assert their_line("go again from where he says the numbers dont lie") == "the numbers dont lie"
    assert first_line("be my boss. I'll start: I read the plan twice.") == "I read the plan twice."
