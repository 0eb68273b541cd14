"""Which concrete need a message holds, of those that have their own reply in knowledge/needs. Writes nothing.

A few that people name in plain words are found by rules; the rest by the linear model. Where none is sure enough there is none: a
page on something near is better than an answer to another question.
"""

import re
from collections.abc import Mapping, Sequence

from coach.retrieval.index import NO_NEED, Index
from coach.schema.knowledge import Need
from coach.understand import situation

SURE, AHEAD = 0.2, 0.06  # of the best need's score over the whole message, and how far before the next one
SURE_ALONE, AHEAD_ALONE = 0.3, 0.1  # the same for the one sentence that asks
OF_THE_LAW = ("can_they_sack", "pension_benefits")  # whoever can judge these is named in the reply; the coach does not
BEFORE_LAW = ("exit_terms", "lawyer_consult")  # what to do about these is known; the page of law answers something else
FEWEST = 4  # words; fewer hang on what was said before
_I = re.IGNORECASE
_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
_COUNT = r"(?:one|two|three|four|five|\d)"
# The first that fits counts; only where something is asked, which "can they" does by itself.
_NAMED = [
    (need, re.compile(pattern, _I | re.DOTALL))
    for need, pattern in (
        ("can_they_sack", r"\bcan (?:they|she|he|my \w+) (?:just |really |even |simply )?(?:sack|fire|dismiss|bin|terminate|get rid of|let) (?:me|us)\b|\b(?:am i|i'?m|im) (?:getting |going to (?:get|be) |gonna (?:get|be) )(?:sacked|fired|dismissed|binned)\b(?=[^.?!]{0,12}(?:\?|or not))"),
        ("exit_terms", r"^(?!.*\boffer(?:ed|s)?\b).*\b(?:ask(?:ing)?|rais(?:e|ing)|open(?:ing)?|negotiat\w*|discuss\w*|bring(?:ing)? up|propos\w*|suggest\w*)\b[^.?!]{0,40}\b(?:packages?|severance|separation|exit (?:deal|terms|talk)|settlement|pay ?-?off|terms for (?:leaving|going))\b"),
        ("lawyer_consult", r"\b(?:bring|prepare|take|waste)\b[^.?!]{0,40}\b(?:lawyer|attorney|solicitor|consult(?:ation)?|union rep)\b"),
        # stands twice: goal_changed hears "change the target" too, and a staff that is short comes after what is more exact
        ("target_and_conditions", r"\b(?:how|what|can|could|should)\b[^.?!]{0,30}\b(?:(?:get|have) (?:that|the|this|my|a more|a) (?:realistic )?(?:number|target|goal|figure)\w*(?: (?:changed|lowered|moved|reduced|corrected))?\b|(?:change|lower|reduce|negotiate) (?:that|the|this|my) (?:number|target|goal|figure))\b"),
        ("goal_changed", r"\b(?:chang(?:e|ed|es)|moved?|raised?|lowered|put up)\b[^.?!]{0,25}\b(?:the )?(?:number|targets?|goals?|goalposts?)\b|\b(?:target|goal|number)\b.{0,80}\bnow\b.{0,60}\b(?:says?|told me) it'?s \d"),
        ("blamed_for_others", r"\b(?:wrong|another|somebody else'?s|someone else'?s) (?:driver|nurse|person|shift|colleague|agent|tech|team)(?:'?s)?\b|\bwas(?:n'?t|nt| not) (?:even )?my (?:bus|shift|patient|order|ticket|call|table|class|round|van)\b"),
        ("morning_after", r"^(?!.*\b(?:meeting|review|check-?in|hearing)\b).*\b(?:what (?:do|should) i (?:even )?do|how (?:do i|to|can i|should i) (?:get through|face|walk in|survive|act)|(?:do|should) i act normal)\b[^.?!]{0,25}\b(?:tomorrow|monday|in the) ?(?:morning)?\b"),
        ("tell_child", r"\b(?:tell|say to|explain (?:it |this )?to|answer)\b[^.?!]{0,20}\b(?:my (?:\w+ )?(?:son|daughter|kids?|children|boys?|girls?|little one)|(?:the|our) (?:kids|children))\b|\b(?:son|daughter|kids?|children|little one)\b.{0,120}\b(?:what|how) (?:do|can|should|would) i (?:tell|say|explain|answer)\b"),
        ("check_own_work", r"\bhow (?:do|can|should) i (?:check|proof ?read|double[- ]?check|catch)\b[^.?!]{0,40}\b(?:my|the|own)|\b(?:mistakes?|errors?)\b[^.?!]{0,40}\b(?:go down|come down|fewer|less|stop making)\b|\b(?:fewer|less|stop making|avoid(?:ing)?|reduce|cut down)\b[^.?!]{0,20}\b(?:mistakes|errors)\b"),
        ("ask_for_conditions", r"\b(?:ask|asking)\b[^.?!]{0,25}\b(?:for )?(?:a |an |some |one |more )?(?:quiet\w*|uninterrupted|focus|protected)\b[^.?!]{0,12}\b(?:time|hour|space|room|desk|place|morning|block)\b"),
        ("help_not_given", r"\b(?:mentor|training|coaching|buddy|course)\b.*\b(?:nobody came|no ?one came|never (?:came|happened|started)|not (?:given|come|started|happened)|hasn'?t|still waiting|was given)\b|\bask\w*\b[^.?!]{0,20}\b(?:about|for) (?:the |my )?(?:mentor|training|coaching)\b"),
        ("ask_extension", r"\b(?:extend(?:ed)?|extension)\b"),
        ("report_result", rf"\b(?:present|put across|show|open with|report)\b[^.?!]{{0,40}}\b(?:\d+ (?:out )?of \d+|{_COUNT} (?:out )?of (?:the |my )?{_COUNT}|{_COUNT} goals met)"),
        ("one_goal_missed", rf"\b(?:if|does|do|would|happens)\b[^.?!]{{0,40}}\b{_COUNT} (?:out )?of (?:the |my )?{_COUNT}\b|\bif i (?:only )?miss (?:just |only )?(?:the )?(?:one|last one)\b"),
        ("dispute_figure", r"\b(?:numbers?|figures?|dates?|facts?|stats?|totals?|\d[\d.,]*\s?%?)\s+(?:(?:in (?:it|there|the \w+)|they (?:have|put|wrote)|is|are|was|were|just|all|simply|plain|completely|aren'?t|isn'?t) ){1,3}(?:wrong|incorrect|inaccurate|untrue|false|made up|not (?:true|right|correct)|right|correct)\b|\bhow (?:do|can|should) i (?:prove|show)\b[^.?!]{0,30}\b(?:number|figure|rate|wrong|was ?n.?t (?:even )?(?:there|on shift|on duty|in|at|working)|was (?:away|off|on leave|on holiday))\b|\b(?:numbers?|figures?|rate)\b.{0,200}\bhow (?:do|can|should) i (?:prove|show) (?:that|it|this)\b"),
        ("target_and_conditions", r"\b(?:short[- ]?staff\w*|under-?staff\w*|staffing|(?:a|one|two|\d) \w+ short|not enough (?:staff|people|nurses|hands))\b.*\b(?:goal|target|\d+ ?%)|\b(?:goal|target|\d+ ?%).*\b(?:short[- ]?staff\w*|under-?staff\w*|staffing|(?:a|one|two|\d) \w+ short|not enough (?:staff|people|nurses|hands)|(?:with|only) \d (?:nurses|people|staff|of us))\b"),
        ("check_in_script", r"\bcheck[- ]?in\b.*\b(?:script|word for word|what (?:exactly )?(?:do i|to|should i) say)\b|\b(?:script|word for word|words|what (?:exactly )?(?:do i|to|should i) say)\b.*\bcheck[- ]?in\b"),
    )
]  # fmt: skip


