"""The list of questions for a meeting: from what the plan leaves open, or from what the chat knows where there is no plan.

Pure and deterministic. The words are curated (knowledge/questions.yaml); what is quoted stands in the plan.
"""

from collections import Counter
from collections.abc import Collection
from datetime import date

from coach.schema.checklist import Checklist, Question
from coach.schema.conversation import Known
from coach.schema.plan import Extraction, Missing, Plan, Quote
from coach.schema.questions import LONGEST, SLOT, MeetingQuestion, Pattern, QuestionBook
from coach.tools import question_rules as rules
from coach.tools import question_words as words
from coach.tools.question_details import details, start, well
from coach.tools.question_rules import Ask
from coach.tools.question_source import filled

FIRST = 5
LEAST = 6  # a plan that leaves little open is filled up to this many
PER_GOAL = 2
BRIEF = 5  # words of a goal in a one-liner
MID = {"support_open": "mid_support", "support_said": "mid_support_said", "support_quoted": "mid_support_quoted"}  # the same promise, at half-time
GAPS = ("conflict", "vague", "measure", "deadline")


def questions(
    plan: Plan | None, known: Known, *, today: date, book: QuestionBook, read: Extraction | None = None
) -> tuple[MeetingQuestion, ...]:
    """Everything worth asking, most important first. `read` is the reading of the plan's document, which may say more than the plan.

    First one each, as far as open: why, what counts, what to accomplish, how long, what follows. Then the other gaps goal by
    goal, then help, check-ins, the open details, who judges, evidence, signing and replying. A short list is filled up with
    what no plan says. A goal has at most two questions, unless it has more gaps than those can hold.
    """
    if plan is None:
        return render(rules.without_plan(book.sets["open"], known), None, today, book)
    document = read.document if read else None
    given, plan = plan, filled(plan, document)
    buckets = {
        "why": rules.why(plan, document) if given.reasons or not plan.reasons else [], "counts": rules.counts(plan, read.reason if read else None), "accomplish": rules.unmeasured(plan),
        "timeframe": [*rules.timeframe(plan), *rules.undated(plan)], "consequences": rules.consequences(plan),
    }  # fmt: skip
    first: list[Ask] = []
    for name in book.sets["first"]:
        if asks := buckets[name]:
            asked = [ask.goal.id for ask in first if ask.goal]
            first.append(next((ask for ask in asks if ask.goal is None or ask.goal.id not in asked), asks[0]))
    rest = [ask for asks in buckets.values() for ask in asks if ask not in first]
    order = {goal.id: number for number, goal in enumerate(plan.goals, start=1)}
    rest.sort(key=lambda ask: order[ask.goal.id] if ask.goal else 0)
    gaps = [*first, *rest, *rules.support(plan), *rules.check_ins(plan, known)]
    open_details = _at_most_two(gaps, details(plan, document, today))
    judged = [ask for ask in rules.judged(plan, document) if ask.pattern != "evidence" or not any(one.pattern == "record" for one in open_details)]
    more = [*open_details, *well(plan, document), *judged]
    paper = rules.paper(plan, known, document)
    few = [start(plan, today), *map(Ask, book.sets["fill"])]
    lacking = max(0, LEAST - len(gaps) - len(more) - len(paper))
    return render([*gaps, *more, *[ask for ask in few if ask][:lacking], *paper], plan, today, book)


def _at_most_two(gaps: Collection[Ask], more: Collection[Ask]) -> list[Ask]:
    about = Counter(ask.goal.id for ask in gaps if ask.goal)
    return [ask for ask in more if ask.goal is None or about[ask.goal.id] < PER_GOAL]


def review(
    kind: str, plan: Plan | None, known: Known, *, today: date, book: QuestionBook, promise: str | None = None
) -> tuple[MeetingQuestion, ...]:
    """The questions for a check-in or review; `kind` is check_in, midpoint or final, `promise` the next one still open."""
    gap = next((ask for ask in questions(plan, known, today=today, book=book) if plan and ask.topic in GAPS), None)
    asks: list[Ask] = []
    for name in book.sets[kind]:
        if name == "gap":
            goal = next((goal for goal in plan.goals if goal.id == gap.goal_id), None) if plan and gap else None
            asks += [Ask(gap.pattern, goal, dict(gap.slots))] if gap else []
        elif name == "mid_goal":
            goals = [goal for goal in plan.goals if gap is None or goal.id != gap.goal_id] if plan else []
            ahead = sorted((goal for goal in goals if goal.deadline and goal.deadline >= today), key=lambda goal: goal.deadline)
            asks += [Ask(name, (ahead or goals)[0])] if goals else []
        elif name == "final_goal":
            goals = [goal for goal in plan.goals if Missing.MEASURE in goal.missing] if plan else []
            asks += [Ask(name, goals[0])] if goals else []
        elif name == "mid_support":
            quote = Quote(text=promise, quote=promise, span=(0, 0)) if promise else rules.gift(plan)
            asked = rules.promised(quote, plan) if quote else None
            asks.append(Ask(MID[asked.pattern], slots=asked.slots) if asked else Ask("mid_help"))
        else:
            asks.append(Ask(name))
    return render(asks, plan, today, book)


