"""The plan part's own addresses: JSON and bytes in, JSON out. The guard has checked host, origin and cookie before."""

import asyncio

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response

from coach.errors import CoachError
from coach.plan.extract import PASTED
from coach.ui import bodies, review_render
from coach.ui.plan_desk import PlanDesk

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
            head, data = await bodies.with_bytes(request)
        except HTTPException as refused:
            return bodies.refusal(refused)
        async with readers:
            name = str(head.get("name") or PASTED)[:200]
            shown = await run_in_threadpool(desk.guarded, desk.read, data, name)
        if shown.get("draft") and await request.is_disconnected():
            desk.drop(shown["draft"])  # cancelled meanwhile
        return JSONResponse(shown)

    @router.post("/review")
    async def review(request: Request) -> Response:
        return await bodies.answer(request, desk.guarded, desk.review)

    @router.post("/act")
    async def act(request: Request) -> Response:
        return await bodies.answer(request, desk.guarded, desk.act)

    @router.post("/attach")
    async def attach(request: Request) -> Response:
        try:
            head, data = await bodies.with_bytes(request)
        except HTTPException as refused:
            return bodies.refusal(refused)
        file = str(head.get("name") or "file")
        return JSONResponse(await run_in_threadpool(desk.guarded, desk.attach, head, data, file))

    @router.post("/pulse")
    async def pulse(request: Request) -> Response:
        return await bodies.answer(
            request, desk.guarded, lambda asked: desk.pulse(str(asked.get("page", "")), leaving=bool(asked.get("leaving")))
        )

    @router.get("/export/{name}")
    async def export(name: str) -> Response:
        try:
            made = await run_in_threadpool(desk.file, name)
        except CoachError as error:
            return PlainTextResponse(str(error), 409)
        return bodies.download(*made) if made else PlainTextResponse("Not found.", 404)

    @router.get("/file/{id}")
    async def file(id: str) -> Response:
        try:
            data, name = await run_in_threadpool(desk.kept, id)
        except CoachError as error:
            return PlainTextResponse(str(error), 404)
        return bodies.download(data, bodies.BYTES, name)

    return router
