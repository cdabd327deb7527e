"""What an answer does to a gated act."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What an answer does to a gated act; only GRANTED lets it happen."""

    GRANTED = "granted"
    REFUSED = "refused"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Judgement:
    """A verdict, the caller's words that it rests on, and why in a few stable words."""

    verdict: Verdict
    quote: str
    reason: str
