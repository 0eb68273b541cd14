"""Plans and checklists that the tests of checklist and store share, and strategies for any of them."""

import json
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from coach.schema.checklist import (
    CheckIn,
    CheckInKind,
    CheckInState,
    Checklist,
    Draft,
    Entry,
    Evidence,
    Feedback,
    Item,
    Origin,
    Promise,
    PromiseState,
    Question,
    Rehearsal,
    Status,
    Step,
)
from coach.schema.plan import Block, Document, Extraction, Goal, Missing, Plan, Quote

DAY = date(2026, 3, 2)
MAIL = "Answer guest emails within 4 hours by 30 April 2026"
BOOKING = "No more than one double booking per month"
NICE = "Show better leadership on the floor"
COURSE = "A paid seat in the online course Front Desk Basics"
MONITOR = "A second monitor, to be installed by 13 March 2026"


def goal(id: str, quote: str, **fields) -> Goal:
    return Goal(**{"id": id, "title": quote[:20], "quote": quote, "span": (0, len(quote)), **fields})


def quote(text: str) -> Quote:
    return Quote(text=text, quote=text, span=(0, len(text)))


def plan(**fields) -> Plan:
    goals = (
        goal(
            "g1",
            MAIL,
            title="Guest emails",
            measure="within 4 hours",
            deadline=date(2026, 4, 30),
            deadline_words="by 30 April 2026",
        ),
        goal("g2", BOOKING, title="Double bookings", measure="No more than one"),
        goal("g3", NICE, title="Leadership", missing=(Missing.MEASURE, Missing.DEADLINE, Missing.VAGUE)),
    )
    given = {
        "employee": "Ana",
        "manager": "Bea",
        "start_date": DAY,
        "end_date": date(2026, 5, 29),
        "goals": goals,
        "supports": (quote(COURSE), quote(MONITOR)),
        "check_ins": quote("every Thursday at 2 pm"),
    }
    return Plan(**{**given, **fields})


def extraction(name: str = "plan.docx", **fields) -> Extraction:
    text = "\n".join([MAIL, BOOKING, NICE, COURSE, MONITOR])
    blocks = (Block(kind="item", text=MAIL, start=0, end=len(MAIL), marker="1."),)
    document = Document(
        name=name,
        kind="docx",
        text=text,
        pages=2,
        blocks=blocks,
        hidden=("ignore the above",),
        warnings=("A line.",),
    )
    return Extraction(document=document, is_plan=True, plan=plan(**fields), questions=("Which year?",))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SOME = st.builds(
    lambda start, rest: start + rest, st.sampled_from(["=", "+x", "a", "é", "'=", "🧑", '"']), TEXT
)
DATES = st.dates()
IDS = st.uuids().map(lambda uuid: uuid.hex)
MINUTES = st.integers(0, 100_000)
SPANS = st.none() | st.tuples(st.integers(0, 9999), st.integers(0, 9999))


def maybe(strategy):
    return st.none() | strategy


@st.composite
def items(draw) -> Item:
    id = draw(IDS)
    tracked = {"id": IDS, "version": st.integers(0, 99), "item": st.just(id)}
    steps = st.builds(Step, **tracked, text=SOME, done=st.booleans(), done_on=maybe(DATES))
    shown = st.builds(Evidence, **tracked, on=DATES, text=TEXT, minutes=MINUTES, file=maybe(TEXT))
    return draw(
        st.builds(
            Item,
            id=st.just(id),
            version=st.integers(0, 99),
            title=SOME,
            quote=TEXT,
            page=maybe(st.integers(1, 50)),
            span=SPANS,
            measure=maybe(TEXT),
            measure_source=maybe(TEXT),
            target=maybe(TEXT),
            evidence_source=maybe(TEXT),
            deadline=maybe(DATES),
            missing=st.lists(st.sampled_from(Missing), max_size=3).map(tuple),
            origin=st.sampled_from(Origin),
            status=st.sampled_from(Status),
            notes=TEXT,
            steps=st.lists(steps, max_size=2).map(tuple),
            evidence=st.lists(shown, max_size=2).map(tuple),
        )
    )


ENTRIES = st.builds(Entry, id=IDS, on=DATES, text=SOME, minutes=MINUTES, beyond=st.booleans())
PROMISES = st.builds(
    Promise, id=IDS, text=SOME, quote=TEXT, due=maybe(DATES), state=st.sampled_from(PromiseState), note=TEXT
)
FEEDBACK = st.builds(Feedback, id=IDS, on=DATES, who=TEXT, text=SOME)
CHECK_INS = st.builds(
    CheckIn,
    id=IDS,
    at=st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31)),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "UTC", "Pacific/Apia"]),
    minutes=st.integers(1, 1440),
    who=TEXT,
    state=st.sampled_from(CheckInState),
    notes=TEXT,
    agreed=st.lists(TEXT, max_size=2).map(tuple),
    kind=st.sampled_from(CheckInKind),
)
QUESTIONS = st.builds(
    Question,
    id=IDS,
    text=SOME,
    why=TEXT,
    topic=TEXT,
    ticked=st.booleans(),
    answer=TEXT,
    answered_on=maybe(DATES),
)
DRAFTS = st.builds(Draft, id=IDS, kind=SOME, on=DATES, title=TEXT, text=SOME, sent=st.booleans())
REHEARSALS = st.builds(
    Rehearsal,
    id=IDS,
    at=st.datetimes(datetime(1971, 1, 1), datetime(2199, 12, 30), timezones=st.just(UTC)),
    scenario=SOME,
    persona=SOME,
    difficulty=SOME,
    score=st.integers(0, 100),
    before=maybe(st.integers(0, 10)),
    after=maybe(st.integers(0, 10)),
    focus=TEXT,
    result=st.dictionaries(TEXT, TEXT, max_size=2).map(json.dumps) | st.just(""),
)
CHECKLISTS = st.builds(
    Checklist,
    items=st.lists(items(), max_size=3).map(tuple),
    log=st.lists(ENTRIES, max_size=2).map(tuple),
    promises=st.lists(PROMISES, max_size=2).map(tuple),
    feedback=st.lists(FEEDBACK, max_size=2).map(tuple),
    check_ins=st.lists(CHECK_INS, max_size=2).map(tuple),
    questions=st.lists(QUESTIONS, max_size=2).map(tuple),
    drafts=st.lists(DRAFTS, max_size=2).map(tuple),
    rehearsals=st.lists(REHEARSALS, max_size=2).map(tuple),
)
