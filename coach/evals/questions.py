"""Score the list of questions: every gap of a plan is asked about, and nothing is asked that the plan states clearly.

The documents are read as a person's are; the gold of the plans says which gaps there are and which fields are clear.
"""

import json
from pathlib import Path
from typing import Any

from coach.build import Built
from coach.evals.score import Score
from coach.schema.conversation import Known
from coach.schema.plan import Goal, Plan
from coach.schema.questions import MeetingQuestion
from coach.tools.question_rules import is_unset
from coach.tools.questions import questions as ask

TARGETS = {"gaps covered": 1.0, "false questions": 0.0}
OF_A_GOAL = ("measure", "deadline", "vague")


def questions(built: Built, folder: Path) -> Score:
    """All plans of one folder. `gaps covered`: gaps of goals and of the plan that have a question of their own.

    `false questions`: how many of the fields that a plan states clearly are asked about.
    """
    asked_gaps: list[bool] = []
    asked_clear: list[bool] = []
    misses: list[str] = []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if not gold["is_plan"]:
            continue
        extraction = built.coach.read_plan((folder / gold["file"]).read_bytes(), gold["file"])
        plan = extraction.plan or Plan()
        found = ask(extraction.plan, Known(), today=built.now().date(), book=built.coach.library.questions, read=extraction)
        for name, asked, gap in _fields(gold, plan, found):
            (asked_gaps if gap else asked_clear).append(asked)
            if asked != gap:
                misses.append(f"{gold['id']}: {'not asked' if gap else 'asked, but clear'}: {name}")
    figures = {"gaps covered": sum(asked_gaps) / max(1, len(asked_gaps)), "false questions": sum(asked_clear) / max(1, len(asked_clear))}
    name = "questions" + folder.name.removeprefix("plans")
    return Score(name=name, items=len(asked_gaps) + len(asked_clear), figures=figures, targets=TARGETS, misses=tuple(misses))


def _fields(gold: dict[str, Any], plan: Plan, found: tuple[MeetingQuestion, ...]) -> list[tuple[str, bool, bool]]:
    """Each field with whether it is asked about and whether it is a gap."""
    rows = []
    for goal in gold["goals"]:
        own = _read(goal["anchor"], plan)
        about = [one for one in found if own and one.goal_id == own.id]
        rows += [(f"{topic} of {goal['name']}", any(one.asks_about(topic) for one in about), topic in goal["missing"]) for topic in OF_A_GOAL]
    beyond = [one for one in found if one.pattern == "conflict_end"]  # a date after the plan's last day: asked by the dates alone
    late = gold["end_date"] and any(goal["deadline"] and goal["deadline"] > gold["end_date"] for goal in gold["goals"])
    rows.append(("a goal due after the end", bool(beyond), bool(late)))
    clashes = sum(one.topic == "conflict" for one in found) - len(beyond)
    rows += [(f"conflict {number}", clashes >= number, True) for number in range(1, len(gold["conflicts"]) + 1)]
    rows += [] if gold["conflicts"] else [("conflict", clashes > 0, False)]
    topics = {one.topic for one in found}
    unset = plan.check_ins is not None and is_unset(plan.check_ins.text)  # named without a rhythm: that is a gap
    rows.append(("dates of the plan", "timeframe" in topics, not (gold["start_date"] and gold["end_date"])))
    rows.append(("check-ins", "check_ins" in topics, not gold["check_ins"] or unset))
    rows.append(("help", any(one.pattern == "support_missing" for one in found), not gold["supports"]))
    rows.append(("what follows", any(one.pattern == "consequences_missing" for one in found), not gold["consequences"]))
    rows.append(("signature", "signature" in topics, gold["signature"] == "none"))
    return rows


def _read(anchor: str, plan: Plan) -> Goal | None:
    quote = " ".join(anchor.split())
    return next((one for one in plan.goals if quote in " ".join(one.quote.split()) or " ".join(one.quote.split()) in quote), None)
