"""Words that a model gave, found again in the document: exact text with its place, or nothing. Pure."""

import re

from rapidfuzz import fuzz

LIKE = 92.0  # percent; below that the words are the model's own
FEWEST = 3  # words; fewer point at no place


def align(words: str | None, text: str, after: int = 0) -> tuple[int, int] | None:
    """Start and end in `text` of what `words` quotes; white space and case may differ, little else. The first from `after` on."""
    clean = " ".join((words or "").split()).strip(" .\"'\u201c\u201d")
    if len(clean.split()) < FEWEST:
        return None
    pattern = r"\s+".join(re.escape(word) for word in clean.split())
    exact = re.compile(pattern, re.IGNORECASE)
    if match := exact.search(text, after) or exact.search(text):
        return match.span()
    close = fuzz.partial_ratio_alignment(clean.lower(), text.lower(), score_cutoff=LIKE)
    if close is None or len(text.lower()) != len(text) or close.dest_end - close.dest_start < 0.8 * len(clean):
        return None
    return _to_words(text, close.dest_start, close.dest_end)


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1 : start].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
