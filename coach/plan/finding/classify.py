"""Roles for what no label names: linear models over curated headings and sentences of plans, read with their section.

Rules come first (roles.py, sentences.py); this only fills in what they leave open. Without the embedder it sees words only.
"""

import re
from collections import defaultdict
from collections.abc import Callable

from coach.plan.finding import sentences
from coach.plan.finding.roles import Role, imperative, label, obliges
from coach.plan.finding.walk import Unit


def asks(text: str) -> bool:
    """Whether a sentence tells the employee to do something."""
    return imperative(text) or obliges(text)


Scores = Callable[[str, str], dict[str, float]]  # name of the model, text -> score of every role
NEAR = 0.5  # weight of the section's mean and of its heading beside the statement's own score
SURE = 0.12  # lead of the best role over the next


_PLAIN = (Role.SIGNATURE, Role.RESPONSE, Role.CONSEQUENCE, Role.CHECK_IN)


def _own(unit: Unit) -> Role | None:
    # a sentence that says plainly what it does is not about the heading that happens to stand above it
    if unit.source != "sentence" or unit.role not in (Role.REASON, Role.GOAL, Role.POLICY, Role.CHECK_IN, Role.DETAIL):
        return unit.role
    said = sentences.role(unit.text)
    if imperative(unit.text):
        return unit.role
    if said in _PLAIN and not (unit.role is Role.POLICY and said is Role.CONSEQUENCE and unit.paragraph < 3):
        return said
    return Role.SUPPORT if said is Role.SUPPORT and unit.role is Role.REASON and " will " in unit.text else unit.role


def _rescued(units: list[Unit]) -> list[Unit]:
    # a list of orders is a list of goals, even under "Success criteria" or "Details"
    sections: dict[int, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.source == "item" and unit.role in (None, Role.DETAIL, Role.MEASURE, Role.DEADLINE):
            sections[unit.section].append(unit)
    orders = {
        number for number, items in sections.items()
        if len(items) > 1 and sum(imperative(item.text) and not _NEGATED.match(item.text) for item in items) >= 0.7 * len(items)
    }  # fmt: skip
    return [unit.model_copy(update={"role": Role.GOAL}) if unit.section in orders and unit in sections[unit.section] else unit for unit in units]


_NEGATED = re.compile(r"\W*(?:no|not|none|never|all|always)\b", re.IGNORECASE)


def fill(units: list[Unit], scores: Scores | None) -> list[Unit]:
    """The same statements; those without a role get the likeliest where it leads clearly."""
    units = _rescued([unit.model_copy(update={"role": _own(unit)}) for unit in units])
    if scores is None:
        return units
    sections: dict[int, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.role is None and len(unit.text.split()) > 2:
            sections[unit.section].append(unit)
    chosen: dict[int, Role] = {}
    for members in sections.values():
        own = {unit.start: scores("plan_sentence", unit.text[:400]) for unit in members}
        title = members[0].title
        heading = scores("plan_heading", title) if title and label(title) is None and len(title.split()) < 16 else {}
        for unit in members:
            alike = [other for other in members if (other.source, other.key) == (unit.source, unit.key)]
            total = {
                role: score + NEAR * sum(own[other.start][role] for other in alike) / len(alike) + NEAR * heading.get(role, 0.0)
                for role, score in own[unit.start].items()
            }
            ranked = sorted(total, key=total.__getitem__, reverse=True)
            if total[ranked[0]] - total[ranked[1]] >= SURE and (ranked[0] != Role.GOAL or unit.source != "sentence" or asks(unit.text)):
                chosen[unit.start] = Role(ranked[0])
        items = [unit for unit in members if unit.source == "item"]
        if sum(chosen.get(unit.start) is Role.GOAL for unit in items) * 2 >= len(items) > 1:
            chosen |= {unit.start: Role.GOAL for unit in items}
        firsts = [unit for position, unit in enumerate(members) if unit.source == "sentence" and (position == 0 or members[position - 1].paragraph != unit.paragraph)]
        if sum(chosen.get(unit.start) is Role.GOAL for unit in firsts) * 2 >= len(firsts) > 1:
            chosen |= {unit.start: Role.GOAL for unit in firsts if asks(unit.text)}
    return [unit.model_copy(update={"role": chosen[unit.start]}) if unit.start in chosen and (imperative(unit.text) or sentences.role(unit.text) in (None, Role.GOAL, chosen[unit.start])) else unit for unit in units]
