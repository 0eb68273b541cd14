"""Goals that the model proposes for a review: offered beside what was read, taken in by the person only. Pure but for `Readings`."""

import threading
from collections.abc import Callable

from coach.schema.plan import Extraction, Goal, Refinement
from coach.ui.desk import BROKEN
from coach.ui.markup import escape
from coach.ui.plan_parts import do, quote, several
from coach.ui.plan_review import Draft, goal_of, new_id

READING = "The model is reading on for goals that I may have missed: {done} of {of}."
WAITING = "The model is reading on for goals that I may have missed."
ENDED = "The model did not finish reading. {fault} What I found stays as it is."
HEAD = "Perhaps goals too"
LEAD = "The model takes {these} for goals. Take in what is one; nothing is added by itself."

Ask = Callable[[Extraction, threading.Event, Callable[[int, int], None]], Refinement]


class Reading:
    """One reading of the model, as far as it got."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.done = self.of = 0
        self.result: Refinement | None = None

    def progress(self, done: int, of: int) -> None:
        """Called by the reader."""
        self.done, self.of = done, of


class Readings:
    """What the model reads now, by review. Safe to use from several threads; a reading that is stopped adds nothing."""

    def __init__(self, ask: Ask, most: int) -> None:
        self._ask, self._most = ask, most
        self._lock = threading.Lock()
        self._readings: dict[str, Reading] = {}

    def begin(self, draft: str, extraction: Extraction, then: Callable[[tuple[Goal, ...]], None]) -> None:
        """Read in a thread of its own; `then` gets the goals, unless it was stopped."""
        reading = Reading()
        with self._lock:
            self._readings[draft] = reading
            old = list(self._readings)[: -self._most]
        for name in old:
            self.forget(name)

        def read() -> None:
            try:
                result = self._ask(extraction, reading.stop, reading.progress)
            except Exception:  # noqa: BLE001  the review stands without it, and no traceback reaches the page
                result = Refinement(fault=BROKEN)
            if not reading.stop.is_set():
                then(result.added)
            reading.result = result

        threading.Thread(target=read, name="plan-reading", daemon=True).start()

    def stop(self, draft: str) -> None:
        """End it; the review shows nothing more of it."""
        with self._lock:
            reading = self._readings.get(draft)
        if reading:
            reading.stop.set()

    def forget(self, draft: str) -> None:
        """The review is closed."""
        self.stop(draft)
        with self._lock:
            self._readings.pop(draft, None)

    def of(self, draft: str) -> Reading | None:
        """The reading of this review, if there is one."""
        with self._lock:
            return self._readings.get(draft)


def propose(draft: Draft, goals: tuple[Goal, ...]) -> Draft:
    """The draft with proposals: those that touch no goal of the draft, kept, changed or left out."""
    spans = [span for goal in draft.plan.goals for span in (goal.span, *goal.measure_spans)]
    free = tuple(goal for goal in goals if not any(goal.span[0] < end and start < goal.span[1] for start, end in spans))
    return draft.model_copy(update={"proposed": free})


def take(draft: Draft, goal: str) -> Draft:
    """Make a goal of a proposal."""
    chosen = next((one for one in draft.proposed if one.id == goal), None)
    if chosen is None:
        goal_of(draft, goal)  # taken already, in another window
        return draft
    goals = sorted((*draft.plan.goals, chosen.model_copy(update={"id": new_id(draft)})), key=lambda one: one.span)
    plan = draft.plan.model_copy(update={"goals": tuple(goals)})
    return leave(draft.model_copy(update={"plan": plan, "anyway": draft.anyway or not draft.known}), goal)


def leave(draft: Draft, goal: str) -> Draft:
    """Offer it no longer."""
    return draft.model_copy(update={"proposed": tuple(one for one in draft.proposed if one.id != goal)})


def part(draft: Draft, reading: Reading | None) -> str:
    """What the review says of the model: a quiet line while it reads, its proposals afterwards; a place that may be empty."""
    running = reading is not None and reading.result is None and not reading.stop.is_set()
    mark = ' data-reading="on"' if running else ""
    return f'<div class="model" data-key="model" role="group" aria-label="What the model found"{mark}>{_inner(draft, reading, running)}</div>'


def _inner(draft: Draft, reading: Reading | None, running: bool) -> str:
    if running:
        line = READING.format(done=reading.done, of=reading.of) if reading.of > 1 else WAITING
        return f'<p class="small">{escape(line)} {do("review:stop-reading", "Cancel", "quiet", "the reading")}</p>'
    fault = reading.result.fault if reading and reading.result and not reading.stop.is_set() else None
    ended = f'<p class="small">{escape(ENDED.format(fault=fault))}</p>' if fault else ""
    if not draft.proposed:
        return ended
    cards = "".join(_card(draft, goal) for goal in draft.proposed)
    lead = LEAD.format(these="this sentence" if len(draft.proposed) == 1 else f"these {several(len(draft.proposed), 'sentence')}")
    return f'<section class="part question"><h3>{HEAD}</h3><p>{lead}</p>{cards}{ended}</section>'


def _card(draft: Draft, goal: Goal) -> str:
    return (
        f'<article class="goal" data-key="proposal-{goal.id}">{quote(goal.quote, goal.page, draft.extraction.document.pages)}<div class="row tools">'
        f"{do('review:take', 'Take it in', 'small-button', goal.title, goal=goal.id)}"
        f"{do('show-place', 'Show', 'quiet', goal.title, start=goal.span[0], end=goal.span[1])}"
        f"{do('review:leave', 'Not a goal', 'quiet', goal.title, goal=goal.id)}</div></article>"
    )
