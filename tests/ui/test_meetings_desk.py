"""What the meetings part can do, on the real store and the real words: nothing is lost, and every change can be taken back."""

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from coach.schema.checklist import CheckInKind, CheckInState, Entry, Question
from coach.schema.conversation import Fact, Known, Message
from coach.settings import save_choice
from coach.ui.meetings_desk import MeetingsDesk
from coach.ui.plan_desk import PlanDesk
from tests.ui import fakes, plans

NOW = datetime(2027, 1, 20, 14, 7)
HOSTILE = '"><img src=x onerror=alert(1)> [link](http://evil.example) =1+1'


@pytest.fixture
def made(tmp_path):
    made = fakes.built(fakes.settings_for(tmp_path))
    yield made
    made.store.close()


@pytest.fixture
def desk(made):
    return MeetingsDesk(made, now=lambda: NOW)


@pytest.fixture
def planned(made, desk):
    plan = PlanDesk(made, today=NOW.date)
    draft = plan.read(plans.PLAN.encode(), "plan.txt")["draft"]
    plan.review({"draft": draft, "do": "confirm"})
    return desk


def load(made):
    return made.store.plans.load()


def texts(html, selector):
    return [part.get_text(" ", strip=True) for part in BeautifulSoup(html, "html.parser").select(selector)]


def act(desk, do, **more):
    return desk.guarded(desk.act, {"do": do, **more})


def answer(desk, question, text, was=None):
    was = question.answer if was is None else was
    return act(desk, "answer", id=question.id, version=question.version, fields={"answer": [was, text]})


# ---- questions ----


def test_without_a_plan_there_is_something_to_ask(desk, made):
    shown = desk.view()
    assert len(texts(shown["questions"], ".open li")) >= 5 and "without the plan" in shown["questions"]
    assert "list is empty" in shown["room"] and load(made).questions == ()


def test_what_the_chat_knows_is_not_asked_again(desk, made):
    before = texts(desk.view()["questions"], ".open .question")
    session = made.store.create()
    known = session.known.model_copy(update={name: fakes.Fact(value=value) for name, value in {"check_ins": "weekly", "signed": "no", "length": "60 days"}.items()})
    made.store.save(session.model_copy(update={"known": known}))
    assert texts(desk.view()["questions"], ".open .question") != before


def test_taking_five_in_is_one_step_back(planned, made):
    shown = act(planned, "take-first")
    assert len(load(made).questions) == 5 and len(texts(shown["questions"], ".mine li")) == 5
    taken = [one.text for one in load(made).questions]
    assert not set(taken) & set(texts(shown["questions"], ".open .question"))
    act(planned, "undo")
    assert load(made).questions == ()


def test_one_is_taken_in_left_out_and_comes_back(planned, made):
    text = texts(planned.view()["questions"], ".open .question")[3]
    act(planned, "take", text=text)
    found = load(made).questions[0]
    assert found.text == text
    shown = act(planned, "leave-out", id=found.id, version=found.version)
    assert load(made).questions == () and text in texts(shown["questions"], ".open .question")
    assert "no longer there" in act(planned, "take", text="never proposed")["fault"]


def test_the_order_is_the_persons_own(planned, made):
    act(planned, "take-first")
    ids = [one.id for one in load(made).questions]
    shown = act(planned, "move", id=ids[4], way="up")
    assert [one.id for one in load(made).questions] == [*ids[:3], ids[4], ids[3]] and shown["focus"] == f"move-{ids[4]}-up"
    for _ in range(9):
        shown = act(planned, "move", id=ids[4], way="up")
    assert load(made).questions[0].id == ids[4] and shown["focus"] == f"move-{ids[4]}-down"
    act(planned, "own", fields={"text": "  And   what about\nmy holiday? "})
    assert load(made).questions[-1].text == "And what about my holiday?"


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 400])
def test_a_question_of_ones_own_needs_words_and_an_end(planned, made, text):
    assert act(planned, "own", fields={"text": text})["fault"] and load(made).questions == ()


