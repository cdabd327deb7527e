"""One setting names a model; what is wrong with it is said with the remedy."""

import sys
from datetime import timedelta

import pytest
from langchain_core.language_models import FakeListChatModel
from pydantic import SecretStr

from domain.errors import ConfigError
from ports.chat_model import ChatRequest
from providers.google.gemini import thinking_level
from providers.langchain.build import build_chat_model, without_refused_sampling
from providers.langchain.chat_model import LangChainChatModel, output_limit
from providers.langchain.dialects import Sampling, call_options, client_options, model_options

KEY = SecretStr("the-key-that-must-not-leak")
SAMPLING = Sampling(temperature=0.1, top_p=1.0, top_k=1, max_output_tokens=1000)
PLAIN = ChatRequest("clean", "", ())
SHORT = ChatRequest("clean", "", (), max_output_tokens=50)


def build(setting: str, api_key: SecretStr | None = KEY, temperature: float = 0.1) -> LangChainChatModel:
    timeout = timedelta(seconds=5)
    return build_chat_model(setting, timeout=timeout, temperature=temperature, api_key=api_key, base_url=None)


@pytest.mark.parametrize("setting", ["gemini-3.5-flash-lite", "", ":x", "google_genai:", "google genai:x"])
def test_the_provider_is_never_guessed(setting: str) -> None:
    with pytest.raises(ConfigError, match="provider:model, like google_genai:gemini"):
        build(setting)


@pytest.mark.parametrize("setting", ["google_genai:gemini-3.5-flash-lite", "openai:gpt-5", "groq:x", "anthropic:x"])
@pytest.mark.parametrize("key", [None, SecretStr("")])
def test_a_missing_key_is_told(setting: str, key: SecretStr | None) -> None:
    with pytest.raises(ConfigError, match=f"{setting} needs an API key"):
        build(setting, api_key=key)


@pytest.mark.parametrize("provider", ["openai", "groq", "anthropic", "ollama"])
def test_a_missing_extra_is_told_with_the_command(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, f"langchain_{provider}", None)
    monkeypatch.setitem(sys.modules, "langchain_community", None)

    with pytest.raises(ConfigError, match=rf"pip install 'parley\[{provider}\]'"):
        build(f"{provider}:some-model")


def test_a_missing_package_without_an_extra_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_cohere", None)

    with pytest.raises(ConfigError, match="pip install langchain-cohere"):
        build("cohere:command")


def test_an_unknown_provider_is_told_with_known_ones() -> None:
    with pytest.raises(ConfigError, match="no provider 'nobody'; try anthropic, google_genai, groq"):
        build("nobody:model")


def test_an_option_out_of_range_is_told_without_the_key() -> None:
    with pytest.raises(ConfigError, match="temperature must be in the range") as raised:
        build("google_genai:gemini-3.1-flash-lite", temperature=7)

    assert KEY.get_secret_value() not in str(raised.value)


def test_the_name_is_the_setting() -> None:
    assert build("google_genai:gemini-3.5-flash-lite").name == "google_genai:gemini-3.5-flash-lite"


@pytest.mark.parametrize(
    ("model", "level"),
    [
        ("gemini-3.5-flash-lite", "minimal"),
        ("models/gemini-3.8-flash", "minimal"),
        ("gemini-flash-lite-latest", "minimal"),
        ("gemini-3.1-pro-preview", "low"),
        ("gemini-4-argon", "low"),
        ("gemini-2.5-flash", None),
        ("gemma-3-27b-it", None),
    ],
)
def test_the_least_thinking_a_model_allows(model: str, level: str | None) -> None:
    assert thinking_level(model) == level


@pytest.mark.parametrize("provider", ["openai", "groq", "anthropic"])
def test_a_vendors_own_retries_are_off(provider: str) -> None:
    assert model_options(provider, SAMPLING)["max_retries"] == 0


def test_claude_gets_no_second_sampling_option() -> None:
    assert model_options("anthropic", SAMPLING).keys() == {"temperature", "max_tokens", "max_retries"}


def test_ollama_repeats_its_options_when_one_call_limits_the_output() -> None:
    limited = call_options("ollama", SAMPLING)

    assert limited(PLAIN) == {}
    assert limited(SHORT) == {"options": {"temperature": 0.1, "top_p": 1.0, "top_k": 1, "num_predict": 50}}


def test_others_limit_one_call_by_max_tokens() -> None:
    assert call_options("openai", SAMPLING) is output_limit
    assert output_limit(PLAIN) == {}
    assert output_limit(SHORT) == {"max_tokens": 50}


def test_ollama_takes_its_key_as_a_header() -> None:
    assert client_options("ollama", None, "http://box:11434") == {"base_url": "http://box:11434"}
    headers = {"Authorization": "Bearer the-key-that-must-not-leak"}
    assert client_options("ollama", KEY, None) == {"client_kwargs": {"headers": headers}}
    assert client_options("openai", KEY, None) == {"api_key": KEY}


class Sampled(FakeListChatModel):
    """A model with the options that most vendors' classes have."""

    temperature: float | None = 0.1
    top_p: float | None = 1.0


@pytest.mark.parametrize(("takes", "kept"), [(False, (None, None)), (True, (0.1, 1.0))])
def test_a_model_that_takes_no_temperature_gets_no_sampling(takes: bool, kept: tuple[float | None, ...]) -> None:
    model = without_refused_sampling(Sampled(responses=["hi"], profile={"temperature": takes}))

    assert isinstance(model, Sampled)
    assert (model.temperature, model.top_p) == kept
    assert model.responses == ["hi"]


def test_a_model_without_a_profile_is_left_alone() -> None:
    model = Sampled(responses=["hi"])

    assert without_refused_sampling(model) is model
