"""The meetings part's own addresses: JSON in, JSON and files out. The guard has checked host, origin and cookie before."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from coach.binder import archive
from coach.ui import bodies
from coach.ui.meetings_desk import MeetingsDesk


def routes(desk: MeetingsDesk) -> APIRouter:
    """Every address under /meetings."""
    router = APIRouter(prefix="/meetings")
    bodies.shared(router, desk)

    @router.post("/import")
    async def bring_in(request: Request) -> Response:
        return await bodies.answer_bytes(request, desk.guarded, desk.bring_in, archive.LARGEST, archive.TOO_LARGE)

    @router.get("/export/{name}")
    async def export(name: str) -> Response:
        return await bodies.export(desk.file, name)

    return router