def test_typing_an_answer_is_saved_and_goes_back_in_one_step(planned, made):
    act(planned, "take-first")
    for text in ("Tw", "Two late", "Two late reports"):
        question = load(made).questions[0]
        shown = answer(planned, question, text)
        assert shown["kept"]["fields"] == {"answer": text} and "questions" not in shown
    assert load(made).questions[0].answered_on == NOW.date()
    act(planned, "undo")
    question = load(made).questions[0]
    assert question.answer == "" and question.answered_on is None and len(load(made).questions) == 5


def test_an_answer_that_another_window_changed_is_not_overwritten(planned, made):
    act(planned, "take-first")
    seen = load(made).questions[0]
    answer(planned, seen, "words of the first window")
    shown = answer(planned, seen, "words of the second")
    assert "words of the first window" in shown["fault"] and "words of the second" in shown["fault"]
    assert load(made).questions[0].answer == "words of the first window"


def test_an_agreed_measure_stands_in_the_plan_with_its_meeting(planned, made):
    act(planned, "take-first")
    question = next(one for one in load(made).questions if one.item)
    answer(planned, question, "Start one topic in each meeting")
    item = next(one for one in load(made).items if one.id == question.item)
    wanted = {"id": question.id, "item": item.id, "itemVersion": item.version, "measure": ""}
    shown = act(planned, "measure", **wanted, fields={"measure": "Start one topic in each meeting", "met_on": "2027-01-19"})
    after = next(one for one in load(made).items if one.id == item.id)
    assert after.measure == "Start one topic in each meeting" and after.measure_source == "meeting of 19 January 2027" and after.missing == ()
    assert "meeting of 19 January 2027" in shown["room"]
    assert "(meeting of 19 January 2027)" in PlanDesk(made, today=NOW.date).view()["plan"]
    act(planned, "undo")
    assert next(one for one in load(made).items if one.id == item.id) == item.model_copy(update={"version": after.version + 1})


def test_a_date_is_asked_for_and_checked(planned, made):
    act(planned, "take-first")
    question, item = load(made).questions[0], load(made).items[1]
    for wrong in ({"deadline": ""}, {"deadline": "soon"}, {"deadline": "2027-02-30"}):
        assert "date" in act(planned, "deadline", id=question.id, fields={"item": item.id, **wrong})["fault"]
    assert "Choose the item" in act(planned, "deadline", id=question.id, fields={"item": "", "deadline": "2027-02-12"})["fault"]
    act(planned, "deadline", id=question.id, fields={"item": item.id, "deadline": "2027-02-12"})
    assert load(made).items[1].deadline == date(2027, 2, 12)


def test_a_measure_that_changed_meanwhile_is_not_overwritten(planned, made):
    act(planned, "take-first")
    question = next(one for one in load(made).questions if one.item)
    item = next(one for one in load(made).items if one.id == question.item)
    made.store.plans.change(item, measure="theirs")
    wanted = {"id": question.id, "item": item.id, "itemVersion": item.version, "measure": ""}
    shown = act(planned, "measure", **wanted, fields={"measure": "mine", "met_on": "2027-01-19"})
    assert "theirs" in shown["fault"] and "mine" in shown["fault"]


@pytest.mark.parametrize("form", ["md", "docx", "pdf"])
def test_the_list_can_be_taken_along(planned, made, form):
    act(planned, "own", fields={"text": HOSTILE})
    data, kind, name = planned.file(f"questions-{form}")
    assert len(data) > 100 and name == f"questions-2027-01-20.{form}" and kind
    assert planned.file("questions-exe") is None and planned.file("nothing") is None and planned.file("data-exe") is None


# ---- check-ins ----


def test_a_series_is_proposed_shown_with_another_time_and_taken_back(planned, made):
    shown = act(planned, "propose", fields={"time": "15:30", "zone": "Europe/London"})
    assert "at 15:30" in shown["check_ins"] and load(made).check_ins == ()
    act(planned, "accept", fields={"time": "15:30", "zone": "Europe/London"})
    found = load(made).check_ins
    assert len(found) > 3 and {(one.zone, f"{one.at:%H:%M}") for one in found} == {("Europe/London", "15:30")}
    act(planned, "undo")
    assert load(made).check_ins == ()


