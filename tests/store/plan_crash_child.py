"""Program of test_plan_crash.py: changes the checklist for ever and says on stdout what has been acknowledged. Not a test.

What turn n does follows from the seed alone, so that the parent can tell which states are possible.
"""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from coach.schema.checklist import Entry, Evidence, Item
from coach.store import Store
from tests.checklist.samples import extraction, plan

ON = date(2026, 3, 2)


def turns(seed: int) -> Iterator[tuple[str, str]]:
    """What is done, for ever: a kind and a text. An undo only takes back what this seed has done."""
    number, depth, turn = random.Random(seed), 0, 0
    while True:
        turn += 1
        kind = number.choice(["note", "log", "file", "plan", *["undo"] * bool(depth)])
        depth += -1 if kind == "undo" else 1
        yield kind, f"{seed}-{turn} " + "x" * number.choice([5, 500, 90_000])


def revised(text: str):
    """A plan of one to three goals."""
    return extraction(text, goals=plan().goals[: 1 + sum(text.encode()) % 3])


def main(path: Path, seed: int) -> None:
    """Work on one item of its own and on the plan."""
    store = Store.open(path, lambda: datetime.now(UTC))
    plans = store.plans
    if plans.load().plan is None:
        plans.confirm(extraction("base"), ON)
    id = plans.add(Item(title=f"seed {seed}")).id
    print(id, 0, flush=True)
    for turn, (kind, text) in enumerate(turns(seed), 1):
        now = plans.load()
        if kind == "undo":
            plans.undo()
        elif kind == "note":
            plans.change(next(item for item in now.items if item.id == id), notes=text)
        elif kind == "log":
            plans.add(Entry(on=ON, text=text, item=id))
        elif kind == "file":
            plans.attach(Evidence(item=id, on=ON, text=text), "a.bin", text.encode() * 3)
        else:
            plans.revise(now.plan, revised(text), ON)
        print(id, turn, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
