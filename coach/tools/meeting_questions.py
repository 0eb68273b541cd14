"""The route `questions` where there is a plan: a short list from the plan, one goal's question, one subject, a review.

Rules choose; every text is curated and filled with the plan's own words. Stores nothing, ticks nothing.
"""

import re
from collections.abc import Sequence
from datetime import date

from coach.plan.dates import read_number
from coach.schema.checklist import Checklist, PromiseState
from coach.schema.conversation import Move
from coach.schema.plan import Goal, Plan
from coach.schema.questions import MeetingQuestion, QuestionBook
from coach.tools.plan import say
from coach.tools.question_rules import Ask
from coach.tools.questions import FIRST, GAPS, other_way, questions, render, review, unanswered
from coach.tools.standing import standing
from coach.tools.turn import Turn

_I = re.IGNORECASE
_NUMBER = r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten"
_GOAL = re.compile(rf"\b(?:goal|objective|target|expectation|milestone) (?:no\.? ?|number |#)?(?P<n>{_NUMBER})\b", _I)
_MANY = re.compile(rf"\b(?:top|just|only|max|down to|short list of|best|give me|have)\s+(?P<a>{_NUMBER})\b(?! ?min)|\b(?P<b>{_NUMBER})\s+(?:\w+ )?(?:questions?|qs?|things|max|tops?|one-?liners?)\b|\bthe (?P<c>one) (?:question|thing)\b|only get to ask (?P<d>one)\b", _I)  # fmt: skip
_SHORT = re.compile(r"\b(?:phone|short(?:er|est)?|one-?liners?|mind (?:goes )?(?:blank|empt\w+)|glance|cheat ?sheet|lock ?screen|in a rush|no time)\b", _I)
_REST = re.compile(r"\b(?:the rest|what else|anything else|left to ask|more questions?|(?:two|three|some|any) more|next ones|the others?|whole list|full list|all (?:of them|the questions)|show me all)\b", _I)
_ALL = re.compile(r"\b(?:whole list|full list|all (?:of them|the questions)|show me all|print\w*|in text form)\b", _I)
_REVIEWS = (
    ("final", re.compile(r"\b(?:final|last) (?:review|meeting|one|talk|day)|\bend of (?:the )?plan\b|\bclosing\b|\boutcome meeting\b|\bbefore it'?s over\b|\bplan (?:is )?(?:over|ending)\b", _I)),
    ("midpoint", re.compile(r"\bmid[- ]?(?:point|way|term|review)|\bhalf[- ]?way\b|\bmiddle\b|\binterim\b|\b\d\d[- ]day (?:mark|review|one|meeting)", _I)),
    ("check_in", re.compile(r"\bcheck[- ]?in with\b|\b(?:at|for|list for|before|to) (?:the|my|our) (?:\w+ )?check[- ]?in\b|\bweek \d+\b|\bon track\b|\bhow i'?m doing\b|\b(?:my|our|the) (?:1:1|1-1|one[- ]to[- ]one|one[- ]on[- ]one)\b", _I)),
)  # fmt: skip
# What somebody wants to ask about, and the pattern that is used where the plan itself leaves nothing open there.
_TOPICS = (
    ("conflict", None, r"\b(?:two|different) (?:\w+ )?(?:dates|numbers|figures|targets)\b|\bcontradict\w*|\b(?:don'?t|doesn'?t) (?:match|agree|fit)\b|\bdisagree\b"),
    ("consequences", "consequences_most", r"\bwhat happens\b|\bconsequence\w*|\bgoes wrong\b|\bif i (?:fail|miss|don'?t)\b|\bplanning to fail\b|\bafter (?:day|the plan|it ends)\b"),
    ("judge", "judge", r"\bwho (?:\w+ )?(?:judges?|decides?|signs? (?:it )?off|says|gets a say)\b|\bjudged? by\b|\bdecision\b"),
    ("evidence", "evidence", r"\bevidence\b|\bproof\b|\bhow (?:do )?(?:they|she|he) (?:measure|count)\b|\bwhere the (?:numbers|figures|stats)\b|\brecords?\b"),
    ("signature", "signature", r"\bsign(?:ing|ed|ature)?\b(?! (?:it )?off)|\bput my name\b"),
    ("response_window", "response_window", r"\b(?:my|a) (?:reply|response|comments|rebuttal|side)\b|\breply in writing\b"),
    ("check_ins", "check_ins_missing", r"\b(?:about|for|regular|weekly|more|fix|how often)\b[^.?!]{0,20}\bcheck[- ]?ins?\b|\bhow often\b[^.?!]{0,15}\b(?:meet|talk|speak)"),
    ("support", "support_missing", r"\bsupport\b|\btraining\b|\bmentor\w*|\bcoaching\b|\bresources\b|\b(?:what|ask(?:ing)? for) help\b|\bhelp (?:can|will|do) i\b"),
    ("deadline", None, r"\b(?:no|missing|the) (?:deadline|due date)s?\b|\bno dates?\b"),
    ("timeframe", None, r"\b(?:start|end) date\b|\bhow long\b|\bwhen (?:does )?it ends?\b"),
    ("measure", None, r"\bno (?:number|measure|target|figure)s?\b|\bhow (?:it'?s|they'?re|it is|they are) measured\b"),
    ("vague", None, r"\bvague\b|\bunclear (?:goals?|bits)\b|\bclear up\b"),
    ("why", "why_missing", r"\bexamples?\b|\bwhy (?:me|now|this|i'?m)\b|\bthe reasons?\b"),
    ("written", "mid_writing", r"\bwritten copy\b|\bon paper\b|\bin writing\b|\ba copy\b"),
    ("obstacle", "obstacle", r"\bdepends? on\b|\boutside my (?:hands|control)\b|\bgets? in the way\b"),
    ("focus", "focus", r"\bwhere (?:do|should) i (?:start|begin)\b|\bpriorit(?:y|ies)\b"),
)  # fmt: skip
PROCESS = ("consequences", "judge", "signature", "response_window", "check_ins", "timeframe", "attachment", "support")
_SPOKEN_OF = re.compile(r"['\"\u2018\u201c](?P<words>[^'\"\u2019\u201d]{4,60})['\"\u2019\u201d] (?:goal|thing|point|one)\b", _I)