@pytest.mark.parametrize("fields", [{"time": "25:00", "zone": "UTC"}, {"time": "10:00", "zone": "Mars/Olympus"}, {"time": "ten", "zone": "UTC"}])
def test_a_series_at_no_time_is_one_sentence(planned, made, fields):
    for do in ("propose", "accept"):
        assert len(act(planned, do, fields=fields)["fault"]) < 160
    assert load(made).check_ins == () and "fault" not in planned.guarded(planned.view)


def held(desk, made):
    act(desk, "add-check-in", fields={"on": "2027-01-19", "time": "09:15", "minutes": "", "who": "Tom Reed", "zone": "", "kind": "first"})
    found = load(made).check_ins[0]
    act(desk, "became", id=found.id, state="held")
    return load(made).check_ins[0]


def test_what_was_agreed_stands_in_the_recap_and_own_notes_do_not(planned, made):
    found = held(planned, made)
    assert found.kind is CheckInKind.FIRST and found.state is CheckInState.HELD and found.minutes == 30
    shown = act(planned, "notes", id=found.id, version=found.version, fields={"agreed": ["", "Ana sends a list\n\n Tom reads it by Friday"], "notes": ["", "He was kind"]})
    assert shown["kept"]["id"] == found.id
    assert load(made).check_ins[0].agreed == ("Ana sends a list", "Tom reads it by Friday")
    (recap,) = texts(planned.view()["check_ins"], f'[data-copy="recap-{found.id}"]')
    assert "Ana sends a list" in recap and "He was kind" not in recap and "19 January 2027" in recap


def test_the_meeting_is_over_notes_it_once(planned, made):
    shown = act(planned, "finish")
    (found,) = load(made).check_ins
    assert (found.at, found.state, found.kind, found.who) == (datetime(2027, 1, 20, 14, 5), CheckInState.HELD, CheckInKind.FIRST, "Tom Reed")
    assert shown["section"] == "check_ins" and shown["open"] == f"check-in-{found.id}"
    act(planned, "finish")
    assert len(load(made).check_ins) == 1


def test_a_meeting_told_in_the_chat_is_offered_and_put_in(desk, made):
    said = "I have the meeting with <b>HR</b> on Friday at ten"
    known = Known(meeting=Fact(value="Friday", quote="meeting with <b>HR</b> on Friday"))
    message = Message(author="person", text=said, at=NOW.replace(tzinfo=UTC))
    made.store.save(made.store.create().model_copy(update={"known": known, "messages": (message,)}))
    shown = BeautifulSoup(desk.view()["check_ins"], "html.parser").select("form.told")[0]
    fields = {part["name"]: part.get("value", "") for part in shown.select("[name]")}
    assert said in shown.get_text() and (fields["on"], fields["time"]) == ("2027-01-22", "10:00") and load(made).check_ins == ()
    after = act(desk, "add-check-in", fields=fields)
    assert [one.at for one in load(made).check_ins] == [datetime(2027, 1, 22, 10)] and "form-told" not in after["check_ins"]


def test_a_cancelled_one_gets_a_calm_line_and_a_slot(planned, made):
    found = held(planned, made)
    shown = act(planned, "became", id=found.id, state="cancelled")
    assert "cancelled" in texts(shown["check_ins"], ".status")[0].lower() and f'data-copy="rebook-{found.id}"' in shown["check_ins"]
    act(planned, "slot", id=found.id)
    new = next(one for one in load(made).check_ins if one.id != found.id)
    assert new.state is CheckInState.PLANNED and new.at.date() > NOW.date()


def test_a_check_in_is_moved_and_a_conflict_is_shown(planned, made):
    seen = held(planned, made)
    change = {"verb": "change-check-in", "id": seen.id, "version": seen.version}
    act(planned, "change-check-in", **change, fields={"time": ["09:15", "11:00"], "who": ["Tom Reed", "HR"]})
    assert f"{load(made).check_ins[0].at:%H:%M}" == "11:00" and load(made).check_ins[0].who == "HR"
    assert "11:00" in act(planned, "change-check-in", **change, fields={"time": ["09:15", "12:00"]})["fault"]
    for wrong in ({"minutes": ["30", "0"]}, {"minutes": ["30", "x"]}, {"on": ["2027-01-19", ""]}, {"time": ["09:15", "9"]}):
        assert act(planned, "change-check-in", **change, fields=wrong)["fault"]


