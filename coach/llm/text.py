"""Pure text rules of the model's border: what may go in, and what must not come out. No I/O."""

import re
from collections import Counter, deque

# Marks that chat templates turn into control tokens; what a person wrote must not hold live ones.
_MARKS = re.compile(
    r"<\|[^|>\n]{0,60}\|>"  # <|im_start|>, <|eot_id|>
    r"|<｜[^>\n]{0,60}｜>"  # the same with full-width bars
    r"|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]"
    r"|<</?SYS>>"
    r"|</?(?:s|system|user|assistant|human|think|thinking|tool_call|tool_response|instructions)\s*/?>"
    r"|</?(?:start_of_turn|end_of_turn|bos|eos|pad|unk)>",
    re.IGNORECASE,
)


def neutralise(text: str) -> str:
    """Take the power out of control marks, readably: `<|im_end|>` becomes `< |im_end| >`.

    Doing it twice changes nothing more. It does not judge what the text asks for.
    """
    return _MARKS.sub(lambda found: _spaced(found.group()), text)


def _spaced(mark: str) -> str:
    if mark.startswith("<<"):
        return f"< < {mark[2:-2]} > >"
    return f"{mark[0]} {mark[1:-1]} {mark[-1]}"


class ThinkFilter:
    """Drop <think>…</think> from a stream of text pieces, wherever the pieces are cut.

    A closing mark without an opening one means that the text before it was thinking, too: `leaked` tells.
    """

    _OPEN, _CLOSE = "<think>", "</think>"

    def __init__(self) -> None:
        self._held = ""
        self._inside = False
        self.leaked = False

    def feed(self, piece: str) -> str:
        """Return the visible text that is certain so far."""
        self._held += piece
        visible = []
        while True:
            mark = self._CLOSE if self._inside else self._OPEN
            before, found, after = self._held.partition(mark)
            if not found:
                break
            visible.append("" if self._inside else before)
            self._held, self._inside = after, not self._inside
        keep = 0 if self._inside else self._open_tail()
        if not self._inside:
            certain = self._held[: len(self._held) - keep]
            self.leaked = self.leaked or self._CLOSE in certain
            visible.append(certain)
            self._held = self._held[len(certain) :]
        else:
            self._held = self._held[-len(self._CLOSE) :]
        return "".join(visible)

    def finish(self) -> str:
        """Return what was held back at the end; nothing of an unfinished thought."""
        rest, self._held = ("" if self._inside else self._held), ""
        return rest

    def _open_tail(self) -> int:
        """Length of a tail that might be the start of a mark."""
        longest = max(len(self._OPEN), len(self._CLOSE)) - 1
        for size in range(min(longest, len(self._held)), 0, -1):
            tail = self._held[-size:]
            if self._OPEN.startswith(tail) or self._CLOSE.startswith(tail):
                return size
        return 0


class RepetitionGuard:
    """Notice when a model goes round in circles: the same eight words in a row for the fourth time."""

    def __init__(self, words: int = 8, times: int = 4) -> None:
        self._times = times
        self._last: deque[str] = deque(maxlen=words)
        self._seen: Counter[tuple[str, ...]] = Counter()
        self._unfinished = ""

    def feed(self, piece: str) -> bool:
        """Take the next piece of text; True once it repeats itself."""
        *words, self._unfinished = re.split(r"\s+", self._unfinished + piece)
        for word in filter(None, words):
            self._last.append(word)
            if len(self._last) == self._last.maxlen:
                gram = tuple(self._last)
                self._seen[gram] += 1
                if self._seen[gram] >= self._times:
                    return True
        # A model that repeats without any space is caught by its unfinished word.
        return len(self._unfinished) > 2000


def json_object(text: str) -> str:
    """The first balanced {...} of a text, not counting braces in strings; the text itself if none."""
    start = text.find("{")
    depth, in_string, escaped = 0, False, False
    for position in range(max(start, 0), len(text)):
        character = text[position]
        if in_string:
            in_string = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            in_string = True
        elif character in "{}":
            depth += 1 if character == "{" else -1
            if depth == 0:
                return text[start : position + 1]
    return text
