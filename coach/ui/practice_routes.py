"""The practice part's own addresses: JSON in, JSON out. The guard has checked host, origin and cookie before."""

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from coach.ui import bodies
from coach.ui.practice_desk import PracticeDesk


def routes(desk: PracticeDesk) -> APIRouter:
    """Every address under /practice."""
    router = APIRouter(prefix="/practice")

    @router.get("/view")
    async def view() -> Response:
        return JSONResponse(await run_in_threadpool(desk.guarded, desk.view))

    @router.post("/act")
    async def act(request: Request) -> Response:
        return await bodies.answer(request, desk.guarded, desk.act)

    return router
