"""Score what is hidden from an endpoint elsewhere: every name and id that people labelled, and how many other words go with them."""

import re
from pathlib import Path

from coach import name_book
from coach.build import Built
from coach.evals.score import Score, read
from coach.redaction.find import find, names_of
from coach.redaction.known import listed

TARGETS = {"recall": 0.99, "false words": 0.02}
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")


def redaction(built: Built, folder: Path, names: tuple[str, ...] = ("plans", "own")) -> Score:
    """Recall over the labels of all texts: a name is met when each of its letters is hidden. `false words`: share of the other words.

    A plan is read whole first, as the product does; for a text of one's own only what its line lists is known. Words marked as
    `either`, such as the name of a department, count neither way.
    """
    book = name_book.load(built.settings.locations.knowledge / "redaction")
    labels = met = words = spare = 0
    misses = []
    for item in (item for name in names for item in read(folder / f"{name}.jsonl")):
        text, known = item["text"], listed(tuple(item["listed"]), book)
        known = names_of(text, book, known) if item["document"] else known
        hidden = {place for one in find(text, known, book) for place in range(one.start, one.end)}
        for label in item["names"]:
            labels += 1
            if all(place in hidden for place in range(label["start"], label["end"]) if text[place].isalnum()):
                met += 1
            else:
                misses.append(f"{item['id']}: not hidden: {label['kind']}: {text[label['start'] : label['end']]}")
        told = {place for label in (*item["names"], *item["either"]) for place in range(label["start"], label["end"])}
        for word in _WORD.finditer(text):
            if told.isdisjoint(range(*word.span())):
                words += 1
                if not hidden.isdisjoint(range(*word.span())):
                    spare += 1
                    misses.append(f"{item['id']}: hidden and no name: {word[0]}")
    figures = {"recall": met / max(1, labels), "false words": spare / max(1, words)}
    name = "redaction" if len(names) > 1 else f"redaction_{names[0]}"
    return Score(name=name, items=labels, figures=figures, targets=TARGETS, misses=tuple(misses))
