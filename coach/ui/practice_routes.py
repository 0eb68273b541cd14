"""The practice part's own addresses: JSON in, JSON out. The guard has checked host, origin and cookie before."""

from fastapi import APIRouter

from coach.ui import bodies
from coach.ui.practice_desk import PracticeDesk


def routes(desk: PracticeDesk) -> APIRouter:
    """Every address under /practice."""
    router = APIRouter(prefix="/practice")
    bodies.shared(router, desk)
    return router
