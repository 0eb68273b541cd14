"""What the page can do, without a browser: nothing typed is lost, nothing deleted comes back."""

import threading
import time

import pytest

from coach.ui.desk import Desk
from coach.ui.turns import Turns
from tests.ui import fakes


@pytest.fixture
def made(tmp_path):
    made = fakes.built(fakes.settings_for(tmp_path), pause=0.02)
    yield made
    made.store.close()


@pytest.fixture
def desk(made):
    return Desk(made)


def run(steps):
    shown = {}
    for step in steps:
        shown.update(step)
    return shown


def test_a_turn_ends_idle_with_the_box_empty(desk):
    shown = run(desk.send("plain hello", "", None))
    assert shown["box"] == "" and shown["working"] is False and shown["status"] == ""
    assert "That is a lot" in shown["log"] and shown["conversation"]


@pytest.mark.parametrize("text", ["", "   \n"])
def test_nothing_is_sent_for_nothing(desk, made, text):
    assert "working" not in run(desk.send(text, "", None))
    assert made.store.list_conversations() == []


def test_a_failed_first_message_leaves_no_empty_conversation(desk, made):
    shown = run(desk.send("storebreak", "", None))
    assert shown["box"] == "storebreak" and "disk is full" in shown["fault"] and shown["conversation"] == ""
    assert made.store.list_conversations() == []


def test_a_program_fault_is_a_plain_sentence(desk):
    shown = run(desk.send("break", "", None))
    assert "a fault of the program" not in shown["fault"] and "please try again" in shown["fault"]
    assert 'name="retry"' in shown["log"]


def test_retry_asks_from_the_same_session_as_the_first_time(desk, made):
    talk = run(desk.send("plain one", "", None))["conversation"]
    seen = []
    reply = made.coach.reply
    made.coach.reply = lambda session, text, **more: (
        seen.append((session, text)) or reply(session, text, **more)
    )
    run(desk.send("plain Thursday", talk, None))
    run(desk.retry(talk))
    assert seen[0] == seen[1]


def test_a_fact_changed_during_a_turn_is_kept(desk, made):
    talk = run(desk.send("plain Thursday", "", None))["conversation"]
    turn = desk.send("slow", talk, None)
    next(turn)
    next(turn)
    desk.set_fact(talk, "meeting", "Friday")
    desk.stop(talk)
    run(turn)
    assert made.store.load(talk).known.meeting.value == "Friday"


def test_a_removed_fact_is_dropped(desk, made):
    talk = run(desk.send("plain Thursday", "", None))["conversation"]
    desk.drop_fact(talk, "meeting")
    session = made.store.load(talk)
    assert session.known.meeting is None and session.dropped == ("meeting",)


def test_a_conversation_deleted_while_it_is_answered_stays_deleted(desk, made):
    shown, started = [], threading.Event()

    def answer():
        for step in desk.send("slow", "", None):
            shown.append(step)
            started.set()

    thread = threading.Thread(target=answer)
    thread.start()
    started.wait(5)
    time.sleep(0.1)
    talk = shown[0]["conversation"]
    desk.delete(talk, talk)
    thread.join(10)
    assert made.store.list_conversations() == []
    assert shown[-1]["working"] is False


def test_leaving_in_the_middle_frees_the_model_and_keeps_the_reply(desk, made):
    turn = desk.send("slow", "", None)
    next(turn)
    talk = next(turn) and made.store.list_conversations()[0].id
    turn.close()
    assert made.coach.closed.is_set()
    assert made.store.load(talk).messages[-1].text == fakes.COMPOSED
    assert 'name="retry"' in desk.open(talk)["log"]


def test_an_unknown_conversation_is_a_sentence(desk):
    shown = desk.open("nonsense")
    assert "no longer exists" in shown["fault"] and "welcome" in shown["log"]
    assert desk.arrive("../../etc/passwd")["conversation"] == ""


def test_the_newest_turn_wins():
    turns, ended = Turns(patience=2), []

    def first():
        with turns.running("a") as (stop, _):
            stop.wait(5)
            ended.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    while not turns.busy("a"):
        time.sleep(0.01)
    with turns.running("a"):
        ended.append("second")
    thread.join()
    assert ended == ["first", "second"] and not turns.busy("a")