def _shares_words(words: str, plan: Plan) -> bool:
    wanted = {word[:6] for word in re.findall(r"[a-z]{4,}", words.lower())}
    return any(wanted & {word[:6] for word in re.findall(r"[a-z]{4,}", goal.quote.lower())} for goal in plan.goals)


_HR = re.compile(r"\b(?:ask|asking|questions? (?:for|to)|for|tell) (?:the |my )?(?:hr|human resources|personnel)\b|\b(?:hr|human resources)'?s? (?:part|role)\b", _I)
_COMPILED = [(topic, instead, re.compile(pattern, _I)) for topic, instead, pattern in _TOPICS]
_COMMON = set(["about", "after", "asking", "before", "could", "does", "first", "give", "goal", "goals", "have", "into", "know", "list", "manager", "meeting", "more", "most", "must", "need", "plan", "please", "question", "questions", "review", "should", "some", "something", "that", "their", "them", "they", "thing", "this", "what", "when", "which", "with", "without", "word", "work", "would", "your", "missing", "deadline", "deadlines", "different", "dates", "number", "numbers", "measure", "measured", "support", "training", "example", "examples", "written", "copy", "paper", "sign", "print", "judge", "judges", "meeting", "meetings", "tomorrow", "prepare", "boss", "help", "hour", "week", "month", "days", "there", "from", "each", "every", "will", "team", "time", "make", "take", "good", "best", "want", "find", "only", "keep", "send", "show"])  # fmt: skip


