"""A chat model: one question with its tools, one answer, usage counted."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, Protocol, runtime_checkable


@dataclass(frozen=True)
class ChatMessage:
    """One message of a prompt; `content` is data as soon as it comes from a caller."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class ToolSchema:
    """A tool as a model sees it; `parameters` is a JSON Schema object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class ChatRequest:
    """One question; `purpose` (`clean`, `decide`, ...) labels traces, usage and tests."""

    purpose: str
    system: str
    messages: tuple[ChatMessage, ...]
    tools: tuple[ToolSchema, ...] = ()
    max_output_tokens: int | None = None


@dataclass(frozen=True)
class ChatToolCall:
    """A tool call as the model wrote it: unvalidated."""

    name: str
    arguments: Mapping[str, Any]


class Finish(StrEnum):
    """How the model's answer ended."""

    STOP = "stop"
    MAX_TOKENS = "max_tokens"
    BLOCKED = "blocked"
    REFUSED = "refused"
    MALFORMED_CALL = "malformed_call"
    OTHER = "other"


@dataclass(frozen=True)
class Usage:
    """Tokens as the provider counted them; output includes thinking."""

    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True)
class ChatAnswer:
    """What the model said, not yet believed."""

    text: str
    calls: tuple[ChatToolCall, ...]
    finish: Finish
    usage: Usage
    model: str


class ChatModel(Protocol):
    """A model behind `provider:model`, for example `google_genai:gemini-3.5-flash-lite`."""

    @property
    def name(self) -> str:
        """The setting that selects it, `provider:model`."""
        ...

    async def ask(self, request: ChatRequest) -> ChatAnswer:
        """Answer, once and without retries.

        Raises:
            ProviderUnavailable: time-out, 429, 5xx or no connection.
            ProviderRejected: credentials or a request the provider will never take.
        """
        ...


@runtime_checkable
class StreamingChatModel(ChatModel, Protocol):
    """A chat model that can be listened to while it answers."""

    def stream(self, request: ChatRequest) -> AsyncGenerator[str | ChatAnswer, None]:
        """Yield the answer's text in pieces as they come, and last the whole answer; once and without retries.

        Closing the stream ends the question.

        Raises:
            ProviderUnavailable: time-out, 429, 5xx or no connection, also in the middle of the answer.
            ProviderRejected: credentials or a request the provider will never take.
        """
        ...


async def pieces_of(model: ChatModel, request: ChatRequest) -> AsyncGenerator[str | ChatAnswer, None]:
    """Stream a model's answer; one that cannot be listened to is asked, and its answer is one piece."""
    if isinstance(model, StreamingChatModel):
        async with aclosing(model.stream(request)) as pieces:
            async for piece in pieces:
                yield piece
        return
    answer = await model.ask(request)
    if answer.text:
        yield answer.text
    yield answer
