"""Read a message in another language word for word, so that what follows can tell what it is about.

A crude gloss for understanding only: it is never shown, stored or sent, and danger is heard in the person's own words.
"""

import re
from collections.abc import Mapping

from coach.schema.language import fold

_WORD = re.compile(r"\w+")


def gloss(text: str, phrases: Mapping[str, str]) -> str:
    """`text` with every known phrase in English; unknown words and all marks stay. Longer phrases win."""
    folded = fold(text)
    words = [match.span() for match in _WORD.finditer(folded)]
    longest = max(len(phrase.split()) for phrase in phrases)
    joined = [folded[words[at][1] : words[at + 1][0]].isspace() for at in range(len(words) - 1)]  # no phrase goes over a comma
    out, end, at = [], 0, 0
    while at < len(words):
        taken = 1
        start, stop = words[at]
        english = folded[start:stop]
        for count in range(min(longest, len(words) - at), 0, -1):
            if not all(joined[at : at + count - 1]):
                continue
            phrase = " ".join(folded[slice(*words[at + step])] for step in range(count))
            if phrase in phrases:
                taken, stop, english = count, words[at + count - 1][1], phrases[phrase]
                break
        out += [folded[end:start], english]
        end, at = stop, at + taken
    return "".join([*out, folded[end:]])
