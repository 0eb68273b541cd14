"""What the document itself says where the reading found nothing, so that nothing is asked that the plan answers.

Only for asking: what is filled in here is shown nowhere as a part of the plan. Pure; rules on sentences, no models.
"""

import re
from collections.abc import Iterator
from datetime import date

from coach.plan import dates
from coach.plan.finding import sentences
from coach.schema.plan import Document, Plan, Quote, Signature

_I = re.IGNORECASE
_PAST = re.compile(r"\b(?:was|were|had|did|has been|have been|[a-z]{3,}ed|went|came|left|fell|took|found|got)\b", _I)
_ABOUT_PAPER = re.compile(r"\b(?:plan|memo\w*|letter|form|mail|signature|policy|handbook|booked|enrolled|appointment)\b", _I)
_SHORTFALL = re.compile(r"\b(?:concerned (?:about|that)|fall(?:s|en|ing)? short|fell short|has not been met|have not been met|is not where it needs to be)\b", _I)  # fmt: skip
_HELP = re.compile(r"\b(?:will|shall|can)\b[^.]{0,50}(?:\bwith you\b|\b(?:show|help|train|coach|teach|assist|lend) (?:you|her|him|them)\b|\bto (?:another|a second) \w+)", _I)
_TALK = re.compile(r"\b(?:progress|reviews?|check-?ins?|one-to-ones?|meet\w*|talk\w*|discuss\w*|outcome|decision)\b", _I)
_CONDITION = re.compile(r"\b(?:if|should|unless|failure|failing|fail|otherwise|then we|where the)\b", _I)
_FOLLOWS = re.compile(r"\b(?:warning|dismiss\w*|terminat\w*|demot\w*|let you go|part(?:ing)? ways|(?:another|different) (?:role|position|job)|capability (?:meeting|procedure|hearing)|disciplinary|end\w* (?:of )?(?:the |your )?(?:employment|contract))\b", _I)  # fmt: skip
_INVITES = re.compile(
    r"\b(?:may|can|right to|wish to|want to|like to|invited to|welcome to)\b[^.]{0,40}\b(?:respond|comments?|reply|response|statement|rebuttal|appeal)\b"
    r"|\b(?:attach|add|submit|hand in)\b[^.]{0,30}\b(?:response|comments?|statement)\b"
    r"|\b(?:comments?|remarks?|statement|response)\b[^.]{0,25}\((?=[^)]*\b(?:by|within|before|until)\b)"
    r"|\b(?:anything|something) (?:is )?wrong\b[^.]{0,30}\breply\b|\bappeal (?:against|must|may|has to)\b",
    _I,
)  # fmt: skip
_UNTIL = re.compile(r"\b(?:by|within|before|until|no later than)\b[^.]{0,25}(?:\d|\b(?:\w+day|one|two|three|five|seven|ten|fourteen)\b)", _I)
_SIGNING = re.compile(r"\b(?:signature|signing|signed|sign)\b[^.]{0,80}\b(?:receipt|received|acknowledg\w*|copy|agree\w*|accept\w*)\b|\bi acknowledge\b", _I)
_NO_SIGNATURE = re.compile(r"\bno signature (?:is )?(?:needed|required|necessary)\b|\bneed not be signed\b", _I)
_COMMENTS = r"(?:comments?|remarks?|statement|(?:own )?view|note|notes|would like to say)"
_WRITTEN = re.compile(rf"(?:^|\n)(?:\d+\. )?[^\n.]{{0,40}}\b(?i:{_COMMENTS})\b[^\n.]{{0,70}}(?:\n+(?:[^\n]{{0,60}}\d\d:\d\d\n+)?|:\s+)(?:I|My|On|The) [^\n]{{0,80}}")
_ROOM = re.compile(rf"(?:^|\n)[^\n.]{{0,30}}\b(?:employee|colleague|staff member|team member|teacher|worker)\w*(?:['\u2019]s?)? (?:own )?{_COMMENTS}\b|(?:^|\n){_COMMENTS} (?:of|by|from) the (?:employee|colleague|teacher|worker)\b", _I)
_JUDGE = re.compile(r"\bto the satisfaction of\b|\b(?:I|we|manager|supervisor|evaluator|delegate|panel|director|HR)\b[^.\n]{0,25}\b(?:will (?:then )?decide|decides?|must decide|to decide)\b|\bdecide on the outcome\b|\b(?:my|a|her|his) (?:written |final )?decision\b|\bI (?:will|must|shall|would) (?:recommend|consider|have to propose)\b")
_CLOSES = re.compile(r"\b(?:if|when|once|where)\b(?![^.\n]*\b(?:not|n't)\b)[^.\n]{0,70}\b(?:met|made|reached|satisfactory|achieved|shown)\b[^.\n]{0,40}\b(?:clos\w*|ends?\b|back to|thank you|complete|end of the matter|released)|\b(?:standard reached|form closed|plan (?:is )?closed|plan completed|released from plan|objectives achieved)\b|\bclose this matter\b|\binformed of the outcome\b", _I)  # fmt: skip
_EARLY = re.compile(r"\b(?:can|could|may|might)\b[^.\n]{0,12}\b(?:also )?be (?:ended early|ended or|stopped|closed before|ended before|extended|renegotiated)(?:(?! and\b)[^.,;_\n]){0,50}|\b(?:extend the (?:plan|period|pip)|plan extended by)\b(?:(?! and\b)[^.,;_\n]){0,40}", _I)  # fmt: skip


