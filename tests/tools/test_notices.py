"""What stands under a reply: said once for as long as it holds."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.schema.conversation import Message, Session
from coach.schema.events import Notice
from coach.tools.notices import LONG, is_long
from tests.fakes import FakeBrain, MemoryStore, make_coach

START = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
LINE = "A break."


def written(*minutes: float, told: float | None = None) -> list[Message]:
    return [
        Message(author="person", text="x", at=START + timedelta(minutes=at), notices=(LINE,) if at == told else ()) for at in minutes
    ]


STEADY = tuple(range(0, 130, 10))


@pytest.mark.parametrize(
    ("minutes", "now", "told", "due"),
    [
        ((), 0, None, False),
        (STEADY, 130, None, True),
        (STEADY[:11], 110, None, False),
        ((0, *range(100, 130, 10)), 130, None, False),  # an hour and a half away from it was a break
        (STEADY, 240, None, False),
        (STEADY, 130, 120, False),  # it was said a moment ago
        (tuple(range(0, 260, 10)), 260, 120, True),  # and again after as long
        ((200, *STEADY), 130, None, True),
        (STEADY, -60, None, False),  # the clock was set back
    ],
)
def test_after_hours_a_break_is_spoken_of(minutes, now, told, due):
    assert is_long(written(*minutes, told=told), LINE, START + timedelta(minutes=now)) is due


def test_the_word_comes_with_the_reply(library, search):
    """Once, under an ordinary reply, and it says that this is software."""
    clock = [START]
    coach = make_coach(library, FakeBrain(search), MemoryStore(), lambda: clock[0])
    session, said = Session(id="s"), []
    for text in ("they want me to sign it by friday", *["what should i ask about goal 2"] * 14):
        *events, last = coach.reply(session, text)
        session = last.session
        said.append([event.text for event in events if isinstance(event, Notice)])
        clock[0] += timedelta(minutes=10)
    pauses = [number for number, lines in enumerate(said) if any("software" in line for line in lines)]
    assert pauses == [LONG // timedelta(minutes=10)]


def test_danger_is_answered_without_it(library, search):
    clock = [START]
    coach = make_coach(library, FakeBrain(search), MemoryStore(), lambda: clock[0])
    session = Session(id="s", messages=tuple(written(*STEADY)))
    clock[0] += timedelta(minutes=130)
    events = list(coach.reply(session, "i want to kill myself"))
    assert not [event for event in events if isinstance(event, Notice)]
