"""Asking a model once: what it answered stands in the turn's row, and is read there by whoever runs the turn again.

A second run after a crash asks the same question, and so does a replay: the question's digest finds the answer. Another
prompt, model or past makes another question. That a model failed is kept like an answer.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson

from domain.errors import Fault, ProviderError, ProviderRejected
from nodes.answers import storable
from nodes.state import TurnState
from ports.chat_model import ChatAnswer, ChatModel, ChatRequest, ChatToolCall, Finish, Usage
from ports.store import TurnStore


async def ask_once(model: ChatModel, request: ChatRequest, state: TurnState, turns: TurnStore) -> ChatAnswer:
    """Return the model's answer to this turn's question, asking only if nobody has.

    Raises:
        ProviderError: no answer now, or none when it was asked first.
    """
    question = digest_of(model.name, request)
    kept = (state.get("answers") or {}).get(question)
    if kept is not None:
        return _recalled(kept)
    session, turn = state["session"], state["turn"]
    place = (session["tenant_id"], session["session_id"], turn["seq"], question)
    try:
        answer = await model.ask(request)
    except ProviderError as error:
        await turns.keep_answer(*place, {"provider": error.provider, "fault": error.fault.value})
        raise
    await turns.keep_answer(*place, _kept(answer))
    return answer


def digest_of(model: str, request: ChatRequest) -> str:
    """Name a question: SHA-256 over model, prompt, messages and tools, as 64 hex digits."""
    return sha256(orjson.dumps([model, request], option=orjson.OPT_SORT_KEYS)).hexdigest()


def _kept(answer: ChatAnswer) -> dict[str, Any]:
    return {
        "text": storable(answer.text),
        "calls": [[storable(call.name), storable(call.arguments)] for call in answer.calls],
        "finish": answer.finish.value,
        "input_tokens": answer.usage.input_tokens,
        "output_tokens": answer.usage.output_tokens,
        "model": answer.model,
    }


def _recalled(kept: Mapping[str, Any]) -> ChatAnswer:
    if "fault" in kept:
        raise ProviderRejected(kept["provider"], Fault(kept["fault"]))
    return ChatAnswer(
        text=kept["text"],
        calls=tuple(ChatToolCall(name, arguments) for name, arguments in kept["calls"]),
        finish=Finish(kept["finish"]),
        usage=Usage(kept["input_tokens"], kept["output_tokens"]),
        model=kept["model"],
    )
