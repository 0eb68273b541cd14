"""The closed name lists that the command line, the page and knowledge/ share (DESIGN section 5)."""

from enum import StrEnum


class Route(StrEnum):
    """Where a message goes."""

    COACH = "coach"
    PLAN = "plan"
    QUESTIONS = "questions"
    REHEARSE = "rehearse"
    DRAFT = "draft"
    CHECK_IN = "check_in"
    BOUNDARY = "boundary"
    CRISIS = "crisis"
    DECLINE = "decline"
    OFF_TOPIC = "off_topic"
    ABOUT = "about"


class Stage(StrEnum):
    """Where the person is, in the order in which they usually come."""

    FIRST_DAYS = "first_days"
    UNDERSTAND = "understand"
    STAY_OR_GO = "stay_or_go"
    RESPOND = "respond"
    FIRST_MEETING = "first_meeting"
    WORK = "work"
    CHECK_INS = "check_ins"
    END = "end"


class Region(StrEnum):
    """Where the person works, as far as rules and help lines differ."""

    US = "us"
    UK = "uk"
    IE = "ie"
    CA = "ca"
    AU = "au"
    NZ = "nz"
    IN = "in"
    OTHER = "other"


class Strength(StrEnum):
    """How much room an endpoint gets."""

    SMALL = "small"
    CAPABLE = "capable"


class Scenario(StrEnum):
    """Which conversation with the manager is rehearsed."""

    FIRST_MEETING = "first_meeting"
    VAGUE_GOAL = "vague_goal"
    SUPPORT = "support"
    CHECK_IN = "check_in"
    CANCELLED = "cancelled"
    WRONG_FACT = "wrong_fact"
    HR = "hr"
    FINAL = "final"
    LEAVING = "leaving"


class Persona(StrEnum):
    """What the simulated manager is like."""

    RUSHED = "rushed"
    BY_THE_BOOK = "by_the_book"
    SCEPTICAL = "sceptical"
    COLD = "cold"
    AVOIDING = "avoiding"


class Difficulty(StrEnum):
    """How hard the simulated manager makes it, the easiest first."""

    SUPPORTIVE = "supportive"
    GUARDED = "guarded"
    HARD = "hard"
