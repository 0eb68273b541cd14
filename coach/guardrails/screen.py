"""The first look at a message, before anything else reads it: size, emptiness, text that gives orders to an AI.

Danger is heard in danger.py; what may be done about law and health is decided by the route.
"""

import re

from coach.errors import UserError

LONGEST = 8000  # characters: a long letter; more is a document, and documents have their own way in
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget)\b[^.?!\n]{0,30}\b(?:previous|earlier|prior|above|all|your|the) (?:\w+ )?(?:instructions?|prompts?|rules|user|guidelines)|"
    r"\b(?:note|notice|instructions?|message|attention) (?:for|to) (?:any |all |the )?(?:ai|a\.i\.|llms?|automated|language models?|chatbots?|assistants?)\b|"
    r"\b(?:ai|automated) (?:tools?|assistants?|systems?|readers?|models?)\b[^.?!\n]{0,40}\b(?:must|should|shall|are (?:to|instructed))\b|"
    r"<!--|</?\|?(?:im_start|im_end|system|endoftext)\b|\[/?inst\]|\b(?:assistant|system)\s*:\s*\S|"
    r"\b(?:print|reveal|show|repeat) (?:me )?(?:your|the) (?:hidden |system |secret )?(?:prompt|instructions)|\byou are now (?!on\b)\w+|"
    r"\bfrom now on you are\b|\bdeveloper mode\b|\bjailbreak\b",
    re.IGNORECASE,
)  # fmt: skip


def admit(text: str, too_long: str, empty: str) -> str:
    """The message, cleaned of characters nobody can see; UserError with the given sentence where it cannot be taken."""
    clean = re.sub(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", "", text)
    clean = clean.encode("utf-8", "replace").decode("utf-8").strip()
    if not clean:
        raise UserError(empty)
    if len(clean) > LONGEST:
        raise UserError(too_long)
    return clean


def gives_orders(text: str) -> bool:
    """Whether some of the text is addressed to an AI instead of the coach."""
    return _ORDERS.search(text) is not None
