"""The picture of one day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.checklist.progress import progress
from coach.schema.checklist import (
    CheckIn,
    CheckInState,
    Checklist,
    Entry,
    Evidence,
    Item,
    Origin,
    PlanVersion,
    Promise,
    PromiseState,
    Status,
)
from tests.checklist.samples import CHECKLISTS, extraction

TODAY = date(2026, 4, 1)


def id(number: int) -> str:
    return f"{number:032x}"


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def with_end(end: date | None) -> PlanVersion:
    return PlanVersion(id=id(99), number=1, added_on=TODAY, current=True, extraction=extraction(end_date=end))


@pytest.mark.parametrize(
    ("end", "left", "ended"),
    [(after(30), 30, False), (TODAY, 0, False), (after(-1), 0, True), (None, None, False)],
)
def test_days_left(end, left, ended):
    picture = progress(Checklist(plan=with_end(end)), TODAY)
    assert (picture.days_left, picture.ended) == (left, ended)


def test_empty_checklist():
    picture = progress(Checklist(), TODAY)
    assert picture.days_left is None and picture.next_dates == () and picture.minutes == {}
    assert picture.by_status == dict.fromkeys(Status, 0)
    assert picture.promises == dict.fromkeys(PromiseState, 0)


def test_items_are_counted_by_status_without_those_that_left_the_plan():
    states = [Status.DONE, Status.DONE, Status.AT_RISK]
    items = [Item(id=id(n), title="x", status=status) for n, status in enumerate(states)]
    gone = Item(id=id(9), title="gone", origin=Origin.DROPPED, deadline=after(-5))
    picture = progress(Checklist(items=(*items, gone)), TODAY)
    assert picture.by_status[Status.DONE] == 2 and picture.by_status[Status.AT_RISK] == 1
    assert sum(picture.by_status.values()) == 3 and picture.dropped == 1 and picture.overdue == ()


def test_overdue_are_open_items_whose_day_is_past():
    items = (
        Item(id=id(1), title="late", deadline=after(-1)),
        Item(id=id(2), title="later still", deadline=after(-9), status=Status.AT_RISK),
        Item(id=id(3), title="done", deadline=after(-3), status=Status.CONFIRMED),
        Item(id=id(4), title="today", deadline=TODAY),
    )
    assert progress(Checklist(items=items), TODAY).overdue == (id(2), id(1))


def test_minutes_of_evidence_and_log():
    shown = Evidence(item=id(1), on=TODAY, text="x", minutes=20)
    log = (
        Entry(on=TODAY, text="a", item=id(1), minutes=5),
        Entry(on=TODAY, text="b", minutes=7, beyond=True),
        Entry(on=TODAY, text="c", minutes=3),
    )
    items = (Item(id=id(1), title="x", evidence=(shown, shown)), Item(id=id(2), title="y"))
    picture = progress(Checklist(items=items, log=log), TODAY)
    assert picture.minutes == {id(1): 45, "": 10}
    assert (picture.minutes_total, picture.minutes_beyond) == (55, 7)


def test_next_dates_in_order():
    checklist = Checklist(
        plan=with_end(after(40)),
        items=(
            Item(id=id(1), title="mail", deadline=after(9)),
            Item(id=id(2), title="done", deadline=after(2), status=Status.DONE),
        ),
        promises=(Promise(id=id(3), text="course", due=after(3)), Promise(id=id(4), text="no day")),
        check_ins=(
            CheckIn(id=id(5), at=datetime(2026, 4, 1, 16), zone="UTC", who="Bea"),
            CheckIn(id=id(6), at=datetime(2026, 4, 2, 9), zone="UTC", state=CheckInState.CANCELLED),
            CheckIn(id=id(7), at=datetime(2026, 3, 31, 9), zone="UTC"),
        ),
    )
    dates = progress(checklist, TODAY).next_dates
    assert [(next.kind, next.on, next.id) for next in dates] == [
        ("check_in", TODAY, id(5)),
        ("promise", after(3), id(3)),
        ("deadline", after(9), id(1)),
        ("plan_end", after(40), None),
    ]


def test_promises_due_and_late():
    promises = (
        Promise(id=id(1), text="later", due=after(5)),
        Promise(id=id(2), text="today", due=TODAY),
        Promise(id=id(3), text="past", due=after(-1)),
        Promise(id=id(4), text="kept", due=after(-1), state=PromiseState.KEPT),
        Promise(id=id(5), text="gone", due=after(-1), origin=Origin.DROPPED),
    )
    picture = progress(Checklist(promises=promises), TODAY)
    assert picture.promises_due == (id(2), id(1)) and picture.promises_late == (id(3),)
    assert picture.promises[PromiseState.OPEN] == 3 and picture.promises[PromiseState.KEPT] == 1


@given(CHECKLISTS, st.dates())
@settings(deadline=None)
def test_any_checklist_has_a_picture(checklist, today):
    picture = progress(checklist, today)
    assert sum(picture.by_status.values()) + picture.dropped == len(checklist.items)
    assert all(next.on >= today for next in picture.next_dates)
    assert list(picture.next_dates) == sorted(picture.next_dates, key=lambda next: next.on)
    spent = [*checklist.log, *(shown for item in checklist.items for shown in item.evidence)]
    assert picture.minutes_total == sum(one.minutes for one in spent)
