"""The part of a message that asks for something, apart from what is only told around it.

Search and routing read this part: two sentences of anger must not drown the one question. Answers nothing.
"""

import re

from coach.understand import situation

_I = re.IGNORECASE
_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
_BIDS = re.compile(r"\b(?:give me|write|draft|help me|tell me|show me|need (?:a|an|one|some) (?:line|sentence|email|message|list)|one line|i asked|my question|want(?:ed)? to know|wondering)\b", _I)
_LEADS = re.compile(r"^\W*(?:(?:ok|okay|so|and|but|yes|no|yeah|anyway|anyways|other question|quick one(?: before i go)?|last thing|moving on|honestly|right|well)\b[,.: ]*)+", _I)
FEWEST = 5  # words; a shorter question ("should i?") needs what stands before it
_POINTS_BACK = re.compile(r"\b(?:that|this|it|them)(?: (?:off|out|up|down|back|better|now))?\W*$", _I)
SHORT = 9  # words; a question so short that ends on "that" cannot be looked up without what it points to
_SPOKEN = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d|(?<!\w)'[^']{12,}'(?!\w)")


def asked_part(text: str) -> str:
    """The last sentences that ask or bid, enough of them to be understood; all of `text` where none does or too little is left.

    What stands in quotation marks was said by somebody else and asks for nothing.
    """
    sentences = [match[0].strip() for match in _SENTENCE.finditer(text) if match[0].strip(" .\n")]
    if len(sentences) < 2 or _SPOKEN.search(text):
        return text
    part: list[str] = []
    marked = [sentence for sentence in sentences if sentence.endswith("?") or _BIDS.search(sentence)]
    for sentence in reversed(marked or sentences):
        if situation.asks(sentence) or _BIDS.search(sentence):
            part.insert(0, _LEADS.sub("", sentence))
        if sum(len(said.split()) for said in part) >= FEWEST:
            asked = " ".join(part).strip()
            return text if _POINTS_BACK.search(asked) and len(asked.split()) < SHORT else asked
    return text
