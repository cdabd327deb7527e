"""A LangChain chat model behind the chat-model port: one request, one answer, no retries."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable, RunnableConfig

from ports.chat_model import ChatAnswer, ChatMessage, ChatRequest, ToolSchema
from providers.langchain.answer import read_answer
from providers.langchain.faults import Translation

CallOptions = Callable[[ChatRequest], Mapping[str, Any]]
"""What one call of a vendor's model takes beside messages and tools: the output limit, headers."""

Answerer = Runnable[LanguageModelInput, AIMessage]

ToolBinding = Callable[[BaseChatModel, Sequence[ToolSchema]], Answerer]
"""How a vendor's model is told of tools."""


def output_limit(request: ChatRequest) -> dict[str, Any]:
    """Limit the output by `max_tokens`, the name most vendors use."""
    return {} if request.max_output_tokens is None else {"max_tokens": request.max_output_tokens}


def bind_by_openai_form(model: BaseChatModel, schemas: Sequence[ToolSchema]) -> Answerer:
    """Tell a model of tools in OpenAI's form, which every LangChain integration translates."""
    return model.bind_tools([_tool(schema) for schema in schemas])


@dataclass(frozen=True)
class LangChainChatModel:
    """A chat model that LangChain drives; `timeout` bounds each whole call."""

    name: str
    model: BaseChatModel = field(repr=False)
    timeout: timedelta
    call_options: CallOptions = output_limit
    bind_tools: ToolBinding = bind_by_openai_form

    async def ask(self, request: ChatRequest) -> ChatAnswer:
        """Answer, once; cancelling closes the connection.

        Raises:
            ProviderUnavailable: time-out, 429, 5xx or no connection.
            ProviderRejected: credentials or a request the provider will never take.
        """
        with Translation(self.name):
            async with asyncio.timeout(self.timeout.total_seconds()):
                chain, options = self._chain(request), self.call_options(request)
                message = await chain.ainvoke(_messages(request), _config(request), **options)
        return self._read(message)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[str | ChatAnswer, None]:
        """Answer in pieces, once; closing the stream, or cancelling, closes the connection.

        Raises:
            ProviderUnavailable: time-out of the whole, 429, 5xx or no connection.
            ProviderRejected: credentials or a request the provider will never take.
        """
        whole = AIMessageChunk(content="")
        async with aclosing(self._chunks(request)) as chunks:
            async for chunk in chunks:
                whole += chunk
                if text := str(chunk.text):
                    yield text
        yield self._read(whole)

    async def _chunks(self, request: ChatRequest) -> AsyncGenerator[AIMessageChunk, None]:
        """Yield what comes. The deadline stands outside of the yields: it ends our waits, never the listener's work."""
        deadline = asyncio.get_running_loop().time() + self.timeout.total_seconds()
        with Translation(self.name):
            chain, options = self._chain(request), self.call_options(request)
            chunks = chain.astream(_messages(request), _config(request), **options)
        try:
            while (chunk := await self._next(chunks, deadline)) is not None:
                yield chunk
        finally:
            if isinstance(chunks, AsyncGenerator):
                await chunks.aclose()

    async def _next(self, chunks: AsyncIterator[AIMessage], deadline: float) -> AIMessageChunk | None:
        with Translation(self.name):
            async with asyncio.timeout_at(deadline):
                chunk = await anext(chunks, None)
        return chunk if isinstance(chunk, AIMessageChunk) or chunk is None else _chunk(chunk)

    def _chain(self, request: ChatRequest) -> Answerer:
        return self.bind_tools(self.model, request.tools) if request.tools else self.model

    def _read(self, message: AIMessage) -> ChatAnswer:
        return read_answer(message, self.name.partition(":")[2])

    async def aclose(self) -> None:
        """Close the client's connections, where the vendor's model can."""
        close = getattr(self.model, "aclose", None)
        if close is not None:
            await close()


def _messages(request: ChatRequest) -> list[BaseMessage]:
    system = [SystemMessage(request.system)] if request.system else []
    return [*system, *(_message(message) for message in request.messages)]


def _message(message: ChatMessage) -> BaseMessage:
    return AIMessage(message.content) if message.role == "assistant" else HumanMessage(message.content)


def _chunk(message: AIMessage) -> AIMessageChunk:
    """A model that does not stream gives its whole message as the only chunk."""
    return AIMessageChunk(**message.model_dump(exclude={"type"}))


def _tool(schema: ToolSchema) -> dict[str, Any]:
    function = {
        "name": schema.name,
        "description": schema.description,
        "parameters": dict(schema.parameters),
    }
    return {"type": "function", "function": function}


def _config(request: ChatRequest) -> RunnableConfig:
    return {"run_name": request.purpose, "metadata": {"purpose": request.purpose}}
