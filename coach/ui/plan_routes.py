"""The plan part's own addresses: JSON and bytes in, JSON out. The guard has checked host, origin and cookie before."""

import asyncio
import threading
from collections.abc import Callable

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response

from coach.errors import CoachError
from coach.plan.extract import PASTED
from coach.ui import bodies, review_render
from coach.ui.guarded import Shown
from coach.ui.plan_desk import PlanDesk

TICK = 0.2  # seconds between two looks at whether the page still waits


async def _while_awaited(request: Request, work: Callable[[threading.Event], Shown]) -> Shown:
    """Do the work in a thread, and tell it to stop once the page has gone away: Cancel closes the request."""
    stop = threading.Event()
    if await request.is_disconnected():
        stop.set()
    doing = asyncio.ensure_future(run_in_threadpool(work, stop))
    try:
        while not (await asyncio.wait({doing}, timeout=TICK))[0]:
            if await request.is_disconnected():
                stop.set()
    finally:
        stop.set()  # the server itself may end while a file is read
    return doing.result()


def routes(desk: PlanDesk, readers: asyncio.Semaphore) -> APIRouter:
    """Every address under /plan; `readers` lets a few files be read at once."""
    router = APIRouter(prefix="/plan")

    @router.get("/view")
    async def view() -> Response:
        shown = await run_in_threadpool(desk.guarded, desk.view)
        return JSONResponse({**shown, "frames": review_render.frames()})

    @router.post("/read")
    async def read(request: Request) -> Response:
        try:
            head, data = await bodies.with_bytes(request)
        except HTTPException as refused:
            return bodies.refusal(refused)
        async with readers:
            name = str(head.get("name") or PASTED)[:200]
            shown = await _while_awaited(request, lambda stop: desk.guarded(desk.read, data, name, stop))
        if shown.get("draft") and await request.is_disconnected():
            desk.drop(shown["draft"])  # cancelled at the last moment
        return JSONResponse(shown)

    @router.post("/review")
    async def review(request: Request) -> Response:
        return await bodies.answer(request, desk.guarded, desk.review)

    @router.post("/act")
    async def act(request: Request) -> Response:
        return await bodies.answer(request, desk.guarded, desk.act)

    @router.post("/attach")
    async def attach(request: Request) -> Response:
        return await bodies.answer_bytes(request, desk.guarded, lambda head, data: desk.attach(head, data, str(head.get("name") or "file")))

    @router.post("/pulse")
    async def pulse(request: Request) -> Response:
        return await bodies.answer(
            request, desk.guarded, lambda asked: desk.pulse(str(asked.get("page", "")), leaving=bool(asked.get("leaving")))
        )

    @router.get("/export/{name}")
    async def export(name: str) -> Response:
        return await bodies.export(desk.file, name)

    @router.get("/file/{id}")
    async def file(id: str) -> Response:
        try:
            data, name = await run_in_threadpool(desk.kept, id)
        except CoachError as error:
            return PlainTextResponse(str(error), 404)
        return bodies.download(data, bodies.BYTES, name)

    return router
