"""Conversations, plan and checklist on this computer's disk: one SQLite file, the truth. Knows nothing of replies or screens."""

from coach.store.plan_store import PlanStore
from coach.store.rows import Summary
from coach.store.store import Store

__all__ = ["PlanStore", "Store", "Summary"]
