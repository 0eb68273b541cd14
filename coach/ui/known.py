"""What the chat has understood: the facts of the conversation that was used last. Reads only."""

from coach.schema.conversation import Known
from coach.ui.ports import Store


def latest(store: Store) -> Known:
    """The facts of the newest conversation; none where there is no conversation."""
    newest = next(iter(store.list_conversations()), None)
    return store.load(newest.id).known if newest else Known()
