"""Records of the words around meetings, knowledge/meetings.yaml: each line says which slots it may use. No I/O."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from coach.schema.knowledge import Record
from coach.schema.meetings import Cadence, Open

SLOT = re.compile(r"\{(\w+)\}")


def _line(*slots: str) -> Any:
    """A curated text that may use these slots and no other."""
    return Annotated[str, AfterValidator(_checked(slots))]


def _checked(slots: tuple[str, ...]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not text.strip():
            raise ValueError("is empty")
        if "!" in text or "\u2014" in text:
            raise ValueError(f"no exclamation mark and no em dash: {text}")
        if unknown := set(SLOT.findall(text)) - set(slots):
            raise ValueError(f"no slot is called {min(unknown)}")
        return text

    return check


class SeriesWords(Record):
    """What is said about a proposed series. `assumed` has a line for everything that may have to be asked."""

    title: _line()
    said: _line("quote")
    not_said: _line()
    listed: _line("count", "first", "last")
    one: _line("first")
    none: _line()
    dates: _line()
    asks: _line()
    close: _line()
    cadences: dict[Cadence, _line()]
    assumed: dict[Open, _line("day", "time", "cadence", "last")]


class AgendaWords(Record):
    """What stands around an agenda."""

    title: _line("meeting")
    since: _line("day")
    since_start: _line()
    nothing: _line()
    other: _line()
    more: _line("count")
    agreed: _line()
    questions: _line()
    promises: _line()
    due: _line("text", "day")
    late: _line("text", "day")
    undated: _line("text")
    ask: _line()
    ask_late: _line("text")
    ask_measure: _line("title")
    ask_next: _line("title")
    ask_any: _line()
    close: _line()


class RecapWords(Record):
    """What stands around a recap."""

    title: _line("meeting")
    subject: _line("day")
    agreed: _line()
    nothing_agreed: _line()
    who: _line()
    by: _line()
    answers: _line()
    answer: _line("question", "answer")
    measure: _line("title", "measure")
    feedback: _line()
    open: _line()
    greeting: _line("who")
    opening: _line("day")
    next: _line("when")
    next_unknown: _line()
    close: _line()
    sign_off: _line("name")
    lead: _line()
    private: _line()


class SummaryWords(Record):
    """What stands around a status summary."""

    subject: _line("day")
    subject_span: _line("first", "last")
    greeting: _line("who")
    opening: _line()
    other: _line()
    nothing: _line()
    file: _line("name")
    wordless: _line()
    minutes: _line("text", "minutes")
    close: _line()
    sign_off: _line("name")
    empty: _line()


class MissedWords(Record):
    """What is said when a check-in did not take place."""

    cancelled: _line("day")
    missed: _line("day")
    slot: _line("when")
    next: _line("when")
    no_slot: _line()
    subject: _line("day")
    greeting: _line("who")
    opening_cancelled: _line("day")
    opening_missed: _line("day")
    offer: _line("when")
    offer_open: _line()
    close: _line()
    sign_off: _line("name")


class EndingWords(Record):
    """What stands around the last review."""

    title: _line()
    lead: _line()
    asks: _line()
    goals: _line()
    met: _line("title")
    done: _line("title", "count")
    done_one: _line("title")
    unproven: _line("title")
    open: _line("title", "status")
    no_goals: _line()
    staying: _line()
    staying_lines: tuple[_line(), ...] = Field(min_length=2)
    leaving: _line()
    leaving_lines: tuple[_line(), ...] = Field(min_length=2)
    board: _line()
    work: _line()
    work_step: _line("title", "step")
    work_open: _line("title")
    work_unproven: _line("title")
    work_lines: tuple[_line(), ...] = Field(min_length=2)
    look: _line()
    look_lines: tuple[_line(), ...] = Field(min_length=3)
    close: _line()


class ChatWords(Record):
    """What the chat says about check-ins. Several wordings each, so that nothing is said twice."""

    stored: tuple[_line("count", "series", "first", "last"), ...] = Field(min_length=3)
    stored_one: tuple[_line("meeting"), ...] = Field(min_length=3)
    stored_after: tuple[_line(), ...] = Field(min_length=3)
    all_there: tuple[_line(), ...] = Field(min_length=2)
    not_stored: tuple[_line("series"), ...] = Field(min_length=2)
    ask_day: tuple[_line("series"), ...] = Field(min_length=2)
    ask_time: tuple[_line("series"), ...] = Field(min_length=2)
    ask_end: tuple[_line("series"), ...] = Field(min_length=2)
    past: tuple[_line("last"), ...] = Field(min_length=2)
    agenda: tuple[_line("meeting"), ...] = Field(min_length=3)
    agenda_after: tuple[_line(), ...] = Field(min_length=3)
    agenda_none: tuple[_line(), ...] = Field(min_length=2)
    recap: tuple[_line("meeting"), ...] = Field(min_length=3)
    recap_after: tuple[_line(), ...] = Field(min_length=3)
    recap_none: tuple[_line(), ...] = Field(min_length=2)
    set_aside: tuple[_line("meeting", "state"), ...] = Field(min_length=3)
    set_aside_after: tuple[_line(), ...] = Field(min_length=3)
    set_aside_no_slot: tuple[_line(), ...] = Field(min_length=2)
    counted: tuple[_line("count", "state", "days"), ...] = Field(min_length=2)
    counted_one: tuple[_line("state", "days"), ...] = Field(min_length=2)
    counted_none: tuple[_line("state"), ...] = Field(min_length=2)
    counted_notes: tuple[_line(), ...] = Field(min_length=2)
    told: _line("quote")
    told_open: _line("quote")
    kept_words: tuple[_line("today"), ...] = Field(min_length=2)
    standing: tuple[_line("since"), ...] = Field(min_length=3)
    ending: tuple[_line(), ...] = Field(min_length=2)
    ending_after: tuple[_line(), ...] = Field(min_length=2)
    meeting: _line("who", "day", "time")
    meeting_alone: _line("day", "time")


class MeetingBook(Record):
    """knowledge/meetings.yaml: every word about check-ins, agendas, recaps, summaries and the end."""

    series: SeriesWords
    agenda: AgendaWords
    recap: RecapWords
    summary: SummaryWords
    missed: MissedWords
    ending: EndingWords
    chat: ChatWords
