"""One message understood: facts, route, stage and passages, put together as a Turn. Hears no danger: guardrails do that before."""

from datetime import date

from coach.library import Library
from coach.retrieval.search import FLOOR, Search
from coach.schema.conversation import Session
from coach.schema.enums import Route
from coach.tools.turn import Picker, Turn
from coach.understand import facts, route, situation, stage

PASSAGES = 6
# These have a curated reply of the coach's own, whatever the words around them sound like.
OF_THE_COACH = ("vent_only", "angry_post", "told_in_the_open", "odds", "am_i_passing", "fault_or_bullying", "meeting_in_minutes")


def understand(
    before: Session, text: str, history: list[str], *, library: Library, search: Search, today: date, endpoint: str, home: str
) -> Turn:
    """What `text` means after `history` in the conversation `before`."""
    asked_last = before.asked[-1].removeprefix("!") if before.asked and before.asked[-1].startswith("!") else None
    foreign = situation.language(text, history) is not None
    playing = before.practice is not None and before.practice.on  # what is said to a played manager tells the coach nothing
    found = {} if foreign or playing else facts.find(text, before.known, asked_last, before.dropped)
    known = facts.merge(before.known, found)
    last_route = next((m.route for m in reversed(before.messages) if m.route and m.route is not Route.CRISIS), None)
    where = route.find(text, history, search.index, last_route)
    if asked_last and asked_last in found and "?" not in text and len(text.split()) < 9:
        where = Route.COACH  # an answer to the coach's own question stays with the coach
    if foreign:
        where = Route.COACH  # search and routing read English: the coach says so and leads
    if where in (Route.BOUNDARY, Route.OFF_TOPIC, Route.PLAN) and situation.reply(text, found, known) in OF_THE_COACH:
        where = Route.COACH
    if playing:
        where = Route.REHEARSE
    row, vector = search.look(text, history)
    return Turn(
        text=text, history=history, session=_answered(before), found=found, known=known,
        stage=before.stage if foreign or playing else stage.find(text, history, found, known, before.stage, search.index), route=where,
        passages=search.ranked(row, vector, PASSAGES), in_scope=search.scope(row) >= FLOOR,
        topic=search.topic(text) if where is Route.BOUNDARY else None,
        library=library, picker=Picker(before.id, before.shown), today=today, endpoint=endpoint, home=home,
    )  # fmt: skip


def _answered(session: Session) -> Session:
    return session.model_copy(update={"asked": tuple(name.removeprefix("!") for name in session.asked)})
