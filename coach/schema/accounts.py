"""Who may sign in, and one stay after they did."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Account(BaseModel):
    """One person who may sign in. `id` names the folder with what they write; `seen` is when they last signed in."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    made: datetime
    seen: datetime | None = None


class Visit(BaseModel):
    """One browser of one person, signed in. `digest` stands for the secret in its cookie, which is not kept."""

    model_config = ConfigDict(frozen=True)

    person: str
    name: str
    digest: bytes