# What somebody says that they did not do is no need of theirs.
_NOT_DONE = {
    need: re.compile(rf"\b(?:haven'?t|have not|hasn'?t|didn'?t|did not|never|not|no)\W+(?:\w+\W+){{0,2}}(?:{done})\b", _I)
    for need, done in (
        ("cried", r"cr(?:y|ied|ying)|tears|wept"), ("snapped", r"snap(?:ped)?|shout(?:ed)?|swor[en]|swear|lost it|los[te] my temper"),
        ("sent_angry", r"sent|send|press(?:ed)?"), ("froze", r"fr[eo]ez?e|frozen|went blank|go blank"), ("late_during_plan", r"late"),
    )
}  # fmt: skip


def find(text: str, question: str, index: Index) -> str | None:
    """Id of the need, or None. `question` is the part of `text` that asks; what stands around it counts as much.

    Without the embedder the hashed words alone would be sure of too much, and only the rules speak.
    """
    if len(text.split()) < FEWEST:
        return None
    if said := named(text):
        return said
    if index.embedder is None:
        return None
    read = [index.scores("need", part) for part in dict.fromkeys((text, question))]
    mean = {name: sum(scores[name] for scores in read) / len(read) for name in read[0]}
    if found := _best(mean, SURE, AHEAD):
        return None if _not_meant(found, text) else found
    asking = [one.strip() for one in _SENTENCE.findall(text) if len(one.split()) >= FEWEST and situation.asks(one)]
    alone = _best(index.scores("need", asking[-1]), SURE_ALONE, AHEAD_ALONE) if asking else None
    return None if alone and _not_meant(alone, text) else alone


def named(text: str) -> str | None:
    """Id of the need that the message names in plain words, or None."""
    asks = situation.asks(text)
    return next((need for need, pattern in _NAMED if (asks or need in OF_THE_LAW) and pattern.search(text)), None)


def _not_meant(need: str, text: str) -> bool:
    """Whether the words say plainly that it is not this one."""
    if need == "hr_invited" and situation.opening(text, {}, 0) == "hr_to_join":
        return True
    return need in _NOT_DONE and _NOT_DONE[need].search(text) is not None


def _best(scores: Mapping[str, float], sure: float, ahead: float) -> str | None:
    first, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    return first if first != NO_NEED and scores[first] >= sure and scores[first] - scores[second] >= ahead else None


def asked_about(needs: Mapping[str, Need], last: str) -> str | None:
    """The need whose question ends the coach's last message, or None."""
    return next((need.id for need in needs.values() if _ends_with(last, need.next)), None)


def _ends_with(last: str, questions: Sequence[str]) -> bool:
    return last.rstrip().endswith(tuple(questions))
