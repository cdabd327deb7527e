"""What a LangChain message says, in the words of the chat-model port."""

from collections.abc import Mapping
from typing import Any

from langchain_core.messages import AIMessage

from ports.chat_model import ChatAnswer, ChatToolCall, Finish, Usage

_FINISHES = {
    Finish.STOP: ("stop", "end_turn", "stop_sequence", "tool_calls", "tool_use", "function_call", "completed"),
    Finish.MAX_TOKENS: ("max_tokens", "length", "max_output_tokens", "model_context_window_exceeded"),
    Finish.BLOCKED: (
        "safety", "recitation", "blocklist", "prohibited_content", "spii", "content_filter",
        "image_safety", "image_prohibited_content", "image_recitation",
    ),
    Finish.REFUSED: ("refusal",),
    Finish.MALFORMED_CALL: ("malformed_function_call", "unexpected_tool_call", "too_many_tool_calls"),
}  # fmt: skip
"""How Gemini, OpenAI, Groq, Anthropic and Ollama say that an answer ended."""

_FINISH_OF = {reason: finish for finish, reasons in _FINISHES.items() for reason in reasons}


def read_answer(message: AIMessage, model: str) -> ChatAnswer:
    """Read text, calls, ending and usage; `model` stands in where the answer names none."""
    metadata = message.response_metadata
    return ChatAnswer(
        text=str(message.text),
        calls=tuple(ChatToolCall(call["name"], call["args"]) for call in message.tool_calls),
        finish=_finish(message),
        usage=_usage(message),
        model=str(metadata.get("model_name") or metadata.get("model") or model),
    )


def _finish(message: AIMessage) -> Finish:
    """Tell how the answer ended: a block or a broken call is no exception in LangChain."""
    metadata = message.response_metadata
    if (metadata.get("prompt_feedback") or {}).get("block_reason"):
        return Finish.BLOCKED
    if message.additional_kwargs.get("refusal"):
        return Finish.REFUSED
    if message.invalid_tool_calls:
        return Finish.MALFORMED_CALL
    return _FINISH_OF.get(_reason(metadata), Finish.OTHER)


def _reason(metadata: Mapping[str, Any]) -> str:
    """Find the vendor's word for the ending, in lower case; empty when there is none."""
    found = (
        metadata.get("finish_reason")
        or metadata.get("stop_reason")
        or metadata.get("done_reason")
        or (metadata.get("incomplete_details") or {}).get("reason")
        or metadata.get("status")
    )
    return str(found or "").lower()


def _usage(message: AIMessage) -> Usage:
    counted = message.usage_metadata
    return Usage(counted["input_tokens"], counted["output_tokens"]) if counted else Usage()
