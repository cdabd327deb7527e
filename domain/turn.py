"""A turn as it comes in and as clients see what came of it."""

from typing import Any, NotRequired

from typing_extensions import TypedDict

from domain.tool_call import FunctionCall


class Stt(TypedDict, total=False):
    """How sure recognition was: confidence and language_probability 0..1, language as BCP 47."""

    confidence: float | None
    language: str | None
    language_probability: float | None


class TurnResult(TypedDict):
    """The public result of a turn: the same keys everywhere."""

    session_id: str
    turn_id: str
    seq: int
    speaker: str
    raw_text: str
    cleaned_text: str
    function_calls: list[FunctionCall]
    reply: str | None
    dataset_version: int
    degraded: list[str]
    stt: NotRequired[Stt | None]
    timings: dict[str, float]
    processing_time_ms: float
    usage: NotRequired[dict[str, Any]]
