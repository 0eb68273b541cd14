"""What a whole rehearsal brought: known, agreed, what worked, what cost, one focus, a score. Pure; nothing here is random.

The score counts what was got and what was done, and takes off what cost. It says nothing about the real meeting.
"""

import math

from coach.rehearsal.feedback import COSTLY, HELPFUL, stronger
from coach.schema.manager import ManagerBook
from coach.schema.rehearsal import (
    FIVE_THINGS,
    Agreement,
    Branch,
    Comparison,
    Cost,
    Debrief,
    Ended,
    Line,
    Request,
    Scene,
    Worked,
)
from coach.schema.turns import Label

LEARNED, AGREED, TRUST = 25, 20, 25  # the other 30 points are the scenario's credit
HERE = 8  # for having sat down to it at all
SHARE = 0.92  # of what was earned, so that the whole stays within 100
COSTS = {Label.DEFENSIVE: 5, Label.OVER_APOLOGY: 5, Label.WITHDRAWAL: 4}
WORDLESS, THREAT = 2, 20
MOST_COST = 24  # small costs add up to no more than this, so that a poor try still shows what was good in it
GOOD = 70  # from here the next step is a tougher manager


def debrief(scene: Scene, book: ManagerBook) -> Debrief:
    """The end of a rehearsal, or how it stands now."""
    stopped = scene.ended is Ended.DANGER  # nobody is told then how they did
    worked, cost = ((), None) if stopped else (_worked(scene, book), _cost(scene, book))
    points = score(scene, book)
    return Debrief(
        known=tuple(topic.value for topic in FIVE_THINGS if topic in scene.state.told),
        agreed=tuple(agreed_words(one, book) for one in scene.state.agreed),
        worked=worked, cost=cost, focus=_focus(scene, book, points), score=points,
    )  # fmt: skip


def agreed_words(one: Agreement, book: ManagerBook) -> str:
    """An agreement in one line, with the employee's own words."""
    words = book.feedback.agreed
    text = words[one.kind.value].replace("{quote}", one.quote)
    return words["partly"].replace("{what}", text) if one.partly else text


def score(scene: Scene, book: ManagerBook) -> int:
    """0 to 100. Taking something helpful away or putting something costly in never raises it."""
    scenario, state = book.scenarios[scene.casting.scenario], scene.state
    # who is leaving is told to ask HR: asking counts, and is not shown as known
    learned = sum(topic in state.told or (state.news and topic in state.half_told) for topic in scenario.learn) / len(scenario.learn)
    kinds = {one.kind: 0.5 if one.partly else 1.0 for one in state.agreed}
    wanted = min(2, len(scenario.agree))
    agreed = min(1.0, sum(kinds.get(one, 0.0) for one in scenario.agree) / wanted)
    shown = sum(points * _share(label, scene) for label, points in scenario.credit.items())
    costs = sum(COSTS[label] for line in scene.lines for label in line.labels if label in COSTS)
    costs += WORDLESS * sum(not line.labels and not any(sign.isalnum() for sign in line.employee) for line in scene.lines)
    earned = LEARNED * learned + AGREED * agreed + TRUST * state.trust / 100 + shown
    threats = THREAT * sum(Label.THREAT in line.labels for line in scene.lines)
    total = HERE + SHARE * earned - MOST_COST * (1 - math.exp(-costs / MOST_COST)) - threats
    return max(0, min(100, round(total))) if scene.lines else 0


def _share(label: Label, scene: Scene) -> float:
    """How much of a label's credit was earned: by a calm turn that names something, half by one that does not."""
    best = 0.0
    for line in scene.lines:
        if label in line.labels:
            spoiled = set(line.labels) & set(COSTLY)
            plain = label in (Label.OWNERSHIP, Label.COMMITMENT) and len(line.employee.split()) < 6
            best = max(best, 0.2 if spoiled else 0.5 if plain else 1.0)
    return best


