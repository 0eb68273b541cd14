"""What a command hands back to be printed."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Report:
    """`text` for people, `data` for --json, `lines` for --jsonl, one object a line; or `raw`, a file for standard output."""

    text: str = ""
    data: Any = None
    lines: list[dict] | None = None
    raw: bytes | None = None
    code: int = 0
