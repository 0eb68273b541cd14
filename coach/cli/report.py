"""What a command hands back to be printed."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Report:
    """`text` for people, `data` for --json, or `lines` for --jsonl, one object a line."""

    text: str = ""
    data: Any = None
    lines: list[dict] | None = None
    code: int = 0
