"""Make the chat model that one setting, `provider:model`, names."""

from datetime import timedelta
from typing import Any

from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr, ValidationError

from domain.errors import ConfigError
from providers.google import gemini
from providers.langchain.chat_model import LangChainChatModel
from providers.langchain.dialects import (
    EXTRAS,
    NEEDS_KEY,
    Sampling,
    call_options,
    client_options,
    model_options,
)

_EXAMPLE = "google_genai:gemini-3.5-flash-lite"


def build_chat_model(
    setting: str,
    *,
    timeout: timedelta,
    temperature: float = 0.1,
    top_p: float = 1.0,
    top_k: int = 1,
    max_output_tokens: int = 1000,
    api_key: SecretStr | None,
    base_url: str | None,
) -> LangChainChatModel:
    """Make the model; its vendor's library is imported here and nowhere earlier.

    `timeout` bounds each whole call. Whoever makes it closes it with `aclose()`.

    Raises:
        ConfigError: no `provider:model`, an unknown provider, a missing package, key or option.
    """
    provider, model = _parse(setting)
    sampling = Sampling(temperature, top_p, top_k, max_output_tokens)
    if provider == "google_genai":
        return _google(setting, model, timeout, sampling, _key(setting, api_key), base_url)
    if provider in NEEDS_KEY and base_url is None:
        _key(setting, api_key)
    built = _init(setting, sampling, api_key, base_url)
    return LangChainChatModel(setting, built, timeout, call_options(provider, sampling))


def _parse(setting: str) -> tuple[str, str]:
    provider, _, model = setting.partition(":")
    if not (provider.isidentifier() and model.strip()):
        raise ConfigError(f"the model must be written provider:model, like {_EXAMPLE}; it is {setting!r}")
    return provider, model


def _key(setting: str, api_key: SecretStr | None) -> SecretStr:
    if api_key is None or not api_key.get_secret_value():
        raise ConfigError(f"{setting} needs an API key, and none is set")
    return api_key


def _google(
    setting: str, model: str, timeout: timedelta, sampling: Sampling, api_key: SecretStr, base_url: str | None
) -> LangChainChatModel:
    try:
        built = gemini.build_gemini(
            model,
            timeout=timeout,
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            top_k=sampling.top_k,
            max_output_tokens=sampling.max_output_tokens,
            api_key=api_key,
            base_url=base_url,
        )
    except ValidationError as error:
        raise _refused(setting, error) from None
    return LangChainChatModel(setting, built, timeout, gemini.call_options, gemini.bind_tools)


def _init(setting: str, sampling: Sampling, api_key: SecretStr | None, base_url: str | None) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    provider, model = _parse(setting)
    key = api_key or (SecretStr("none") if provider in NEEDS_KEY else None)
    options = {**model_options(provider, sampling), **client_options(provider, key, base_url)}
    try:
        built: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        raise ConfigError(f"{setting} needs a package: {_remedy(provider, error)}") from None
    except ValidationError as error:
        raise _refused(setting, error) from None
    except ValueError:
        known = ", ".join(sorted({"google_genai", *EXTRAS}))
        raise ConfigError(f"{setting}: LangChain knows no provider {provider!r}; try {known}") from None
    return without_refused_sampling(built)


def without_refused_sampling(model: BaseChatModel) -> BaseChatModel:
    """Drop what a model answers 400 to; its LangChain profile says whether it takes a temperature."""
    if (model.profile or {}).get("temperature", True):
        return model
    fields = type(model).model_fields
    refused: dict[str, Any] = {name: None for name in ("temperature", "top_p", "top_k") if name in fields}
    return model.model_copy(update=refused)


def _remedy(provider: str, error: ImportError) -> str:
    return f"pip install 'parley[{provider}]'" if provider in EXTRAS else str(error)


def _refused(setting: str, error: ValidationError) -> ConfigError:
    """Say what the vendor's class found wrong, without the values: one of them is the key."""
    found = "; ".join(problem["msg"] for problem in error.errors(include_input=False, include_context=False))
    return ConfigError(f"{setting}: {found}")
