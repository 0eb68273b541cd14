"""A short name for a goal, in the plan's own words: what is asked, cut where a clause ends. Adds and changes no word. Pure."""

import re

from coach.plan.finding import sentences
from coach.plan.finding.roles import imperative

_I = re.IGNORECASE
MOST = 9  # words of a title
WHOLE = 12  # a goal of so few words is not cut where no clause ends earlier
FEWEST = 4  # fewer words before a clause say too little
_MODAL = r"(?:must|shall|will|should|needs? to|ha(?:s|ve) to|(?:is|are) (?:required |expected |asked )?to|(?:also )?(?:has |have )?agreed to)(?! not\b)"
_WHO = r"(?:you|he|she|they|(?:the )?(?:employee|staff member|team member|postholder)|(?:Mr|Mrs|Ms|Miss|Dr|Mx)\.? [A-Z][\w'-]+{names})"
_LEAD = re.compile(
    r"(?:and|also|finally|furthermore|please|effective immediately|with immediate effect|(?:in|under|within|by|from|during|as of|until|on|before) [^,]{2,60}),\s+(?!(?:so|which|that|and)\b)"
    r"|(?:and|also|finally|please),? (?:please,? )?|to (?=[a-z])",
    _I,
)
_ASKED = re.compile(r"(?:i|we) (?:also |now |would |further )*(?:need|expect|want|require|ask|like) (?:(?:you|him|her|them) (?:also )?to|that)\s+", _I)
_SINCE = re.compile(r"(?:by|within|before|until|from|effective) [^,]{3,60}? $", _I)  # stands before the person: "By this Friday you ..."
_END = re.compile(r"[;:](?=\s|$)|\s[-\u2013\u2014]\s")
# a word that begins another clause, and one that only says where, when or whom
_CLAUSE = re.compile(r"(?:by|within|before|after|when|while|whenever|unless|until|so|who|whose|which|without|because|if|whether|according|including|except|rather|once)$", _I)
_PLACE = re.compile(r"(?:in|on|at|for|from|with|through|against|during|across|via|into|ahead|under)$", _I)
_EACH = re.compile(r"(?:every|each)$", _I)
_TIMES = re.compile(r"(?:\w+ )?(?:hours?|days?|weeks?|months?|minutes?|shifts?|mornings?|evenings?|time|year|quarter|sprint|fortnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", _I)
_LOOSE = set(["a", "an", "the", "of", "to", "and", "or", "nor", "but", "with", "without", "at", "in", "on", "by", "for", "from", "as", "than", "that", "this", "these", "those", "which", "who", "whose", "per", "via", "about", "into", "onto", "over", "under", "up", "down", "out", "off", "equal", "worth", "least", "most", "more", "less", "fewer", "no", "not", "be", "been", "being", "is", "are", "was", "were", "has", "have", "had", "will", "shall", "must", "may", "can", "your", "his", "her", "their", "its", "our", "my", "each", "every", "all", "any", "between", "before", "after", "when", "while", "if", "unless", "until", "so", "because", "within", "only", "same", "first", "next", "last", "even", "also", "just"])  # fmt: skip
_LISTED = re.compile(r"(?:[^,;(]{1,30}, ){0,3}(?:[\w'.-]+ ){1,4}(?:and|or)\b", _I)  # the comma stands between things of one kind
_ACTS = re.compile(r"(?:to )?(?!(?:the|a|an|your|his|her|its|all|each|every|that|no|not)\b)[a-z]+ (?:the|a|an|your|his|her|its|it|them|all|each|that|no)\b", _I)
_SUBORDINATE = re.compile(r"(?:when|while|whenever|unless|until|so|because|if)$", _I)
_BOUND = re.compile(r"\bor (?:less|more|fewer|better|above|below|higher|lower|earlier|later)$", _I)
_FINITE = re.compile(r"\b(?:is|are|be|has|have|shall|will|must|may|can|needs?|should)\b", _I)
_NEGATED = re.compile(r"\b(?:no|not|never|none|cannot)\b", _I)
_CONDITION = re.compile(r"(?:before|unless|without|until|except|after)$", _I)
_ANSWERED = re.compile(r"[^,]+, (?:[^ ]+ ){2,}|\w+ \w+ \w+ (?:you|he|she|they) ", _I)  # the main clause has begun
_OPENS = re.compile(r"(?:when|before|if|after|once|while|where|as soon as)\b", _I)


