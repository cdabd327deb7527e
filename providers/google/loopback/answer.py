"""What the loopback can be told to answer, and when; the same shapes in process and as JSON."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Milliseconds = Annotated[int, Field(ge=0, le=600_000)]


class _Scripted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Call(_Scripted):
    """A function call; `signature` is its base64 thought signature."""

    name: str
    args: dict[str, Any] = {}
    signature: str | None = None


class TokenCount(_Scripted):
    """The tokens an answer claims to have cost."""

    prompt: int = 0
    output: int = 0
    thoughts: int = 0


class Answer(_Scripted):
    """One answer: words, calls, a block or an HTTP error, and how its bytes travel.

    `finish` is Gemini's finishReason; None sends no candidate at all. `block` is a blockReason for the
    prompt. A `status` other than 200 sends Google's error body; `reason` and `retry_after_s` are its
    details, `body` replaces it. `delivery`: `hang` sends nothing until the client leaves, `cut` ends the
    connection in mid-body, `not_json` and `empty` are a 200 with a body that is no answer. `latency_ms` passes
    before the first byte, `chunk_ms` before each later chunk of a stream.
    """

    text: str = ""
    calls: tuple[Call, ...] = ()
    finish: str | None = "STOP"
    block: str | None = None
    usage: TokenCount | None = None
    status: int = Field(200, ge=200, le=599)
    message: str | None = None
    reason: str | None = None
    retry_after_s: float | None = None
    body: str | None = None
    delivery: Literal["whole", "hang", "cut", "not_json", "empty"] = "whole"
    latency_ms: Milliseconds | None = None
    chunk_ms: Milliseconds = 0


class Rule(_Scripted):
    """Answers for the requests that match every given condition; none given matches all.

    `contains` is looked for in the request's body, `purpose` in its purpose header, `nth` counts all
    generate requests from 1. Answers are given in order, each once; with `repeat` the last one stays.
    """

    answers: tuple[Answer, ...] = Field(min_length=1)
    contains: str | None = None
    purpose: str | None = None
    nth: int | None = Field(None, ge=1)
    repeat: bool = False
