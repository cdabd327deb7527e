"""Exceptions of model clients become faults, whichever vendor they come from."""

import asyncio
import traceback

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelInvalidRequestError,
    ModelNotFoundError,
    ModelPermissionDeniedError,
    ModelRateLimitError,
    ModelTimeoutError,
)

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable
from providers.langchain.faults import Translation, fault_of, status_of

RETRYABLE = {Fault.TIMEOUT, Fault.RATE_LIMIT, Fault.SERVER, Fault.CONNECTION}


class StatusError(Exception):
    """An SDK's error that carries its HTTP status, as OpenAI's, Groq's and Anthropic's do."""

    def __init__(self, status_code: int, text: str = "no") -> None:
        super().__init__(text)
        self.status_code = status_code


class APITimeoutError(Exception):
    """Named as the SDKs built on httpx name theirs."""


class APIConnectionError(Exception):
    """The class that such SDKs derive the one above from."""


class GoogleError(Exception):
    """An error with the code and the body that google-genai keeps."""

    def __init__(self, code: int, details: object) -> None:
        super().__init__("no")
        self.code = code
        self.details = details


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (ModelAuthenticationError(), Fault.CREDENTIALS),
        (ModelPermissionDeniedError(), Fault.CREDENTIALS),
        (ModelInvalidRequestError(), Fault.BAD_REQUEST),
        (ModelNotFoundError(), Fault.BAD_REQUEST),
        (ContextOverflowError(), Fault.BAD_REQUEST),
        (ModelRateLimitError(), Fault.RATE_LIMIT),
        (ModelAPIError(), Fault.SERVER),
        (ModelConnectionError(), Fault.CONNECTION),
        (ModelTimeoutError(), Fault.TIMEOUT),
        (TimeoutError(), Fault.TIMEOUT),
        (ConnectionRefusedError(), Fault.CONNECTION),
        (httpx.ReadTimeout(""), Fault.TIMEOUT),
        (httpx.PoolTimeout(""), Fault.TIMEOUT),
        (httpx.ConnectError(""), Fault.CONNECTION),
        (httpx.RemoteProtocolError(""), Fault.CONNECTION),
        (APITimeoutError(), Fault.TIMEOUT),
        (APIConnectionError(), Fault.CONNECTION),
        (StatusError(401), Fault.CREDENTIALS),
        (StatusError(403), Fault.CREDENTIALS),
        (StatusError(404), Fault.BAD_REQUEST),
        (StatusError(408), Fault.TIMEOUT),
        (StatusError(422), Fault.BAD_REQUEST),
        (StatusError(429), Fault.RATE_LIMIT),
        (StatusError(529), Fault.SERVER),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value,
)
def test_names_the_fault(error: Exception, fault: Fault) -> None:
    assert fault_of(error) is fault


def test_the_status_decides_over_a_vague_type() -> None:
    assert fault_of(caused(ModelInvalidRequestError(), StatusError(429))) is Fault.RATE_LIMIT


def test_the_status_may_sit_on_the_response() -> None:
    request = httpx.Request("POST", "http://model.test")
    error = httpx.HTTPStatusError("", request=request, response=httpx.Response(503, request=request))

    assert status_of(error) == 503
    assert fault_of(error) is Fault.SERVER


def test_a_wrong_google_key_is_a_credential_fault_though_its_status_is_400() -> None:
    body = {"error": {"code": 400, "details": [{"@type": "LocalizedMessage"}, {"reason": "API_KEY_INVALID"}]}}

    assert fault_of(caused(ModelInvalidRequestError(), GoogleError(400, body))) is Fault.CREDENTIALS


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["error", "details", "reason", "code"]), inner),
    )
)
@example({"details": [{"reason": []}]})
def test_any_error_body_is_survived(body: object) -> None:
    assert fault_of(GoogleError(400, body)) is Fault.BAD_REQUEST


@given(st.integers(300, 599))
def test_every_failing_status_is_a_fault_and_only_some_are_worth_a_retry(status: int) -> None:
    with pytest.raises(ProviderError) as raised, Translation("openai:x"):
        raise StatusError(status)

    expected = ProviderUnavailable if raised.value.fault in RETRYABLE else ProviderRejected
    assert type(raised.value) is expected
    assert str(raised.value) == f"openai:x: {raised.value.fault} (StatusError, HTTP {status})"


def test_the_vendors_words_are_neither_repeated_nor_chained() -> None:
    with pytest.raises(ProviderRejected) as raised, Translation("openai:x"):
        raise StatusError(401, "key sk-123 is wrong")

    assert "sk-123" not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("error", [KeyError("x"), asyncio.CancelledError(), ZeroDivisionError()])
def test_what_no_client_raises_on_purpose_passes(error: BaseException) -> None:
    with pytest.raises(type(error)) as raised, Translation("openai:x"):
        raise error

    assert raised.value is error
