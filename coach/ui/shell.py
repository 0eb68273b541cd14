"""The parts of the page beside the chat, in one list: name and address, label in the switch, router, scripts and styles.

A part `plan` is served under /plan and drawn by its script into #plan-view. To add one, add its line here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter

from coach.ui import meetings_routes, plan_routes, practice_routes
from coach.ui.markup import escape
from coach.ui.meetings_desk import MeetingsDesk
from coach.ui.plan_desk import PlanDesk
from coach.ui.ports import Built
from coach.ui.practice_desk import PracticeDesk


@dataclass(frozen=True)
class Part:
    """One part of the page. `label` stands in the switch."""

    name: str
    label: str
    router: Callable[[Built], APIRouter]
    scripts: tuple[str, ...]
    styles: tuple[str, ...]


PARTS = (
    Part("plan", "Plan", lambda built: plan_routes.routes(PlanDesk(built), built.readers), ("plan.js", "review.js"), ("plan.css", "review.css")),
    Part("meetings", "Meetings", lambda built: meetings_routes.routes(MeetingsDesk(built)), ("meetings.js",), ("meetings.css",)),
    Part("practice", "Practice", lambda built: practice_routes.routes(PracticeDesk(built)), ("practice.js",), ("practice.css",)),
)
SCRIPTS = ("page.js", "parts.js", *(name for part in PARTS for name in part.scripts))
STYLES = ("page.css", "parts.css", *(name for part in PARTS for name in part.styles))


def switch() -> str:
    """The buttons at the top that choose what is shown."""
    tabs = "".join(_tab(name, label) for name, label in [("chat", "Chat"), *((part.name, part.label) for part in PARTS)])
    return f'<div class="bar switch">{tabs}</div>'


def routers(built: Built) -> list[APIRouter]:
    """Every address beside Gradio's own."""
    return [part.router(built) for part in PARTS]


def _tab(name: str, label: str) -> str:
    return f'<button type="button" class="tab" name="view" value="{name}">{escape(label)}</button>'