def title(quote: str, employee: str | None = None) -> str:
    """At most nine words where a clause ends in time; never ends on a word that leads on to the next, unless it says so with "..."."""
    first, last = next(iter(sentences.split(quote)), (0, len(quote)))
    text = _asked(" ".join(quote[first:last].split()).rstrip(" .;,:"), employee)
    end = _END.search(text)
    if end and len(text[: end.start()].split()) > 1:
        text = text[: end.start()]
    words = _shortened(re.sub(r"(?<=[a-z]{3})\. .*", "", text).split())
    short = " ".join(words)
    return short[:1].upper() + short[1:]


def _asked(text: str, employee: str | None) -> str:
    # who is asked, and the words before it, are the same for every goal
    names = "".join(f"|(?:(?:Mr|Mrs|Ms|Miss|Dr|Mx)\\.? )?{re.escape(name)}" for name in _names(employee))
    who = re.compile(rf"\b{_WHO.format(names=names)} (?!and\b)", _I)
    asked = re.compile(rf"{_WHO.format(names=names)} (?:also |therefore )?{_MODAL} (?:also )?", _I)
    if (found := who.search(text)) and _SINCE.match(text[: found.start()]):
        text = text[found.start() :]
    for pattern in (_LEAD, _ASKED, asked):
        found = pattern.match(text)
        if found and len(text[found.end() :].split()) > 2:
            text = text[found.end() :]
    return text


def _names(employee: str | None) -> list[str]:
    parts = (employee or "").split()
    return [employee, parts[0], parts[-1]] if employee and parts else []


def _shortened(words: list[str]) -> list[str]:
    if len(words) <= MOST:
        return words
    orders = imperative(" ".join(words))
    ends = [at for at in range(FEWEST - 1 if orders else FEWEST + 1, min(WHOLE, len(words) - 1) + 1) if _ends(words, at, orders)]
    early = [at for at in ends if FEWEST <= at <= MOST]
    if chosen := [at for at in early if _begins_clause(words, at)] or early:
        return _said(words, max(chosen))
    if len(words) <= WHOLE:
        return words
    late = [at for at in ends if at > MOST] or ends
    return _said(words, min(late)) if late else _cut(words)


def _said(words: list[str], at: int) -> list[str]:
    kept = [*words[: at - 1], words[at - 1].rstrip(",")]
    if _NEGATED.search(" ".join(kept)) and _CONDITION.match(words[at]):
        kept[-1] += "\u2026"  # "No letter leaves the team" is not what was asked
    return kept


def _cut(words: list[str]) -> list[str]:
    kept = words[:MOST]
    while len(kept) > 2 and (kept[-1].lower() in _LOOSE or re.fullmatch(r"\d+", kept[-1])):
        kept = kept[:-1]
    return [*kept[:-1], kept[-1].rstrip(",") + "\u2026"]


def _begins_clause(words: list[str], at: int) -> bool:
    following, rest = words[at], " ".join(words[at + 1 :])
    if words[at - 1].endswith(","):
        return not _LISTED.match(" ".join(words[at:]))
    if following.startswith("(") or _CLAUSE.match(following):
        return True
    if following.lower() in ("and", "or", "but"):
        return imperative(rest) or (following.lower() == "and" and bool(_ACTS.match(rest)))
    if following.lower() == "that":
        return not imperative(words[at - 1])
    return bool(_EACH.match(following) and _TIMES.match(rest))


def _ends(words: list[str], at: int, orders: bool) -> bool:
    """Whether a title may end before word `at`."""
    last, before, after = words[at - 1], " ".join(words[:at]), " ".join(words[at:])
    bound = _BOUND.search(before)
    firm = _begins_clause(words, at)
    if not (firm or bound or _PLACE.match(words[at])) or before.count("(") > before.count(")"):
        return False
    if not bound and (last.lower() in _LOOSE or re.fullmatch(r"[\d.]+", last)):
        return False
    if at < FEWEST and (not firm or last.endswith(",") or _EACH.match(words[at])):
        return False
    if _OPENS.match(before) and not _ANSWERED.match(before) and "," in " ".join(words):
        return False  # only the condition so far: "When a licensee calls"
    if (apart := re.search(r"\b(?:that|who|whose|which)\b", before)) and len(before[apart.end() :].split()) < 2:
        return False
    if _SUBORDINATE.match(words[at]):
        return True
    # the verb is still to come: "Every complaint entered in the log | shall be answered"
    if not orders and not _FINITE.search(before) and re.match(r"\(|(?:who|whose|which|that)$", words[at], _I):
        return False
    return orders or bool(_FINITE.search(before)) or not _FINITE.search(re.split(r",|\b(?:that|if|who|which|when)\b", after)[0])
