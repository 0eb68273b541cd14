"""Law, health, visas, money, unions: say what cannot be judged here, orient from a boundary card, name whom to ask.

Numbers of time limits come from knowledge/facts only; they are shown where the region is known, and grow old.
"""

import re

from coach.library import Body
from coach.schema.conversation import Move
from coach.tools.ask import next_question
from coach.tools.turn import Turn

REGION_CARDS = {"uk": "uk-rules", "au": "australia-rules", "ca": "canada-rules"}
CLOCKS = (
    "discrimination", "retaliation", "pregnancy_and_family", "accommodation", "suing", "severance", "union", "medical_leave",
    "bullying_and_harassment", "uk_rules", "australia_rules", "canada_rules", "federal_employee",
)  # fmt: skip
PLACELESS = ("health", "abuse-at-home", "taking-documents", "privacy-and-discovery", "rebuttal", "signing")
BODIES = 2
# A body for one part of a country is named where that part was spoken of, and then first.
_PARTS = {
    "(Northern Ireland)": re.compile(r"\b(?:northern ireland|belfast|derry|londonderry|lisburn|newry|armagh|antrim|fermanagh|tyrone)\b", re.IGNORECASE),
    "(Quebec)": re.compile(r"\b(?:qu[e\u00e9]bec|montr[e\u00e9]al|laval|gatineau)\b", re.IGNORECASE),
    "(Ontario)": re.compile(r"\b(?:ontario|toronto|ottawa|mississauga|hamilton|windsor)\b", re.IGNORECASE),
}
# A sentence that opens with a country speaks of that country's rules only.
_COUNTRY = {"us": "the US", "uk": "the UK", "ie": "Ireland", "au": "Australia", "ca": "Canada", "nz": "New Zealand"}
_OPENS = re.compile(rf"In ({'|'.join(_COUNTRY.values())})\b")


def moves(turn: Turn) -> list[Move]:
    """The composed reply for the route `boundary`; `turn.topic` names the boundary card."""
    card = turn.library.by_id[turn.topic or "suing"]
    region = turn.known.region.value if turn.known.region else None
    said = []
    if "feeling" in turn.found:
        said.append(Move(kind="reflect", text=turn.picker.pick(turn.lines["reflect"]["feeling"][turn.found["feeling"].value])))
    elif stakes := turn.picker.pick(turn.lines["boundary"]["stakes"]):
        said.append(Move(kind="reflect", text=stakes))
    if turn.picker.is_new(card.id):
        turn.picker.mark(card.id)
        said.append(Move(kind="inform", text=_near(card.body, region), card=card.id))
    else:
        said.append(Move(kind="inform", text=turn.picker.pick(turn.lines["boundary"]["again"]), card=card.id))
    place = _place(turn, card.topic, region)
    if place and turn.picker.is_new(place):
        turn.picker.mark(place)
        said.append(Move(kind="inform", text=place))
    words = turn.picker.pick(list(card.words_you_can_use))
    if words:
        said.append(Move(kind="words", text=words))
    first = () if region or card.id in PLACELESS else ("region",)
    question = next_question(turn, card, said, first=first)
    return said + [question] if question else said


def _place(turn: Turn, topic: str, region: str | None) -> str:
    """Whom to ask where the person works, and the time limit if one is on file."""
    anywhere = [body for body in turn.library.bodies if body.topic == topic and body.region == "any"]
    bodies = [body for body in turn.library.bodies if body.topic == topic and body.region == region] or anywhere
    if not bodies:
        return ""
    said = " ".join((turn.known.region.quote if turn.known.region else "", *turn.history, turn.text))
    bodies = _of_that_part(bodies, said)
    names = [f"{_lower(body.body)} ({body.link})" if body.link else _lower(body.body) for body in bodies[:BODIES]]
    parts = [turn.lines["boundary"]["who"].replace("{bodies}", " or ".join(names))]
    if region and topic in CLOCKS:
        limits = [limit for limit in turn.library.time_limits if limit.region == region and topic in limit.topics and limit.is_about(said)]
        dated = [limit for limit in limits if limit.may_show(turn.today)][:BODIES]
        if limits:
            parts.append(turn.lines["boundary"]["clock" if dated else "clock_unconfirmed"])
        parts += [limit.sentence() for limit in dated]
    return " ".join(parts)


def _of_that_part(bodies: list[Body], said: str) -> list[Body]:
    """Without those of a part of the country that nobody spoke of; those of a part that somebody did come first."""
    part = {body: next((name for name in _PARTS if name in body.body), None) for body in bodies}
    fitting = [body for body in bodies if part[body] is None or _PARTS[part[body]].search(said)]
    return sorted(fitting, key=lambda body: part[body] is None)


def _near(body: str, region: str | None) -> str:
    """The card without the sentences that open with another country, where the person's own is known."""
    own = _COUNTRY.get(region or "")
    if own is None:
        return body
    paragraphs = [[sentence for sentence in re.split(r"(?<=[.])\s+(?=[A-Z])", paragraph) if _of(sentence, own)] for paragraph in body.split("\n\n")]
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs if sentences)


def _of(sentence: str, own: str) -> bool:
    opens = _OPENS.match(sentence)
    return opens is None or own in sentence


def _lower(body: str) -> str:
    """An article in the middle of a sentence starts small."""
    first, _, rest = body.partition(" ")
    return f"{first.lower()} {rest}" if first in ("A", "An", "Any", "The", "Your", "Its") else body
