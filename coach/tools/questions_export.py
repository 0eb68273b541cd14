"""The list of questions as Markdown. Pure: text out. Whatever stands in a plan comes out as plain words, never as markup."""

import re
from collections.abc import Sequence

from coach.schema.questions import MeetingQuestion, QuestionBook
from coach.tools.questions import FIRST

_MARKS = re.compile(r"([\\`*_\[\]<>|~&$@^{}])")
_LINK = re.compile(r"(?<=[A-Za-z])(:)(?=//)|(?<=\bwww)(\.)", re.IGNORECASE)
_START = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
_LINE = "_" * 30


def escape(text: str) -> str:
    """One line that every reader of Markdown shows as it stands: no link, image, HTML, heading, list or table."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    line = _LINK.sub(lambda match: f"\\{match[0]}", _MARKS.sub(r"\\\1", line))
    return _START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", line)


def to_markdown(found: Sequence[MeetingQuestion], book: QuestionBook, *, name: str = "") -> str:
    """Title, the first five, the rest; under each why it matters, what to propose, and room for the answer. `name` is the file's."""
    says = {key: texts[0] for key, texts in book.words.items()}
    lines = [f"# {says['title']}", ""]
    if name:
        lines += [escape(name), ""]
    if not found:
        return "\n".join([*lines, says["none"], ""])
    for heading, part in ((says["first"], found[:FIRST]), (says["rest"], found[FIRST:])):
        if not part:
            continue
        if len(found) > FIRST:
            lines += [f"## {heading}", ""]
        for number, one in enumerate(part, start=1 if part[0] is found[0] else FIRST + 1):
            room = " " * (len(str(number)) + 2)
            lines += [f"{number}. **{escape(one.text)}**", "", f"{room}*{says['why']}:* {escape(one.why)}", ""]
            if one.wording:
                lines += [f"{room}*{says['propose']}:* {escape(one.wording)}", ""]
            lines += [f"{room}{says['answer']}: {escape(_LINE)}", ""]
    return "\n".join(lines)
