"""Asking a model once: what it answered stands in the turn's row, and is read there by whoever runs the turn again.

A second run after a crash asks the same question, and so does a replay: the question's digest finds the answer. Another
prompt, model or past makes another question. That a model failed is kept like an answer.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson

from domain.errors import Fault, ProviderError, ProviderRejected
from nodes.answers import MOST_CALLS
from nodes.state import TurnState
from nodes.storable import storable
from ports.chat_model import ChatAnswer, ChatModel, ChatRequest, ChatToolCall, Finish, Usage, pieces_of
from ports.store import TurnStore


@dataclass(frozen=True)
class Asked:
    """An answer, and whether it was found in the turn's row."""

    answer: ChatAnswer
    recalled: bool

    def served(self, prompt: str) -> dict[str, Any]:
        """Say which model and prompt version gave the answer, what tokens it took, and if it came from the record."""
        served = {
            "model": self.answer.model,
            "prompt": prompt,
            "input_tokens": self.answer.usage.input_tokens,
            "output_tokens": self.answer.usage.output_tokens,
        }
        return served | {"recalled": True} if self.recalled else served


async def ask_once(model: ChatModel, request: ChatRequest, state: TurnState, turns: TurnStore) -> Asked:
    """Return the model's answer to this turn's question, asking only if nobody has.

    Raises:
        ProviderError: no answer now, or none when it was asked first.
        Unavailable: the answer could not be kept.
    """
    question, answers = digest_of(model.name, request), state.setdefault("answers", {})
    if question in answers:
        return Asked(_recalled(answers[question]), recalled=True)
    async with _failure_kept(model, question, _Heard(), state, turns):
        answer = await model.ask(request)
    await _keep(question, _kept(model, answer), state, turns)
    return Asked(answer, recalled=False)


async def stream_once(
    model: ChatModel, request: ChatRequest, state: TurnState, turns: TurnStore
) -> AsyncGenerator[str | Asked, None]:
    """Yield the text of the answer to this turn's question in pieces as they come, then the whole answer.

    One that was given before is one piece. A new one is kept when it is whole; of one that breaks off, what had come.

    Raises:
        ProviderError: no answer, or no more of it; or so it was when it was asked first.
        Unavailable: the answer could not be kept.
    """
    question, answers = digest_of(model.name, request), state.setdefault("answers", {})
    if question in answers:
        if text := answers[question].get("text"):
            yield text
        yield Asked(_recalled(answers[question]), recalled=True)
        return
    heard = _Heard()
    async with _failure_kept(model, question, heard, state, turns), aclosing(pieces_of(model, request)) as pieces:
        async for piece in pieces:
            if isinstance(piece, ChatAnswer):
                await _keep(question, _kept(model, piece), state, turns)
                yield Asked(piece, recalled=False)
            else:
                heard.text += piece
                yield piece


@dataclass
class _Heard:
    """What came of an answer so far."""

    text: str = ""


@asynccontextmanager
async def _failure_kept(
    model: ChatModel, question: str, heard: _Heard, state: TurnState, turns: TurnStore
) -> AsyncIterator[None]:
    """Keep that the model failed in the block, and what had been heard of it until then."""
    try:
        yield
    except ProviderError as error:
        failed = {"asked": model.name, "provider": error.provider, "fault": error.fault.value}
        await _keep(question, failed | ({"text": storable(heard.text)} if heard.text else {}), state, turns)
        raise


def digest_of(model: str, request: ChatRequest) -> str:
    """Name a question: SHA-256 over model, prompt, messages and tools, as 64 hex digits."""
    return sha256(orjson.dumps([model, request], option=orjson.OPT_SORT_KEYS)).hexdigest()


async def _keep(question: str, kept: dict[str, Any], state: TurnState, turns: TurnStore) -> None:
    """Keep an answer in the turn's row, and in the state, which a node that is tried again reads."""
    session, turn = state["session"], state["turn"]
    await turns.keep_answer(session["tenant_id"], session["session_id"], turn["seq"], question, kept)
    state["answers"][question] = kept


def _kept(model: ChatModel, answer: ChatAnswer) -> dict[str, Any]:
    return {
        "asked": model.name,
        "text": storable(answer.text),
        "calls": [[storable(call.name), storable(call.arguments)] for call in answer.calls[:MOST_CALLS]],
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
