"""What I have understood: each known fact with a plain label, to change or to remove. Pure."""

from coach.errors import UserError
from coach.schema.conversation import Fact, Known, Session
from coach.ui.markup import escape

YES_NO = {"yes": "yes", "no": "no"}
REGIONS = {
    "us": "United States",
    "uk": "United Kingdom",
    "ie": "Ireland",
    "ca": "Canada",
    "au": "Australia",
    "nz": "New Zealand",
    "in": "India",
    "other": "somewhere else",
}
LABELS: dict[str, tuple[str, dict[str, str] | None]] = {
    "feeling": (
        "How you feel",
        {
            name: name
            for name in ("angry", "scared", "ashamed", "sad", "numb", "overwhelmed", "shocked", "exhausted")
        },
    ),
    "received": ("Told about it", None),
    "document": ("The plan is", {"written": "in writing", "verbal": "only spoken so far"}),
    "signed": ("Signed", {"yes": "yes", "no": "no", "asked": "they have asked"}),
    "reply_due": ("Reply due", None),
    "meeting": ("Meeting", None),
    "hr": ("HR in the room", YES_NO),
    "length": ("How long", None),
    "week": ("Now in", None),
    "reason": (
        "Their reason",
        {"attendance": "attendance", "behaviour": "behaviour", "results": "results", "skills": "skills"},
    ),
    "wants": ("You want to", {"stay": "stay", "leave": "leave", "unsure": "not sure yet"}),
    "resigned": ("Resigned", {"yes": "yes"}),
    "check_ins": (
        "Check-ins",
        {
            "daily": "daily",
            "weekly": "weekly",
            "fortnightly": "every two weeks",
            "none": "none",
            "cancelled": "cancelled",
            "planned": "planned",
        },
    ),
    "manager": ("Manager", None),
    "region": ("Where you work", REGIONS),
}
NOTHING = "Nothing yet. What you tell me appears here, for you to correct."
LONGEST = 80


def panel(session: Session | None) -> str:
    """The list, or one line where nothing is known."""
    known = session.known.values() if session else {}
    rows = "".join(_row(name, value) for name, value in known.items())
    if not rows:
        return f'<div class="facts"><p class="small">{NOTHING}</p></div>'
    return f'<div class="facts"><ul>{rows}</ul></div>'


def change(session: Session, name: str, value: str) -> Session:
    """Set a fact that the person corrected."""
    if name not in LABELS:
        raise UserError("There is no such fact.")
    choices = LABELS[name][1]
    value = " ".join(value.split())[:LONGEST]
    if not value:
        return remove(session, name)
    if choices is not None and value not in choices:
        raise UserError("Please choose one of the answers in the list.")
    known = session.known.model_copy(update={name: Fact(value=value)})
    dropped = tuple(dropped for dropped in session.dropped if dropped != name)
    return session.model_copy(update={"known": known, "dropped": dropped})


def remove(session: Session, name: str) -> Session:
    """Take a fact out; the coach does not infer it again."""
    if name not in Known.model_fields:
        raise UserError("There is no such fact.")
    dropped = session.dropped if name in session.dropped else (*session.dropped, name)
    return session.model_copy(
        update={"known": session.known.model_copy(update={name: None}), "dropped": dropped}
    )


def _row(name: str, value: str) -> str:
    label, choices = LABELS[name]
    shown = (choices or {}).get(value, value)
    if choices is None:
        field = f'<input id="fact-{name}" name="value" type="text" value="{escape(value)}">'
    else:
        options = "".join(
            f'<option value="{key}"{" selected" if key == value else ""}>{escape(text)}</option>'
            for key, text in choices.items()
        )
        field = f'<select id="fact-{name}" name="value">{options}</select>'
    return (
        f'<li id="row-{name}"><div class="shown"><span class="label">{escape(label)}:</span> '
        f'<span class="value">{escape(shown)}</span></div><div class="tools">'
        f'<button type="button" class="quiet" name="open-edit" value="row-{name}">Change'
        f'<span class="unseen"> {escape(label)}</span></button>'
        f'<button type="button" class="quiet" name="drop-fact" value="{name}" title="Remove">×'
        f'<span class="unseen"> Remove {escape(label)}</span></button></div>'
        f'<form id="set-fact-{name}" class="edit">'
        f'<label for="fact-{name}" class="unseen">{escape(label)}</label>'
        f'{field}<button type="submit" class="small-button">Save</button>'
        f'<button type="button" class="quiet" name="close-edit" value="row-{name}">'
        "Cancel</button></form></li>"
    )
