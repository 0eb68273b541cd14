"""What a message may be about where nothing is sure: needs, cards and pages of law, likeliest first. Decides nothing."""

from typing import NamedTuple

from coach.retrieval.index import NO_NEED
from coach.retrieval.search import Search
from coach.tools import choices
from coach.understand import subject
from coach.understand.asking import asked_part

NEEDS, CARDS, PAGES = 3, 3, 1
LEAST_NEED, LEAST_PAGE = 0.08, 0.25  # of a score, to be offered at all
TORN = 0.13  # of the best need's score: in cross-validation one of the best three is then right seven times in ten


class Nearby(NamedTuple):
    """`ids` likeliest first; `torn` where a need comes near enough to be asked about before a card is given."""

    ids: tuple[str, ...]
    torn: bool


NOTHING = Nearby((), torn=False)


def find(text: str, search: Search) -> Nearby:
    """What `text` may be about; nothing without the embedder, whose words alone would offer anything."""
    if search.index.embedder is None:
        return NOTHING
    question = asked_part(text)
    read = [search.index.scores("need", part) for part in dict.fromkeys((text, question))]
    needs = {name: sum(scores[name] for scores in read) / len(read) for name in read[0] if name != NO_NEED}
    likely = sorted(needs, key=needs.__getitem__, reverse=True)[:NEEDS]
    pages = search.topics(question)
    row, vector = search.look(question, [])
    ids = choices.rank(
        [name for name in likely if needs[name] >= LEAST_NEED],
        [card for card, _ in search.rank(row, vector)[:CARDS]],
        [page for page in sorted(pages, key=pages.__getitem__, reverse=True)[:PAGES] if pages[page] >= LEAST_PAGE and subject.spoken_of(page, text)],
    )
    return Nearby(ids, torn=needs[likely[0]] >= TORN)