def _worked(scene: Scene, book: ManagerBook) -> tuple[Worked, ...]:
    """Up to two exact quotes of different turns, the most helpful first."""
    credit = book.scenarios[scene.casting.scenario].credit
    found: list[tuple[float, int, Worked]] = []
    for number, (line, gained) in enumerate(zip(scene.lines, _gains(scene), strict=True)):
        if set(line.labels) & set(COSTLY):
            continue
        for reason in line.reasons:
            if reason.label in HELPFUL:
                texts = book.feedback.worked[reason.label]
                worth = credit.get(reason.label, 0) + 2 * gained - HELPFUL.index(reason.label) / 10
                found.append((worth, number, Worked(quote=reason.quote, why=texts[number % len(texts)])))
    chosen: list[tuple[int, Worked]] = []
    for _, number, worked in sorted(found, key=lambda entry: (-entry[0], entry[1])):
        if all(number != other and worked.quote != kept.quote and worked.why != kept.why for other, kept in chosen):
            chosen.append((number, worked))
    return tuple(worked for _, worked in chosen[:2])


def _cost(scene: Scene, book: ManagerBook) -> Cost | None:
    """The turn that cost the most, or None where none did."""
    found: list[tuple[int, float, Line, Label]] = []
    for line, gained in zip(scene.lines, _gains(scene), strict=True):
        for label in COSTLY:
            if label in line.labels:
                found.append((COSTLY.index(label), gained, line, label))
    if not found:
        return None
    _, _, line, label = min(found, key=lambda entry: entry[:2])
    texts = book.feedback.cost[label]
    quote = next(reason.quote for reason in line.reasons if reason.label is label)
    return Cost(quote=quote, why=texts[len(quote) % len(texts)], better=stronger(line, scene, book))


def _focus(scene: Scene, book: ManagerBook, points: int) -> str:
    """The one thing to try next: the worst habit first, then what this conversation asks for and did not get."""
    words, scenario, state = book.feedback.focus, book.scenarios[scene.casting.scenario], scene.state
    if scene.ended is Ended.DANGER:
        return words["danger"]
    counts = {label: state.did.count(label) for label in COSTLY}
    if counts[Label.THREAT]:
        return words["threat"]
    worst = max(COSTLY, key=lambda label: counts[label])
    if counts[worst] >= 2:
        return words[worst.value]
    if sum(not line.labels for line in scene.lines) > len(scene.lines) / 2 and len(scene.lines) > 2:
        return words["wordless"]
    for label in sorted(scenario.credit, key=lambda label: -scenario.credit[label]):
        if _share(label, scene) < 0.5:
            return words[label.value]
    if counts[worst]:
        return words[worst.value]
    if any(topic not in state.told for topic in scenario.learn[:3]):
        return words["learn"]
    if not state.agreed:
        return words["agree"]
    return words["harder"] if points >= GOOD else words["learn"]


def _gains(scene: Scene) -> list[float]:
    return [after.trust - before.trust for before, after in zip(scene.states, scene.states[1:], strict=False)]


def compare(first: Scene, second: Scene, book: ManagerBook) -> Comparison:
    """Two tries side by side: what each has that the other has not."""
    pairs = zip(first.lines, second.lines, strict=False)
    shared = next((number for number, (one, other) in enumerate(pairs) if one.employee != other.employee), min(len(first.lines), len(second.lines)))
    ranks = [(len(scene.state.told) + len(_kinds(scene)), scene.state.trust) for scene in (first, second)]
    better = "equal" if ranks[0] == ranks[1] else "first" if ranks[0] > ranks[1] else "second"
    return Comparison(shared=shared, first=_branch(first, second, book), second=_branch(second, first, book), better=better)


def _branch(scene: Scene, other: Scene, book: ManagerBook) -> Branch:
    return Branch(
        trust=round(scene.state.trust), score=score(scene, book),
        told=tuple(topic for topic in scene.state.told if topic not in other.state.told),
        agreed=tuple(one for one in scene.state.agreed if one.kind not in _kinds(other)),
    )  # fmt: skip


def _kinds(scene: Scene) -> set[Request]:
    return {one.kind for one in scene.state.agreed}
