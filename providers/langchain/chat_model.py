"""A LangChain chat model behind the chat-model port: one request, one answer, no retries."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
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
        chain: Answerer = self.bind_tools(self.model, request.tools) if request.tools else self.model
        with Translation(self.name):
            async with asyncio.timeout(self.timeout.total_seconds()):
                message = await chain.ainvoke(_messages(request), _config(request), **self.call_options(request))
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


def _tool(schema: ToolSchema) -> dict[str, Any]:
    function = {
        "name": schema.name,
        "description": schema.description,
        "parameters": dict(schema.parameters),
    }
    return {"type": "function", "function": function}


def _config(request: ChatRequest) -> RunnableConfig:
    return {"run_name": request.purpose, "metadata": {"purpose": request.purpose}}
