"""The page's fixed texts, as HTML constants. The only variable parts are the names of a host and of who is signed in, escaped."""

from coach.hosting import Hosting
from coach.ui.markup import escape

BRAND = (
    '<div class="bar"><button type="button" class="icon menu" name="menu" '
    'title="Conversations and what I have understood">'
    '<span class="unseen">Conversations and what I have understood</span></button><h1>PIP Coach</h1></div>'
)
_TOOLS = (
    '<div class="bar">{more}<button type="button" class="tool" name="panel" value="help-panel">Help now</button>'
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
SIGN_OUT = '<button type="button" class="tool sign-out" name="sign-out">Sign out</button>'
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
    '<p class="foot">Coaching by software, not legal or medical advice. <span class="keys">Esc twice leaves this page; '
    "the browser's history remains.</span></p>"
)


def tools(*, signed_in: bool = False) -> str:
    """The buttons at the top right."""
    return _TOOLS.replace("{more}", SIGN_OUT if signed_in else "")


def side_foot(hosting: Hosting | None, who: str) -> str:
    """Where conversations are, and who is signed in."""
    if hosting is None:
        return SIDE_FOOT
    return f'<p class="small">Signed in as <strong>{escape(who)}</strong>. {kept_at(hosting)} Your conversations stay until you delete them.</p>{SIGN_OUT.replace("tool sign-out", "small-button")}'


def kept_at(hosting: Hosting) -> str:
    """Who has what people write, in one sentence or two."""
    whose = f"the server of <strong>{escape(hosting.name)}</strong>" if hosting.secure else "this computer"
    return f"What you write is kept on {whose}. Others who sign in cannot see it; whoever runs it could."


def kept(locked: bool) -> str:
    """Whether what is kept is locked, and how to lock it."""
    said = (
        "What you keep here is locked with your passphrase."
        if locked
        else "What you keep here is not locked. Close the app and run <code>python -m coach passphrase set</code> to lock it "
        "with a passphrase."
    )
    return f'<p class="small">{said}</p>'


def note(remote_host: str | None, redact: bool = True, hosting: Hosting | None = None) -> str:
    """What to know before the first word."""
    hidden = "names and numbers that I find are hidden first" if redact else "with names and numbers as you write them"
    where = (
        f"What you write is sent to <strong>{escape(remote_host)}</strong>, as set {'by whoever runs this page' if hosting else 'on this computer'}; {hidden}. "
        "Under Settings you can see the exact text."
        if remote_host
        else "Nothing you write is sent on from there."
        if hosting
        else "Nothing you write leaves this computer."
    )
    where = f"{kept_at(hosting)} {where}" if hosting else where
    return (
        '<section class="note"><h2>Before you start</h2><ul>'
        "<li>Use your own device, not one from your employer: they may be able to see this screen.</li>"
        "<li>This is coaching by software. It is not legal or medical advice.</li>"
        f"<li>{where}</li></ul>"
        '<button type="button" class="small-button" name="dismiss">I understand</button></section>'
    )
