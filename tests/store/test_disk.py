"""A disk that is full and a folder that cannot be written: one sentence, and what was there is there.

In a namespace of its own, where a small disk can be made without rights on the machine.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FULL = """
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from coach.errors import StoreError
from coach.schema.checklist import Entry, Evidence, Item
from coach.schema.conversation import Message
from coach.store import Store
from coach.binder import archive
folder = Path(sys.argv[1])
days = iter(range(10**6))
clock = lambda: datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=next(days))
store = Store.open(folder / "coach.db", clock, folder / "backups")
item = store.plans.add(Item(title="first"))
kept, told = 0, set()
def talk(n):
    said = Message(author="person", text=f"{n} " + "x" * 50_000, at=datetime.now(UTC))
    store.save(store.create().model_copy(update={"messages": (said,)}))
steps = [
    lambda n: store.plans.add(Entry(on=date(2026, 3, 2), text=f"{n} " + "x" * 50_000)),
    lambda n: store.plans.attach(Evidence(item=item.id, on=date(2026, 3, 2), text="f"), "a.bin", bytes(200_000)),
    talk,
    lambda n: store.bring_in(store.take_out(), replace=True),
]
refused = 0
for n in range(400):
    before = store.take_out()
    try:
        steps[n % 4](n)
    except StoreError as error:
        told.add(str(error))
        refused += 1
        if n % 4 != 2:  # a conversation is made first and filled then: the empty one may stay
            assert store.take_out() == before, n
        if refused > 12:
            break
    else:
        kept += 1
assert refused, "the disk was not full"
assert len(told) == 1 and "disk is full" in told.pop()
after = store.take_out()
store.close()
again = Store.open(folder / "coach.db", clock, folder / "backups")
assert again.take_out() == after
with again._engine.connect() as connection:
    assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
again.close()
print("kept", kept, "refused", refused)
"""
READ_ONLY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coach.errors import StoreError
from coach.store import Store
try:
    store = Store.open(Path(sys.argv[1]) / "coach.db", lambda: datetime.now(UTC))
    store.create()
except StoreError as error:
    print(error)
"""


def inside(script: str, folder: Path, mount: str) -> str:
    """What the script prints in a namespace in which `mount` was done; left out, aloud, where that is not allowed."""
    prepare = ["unshare", "--map-root-user", "--mount", "--", "sh", "-c", f'{mount} && exec "$@"', "sh"]
    tried = None
    if shutil.which("unshare"):
        tried = subprocess.run([*prepare, "true"], capture_output=True, text=True, check=False)
    if tried is None or tried.returncode:
        reason = f"mounts are not allowed here: {tried.stderr.strip() if tried else 'unshare is not installed'}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    command = [*prepare, sys.executable, "-c", script, str(folder)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout


def test_a_full_disk_loses_nothing(tmp_path):
    told = inside(FULL, tmp_path, f"mount -t tmpfs -o size=6m none {tmp_path}")
    kept, refused = int(told.split()[1]), int(told.split()[3])
    assert kept >= 4 and refused >= 1


def test_a_read_only_folder_is_one_sentence(tmp_path):
    mount = f"mount --bind {tmp_path} {tmp_path} && mount -o remount,bind,ro {tmp_path}"
    told = inside(READ_ONLY, tmp_path, mount).strip()
    assert told.count("\n") == 0 and told.endswith(".") and "folder" in told


def test_a_folder_that_becomes_read_only_loses_nothing(tmp_path):
    from datetime import UTC, datetime

    from coach.store import Store

    store = Store.open(tmp_path / "coach.db", lambda: datetime.now(UTC))
    id = store.create().id
    store.close()
    mount = f"mount --bind {tmp_path} {tmp_path} && mount -o remount,bind,ro {tmp_path}"
    told = inside(READ_ONLY, tmp_path, mount).strip()
    assert told.count("\n") == 0 and told.endswith(".")
    store = Store.open(tmp_path / "coach.db", lambda: datetime.now(UTC))
    assert [talk.id for talk in store.list_conversations()] == [id]
    store.close()
