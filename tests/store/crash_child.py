"""Program of test_store_crash.py: saves for ever and says on stdout what has been acknowledged. Not a test.

Each turn adds two messages. A third of the rounds cut the conversation, delete a throw-away one or rename.
"""

import random
import sys
from datetime import UTC, datetime
from pathlib import Path

from coach.schema.conversation import Message
from coach.store import Store


def main(path: Path, seed: int) -> None:
    number = random.Random(seed)
    store = Store.open(path, lambda: datetime.now(UTC))
    session = store.create()
    turn = 0
    while True:
        turn += 1
        pair = [
            Message(
                author=author, text=f"{turn} " + "x" * number.choice([5, 500, 9000]), at=datetime.now(UTC)
            )
            for author in ("person", "coach")
        ]
        kept = session.messages[:-2] if turn % 5 == 0 else session.messages
        session = store.save(session.model_copy(update={"messages": (*kept, *pair), "danger_turns": turn}))
        print(session.id, turn, flush=True)
        if turn % 4 == 0:
            store.delete(store.save(store.create().model_copy(update={"messages": tuple(pair)})).id)
        if turn % 7 == 0:
            store.rename(session.id, f"turn {turn}")


main(Path(sys.argv[1]), int(sys.argv[2]))
