"""The plan part's own addresses: JSON and bytes in, JSON out. The guard has checked host, origin and cookie before.

Bodies are read here, bounded, in memory. A body with bytes is one line of JSON, a line break, then the bytes.
"""

import asyncio
import json
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response

from coach.errors import CoachError
from coach.plan.extract import PASTED
from coach.plan.reading.read import MOST_BYTES
from coach.ui import plan_words, review_render
from coach.ui.plan_desk import PlanDesk, Shown

HEAD = 200_000  # bytes of the line of JSON, and of a body that is JSON alone
BYTES = "application/octet-stream"  # no form can send it, and another page's script would have to ask first
READERS = 2


def routes(desk: PlanDesk) -> APIRouter:
    """Every address under /plan."""
    router = APIRouter(prefix="/plan")
    readers = asyncio.Semaphore(READERS)

    @router.get("/view")
    async def view() -> Response:
        shown = await run_in_threadpool(desk.guarded, desk.view)
        return JSONResponse({**shown, "frames": review_render.frames()})

    @router.post("/read")
    async def read(request: Request) -> Response:
        try:
            head, data = await _bytes(request)
        except HTTPException as refused:
            return _said(refused)
        async with readers:
            name = str(head.get("name") or PASTED)[:200]
            shown = await run_in_threadpool(desk.guarded, desk.read, data, name)
        if shown.get("draft") and await request.is_disconnected():
            desk.drop(shown["draft"])  # cancelled meanwhile
        return JSONResponse(shown)

    @router.post("/review")
    async def review(request: Request) -> Response:
        return await _json(request, desk, desk.review)

    @router.post("/act")
    async def act(request: Request) -> Response:
        return await _json(request, desk, desk.act)

    @router.post("/attach")
    async def attach(request: Request) -> Response:
        try:
            head, data = await _bytes(request)
        except HTTPException as refused:
            return _said(refused)
        file = str(head.get("name") or "file")
        return JSONResponse(await run_in_threadpool(desk.guarded, desk.attach, head, data, file))

    @router.post("/pulse")
    async def pulse(request: Request) -> Response:
        return await _json(
            request, desk, lambda asked: desk.pulse(str(asked.get("page", "")), leaving=bool(asked.get("leaving")))
        )

    @router.get("/export/{name}")
    async def export(name: str) -> Response:
        try:
            made = await run_in_threadpool(desk.file, name)
        except CoachError as error:
            return PlainTextResponse(str(error), 409)
        return _download(*made) if made else PlainTextResponse("Not found.", 404)

    @router.get("/file/{id}")
    async def file(id: str) -> Response:
        try:
            data, name = await run_in_threadpool(desk.kept, id)
        except CoachError as error:
            return PlainTextResponse(str(error), 404)
        return _download(data, BYTES, name)

    return router


def _said(refused: HTTPException) -> Response:
    return JSONResponse({"fault": refused.detail}, refused.status_code)


def _download(data: bytes, kind: str, name: str) -> Response:
    """Always a download, never shown: with a plain name for old browsers and the exact one beside it."""
    clean = "".join(sign for sign in name if sign.isprintable() and sign not in '/\\:*?"<>|').strip(" .") or "file"
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_. ") else "_" for sign in clean)
    header = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"
    return Response(data, media_type=kind, headers={"Content-Disposition": header})


async def _json(request: Request, desk: PlanDesk, act: Any) -> Response:
    try:
        _check(request, "application/json")
        asked = _object(await _body(request, HEAD))
    except HTTPException as refused:
        return _said(refused)
    shown: Shown = await run_in_threadpool(desk.guarded, act, asked)
    return JSONResponse(shown)


async def _bytes(request: Request) -> tuple[dict[str, Any], bytes]:
    _check(request, BYTES)
    body = await _body(request, HEAD + MOST_BYTES)
    head, found, data = body.partition(b"\n")
    if not found or len(head) > HEAD:
        raise HTTPException(400, plan_words.ERRORS["request"])
    if len(data) > MOST_BYTES:
        raise HTTPException(413, plan_words.TOO_LARGE)
    return _object(head), data


def _check(request: Request, kind: str) -> None:
    if not request.headers.get("origin"):  # the guard refuses a foreign one; a browser always sends one with a POST
        raise HTTPException(403, plan_words.ERRORS["request"])
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != kind:
        raise HTTPException(415, plan_words.ERRORS["request"])


async def _body(request: Request, most: int) -> bytes:
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > most:
        raise HTTPException(413, plan_words.TOO_LARGE)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise HTTPException(413, plan_words.TOO_LARGE)
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