def test_every_line_of_the_summary_leads_to_its_note(planned, made):
    entry = made.store.plans.add(Entry(on=date(2027, 1, 18), text="Closed 23 tickets", item=load(made).items[0].id))
    shown = planned.view()["check_ins"]
    assert "Closed 23 tickets" in shown and f'data-do="trace" data-id="{entry.id}"' in shown and "Nothing noted yet" in shown
    assert "Closed 23 tickets" not in act(planned, "since", fields={"since": "2027-01-19"})["check_ins"].split("status-part")[1]


def test_both_roads_stand_side_by_side_without_odds(planned):
    shown = planned.view()["check_ins"]
    assert len(texts(shown, ".track")) == 2 and "Look at options" in shown and "%" not in " ".join(texts(shown, ".board"))


# ---- words to send ----


def test_blanks_are_asked_for_and_filled(planned):
    shown = act(planned, "letter", kind="corrections")
    assert len(texts(shown["letters"], ".letter mark.blank")) == 3
    shown = act(planned, "fill", fields={"said": "late <b>twice</b>", "correct": "late once, on 3 May", "evidence": "the log"})
    letter = texts(shown["letters"], '[data-copy="draft"]')[0]
    assert "late <b>twice</b>" in letter and "[" not in letter and "<b>" not in shown["letters"]
    assert 'value="the log"' in shown["letters"]
    assert "fault" in act(planned, "letter", kind="poem") and "fault" in act(planned, "fill", fields={"nothing": "x"})


def test_what_is_typed_for_a_message_is_there_after_a_reload(planned):
    act(planned, "letter", kind="corrections")
    done = act(planned, "facts", id="fill-corrections", fields={"said": ["", "late <b>twice</b>"]})
    assert done["kept"] == {"id": "fill-corrections", "version": 0, "fields": {"said": "late <b>twice</b>"}} and "letters" not in done
    for _ in ("a reload", "another message and back"):
        shown = planned.view()["letters"]
        assert "late <b>twice</b>" in texts(shown, '[data-copy="draft"]')[0]
        assert BeautifulSoup(shown, "html.parser").select("form[data-save=fill-corrections] [name=said]")[0]["value"] == "late <b>twice</b>"
        act(planned, "letter", kind="status")
        act(planned, "letter", kind="corrections")
    assert "fault" in act(planned, "facts", id="fill-poem", fields={"said": ["", "x"]})
    assert "fault" in act(planned, "facts", id="fill-status", fields={"nothing": ["", "x"]})


def test_what_is_still_open_in_a_text_is_named(desk):
    shown = act(desk, "look-over", fields={"text": "I see this differently, and I would like to talk about [which point]."})
    assert "[which point]" in " ".join(texts(shown["letters"], ".own-part .small mark.blank")) and "nothing to change" in shown["letters"]


@pytest.mark.parametrize("kind", ["acknowledge", "request_meeting", "recap", "corrections", "status", "rebook", "support", "colleagues", "thanks"])
def test_every_blank_of_every_draft_has_a_field(desk, kind):
    shown = act(desk, "letter", kind=kind)["letters"]
    fields = [part["name"] for part in BeautifulSoup(shown, "html.parser").select(".missing [name]")]
    assert bool(texts(shown, '[data-copy="draft"] mark.blank')) <= bool(fields)
    filled = act(desk, "fill", fields={name: "some words" for name in fields})["letters"]
    assert len(texts(filled, '[data-copy="draft"] mark.blank')) < max(1, len(texts(shown, '[data-copy="draft"] mark.blank')))


def test_a_text_is_looked_over_and_calmed_place_by_place(desk, made):
    text = "Hello Tom,\n\nYou never listen to me. I finished the list on 3 May."
    shown = act(desk, "look-over", fields={"text": text})
    quotes = texts(shown["letters"], ".marks blockquote")
    assert quotes and all(quote in text for quote in quotes) and "finished the list" not in " ".join(quotes)
    shown = act(desk, "calmer", number=0, quote=quotes[0])
    (box,) = BeautifulSoup(shown["letters"], "html.parser").select("textarea[data-key=own-letter]")
    assert quotes[0] not in box.text and "I finished the list on 3 May." in box.text
    assert "Look it over again" in act(desk, "calmer", number=0, quote="something else")["fault"]
    assert load(made).drafts == ()


