"""The list of conversations, as HTML. Knows the summaries only."""

from collections.abc import Sequence

from coach.ui.markup import escape
from coach.ui.ports import Summary


def panel(summaries: Sequence[Summary], current: str) -> str:
    """Every conversation with open, rename and delete; the current one is marked."""
    rows = "".join(_row(summary, summary.id == current) for summary in summaries)
    if not rows:
        return '<div class="conversations"><p class="small">None yet.</p></div>'
    return f'<div class="conversations"><ul>{rows}</ul></div>'


def _row(summary: Summary, current: bool) -> str:
    key, title = escape(summary.id), escape(summary.title or "Untitled")
    here = '<span class="unseen"> (open now)</span>' if current else ""
    return (
        f'<li id="talk-{key}" class="{"current" if current else "other"}">'
        f'<button type="button" class="talk" name="open" value="{key}">'
        f'<span class="title">{title}</span>{here}'
        f'<span class="when">{summary.updated_at.astimezone():%d %b, %H:%M}</span></button>'
        f'<div class="tools"><button type="button" class="quiet" name="open-edit" value="talk-{key}">Rename'
        f'<span class="unseen"> {title}</span></button>'
        f'<button type="button" class="quiet" name="ask-delete" value="talk-{key}">Delete'
        f'<span class="unseen"> {title}</span></button></div>'
        f'<form id="rename-{key}" class="edit"><label for="title-{key}" class="unseen">New name</label>'
        f'<input id="title-{key}" name="value" type="text" value="{title}">'
        f'<button type="submit" class="small-button">Save</button>'
        f'<button type="button" class="quiet" name="close-edit" value="talk-{key}">Cancel</button></form>'
        f'<div class="confirm"><p>Delete this conversation for good?</p>'
        f'<button type="button" class="danger" name="delete" value="{key}">Delete</button>'
        f'<button type="button" class="quiet" name="close-edit" value="talk-{key}">'
        "Keep it</button></div></li>"
    )