def moves(turn: Turn, checklist: Checklist | None) -> list[Move]:
    """The reply, or [] where there is no plan to take questions from: then the general texts of ready.py answer."""
    plan = standing(checklist)
    if plan is None or checklist is None or checklist.plan is None:
        return []
    book, text = turn.library.questions, turn.text
    spoken = _SPOKEN_OF.search(text)
    if spoken and not _shares_words(spoken["words"], plan):
        return []  # a goal that this plan does not hold: the general wordings fit better
    found = questions(plan, turn.known, today=turn.today, book=book, read=checklist.plan.extraction)
    left = unanswered(found, checklist)
    kind = next((name for name, pattern in _REVIEWS if pattern.search(text)), None)
    numbered = _GOAL.search(text)
    if numbered and (goal := _numbered(plan, numbered["n"])):
        return _about_goal(turn, plan, goal, found)
    if kind:
        return _review(turn, plan, checklist, kind)
    if _HR.search(text):
        part = [one for one in left if one.topic in PROCESS]
        return _list(turn, [*part, *render([Ask("hr")], plan, turn.today, book)], book, "hr")
    goal = None if _REST.search(text) else _named(plan, text, found)
    topic, instead = _topic(text)
    if topic and not (goal and topic in GAPS) and (said := _about_topic(turn, plan, left, topic, instead)):
        return said
    return _about_goal(turn, plan, goal, found) if goal else _list(turn, left, book)


def _list(turn: Turn, left: Sequence[MeetingQuestion], book: QuestionBook, head: str | None = None) -> list[Move]:
    says = book.words
    if not left:
        return [say(turn, list(says["more_none"]))]
    many = _many(turn.text)
    if _SHORT.search(turn.text):
        return [say(turn, list(says["short"])), _numbers([one.short for one in left[: min(many, FIRST)]]), say(turn, list(says["short_after"]))]
    if many == 1:
        return [say(turn, list(says["one"])), _numbers([left[0].text])]
    if _ALL.search(turn.text):
        return [say(turn, list(says["list_all"])), _numbers([one.text for one in left])]
    if _REST.search(turn.text):
        more = left[FIRST:]
        if not more:
            return [say(turn, list(says["more_none"]))]
        shown = more[:FIRST] if len(more) > FIRST + 1 else more
        said = [say(turn, list(says["more"])), _numbers([one.text for one in shown], FIRST + 1)]
        return [*said, say(turn, list(says["more_after"]), count=str(len(more) - len(shown)))] if len(more) > len(shown) else said
    said = [say(turn, list(says[head or ("list" if len(left) > many else "list_all")])), _numbers([one.text for one in left[:many]])]
    return [*said, _offer(turn, left[many:], book)] if len(left) > many else said


def _offer(turn: Turn, rest: Sequence[MeetingQuestion], book: QuestionBook) -> Move:
    topics = list(dict.fromkeys(book.topics[one.topic] for one in rest))[:3]
    listed = topics[0] if len(topics) == 1 else f"{', '.join(topics[:-1])} and {topics[-1]}"
    lines = book.words["offer" if len(rest) > 1 else "offer_one"]
    return say(turn, list(lines), count=str(len(rest)), topics=listed).model_copy(update={"kind": "offer"})


