"""What somebody puts right about the coach's last reply is not what they ask about: "i'm not in a union" is no question on unions.

Only for finding what a message is about; facts are read from the whole of it. Decides nothing else.
"""

import re

from coach.understand import situation

_I = re.IGNORECASE
_CLAUSE = re.compile(r"[^.?!,;\n]+[.?!,;\n]*")
_NO = re.compile(r"^\W*(?:[\w']+\W+){0,4}?(?:not|never|no|nothing|none|nobody|[\w]+n'?t)\b", _I)
_NOT_ASKED = re.compile(r"\bi (?:wasn'?t|was not|didn'?t|did not|never|am not|'?m not|don'?t) (?:\w+ )?(?:ask\w*|mean\w*|meant|talk\w*|speak\w*|writ\w*|want(?:ed)? to (?:know|talk|hear) about)\b|\bnot (?:asking|talking|speaking) about\b", _I)
_WORD = re.compile(r"[a-z]{5,}", _I)
# Said so often that saying "no" to one of them tells something instead of putting a reply right.
_COMMON = frozenset(
    ["meeting", "manager", "written", "writing", "goals", "check", "there", "their", "about", "would", "could", "should", "think", "really", "anything", "nothing", "something", "today", "tomorrow"]
)
LONGEST = 12  # words of such a clause
FEWEST = 4  # words that must be left, and ask for something


def left(text: str, last_reply: str) -> str:
    """`text` without the clauses that deny what `last_reply` took up; all of it where too little or no question would be left."""
    said = {_stem(word) for word in _WORD.findall(last_reply)}
    kept, dropped = [], False
    for clause in _CLAUSE.findall(text):
        if _puts_right(clause, said):
            dropped = True
        else:
            kept.append(clause)
    rest = "".join(kept).strip()
    return rest if dropped and len(rest.split()) >= FEWEST and situation.asks(rest) else text


def _puts_right(clause: str, said: set[str]) -> bool:
    if len(clause.split()) > LONGEST or clause.rstrip().endswith("?") and situation.asks(clause.rstrip("?! ")):
        return False
    if _NOT_ASKED.search(clause):
        return bool(said)
    no = _NO.search(clause)
    if no is None:
        return False
    return any(_stem(word) in said for word in _WORD.findall(clause[no.end() :]) if word.lower() not in _COMMON)


def _stem(word: str) -> str:
    return word.lower()[:5]
