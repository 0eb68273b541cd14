"""Where the person is: their own words decide, and a stage holds until a message shows another."""

import pytest

from coach.schema.conversation import Fact, Known
from coach.schema.enums import Stage
from coach.understand import facts, stage


def find(
    search, text: str, history: tuple[str, ...] = (), before: Stage = Stage.FIRST_DAYS, **known: str
) -> Stage:
    was = Known(**{name: Fact(value=value) for name, value in known.items()})
    found = facts.find(text, was, None)
    return stage.find(text, list(history), found, facts.merge(was, found), before, search.index)


FIRST = [
    ("they put me on a pip an hour ago", Stage.FIRST_DAYS),
    ("just got out of the meeting, can't stop shaking", Stage.FIRST_DAYS),
    ("i resigned this morning", Stage.END),
    ("my final review is on monday", Stage.END),
    ("the plan is over and i passed my plan", Stage.END),
    ("should i stay or should i leave and find something else", Stage.STAY_OR_GO),
    ("what does this goal in the plan mean, how is it measured", Stage.UNDERSTAND),
    ("they want my written response to the plan by friday", Stage.RESPOND),
    ("the first meeting about the plan is on thursday, how do i prepare", Stage.FIRST_MEETING),
    ("she cancelled our weekly check-in again", Stage.CHECK_INS),
]


@pytest.mark.parametrize(("text", "wanted"), FIRST, ids=[text[:40] for text, _ in FIRST])
def test_a_first_message_shows_the_stage(search, text, wanted):
    assert find(search, text) is wanted


@pytest.mark.parametrize("before", [Stage.RESPOND, Stage.WORK, Stage.CHECK_INS, Stage.STAY_OR_GO])
@pytest.mark.parametrize("text", ["ok", "thanks", "i guess", "can you say that again"])
def test_an_aside_does_not_move_the_stage(search, text, before):
    assert find(search, text, ("i am in the middle of it",), before) is before


def test_somebody_in_week_three_is_not_in_the_first_days(search):
    assert find(search, "i'm in week 3 and i am so scared") is not Stage.FIRST_DAYS


def test_the_end_is_kept_once_it_was_reached(search):
    assert find(search, "what do i do now", ("they fired me today",), Stage.END) is Stage.END


def test_who_resigned_is_at_the_end_whatever_they_ask(search):
    assert (
        find(search, "how do i prepare for the meeting", ("x",), Stage.RESPOND, resigned="yes") is Stage.END
    )


def test_somebody_who_vents_is_not_moved_along(search):
    history = ("i just need to vent, no advice", "they do this to everyone")
    assert find(search, "and the check-ins are a joke", history, Stage.FIRST_DAYS) is Stage.FIRST_DAYS
