"""Tell a clear denial ("no, I'm not suicidal") from one that is doubted or taken back ("not yet", "but I lied").

Rules over plain English text; the patterns are in knowledge/crisis/denials.yaml. Says nothing about the rest of the
message: a clear denial is blanked out and what is left is heard like any other text. See danger.py.
"""

from dataclasses import dataclass

from coach.guardrails.phrases import PhraseBook

BLANK = "¤"
NEAR = 60
"""So many characters before and after a denial are looked at for a doubt."""

CLEAR = "says they are not in danger"
"""The reason given for a clear denial with nothing else; the second look reads it."""


@dataclass(frozen=True)
class Denial:
    """What was denied. `rest` is the text without it, of the same length; `span` the first denial, or None."""

    rest: str
    span: tuple[int, int] | None = None
    doubted: bool = False
    goes_on: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether something was denied and nothing takes it back."""
        return self.span is not None and not self.doubted


def read_denial(text: str, book: PhraseBook) -> Denial:
    """Find what `text` (plain English, contractions written out) denies."""
    found = list(book.denials["denied"].finditer(text))
    if not found:
        return Denial(rest=text)
    span = found[0].span()
    if book.denials["doubt"].search(text) or any(
        book.denials["doubt_before"].search(text[max(0, match.start() - NEAR) : match.start()])
        or book.denials["doubt_after"].search(text[match.end() : match.end() + NEAR])
        for match in found
    ):
        return Denial(rest=text, span=span, doubted=True)
    rest = text
    for match in found:
        rest = rest[: match.start()] + BLANK * (match.end() - match.start()) + rest[match.end() :]
    return Denial(rest=rest, span=span, goes_on=book.denials["goes_on"].search(rest) is not None)
