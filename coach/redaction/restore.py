"""Puts back what placeholders stand for, also while an answer streams in and a placeholder is cut in two. Pure."""

import json
import re

from coach.redaction.find import PLACEHOLDER

LONGEST = 60  # characters of a placeholder; a bracket that stays open longer is none
_SPACE = re.compile(r"\s+")


def restore(text: str, stands_for: dict[str, str], *, in_json: bool = False) -> str:
    """The text with every known placeholder replaced, whatever its capitals; others stay. `in_json`: inside strings of JSON."""
    known = {_key(mark): value for mark, value in stands_for.items()}

    def one(match: re.Match) -> str:
        value = known.get(_key(match[0]))
        if value is None:
            return match[0]
        return json.dumps(value, ensure_ascii=False)[1:-1] if in_json else value

    return PLACEHOLDER.sub(one, text)


class Restorer:
    """The same for a text that comes in pieces; holds back what may be the beginning of a placeholder."""

    def __init__(self, stands_for: dict[str, str]) -> None:
        self._stands_for = stands_for
        self._held = ""

    def feed(self, piece: str) -> str:
        """Take a piece, return what is certain."""
        self._held += piece
        opened = self._held.rfind("[")
        if opened >= 0 and "]" not in self._held[opened:] and len(self._held) - opened <= LONGEST:
            certain, self._held = self._held[:opened], self._held[opened:]
        else:
            certain, self._held = self._held, ""
        return restore(certain, self._stands_for)

    def finish(self) -> str:
        """Return what was held back at the end."""
        rest, self._held = self._held, ""
        return restore(rest, self._stands_for)


def _key(mark: str) -> str:
    return _SPACE.sub(" ", mark[1:-1]).strip().lower()
