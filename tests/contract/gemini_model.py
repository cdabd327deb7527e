"""Gemini's adapter on a loopback of its own, and questions to ask it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from pydantic import SecretStr

from ports.chat_model import ChatMessage, ChatRequest, ToolSchema
from providers.google.loopback.script import Script
from providers.langchain.build import build_chat_model
from providers.langchain.chat_model import LangChainChatModel
from tests.loopback_gemini import open_loopback_gemini

KEY = "AIza-the-key-that-must-not-leak"
DEFAULT = "google_genai:gemini-3.5-flash-lite"

CLEAN = ChatRequest("clean", "You clean.", (ChatMessage("user", '{"newest_turn": "we get fifty coast"}'),))
METRIC = ToolSchema(
    "log_metric",
    "Note a figure.",
    {
        "type": "object",
        "properties": {
            "metric": {"type": "string", "enum": ["visitors", "calls"]},
            "value": {"type": "string", "minLength": 1, "maxLength": 80},
        },
        "required": ["metric", "value"],
        "additionalProperties": False,
    },
)
DECIDE = ChatRequest("decide", "You decide.", (ChatMessage("user", "fifty calls"),), (METRIC,))


@asynccontextmanager
async def open_model(setting: str = DEFAULT, timeout_s: float = 5) -> AsyncIterator[tuple[LangChainChatModel, Script]]:
    async with open_loopback_gemini() as (base_url, script):
        timeout = timedelta(seconds=timeout_s)
        model = build_chat_model(setting, timeout=timeout, api_key=SecretStr(KEY), base_url=base_url)
        try:
            yield model, script
        finally:
            await model.aclose()
