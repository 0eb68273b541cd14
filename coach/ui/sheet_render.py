"""Pages made of sections, and words to send, as HTML: blanks are marked, sources can be followed. Pure; everything is escaped."""

from collections.abc import Collection, Mapping

from coach.schema.drafts import BLANK
from coach.schema.meetings import Row, Section, Sheet
from coach.ui.markup import escape
from coach.ui.plan_parts import do, hidden, lines


def sheet(found: Sheet, traced: Mapping[str, str] | None = None, without: Collection[str] = ()) -> str:
    """Lead, sections and close. `traced` names the records that a row may be followed to, by id."""
    lead = f"<p>{escape(found.lead)}</p>" if found.lead else ""
    close = f'<p class="small">{escape(found.close)}</p>' if found.close else ""
    return f'<div class="sheet">{lead}{"".join(section(one, traced) for one in found.sections if one.key not in without)}{close}</div>'


def section(found: Section, traced: Mapping[str, str] | None = None) -> str:
    """A heading over its rows."""
    rows = "".join(f"<li{' class=inner' if row.level else ''}>{escape(row.text)}{trace(row, traced or {})}</li>" for row in found.rows)
    return f"<h4>{escape(found.heading)}</h4><ul>{rows}</ul>"


def trace(row: Row, traced: Mapping[str, str]) -> str:
    """Buttons to the records that the row was made from."""
    ids = [id for id in row.sources if id in traced]
    return "".join(f" {do('trace', traced[id], 'quiet trace', row.text[:60], id=id, key=f'trace-{id}')}" for id in ids)


def marked(text: str) -> str:
    """Text with what is still unknown marked, line breaks kept."""
    out, at = [], 0
    for blank in BLANK.finditer(text):
        out += [lines(text[at : blank.start()]), f'<mark class="blank">{lines(blank[0])}</mark>']
        at = blank.end()
    return "".join([*out, lines(text[at:])])


def blanks(text: str) -> list[str]:
    """What the text leaves open, each once, in its order."""
    return list(dict.fromkeys(BLANK.findall(text)))


def letter(key: str, text: str, kind: str = "", title: str = "", more: str = "") -> str:
    """Words to send, to copy and, with a `kind`, to keep; `more` stands beside those buttons."""
    copy = do("copy", "Copy", "small-button", title or kind, at=key, key=f"copy-{key}")
    keep = (
        f'<form data-do="meetings:keep" data-key="keep-{key}">{hidden("kind", kind)}{hidden("title", title)}'
        f'<textarea name="text" hidden>\n{lines(text)}</textarea><button type="submit" class="small-button" data-key="keep-go-{key}">Keep it</button></form>'
        if kind
        else ""
    )
    return f'<div class="letter" data-copy="{key}">{marked(text)}</div><div class="row">{copy}{keep}{more}</div>'
