"""The page's fixed texts, as HTML constants. The only variable part is the name of a remote host, escaped."""

from coach.ui.markup import escape

BRAND = (
    '<div class="bar"><button type="button" class="icon menu" name="menu" '
    'title="Conversations and what I have understood">'
    '<span class="unseen">Conversations and what I have understood</span></button><h1>PIP Coach</h1></div>'
)
TOOLS = (
    '<div class="bar"><button type="button" class="tool" name="panel" value="help-panel">Help now</button>'
    '<button type="button" class="tool settings" name="panel" value="settings-panel">Settings</button>'
    '<button type="button" class="leave" name="leave" title="Shows a blank page at once. Pressing Esc twice '
    "does the same. Your browser's history still lists this page.\">"
    'Leave<span class="wide"> quickly</span></button></div>'
)
SIDE_HEAD = (
    '<div><button type="button" class="new" name="new">New conversation</button><h2>Conversations</h2></div>'
)
PLAN_SIDE = "<h2>Your plan</h2>"
ADD_PLAN = '<div><button type="button" class="small-button" name="add-plan">Add your plan</button></div>'
FACTS_HEAD = "<h2>What I have understood</h2>"
SIDE_FOOT = '<p class="small">Conversations are kept on this computer only, until you delete them.</p>'
HELP_HEAD = (
    '<div class="panel-head"><h2>Help now</h2><button type="button" class="icon close" name="close">'
    '<span class="unseen">Close</span></button></div>'
)
SETTINGS_HEAD = (
    '<div class="panel-head"><h2>Where answers are computed</h2>'
    '<button type="button" class="icon close" name="close"><span class="unseen">Close</span></button></div>'
)
EDITING = (
    '<p class="editing">Editing your last message. <button type="button" class="quiet" name="cancel-edit">'
    "Cancel</button></p>"
)
FOOT = (
    '<p class="foot">Coaching by software, not legal or medical advice. Esc twice leaves this page; '
    "the browser's history remains.</p>"
)


def note(remote_host: str | None) -> str:
    """What to know before the first word."""
    where = (
        f"What you write is sent to <strong>{escape(remote_host)}</strong>, as set on this computer."
        if remote_host
        else "Nothing you write leaves this computer."
    )
    return (
        '<section class="note"><h2>Before you start</h2><ul>'
        "<li>Use your own device, not one from your employer: they may be able to see this screen.</li>"
        "<li>This is coaching by software. It is not legal or medical advice.</li>"
        f"<li>{where}</li></ul>"
        '<button type="button" class="small-button" name="dismiss">I understand</button></section>'
    )
