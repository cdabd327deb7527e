"""Whole calls: who calls, the turns in order, what must be true of replies, and what the call must have come to."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field, model_validator

from domain.conversation import CallContext
from evals.rows import TODAY, Strict


class CallTurn(Strict):
    """Words of either side, written `{speaker: words}`; `reply` lists what the answer to them must say.

    An item is words in a row, or {"any": [words]}; {"not": words} must not be said.
    """

    speaker: str
    text: str
    reply: tuple[str | dict[Literal["any"], tuple[str, ...]] | dict[Literal["not"], str], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _by_speaker(cls, given: Any) -> Any:
        if not isinstance(given, dict) or "speaker" in given:
            return given
        rest = {name: value for name, value in given.items() if name in cls.model_fields}
        said = [(name, words) for name, words in given.items() if name not in rest]
        if len(said) != 1:
            raise ValueError("a turn is one speaker's words")
        return {**rest, "speaker": said[0][0], "text": said[0][1]}


class Played(Strict):
    """One call from its first turn to its last; without a profile the caller is the playbook's own example."""

    phone: str | None = None
    profile: dict[str, Any] | None = None
    turns: tuple[CallTurn, ...] = Field(min_length=1)


class CallEnd(Strict):
    """What a call has come to.

    `dataset` holds what was learnt; of a list every item counts, in any order, and of an object in it what is named.
    A value may be {"has": words that must be in it} or {"any": [values]}.
    `acts` are the calls of COMMIT tools that were done, `consents` what became of each gated call: [tool, verdict].
    """

    dataset: dict[str, Any] = Field(default_factory=dict)
    acts: tuple[str, ...] = ()
    consents: tuple[tuple[str, Literal["granted", "refused", "held"]], ...] = ()


class CallRow(Played):
    """A call, and what must have come of it; `earlier` calls of the same business are made first."""

    about: str = ""
    at: datetime = TODAY
    context: CallContext | None = None
    earlier: tuple[Played, ...] = ()
    knows: tuple[str, ...] = ()
    """What the business knows besides, so that a reply may say it."""
    never: tuple[str, ...] = ()
    """Words that no reply may hold."""
    expected: CallEnd
