"""The engines that the settings choose: chat model and recogniser. A vendor's library is imported only when chosen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from bootstrap.settings import BUILTIN, FasterWhisperStt, PocketsphinxStt, Settings, Stt
from ports.chat_model import ChatModel
from ports.speech_to_text import SpeechToText
from providers.retrying import RetryingChatModel

if TYPE_CHECKING:
    from providers.langchain.chat_model import LangChainChatModel


@asynccontextmanager
async def open_chat_model(settings: Settings) -> AsyncIterator[ChatModel | None]:
    """Open the model that `PARLEY_MODEL` names; None is the built-in engine."""
    if settings.model_name == BUILTIN:
        yield None
        return
    model = await asyncio.to_thread(_build_chat_model, settings)  # a vendor's library takes a second to import
    try:
        yield RetryingChatModel(model, settings.chat.attempts)
    finally:
        await model.aclose()


def _build_chat_model(settings: Settings) -> "LangChainChatModel":
    from providers.langchain.build import build_chat_model

    chat = settings.chat
    return build_chat_model(
        settings.model_name,
        timeout=chat.timeout,
        temperature=chat.temperature,
        top_p=chat.top_p,
        top_k=chat.top_k,
        max_output_tokens=chat.max_output_tokens,
        api_key=settings.api_key,
        base_url=settings.model_base_url,
    )


@asynccontextmanager
async def open_speech_to_text(stt: Stt) -> AsyncIterator[SpeechToText]:
    """Open the recogniser of the given kind."""
    match stt:
        case PocketsphinxStt():
            from providers.pocketsphinx.adapter import open_pocketsphinx

            async with open_pocketsphinx(stt.workers, stt.timeout) as recogniser:
                yield recogniser
        case FasterWhisperStt():
            from providers.whisper.adapter import open_faster_whisper

            async with open_faster_whisper(stt.model, stt.device, stt.workers, stt.timeout, stt.language) as recogniser:
                yield recogniser
        case _:
            assert_never(stt)


def fetch_speech_model(name: str) -> Path:
    """Fetch a faster-whisper model and return the folder it is in.

    Raises:
        ConfigError: there is no such model, or it cannot be fetched.
    """
    from providers.whisper.models import fetch_model

    return fetch_model(name)
