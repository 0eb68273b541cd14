"""The sign-in form as a browser sends it without a script: two fields, bounded. Checks no password."""

from typing import NamedTuple
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope

LONGEST = 4096  # bytes


class Form(NamedTuple):
    """What was typed."""

    name: str
    password: str


async def read_form(scope: Scope, receive: Receive) -> Form | None:
    """The two fields; None where it is no such form."""
    kind = Headers(scope=scope).get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return None
    body = b""
    try:
        async for part in Request(scope, receive).stream():
            body += part
            if len(body) > LONGEST:
                return None
        fields = parse_qs(body.decode("ascii"), max_num_fields=4, keep_blank_values=True, errors="strict")
    except (ClientDisconnect, ValueError):
        return None
    name, password = (fields.get(wanted, [""])[0] for wanted in ("name", "password"))
    return Form(name.strip(), password) if name.strip() and password else None
