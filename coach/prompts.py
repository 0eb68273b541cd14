"""Prompt files: Markdown with front matter, rendered strictly. Knows nothing of models or messages."""

import re
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import KnowledgeError

_SLOT = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


class Prompt(BaseModel):
    """One file of prompts/. `text` holds {{ name }} slots, exactly those of `variables`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    purpose: str
    variables: tuple[str, ...]
    version: int
    text: str

    def render(self, **values: str) -> str:
        """Fill every slot once. A missing or unknown value is a KnowledgeError; values are never read as templates."""
        if set(values) != set(self.variables):
            different = sorted(set(values) ^ set(self.variables))
            raise KnowledgeError(f"prompts/{self.name}.md: missing or unknown variable: {', '.join(different)}")
        return _SLOT.sub(lambda match: values[match[1]], self.text)


def load(folder: Path, name: str) -> Prompt:
    """Read and validate `folder/name.md`."""
    path = folder / f"{name}.md"
    try:
        _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
        prompt = Prompt(text=text.strip(), **yaml.safe_load(front))
    except FileNotFoundError as error:
        raise KnowledgeError(f"prompts/{name}.md is missing") from error
    except (ValueError, TypeError, yaml.YAMLError, ValidationError) as error:
        raise KnowledgeError(f"prompts/{name}.md: {error}") from error
    if prompt.name != name:
        raise KnowledgeError(f"prompts/{name}.md: field name is {prompt.name!r}")
    if set(_SLOT.findall(prompt.text)) != set(prompt.variables):
        raise KnowledgeError(f"prompts/{name}.md: field variables does not match the slots of the text")
    return prompt
