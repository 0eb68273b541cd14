"""Score the check of a person's own text: what it marks, against passages that people labelled."""

from collections import Counter
from pathlib import Path

from coach.build import Built
from coach.evals.score import Score, read
from coach.schema.drafts import Mark
from coach.tools.draft_check import marks

TARGETS = {"precision": 0.85, "recall": 0.85, "false alarms": 0.05}


def drafts(built: Built, path: Path, *, by_words: bool = False, targets: dict[str, float] = TARGETS) -> Score:
    """Precision and recall of the marks: right where the kind is the same and the words overlap. `by_words`: rules only.

    A false alarm is a mark in a passage that holds nothing to mark.
    """
    index = None if by_words else built.brain.search().index
    items, counted, misses, clean = read(path), Counter(), [], []
    for item in items:
        found = marks(item["text"], built.coach.library.marks, None, index)
        wanted = [(item["text"].index(one["quote"]), one["quote"], one["kind"]) for one in item["marks"]]
        missed = [one for one in wanted if not any(_same(mark, one) for mark in found)]
        extra = [mark for mark in found if not any(_same(mark, one) for one in wanted)]
        counted.update(found=len(found) - len(extra), extra=len(extra), wanted=len(wanted), met=len(wanted) - len(missed))
        if not wanted:
            clean.append(bool(found))
        misses += [f"{item['id']}: not marked as {kind}: {quote}" for _, quote, kind in missed]
        misses += [f"{item['id']}: marked as {mark.kind}: {mark.quote}" for mark in extra]
    figures = {
        "precision": counted["found"] / max(1, counted["found"] + counted["extra"]),
        "recall": counted["met"] / max(1, counted["wanted"]),
        "false alarms": sum(clean) / max(1, len(clean)),
    }
    return Score(name=f"{path.stem}_words" if by_words else path.stem, items=len(items), figures=figures, targets=targets, misses=tuple(misses))


def _same(mark: Mark, wanted: tuple[int, str, str]) -> bool:
    start, quote, kind = wanted
    return mark.kind == kind and mark.span[0] < start + len(quote) and start < mark.span[1]
