"""One file or pasted text to an Extraction: read, then find. Stores nothing and asks no model."""

from coach.plan.finding.classify import Scores
from coach.plan.finding.find import find
from coach.plan.reading.read import read
from coach.schema.plan import Extraction

PASTED = "pasted text.txt"


def extract(data: bytes, name: str, scores: Scores | None = None) -> Extraction:
    """The plan in a file. UserError says in one sentence why a file cannot be read."""
    return find(read(data, name), scores)


def extract_text(text: str, scores: Scores | None = None) -> Extraction:
    """The plan in text that was pasted into the chat."""
    return extract(text.encode("utf-8"), PASTED, scores)
