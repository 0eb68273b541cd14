"""The composition root: settings in, everything that runs out. Read this first."""

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from coach import library, locations, passphrase, prompts
from coach import preview as preview_module
from coach import settings as settings_module
from coach.accounts.people import People, open_people
from coach.brain import Brain
from coach.coach import Coach
from coach.guardrails.phrases import PhraseBook, load_phrases
from coach.hiding import Hiding
from coach.hosted_words import hosted
from coach.library import Library
from coach.llm import endpoint as endpoints
from coach.llm.queue import FairQueue, Place
from coach.own_brain import OwnBrain
from coach.prompts import Prompt
from coach.schema.checklist import Checklist
from coach.schema.conversation import Session
from coach.schema.plan import Extraction
from coach.schema.redaction import Preview
from coach.seams import Brain as AnyBrain
from coach.settings import Settings
from coach.store import PlanStore, Store
from coach.tools import phrase
from coach.tools.voice import Voice

Previewer = Callable[[Settings, Session, str, Checklist | None], Preview | None]
PROMPTS = ("opening", "answer", "plan_sentence", "plan_whole", "manager")
READERS = 2  # files that are read at the same moment, whoever they belong to
Clock = Callable[[], datetime]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Built:
    """What the page and the command line work with, for one person. `preview` tells what would be sent; see coach.preview.

    `who` is the name they signed in with, `readers` lets a few files be read at once.
    """

    settings: Settings
    brain: AnyBrain
    coach: Coach
    store: Store | None
    now: Clock
    hiding: Hiding
    preview: Previewer
    voice: Voice
    readers: asyncio.Semaphore
    who: str = ""

    def start(self, *, wait: bool = False) -> None:
        """Fetch and load in the background; see Brain.start."""
        self.brain.start(wait=wait)

    def close(self) -> None:
        """End the model where it is one's own, and close the store."""
        self.brain.close()
        if self.store:
            self.store.close()


@dataclass(frozen=True)
class Shared:
    """What people who sign in have in common. Holds nothing that anybody wrote; `people` opens what each has kept."""

    settings: Settings
    now: Clock
    library: Library
    phrases: PhraseBook
    prompts: dict[str, Prompt]
    brain: Brain
    queue: FairQueue
    readers: asyncio.Semaphore
    people: People | None = None

    def start(self, *, wait: bool = False) -> None:
        """Fetch and load in the background; see Brain.start."""
        self.brain.start(wait=wait)

    def person(self, id: str, name: str) -> Built:
        """Everything of one person: a folder, store and hidden words of their own. Opens the store."""
        own = settings_module.of_person(self.settings, id)
        store = self.people.store(id)
        hiding = _hiding(own, store.plans)
        brain = OwnBrain(self.brain, own, hiding.redactor)
        return _built(self, own, brain, Place(self.queue, id), store, hiding, name)

    def signs(self) -> dict[str, int]:
        """What a host may count; the names are those of coach/ui/probes.py."""
        return {
            "search_ready": int(self.brain.search_if_ready() is not None),
            "model_ready": int(self.brain.client() is not None),
            "waiting_for_model": self.queue.waiting(),
        }

    def close(self) -> None:
        """End the model, and let go of what people have kept."""
        self.brain.close()
        if self.people:
            self.people.close()


def build(settings: Settings, *, keep: bool = True, now: Clock | None = None, progress: bool = False) -> Built:
    """Wire everything up for one person. Opens the store unless `keep` is False; fetches and loads nothing before `start`.

    Where a passphrase is set, it is asked for here if it was not yet, and only if something under it is needed.
    """
    if keep or (settings.sealed and settings.llm.startswith("http")):
        settings = passphrase.unlock(settings)
    now = now or (lambda: datetime.now(UTC))
    store = Store.open(settings.locations.database, now, settings.locations.backups, settings.key) if keep else None
    hiding = _hiding(settings, store.plans if store else None)
    common = _shared(settings, now, library.load(settings.locations.knowledge), hiding, progress)
    return _built(common, settings, common.brain, common.queue, store, hiding)


def share(settings: Settings, *, now: Clock | None = None, progress: bool = False) -> Shared:
    """Wire up what people who sign in have in common. Opens nobody's store; fetches and loads nothing before `start`."""
    written, now = hosted(library.load(settings.locations.knowledge)), now or (lambda: datetime.now(UTC))
    common = _shared(settings, now, written, _hiding(settings, None), progress)
    return replace(common, people=open_people(settings, now))


def _hiding(settings: Settings, plans: PlanStore | None) -> Hiding:
    places = settings.locations
    return Hiding(places.knowledge / "redaction", prompts.load(places.prompts, "hidden").render(), lambda: _plan(plans))


def _shared(settings: Settings, now: Clock, written: Library, hiding: Hiding, progress: bool) -> Shared:
    places = settings.locations
    texts = {name: prompts.load(places.prompts, name) for name in PROMPTS}
    first_prompt = phrase.as_turns(texts["opening"], "i dont know where to start")
    brain = Brain(settings, written, first_prompt, to_terminal if progress else lambda label, done, total: None, hiding.redactor)
    phrases = load_phrases(places.knowledge / "crisis")
    return Shared(
        settings=settings, now=now, library=written, phrases=phrases, prompts=texts, brain=brain, queue=FairQueue(), readers=asyncio.Semaphore(READERS)
    )  # fmt: skip


def _built(
    common: Shared, settings: Settings, brain: AnyBrain, queue: FairQueue | Place, store: Store | None, hiding: Hiding, who: str = ""
) -> Built:
    plans = store.plans if store else None
    home = str(settings.locations.home) if settings.hosting is None else "the server of this page"

    def coach_with(brain: AnyBrain, store: Store | None, plans: PlanStore | None) -> Coach:
        return Coach(
            library=common.library,
            phrases=common.phrases,
            prompts=common.prompts,
            brain=brain,
            queue=queue,
            store=store,
            plans=plans,
            now=common.now,
            home=home,
            zone=locations.time_zone(os.environ.get("TZ")),
        )

    def preview(wanted: Settings, session: Session, text: str, checklist: Checklist | None = None) -> Preview | None:
        """What would be sent; None where nothing would leave this computer."""
        endpoint = endpoints.from_settings(wanted)
        if endpoint is None or not endpoint.remote:
            return None
        checklist = checklist or (plans.load() if plans else None)
        return preview_module.would_send(lambda brain: coach_with(brain, None, None), brain, endpoint, hiding.redactor(wanted), session, text, checklist)

    coach = coach_with(brain, store, plans)
    voice = Voice(brain.client, queue, common.prompts["manager"], common.library.manager)
    return Built(
        settings=settings, brain=brain, coach=coach, store=store, now=common.now, hiding=hiding, preview=preview, voice=voice,
        readers=common.readers, who=who,
    )  # fmt: skip


def _plan(plans: PlanStore | None) -> Extraction | None:
    version = plans.load().plan if plans else None
    return version.extraction if version else None


def to_terminal(label: str, done: int, total: int) -> None:
    """A progress bar on standard error."""
    width = 30
    filled = width * done // max(total, 1)
    end = "\n" if done >= total else ""
    bar = "#" * filled + "-" * (width - filled)
    print(f"\r{label} [{bar}] {done // 1_000_000}/{total // 1_000_000} MB", end=end, file=sys.stderr, flush=True)
