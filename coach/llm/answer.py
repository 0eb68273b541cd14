"""What counts as an answer: of a stream of chunks, and of text that should be one record. No I/O."""

import json
import math
import re
from typing import Any

from pydantic import BaseModel, ValidationError

from coach import errors
from coach.llm.text import RepetitionGuard, ThinkFilter, json_object


class Answer:
    """One answer as it grows: thoughts out; tool calls, loops and endings checked. Raises EndpointError."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._thoughts, self._guard = ThinkFilter(), RepetitionGuard()
        self._finish: str | None = None
        self._visible = self._any = False

    def feed(self, chunk: Any) -> str:
        """Take a chunk of LangChain's; return the text that may be shown."""
        self._finish = chunk.response_metadata.get("finish_reason") or self._finish
        if chunk.tool_call_chunks or chunk.invalid_tool_calls or "function_call" in chunk.additional_kwargs:
            raise errors.EndpointMalformed(f"{self._name} asked for a tool, although none was offered.")
        content = chunk.content if isinstance(chunk.content, str) else chunk.text
        self._any = self._any or bool(content.strip())
        return self._checked(self._thoughts.feed(content))

    def finish(self, saw_done: bool) -> str:
        """Take the end of the stream; return the text that was held back. `saw_done`: the end mark came."""
        if self._finish is None and not saw_done:
            raise errors.EndpointCut(f"The connection to {self._name} broke off in the middle of the answer.")
        return self._checked(self._thoughts.finish())

    def check_end(self) -> None:
        """Raise where the whole is no answer."""
        if self._finish == "content_filter":
            raise errors.EndpointMalformed(f"{self._name} withheld its answer.")
        if not self._visible:
            what = "only its thoughts and no answer" if self._any else "an empty answer"
            raise errors.EndpointMalformed(f"{self._name} gave {what}.")
        if self._finish == "length":
            raise errors.EndpointCut(f"The answer of {self._name} was longer than it may be.")

    def _checked(self, visible: str) -> str:
        if self._thoughts.leaked:
            raise errors.EndpointMalformed(f"{self._name} gave only its thoughts and no answer.")
        if self._guard.feed(visible):
            raise errors.EndpointMalformed(f"{self._name} went round in circles, so it was stopped.")
        if not self._visible:
            visible = visible.lstrip()
            self._visible = bool(visible)
        return visible


def response_format(schema: type[BaseModel]) -> dict[str, Any]:
    """The request field that binds an answer to a schema."""
    from langchain_core.utils.function_calling import convert_to_json_schema

    described = {
        "name": schema.__name__,
        "schema": convert_to_json_schema(schema, strict=True),
        "strict": True,
    }
    return {"response_format": {"type": "json_schema", "json_schema": described}}


def schema_text(schema: type[BaseModel]) -> str:
    """The schema in words for an endpoint that cannot be bound."""
    return json.dumps(schema.model_json_schema(), ensure_ascii=False, separators=(",", ":"))


def shares(said: str, first: list[dict[str, Any]], words: tuple[str, ...]) -> dict[str, float]:
    """The likelihood of each word as the first of an answer, scaled to 1; `first` is the list of an answer's log-probabilities."""
    found = dict.fromkeys(words, 0.0)
    for token in first[0].get("top_logprobs", []) if first else []:
        name = str(token.get("token", "")).strip().lower()
        if name in found:
            found[name] += math.exp(min(0.0, float(token.get("logprob", -99.0))))
    if not any(found.values()):
        name = "".join(re.findall(r"^\W*(\w+)", said.lower())[:1])
        return {word: float(word == name) for word in words}
    total = sum(found.values())
    return {word: value / total for word, value in found.items()}


def record(text: str, schema: type[BaseModel]) -> BaseModel:
    """Read one record strictly, else from the first balanced object. Raises ValueError; guesses nothing."""

    def refuse(name: str) -> None:
        raise ValueError(f"{name} is not JSON")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    try:
        value = json.loads(text, parse_constant=refuse, object_pairs_hook=once)
    except ValueError:
        value = json.loads(json_object(text), parse_constant=refuse, object_pairs_hook=once)
    try:
        return schema.model_validate_json(json.dumps(value))
    except ValidationError as error:
        raise ValueError(str(error.error_count())) from None
