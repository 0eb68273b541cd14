"""Small pieces of HTML that review and checklist share. Everything that is put in is escaped here."""

from coach.checklist.words import MONTHS
from coach.checklist.words import day as long_day
from coach.schema.plan import Missing
from coach.ui.markup import escape
from coach.ui.plan_words import GAPS

__all__ = ["do", "field", "gaps", "hidden", "long_day", "minutes", "options", "pressed", "quote", "several", "short_day", "text_area"]


def do(action: str, label: str, look: str = "quiet", about: str = "", **data: object) -> str:
    """A button that plan.js sends to the server as it is. `about` is added for screen readers."""
    more = f'<span class="unseen"> {escape(about)}</span>' if about else ""
    data.setdefault("key", ":".join([action, *(str(value) for name, value in data.items() if name != "version")]))
    return f'<button type="button" class="{look}" data-do="{action}"{_data(data)}>{escape(label)}{more}</button>'


def pressed(action: str, label: str, on: bool, **data: object) -> str:
    """One choice of several."""
    state = "true" if on else "false"
    return f'<button type="button" class="chip" aria-pressed="{state}" data-do="{action}"{_data(data)}>{escape(label)}</button>'


def field(label: str, name: str, value: object = "", kind: str = "text", **data: object) -> str:
    """A labelled line to write in."""
    shown = "" if value is None else str(value)
    more = ' min="0" max="99999" step="1" inputmode="numeric"' if kind == "number" else ""
    more += ' min="1970-01-01" max="2199-12-31"' if kind == "date" else ""
    return (
        f'<label class="field {kind}"><span>{escape(label)}</span>'
        f'<input type="{kind}" name="{name}" value="{escape(shown)}" autocomplete="off"{more}{_data(data)}></label>'
    )


def text_area(label: str, name: str, value: str = "", rows: int = 2, **data: object) -> str:
    """A labelled box to write in."""
    return (
        f'<label class="field"><span>{escape(label)}</span>'
        f'<textarea name="{name}" rows="{rows}"{_data(data)}>\n{lines(value)}</textarea></label>'
    )


def options(label: str, name: str, choices: list[tuple[str, str]], chosen: str = "", **data: object) -> str:
    """A labelled list to choose from."""
    inner = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(text)}</option>' for value, text in choices
    )
    return f'<label class="field"><span>{escape(label)}</span><select name="{name}"{_data(data)}>{inner}</select></label>'


def hidden(name: str, value: str) -> str:
    """A value of a form that the person does not see."""
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def lines(text: str) -> str:
    """Text with its line breaks, for places where white space is kept. As many characters as before."""
    return "\n".join(escape(line) for line in text.split("\n"))


def quote(text: str, page: int | None = None, pages: int = 1) -> str:
    """Words of the document."""
    where = f' <span class="page-no">page {page}</span>' if page and pages > 1 else ""
    return f'<blockquote><p>{lines(text)}{where}</p></blockquote>'


def gaps(missing: tuple[Missing, ...], action: str = "") -> str:
    """What a goal does not say, and how to ask for it."""
    rows = "".join(f'<li>{escape(GAPS[gap][0])} <span class="ask-this">Ask: “{escape(GAPS[gap][1])}”</span></li>' for gap in missing)
    return f'<ul class="gaps">{rows}</ul>' if rows else ""


def short_day(when) -> str:  # noqa: ANN001  a date or a moment
    """3 Mar."""
    return f"{when.day} {MONTHS[when.month - 1][:3]}"


def minutes(count: int) -> str:
    """1 h 20 min."""
    hours, rest = divmod(count, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part)


def several(count: int, word: str) -> str:
    """1 goal, 2 goals."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _data(data: dict[str, object]) -> str:
    return "".join(f' data-{name.replace("_", "-")}="{escape(str(value))}"' for name, value in data.items() if value is not None)
