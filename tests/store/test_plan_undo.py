"""Any sequence of changes, taken back one by one, leads back through every state to the first."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import UserError
from coach.schema.checklist import (
    CheckIn,
    Draft,
    Entry,
    Evidence,
    Feedback,
    Item,
    Promise,
    Question,
    Rehearsal,
    Status,
    Step,
)
from coach.store import Store
from coach.store.tables import metadata
from tests.checklist.samples import BOOKING, DAY, MAIL, NICE, TEXT, extraction, goal, plan

TRACKED = {
    "plan",
    "item",
    "step",
    "attachment",
    "evidence",
    "entry",
    "promise",
    "feedback",
    "check_in",
    "question",
    "draft",
    "rehearsal",
}
QUOTES = [MAIL, BOOKING, NICE, MAIL.replace("30 April", "14 May"), f"{NICE} each day", "Go home on time"]
ACTS = [
    "plan", "item", "step", "evidence", "file", "log", "promise", "feedback", "check_in", "question", "draft", "rehearsal",
    "change", "change", "status", "tick", "move", "remove", "remove", "arrange", "undo",
]  # fmt: skip
STEPS = st.tuples(st.sampled_from(ACTS), st.integers(0, 999), TEXT.map(lambda text: f"x{text}"))


def state(store: Store) -> dict[str, list[dict]]:
    """Every row but what counts changes."""
    with store._reading() as connection:
        return {
            table.name: [
                {name: value for name, value in row.items() if name != "version"}
                for row in connection.execute(table.select().order_by(table.c.id)).mappings()
            ]
            for table in metadata.sorted_tables
            if table.name in TRACKED
        }


def act(store: Store, name: str, number: int, text: str) -> None:
    """One action of the person; what makes no sense at this moment is refused or does nothing."""
    plans, now = store.plans, store.plans.load()
    item = now.items[number % len(now.items)].id if now.items else None
    day = DAY + timedelta(days=number)
    if name == "plan":
        quotes = [quote for place, quote in enumerate(QUOTES) if number >> place & 1]
        read = extraction(text, goals=tuple(goal(f"g{place}", quote) for place, quote in enumerate(quotes)))
        read = read.model_copy(
            update={"plan": read.plan.model_copy(update={"supports": plan().supports[: number % 3]})}
        )
        if now.plan:
            plans.revise(now.plan, read, day)
        else:
            plans.confirm(read, day)
    elif name in ("step", "evidence", "file") and item:
        if name == "step":
            plans.add(Step(item=item, text=text))
        elif name == "evidence":
            plans.add(Evidence(item=item, on=day, text=text, minutes=number))
        else:
            plans.attach(Evidence(item=item, on=day, text=text), text, text.encode())
    elif name in ("change", "remove", "move", "tick"):
        change(store, name, number, text)
    elif name == "status" and item:
        plans.change(now.items[number % len(now.items)], status=list(Status)[number % 5], status_on=day)
    elif name == "arrange":
        plans.arrange([one.id for one in now.items[number % 3 :]])
    elif name == "undo":
        plans.undo()
    else:
        record = {
            "item": lambda: Item(title=text, deadline=day),
            "log": lambda: Entry(on=day, text=text, item=item, beyond=bool(number % 2)),
            "promise": lambda: Promise(text=text, due=day),
            "feedback": lambda: Feedback(on=day, who=text, text=text, item=item),
            "check_in": lambda: CheckIn(
                at=datetime(2026, 3, 2) + timedelta(hours=number), zone="UTC", agreed=(text,)
            ),
            "question": lambda: Question(text=text, item=item, priority=number),
            "draft": lambda: Draft(kind="recap", on=day, title=text, text=text, sent=bool(number % 2)),
            "rehearsal": lambda: Rehearsal(
                at=datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=number),
                scenario="hr",
                persona="cold",
                difficulty="hard",
                score=number % 101,
                focus=text,
            ),
        }.get(name)
        if record:
            plans.add(record())


def change(store: Store, name: str, number: int, text: str) -> None:
    now = store.plans.load()
    parts = [part for item in now.items for part in (*item.steps, *item.evidence)]
    records = [*now.items, *parts, *now.log, *now.promises, *now.feedback, *now.check_ins, *now.questions]
    records += [*now.drafts, *now.rehearsals]
    if not records:
        return
    record = records[number % len(records)]
    if name == "remove":
        store.plans.remove(record)
    elif name == "change":
        field = (
            "title"
            if isinstance(record, Item)
            else {CheckIn: "who", Rehearsal: "focus"}.get(type(record), "text")
        )
        store.plans.change(record, **{field: text})
    elif name == "tick" and isinstance(record, Step):
        store.plans.change(record, done=not record.done)
    elif name == "move" and isinstance(record, Evidence | Entry):
        store.plans.change(record, item=now.items[0].id if now.items else None)


@given(st.lists(STEPS, min_size=1, max_size=25))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_undo_of_everything_returns_every_earlier_state(store, steps):
    store.plans.erase()
    states = [state(store)]
    for step in steps:
        count = len(store.plans.changes(999))
        with suppress(UserError):
            act(store, *step)
        after = len(store.plans.changes(999))
        assert abs(after - count) <= 1, "one action is one change"
        if after > count:
            states.append(state(store))
        elif after < count:
            states.pop()
            assert state(store) == states[-1]
        else:
            assert state(store) == states[-1]
    while len(states) > 1:
        line = store.plans.undo()
        assert line.startswith("Took back: ") and line.endswith(".") and "\n" not in line
        states.pop()
        assert state(store) == states[-1]
    assert store.plans.changes() == []
    assert not any(states[0].values())


@given(st.lists(STEPS, min_size=1, max_size=15))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_versions_never_come_twice(store, steps):
    """A page that shows an older state can always be told from one that is up to date."""
    store.plans.erase()
    seen: dict[tuple[str, int], str] = {}
    there_and_back = [part for step in steps for part in (step, ("undo", 0, ""))]
    for step in (*there_and_back, *steps):
        with suppress(UserError):
            act(store, *step)
        for item in store.plans.load().items:
            shown = item.model_copy(update={"steps": (), "evidence": ()}).model_dump_json()
            assert seen.setdefault((item.id, item.version), shown) == shown
