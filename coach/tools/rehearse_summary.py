"""What the coach says about a rehearsal in the chat: who spoke, feedback on a line, the debrief. Words are curated, quotes exact."""

from collections.abc import Iterable

from coach.rehearsal.debrief import compare, debrief
from coach.rehearsal.feedback import COSTLY, PROMISED, quoting, shorten, stronger
from coach.schema.conversation import Move
from coach.schema.manager import SLOT
from coach.schema.rehearsal import FIVE_THINGS, Comparison, Line, Said, Scene, Voice
from coach.tools.turn import Turn


def feedback(turn: Turn, line: Line, played: Scene) -> list[Move]:
    """What one line did, in its own words, and another way to say it."""
    said = [Move(kind="inform", text="\n".join(f"- {reason.text}" for reason in line.reasons))] if line.reasons else []
    if not line.reasons:
        said.append(say(turn, "feedback_promise" if PROMISED.search(line.employee) else "feedback_plain", quote=shorten(line.employee.splitlines()[0]) if line.employee.strip() else "..."))
    said.append(say(turn, "stronger"))
    return [*said, Move(kind="words", text=stronger(line, played, turn.library.manager))]


def summed_up(turn: Turn, played: Scene) -> list[Move]:
    """The debrief as paragraphs."""
    book = turn.library.manager
    found = debrief(played, book)
    known = [book.feedback.topics[topic] for topic in FIVE_THINGS if topic.value in found.known]
    said = [say(turn, "known" if known else "known_none", list=_listed(known))]
    said.append(_rows(turn, "agreed", found.agreed) if found.agreed else say(turn, "agreed_none"))
    if found.worked:
        said.append(_rows(turn, "worked", [f"\u201c{one.quote}\u201d {one.why}" for one in found.worked]))
    if found.cost:
        said.append(say(turn, "cost", quote=found.cost.quote, why=found.cost.why))
        said.append(say(turn, "better", better=found.cost.better))
    return [*said, say(turn, "focus", focus=found.focus)]


def compared(turn: Turn, earlier: tuple[Scene, ...], played: Scene) -> list[Move]:
    """This try beside the one before it, where there is one of the same scene."""
    if not earlier or not earlier[-1].lines or not played.lines or earlier[-1].casting.scenario is not played.casting.scenario:
        return []
    found = compare(earlier[-1], played, turn.library.manager)
    if found.better == "equal":
        return [say(turn, "compare_equal")]
    return [say(turn, "compare_better" if found.better == "second" else "compare_worse", what=_more(turn, found))]


def _more(turn: Turn, found: Comparison) -> str:
    words = turn.library.manager.feedback
    ahead = found.second if found.better == "second" else found.first
    parts = [words.topics[topic] for topic in ahead.told] + [words.agreed[f"name_{one.kind.value}"] for one in ahead.agreed]
    return _listed(parts) if parts else words.chat["compare_trust"][0]


def note(turn: Turn, played: Scene) -> str:
    """One sentence on what the last line did, the costliest thing first, and what it did to trust; "" where it did nothing."""
    line = played.lines[-1]
    if not line.reasons:
        return ""
    reason = next((reason for label in COSTLY for reason in line.reasons if reason.label is label), line.reasons[0])
    change = played.states[-1].trust - played.states[-2].trust
    words = turn.library.manager.feedback.chat["trust"]
    return f"{reason.text} {words[0] if change >= 1 else words[1] if change <= -1 else words[2]}"


def spoken_by(said: tuple[Said, ...], played: Scene) -> list[Move]:
    """The lines of the other side, each voice by its name."""
    manager = dict(played.casting.slots).get("manager", "Manager")
    names = {Voice.MANAGER: manager, Voice.HR: "HR", Voice.COACH: "Coach"}
    joined: list[tuple[Voice, str]] = []
    for one in said:
        if joined and joined[-1][0] is one.voice:
            joined[-1] = (one.voice, f"{joined[-1][1]} {one.text}")
        else:
            joined.append((one.voice, one.text))
    return [Move(kind="inform", text=f"**{names[voice]}:** {text}") for voice, text in joined]


def say(turn: Turn, name: str, **slots: str) -> Move:
    """A curated line of the coach that was not said before in this conversation, with its slots filled."""
    texts = list(turn.library.manager.feedback.chat[name])
    text = turn.picker.pick(texts) or texts[turn.number % len(texts)]
    if "quote" in slots:
        text = quoting(text, slots.pop("quote"))
    return Move(kind="inform", text=SLOT.sub(lambda match: slots.get(match[1], match[0]), text))


def _rows(turn: Turn, name: str, rows: Iterable[str]) -> Move:
    head = say(turn, name).text
    return Move(kind="inform", text="\n".join([head, *(f"- {row}" for row in rows)]))


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
