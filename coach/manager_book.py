"""Load knowledge/manager/ strictly: who plays, in which conversation, with which lines. An error names file and field."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from coach.errors import KnowledgeError
from coach.schema.manager import ManagerBook

FILES = ("personas", "scenarios", "difficulties", "weights", "feedback")


def load(folder: Path, read: Callable[[Path], Any]) -> ManagerBook:
    """The whole book; `read` gives the content of one YAML file or raises KnowledgeError."""
    content = {name: read(folder / f"{name}.yaml") for name in FILES}
    content["lines"] = {path.stem: read(path) for path in sorted((folder / "lines").glob("*.yaml"))}
    try:
        return ManagerBook.model_validate(content)
    except ValidationError as error:
        fault = error.errors()[0]
        place = [str(part) for part in fault["loc"]]
        file = "/".join(place[: 2 if place[:1] == ["lines"] else 1])
        field = ".".join(place[len(file.split("/")) :]) if file else ""
        where = (f"/{file}.yaml" if file else "") + (f": field {field}" if field else "")
        raise KnowledgeError(f"manager{where}: {fault['msg']}") from error
