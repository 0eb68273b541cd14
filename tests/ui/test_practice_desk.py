"""What the practice part can do, on the real store: a scene is kept after every line, nothing typed is lost, danger stops it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from coach.schema.checklist import Rehearsal
from coach.schema.conversation import Fact
from coach.schema.practice import Phase
from coach.ui import practice_keep
from coach.ui.plan_desk import PlanDesk
from coach.ui.practice_desk import PracticeDesk
from tests.ui import fakes, plans

START = {"scenario": "first_meeting", "persona": "rushed", "difficulty": "guarded", "feedback": "each", "before": "3"}
LINES = (
    "I read the plan twice. Could you give me an example of what led to this?",
    "The late report in March was on me. What would you want to see by the end?",
    "I'll send you the numbers every Friday, starting this week.",
    "Could we look at them together every second Monday?",
)


@pytest.fixture
def made(tmp_path):
    made = fakes.built(fakes.settings_for(tmp_path))
    yield made
    made.store.close()


@pytest.fixture
def desk(made):
    moments = (datetime(2027, 1, 20, 9, tzinfo=UTC) + timedelta(minutes=n) for n in range(1000))
    return PracticeDesk(made, now=lambda: next(moments), seed=lambda: "seed")


def act(desk, do, **more):
    return desk.guarded(desk.act, {"do": do, **more})


def records(made):
    return made.store.plans.load().rehearsals


def at(made, **more):
    newest = practice_keep.opened(records(made)) or records(made)[-1]
    return {"id": newest.id, "version": newest.version, **more}


def say(desk, made, *texts):
    for text in texts:
        shown = act(desk, "say", **at(made, text=text))
    return shown


def begun(desk, **more):
    return act(desk, "start", fields={**START, **more})


def attempt(made):
    return practice_keep.read(practice_keep.opened(records(made)) or records(made)[-1])


def test_a_scene_from_the_first_line_to_the_trend(desk, made):
    assert desk.view()["mode"] == "start"
    shown = begun(desk)
    assert shown["mode"] == "scene" and shown["focus"] == "say" and "The first meeting about the plan" in shown["head"]
    for text in LINES:
        shown = act(desk, "say", **at(made, text=text))
        assert shown["spoken"] and "fault" not in shown and shown["answer"]
    assert "You asked for something you need to know" in shown["log"] or "You made them say what is meant" in shown["log"]
    assert "Asked</span>" in shown["log"] and "Their trust:" in shown["head"]
    shown = act(desk, "stop", **at(made))
    assert shown["mode"] == "debrief" and desk.view()["mode"] == "debrief"
    assert len(re.findall(r'<li class="(?:known|open)">', shown["main"])) == 5 and "One thing for the next try" in shown["main"]
    shown = act(desk, "keep", id=records(made)[0].id, fields={"after": "6"}, **{"as": "again"})
    kept, new = records(made)
    assert (kept.before, kept.after, kept.focus != "", kept.score > 0) == (3, 6, True, True)
    assert shown["mode"] == "scene" and new.before == 6
    say(desk, made, *LINES[:2])
    act(desk, "stop", **at(made))
    shown = act(desk, "keep", id=records(made)[1].id, fields={})
    scores = f'data-scores="{records(made)[0].score} {records(made)[1].score}"'
    assert shown["mode"] == "start" and scores in shown["main"]
    looked = act(desk, "open", id=kept.id)
    assert looked["mode"] == "look" and LINES[2].split(",")[0].replace("'", "&#x27;") in looked["main"]
    assert act(desk, "home")["mode"] == "start"


def test_the_scene_is_there_after_a_restart(desk, made):
    begun(desk)
    say(desk, made, *LINES[:2])
    again = PracticeDesk(made).view()
    assert again["mode"] == "scene" and "late report in March" in again["log"]
    act(desk, "aside", **at(made))
    assert PracticeDesk(made).view()["mode"] == "start"
    shown = act(desk, "go-on", id=records(made)[0].id)
    assert shown["mode"] == "scene" and "late report in March" in shown["log"]


def test_a_line_is_taken_back_and_both_versions_stay(desk, made):
    begun(desk)
    say(desk, made, LINES[0], "That was not my fault, everyone else was late too.")
    shown = act(desk, "back", **at(made, line="2"))
    assert "Your first version is kept" in shown["log"] and "not my fault" in shown["log"]
    shown = say(desk, made, LINES[1])
    assert "side by side" in shown["log"] and "not my fault" in shown["log"] and "late report in March" in shown["log"]
    here, there = (round(scene.state.trust) for scene in reversed(attempt(made).scenes))
    assert here > there and f"Their trust: {there}</p>" in shown["log"] and f"Their trust: {here}</p>" in shown["log"]
    shown = act(desk, "swap", **at(made))
    assert attempt(made).scene.lines[-1].employee.startswith("That was not my fault")
    assert attempt(made).other.lines[-1].employee == LINES[1]


def test_going_further_back_at_once_keeps_one_version(desk, made):
    begun(desk)
    say(desk, made, *LINES[:3])
    act(desk, "back", **at(made, line="3"))
    act(desk, "back", **at(made, line="1"))
    assert [len(scene.lines) for scene in attempt(made).scenes] == [3, 0]
    assert "fault" in act(desk, "back", **at(made, line="1"))
    assert "fault" in act(desk, "back", **at(made, line="-1"))


def test_danger_stops_the_scene_even_before_the_index_is_there(desk, made):
    made.brain.ready = False
    begun(desk)
    session = made.store.create()
    made.store.save(session.model_copy(update={"known": session.known.model_copy(update={"region": Fact(value="uk")})}))
    shown = say(desk, made, "I can't do this, I want to kill myself")
    assert "I&#x27;m stepping out of the scene" in shown["log"] and "116 123" in shown["log"] and shown["focus"] == "stopped"
    assert 'data-do="practice-chat"' in shown["box"] and "data-say" not in shown["box"]
    assert desk.view()["mode"] == "scene"
    shown = act(desk, "aside", **at(made))
    assert shown["mode"] == "start" and "Stopped" in shown["main"] and practice_keep.phase(records(made)[0]) is Phase.STOPPED
    looked = act(desk, "open", id=records(made)[0].id)
    assert "116 123" in looked["main"] and 'class="score"' not in looked["main"]


def test_a_line_waits_for_the_index_and_is_not_lost(desk, made):
    made.brain.ready = False
    begun(desk)
    shown = say(desk, made, LINES[0])
    assert shown["waiting"] and "spoken" not in shown and attempt(made).scene.lines == ()
    made.brain.ready = True
    assert say(desk, made, LINES[0])["spoken"]


def test_a_heavy_line_is_asked_about_before_it_is_said(desk, made, monkeypatch):
    begun(desk)
    soft = made.coach.hear("x", []).model_copy(update={"kind": "suicide", "level": "soft"})
    monkeypatch.setattr(made.coach, "hear", lambda text, history, spoken: soft)
    shown = say(desk, made, "I just can't any more.")
    assert "hasn&#x27;t been said yet" in shown["aside"] and "spoken" not in shown and attempt(made).scene.lines == ()
    assert act(desk, "say", **at(made, text="I just can't any more.", sure="true"))["spoken"]


def test_feedback_can_wait_until_the_end(desk, made):
    shown = begun(desk, feedback="end")
    assert "Their trust" not in shown["head"]
    shown = say(desk, made, *LINES[:2])
    assert 'class="plain notes"' not in shown["log"]
    shown = act(desk, "stop", **at(made))
    assert 'class="plain notes"' in shown["main"]


def test_a_manager_in_the_persons_own_words(desk, made):
    assert "Write a few words" in begun(desk, persona="own", described="  ")["fault"]
    shown = begun(desk, persona="own", described="She is <b>cold</b> & cuts me off")
    assert (records(made)[0].persona, "She is &lt;b&gt;cold&lt;/b&gt; &amp; cuts me off" in shown["head"]) == ("cold", True)
    act(desk, "stop", **at(made))
    shown = begun(desk, persona="own", described="Likes boats")
    assert "tell me what they are like" in shown["head"]


def test_the_plan_gives_the_manager_its_words(desk, made):
    plan = PlanDesk(made)
    plan.review({"draft": plan.read(plans.PLAN.encode(), "plan.txt")["draft"], "do": "confirm"})
    assert "Your plan is here" in desk.view()["main"]
    shown = begun(desk)
    assert "Tom Reed sits across from you" in shown["head"]
    assert dict(attempt(made).scene.casting.slots)["employee"] == "Ana"


def test_lines_are_kept_as_questions_and_drafts_once(desk, made):
    begun(desk)
    say(desk, made, LINES[1])
    for _ in range(2):
        shown = act(desk, "ask", id=records(made)[0].id, text="What would you want to see by the end?")
        act(desk, "draft", id=records(made)[0].id, text=LINES[1])
    kept = made.store.plans.load()
    assert [one.text for one in kept.questions] == ["What would you want to see by the end?"]
    assert [(one.text, one.title) for one in kept.drafts] == [(LINES[1], "A line for the first meeting about the plan")]
    assert "already" in shown["said"] and shown["mode"] == "scene"
    assert "Kept as a draft" in desk.view()["log"]


@pytest.mark.parametrize("fields", [{"scenario": "no"}, {"persona": "x"}, {"difficulty": ""}, {"before": "11"}, {"before": "-1"}, {"before": "²"}])
def test_a_choice_that_does_not_exist_is_one_sentence(desk, made, fields):
    assert "Load the page again" in begun(desk, **fields)["fault"] and records(made) == ()


def test_another_window_is_noticed_and_the_line_is_not_said(desk, made):
    begun(desk)
    old = at(made)
    say(desk, made, LINES[0])
    shown = act(desk, "say", **{**old, "text": LINES[1]})
    assert "another window" in shown["fault"] and LINES[0].split("?")[0] in shown["log"] and len(attempt(made).scene.lines) == 1
    made.store.plans.remove(records(made)[0])
    shown = act(desk, "say", **{**old, "text": LINES[1]})
    assert "no longer there" in shown["fault"] and shown["mode"] == "start"


def test_nothing_said_is_nothing_kept_and_empty_or_long_lines_are_not_said(desk, made):
    begun(desk)
    assert "spoken" not in say(desk, made, "  \n ")
    assert "shorter" in say(desk, made, "word " * 1000)["fault"]
    shown = act(desk, "stop", **at(made))
    assert shown["mode"] == "start" and records(made) == () and "nothing is kept" in shown["said"]


def test_what_another_version_kept_can_be_seen_and_removed(desk, made):
    made.store.plans.add(
        Rehearsal(at=datetime(2026, 1, 1, tzinfo=UTC), scenario="a<b>", persona="cold", difficulty="hard", score=40, result='{"turns": []}')
    )
    one = records(made)[0]
    assert "a&lt;b&gt;" in desk.view()["main"].replace("A&lt;", "a&lt;")
    assert "can&#x27;t be shown" in act(desk, "open", id=one.id)["main"]
    assert "can't be shown" in act(desk, "again", id=one.id)["fault"]
    shown = act(desk, "remove", id=one.id, version=one.version)
    assert records(made) == () and "Undo" in shown["main"]
    act(desk, "undo", id=made.store.plans.changes(1)[0].id)
    assert len(records(made)) == 1


def test_what_is_typed_cannot_break_the_page(desk, made):
    begun(desk)
    shown = say(desk, made, '<img src=x onerror=alert(1)> "quoted" </textarea> I\'ll fix it\n\nby Friday?')
    shown = {**shown, **act(desk, "stop", **at(made))}
    for html in (shown["log"], shown["main"]):
        assert "<img" not in html and "</textarea> I" not in html


@pytest.mark.parametrize("asked", [{}, {"do": "nothing"}, {"do": ["say"]}, {"do": "say"}, {"do": "open", "id": ""}, {"do": "start", "fields": []}])
def test_a_request_without_sense_is_one_sentence(desk, asked):
    assert desk.guarded(desk.act, asked)["fault"]


def test_what_is_typed_and_not_said_is_kept_and_gone_once_it_is_said(desk, made):
    begun(desk)
    steps = len(made.store.plans.changes(50))
    for text in ("I sent </textarea>", "I sent </textarea><b>the report"):
        shown = act(desk, "typed", **at(made), text=text)
        assert shown["typed"] == text and "log" not in shown and not shown.get("fault")
    assert len(made.store.plans.changes(50)) == steps + 1  # one step for undo
    assert "I sent &lt;/textarea&gt;&lt;b&gt;the report</textarea>" in desk.view()["box"]
    said = say(desk, made, LINES[0])
    assert said["spoken"] and not attempt(made).typed
    stale = act(desk, "typed", **{**at(made), "version": 1}, text="x")
    assert stale["fault"] and not attempt(made).typed
    long = act(desk, "typed", **at(made), text="x" * 9000)
    assert len(long["typed"]) == 4000


def test_the_manager_in_other_words_is_what_is_shown_and_kept(desk, made):
    def other(scene):
        line = scene.lines[-1]
        said = tuple(one.model_copy(update={"text": "In other words.", "voiced": True}) for one in line.said[:1])
        return scene.model_copy(update={"lines": (*scene.lines[:-1], line.model_copy(update={"said": said}))})

    begun(desk)
    made.voice.say = other
    shown = say(desk, made, LINES[0])
    assert shown["answer"] == "In other words." and "In other words." in shown["log"]
    assert attempt(made).scene.lines[-1].said[0].voiced and "In other words." in desk.view()["log"]


def test_a_manager_who_harasses_is_not_played(desk, made):
    shown = begun(desk, persona="own", described="he flirts with me and touches my back")
    assert "cold or loud or impatient" in shown["fault"] and shown["mode"] == "start" and not records(made)
    assert begun(desk, persona="own", described="she is cold and interrupts me")["mode"] == "scene"
