"""The page where people sign in, as plain HTML without a script. Holds no secret; the name that was typed is escaped."""

from coach.accounts.passwords import LONGEST
from coach.store.accounts import LONGEST_NAME
from coach.ui.markup import escape

STYLE = (
    ":root{color-scheme:light dark}*{box-sizing:border-box}body{font:1.05rem/1.6 system-ui,sans-serif;margin:0;padding:0 1.25rem;background:#fff;color:#1c2422}"
    "main{max-width:24rem;margin:12vh auto 3rem}h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}p{margin:.6rem 0}"
    "label{display:block;font-weight:600;margin-top:1rem}input{font:inherit;width:100%;padding:.6rem .7rem;margin-top:.25rem;border:1px solid #767676;"
    "border-radius:.5rem;background:Field;color:FieldText}button{font:inherit;font-weight:600;width:100%;padding:.7rem;margin-top:1.5rem;border:0;"
    "border-radius:.5rem;background:#1f5c57;color:#fff;cursor:pointer}:focus-visible{outline:3px solid #4aa59c;outline-offset:2px}"
    "a{color:#1f5c57}@media (prefers-color-scheme:dark){body{background:#14191a;color:#e8eeec}a{color:#7fd1c8}}.said{border-left:4px solid #b3541e;padding:.2rem 0 .2rem .8rem}.small{font-size:.95rem}.help{margin-top:2.5rem}"
)
WRONG = "That name and password do not fit together. Please check both and try again."
MANY = (
    "There were too many tries, so signing in is closed here for a while. Please try again {when}. "
    "If you have forgotten your password, ask the people who gave it to you for a new one."
)
LEFT = "You are signed out. Nothing you wrote is lost; it is here when you sign in again."
ENDED = "You were signed out because nothing happened for a while. Nothing that was saved is lost."
ODD = "That did not arrive as it should. Please fill in both fields and try again."
BUSY = "Many people are here at this moment. Please wait a few minutes and sign in again; nothing is lost."
NOBODY = "We could not tell who you are. Please ask the people who gave you this address to check how you sign in."
NO_COOKIE = "You are signed in, but your browser keeps no cookie from this page, which it needs. Please allow it, then try again."
AGAIN = '<p><a href="/">Go to your page</a></p>'
HELP = (
    '<p class="small help">If you might hurt yourself, or you are in danger, please do not wait for this page. '
    'Call your local emergency number, or find a free line at <a href="https://findahelpline.com" rel="noreferrer">findahelpline.com</a>.</p>'
)


def page(said: str = "", name: str = "", *, fault: bool = False, form: bool = True) -> str:
    """The whole page; `said` is one sentence above the fields. Without `form`, people sign in before they come here."""
    line = f'<p class="said" id="said" role="{"alert" if fault else "status"}">{escape(said)}</p>' if said else ""
    asked = "Please sign in with the name and password you were given." if form else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Sign in · PIP Coach</title><style>{STYLE}</style></head><body><main><h1>PIP Coach</h1>"
        f"<p>A private coach for when you have been put on a performance plan. {asked}</p>"
        f"{line}{_form(name, described=bool(said and fault)) if form else AGAIN}"
        '<p class="small">Use your own device and connection if you can, not your employer\'s.</p>'
        f"{HELP}</main></body></html>"
    )


def _form(name: str, *, described: bool) -> str:
    wrong = ' aria-describedby="said"' if described else ""
    first, second = ("", " autofocus") if name else (" autofocus", "")
    return (
        '<form method="post" action="/signin">'
        f'<label for="name">Name</label><input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" '
        f'maxlength="{LONGEST_NAME}" required value="{escape(name)}"{first}{wrong}>'
        f'<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" '
        f'maxlength="{LONGEST}" required{second}{wrong}><button type="submit">Sign in</button></form>'
    )


def many(wait: float) -> str:
    """Too many tries, and when it is worth to come back."""
    minutes = max(1, -(-int(wait) // 60))
    return MANY.format(when="in a minute" if minutes == 1 else f"in {minutes} minutes")