def render(asks: Collection[Ask], plan: Plan | None, today: date, book: QuestionBook) -> tuple[MeetingQuestion, ...]:
    """The asks as questions, numbered in their order; no text comes twice."""
    named = words.names(plan.goals) if plan else {}
    used: Counter[str] = Counter()
    said: set[str] = set()
    made: list[MeetingQuestion] = []
    for priority, ask in enumerate(asks, start=1):
        slots = {"by": book.words["the_end"][0]} | rules.slots(ask, plan, today)
        if ask.goal is not None:
            slots["goal"] = named.get(ask.goal.id) or words.goal_words(ask.goal) or ask.goal.id
        question = _one(ask, slots, book.patterns[ask.pattern], used[ask.pattern], said)
        used[ask.pattern] += 1
        said.add(question.text)
        made.append(question.model_copy(update={"priority": priority}))
    return tuple(made)


def _one(ask: Ask, slots: dict[str, str], pattern: Pattern, turn: int, said: set[str]) -> MeetingQuestion:
    fitting = [text for text in pattern.texts if set(SLOT.findall(text)) <= set(slots)] or list(pattern.texts)
    options = [_within(fitting[(turn + step) % len(fitting)], slots, ask) for step in range(len(fitting))]
    fresh = [option for option in options if option[0] not in said] or options
    text, slots = next((option for option in fresh if option[1] == slots and len(option[0].split()) < LONGEST), fresh[0])  # rather another text than half of the goal
    offered = [wording for wording in pattern.wording if set(SLOT.findall(wording)) <= set(slots)]
    return MeetingQuestion(
        text=text, why=pattern.why[turn % len(pattern.why)], topic=pattern.topic, also=pattern.also, goal_id=ask.goal.id if ask.goal else None,
        wording=fill(offered[turn % len(offered)], slots) if offered else "", short=fill(pattern.short, slots | _brief(ask)),
        pattern=ask.pattern, slots=tuple(slots.items()),
    )  # fmt: skip


def _brief(ask: Ask) -> dict[str, str]:
    return {"goal": words.goal_words(ask.goal, BRIEF)} if ask.goal else {}


def _within(template: str, slots: dict[str, str], ask: Ask) -> tuple[str, dict[str, str]]:
    """The text with as many of the goal's words as can be said in one breath."""
    text = fill(template, slots)
    for most in range(words.MOST - 1, 1, -1):
        if len(text.split()) < LONGEST or ask.goal is None:
            break
        slots = slots | {"goal": words.goal_words(ask.goal, most)}
        text = fill(template, slots)
    return text, slots


def fill(template: str, slots: dict[str, str]) -> str:
    """The template with its slots filled, once: what is put in is no template."""
    text = SLOT.sub(lambda match: slots.get(match[1], match[0]), template)
    return text[:1].upper() + text[1:] if template.startswith("{") else text


def other_way(question: MeetingQuestion, book: QuestionBook) -> str:
    """The same question in other words."""
    pattern, slots = book.patterns[question.pattern], dict(question.slots)
    texts = [fill(text, slots) for text in pattern.texts if set(SLOT.findall(text)) <= set(slots)]
    texts = [text for text in texts if len(text.split()) < LONGEST]
    at = texts.index(question.text) if question.text in texts else -1
    return texts[(at + 1) % len(texts)]


def to_track(question: MeetingQuestion, checklist: Checklist) -> Question:
    """The question as something to tick and answer, tied to the item of its goal."""
    version = checklist.plan.id if checklist.plan else None
    ids = {item.goal: item.id for item in checklist.items if item.goal and item.plan == version} | {item.id: item.id for item in checklist.items}
    goal = question.goal_id if question.goal_id not in {item.id for item in checklist.items} else None
    return Question(
        text=question.text, why=question.why, topic=question.topic, goal=goal,
        item=ids.get(question.goal_id) if question.goal_id else None, priority=question.priority,
    )  # fmt: skip


def unanswered(found: Collection[MeetingQuestion], checklist: Checklist) -> tuple[MeetingQuestion, ...]:
    """Without what was ticked or answered in a meeting."""
    done = {(one.topic, one.goal or one.item) for one in checklist.questions if one.ticked or one.answer}
    done |= {one.text for one in checklist.questions if one.ticked or one.answer}
    return tuple(one for one in found if one.text not in done and (one.goal_id is None or (one.topic, one.goal_id) not in done))
