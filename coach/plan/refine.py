"""A model looks at what structure left open in a plan, and its goals are added. What structure found is never lost or changed.

A small model is asked one sentence at a time and only its likelihood of "yes" is used; a capable one lists the goals of the whole
document and every quote is looked for there. Either way code finds measure, date and gaps, as it does for all other goals: the
model invents nothing, because nothing that it writes is shown. Any failure leaves the reading as it was.
"""

import re
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from pydantic import BaseModel, ConfigDict

from coach.errors import EndpointCut, EndpointError
from coach.llm.client import Client, Message
from coach.plan.align import align
from coach.plan.candidates import Candidate, candidates
from coach.plan.dates import Order
from coach.plan.finding.classify import Scores
from coach.plan.finding.find import find
from coach.plan.finding.judge import NO_GOAL, NO_PLAN
from coach.plan.finding.units import units as cut
from coach.prompts import Prompt
from coach.schema.enums import Strength
from coach.schema.plan import Extraction, Goal, Missing, Plan, Refinement

SECONDS = 40.0
SURE = 0.38  # likelihood of "yes" and half the linear model's lead together, from which a sentence is taken for a goal
HELP = 0.5
SENTENCE_CHARACTERS = 260
FEWEST_WORDS = 60  # a shorter text that is no plan is not asked about
WHOLE_CHARACTERS = 24_000  # of a document that is given in one go
MOST_TOKENS, FEWEST_TOKENS = 3000, 300  # of an answer that lists a whole document's goals
CHARACTERS_PER_TOKEN = 3  # such an answer only copies from the document, so it is no longer than that
STOPPED, LATE = "You stopped it.", "The time was over."

Progress = Callable[[int, int], None]


class ModelGoal(BaseModel):
    """A goal as a capable model writes it down."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quote: str
    measure: str | None


class ModelGoals(BaseModel):
    """All goals of one document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    goals: list[ModelGoal]


class Limit(threading.Event):
    """Set once the person stops it or the time is over."""

    def __init__(self, stop: threading.Event, clock: Callable[[], float], seconds: float) -> None:
        super().__init__()
        self._stop, self._clock, self._until = stop, clock, clock() + seconds

    def is_set(self) -> bool:
        """Whether to end now."""
        return self._stop.is_set() or self._clock() >= self._until

    def wait(self, timeout: float | None = None) -> bool:
        """Like Event.wait; the time that is left is not waited beyond."""
        left = max(0.0, self._until - self._clock())
        self._stop.wait(left if timeout is None else min(timeout, left))
        return self.is_set()


def refine(
    found: Extraction,
    client: Client,
    prompts: dict[str, Prompt],
    scores: Scores | None = None,
    *,
    whole: bool | None = None,
    order: Order | None = None,
    stop: threading.Event | None = None,
    progress: Progress = lambda done, of: None,
    turn: Callable[[], AbstractContextManager] = nullcontext,
    clock: Callable[[], float] = time.monotonic,
    seconds: float = SECONDS,
) -> Refinement:
    """Goals that structure did not find. Never raises for what the model does; ends within `seconds`.

    `whole` asks for the whole document or for its sentences, whatever the endpoint is; None goes by its strength. `turn` is
    entered for each question, so that a chat on the same endpoint waits for one sentence only.
    """
    if found.reason not in (None, NO_GOAL, NO_PLAN) or (found.plan is None and len(found.document.text.split()) < FEWEST_WORDS):
        return Refinement()  # a blank form, goals in another file, another kind of document: there are no goals to find
    stop = stop or threading.Event()
    limit = Limit(stop, clock, seconds)
    client = client.reading(lambda redactor: redactor.of_plan(found))  # a sentence alone does not tell that Grace is somebody
    told: dict[int, str | None] = {}  # start of a statement that is a goal, and the model's words for its measure
    done = of = 0
    fault = None
    try:
        if whole or (whole is None and client.endpoint.strength is Strength.CAPABLE):
            of = 1
            progress(0, of)
            with turn():
                told = _whole(found, client, prompts["plan_whole"], limit)
            done = 1
            progress(done, of)
        else:
            asked = candidates(found.document, found.plan or Plan(), scores)
            of = len(asked)
            for one in asked:
                progress(done, of)
                if limit.is_set():
                    break
                with turn():
                    if _says_yes(one, client, prompts["plan_sentence"], limit):
                        told[one.unit.start] = None
                done += 1
            progress(done, of)
    except EndpointError as error:
        fault = None if limit.is_set() and isinstance(error, EndpointCut) else str(error)
    if fault is None and done < of:
        fault = STOPPED if stop.is_set() else LATE
    again = find(found.document, scores, order, told).plan if told and not stop.is_set() else None
    added = _added(found, again, told) if again else ()
    # with nobody's name and no time it stays what it was taken for: a policy, a guide
    now_plan = found.plan is None and again is not None and bool(added) and bool(again.employee or again.end_date)
    plan = again.model_copy(update={"goals": added}) if now_plan else None
    return Refinement(added=added, plan=plan, done=done, of=of, fault=fault)


