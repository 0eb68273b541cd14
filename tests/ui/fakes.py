"""A scripted coach for the page, on the real store and the real cards. No model, no search."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from coach import library
from coach.errors import StoreError
from coach.guardrails import danger
from coach.guardrails.phrases import load_phrases
from coach.locations import ROOT, Locations
from coach.plan.extract import extract
from coach.schema.conversation import Fact, Message, Session
from coach.schema.drafts import MarkKind
from coach.schema.enums import Region, Route
from coach.schema.events import Composed, Event, Finished, Notice, Phrased, Phrasing, Routed, Waiting
from coach.schema.knowledge import Card, Citation, Helpline, Source
from coach.schema.plan import Extraction, Goal, Refinement
from coach.schema.redaction import Preview, Sent
from coach.schema.rehearsal import Scene
from coach.schema.turns import Label
from coach.settings import Settings
from coach.store import Store
from coach.tools import hearing
from tests.ui import plans

COMPOSED = (
    "That is a lot to take in at once, and feeling shaken tonight makes sense. You do not have to answer "
    "anybody before you have slept.\n\n"
    "**For tonight**, three small things:\n\n"
    "- Read the plan once, all of it, and mark what you do not understand. [1]\n"
    "- Write down what was said, when, and who was there, on your own device. [2]\n"
    "- Do not sign or reply in the first hour.\n\n"
    "If somebody presses you, you can say:\n\n"
    "> Thank you. I would like to read this properly and come back to you tomorrow.\n\n"
    "When are you meeting them next?"
)
PHRASED = COMPOSED.replace(
    "That is a lot to take in at once", "Being told this on a Tuesday evening is a lot to take in"
)
HOSTILE = (
    "![x](https://evil.example/a.png) <img src=https://evil.example/b.png onerror=alert(1)> "
    "[click](https://evil.example/c) <script>document.title='owned'</script> <iframe src=https://evil.example>\n\n"
    "<style>@import url(https://evil.example/d.css)</style> https://evil.example/e "
    "**<b>x</b>** `${alert(1)}` $$\\x$$\n\n"
    "</div></article><video src=https://evil.example/f.mp4>\n\n- <svg/onload=alert(1)>"
    "\n\n> <a href=//evil.example>q</a>"
)
SAID = {
    Label.OWNERSHIP: ("on me", "my mistake"), Label.DEFENSIVE: ("not my fault", "everyone else"), Label.CLARIFYING_QUESTION: ("?",),
    Label.COMMITMENT: ("i'll", "i will"), Label.THREAT: ("lawyer",),
}  # fmt: skip
QUICK = ("On Thursday", "No meeting yet", "I do not know")


def card(card_id: str, title: str) -> Card:
    return Card(
        id=card_id,
        title=title,
        topic="first steps",
        stage="first_days",
        sources=(Source(who="A. Author, executive coach", where="Example magazine, June 2024"),),
        reviewed=date(2026, 11, 22),
        body="Take the evening. You will read it better tomorrow.\n\nNothing is decided in the first hour.",
        words_you_can_use=('"Thank you. I would like to read this properly."', '"Can we talk tomorrow?"'),
        next_questions=("When do you meet?",),
        asks=tuple(f"question {n}" for n in range(15)),
    )


CARDS = {
    "take-a-moment": card("take-a-moment", "Take a moment before you answer"),
    "keep-a-record": card("keep-a-record", "Keep a record of what was said"),
}
CITATIONS = tuple(
    Citation(
        n=n, card=key, title=CARDS[key].title, source="A. Author, Example magazine, June 2024", points=()
    )
    for n, key in enumerate(CARDS, 1)
)
LINES = (
    Helpline(
        region=Region.US,
        name="988 Suicide & Crisis Lifeline",
        call="988",
        link="988lifeline.org",
        emergency="911",
        checked=date(2026, 11, 22),
    ),
    Helpline(region=Region.UK, name="Samaritans", call="116 123", link="samaritans.org", emergency="999"),
)


@cache
def written() -> library.Library:
    """The real knowledge, read once."""
    return library.load(ROOT / "knowledge")


def proposals(found: Extraction) -> Refinement:
    start = found.document.text.index(plans.OPEN_SENTENCE)
    goal = Goal(id="g9", title="The bench is tidy", quote=plans.OPEN_SENTENCE, span=(start, start + len(plans.OPEN_SENTENCE)))
    return Refinement(added=(goal,), done=3, of=3)


class FakeCoach:
    """Words in the message choose the script: slow, hostile, break, storebreak, wait, plain."""

    def __init__(self, store: Store, pause: float = 0.0) -> None:
        self.store = store
        self.pause = pause
        self.library = written()
        self.endpoint_label = "On this computer"
        self.status = ("ready", 1, 1, "The model is ready.")
        self.used: list[Settings] = []
        self.closed = threading.Event()
        self.reading, self.stopped = threading.Event(), False
        self.refined = proposals  # what the model adds to a reading
        self.may_go_on, self.patience = threading.Event(), 1.5

    def reply(self, session: Session, text: str, *, stop: threading.Event | None = None) -> Iterator[Event]:
        self.closed.clear()
        if "storebreak" in text:
            raise StoreError("The disk is full. Your words are still on the screen.")
        stop = stop or threading.Event()
        session = self._add(session, "person", text)
        try:
            yield Routed(route=Route.COACH, stage=session.stage)
            if "break" in text:
                raise RuntimeError("a fault of the program, not for the screen")
            words = HOSTILE if "hostile" in text else COMPOSED
            known = session.known
            if "thursday" in text.lower() and "meeting" not in session.dropped:
                known = known.model_copy(update={"meeting": Fact(value="Thursday 2pm", quote="Thursday 2pm")})
            session = self._add(session.model_copy(update={"known": known}), "coach", words)
            yield Composed(text=words, citations=CITATIONS, quick_replies=QUICK, seconds=0.1)
            if "wait" in text:
                yield Waiting(ahead=1)
                stop.wait(self.pause)
            for n in range(1 if "slow" not in text else 60):
                if stop.wait(self.pause):
                    break
                yield Phrasing(sentences=n)
            phrased = not stop.is_set() and "plain" not in text and "hostile" not in text
            if phrased:
                last = session.messages[-1].model_copy(update={"text": PHRASED, "composed": False})
                session = self.store.save(
                    session.model_copy(update={"messages": (*session.messages[:-1], last)})
                )
                yield Phrased(text=PHRASED, citations=CITATIONS, seconds=1.0)
            if "plain" in text:
                yield Notice(text="The model did not answer. These are the coach's prepared words.")
            yield Finished(composed=not phrased, endpoint="fake", seconds=1.0, session=session)
        finally:
            self.closed.set()

    def _add(self, session: Session, author: str, text: str) -> Session:
        extra = {"citations": CITATIONS, "quick_replies": QUICK} if author == "coach" else {}
        line = Message(author=author, text=text, at=datetime.now(UTC), **extra)
        return self.store.save(session.model_copy(update={"messages": (*session.messages, line)}))

    def card(self, card_id: str) -> Card:
        return CARDS[card_id]

    def helplines(self) -> tuple[Helpline, ...]:
        return LINES

    def model_status(self) -> tuple[str, int, int, str]:
        return self.status

    def read_plan(self, data: bytes, name: str, stop=None) -> Extraction:
        if "slow" in name:
            self.reading.set()
            self.stopped = bool(stop and stop.wait(3))
        if "broken" in name:
            raise RuntimeError("a fault of the program, not for the screen")
        return extract(data, name)

    def refine_plan(self, found: Extraction, *, stop, progress) -> Refinement:
        if plans.OPEN_SENTENCE not in found.document.text:
            return Refinement()
        progress(1, 3)
        self.may_go_on.wait(self.patience)
        return self.refined(found) if not stop.is_set() else Refinement(fault="You stopped it.")

    def hear(self, text: str, history: list[str], *, spoken: bool = False) -> danger.Danger:
        return danger.detect(text, history)

    def overhear(self, written: str | Extraction, *, pasted: bool = False) -> danger.Danger:
        book, index = load_phrases(), lambda: None
        return hearing.overhear(written, book, index) if isinstance(written, str) else hearing.overhear_document(written, book, index, pasted=pasted)

    def use(self, settings: Settings) -> None:
        self.used.append(settings)
        self.endpoint_label = settings.remote_host or "On this computer"


class FakeBrain:
    """Labels by a few plain words. `ready` is False while the index is still being built."""

    def __init__(self) -> None:
        self.ready = True
        self.index = self

    def search_if_ready(self) -> "FakeBrain | None":
        return self if self.ready else None

    def labels(self, text: str, context: str | None = None) -> tuple[Label, ...]:
        said = text.lower()
        return tuple(label for label, words in SAID.items() if any(word in said for word in words))

    def kinds(self, text: str) -> tuple[MarkKind, ...]:
        return (MarkKind.MOTIVE,) if "only heard" in text.lower() else ()


class FakeVoice:
    """The manager says the curated lines."""

    def say(self, scene: Scene) -> Scene:
        return scene


@dataclass
class FakeBuilt:
    coach: FakeCoach
    store: Store
    settings: Settings
    brain: FakeBrain
    voice: "FakeVoice"
    readers: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    who: str = ""

    def close(self) -> None:
        self.store.close()

    def preview(self, wanted: Settings, session: Session, text: str, checklist: object) -> Preview | None:
        """The last message as it would go out; Denise is known."""
        if wanted.remote_host is None:
            return None
        sent = text.replace("Denise", "[Person 1]") if wanted.redact else text
        return Preview(host=wanted.remote_host, messages=(Sent(role="user", content=f"Their last message:\n{sent}"),), stands_for={})


def built(settings: Settings, pause: float = 0.0) -> FakeBuilt:
    Path(settings.locations.home).mkdir(parents=True, exist_ok=True)
    store = Store.open(settings.locations.database, lambda: datetime.now(UTC))
    return FakeBuilt(FakeCoach(store, pause), store, settings, FakeBrain(), FakeVoice())


def settings_for(folder: Path, port: int = 7860, **given: object) -> Settings:
    """Settings in a folder of the test's own; the environment has no say."""
    places = Locations(home=folder / "home", cache=folder / "cache")
    return Settings(locations=places, port=port, llm="embedded", open_browser=False, **given)


def run(home: str, port: int, pause: float) -> None:
    """Serve the page with the scripted coach, for the browser tests and for looking at it."""
    import os

    from coach import settings as settings_module

    settings_module.quiet(os.environ)
    from coach import ui

    settings = settings_for(Path(home), port)
    made = built(settings, pause)
    ui.launch(ui.build_ui(made), settings, say=lambda line: print(line, flush=True))


if __name__ == "__main__":
    import sys

    run(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
