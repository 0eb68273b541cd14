"""Which words of a plan a question quotes: short, exact, and readable aloud. Pure; judges nothing."""

import re
from datetime import date

from coach.checklist.words import MONTHS
from coach.plan.finding import sentences
from coach.schema.plan import Goal, Plan, Quote

_I = re.IGNORECASE
MOST, LEAST = 8, 3  # words of a goal that a question quotes
SHORT = 4  # words that say too little where more of them fit
LONGEST_NOT = 20  # words of a "not ... unless ..." that is quoted whole
WHOLE, LISTED = 12, 15  # a goal of so few words is quoted whole; one that lists things may be longer, since no cut leaves sense
LETTERS = 100  # of all that is quoted in one place
_MODAL = r"(?:(?:also )?agree[sd]? to|must|will|shall|should|need(?:s)? to|ha(?:ve|s) to|(?:are|is) (?:required|expected) to|(?:are|is) to)(?: also)?"
_LEAD = re.compile(
    rf"^(?:and )?I (?:also )?(?:need|expect|want) (?:you to|that) |^(?:(?:Within|By|In|Under|Effective|From)\b[^,]{{0,45}},? )?(?:you|the (?:employee|staff member|officer|teacher)|employee|he|she|they|(?:[A-Z][\w.'\u2019-]+ ){{0,2}}[A-Z][\w'\u2019-]+) {_MODAL} (?=\w)(?!not\b)|^[Yy]ou (?!are\b|(?:{_MODAL}))(?=\w)"
)
_INTRO = re.compile(r"^(?:(?:and |also )?please,? |finally, |and |to (?=[a-z]+ [a-z]+)|(?:in|by|for|from|before|after|within|on|during|effective|finally|also|furthermore)\b[^,\u201c]{0,50}, (?!(?:so|which|and|that) )(?=\w+ \w+ \w)|by (?:the |this |next )?(?:end|\w+day)(?: [^,]{2,30})?(?= you ))\s*", _I)
_BREAK = set(["to", "in", "on", "at", "by", "for", "with", "from", "within", "before", "after", "until", "when", "while", "where", "which", "that", "so", "and", "or", "if", "without", "against", "during", "under", "than", "as", "is", "are", "will", "shall", "must", "should", "may", "can", "be", "through"])  # fmt: skip
_LOOSE = _BREAK | set(["the", "a", "an", "of", "each", "every", "any", "all", "your", "their", "his", "her", "its", "our", "no", "not", "this", "these", "those", "you", "it", "they", "we", "he", "she", "equal"])
_CLAUSE = set(["before", "after", "until", "when", "while", "where", "which", "that", "who", "whose", "so", "if", "because", "befitting", "according", "worth"])
_NOT, _UNLESS = {"no", "not", "none", "never", "nothing"}, {"without", "unless", "until", "before", "except", "if", "after"}
_GOES_ON = set(["even", "so", "and", "which", "who", "including", "with", "by", "or", "in", "on", "as", "but", "where", "while", "when", "not", "without"])
GIVES = re.compile(r"^(?:the (?:company|employer|manager|management|firm|organi[sz]ation|school|council|department)|your manager|we|i|management|you) (?:will|shall|can) (?:also )?(?:be )?(?:give|given|provide|provided with|offer|offered|receive|have|get|issue) (?:you )?(?:with )?", _I)  # fmt: skip
_PERCENT = re.compile(r"(?:\b(?:at least|at most|no more than|not more than|less than|fewer than|more than|up to|under|over|below|above|minimum of|maximum of) )?\d+(?:[.,]\d+)? ?(?:%|percent\b|per cent\b)(?: or (?:more|less|better|higher|lower|above|below)\b)?", _I)  # fmt: skip
_COMMON = set(["that", "this", "with", "from", "each", "every", "than", "least", "most", "more", "less", "fewer", "must", "will", "shall", "should", "have", "been", "their", "your", "plan", "goal", "within", "month", "week", "when", "which"])  # fmt: skip
_LOWER_END = re.compile(r"(?<=[a-z]{3}[.;])\s+(?=[a-z])")
_BRACKET = re.compile(r" \((?=[^)]* [^)]* )")
_LISTS = re.compile(r"\w, (?!(?:so|which|and|but|who|by|with|not)\b)\w")
_STOPS = re.compile(r"[\"\u201c\u201d\u201e\u00ab\u00bb]")


