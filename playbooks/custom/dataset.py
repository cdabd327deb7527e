"""What a call of a custom agent learns: who calls, where they can be reached, and what they want."""

from pydantic import BaseModel, ConfigDict, Field

from domain.dataset import DatasetModel

LONGEST_MESSAGE = 2_000
"""Characters of a message."""


class Message(BaseModel):
    """What a caller wants the business to know, in their own words; `at` in epoch seconds."""

    model_config = ConfigDict(extra="forbid")

    text: str
    at: float


class CustomDataset(DatasetModel):
    """Null is not known. The business may know who calls beforehand."""

    caller_name: str | None = None
    callback_number: str | None = None
    messages: list[Message] = Field(default_factory=list)
    ended: str | None = None
    """The caller's words that ended the call."""
