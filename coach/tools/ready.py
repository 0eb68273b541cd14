"""Short composed replies where there is nothing to work on yet: plan, questions, draft, check_in, decline, off_topic, about.

Each has curated texts by sub-situation; rules choose which one. Nothing is stored and nothing is invented here.
"""

import re

from coach.schema.conversation import Move
from coach.schema.enums import Route
from coach.tools.turn import Turn

_I = re.IGNORECASE
_KINDS: dict[Route, tuple[tuple[str, str], ...]] = {
    Route.PLAN: (
        ("conflict", r"\b(?:page|section|line|place)\b[^.?!]*\b(?:says?|and)\b[^.?!]*\b(?:page|section|other|another|but)\b|don'?t (?:match|agree)|disagree|contradict|two (?:different )?(?:dates|numbers|targets)|which (?:date|number|one) counts"),
        ("due_first", r"\b(?:due|soonest|first|nearest|next|bites?|deadline|urgent)\b"),
        ("gap", r"\b(?:no|without|missing|lack\w*|isn'?t any)\b[^.?!]{0,20}\b(?:number|measure|date|deadline|target)|which (?:of these|ones?) (?:has|have) no|measur\w+|vague"),
        ("look_for", r"\b(?:any good|complete|proper|should (?:be in|have)|missing|what(?:'?s| is) (?:in|missing)|things a|support|training|promis\w+|they(?:'d| would) do for me|consequence|what happens|if i (?:get|miss|fail))\b"),
        ("file", r"\b(?:upload\w*|scan\w*|pdf|photo|attach\w*|file|docx?)\b"),
        ("generic", r""),
    ),
    Route.QUESTIONS: (
        ("phone", r"\b(?:phone|short|list|mind (?:goes )?(?:blank|empt\w+)|glance|cheat ?sheet)\b"),
        ("final", r"\b(?:final|last one|last (?:review|meeting)|end of (?:the )?plan|left to ask|closing)\b"),
        ("midpoint", r"\b(?:mid ?-?point|half ?way|middle|interim|check[- ]?in|weekly|20 minutes|progress)\b"),
        ("consequences", r"\b(?:what happens|consequence\w*|goes wrong|if i (?:fail|miss|don'?t)|fail\w*|planning to fail)\b"),
        ("vague_goal", r"['\u2018\u201c\"][^'\"]{3,40}['\u2019\u201d\"]|\b(?:vague|goal|presence|attitude|communication|proactive|how would they (?:even )?know|team ?player)\b"),
        ("first_meeting", r"\b(?:first|kick ?-?off|hr|tomorrow|meeting|thurs\w*|mon\w*|tues\w*|wed\w*|fri\w*)\b"),
        ("generic", r""),
    ),
    Route.DRAFT: (
        ("recap", r"\b(?:recap|minutes|confirm\w*) (?:of |on |email |for |note )?(?:what|our|the meeting|the talk)\b|\bwhat we (?:agreed|said|discussed)\b|^\W*recap\b"),
        ("soften", r"\b(?:less|calmer|soften|reword|rephrase|tone|angry|before i (?:hit )?send|nicer|too (?:blunt|harsh|sharp)|not rude|sendable)\b|make (?:this|it)|\b(?:cut|take) (?:the|out the|all the) (?:blame|heat|anger|bit)\b"),
        ("reply_to_message", r"\b(?:write back|reply to (?:this|him|her|them|that)|answer (?:this|him|her)|respond to (?:this|him|her)|regards|hi,)"),
        ("thanks", r"\b(?:thank\w*|appreciat\w*|grateful)\b"),
        ("rebook", r"\b(?:cancel\w*|rebook|reschedul\w*|new time|moved)\b"),
        ("support_reminder", r"\bpromised\b(?! (?:in|at) the (?:meeting|talk))"),
        ("status_update", r"\b(?:update|status|weekly|progress|week \d|report)\b"),
        ("support_reminder", r"\b(?:training|promised|support|licen[cs]e|tool|course|mentor|help (?:he|she|they))\b"),
        ("corrections", r"\b(?:(?<!went )(?<!go )(?<!did )(?<!doing )wrong|correct\w*|incorrect|not true|mistakes? in|attach|rebuttal|disagree|dates? (?:are|is|in))\b"),
        ("ask_in_writing", r"\b(?:in writing|on paper|written|only told|over the phone|on the phone|copy of)\b"),
        ("reflection_statement", r"\b(?:reflect\w*|statement|apolog\w*|own(?:ing)? (?:it|up)|grovel\w*|my part)\b"),
        ("recap", r"\b(?:recap|confirm\w*|agreed|summary|summari[sz]e|after (?:the|our|today)|follow[- ]?up)\b"),
        ("request_meeting", r"\b(?:meeting|meet|talk|time with|sit down|slot|catch up|call(?!s? (?:record\w*|cent\w+|handling|times?|logs?|notes?|data|scores?)))\b"),
        ("acknowledge", r"\b(?:acknowledg\w*|received|got (?:it|the (?:plan|form|letter|document|paper))|receipt)\b"),
        ("colleagues", r"\b(?:colleagues?|coworkers?|workmates?)\b|\b(?:to|tell|for|with|ask\w*|in) (?:my|the|our) (?:whole )?team\b(?! (?:average|lead))"),
        ("generic", r""),
    ),
    Route.CHECK_IN: (
        ("show", r"^\W*(?:how (?:many|often)|what|which|when did|did i|have i)\b[^.]*\b(?:log\w*|cancel\w*|noted|saved|recorded)\b"),
        ("cancelled", r"\b(?:cancel\w*|no[- ]show|didn'?t (?:turn|show) up|called off|third one)\b"),
        ("save_quote", r"['\u2018\u201c\"][^'\"]{4,}['\u2019\u201d\"]|\b(?:exact(?:ly)?|word for word|his words|her words|what (?:he|she) said)\b"),
        ("log", r"\b(?:log|note|write|put|jot|save|record) (?:this|that|it)\b|^\W*(?:please |pls )?(?:log|note|record|today|yesterday)\b[^?]*:"),
        ("remind", r"\b(?:remind\w*|nudge|alert|alarm|when (?:am|is|do) (?:i|my|the))\b"),
        ("show", r"\b(?:pull up|show|what (?:have|'ve|ve|did) i|list (?:my|what|everything)|see my|what i'?ve got|look up)\b"),
        ("summarise", r"\b(?:sum\w*|roll\b|round ?up|wrap up|one pager|overview|everything (?:since|i))\b"),
        ("schedule", r"\b(?:put me down|schedul\w*|book|every (?:mon|tues|wednes|thurs|fri)\w*|(?:mon|tues|wednes|thurs|fri)days|set (?:up )?(?:a |the )?(?:check|meeting|series)|fortnightly|weekly|calendar|diary)\b"),
        ("log", r""),
    ),
    Route.DECLINE: (
        ("spy", r"\b(?:outlook|e-?mails?|inbox|password|account|spy\w*|phone|messages|hack\w*|track|log(?:ged)? in|address|listen|bug|slack)\b(?![^.?!]*\banonymous)"),
        ("forge", r"\b(?:doctor'?s?|sick|medical) note|sign(?:ature)?|forg\w+|certificate|reference|letterhead|fake\b"),
        ("harass", r"\b(?:rumou?r|sleeping with|affair|anonymous\w*|humiliat\w*|revenge|get back|blackmail|threat\w*|scare|dirt|expose|get (?:him|her) fired|ruin)\b"),
        ("sabotage", r"\b(?:sabotag\w*|delete|wipe|break|crash|corrupt|leak|client list|steal|take the)\b"),
        ("deceive", r"\b(?:back ?dat\w+|log|falsif\w*|lie|pretend|make (?:it )?(?:up|look)|numbers|metrics|clock|timesheet|looks? like)\b"),
        ("generic", r""),
    ),
    Route.OFF_TOPIC: (
        ("pip_python", r"\b(?:python|numpy|install\w*|package|version|wheel|requirements|venv|conda|externally)\b"),
        ("pip_benefit", r"\b(?:dwp|mobility|personal independence|benefit|assessment|daily living)\b"),
        ("pip_insurance", r"\b(?:adjuster|insurance|rear[- ]?ended|accident|claim|injury protection|crash)\b"),
        ("pip_other", r"\bpips?\b"),
        ("homework", r"\b(?:homework|essay|fractions?|exam|school|maths?)\b"),
        ("sport", r"\b(?:cricket|football|match|score|league|nba|nfl|won|game|team)\b"),
        ("generic", r""),
    ),
    Route.ABOUT: (
        ("what_are_you", r"\b(?:are you|who are you|what are you|you (?:a |an )?(?:real|human|bot|robot|actual))\b"),
        ("employer_device", r"\b(?:work|company'?s?|companys|office|employer'?s?) (?:laptop|computer|phone|device|network|wifi|pc)\b"),
        ("delete", r"\b(?:delete|erase|wipe|remove|clear|forget)\b"),
        ("privacy_saved", r"\b(?:saved?|stored?|keep|kept|where|close the tab|history)\b"),
        ("who_reads", r"\b(?:read|reads|see|sees|access|private|privacy|confidential|anonymous|boss|hr|share)\b"),
        ("model", r"\b(?:model|gpt|llm|openai|claude|offline|internet|endpoint)\b"),
        ("languages", r"\b(?:language|spanish|french|german|hindi|speak|english)\b"),
        ("abilities", r"\b(?:what can you|how do(?:es)?|can you|feature|able to|use (?:this|you)|upload)\b"),
        ("what_are_you", r""),
    ),
}  # fmt: skip
_COMPILED = {route: [(name, re.compile(pattern, _I)) for name, pattern in kinds] for route, kinds in _KINDS.items()}
WORD_FOR_WORD = ("log", "save_quote", "cancelled")
SECOND = {"employer_device": "privacy_saved", "what_are_you": "who_reads"}  # asked together as a rule


