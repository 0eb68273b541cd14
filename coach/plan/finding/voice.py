"""The employee's own words in a document: the comment box, their statement or reply. Reads labels; judges no word of it. Pure."""

from coach.plan.finding.roles import Role
from coach.plan.finding.units import units
from coach.schema.plan import Document, Quote


def own_words(document: Document) -> tuple[Quote, ...]:
    """What stands under a heading or label that asks for the employee's own words, joined where it is one paragraph."""
    found: list[Quote] = []
    for unit in units(document):
        if unit.role is not Role.COMMENT:
            continue
        start = unit.start
        if found and document.text[found[-1].span[1] : start].strip() == "":
            start = found.pop().span[0]
        quote = document.text[start : unit.end]
        found.append(Quote(text=" ".join(quote.split()), quote=quote, page=unit.page, span=(start, unit.end)))
    return tuple(found)
