"""What our own page sends and takes away: JSON and bytes in, JSON and files out, bounded and in memory.

A body with bytes is one line of JSON, a line break, then the bytes. Knows no part of the page.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, PlainTextResponse, Response

from coach.errors import CoachError
from coach.plan.reading.read import MOST_BYTES
from coach.ui import plan_words

HEAD = 200_000  # bytes of the line of JSON, and of a body that is JSON alone
BYTES = "application/octet-stream"  # no form can send it, and another page's script would have to ask first


class Desk(Protocol):
    """What a part of the page can do, whatever it is."""

    def guarded(self, work: Callable[..., dict[str, Any]], *given: Any) -> dict[str, Any]:
        """Do the work, with every error as a sentence."""

    def view(self) -> dict[str, Any]:
        """All that is shown."""

    def act(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """One step."""


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


async def answer_bytes(
    request: Request, guarded: Callable[..., dict[str, Any]], act: Callable[[dict[str, Any], bytes], Any],
    most: int = MOST_BYTES, too_large: str = plan_words.TOO_LARGE,
) -> Response:  # fmt: skip
    """The same for a request that brings bytes."""
    try:
        head, data = await with_bytes(request, most, too_large)
    except HTTPException as refused:
        return refusal(refused)
    return JSONResponse(await run_in_threadpool(guarded, act, head, data))


async def export(make: Callable[[str], tuple[bytes, str, str] | None], name: str) -> Response:
    """The file that `make` knows under this name, to download."""
    try:
        made = await run_in_threadpool(make, name)
    except CoachError as error:
        return PlainTextResponse(str(error), 409)
    return download(*made) if made else PlainTextResponse("Not found.", 404)


def shared(router: APIRouter, desk: Desk) -> None:
    """The two addresses that every part has: what it shows, and one step."""

    @router.get("/view")
    async def view() -> Response:
        return JSONResponse(await run_in_threadpool(desk.guarded, desk.view))

    @router.post("/act")
    async def act(request: Request) -> Response:
        return await answer(request, desk.guarded, desk.act)


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
    try:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise HTTPException(413, too_large)
            parts.append(part)
    except ClientDisconnect as gone:  # the window was closed half way: nobody reads the answer
        raise HTTPException(400, plan_words.ERRORS["request"]) from gone
    return b"".join(parts)


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise HTTPException(400, plan_words.ERRORS["request"])
    return found
