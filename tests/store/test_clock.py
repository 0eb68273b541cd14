"""A clock that jumps back, forward or over a border of summer time loses no row, no order and no copy."""

import random
from datetime import UTC, datetime, timedelta, timezone

from coach.schema.checklist import Entry, Item
from coach.schema.conversation import Message
from coach.store import Store
from coach.store.backup import listed

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
JUMPS = (
    timedelta(days=-400), timedelta(days=400), timedelta(hours=-1), timedelta(hours=1), timedelta(days=-1),
    timedelta(seconds=-1), timedelta(days=365 * 20), timedelta(days=-365 * 30),
)  # fmt: skip


class Jumping:
    """A clock that a test moves, also into other time zones."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def test_a_clock_that_jumps_loses_nothing(path):
    number, clock = random.Random(1), Jumping()
    store = Store.open(path, clock)
    session, texts = store.create(), []
    for turn in range(40):
        clock.now = (clock.now + number.choice(JUMPS)).astimezone(timezone(timedelta(hours=number.randint(-12, 14))))
        if not 1990 < clock.now.year < 2090:
            clock.now = START
        texts.append(f"turn {turn}")
        said = Message(author="person", text=texts[-1], at=clock.now)
        session = store.save(session.model_copy(update={"messages": (*session.messages, said)}))
        store.plans.add(Entry(on=clock.now.date(), text=f"entry {turn}"))
    store.close()
    again = Store.open(path, clock)
    assert [message.text for message in again.load(session.id).messages] == texts, "order is position, not time"
    assert sorted(entry.text for entry in again.plans.load().log) == sorted(f"entry {turn}" for turn in range(40))
    while again.plans.changes(1):
        again.plans.undo()
    assert again.plans.load().log == ()
    again.close()


def test_a_clock_that_jumps_keeps_the_copies(path):
    """Copies are made on every day that comes, earlier or later, and there are never more than three."""
    clock, folder = Jumping(), path.parent / "backups"
    store = Store.open(path, clock, folder)
    for number, jump in enumerate((0, 1, 1, -2, 400, -400, 1, 0)):
        clock.now += timedelta(days=jump)
        store.plans.add(Item(title=f"goal {number}"))
        assert len(listed(folder)) <= 3
    assert listed(folder)
    store.close()
