"""A changed plan beside the one that is tracked, as HTML. Pure; everything is escaped."""

from collections import Counter

from coach.checklist.words import short
from coach.schema.plan import Goal, Signature
from coach.schema.plan_diff import FieldDiff, GoalChange, GoalDiff, PlanDiff, SupportDiff
from coach.ui import plan_words as words
from coach.ui.markup import escape
from coach.ui.plan_parts import long_day, options
from coach.ui.plan_review import Draft


def difference(found: PlanDiff, draft: Draft) -> str:
    """What changed, in the order: changed, new, gone, the rest."""
    head = '<h3 data-key="diff-head">What is different from the plan you track</h3>'
    if found.same:
        return f'<section class="part diff">{head}<p>Nothing that I can compare has changed.</p></section>'
    counts = Counter(_kind(goal) for goal in found.goals)
    named = (("the same", "same"), ("changed", "changed"), ("new", "new"), ("no longer there", "gone"))
    line = ", ".join(f"{counts[kind]} {name}" for name, kind in named if counts[kind])
    fresh = [goal.new for goal in found.goals if _kind(goal) == "new" and goal.new]
    goals = "".join(_goal(goal, fresh) for kind in ("changed", "new", "gone") for goal in found.goals if _kind(goal) == kind)
    supports = "".join(_support(pair) for pair in found.supports)
    fields = "".join(_field(pair) for pair in found.fields)
    return (
        f'<section class="part diff">{head}<p>Goals: {line or "none"}. What you noted stays with each goal.</p>'
        f'<ul class="plain">{goals}{supports}{fields}</ul></section>'
    )


def _kind(goal: GoalDiff) -> str:
    if goal.old is None:
        return "new"
    return "gone" if goal.new is None else "changed" if goal.changes else "same"


def _goal(goal: GoalDiff, fresh: list[Goal]) -> str:
    if goal.old is None and goal.new:
        return f"<li>{_tag('New')} {escape(goal.new.title)}{_due(goal.new)}</li>"
    if goal.new is None and goal.old:
        return f"<li>{_tag('No longer there')} <s>{escape(goal.old.title)}</s>{_became(goal.old, fresh)}</li>"
    if not goal.old or not goal.new:
        return ""
    tags = "".join(_tag(words.CHANGES[change]) for change in goal.changes)
    return f"<li>{tags} {escape(goal.new.title)}{_turned(goal.old, goal.new, goal.changes)}</li>"


def _turned(old: Goal, new: Goal, changes: tuple[GoalChange, ...]) -> str:
    pairs = {
        GoalChange.REWORDED: (old.quote, new.quote),
        GoalChange.DEADLINE: (_day(old), _day(new)),
        GoalChange.MEASURE: (old.measure, new.measure),
        GoalChange.TARGET: (old.target, new.target),
        GoalChange.EVIDENCE_SOURCE: (old.evidence_source, new.evidence_source),
    }
    return "".join(_was(*pairs[change]) for change in changes if change in pairs)


def _was(old: str | None, new: str | None) -> str:
    return f'<p class="was"><span>Before:</span> {escape(old or "nothing")}</p><p class="now"><span>Now:</span> {escape(new or "nothing")}</p>'


def _day(goal: Goal) -> str | None:
    return long_day(goal.deadline) if goal.deadline else goal.deadline_words


def _due(goal: Goal) -> str:
    return f", by {escape(long_day(goal.deadline))}" if goal.deadline else ""


def _became(old: Goal, fresh: list[Goal]) -> str:
    if not fresh:
        return ""
    choices = [("", "Choose a new goal"), *((goal.id, short(goal.title)) for goal in fresh)]
    chosen = options("It was reworded and is now", "text", choices, key=f"became-{old.id}")
    return f'<form class="row" data-do="review:pair" data-goal="{escape(old.id)}">{chosen}<button type="submit" class="small-button">These are the same</button></form>'


def _support(pair: SupportDiff) -> str:
    if pair.old is None and pair.new:
        return f"<li>{_tag('New promise')} {escape(pair.new.text)}</li>"
    if pair.new is None and pair.old:
        return f"<li>{_tag('Promise no longer there')} <s>{escape(pair.old.text)}</s></li>"
    if pair.reworded and pair.old and pair.new:
        return f"<li>{_tag('Promise reworded')}{_was(pair.old.text, pair.new.text)}</li>"
    return ""


def _field(pair: FieldDiff) -> str:
    if pair.name == "duration_days":
        return ""
    return f"<li>{_tag(words.FIELDS[pair.name])}{_was(_said(pair.name, pair.old), _said(pair.name, pair.new))}</li>"


def _said(name: str, text: str | None) -> str | None:
    if name == "signature" and text in [kind.value for kind in Signature]:
        return {"receipt": "that you received it", "agreement": "that you agree", "none": "not said"}[text]
    return text


def _tag(text: str) -> str:
    return f'<span class="tag">{escape(text)}</span>'


