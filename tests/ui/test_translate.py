"""From events to lines, and back before the last message. Pure."""

from datetime import UTC, datetime

import pytest

from coach.schema import events
from coach.schema.conversation import Fact, Known, Message, Session
from coach.schema.enums import Route, Stage
from coach.schema.knowledge import Citation
from coach.ui import render, translate

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CITED = (Citation(n=1, card="take-a-moment", title="Take a moment", source="A. Author", points=()),)


def line(author, text, **more):
    return Message(author=author, text=text, at=NOW, **more)


def after(*steps, session=None):
    view = translate.begin(session or Session(id="s"), "help")
    for step in steps:
        view = translate.step(view, step)
    return view


COMPOSED = events.Composed(text="composed", citations=CITED, quick_replies=("yes",), seconds=0.1)
PHRASED = events.Phrased(text="phrased", citations=(), seconds=1.0)


def test_the_question_stands_at_once():
    assert [(line.author, line.text) for line in translate.lines(after())] == [("person", "help")]


def test_composed_then_phrased_is_one_line_that_changes_once():
    first, second = after(COMPOSED), after(COMPOSED, PHRASED)
    assert [line.text for line in translate.lines(first)] == ["help", "composed"]
    assert [line.text for line in translate.lines(second)] == ["help", "phrased"]
    assert translate.lines(first)[1].n == translate.lines(second)[1].n == 1
    assert translate.lines(second)[1].quick_replies == ("yes",)


def test_waiting_and_phrasing_are_one_quiet_line():
    assert after(COMPOSED, events.Waiting(ahead=2)).status.endswith("2 before you")
    assert after(COMPOSED, events.Phrasing(sentences=1)).status == translate.PHRASING
    assert after(COMPOSED, events.Phrasing(sentences=1), PHRASED).status == ""


@pytest.mark.parametrize(
    "order", [(events.Notice(text="away"), COMPOSED), (COMPOSED, events.Notice(text="away"))]
)
def test_a_notice_stands_under_the_reply_whenever_it_came(order):
    assert translate.lines(after(*order))[-1].notices == ("away",)


def test_a_notice_stays_when_the_turn_is_over_and_is_shown_once():
    done = Session(id="s", messages=(line("person", "help"), line("coach", "composed", notices=("away",))))
    over = events.Finished(composed=True, endpoint="", seconds=1, session=done)
    shown = translate.lines(after(COMPOSED, events.Notice(text="away"), events.Notice(text="later"), over))
    assert shown[-1].notices == ("away", "later")


def test_phrased_without_composed_changes_nothing():
    assert translate.lines(after(PHRASED))[-1].text == "help"


def test_the_number_of_a_line_is_the_same_before_and_after():
    stored = Session(id="s", messages=(line("person", "a"), line("coach", "b")))
    running = translate.lines(after(COMPOSED, session=stored))
    done = stored.model_copy(
        update={"messages": (*stored.messages, line("person", "help"), line("coach", "c"))}
    )
    assert (
        [each.n for each in running]
        == [each.n for each in translate.lines(translate.View(done))]
        == [0, 1, 2, 3]
    )


def test_rewind_takes_back_what_only_that_message_said():
    session = Session(
        id="s",
        messages=(
            line("person", "my boss is Bea"),
            line("coach", "a", stage=Stage.RESPOND),
            line("person", "we meet Thursday and my boss is Bea"),
            line("coach", "b", stage=Stage.FIRST_MEETING, citations=CITED, route=Route.CRISIS),
        ),
        known=Known(
            manager=Fact(value="Bea", quote="my boss is Bea"),
            meeting=Fact(value="Thursday", quote="we meet Thursday"),
            wants=Fact(value="stay"),
        ),
        shown=("take-a-moment", "keep-a-record"),
        stage=Stage.FIRST_MEETING,
        danger_turns=2,
    )
    before, text = translate.rewind(session)
    assert text == "we meet Thursday and my boss is Bea"
    assert [message.text for message in before.messages] == ["my boss is Bea", "a"]
    assert before.known.values() == {"manager": "Bea", "wants": "stay"}
    assert before.shown == ("keep-a-record",) and before.stage is Stage.RESPOND
    assert before.danger_turns == 2


def test_rewind_of_nothing_is_nothing():
    assert translate.rewind(Session(id="s")) == (Session(id="s"), "")


def test_rendered_html_holds_no_line_break_and_no_raw_text():
    view = after(COMPOSED.model_copy(update={"text": "<img src=x>\n\n[1]"}))
    shown = render.log("s", translate.lines(view), lambda card: None, working=True)
    assert "\n" not in shown and "<img" not in shown and 'id="m-1-s1"' in shown
