"""One checklist in the middle of a plan: a check-in that was held, one ahead, notes, questions, promises."""

from datetime import date, datetime

from coach.checklist.items import from_plan
from coach.schema.checklist import (
    CheckIn,
    CheckInState,
    Checklist,
    Entry,
    Evidence,
    Feedback,
    PlanVersion,
    Question,
    Status,
)
from tests.checklist.samples import DAY, extraction

HELD = CheckIn(
    id="a" * 32, at=datetime(2026, 3, 12, 14), zone="Europe/London", who="Bea", state=CheckInState.HELD,
    notes="I was nervous", agreed=("send the log", "Bea gets the second monitor by 20 March"),
)  # fmt: skip
AHEAD = CheckIn(id="b" * 32, at=datetime(2026, 3, 19, 14), zone="Europe/London", who="Bea")
OLD = Entry(id="c" * 32, on=date(2026, 3, 5), text="read the manual")
QUESTION = Question(id="d" * 32, text="How will you judge leadership?", priority=1)
ANSWERED = Question(
    id="e" * 32,
    text="Who decides at the end?",
    ticked=True,
    answer="Bea and HR",
    answered_on=date(2026, 3, 12),
)
FEEDBACK = Feedback(id="f" * 32, on=date(2026, 3, 12), who="bea", text="better, keep at the replies")


def number(count: int) -> str:
    return f"{count:032x}"


def a_checklist(**fields) -> Checklist:
    found = extraction()
    ids = iter(number(count) for count in range(1, 50))
    items, promises = from_plan(found.plan, "1" * 32, lambda: next(ids))
    mail = items[0].model_copy(
        update={
            "evidence": (
                Evidence(id=number(90), item=items[0].id, on=date(2026, 3, 16), text="", file="list.pdf"),
            )
        }
    )
    log = (
        OLD,
        Entry(
            id=number(91), on=date(2026, 3, 13), text="answered all guest emails", item=mail.id, minutes=45
        ),
        Entry(id=number(92), on=date(2026, 3, 14), text="helped at the desk"),
    )
    given = {
        "plan": PlanVersion(id="1" * 32, number=1, added_on=DAY, current=True, extraction=found),
        "items": (mail, items[1].model_copy(update={"status": Status.CONFIRMED}), items[2]),
        "promises": (promises[0], promises[1].model_copy(update={"due": date(2026, 3, 13)})),
        "log": log, "feedback": (FEEDBACK,), "check_ins": (AHEAD, HELD), "questions": (ANSWERED, QUESTION),
    }  # fmt: skip
    return Checklist(**{**given, **fields})
