"""How a turn moves the manager's trust and patience. Numbers come from knowledge/manager; this is the arithmetic."""

from coach.rehearsal.hear import Heard
from coach.schema.manager import DifficultyCard, ManagerBook, PersonaCard, ScenarioCard
from coach.schema.rehearsal import Casting, Phase, State
from coach.schema.turns import Label

LIKED = 1.2  # what the manager cares about most in this conversation is worth more
VAGUE = 0.35  # ownership of nothing in particular, a promise without what or when
ROOM, FALL = 70.0, 45.0  # at these distances from the ends a gain and a loss count in full
MOST_LOST = 0.8  # of the trust that is there, so that even the worst turn can be followed by a worse one
SILENCE, UNCLEAR, STRAY = -1.0, -0.7, -0.9
AGAIN = -0.4  # asking what was answered
IN_ANGER = 0.25  # what anything good in it is worth where the turn also blames, threatens or grovels


def begin(book: ManagerBook, casting: Casting) -> State:
    """Trust and patience before anything is said."""
    persona, scenario, difficulty = cards(book, casting)
    trust = difficulty.trust + persona.trust + scenario.trust
    return State(trust=trust, patience=difficulty.patience + persona.patience)


def cards(book: ManagerBook, casting: Casting) -> tuple[PersonaCard, ScenarioCard, DifficultyCard]:
    """What plays together in this scene."""
    return book.personas[casting.persona], book.scenarios[casting.scenario], book.difficulties[casting.difficulty]


def after(state: State, heard: Heard, book: ManagerBook, casting: Casting) -> State:
    """Trust and patience after a turn, before the manager answers it."""
    persona, scenario, difficulty = cards(book, casting)
    trust, patience = state.trust, state.patience
    if heard.kind in ("silence", "unclear", "off_topic"):
        patience += {"silence": SILENCE, "unclear": UNCLEAR, "off_topic": STRAY}[heard.kind]
        trust += _loss(-2.0 if heard.kind == "silence" else -1.0, trust, persona, difficulty)
    elif heard.kind == "in_role":
        patience += UNCLEAR
    for label in heard.labels:
        weight = book.weights.trust[label]
        if weight > 0:
            trust += _gain(weight * _worth(label, heard, state, book), label, trust, persona, scenario, difficulty)
        else:
            trust += _loss(weight, trust, persona, difficulty)
        change = book.weights.patience[label]
        patience += change if change < 0 or heard.calm else 0
    if heard.topics and set(heard.topics) <= set(state.told):
        patience += AGAIN
    most = begin(book, casting).patience
    return state.model_copy(
        update={
            "trust": round(min(100.0, max(0.0, trust)), 2), "patience": round(min(most, patience), 2), "phase": Phase.TALK,
            "did": (*state.did, *heard.labels),
        }
    )  # fmt: skip


def _worth(label: Label, heard: Heard, state: State, book: ManagerBook) -> float:
    worth = book.weights.again ** state.did.count(label)
    if (label is Label.OWNERSHIP and not heard.specific) or (label is Label.COMMITMENT and not heard.concrete):
        worth *= VAGUE
    return worth if heard.calm else worth * IN_ANGER


def _gain(weight: float, label: Label, trust: float, persona: PersonaCard, scenario: ScenarioCard, difficulty: DifficultyCard) -> float:
    liked = LIKED if label in scenario.likes else 1.0
    return weight * persona.gain.get(label, 1.0) * liked * difficulty.gain * (100 - trust) / ROOM


def _loss(weight: float, trust: float, persona: PersonaCard, difficulty: DifficultyCard) -> float:
    return -trust * min(MOST_LOST, -weight * persona.loss * difficulty.loss / FALL)
