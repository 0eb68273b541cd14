"""A store in which something of every kind is kept, as a person would leave it."""

from datetime import UTC, datetime

from coach.schema.checklist import (
    CheckIn,
    CheckInKind,
    CheckInState,
    Draft,
    Entry,
    Evidence,
    Feedback,
    Item,
    Promise,
    PromiseState,
    Question,
    Rehearsal,
    Status,
    Step,
)
from coach.schema.conversation import Fact, Known, Message
from coach.store import Store
from tests.checklist.samples import BOOKING, DAY, MAIL, extraction, goal

DEBRIEF = '{"debrief": {"worked": [{"quote": "I missed two dates", "why": "clear"}], "cost": {"better": "By Friday."}}}'
FILE = b"%PDF-1.7 \x00\xff not really"


def fill(store: Store) -> None:
    """One of everything, some of it changed, cut off and taken away again."""
    talk(store)
    plans = store.plans
    first = plans.confirm(extraction("first plan.docx"), DAY)
    goals = (goal("g1", MAIL.replace("30 April", "14 May")), goal("g2", BOOKING, measure="No more than one"))
    plans.revise(first, extraction("second plan.docx", goals=goals), DAY)
    item, dropped = plans.load().items[0], plans.load().items[2]
    plans.change(
        item,
        notes="two lines\nof notes",
        status=Status.AT_RISK,
        status_on=DAY,
        measure_source="meeting of 2 March 2026",
    )
    about = {"item": item.id}
    plans.add(Step(text="Find the form", **about))
    plans.change(plans.add(Step(text="Read it", **about)), done=True, done_on=DAY)
    plans.attach(Evidence(on=DAY, text="Mail log", minutes=20, **about), "log “é”.pdf", FILE)
    plans.remove(plans.attach(Evidence(on=DAY, text="wrong one", **about), "x.txt", b"gone"))
    plans.add(Evidence(on=DAY, text="without a file", item=dropped.id))
    plans.add(Item(title="Ask for a mentor"))
    plans.add(Entry(on=DAY, text="finished the course", minutes=90, beyond=True, **about))
    plans.add(
        Promise(text="A mentor by May", due=DAY, state=PromiseState.LATE, state_on=DAY, note="asked twice")
    )
    plans.add(Feedback(on=DAY, who="Bea", text="better on mails", **about))
    plans.add(
        CheckIn(
            at=datetime(2026, 3, 26, 14), zone="Europe/London", who="Bea", state=CheckInState.HELD, kind=CheckInKind.FIRST,
            notes="went well", agreed=("send the log",),
        )
    )  # fmt: skip
    plans.add(
        Question(
            text="Who judges?",
            why="Not said",
            topic="judge",
            priority=3,
            ticked=True,
            answer="Bea does",
            **about,
        )
    )
    plans.add(
        Draft(kind="recap", on=DAY, title="After Thursday", text="Dear [name],\n\nthank you.", sent=True)
    )
    plans.add(
        Rehearsal(
            at=datetime(2026, 3, 1, 20, tzinfo=UTC), scenario="first_meeting", persona="by_the_book", difficulty="guarded",
            score=61, before=3, after=6, focus="Ask one thing at a time", result=DEBRIEF,
        )
    )  # fmt: skip


def talk(store: Store) -> None:
    """A conversation of which the end was written anew, and one in which nothing was said."""
    store.create()
    session = store.create()
    lines = tuple(
        Message(author=author, text=text, at=datetime(2026, 3, 2, 9, minute, tzinfo=UTC))
        for minute, (author, text) in enumerate(
            [("person", "I was put on a plan"), ("coach", "That is a lot. [1]"), ("person", "old ending")]
        )
    )
    session = store.save(
        session.model_copy(update={"messages": lines, "known": Known(manager=Fact(value="Bea"))})
    )
    anew = Message(author="person", text="new ending", at=datetime(2026, 3, 2, 9, 7, tzinfo=UTC))
    store.save(session.model_copy(update={"messages": (*session.messages[:2], anew)}))
