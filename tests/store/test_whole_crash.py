"""A process that is killed anywhere in migration, chat, plan, copies, export and import leaves a whole file behind.

Killing a process does not show what a power failure does; synchronous=FULL is for that, untested here.
"""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.store import Store, migrate
from tests.store.test_store_migrate import OLD, OLDER_CHECKLIST, made

CHILD = Path(__file__).with_name("whole_crash_child.py")
ROOT = CHILD.parents[2]
ROUNDS = 500 if os.environ.get("CI") else 40
AT_ONCE = 2
OURS = re.compile(r"\d+-\d+ x+$")  # what the child writes, beside what the older schemas brought along


def begin(folder: Path, seed: int) -> subprocess.Popen:
    """A child on a folder of its own or on what an earlier one left; every third folder begins with an older schema."""
    path = folder / "home" / "coach.db"
    if seed % 3 == 0:
        shutil.rmtree(path.parent, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        made(path, *((OLD, 1), (OLDER_CHECKLIST, 2))[seed // 3 % 2])
    command = [sys.executable, "-X", "frozen_modules=on", str(CHILD), str(path), str(seed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})


def whole(path: Path, seed: int) -> None:
    """The file opens, nothing is half, nothing points nowhere, no copy is broken."""
    store = Store.open(path, lambda: datetime.now(UTC), path.parent / "backups")
    with store._engine.connect() as connection:
        ask = lambda text: connection.exec_driver_sql(text).all()  # noqa: E731
        assert ask("PRAGMA integrity_check") == [("ok",)] and ask("PRAGMA foreign_key_check") == [], seed
        assert ask("PRAGMA user_version") == [(migrate.HEAD,)], seed
        assert ask("SELECT id FROM attachment WHERE id NOT IN (SELECT attachment FROM evidence WHERE attachment IS NOT NULL)"
                   " AND NOT EXISTS (SELECT 1 FROM journal WHERE inverse LIKE '%' || attachment.id || '%')") == [], seed  # fmt: skip
        assert ask("SELECT count(*) FROM plan WHERE current = 1")[0][0] in (0, 1), seed
    now = store.plans.load()
    assert {item.plan for item in now.items if item.plan} <= {version.id for version in store.take_out().plans}, seed
    for talk in store.list_conversations():
        ours = [message for message in store.load(talk.id).messages if OURS.match(message.text)]
        assert len(ours) in (0, 2), (seed, "half a turn")
    store.close()
    assert not path.with_name("coach.db-erase").exists()
    for copy in (path.parent / "backups").glob("*.db") if (path.parent / "backups").exists() else ():
        connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",), (seed, copy.name)
        connection.close()


def rounds(folder: Path, count: int) -> int:
    """So many kills, two at a time, each pair on two folders; how many steps were done before them."""
    done = 0
    for first in range(0, count, AT_ONCE):
        seeds = range(first, min(first + AT_ONCE, count))
        places = [folder / str(seed % AT_ONCE) for seed in seeds]
        children = [begin(place, seed) for place, seed in zip(places, seeds, strict=True)]
        for child, seed in zip(children, seeds, strict=True):
            number = random.Random(seed)
            if seed % 3:  # after the migration, in the middle of a change
                child.stdout.readline()
            time.sleep(number.uniform(0, 0.15 if seed % 3 else 0.6))
            child.kill()
            done += len(child.stdout.readlines())
            child.wait()
            child.stdout.close()
        for place, seed in zip(places, seeds, strict=True):
            whole(place / "home" / "coach.db", seed)
    return done


def test_kill_in_the_middle_of_everything(tmp_path):
    assert rounds(tmp_path, ROUNDS) > 3


@pytest.mark.byhand
def test_kill_in_the_middle_of_everything_5000_times(tmp_path):
    print(rounds(tmp_path, 5000), "steps acknowledged")
