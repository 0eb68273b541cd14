"""Writes docs/files.md: every module of coach/ with the first line of its docstring. Run `python -m tests.file_list` after a change."""

import ast
from pathlib import Path

from coach.locations import ROOT

FILE = ROOT / "docs" / "files.md"
HEAD = "# Every file of coach/\n\nMade from the first line of each docstring by `python -m tests.file_list`; a test holds it true.\n"


def listed(root: Path = ROOT) -> str:
    """The whole text of docs/files.md."""
    folders: dict[str, list[str]] = {}
    for path in sorted((root / "coach").rglob("*.py")):
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if path.name == "__init__.py" and not said:
            continue
        folders.setdefault(path.parent.relative_to(root).as_posix(), []).append(f"- `{path.name}` {said.splitlines()[0] if said else ''}".rstrip())
    return HEAD + "".join(f"\n## {folder}/\n\n" + "\n".join(lines) + "\n" for folder, lines in folders.items())


if __name__ == "__main__":
    FILE.write_text(listed(), encoding="utf-8")
