"""Help now: human help lines from the data files, as HTML. Writes no number of its own."""

import re
from collections.abc import Sequence

from coach.schema.knowledge import Helpline
from coach.ui.facts import REGIONS
from coach.ui.markup import escape

OTHER = "findahelpline.com"
_HOST = re.compile(r"[a-z0-9.-]+(/[A-Za-z0-9./_-]*)?")
INTRO = (
    "<p>If you might hurt yourself, or you feel you cannot go on, please talk to a person now. "
    "This app is software. It cannot see you and cannot call anyone for you.</p>"
)


def panel(helplines: Sequence[Helpline], region: str | None) -> str:
    """All help lines, the person's own region first."""
    regions = list(dict.fromkeys(line.region.value for line in helplines))
    regions.sort(key=lambda name: name != region)
    groups = "".join(
        _group(name, [line for line in helplines if line.region.value == name], opened=name == region)
        for name in regions
    )
    return f'<div class="help">{INTRO}{groups}</div>'


def _group(region: str, lines: Sequence[Helpline], *, opened: bool) -> str:
    items = "".join(_line(line) for line in lines)
    danger = " or ".join(dict.fromkeys(escape(line.emergency) for line in lines))
    place = "Anywhere else" if region == "other" else REGIONS.get(region, region)
    return (
        f'<section class="region{" own" if opened else ""}"><h3>{escape(place)}</h3>'
        f'<p class="small">In danger right now: <strong>{danger}</strong></p><ul>{items}</ul></section>'
    )


def _line(line: Helpline) -> str:
    ways = [f"Call <strong>{escape(line.call)}</strong>"] if line.call else []
    ways += [f"Text <strong>{escape(line.text)}</strong>"] if line.text else []
    link = ""
    shown = line.link.removeprefix("https://").rstrip("/")
    if _HOST.fullmatch(shown):
        link = f'<a href="https://{escape(shown)}" target="_blank" rel="noreferrer">{escape(shown)}</a>'
    doubt = (
        "" if line.checked or shown == OTHER else f'<span class="small">If it does not answer: {OTHER}</span>'
    )
    return (
        f'<li><span class="name">{escape(line.name)}</span>'
        f'<span class="ways">{" · ".join([*ways, link])}</span>{doubt}</li>'
    )