def filled(plan: Plan, document: Document | None) -> Plan:
    """The plan with what its document says in so many words, where the reading left a part empty."""
    if document is None:
        return plan
    changes: dict[str, object] = {}
    if not plan.reasons and (quote := _reason(plan, document)):
        changes["reasons"] = (quote,)
    if not plan.supports and (quote := _first(document, _HELP, _TALK)):
        changes["supports"] = (quote,)
    if plan.consequences is None and (quote := next((one for one in _quotes(document) if _CONDITION.search(one.text) and _FOLLOWS.search(one.text)), None)):
        changes["consequences"] = quote
    if plan.response_window is None and (quote := next((one for one in _quotes(document) if _INVITES.search(one.text) and _UNTIL.search(one.text)), None)):
        changes["response_window"] = quote
    if plan.signature is Signature.NONE and not says_no_signature(document) and _SIGNING.search(document.text):
        changes["signature"] = Signature.RECEIPT
    return plan.model_copy(update=changes)


def _reason(plan: Plan, document: Document) -> Quote | None:
    """Something that happened before the plan, or a sentence that names the shortfall."""
    calendar = _calendar(plan, document)
    told = (quote for quote in _quotes(document) if _PAST.search(quote.text) and _is_before(quote.text, calendar))
    return next(told, None) or _first(document, _SHORTFALL)


def tells_events(plan: Plan, document: Document | None) -> bool:
    """Whether the document tells of something that happened on a day before the plan."""
    return document is not None and any(_is_before(quote.text, _calendar(plan, document)) for quote in _quotes(document))


def _calendar(plan: Plan, document: Document) -> dates.Calendar:
    return dates.Calendar(order=dates.order_of(document.text), sent=document.sent, start=plan.start_date)


def _is_before(text: str, calendar: dates.Calendar) -> bool:
    if _ABOUT_PAPER.search(text):
        return False
    first = calendar.near() or date.max
    return any(hit.value and hit.value < first for hit in dates.find(text, calendar))


def _quotes(document: Document) -> Iterator[Quote]:
    for block in document.blocks:
        for left, right in sentences.split(block.text):
            said = block.text[left:right]
            start = block.start + left
            yield Quote(text=" ".join(said.split()), quote=said, page=block.page, span=(start, start + len(said)))


def _first(document: Document, pattern: re.Pattern[str], without: re.Pattern[str] | None = None) -> Quote | None:
    return next((one for one in _quotes(document) if pattern.search(one.text) and not (without and without.search(one.text))), None)


def says_no_signature(document: Document | None) -> bool:
    """Whether the document says that nothing has to be signed."""
    return document is not None and bool(_NO_SIGNATURE.search(document.text))


def has_comments(document: Document | None) -> bool:
    """Whether the person's own comments stand in the document already."""
    return document is not None and bool(_WRITTEN.search(document.text))


def has_room(document: Document | None) -> bool:
    """Whether the document offers a place for comments without saying until when."""
    return document is not None and bool(_ROOM.search(document.text) or _INVITES.search(document.text))


def names_judge(document: Document | None) -> bool:
    """Whether the document says who decides at the end."""
    return document is not None and bool(_JUDGE.search(document.text))


def says_how_it_closes(document: Document | None) -> bool:
    """Whether the document says what happens when the plan goes well."""
    return document is not None and bool(_CLOSES.search(document.text))


def early_end(document: Document | None) -> str | None:
    """The words that let the plan end early or be made longer."""
    found = _EARLY.search(document.text) if document is not None else None
    return found[0] if found else None
