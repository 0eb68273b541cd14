"""Sentences with their places, and what a sentence of a plan does by its own words. Pure rules."""

import re
from collections.abc import Iterator

from coach.plan.finding.roles import Role, is_given, obliges

_I = re.IGNORECASE
_END = re.compile(r"(?<=[.!?;])[\"'\u2019\u201d)]*\s+(?=[\"'\u2018\u201c(\[]?[A-Z0-9\u00c0-\u00dd])|\n+")
_NO_END = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Inc|Ltd|Co|Corp|vs|etc|e\.g|i\.e|approx|min|max|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Art|Sec|para|ref|incl|dept)\.|\b[A-Z]\.)$", _I)  # fmt: skip
_CLOCK = re.compile(r"\b[ap]\.m\.$", _I)
_MARK = re.compile(r"(?:(?<=^)|(?<=[\s:;.,]))(?P<m>\((?:\d{1,2}|[a-h]|i{1,3}|iv|v|vi{1,3})\)|(?:\d{1,2}|[a-h])[.)](?=\s+[A-Z]))\s+(?=\S)")


_SPELT = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred) $", _I)  # "ninety (90) days"


def split(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence. "3 p.m. every Friday" and "Dr. Lee" do not end one."""
    start = 0
    for match in _END.finditer(text):
        before = text[start : match.start()].rstrip()
        if "\n" not in match[0]:
            if _NO_END.search(before) or before.endswith(";"):
                continue
            if _CLOCK.search(before) and not re.match(r"[A-Z][a-z]+ (?:[a-z]|[A-Z])", text[match.end() :]):
                continue
            if re.search(r"(?:^|[\s(])\d{1,2}\.$", before) and len(before) < 4:
                continue
        if before.strip():
            yield _trim(text, start, match.start())
        start = match.end()
    if text[start:].strip():
        yield _trim(text, start, len(text))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def enumerated(text: str, *, single: bool = False) -> list[tuple[str, int, int]]:
    """Marker, start and end of each part of "... (1) first (2) second"; empty where there is no such row of marks.

    With `single` one mark that begins a row is enough: the rest of the row stands in the blocks that follow.
    """
    marks = [match for match in _MARK.finditer(text) if not _SPELT.search(text[: match.start()])]
    if single:
        marks = [match for match in marks if order(match["m"]) == 1][:1] or marks
    row: list[re.Match] = []
    for match in marks:
        value = order(match["m"])
        if not row or value == order(row[-1]["m"]) + 1 and _shape(match["m"]) == _shape(row[-1]["m"]):
            row.append(match)
    if len(row) < 2 and not (row and (single or (order(row[0]["m"]) > 1 and row[0]["m"].startswith("(")))):
        return []
    ends = [match.start() for match in row[1:]] + [len(text)]
    return [(match["m"], *_trim(text, match.end(), end)) for match, end in zip(row, ends, strict=True)]


def order(mark: str) -> int:
    """The place of a mark in its row: 2 for "(b)", "2." and "ii"."""
    word = mark.strip("().")
    romans = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
    if word.isdigit():
        return int(word)
    return romans[word] if word in romans and word != "v" and len(word) > 1 or word == "i" else ord(word) - 96


def _shape(mark: str) -> str:
    return re.sub(r"\d+", "1", re.sub(r"[a-z]+", "a", mark))


_LEAD = re.compile(r"(?:following|as follows|below|these (?:things|points|goals|expectations|areas)|more things?|to)\W*$|:\s*$", _I)
_PAPER = r"(?:(?:performance|improvement|support|action|signed|completed) )*(?:plan|pip|document|form|letter|memo(?:randum)?|notice|agreement)"
# what is said of the paper itself, around the signatures: it was given, read, explained, and goes into the file
_HANDED = (
    rf"\b(?:this|the(?= (?:signed|completed|plan|document|form))) {_PAPER} (?:has been|have been|was|were) (?:\w+ )?(?:discussed|explained|reviewed|read|given|handed|shown|gone through)\b"
    rf"|\b(?:discussed|explained|reviewed|received|read|gone through|been given) (?:a copy of )?(?:this {_PAPER}|the (?:plan|document|form))\b"
    rf"|\bcop(?:y|ies) of (?:this|the signed|the completed|the) {_PAPER}\b|\bsigned original\b|\bcopy given to\b"
    r"|\b(?:a|one|the signed) copy (?:(?:will be|is|was|has been|is to be) )(?:also )?(?:given|sent|handed|placed|kept|filed)\b|\b(?:given|gets?|receives?|keeps?|sent) (?:\w+ )?a copy(?: of it)?\W*$"
    r"|^(?:the )?undersigned\b|\bhad (?:an?|the) (?:opportunity|chance) to\b|^(?:i|(?:the )?employee) (?:hereby )?(?:confirms?|acknowledges?|understands?)\b"
)
_CUES = [
    (role, re.compile(pattern, _I))
    for role, pattern in (
        (Role.SIGNATURE, r"\b(?:your|the|my|a|by|this|his|her|their|employee'?s?) ?(?:signature|signing)\b|\bsign(?:s|ed|ing)? (?:below|this|the (?:form|plan|document|copy))|\bsign (?:\w+ ){1,4}(?:copy|form|letter|plan|document)\b|(?:\bi|\|) (?:have )?(?:\w+ and )?(?:read|received|understand|agree|acknowledge)\b|^(?:copy )?received\b(?: by)?|\bthumbs up\b|\breply (?:just |only )?confirms\b|^signed\b\W*(?:by|to|on|for|at|and|dated?|employee|manager|teacher|supervisor|[(_:.,-]|$)|\breply to (?:confirm|acknowledge)|\bby (?:signing|replying)\b|\bno signature\b|\bsignatures? (?:show|confirm|mean|indicate|acknowledge)|does not (?:mean|imply|indicate) (?:that you )?agree|" + _HANDED),
        (Role.RESPONSE, r"\b(?:you|the employee) (?:may|can|have|has) [^.]{0,60}\b(?:reply|respond|comment|appeal|written statement|response|in writing)\b|\bcomments? [^.]{0,40}\b(?:by|within|before)\b|\bright (?:of|to) (?:reply|respond|appeal)"),
        (Role.CONSEQUENCE, r"(?:\b(?:if|failure|where|unless|in case|in the event)\b|(?<![a-z0-9] )\bshould\b)[^.]{0,120}\b(?:not|n't|fail\w*|no (?:significant |sufficient |sustained )?improvement|unacceptable|insufficient|missed)\b|\b(?:may|can|could|will|might) (?:also )?(?:result|lead|end) (?:in|to|with)\b|\b(?:treated as (?:gross )?misconduct|will be (?:withdrawn|deducted)|sanctions?|suspen(?:sion|ded)|moved to another)\b|\b(?:disciplinary|dismiss\w*|terminat\w*|final written warning|written warning|removed from|demot\w*|capability hearing|end(?:ing)? (?:of |the )?(?:your )?employment)\b"),
        (Role.CHECK_IN, r"\b(?:meet(?:s|ing|ings)?|confer|phones? you|rings? you|calls? you|talks?|one[- ]to[- ]ones?|1:1s?|check[- ]?ins?|reviews?|catch[- ]?ups?|sit down|sessions?|calls?|huddles?|conversations?)\b[^.]{0,70}\b(?:every|each|weekly|daily|fortnight\w*|bi-?weekly|monthly|once a|twice a|(?:mon|tues|wednes|thurs|fri)days?)\b|\b(?:every|each|weekly|daily|fortnight\w*|bi-?weekly|once a week|twice a week|at the end of each)\b[^.]{0,60}\b(?:meet(?:s|ing|ings)?|talks?|one[- ]to[- ]ones?|1:1s?|check[- ]?ins?|reviews?|catch[- ]?ups?|calls?|conversations?)\b"),
        (Role.SUPPORT, r"\b(?:i|we|the (?:company|employer|manager|supervisor|school|hospital|clinic|team|firm|bank|hotel|council|department)|hr|(?-i:(?!You\b|Your\b|They\b|It\b|This\b|There\b|Each\b|Every\b)[A-Z][a-z]+(?: [A-Z][\w-]+)?)) (?:will|shall|can|is going to|has agreed to|have asked|agree to|pays?|provides?|gives?|refunds?|issues?|shows?|arranges?|offers?|covers?|keeps?|undertakes? to)\b(?! (?:not|meet|review|check|decide|expect|be expected|need|monitor|assess|judge|inform you of|close|write to you))"),
    )
]  # fmt: skip
_PAST = re.compile(r"\b(?:was|were|had|did|been|received|reported|complained|missed|failed|returned|closed|arrived|sent|told|raised|found|noted|stood|rose|fell|said|asked you|reminded|agreed on|refused|showed|left)\b", _I)  # fmt: skip
_NEEDED = re.compile(r"\b(?:needed|required|expected|agreed|different|change[sd]?|improve\w*)\b[^.]{0,20}:\s*$", _I)
_OWN = re.compile(r"^(?:i|my)\b", _I)


def leads_in(sentence: str) -> bool:
    """Whether a sentence announces a row of points: "... you are to do the following:"."""
    return bool(_LEAD.search(sentence.strip())) and len(sentence.split()) < 45


def announces(sentence: str) -> Role | None:
    """GOAL for "In that time the following is needed:", which asks nothing of anybody by itself."""
    return Role.GOAL if _NEEDED.search(sentence) and not is_given(sentence) else None


def role(sentence: str) -> Role | None:
    """What the sentence does by its own words, None where they do not tell."""
    for found, pattern in _CUES:
        if pattern.search(sentence):
            if found is Role.SUPPORT and (_OWN.match(sentence) and re.search(r"\b(?:my|i) (?:diploma|paper|comments?)\b", sentence, _I) or obliges(sentence)):
                continue
            if found is Role.CHECK_IN and (obliges(sentence) or len(sentence.split()) > 45):
                continue
            return found
    if is_given(sentence):
        return Role.SUPPORT
    if obliges(sentence):
        return Role.GOAL
    if _PAST.search(sentence):
        return Role.REASON
    return None
