"""How a line said in a scene is heard: danger first, then what it does. Decides nothing about the scene."""

from coach.guardrails import crisis_reply
from coach.guardrails.danger import Danger, detect
from coach.guardrails.phrases import load_phrases
from coach.rehearsal.scene import Ears
from coach.retrieval.index import Index
from coach.schema.enums import Region
from coach.tools.known import latest
from coach.ui.ports import Built
from coach.understand import situation


def hear(built: Built, text: str, earlier: list[str]) -> tuple[Danger, Index | None]:
    """What danger a line holds, and the index to label it with: None while it is still being built. The rules never wait."""
    ready = built.brain.search_if_ready()
    if ready is None:
        return detect(text, earlier, load_phrases(built.settings.locations.knowledge / "crisis")), None
    return built.coach.hear(text, earlier, spoken=True), ready.index


def stops(built: Built, heard: Danger) -> str:
    """What the coach says where a scene is stopped."""
    region = latest(built.store).region
    return crisis_reply.compose(heard, region=Region(region.value) if region else None, helplines=built.coach.helplines())


def ears(index: Index | None, stopped: str | None) -> Ears:
    """The ears of a scene for this one line."""
    return Ears(
        label=index.labels if index else lambda said, before: (), danger=lambda said: stopped,
        foreign=lambda said: situation.language(said) is not None,
    )  # fmt: skip