def merged(found: Extraction, refinement: Refinement) -> Extraction:
    """The reading with the model's goals in their places; ids of the goals that were there stay."""
    if refinement.plan is not None:
        return found.model_copy(update={"is_plan": True, "plan": refinement.plan, "reason": None})
    if found.plan is None or not refinement.added:
        return found
    goals = sorted((*found.plan.goals, *refinement.added), key=lambda goal: goal.span)
    reason = None if not found.plan.goals else found.reason
    return found.model_copy(update={"plan": found.plan.model_copy(update={"goals": tuple(goals)}), "reason": reason})


def _says_yes(one: Candidate, client: Client, prompt: Prompt, limit: Limit) -> bool:
    sentence = " ".join(one.unit.text.split())[:SENTENCE_CHARACTERS]
    share = client.weigh(as_turns(prompt, sentence), ("yes", "no"), limit)["yes"]
    return share + HELP * one.lead >= SURE


def as_turns(prompt: Prompt, sentence: str) -> list[Message]:
    """The examples as turns of a chat: they never change, so the endpoint keeps them in its cache."""
    head, *examples = re.split(r"^(?:Sentence|Answer): ?", prompt.render(sentence="\0"), flags=re.MULTILINE)
    texts = [example.strip() for example in examples[:-1]]
    turns = [{"role": ("user", "assistant")[i % 2], "content": text.replace("\0", sentence)} for i, text in enumerate(texts)]
    return [{"role": "system", "content": head.strip()}, *turns]


def _whole(found: Extraction, client: Client, prompt: Prompt, limit: Limit) -> dict[int, str | None]:
    text = found.document.text[:WHOLE_CHARACTERS]
    asked = [{"role": "user", "content": prompt.render(document=text)}]
    most = min(MOST_TOKENS, FEWEST_TOKENS + len(text) // CHARACTERS_PER_TOKEN)  # a small model may go on without end
    answer = client.structured(asked, ModelGoals, most, limit)
    spans = [(span, goal.measure) for goal in answer.goals if (span := align(goal.quote, text))]
    return {unit.start: measure for unit in cut(found.document) for span, measure in spans if _mostly(unit.start, unit.end, *span)}


def _mostly(start: int, end: int, first: int, last: int) -> bool:
    shared = min(end, last) - max(start, first)
    return shared > 0 and (shared >= 0.6 * (end - start) or (first <= start + 3 and shared >= 0.6 * (last - first)))


def _added(found: Extraction, again: Plan, told: dict[int, str | None]) -> tuple[Goal, ...]:
    before = found.plan or Plan()
    new = []
    for goal in again.goals:
        words = [measure for start, measure in told.items() if goal.span[0] <= start < goal.span[1]]
        if words and not _known(goal, before):
            new.append(_measured(goal, words[0], found.document.text))
    last = max((int(goal.id.lstrip("g") or 0) for goal in before.goals), default=0)
    return tuple(goal.model_copy(update={"id": f"g{last + number}"}) for number, goal in enumerate(new, start=1))


def _measured(goal: Goal, words: str | None, text: str) -> Goal:
    span = align(words, text, goal.span[0]) if goal.measure is None else None
    if span is None or (span[0] <= goal.span[0] and goal.span[1] <= span[1]):
        return goal
    missing = tuple(gap for gap in goal.missing if gap is Missing.DEADLINE)
    return goal.model_copy(update={"measure": text[slice(*span)], "measure_spans": (span,), "missing": missing})


def _known(goal: Goal, plan: Plan) -> bool:
    spans = [span for other in plan.goals for span in (other.span, *other.measure_spans)]
    return any(goal.span[0] < end and start < goal.span[1] for start, end in spans)
