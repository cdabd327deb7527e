"""Who speaks, what was said, and what the business told us about the call beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MAX_NAME = 500
"""Characters of the names of the business and of the agent."""
MAX_TERM = 200
"""Characters of a term or product."""
MAX_TERMS = 200
"""Terms, and products as many."""
MAX_NOTES = 8_000
"""Characters of the notes."""

Term = Annotated[str, Field(max_length=MAX_TERM)]


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
    """What the agent last said, if nobody has said a word since; a turn without words leaves it open."""
    last = next((turn for turn in reversed(history) if any(map(str.isalnum, turn.text))), None)
    return last.text if last and last.role is Role.AGENT else None


class CallContext(BaseModel):
    """Ground truth about the call: names and terms that recognition tends to break."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    business: str = Field(default="", max_length=MAX_NAME)
    agent: str = Field(default="", max_length=MAX_NAME)
    key_terms: tuple[Term, ...] = Field(default=(), max_length=MAX_TERMS)
    products: tuple[Term, ...] = Field(default=(), max_length=MAX_TERMS)
    notes: str = Field(default="", max_length=MAX_NOTES)

    @property
    def terms(self) -> tuple[str, ...]:
        """Names and phrases worth repairing towards."""
        named = (self.business, *self.key_terms, *self.products)
        return tuple(term for term in named if term)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything the context says, as anchors for facts."""
        return tuple(text for text in (self.business, self.agent, *self.key_terms, *self.products, self.notes) if text)
