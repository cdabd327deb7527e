"""How each vendor's LangChain class spells the same few options."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from ports.chat_model import ChatRequest
from providers.langchain.chat_model import CallOptions, output_limit

EXTRAS = frozenset({"anthropic", "groq", "ollama", "openai"})
"""The providers that Parley has an optional extra for, under the same name."""

NEEDS_KEY = frozenset({"anthropic", "groq", "openai"})


@dataclass(frozen=True)
class Sampling:
    """How a model picks its words; the limit counts output tokens."""

    temperature: float
    top_p: float
    top_k: int
    max_output_tokens: int


def model_options(provider: str, sampling: Sampling) -> dict[str, Any]:
    """Spell sampling for a vendor's class, with its own retries off."""
    return _SAMPLING.get(provider, _other)(sampling)


def client_options(provider: str, api_key: SecretStr | None, base_url: str | None) -> dict[str, Any]:
    """Spell key and address for a vendor's class; Ollama takes its key as a header."""
    address = {"base_url": base_url} if base_url else {}
    if api_key is None:
        return address
    if provider == "ollama":
        bearer = f"Bearer {api_key.get_secret_value()}"
        return {**address, "client_kwargs": {"headers": {"Authorization": bearer}}}
    return {**address, "api_key": api_key}


def call_options(provider: str, sampling: Sampling) -> CallOptions:
    """Make what one call takes: Ollama's own limit replaces all options, so they go along."""
    if provider != "ollama":
        return output_limit
    options = _ollama(sampling)

    def limited(request: ChatRequest) -> dict[str, Any]:
        if request.max_output_tokens is None:
            return {}
        return {"options": {**options, "num_predict": request.max_output_tokens}}

    return limited


def _openai(sampling: Sampling) -> dict[str, Any]:
    return {
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "max_tokens": sampling.max_output_tokens,
        "max_retries": 0,
    }


def _groq(sampling: Sampling) -> dict[str, Any]:
    return {
        "temperature": sampling.temperature,
        "model_kwargs": {"top_p": sampling.top_p},
        "max_tokens": sampling.max_output_tokens,
        "max_retries": 0,
    }


def _anthropic(sampling: Sampling) -> dict[str, Any]:
    """Claude takes temperature or top_p, not both."""
    return {
        "temperature": sampling.temperature,
        "max_tokens": sampling.max_output_tokens,
        "max_retries": 0,
    }


def _ollama(sampling: Sampling) -> dict[str, Any]:
    return {
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "top_k": sampling.top_k,
        "num_predict": sampling.max_output_tokens,
    }


def _other(sampling: Sampling) -> dict[str, Any]:
    """Only what every chat model of LangChain takes by that name."""
    return {"temperature": sampling.temperature, "max_tokens": sampling.max_output_tokens}


_SAMPLING: dict[str, Callable[[Sampling], dict[str, Any]]] = {
    "anthropic": _anthropic,
    "groq": _groq,
    "ollama": _ollama,
    "openai": _openai,
}
