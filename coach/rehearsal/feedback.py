"""What the coach says about one turn: a reason for each label with exact words, a stronger line, a hint before speaking."""

import re

from coach.rehearsal.hear import Heard, Labels
from coach.rehearsal.tidy import sentences
from coach.schema.manager import SLOT, Feedback, ManagerBook
from coach.schema.rehearsal import Line, ManagerMove, Reason, Scene
from coach.schema.turns import Label

_I = re.IGNORECASE
LONGEST = 18  # words of a quote
BARE = 5  # words of a sentence that leans on the one before: "That was on me."
PROMISED = re.compile(r"\b(?:(?:you|they|he|she)(?:'d)? )?promis\w+|\b(?:you|they|he|she) said (?:i|we)(?:'d| would)\b|\bwas(?:n't| not)? (?:supposed|meant) to (?:get|have)\b", _I)
COSTLY = (Label.THREAT, Label.DEFENSIVE, Label.OVER_APOLOGY, Label.WITHDRAWAL)  # the worst first
HELPFUL = (
    Label.OWNERSHIP, Label.FACTUAL_CORRECTION, Label.PROGRESS, Label.COMMITMENT, Label.CLARIFYING_QUESTION, Label.CHECK_IN,
    Label.SUPPORT_REQUEST, Label.APPRECIATION,
)  # fmt: skip
# Where in a turn a label shows. Only used to choose the words to quote, never to decide the label.
SHOWS = {
    label: re.compile(pattern, _I)
    for label, pattern in {
        Label.OWNERSHIP: r"\bthat(?:'s| is| was) (?:mine|on me)\b|\bon me\b|\bmy (?:fault|mistake|part|job|error)\b|\bi (?:also |just |simply |never )?(?:missed|should have|forgot|didn'?t|did not|let|was late|sent|skipped|dropped|left|gave|lost|broke|got|failed|overlooked|own|take)\b",
        Label.OVER_APOLOGY: r"\b(?:so|really|terribly|truly|deeply) sorry\b|\bi(?:'m| am) (?:a |an |such |the )?(?:\w+ )?(?:useless|hopeless|terrible|awful|failure|idiot|worst|pathetic|stupid|burden|mess|disaster|disgrace)\b|\beverything\b|\bforgive\b|\bdeserve\b|\bsorry\b",
        Label.DEFENSIVE: r"\bnot my (?:fault|job|problem)\b|\b(?:nobody|no one|everyone|everybody|they|others?)\b|\bunfair\b|\bhow was i\b|\bbecause\b|\bwhy (?:am|should|is it)\b|\bwasn'?t me\b|\balways\b|\bnever\b",
        Label.CLARIFYING_QUESTION: r"\b(?:what|which|how|who|whose|when|where|why|could you|can you|do you|does|is it|is that|would you|example)\b[^?]*\?|\?",
        Label.COMMITMENT: r"\b(?:i'?ll|i will|i'm going to|i am going to|from (?:now|monday|tomorrow|today|next))\b",
        Label.CHECK_IN: r"\b(?:check[- ]?ins?|catch[- ]?ups?|every|each|weekly|meet\w*|review|update|minutes|touch base|look at)\b",
        Label.SUPPORT_REQUEST: r"\b(?:could|can|may|would|is there|i need|i'd like)\b[^.?!]*\b(?:support|train\w*|help|mentor\w*|tool\w*|course|someone|shadow\w*|access|time)\b|\b(?:support|training|help|mentor|tools?)\b",
        Label.APPRECIATION: r"\b(?:thank\w*|appreciate\w*|grateful|glad|learn(?:ed|t)|helpful|useful)\b",
        Label.PROGRESS: r"\d|\b(?:finished|done|completed|cleared|closed|sent|passed|since|down to|up to|no (?:late|errors?|complaints?))\b",
        Label.THREAT: r"\b(?:lawyers?|sue|court|tribunal|regret|or else|warn\w*|expose|press|report you|watch|quit|liar|idiot|you'll)\b",
        Label.WITHDRAWAL: r"\b(?:whatever|fine|don'?t care|doesn'?t matter|just tell me|where do i sign|no point|what'?s the point|if you say so|nothing to (?:say|add)|up to you)\b",
        Label.FACTUAL_CORRECTION: r"\b(?:actually|not the|it was|the (?:log|record|report|e-?mail|system|rota|minutes)|dated|here(?:'s| is)|i have the|says|shows?)\b|\d",
    }.items()
}  # fmt: skip


_LOOSE = frozenset(["a", "an", "the", "and", "or", "but", "so", "of", "to", "in", "on", "at", "for", "with", "that", "not", "i", "they", "it", "is", "was", "because", "my", "your", "if", "as", "from", "by"])  # fmt: skip


def reasons(heard: Heard, words: Feedback, label: Labels, number: int) -> tuple[Reason, ...]:
    """One reason for each label of a turn; `number` counts the turns before it, so that two turns do not sound alike."""
    found = []
    for one in heard.labels:
        quote = quote_for(one, heard.text, label)
        texts = words.reasons[one]
        found.append(Reason(label=one, quote=quote, text=quoting(texts[number % len(texts)], quote)))
    return tuple(found)


def quoting(text: str, quote: str) -> str:
    """The text with the quote in it; a sentence that ends inside the quotation marks doesn't end twice."""
    if quote.endswith((".", "?", "!")):
        text = text.replace("{quote}\u201d.", "{quote}\u201d")
    return text.replace("{quote}", quote)


