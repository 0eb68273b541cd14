"""A process that is killed in the middle of saving loses nothing acknowledged and leaves no half turn.

Killing a process does not show what a power failure does; synchronous=FULL is for that, untested here.
"""

import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.store import Store

CHILD = Path(__file__).with_name("crash_child.py")
ROOT = CHILD.parents[2]


def kill_in_the_middle(path: Path, seed: int) -> tuple[str, int]:
    """Id of the conversation and the last turn that the child said was saved."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(CHILD), str(path), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        first = child.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.25))
        child.kill()
        lines = [first, *child.stdout.readlines()]
    whole = [line for line in lines if line.endswith("\n")]
    id, turn = whole[-1].split()
    return id, int(turn)


def rounds(path: Path, count: int) -> None:
    for seed in range(count):
        id, acknowledged = kill_in_the_middle(path, seed)
        store = Store.open(path, lambda: datetime.now(UTC))
        assert not store.other_process()
        with store._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok", seed
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == [], seed
            halves = (
                "SELECT conversation_id FROM message GROUP BY conversation_id, superseded HAVING count(*) % 2"
            )
            assert connection.exec_driver_sql(halves).all() == [], seed
        session = store.load(id)
        assert acknowledged <= session.danger_turns <= acknowledged + 1, seed
        turns = [message.text.split()[0] for message in session.messages]
        assert turns[0::2] == turns[1::2] and turns[-1] == str(session.danger_turns), seed
        assert not path.with_name("coach.db-erase").exists()
        store.close()


def test_kill_in_the_middle_of_saves(path):
    rounds(path, 20)


@pytest.mark.byhand
def test_kill_in_the_middle_of_saves_500_times(path):
    rounds(path, 500)


def test_second_process_is_told(store, path):
    assert not store.other_process()
    code = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coach.store import Store
store = Store.open(Path(sys.argv[1]), lambda: datetime.now(UTC))
print(store.other_process(), flush=True)
sys.stdin.read()
"""
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as second:
        assert second.stdout.readline().strip() == "True"
        assert store.other_process() and store.other_process()
        second.kill()
    assert not store.other_process()


def test_processes_that_start_together_on_an_empty_folder(path):
    code = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coach.store import Store
sys.stdin.read(1)
store = Store.open(Path(sys.argv[1]), lambda: datetime.now(UTC))
store.create()
store.close()
"""
    command = [sys.executable, "-c", code, str(path)]
    children = [subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, text=True) for _ in range(6)]
    time.sleep(1)
    for child in children:
        child.stdin.write("x")
        child.stdin.close()
    assert [child.wait(60) for child in children] == [0] * 6
    store = Store.open(path, lambda: datetime.now(UTC))
    assert len(store.list_conversations()) == 6
    store.close()


def test_imports_nothing_heavy_for_a_known_file(path, clock):
    Store.open(path, clock).close()
    code = f"""
import sys
from datetime import datetime, UTC
from pathlib import Path
from coach.store import Store
Store.open(Path({str(path)!r}), lambda: datetime.now(UTC)).close()
print("alembic" in sys.modules)
"""
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "False"
