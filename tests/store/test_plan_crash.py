"""A process that is killed in the middle of changing the checklist loses at most what it had not finished.

Killing a process does not show what a power failure does; synchronous=FULL is for that, untested here.
"""

import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from coach.checklist.diff import folded
from coach.schema.checklist import Checklist, Item, Origin
from coach.store import Store
from tests.store.plan_crash_child import ON, turns

CHILD = Path(__file__).with_name("plan_crash_child.py")
ROOT = CHILD.parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def kill_in_the_middle(path: Path, seed: int) -> tuple[str, int]:
    """Id of the child's item and the last turn that it said was saved."""
    command = [sys.executable, str(CHILD), str(path), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as child:
        first = child.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.25))
        child.kill()
        lines = [first, *child.stdout.readlines()]
    id, turn = [line for line in lines if line.endswith("\n")][-1].split()
    return id, int(turn)


def expected(seed: int, turn: int, plan: str) -> dict:
    """What the checklist holds after so many turns, told without a store."""
    states = [{"note": "", "log": [], "file": [], "plan": plan}]
    for kind, text in islice(turns(seed), turn):
        if kind == "undo":
            states.pop()
        else:
            value = text if kind in ("note", "plan") else sorted([*states[-1][kind], text])
            states.append({**states[-1], kind: value})
    return states[-1]


def held(store: Store, now: Checklist, item: Item) -> dict:
    for shown in item.evidence:
        assert store.plans.file(shown) == shown.text.encode() * 3
    log = sorted(entry.text for entry in now.log if entry.item == item.id)
    name = now.plan.extraction.document.name
    return {
        "note": item.notes,
        "log": log,
        "file": sorted(shown.text for shown in item.evidence),
        "plan": name,
    }


def whole(store: Store, now: Checklist) -> None:
    """No half of a change is there."""
    live = [item for item in now.items if item.origin == Origin.PLAN]
    assert {item.plan for item in live} <= {now.plan.id}
    goals = now.plan.extraction.plan.goals
    assert sorted(folded(item.quote) for item in live) == sorted(folded(goal.quote) for goal in goals)
    with store._reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def rounds(path: Path, count: int) -> int:
    plan, done = "base", 0
    for seed in range(count):
        id, acknowledged = kill_in_the_middle(path, seed)
        store = Store.open(path, lambda: datetime.now(UTC))
        now = store.plans.load()
        whole(store, now)
        found = held(store, now, next(item for item in now.items if item.id == id))
        possible = [expected(seed, turn, plan) for turn in (acknowledged, acknowledged + 1)]
        assert found in possible, (seed, acknowledged)
        assert len(now.log) + len(now.items) < 10**4
        plan, done = found["plan"], done + acknowledged
        if seed == count - 1:  # what is left leads all the way back, over every crash
            while store.plans.changes(1):
                store.plans.undo()
            assert store.plans.load() == Checklist()
        store.close()
    return done


def test_kill_in_the_middle_of_changes(path):
    assert rounds(path, 20) > 5  # on a busy machine a round ends before its first change


@pytest.mark.byhand
def test_kill_in_the_middle_of_changes_300_times(path):
    print(rounds(path, 300), "changes acknowledged")


def test_page_and_command_line_on_one_store(store, path):
    """Another process ticks, logs and takes back while this one does the same."""
    item = store.plans.add(Item(title="shared"))
    code = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from coach.errors import UserError
from coach.schema.checklist import Entry
from coach.store import Store
store = Store.open(Path(sys.argv[1]), lambda: datetime.now(UTC))
item = store.plans.load().items[0]
print("ready", flush=True)
for turn in range(40):
    store.plans.add(Entry(on=date(2026, 3, 2), text=f"there {turn}", item=item.id))
    item = store.plans.change(item, notes=f"there {turn}")
sys.stdin.readline()
try:
    store.plans.change(item, status="at_risk")
except UserError as error:
    print(error, flush=True)
"""
    command = [sys.executable, "-c", code, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, env=ENVIRONMENT) as other:
        assert other.stdout.readline() == "ready\n"
        assert store.other_process()
        for turn in range(40):
            item = store.plans.change(item, target=f"here {turn}")
        while len(store.plans.load().log) < 40 or store.plans.load().items[0].notes != "there 39":
            time.sleep(0.01)
        store.plans.change(item, status="done", status_on=ON)
        other.stdin.write("\n")
        other.stdin.close()
        assert "There it is “done”, here it is “at risk”." in other.stdout.readline()
    found = store.plans.load()
    assert (found.items[0].target, found.items[0].notes, found.items[0].version) == (
        "here 39",
        "there 39",
        82,
    )
    assert [entry.text for entry in found.log] == [f"there {turn}" for turn in range(40)]
    assert len(store.plans.changes(999)) == 122