def quote_for(label: Label, text: str, labels: Labels) -> str:
    """The exact words of `text` in which the label shows."""
    parts = sentences(text) or [text.strip()]
    shown = [part for part in parts if SHOWS[label].search(part)]
    if not shown and len(parts) > 1:
        shown = [part for part in parts if label in labels(part, None)]
    part = max(shown or parts[:1], key=lambda one: min(len(one.split()), LONGEST))
    at = parts.index(part)
    if at == 0 and len(part.split()) < BARE - 1 and len(parts) > 1 and len(f"{part} {parts[1]}".split()) <= LONGEST:
        return text[text.index(part) : text.index(parts[1], text.index(part) + len(part)) + len(parts[1])]
    if at and len(part.split()) <= BARE and len(f"{parts[at - 1]} {part}".split()) <= LONGEST:
        return text[text.index(parts[at - 1]) : text.index(part, text.index(parts[at - 1])) + len(part)]
    return shorten(part, SHOWS[label])


def shorten(sentence: str, shows: re.Pattern[str] | None = None) -> str:
    """At most so many words of a sentence, around where it shows, cut where a clause ends; an exact part of it."""
    if len(sentence.split()) <= LONGEST:
        return sentence.strip()
    match = shows.search(sentence) if shows else None
    at = match.start() if match else 0
    clauses = [clause for clause in re.finditer(r"[^,;:\u2013\u2014]+", sentence) if clause[0].strip()]
    chosen = next((clause for clause in clauses if clause.start() <= at < clause.end()), clauses[0])
    words = list(re.finditer(r"\S+", chosen[0]))
    kept = words[:LONGEST]
    while len(kept) > BARE and kept[-1][0].lower() in _LOOSE and len(words) > LONGEST:
        kept.pop()
    return chosen[0][kept[0].start() : kept[-1].end()].strip()


def stronger(line: Line, scene: Scene, book: ManagerBook) -> str:
    """Another way to say a turn, in the plan's words as far as known and with [brackets] for what only the person knows."""
    words = book.feedback
    name = next((label.value for label in COSTLY if label in line.labels), None)
    credit = book.scenarios[scene.casting.scenario].credit
    if name is None and not re.search(r"\w", line.employee):
        name = "wordless"
    if name is None and any(one.move is ManagerMove.ASK_FOR_MORE for one in line.said):
        name = "commitment_vague"
    if name is None and Label.CLARIFYING_QUESTION not in line.labels and Label.CLARIFYING_QUESTION in credit:
        name = "question_missing" if line.labels else "ownership_missing" if Label.OWNERSHIP in credit else "question_missing"
    if name in (None, "defensive", "ownership_missing", "question_missing") and PROMISED.search(line.employee):
        name = "promise"
    texts = words.better.get(name or "fine", words.better["fine"])
    return with_plan(texts[len(line.employee) % len(texts)], scene)


def with_plan(text: str, scene: Scene) -> str:
    """The plan's words in the slots; what is not known becomes a [bracket]."""
    slots = {name: f"\u201c{value}\u201d" if name == "goal" else value for name, value in scene.casting.slots}
    names = {"goal": "[the goal]", "due": "[the date]"}
    filled = SLOT.sub(lambda match: slots.get(match[1], names.get(match[1], f"[{match[1]}]")), text)
    return filled[:1].upper() + filled[1:]


def hint(scene: Scene, book: ManagerBook) -> str:
    """One thought before the next line, from what is still missing and what the manager did last."""
    state, scenario, words = scene.state, book.scenarios[scene.casting.scenario], book.feedback
    name, slots = _hint(scene, book)
    texts = words.hints[name]
    text = texts[len(scene.lines) % len(texts)]
    open_topics = [topic for topic in (*state.half_told, *scenario.learn) if topic not in state.told]
    wishes = [one for one in scenario.agree if one not in {agreed.kind for agreed in state.agreed} and one not in scenario.refuses]
    slots |= {"topic": words.topics[open_topics[0]] if open_topics else "", "wish": words.agreed[f"wish_{wishes[0].value}"] if wishes else ""}
    return SLOT.sub(lambda match: slots.get(match[1], match[0]), text)


def _hint(scene: Scene, book: ManagerBook) -> tuple[str, dict[str, str]]:
    state, scenario = scene.state, book.scenarios[scene.casting.scenario]
    last = scene.lines[-1] if scene.lines else None
    moves = {one.move for one in last.said} if last else set()
    if scene.casting.scenario.value == "leaving" and not state.news:
        return "news", {}
    if last and moves & {ManagerMove.PRESS_BLAME, ManagerMove.WARN, ManagerMove.FEELING}:
        return "calm", {}
    if Label.FACTUAL_CORRECTION in scenario.credit and Label.FACTUAL_CORRECTION not in state.did:
        return "fact", {}
    if moves & {ManagerMove.HALF_ANSWER, ManagerMove.WITHHOLD}:
        return ("ask_again" if state.half_told else "ask"), {}
    if moves & {ManagerMove.ASK_PROOF, ManagerMove.QUESTION_CORRECTION}:
        return "proof", {}
    if last is None:
        return "start", {}
    if Label.OWNERSHIP in scenario.credit and Label.OWNERSHIP not in state.did:
        return "own", {}
    if any(topic not in state.told for topic in scenario.learn):
        return "ask", {}
    if Label.COMMITMENT not in state.did:
        return "commit", {}
    if any(one not in {agreed.kind for agreed in state.agreed} and one not in scenario.refuses for one in scenario.agree):
        return "request", {}
    return "close", {}
