"""The meetings part's own addresses: JSON in, JSON and files out. The guard has checked host, origin and cookie before."""

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response

from coach.binder import archive
from coach.errors import CoachError
from coach.ui import bodies
from coach.ui.meetings_desk import MeetingsDesk


def routes(desk: MeetingsDesk) -> APIRouter:
    """Every address under /meetings."""
    router = APIRouter(prefix="/meetings")

    @router.get("/view")
    async def view() -> Response:
        return JSONResponse(await run_in_threadpool(desk.guarded, desk.view))

    @router.post("/act")
    async def act(request: Request) -> Response:
        return await bodies.answer(request, desk.guarded, desk.act)

    @router.post("/import")
    async def bring_in(request: Request) -> Response:
        try:
            head, data = await bodies.with_bytes(request, archive.LARGEST, archive.TOO_LARGE)
        except HTTPException as refused:
            return bodies.refusal(refused)
        return JSONResponse(await run_in_threadpool(desk.guarded, desk.bring_in, head, data))

    @router.get("/export/{name}")
    async def export(name: str) -> Response:
        try:
            made = await run_in_threadpool(desk.file, name)
        except CoachError as error:
            return PlainTextResponse(str(error), 409)
        return bodies.download(*made) if made else PlainTextResponse("Not found.", 404)

    return router