def test_what_no_rule_hears_is_marked_once_the_index_is_there(desk, made):
    text = "This was only heard by the quiet one in the corner."
    made.brain.ready = False
    assert texts(act(desk, "look-over", fields={"text": text})["letters"], ".marks li") == []
    made.brain.ready = True
    assert "Guesses a motive" in texts(desk.view()["letters"], ".marks li")[0]


def test_a_text_is_kept_while_it_is_typed_and_survives_taking_another_in(desk):
    act(desk, "own-text", fields={"text": ["", "half a sent"]})
    assert "half a sent" in desk.view()["letters"]
    act(desk, "work-on", fields={"text": "another letter"})
    shown = act(desk, "put-back")["letters"]
    assert BeautifulSoup(shown, "html.parser").select("textarea[data-key=own-letter]")[0].text.strip() == "half a sent"


def test_kept_words_are_listed_ticked_and_taken_back(planned, made):
    act(planned, "keep", fields={"kind": "thanks", "title": "", "text": f"Subject: {HOSTILE}\n\nThank you"})
    (found,) = load(made).drafts
    assert found.title == HOSTILE and found.on == NOW.date()
    shown = act(planned, "sent", id=found.id, on="true")
    assert load(made).drafts[0].sent and "<img" not in shown["letters"]
    act(planned, "keep-own", fields={"text": "My own words"})
    assert load(made).drafts[-1].kind == "own"
    for wrong in ({"kind": "thanks", "text": "  "}, {"kind": "poem", "text": "x"}, {"kind": "own", "text": "x" * 30_000}):
        assert act(planned, "keep", fields=wrong)["fault"]
    act(planned, "undo")
    assert len(load(made).drafts) == 1


# ---- the record ----


def test_all_data_goes_out_and_comes_back(planned, made, tmp_path):
    act(planned, "take-first")
    act(planned, "keep-own", fields={"text": "My own words"})
    data, _, name = planned.file("data-zip")
    assert name == "pip-coach-2027-01-20.zip"
    before = load(made)
    assert "Tick the box" in planned.guarded(planned.bring_in, {}, data)["fault"]
    act(planned, "erase-all")
    assert load(made).items == () and load(made).plan is None
    assert planned.guarded(planned.bring_in, {}, data)["reload"] and load(made) == before
    assert planned.guarded(planned.bring_in, {"replace": True}, data)["reload"] and load(made) == before
    for wrong in (b"", b"PK", data[:500]):
        assert "fault" in planned.guarded(planned.bring_in, {"replace": True}, wrong)
    assert load(made) == before


def test_deleting_everything_deletes_what_the_settings_kept(made, desk):
    save_choice(made.settings.model_copy(update={"hidden_words": ("Okafor",)}))
    assert made.settings.locations.saved_settings.exists()
    act(desk, "erase-all")
    assert not made.settings.locations.saved_settings.exists()


@pytest.mark.parametrize("what", ["binder-docx", "binder-pdf"])
def test_the_record_can_be_read(planned, what):
    assert len(planned.file(what)[0]) > 1000


# ---- everything ----


def test_hostile_words_are_text_in_every_section(made, planned):
    made.store.plans.add(Question(text=HOSTILE, why=HOSTILE, answer=HOSTILE))
    act(planned, "add-check-in", fields={"on": "2027-01-19", "time": "09:15", "who": HOSTILE})
    act(planned, "became", id=load(made).check_ins[0].id, state="held")
    act(planned, "look-over", fields={"text": f"You never listen {HOSTILE}"})
    made.store.plans.add(Entry(on=date(2027, 1, 18), text=HOSTILE))
    for name, html in planned.view().items():
        assert "<img" not in html, name
        for part in BeautifulSoup(html, "html.parser").find_all(True):
            assert not any(attribute.startswith("on") for attribute in part.attrs), name


@pytest.mark.parametrize("asked", [{}, {"do": "x"}, {"do": "answer"}, {"do": "tick", "id": None}, {"do": "notes", "fields": 3}, {"do": "move", "id": []}, {"do": "measure", "fields": {"measure": "x"}}])
def test_a_broken_request_is_one_sentence(desk, asked):
    assert len(desk.guarded(desk.act, asked)["fault"]) < 160
