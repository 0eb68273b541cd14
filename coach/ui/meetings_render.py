"""The frame of the meetings part as HTML: heading, undo, the way to its sections. Pure; everything is escaped."""

from coach.checklist.words import short
from coach.schema.checklist import Done
from coach.ui import meetings_words as words
from coach.ui.plan_parts import do


def head(last: Done | None) -> str:
    """What stands above every section."""
    undo = do("meetings:undo", f"Undo: {short(last.line, 70)}", "quiet undo", id=last.id, key="meetings-undo") if last else ""
    ways = "".join(do("section", label, "chip", section=name, key=f"way-{name}") for name, label in words.SECTIONS.items())
    return (
        f'<div class="plan-top"><header class="plan-head"><h2 data-key="meetings-head" tabindex="-1">Meetings</h2>{undo}</header>'
        f'<nav class="row ways" aria-label="Meetings">{ways}</nav>'
        '<div class="slot" data-slot="fault" role="alert"></div><div class="slot" data-slot="said" role="status"></div></div>'
    )