def fold(text: str) -> str:
    """One line of printable characters; quotation marks go, since the words are quoted again."""
    clean = "".join(sign if sign.isprintable() or sign.isspace() else " " for sign in text)
    return " ".join(_STOPS.sub(" ", clean).split())


def few(text: str, most: int = MOST) -> str:
    """The first few words of a text, cut where a phrase ends and where what is left still means the same."""
    words = fold(text).split()
    stop = next((at for at in range(LEAST, min(len(words), most + 1)) if _stops(words, at)), None)
    if stop is None and len(words) > most:
        ends = [at for at in range(LEAST, min(len(words), most + 5)) if words[at].lower() in _BREAK and words[at - 1].lower() not in _LOOSE]
        fitting = [at for at in ends if at <= most and (at > SHORT or at == ends[-1])] or ends[:1]
        stop = _without_list(words, _without_tail(words, fitting[-1] if fitting else most))
    if stop is not None and len(words) <= LONGEST_NOT and _turns(words, stop):
        stop = None
    kept = words[:stop]
    while stop is not None and len(kept) > LEAST and kept[-1].lower().strip(",;:") in _LOOSE:
        kept.pop()
    return _trim(" ".join(kept))


def _turns(words: list[str], stop: int) -> bool:
    """Whether a cut would turn the sense round: "no letter leaves the team" is not "no letter before a second person has read it"."""
    return bool(_NOT.intersection(word.lower() for word in words[:stop])) and bool(_UNLESS.intersection(words[stop:]))


def _stops(words: list[str], at: int) -> bool:
    before, after = words[at - 1], words[at]
    return before[-1] in ";:" or after[0] in "(\u2013\u2014" or (before[-1] == "," and after.lower() in _GOES_ON)


def _without_list(words: list[str], stop: int) -> int:
    """Where to stop so that a row of things is not broken off before its last: "record heart rate, breathing"."""
    if stop < len(words) and words[stop].lower() in ("and", "or"):
        return next((at for at in range(LEAST, stop) if words[at - 1][-1] == ","), stop)
    return stop


def _without_tail(words: list[str], stop: int) -> int:
    """Where to stop so that no half clause is left over: "of every student before moving"."""
    for at in range(stop - 1, LEAST - 1, -1):
        if words[at].lower() in _CLAUSE or (words[at].lower() in ("and", "or") and at >= stop - 2):
            return at
    return stop


def _trim(text: str) -> str:
    kept = text
    if len(text) > LETTERS:
        cut = text[:LETTERS].split(" ")[:-1]
        while len(cut) > LEAST and cut[-1].lower().strip(",;:") in _LOOSE:
            cut.pop()
        kept = " ".join(cut)
    return kept.strip(" ,;:.?!\u2026-\u2013\u2014") or text[:LETTERS].strip()


def goal_words(goal: Goal, most: int | None = None) -> str:
    """A few of the goal's own words, without who must do it: all of a short one, else as many as `most`."""
    text = _aside(fold(first_sentence(goal.quote))) or fold(goal.title)
    text = text[match.end() :].strip() if (match := _INTRO.match(text)) else text
    text = text[match.end() :] if (match := _LEAD.match(text)) else text
    long = len(text.split())
    if most is None and len(text) <= LETTERS and (long <= WHOLE or (long <= LISTED and _LISTS.search(" ".join(text.split()[:MOST])))):
        return _trim(text)
    return few(text, most or MOST)


def first_sentence(text: str) -> str:
    """The first sentence, also where the next one begins with a small letter."""
    left, right = next(sentences.split(text), (0, len(text)))
    return _LOWER_END.split(text[left:right])[0]


def _aside(text: str) -> str:
    """Without a longer remark in brackets."""
    cut = _BRACKET.split(text)[0]
    return cut if len(cut.split()) >= LEAST else text


def noun(text: str) -> str:
    """The first words of a text up to where another phrase begins."""
    kept = text.split()
    stop = next((at for at, word in enumerate(kept) if at and word.lower() in _BREAK), len(kept))
    return tidy(" ".join(kept[:stop]))


