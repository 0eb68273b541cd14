"""What a request says, as plain values: strings in, strings and numbers out. Knows no record and no part of the page."""

from collections.abc import Mapping
from typing import Any

from coach.errors import UserError
from coach.ui.plan_words import ERRORS


def texts(asked: Mapping[str, Any], name: str = "fields") -> dict[str, str]:
    """The fields of a form that was sent."""
    fields = asked.get(name)
    return {str(key): str(text) for key, text in fields.items()} if isinstance(fields, dict) else {}


def pair(both: Any) -> tuple[str, str]:
    """A field's text before and after."""
    if not isinstance(both, list) or len(both) != 2:
        raise UserError(ERRORS["request"])
    return str(both[0]).replace("\r\n", "\n"), str(both[1]).replace("\r\n", "\n")


def pairs(asked: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Every changed field of a form, before and after."""
    fields = asked.get("fields")
    return {str(name): pair(both) for name, both in fields.items()} if isinstance(fields, dict) else {}


def number(version: Any) -> int:
    """A version as the browser names it; 0 for anything else."""
    text = str(version)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
