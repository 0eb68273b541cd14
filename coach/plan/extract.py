"""One file or pasted text to an Extraction: read, then find. Stores nothing and asks no model."""

import threading
from functools import partial

from coach.plan.finding.classify import Scores
from coach.plan.finding.find import find
from coach.plan.reading import process
from coach.plan.reading.read import read
from coach.schema.plan import Extraction

PASTED = "pasted text.txt"


def extract(data: bytes, name: str, scores: Scores | None = None, stop: threading.Event | None = None) -> Extraction:
    """The plan in a file. UserError says in one sentence why a file cannot be read; setting `stop` ends the reading."""
    return find(read(data, name, run=partial(process.run, stop=stop)), scores)


def extract_text(text: str, scores: Scores | None = None) -> Extraction:
    """The plan in text that was pasted into the chat."""
    return extract(text.encode("utf-8"), PASTED, scores)
