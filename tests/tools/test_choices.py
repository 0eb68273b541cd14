"""Where nothing is sure the coach asks which of a few things is meant; a click is answered with just that."""

import dataclasses
from datetime import UTC, datetime

import pytest

from coach.schema.conversation import Message, Session
from coach.tools import answer, choices
from tests.fakes import a_turn

NOW = datetime(2026, 12, 1, 20, tzinfo=UTC)


def unsure(library, score=0.66, **more):
    turn = a_turn(library, "so what about the other thing then, do i do it or not", cards=("trust-repair",), history=("they gave me a plan",), **more)
    near = ("trust-repair", "ask-for-examples", "tell_cause", "own-your-part", "signing", "use-the-feedback")
    return dataclasses.replace(turn, nearby=near, passages=[turn.passages[0].model_copy(update={"score": score})])


def test_every_need_card_and_page_has_a_label_of_its_own(library):
    labels = library.lines["choices"]["labels"]
    assert set(labels) == set(library.needs) | set(library.by_id)
    assert len(set(labels.values())) == len(labels)
    assert all(3 <= len(text) <= 45 and "!" not in text and not text.endswith(".") for text in labels.values())
    assert all(choices.meant(text, library) == name for name, text in labels.items())
    assert choices.meant("what about my visa", library) is None


def test_it_asks_when_the_best_guidance_is_far(library):
    assert choices.due(unsure(library, 0.66)) and not choices.due(unsure(library, 0.8))
    torn = dataclasses.replace(unsure(library, 0.72), torn=True)
    assert choices.due(torn) and not choices.due(dataclasses.replace(torn, torn=False))
    first = dataclasses.replace(unsure(library), history=[])
    assert not choices.due(first), "the first message gets an answer"


def test_it_never_asks_twice_in_a_row(library):
    turn = unsure(library)
    (move,) = choices.moves(turn)
    said = Message(author="coach", text=f"I hear you.\n\n{move.text}", at=NOW)
    assert not choices.due(dataclasses.replace(unsure(library), session=Session(id="s", messages=(said,))))


def test_at_most_four_are_offered_each_once_with_a_way_out(library):
    turn = unsure(library)
    choices.moves(turn)
    *offered, last = turn.quick_replies
    assert len(offered) == choices.MOST and last == library.lines["choices"]["other"]
    again = unsure(library, shown=tuple(turn.picker.used))
    choices.moves(again)
    assert not set(again.quick_replies[:-1]) & set(offered)


@pytest.mark.parametrize("name", ["tone_feedback", "ask-for-examples", "signing"])
def test_a_click_is_answered_with_just_that(built, library, name):
    session = Session(id="clicked")
    for text in ("they put me on a plan today", library.lines["choices"]["labels"][name]):
        *_, last = built.coach.reply(session, text)
        session = last.session
    assert {one.card for one in session.messages[-1].citations} <= {name, getattr(library.needs.get(name), "card", None)}
    body = library.needs[name].replies if name in library.needs else (library.by_id[name].body,)
    assert any(text.split("\n")[0][:60] in session.messages[-1].text for text in body)


def test_who_says_that_it_was_not_that_is_offered_others(built, library):
    session = Session(id="missed")
    for text in ("they put me on a plan today", "how do i get her to trust me again", library.lines["choices"]["not_this"]):
        *_, last = built.coach.reply(session, text)
        session = last.session
    reply = session.messages[-1]
    assert reply.text.endswith(library.lines["choices"]["missed"])
    assert reply.quick_replies[-1] == library.lines["choices"]["other"] and len(reply.quick_replies) > 2


def test_passed_over_and_asked_again_the_likeliest_is_answered(library):
    menu = library.lines["choices"]["ask"][0]
    asked = Session(id="s", messages=(Message(author="coach", text=menu, at=NOW),))
    turn = dataclasses.replace(unsure(library), nearby=("tell_cause", "signing"), session=asked)
    assert choices.guess(turn).need == "tell_cause"
    assert choices.guess(dataclasses.replace(turn, nearby=("signing",))) is None, "a page of law is never guessed"
    assert choices.guess(dataclasses.replace(turn, session=Session(id="s"))) is None


def test_a_capable_model_is_given_guidance_and_no_menu(built, library):
    turn = dataclasses.replace(unsure(library), strong=True)
    assert not any(move.text in library.lines["choices"]["ask"] for move in answer.moves(turn))
    assert any(move.text in library.lines["choices"]["ask"] for move in answer.moves(dataclasses.replace(unsure(library), strong=False)))