def tidy(text: str) -> str:
    """Without signs and small words that only lead on to what follows."""
    kept = text.split()
    while len(kept) > 1 and kept[-1].lower().strip(",;:") in _LOOSE:
        kept.pop()
    return _trim(" ".join(kept))


def names_person(text: str, name: str | None) -> bool:
    """Whether a text speaks of somebody by their first or last name."""
    parts = [part for part in (name or "").replace("-", " ").split() if len(part) > 2 and part[0].isupper()]
    return any(re.search(rf"\b{re.escape(part)}\b", text) for part in parts)


def names(goals: tuple[Goal, ...]) -> dict[str, str]:
    """Words for each goal by its id; longer where two goals begin alike."""
    found = {goal.id: goal_words(goal) for goal in goals}
    for goal in goals:
        if list(found.values()).count(found[goal.id]) > 1:
            found[goal.id] = goal_words(goal, MOST + 5)
    return found


def sentence(text: str) -> str:
    """A whole short statement, or as much of a long one as can be said in one breath."""
    kept = fold(text).split()
    kept = kept if len(kept) <= 12 else kept[:10]
    while len(kept) > LEAST and kept[-1].lower().strip(",;:") in _LOOSE:
        kept.pop()
    return _trim(" ".join(kept))


def support_words(support: Quote) -> str:
    """A promise in a few of its own words."""
    text = fold(support.text)
    return few(text[match.end() :] if (match := GIVES.match(text)) else text, MOST + 2)


def part(text: str, pattern: re.Pattern[str], most: int = MOST) -> str:
    """A few words from where the pattern stands; from the beginning where it doesn't."""
    line = fold(text)
    return few(line[match.start() :] if (match := pattern.search(line)) else line, most)


def day(when: date, plan: Plan | None, today: date) -> str:
    """A date as it is said: 2 April, with its year only where another would be thought of."""
    first = plan.start_date if plan and plan.start_date else today
    said = f"{when.day} {MONTHS[when.month - 1]}"
    return said if when.year == first.year else f"{said} {when.year}"


def due(goal: Goal, plan: Plan) -> date | None:
    """The goal's own date, or the end of the plan where it has none."""
    return goal.deadline or plan.end_date


def clashes(plan: Plan) -> list[tuple[Goal | None, dict[str, str]]]:
    """The conflicts of the plan with the goal they belong to and the words to quote: `one` and `other`, or none for a date."""
    found: list[tuple[Goal | None, dict[str, str]]] = []
    for goal in plan.goals:
        if goal.deadline and plan.end_date and goal.deadline > plan.end_date:
            found.append((goal, {}))
    for conflict in plan.conflicts:
        if any(goal is not None and goal.span == conflict.span and not slots for goal, slots in found):
            continue
        other = _PERCENT.search(fold(conflict.text))
        goal = _against(plan, conflict)
        if goal is not None and other:
            one = _PERCENT.search(fold(goal.measure or "")) or _PERCENT.search(fold(goal.quote))
            if not _two_phases(plan, goal, conflict):
                found.append((goal, {"one": one[0], "other": other[0]}))
        elif other or conflict.text.strip():
            found.append((None, {"other": few(conflict.text)}))
    return found


def _against(plan: Plan, conflict: Quote) -> Goal | None:
    """The goal with another figure that shares the most words with the line."""
    words, figures = _content(conflict.text), set(_figures(conflict.text))
    best, most = None, 1
    for goal in plan.goals:
        said = f"{goal.quote} {goal.measure or ''}"
        own = set(_figures(said))
        shared = len(words & _content(said))
        if own and not own & figures and shared > most and not _overlaps(goal, conflict):
            best, most = goal, shared
    return best


def _two_phases(plan: Plan, goal: Goal, line: Quote) -> bool:
    # the line belongs to another goal with a date of its own: first 9 %, later 6.5 %
    return any(other.id != goal.id and other.deadline != goal.deadline and _overlaps(other, line) for other in plan.goals)


def _overlaps(goal: Goal, line: Quote) -> bool:
    return any(first < line.span[1] and line.span[0] < last for first, last in (goal.span, *goal.measure_spans))


def _figures(text: str) -> list[str]:
    return [re.search(r"\d+(?:[.,]\d+)?", match[0])[0].replace(",", ".") for match in _PERCENT.finditer(fold(text))]


def _content(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())} - {word[:5] for word in _COMMON}
