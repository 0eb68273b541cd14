"""The composition root: settings in, everything that runs out. Read this first."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from coach import library, locations, prompts
from coach.brain import Brain
from coach.coach import Coach
from coach.guardrails.phrases import load_phrases
from coach.llm.queue import FairQueue
from coach.settings import Settings
from coach.store import Store
from coach.tools import phrase

PROMPTS = ("opening", "answer", "plan_sentence", "plan_whole")


@dataclass(frozen=True)
class Built:
    """What the page and the command line work with."""

    settings: Settings
    brain: Brain
    coach: Coach
    store: Store | None
    now: Callable[[], datetime]

    def start(self, *, wait: bool = False) -> None:
        """Fetch and load in the background; see Brain.start."""
        self.brain.start(wait=wait)

    def close(self) -> None:
        """End the model and close the store."""
        self.brain.close()
        if self.store:
            self.store.close()


def build(
    settings: Settings, *, keep: bool = True, now: Callable[[], datetime] | None = None, progress: bool = False
) -> Built:
    """Wire everything up. Opens the store unless `keep` is False; fetches and loads nothing before `start`."""
    now = now or (lambda: datetime.now(UTC))
    places = settings.locations
    written = library.load(places.knowledge)
    texts = {name: prompts.load(places.prompts, name) for name in PROMPTS}
    first_prompt = phrase.as_turns(texts["opening"], "i dont know where to start")
    brain = Brain(settings, written, first_prompt, to_terminal if progress else lambda label, done, total: None)
    store = Store.open(places.database, now, places.backups) if keep else None
    coach = Coach(
        library=written,
        phrases=load_phrases(places.knowledge / "crisis"),
        prompts=texts,
        brain=brain,
        queue=FairQueue(),
        store=store,
        plans=store.plans if store else None,
        now=now,
        home=str(places.home),
        zone=locations.time_zone(os.environ.get("TZ")),
    )
    return Built(settings=settings, brain=brain, coach=coach, store=store, now=now)


def to_terminal(label: str, done: int, total: int) -> None:
    """A progress bar on standard error."""
    width = 30
    filled = width * done // max(total, 1)
    end = "\n" if done >= total else ""
    bar = "#" * filled + "-" * (width - filled)
    print(f"\r{label} [{bar}] {done // 1_000_000}/{total // 1_000_000} MB", end=end, file=sys.stderr, flush=True)
