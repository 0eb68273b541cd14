"""Which manager is not played: one who harasses. A hard, cold or unfair one is. Rules over one message or description. Pure."""

import re

_I = re.IGNORECASE
_DOES = (
    r"(?:flirt\w*|sexual\w*|sexist|sleazy|lewd|racist|racial\w*|homophobic|transphobic|misogyn\w*|slurs?|n-word|grop\w+|molest\w*|leer\w*|rap(?:e|es|ist)\b|"
    r"harass\w*|hit(?:s|ting)? on me|com(?:e|es|ing) on to me|touch\w* (?:me|my)|undress\w*|beat(?:s|ing)? me(?: up)?|hit(?:s|ting)? me|slap\w* me|"
    r"threaten\w* to (?:kill|hurt|hit|beat|rape) me)"
)
_WHO = r"(?:manager|boss|supervisor|lead|director|chief|him|her|he|she|them|they|someone|somebody|guy|man|woman|person|one|one who)"
_PLAYED = re.compile(
    rf"\b(?:play|pretend|act|be|you are|you'?re|u r|role[- ]?play)\b[^.?!]{{0,40}}?\b{_WHO}\b[^.?!]{{0,80}}?\b{_DOES}|\b(?:be|act|play (?:it|him|her|them)|make (?:it|him|her|them))\b (?:\w+ ){{0,3}}?{_DOES}"
    rf"|\b(?:play|be|act like) (?:a|an|my|the) (?:\w+ ){{0,2}}?{_DOES} (?:\w+ )?{_WHO}\b|\b(?:use|say|call me|shout)\b (?:\w+ ){{0,3}}?(?:slurs?|n-word)\b",
    _I,
)
# then the harassment is what the conversation is about, and that can be practised
_SPOKEN_OF = re.compile(r"\b(?:hr|human resources|report\w*|complain\w*|complaint|rais(?:e|ing)|tell(?:ing)?|confront\w*|grievance|stop\w*|about (?:the|his|her|their|my))\b", _I)
_DESCRIBED = re.compile(rf"(?<!not )(?<!never )\b{_DOES}", _I)


def asked(text: str) -> bool:
    """Whether a message of the chat asks for such a manager."""
    return bool(_PLAYED.search(text)) and not _SPOKEN_OF.search(text)


def described(text: str) -> bool:
    """Whether a description of the manager who is to be played is one of such a manager."""
    return bool(_DESCRIBED.search(text))
