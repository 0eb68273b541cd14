"""Words written from right to left, for a writer that sets one sign after the other from the left. Pure.

Each run of such words is turned around as a whole; a run that is broken over two lines is not put in order again.
"""

import re
import unicodedata

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUN = re.compile(rf"[{_RIGHT}](?:[^\nA-Za-z0-9]*[{_RIGHT}])*")
_MIRRORED = str.maketrans("()[]{}<>", ")(][}{><")


def as_drawn(text: str) -> str:
    """The text in the order in which its signs are drawn."""
    return _RUN.sub(lambda match: _turned(match[0]), text)


def _turned(run: str) -> str:
    clusters: list[str] = []
    for sign in run:
        if clusters and unicodedata.combining(sign):
            clusters[-1] += sign
        else:
            clusters.append(sign)
    return "".join(cluster.translate(_MIRRORED) for cluster in reversed(clusters))