def _numbers(texts: Sequence[str], start: int = 1) -> Move:
    return Move(kind="inform", text="\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=start)))


def _many(text: str) -> int:
    match = _MANY.search(text)
    return max(1, min(FIRST, read_number(next(group for group in match.groups() if group)))) if match else FIRST


def _numbered(plan: Plan, word: str) -> Goal | None:
    number = read_number(word)
    return plan.goals[number - 1] if 1 <= number <= len(plan.goals) else None


def _named(plan: Plan, text: str, found: Sequence[MeetingQuestion]) -> Goal | None:
    """The goal whose words or figures the message uses, where one stands out."""
    said = _content(text)
    beside = {one.goal_id: dict(one.slots).get("other", "") for one in found if one.topic == "conflict"}
    shared = [len(said & _content(f"{goal.quote} {goal.measure or ''} {beside.get(goal.id, '')}")) for goal in plan.goals]
    most = max(shared, default=0)
    return plan.goals[shared.index(most)] if most and shared.count(most) == 1 else None


def _content(text: str) -> set[str]:
    figures = set(re.findall(r"\d+(?=(?:[.,]\d+)? ?%)", text))
    return figures | {word.rstrip("s")[:6] for word in re.findall(r"[^\W\d_]{4,}", text.lower()) if word not in _COMMON}


def _about_goal(turn: Turn, plan: Plan, goal: Goal, found: Sequence[MeetingQuestion]) -> list[Move]:
    """That goal's question in two ways, and a line to offer."""
    book = turn.library.questions
    says = book.words
    own = [one for one in found if one.goal_id == goal.id and one.topic in GAPS]
    asked = next((one for one in own if one.asks_about(_wanted(turn.text))), own[0] if own else None)
    if asked is None:
        asked = render([Ask("clear_goal", goal)], plan, turn.today, book)[0]
        measure = " ".join((goal.measure or "").split()).rstrip(".;")
        head = say(turn, list(says["goal_clear"]), measure=measure) if measure else say(turn, list(says["goal_dated"]))
    else:
        head = say(turn, list(says["goal_open"]))
    said = [head, _numbers([asked.text, other_way(asked, book)])]
    if asked.wording:
        said.append(say(turn, list(says["goal_propose"]), wording=f"\u201c{_unquoted(asked.wording)}\u201d"))
    return [*said, say(turn, list(says["goal_after" if "[" in asked.wording else "goal_plain_after"]))]


def _unquoted(text: str) -> str:
    return text.replace("\u201c", "\u2018").replace("\u201d", "\u2019")


def _wanted(text: str) -> str:
    return next((topic for topic, _, pattern in _COMPILED if topic in GAPS and pattern.search(text)), "")


def _topic(text: str) -> tuple[str | None, str | None]:
    return next(((topic, instead) for topic, instead, pattern in _COMPILED if pattern.search(text)), (None, None))


def _about_topic(
    turn: Turn, plan: Plan, left: Sequence[MeetingQuestion], topic: str, instead: str | None
) -> list[Move]:
    """Ways to ask about one subject: what the plan leaves open there, else what can always be asked."""
    book = turn.library.questions
    own = [one for one in left if one.asks_about(topic)]
    wanted = _many(turn.text) if _MANY.search(turn.text) else 3
    if topic in GAPS and len(own) > 1:
        texts = [one.text for one in own]
    else:
        texts = [text for one in own for text in (one.text, other_way(one, book))]
        if instead and (not own or len(texts) < wanted):
            texts += [one.text for one in render([Ask(instead)] * (wanted - len(texts)), plan, turn.today, book)]
    if not texts:
        return []
    line = plan.consequences if topic == "consequences" else plan.check_ins if topic == "check_ins" else plan.response_window if topic == "response_window" else None
    says = book.words
    head = say(turn, list(says["topic_said"]), quote=line.text) if line else say(turn, list(says["topic"]))
    reply = [head, _numbers(list(dict.fromkeys(texts))[:wanted])]
    if topic == "consequences" and own and own[0].wording and "[" not in own[0].wording:  # the sentence that shows that they mean to succeed
        reply.append(say(turn, list(says["topic_first"]), wording=f"\u201c{_unquoted(own[0].wording)}\u201d"))
    return [*reply, say(turn, list(says["topic_after"]))]


def _review(turn: Turn, plan: Plan, checklist: Checklist, kind: str) -> list[Move]:
    book = turn.library.questions
    promised = sorted((one for one in checklist.promises if one.state in (PromiseState.OPEN, PromiseState.LATE)), key=lambda one: one.due or date.max)
    late = next((one.text for one in promised if one.state is PromiseState.LATE or (one.due and one.due <= turn.today)), None)
    found = review(kind, plan, turn.known, today=turn.today, book=book, promise=late)
    if _SHORT.search(turn.text):
        return [say(turn, list(book.words["short"])), _numbers([one.short for one in found[:FIRST]])]
    many = _many(turn.text) if _MANY.search(turn.text) else len(found)
    return [say(turn, list(book.words[kind])), _numbers([one.text for one in found[:many]]), say(turn, list(book.words["review_after"]))]
