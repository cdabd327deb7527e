"""Who speaks, what was said, and what the business told us about the call beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Role(StrEnum):
    """Which side of the line an utterance came from."""

    CALLER = "caller"
    AGENT = "agent"


@dataclass(frozen=True)
class Utterance:
    """One side's words in one turn, cleaned where they were cleaned."""

    seq: int
    role: Role
    speaker: str
    text: str


def open_question(history: Sequence[Utterance]) -> str | None:
    """What the agent last said, if the agent was the last to speak."""
    return history[-1].text if history and history[-1].role is Role.AGENT else None


class CallContext(BaseModel):
    """Ground truth about the call: names and terms that recognition tends to break."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    business: str = Field(default="", max_length=2_000)
    agent: str = Field(default="", max_length=500)
    key_terms: tuple[str, ...] = Field(default=(), max_length=200)
    products: tuple[str, ...] = Field(default=(), max_length=200)
    notes: str = Field(default="", max_length=8_000)

    @property
    def terms(self) -> tuple[str, ...]:
        """Names and phrases worth repairing towards."""
        named = (self.business, *self.key_terms, *self.products)
        return tuple(term for term in named if term)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything the context says, as anchors for facts."""
        return tuple(text for text in (self.business, self.agent, *self.key_terms, *self.products, self.notes) if text)
