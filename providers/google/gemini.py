"""Gemini through langchain-google-genai, set up for telephone turns."""

import math
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable
from pydantic import SecretStr

from ports.chat_model import ChatRequest, ToolSchema
from providers.google import headers
from providers.google.transport import build_client_args

if TYPE_CHECKING:
    from langchain_google_genai import ChatGoogleGenerativeAI

GEMINI_URL = "https://generativelanguage.googleapis.com"

_SDK_DEADLINE = "X-Server-Timeout"
"""The deadline header as google-genai spells it: in any other case it would add its own, too short, beside ours."""

_FIXED_SAMPLING = re.compile(r"gemini-(3\.5-flash-lite|3\.6-flash|4-argon)(-\d{3})?$")
"""Models that ignore temperature, top_p and top_k; LangChain warns on each call that sends them."""

_THINKS_BY_LEVEL = re.compile(r"gemini-([3-9]|\d\d|flash|pro)")


def build_gemini(
    model: str,
    *,
    timeout: timedelta,
    temperature: float,
    top_p: float,
    top_k: int,
    max_output_tokens: int,
    api_key: SecretStr,
    base_url: str | None,
) -> "ChatGoogleGenerativeAI":
    """Make the model: one attempt a call, least thinking, connections kept for 300 s.

    Key, address and API flavour are all given, so that no variable of the environment changes them.

    Raises:
        pydantic.ValidationError: an option is out of its range.
    """
    from langchain_google_genai import ChatGoogleGenerativeAI

    address = base_url or GEMINI_URL
    fixed = _FIXED_SAMPLING.search(model) is not None
    return ChatGoogleGenerativeAI(
        model=model,
        temperature=None if fixed else temperature,
        top_p=None if fixed else top_p,
        top_k=None if fixed else top_k,
        max_output_tokens=max_output_tokens,
        reasoning_effort=thinking_level(model),
        timeout=timeout.total_seconds(),
        max_retries=1,
        google_api_key=api_key,
        base_url=address,
        vertexai=False,
        additional_headers={_SDK_DEADLINE: _server_deadline(timeout)},
        client_args=build_client_args(address),
    )


def call_options(request: ChatRequest) -> dict[str, Any]:
    """Label a call with its purpose, for proxies and the loopback, and limit its output where asked."""
    options: dict[str, Any] = {"http_options": {"headers": {headers.PURPOSE: request.purpose}}}
    if request.max_output_tokens is not None:
        options["max_output_tokens"] = request.max_output_tokens
    return options


def bind_tools(model: BaseChatModel, schemas: Sequence[ToolSchema]) -> Runnable[LanguageModelInput, AIMessage]:
    """Tell a model of tools by `parametersJsonSchema`, which keeps what LangChain's translation drops.

    That translation has no bounds, lengths, patterns or defaults, and logs a warning for each key it ignores.
    """
    from google.genai.types import FunctionDeclaration, Tool

    functions = [
        FunctionDeclaration(
            name=schema.name,
            description=schema.description,
            parameters_json_schema=dict(schema.parameters) if schema.parameters.get("properties") else None,
        )
        for schema in schemas
    ]
    return model.bind(tools=[Tool(function_declarations=functions)])


def thinking_level(model: str) -> Literal["minimal", "low"] | None:
    """Choose the least thinking a model allows; models before 3 have no levels, pro has no `minimal`."""
    if _THINKS_BY_LEVEL.search(model) is None:
        return None
    return "minimal" if "flash" in model else "low"


def _server_deadline(timeout: timedelta) -> str:
    return str(math.ceil(max(timeout, headers.DEADLINE_FLOOR).total_seconds()))
