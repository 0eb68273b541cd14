"""Load knowledge/redaction strictly: ordinary words, first names, words with a capital, signs. An error names file and field."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from coach.errors import KnowledgeError
from coach.schema.redaction import NameBook, Signs


@cache
def load(folder: Path) -> NameBook:
    """Read the four files below `folder` once. Raises KnowledgeError."""
    return NameBook(
        words=_words(folder / "words.txt"),
        given=_words(folder / "given_names.txt"),
        capitals=_words(folder / "capitals.txt"),
        signs=_signs(folder / "signs.yaml"),
    )


def _words(path: Path) -> frozenset[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"redaction/{path.name} cannot be read: {error}") from error
    words = frozenset(word for line in lines if not line.startswith("#") for word in line.split())
    if not words:
        raise KnowledgeError(f"redaction/{path.name} is empty")
    odd = [word for word in words if not word.isascii() or word != word.lower()]
    if odd:
        raise KnowledgeError(f"redaction/{path.name}: {min(odd)}: must be small letters without accents")
    return words


def _signs(path: Path) -> Signs:
    try:
        return Signs.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise KnowledgeError(f"redaction/{path.name} cannot be read: {error}") from error
    except ValidationError as error:
        fault = error.errors()[0]
        raise KnowledgeError(f"redaction/{path.name}: field {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error
