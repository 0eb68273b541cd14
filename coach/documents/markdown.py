"""A document as Markdown. Whatever stands in it comes out as plain words, never as markup."""

import re
from collections.abc import Iterator

from coach.documents.characters import one_line, plain
from coach.schema.documents import Block, Bullets, Heading, Paper, Paragraph, Quotation, Room, Table, Task

_MARKS = re.compile(r"([\\`*_\[\]<>|~&$@^{}])")
_LINK = re.compile(r"(?<=[A-Za-z])(:)(?=//)|(?<=\bwww)(\.)", re.IGNORECASE)
_START = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
_LINE = "_" * 30


def write(paper: Paper) -> str:
    """The whole document; every reader of Markdown shows the same words."""
    lines = [f"# {escape(paper.title)}", ""]
    if paper.subtitle:
        lines += [escape(paper.subtitle), ""]
    room = ""
    for block in paper.blocks:
        if isinstance(block, Task):
            room = " " * len(_mark(block))
        elif not (isinstance(block, Room) or (isinstance(block, Paragraph) and block.under)):
            room = ""
        lines += [f"{room}{line}".rstrip() if not isinstance(block, Task) else line for line in _lines(block)]
        lines.append("")
    return "\n".join(lines)


def escape(text: str) -> str:
    """One line that every reader of Markdown shows as it stands: no link, image, HTML, heading, list or table."""
    line = _LINK.sub(lambda match: f"\\{match[0]}", _MARKS.sub(r"\\\1", one_line(text)))
    return _START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", line)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {escape(block.text)}"
        case Paragraph():
            label = f"*{escape(block.label)}:* " if block.label else ""
            yield from _broken(block.text, label)
        case Quotation():
            for line in _broken(block.text):
                yield f"> {line}".rstrip()
            if block.source:
                yield from (">", f"> {escape(block.source)}")
        case Bullets():
            yield from (f"- {escape(line)}" for line in block.lines)
        case Task():
            yield f"{_mark(block)}{'[x]' if block.ticked else '[ ]'} **{escape(block.text) or '-'}**"
        case Table():
            yield _row(block.head)
            yield _row(("---",) * len(block.head), raw=True)
            yield from map(_row, block.rows)
        case Room():
            yield f"{escape(block.label)}: {escape(_LINE)}" if block.label else escape(_LINE)


def _mark(task: Task) -> str:
    return f"{task.number}. " if task.number is not None else "- "


def _broken(text: str, label: str = "") -> Iterator[str]:
    """The lines of a text: a line break stays one, an empty line parts two paragraphs."""
    lines = [escape(line) for line in plain(text).split("\n")]
    for number, line in enumerate(lines):
        goes_on = line and number + 1 < len(lines) and lines[number + 1]
        yield f"{label}{line}\\" if goes_on else f"{label}{line}"
        label = ""


def _row(cells: tuple[str, ...], *, raw: bool = False) -> str:
    return f"| {' | '.join(cells if raw else map(escape, cells))} |"
