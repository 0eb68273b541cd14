"""Plain text to safe HTML: everything escaped, then only paragraphs, bold, lists and quoted lines come back.

Nothing here returns a line break or an attribute that holds text of a person or a model.
The page's sanitiser runs over the result a second time. No links, no images, no raw HTML.
"""

import html
import re
from collections.abc import Collection, Iterable

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_MARK = re.compile(r"\[(\d{1,2})\]")
_BULLET = re.compile(r"^\s*[-*•]\s+")
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+")
_QUOTE = re.compile(r"^\s*>\s?")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


def escape(text: str) -> str:
    """One line of text, safe between tags and inside a double-quoted attribute."""
    clean = _CONTROL.sub(" ", text)
    return html.escape(clean, quote=True).replace("\n", " ").replace("`", "&#96;")


def words(text: str) -> str:
    """A person's own text: paragraphs and line breaks, nothing else."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "".join(
        f"<p>{'<br>'.join(escape(line) for line in paragraph.split(chr(10)))}</p>" for paragraph in paragraphs
    )


def prose(text: str, marks: Collection[int] = (), key: str = "") -> str:
    """A reply or a card: paragraphs, bold, lists, quotes; [n] becomes a button where n is in `marks`."""
    out: list[str] = []
    for tag, lines in _blocks(text.replace("\r\n", "\n").split("\n")):
        inner = [_inline(line, marks, key) for line in lines]
        if tag in ("ul", "ol"):
            out.append(f"<{tag}>{''.join(f'<li>{line}</li>' for line in inner)}</{tag}>")
        elif tag == "blockquote":
            out.append("<blockquote>" + "".join(f"<p>{line}</p>" for line in inner if line) + "</blockquote>")
        else:
            out.append(f"<p>{'<br>'.join(inner)}</p>")
    return "".join(out)


def _blocks(lines: Iterable[str]) -> Iterable[tuple[str, list[str]]]:
    tag, held = "", []
    for line in lines:
        kind, rest = _kind(line)
        if kind != tag and held:
            yield tag, held
            held = []
        tag = kind
        if kind:
            held.append(rest)
    if held:
        yield tag, held


def _kind(line: str) -> tuple[str, str]:
    if not line.strip():
        return "", ""
    for pattern, tag in ((_BULLET, "ul"), (_NUMBER, "ol"), (_QUOTE, "blockquote")):
        if found := pattern.match(line):
            return tag, line[found.end() :].strip()
    if heading := _HEADING.match(line):
        return "p", f"**{heading[1].strip(' *')}**"
    return "p", line.strip()


def _inline(line: str, marks: Collection[int], key: str) -> str:
    safe = _BOLD.sub(r"<strong>\1</strong>", escape(line))

    def mark(found: re.Match[str]) -> str:
        n = int(found[1])
        if n not in marks:
            return found[0]
        return (
            f'<button type="button" class="mark" name="source" value="{escape(key)}-s{n}">'
            f'<span class="unseen">Source </span>{n}</button>'
        )

    return _MARK.sub(mark, safe)
