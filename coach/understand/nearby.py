"""What a message may be about where nothing is sure: needs, cards and pages of law, likeliest first. Decides nothing."""

from coach.retrieval.index import NO_NEED
from coach.retrieval.search import Search
from coach.tools import choices
from coach.understand.asking import asked_part

NEEDS, CARDS, PAGES = 3, 3, 1
LEAST_NEED, LEAST_PAGE = 0.08, 0.25  # of a score, to be offered at all


def find(text: str, search: Search) -> tuple[str, ...]:
    """Ids of knowledge/needs, cards and boundaries; empty without the embedder, whose words alone would offer anything."""
    if search.index.embedder is None:
        return ()
    question = asked_part(text)
    read = [search.index.scores("need", part) for part in dict.fromkeys((text, question))]
    needs = {name: sum(scores[name] for scores in read) / len(read) for name in read[0] if name != NO_NEED}
    pages = search.topics(question)
    row, vector = search.look(question, [])
    return choices.rank(
        [name for name in sorted(needs, key=needs.__getitem__, reverse=True)[:NEEDS] if needs[name] >= LEAST_NEED],
        [card for card, _ in search.rank(row, vector)[:CARDS]],
        [page for page in sorted(pages, key=pages.__getitem__, reverse=True)[:PAGES] if pages[page] >= LEAST_PAGE],
    )
