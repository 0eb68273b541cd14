"""What our own page sends and takes away: JSON and bytes in, JSON and files out, bounded and in memory.

A body with bytes is one line of JSON, a line break, then the bytes. Knows no part of the page.
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from coach.plan.reading.read import MOST_BYTES
from coach.ui import plan_words

HEAD = 200_000  # bytes of the line of JSON, and of a body that is JSON alone
BYTES = "application/octet-stream"  # no form can send it, and another page's script would have to ask first


def refusal(refused: HTTPException) -> Response:
    """What cannot be taken, as one sentence."""
    return JSONResponse({"fault": refused.detail}, refused.status_code)


def download(data: bytes, kind: str, name: str) -> Response:
    """Always a download, never shown: with a plain name for old browsers and the exact one beside it."""
    clean = "".join(sign for sign in name if sign.isprintable() and sign not in '/\\:*?"<>|').strip(" .") or "file"
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_. ") else "_" for sign in clean)
    header = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"
    return Response(data, media_type=kind, headers={"Content-Disposition": header})


async def answer(request: Request, guarded: Callable[..., dict[str, Any]], act: Callable[[dict[str, Any]], Any]) -> Response:
    """A request of JSON, and what `act` says to it. `guarded` turns errors into sentences."""
    try:
        _check(request, "application/json")
        asked = _object(await _body(request, HEAD))
    except HTTPException as refused:
        return refusal(refused)
    return JSONResponse(await run_in_threadpool(guarded, act, asked))


async def with_bytes(request: Request, most: int = MOST_BYTES, too_large: str = plan_words.TOO_LARGE) -> tuple[dict[str, Any], bytes]:
    """The object and the bytes of a request, at most `most` of them."""
    _check(request, BYTES)
    body = await _body(request, HEAD + most, too_large)
    head, found, data = body.partition(b"\n")
    if not found or len(head) > HEAD:
        raise HTTPException(400, plan_words.ERRORS["request"])
    if len(data) > most:
        raise HTTPException(413, too_large)
    return _object(head), data


def _check(request: Request, kind: str) -> None:
    if not request.headers.get("origin"):  # the guard refuses a foreign one; a browser always sends one with a POST
        raise HTTPException(403, plan_words.ERRORS["request"])
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != kind:
        raise HTTPException(415, plan_words.ERRORS["request"])


async def _body(request: Request, most: int, too_large: str = plan_words.TOO_LARGE) -> bytes:
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > most:
        raise HTTPException(413, too_large)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise HTTPException(413, too_large)
        parts.append(part)
    return b"".join(parts)


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise HTTPException(400, plan_words.ERRORS["request"])
    return found
