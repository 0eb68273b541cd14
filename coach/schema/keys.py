"""The file coach.key: the key of what is kept, wrapped under a passphrase. Records only."""

from typing import Literal

from pydantic import Field

from coach.schema.knowledge import Record


class Costs(Record):
    """What one try at a passphrase costs. The upper limits keep a file that somebody changed from stopping the computer."""

    iterations: int = Field(ge=1, le=100)
    memory_kib: int = Field(ge=64, le=1024 * 1024)
    lanes: int = Field(ge=1, le=16)


class KeyFile(Record):
    """All of the file. Bytes are hexadecimal; `wrapped` is the key with the mark that shows whether it was opened rightly."""

    version: Literal[1] = 1
    derivation: Literal["argon2id"] = "argon2id"
    costs: Costs
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    nonce: str = Field(pattern=r"^[0-9a-f]{24}$")
    wrapped: str = Field(pattern=r"^[0-9a-f]{96}$")
