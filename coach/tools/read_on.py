"""The model reads a plan after structure has: waits its turn, and ends quietly where there is no model or it fails."""

import threading

from coach.llm.client import Client
from coach.llm.queue import FairQueue
from coach.plan.finding.classify import Scores
from coach.plan.refine import Progress, refine
from coach.prompts import Prompt
from coach.schema.plan import Extraction, Refinement

WAITER = "plan"  # its place in the queue, beside the conversations


def read_on(
    found: Extraction,
    client: Client | None,
    queue: FairQueue,
    prompts: dict[str, Prompt],
    scores: Scores | None,
    *,
    stop: threading.Event | None = None,
    progress: Progress = lambda done, of: None,
) -> Refinement:
    """What the model adds to a reading; nothing where there is no model. Never raises for what the model does."""
    if client is None:
        return Refinement()
    stop = stop or threading.Event()
    return refine(found, client, prompts, scores, stop=stop, progress=progress, turn=lambda: queue.turn(WAITER, lambda ahead: None, stop))
