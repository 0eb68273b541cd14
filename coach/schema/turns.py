"""Records of what an employee says to the manager in a rehearsal. No I/O."""

from enum import StrEnum

from coach.schema.knowledge import Record


class Label(StrEnum):
    """What the employee does in one turn; several may hold, or none."""

    OWNERSHIP = "ownership"
    OVER_APOLOGY = "over_apology"
    DEFENSIVE = "defensive"
    CLARIFYING_QUESTION = "clarifying_question"
    COMMITMENT = "commitment"
    CHECK_IN = "check_in"
    SUPPORT_REQUEST = "support_request"
    APPRECIATION = "appreciation"
    PROGRESS = "progress"
    THREAT = "threat"
    WITHDRAWAL = "withdrawal"
    FACTUAL_CORRECTION = "factual_correction"


class LabelledTurn(Record):
    """One curated example. `context` is what the manager said just before, or None."""

    context: str | None = None
    text: str
    labels: tuple[Label, ...] = ()
