"""The chat model that the settings choose. A vendor's library is imported only when chosen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bootstrap.settings import BUILTIN, Settings
from ports.chat_model import ChatModel
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