def kind(route: Route, text: str) -> str:
    """Name of the curated text that fits."""
    return next(name for name, pattern in _COMPILED[route] if pattern.search(text))


def moves(turn: Turn, quoted: str | None = None) -> list[Move]:
    """The composed reply for every route but coach, boundary, rehearse and crisis. `quoted` are the words that were kept, if any."""
    texts = turn.lines["routes"][turn.route.value]
    name = kind(turn.route, turn.text)
    said = [Move(kind="inform", text=_fill(turn, _pick(turn, texts, name), quoted))]
    if turn.route is Route.ABOUT and name in SECOND:
        said.append(Move(kind="inform", text=_fill(turn, turn.picker.pick(texts[SECOND[name]]))))
    return [move for move in said if move.text]


def _pick(turn: Turn, texts: dict, name: str) -> str:
    """A text that was not said before; after the last one, the first of its kind again: this must never be empty."""
    if name in WORD_FOR_WORD:  # somebody who asks to keep a line gets that line back
        texts = {name: [text for text in texts[name] if "{quote}" in text]}
    return turn.picker.pick(texts[name]) or turn.picker.pick(texts.get("generic", [])) or texts[name][turn.number % len(texts[name])]


def _fill(turn: Turn, text: str, quoted: str | None = None) -> str:
    quote = quoted or "\n".join(f"> {line}" for line in turn.text.splitlines() if line.strip())
    return text.replace("{home}", turn.home).replace("{endpoint}", turn.endpoint).replace("{quote}", quote)  # last: it is not a template
