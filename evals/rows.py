"""The rows of an evaluation of single turns. What a row expects stands in its last field; the rest is what is given.

`about` says in a few words what makes the row hard.
"""

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.conversation import CallContext

TODAY = datetime(2026, 11, 17, 4, 30, tzinfo=UTC)
"""The Tuesday on which a row is said that names no other time: "tomorrow" is the eighteenth."""


class Strict(BaseModel):
    """Plain data of a file; a field that nobody reads is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(Strict):
    """Words of an earlier turn."""

    speaker: str
    text: str


class Row(Strict):
    """What every row may say; a row without a context is a call of which nothing was known."""

    about: str = ""
    at: datetime = TODAY
    history: tuple[Said, ...] = ()
    context: CallContext = CallContext()


class CleanRow(Row):
    """Words as they came in, and the words that were meant."""

    raw: str
    expected: str


class DecideRow(Row):
    """Words with what is known, and the calls that are due: (name, arguments) each.

    An argument is a text, a list of texts in any order, {"has": words that must be in it} or {"any": [texts]}.
    """

    words: str
    dataset: dict[str, Any] = Field(default_factory=dict)
    expected: tuple[tuple[str, dict[str, Any]], ...]


class ConsentRow(Row):
    """An answer to what the agent said last, and what becomes of the call that waits for it."""

    tool: str
    arguments: dict[str, Any] = Field(default_factory=dict)
    question: str | None
    answer: str
    expected: Literal["granted", "refused", "held"]
