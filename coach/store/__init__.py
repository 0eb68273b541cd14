"""Conversations on this computer's disk: one SQLite file, the truth. Knows nothing of replies or screens."""

from coach.store.rows import Summary
from coach.store.store import Store

__all__ = ["Store", "Summary"]
