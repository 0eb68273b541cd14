"""Program of test_whole_crash.py: everything the store can do, for ever, each step told on stdout once it is done. Not a test.

The folder holds a file of the oldest schema, so that the first thing that happens is a migration.
"""

import random
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coach.binder import archive
from coach.schema.checklist import Entry, Evidence, Item
from coach.schema.conversation import Message
from coach.store import Store
from tests.checklist.samples import extraction

ON = date(2026, 3, 2)


def main(path: Path, seed: int) -> None:
    """Chat, plan, list, export, import, delete, with a copy on most steps because the days go by."""
    number, days = random.Random(seed), iter(range(10**6))
    store = Store.open(path, lambda: datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=7 * next(days)), path.parent / "backups")
    plans = store.plans
    print("opened 0", flush=True)
    for turn in range(1, 10**6):
        text = f"{seed}-{turn} " + "x" * number.choice([5, 900, 40_000])
        kind = number.choice(["talk", "talk", "plan", "item", "file", "log", "undo", "import", "delete"])
        if kind == "talk":
            session = store.create()
            said = tuple(Message(author=who, text=text, at=datetime.now(UTC)) for who in ("person", "coach"))
            store.save(session.model_copy(update={"messages": said}))
        elif kind == "plan":
            now = plans.load()
            plans.revise(now.plan, extraction(text[:60]), ON) if now.plan else plans.confirm(extraction(text[:60]), ON)
        elif kind == "item":
            plans.add(Item(title=text[:90]))
        elif kind == "file":
            item = plans.add(Item(title=f"with a file {turn}"))
            plans.attach(Evidence(item=item.id, on=ON, text="kept"), "a.bin", text.encode() * 3)
        elif kind == "log":
            plans.add(Entry(on=ON, text=text))
        elif kind == "undo" and plans.changes(1):
            plans.undo()
        elif kind == "import":
            store.bring_in(archive.unpack(archive.pack(store.take_out(), datetime.now(UTC))), replace=True)
        elif kind == "delete" and (talks := store.list_conversations()):
            store.delete(talks[-1].id)
        print(kind, turn, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
