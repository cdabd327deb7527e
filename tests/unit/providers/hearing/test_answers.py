"""How the answers of OpenAI's protocol and of Gemini are read, without a wire."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.errors import ProviderError
from providers.google.hear_answer import read_answer as read_gemini
from providers.openai_speech.hear_answer import UNSCORED, Detail, detail_of, read_answer
from providers.openai_speech.hear_languages import CODES, code_of
from providers.whisper.confidence import score

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "segments", "candidates", "content", "parts"]), inner, max_size=3)
    ),
)


@pytest.mark.parametrize(
    ("model", "detail"),
    [
        ("whisper-1", Detail.SEGMENTS),
        ("whisper-large-v3-turbo", Detail.SEGMENTS),
        ("Systran/faster-whisper-small", Detail.SEGMENTS),
        ("gpt-4o-transcribe", Detail.TOKENS),
        ("gpt-4o-mini-transcribe-2025-12-15", Detail.TOKENS),
        ("gpt-4o-transcribe-diarize", Detail.TEXT),
        ("gpt-transcribe", Detail.TEXT),
        ("voxtral-mini", Detail.TEXT),
    ],
)
def test_the_model_tells_what_it_can_tell(model: str, detail: Detail) -> None:
    assert detail_of(model) is detail


def segment(text: str, avg_logprob: float | None, **more: Any) -> dict[str, Any]:
    return {"text": text, "start": 0.0, "end": 1.0, "avg_logprob": avg_logprob, "no_speech_prob": 0.0} | more


def test_segments_are_weighted_by_their_tokens() -> None:
    segments = [segment("a", -0.5, tokens=[1]), segment("b", -1.5, tokens=[1, 2, 3])]
    heard = read_answer({"text": "a b", "segments": segments}, None)
    assert heard.confidence == pytest.approx(score(-1.25, 0.0))


def test_without_tokens_the_text_gives_the_weight() -> None:
    segments = [segment("a" * 8, -0.5), segment("b" * 24, -1.5)]
    heard = read_answer({"text": "a b", "segments": segments}, None)
    assert heard.confidence == pytest.approx(score(-1.25, 0.0))


def test_segments_without_scores_are_no_certainty() -> None:
    heard = read_answer({"text": "yes", "segments": [segment("yes", None)]}, "en")
    assert heard.confidence == UNSCORED
    assert heard.no_speech_prob is None
    assert [part.text for part in heard.segments] == ["yes"]


def test_no_text_has_no_confidence() -> None:
    heard = read_answer({"text": " ", "segments": [segment("", -0.1, no_speech_prob=0.9)]}, "en")
    assert (heard.text, heard.confidence, heard.no_speech_prob) == ("", 0.0, 0.9)


@pytest.mark.parametrize("place", ["start", "end"])
def test_a_time_that_is_no_number_is_refused(place: str) -> None:
    with pytest.raises(ValidationError):
        read_answer({"text": "yes", "segments": [segment("yes", -0.5) | {place: float("nan")}]}, None)


def test_not_a_number_is_no_confidence() -> None:
    assert read_answer({"text": "yes", "segments": [segment("yes", float("nan"))]}, None).confidence == 0.0
    assert read_answer({"text": "yes", "logprobs": [{"logprob": float("-inf")}]}, None).confidence == 0.0


@given(st.lists(st.floats(-30, 0), min_size=1, max_size=20))
def test_log_probabilities_give_their_mean(logprobs: list[float]) -> None:
    heard = read_answer({"text": "yes", "logprobs": [{"token": "a", "logprob": value} for value in logprobs]}, None)
    mean = sum(logprobs) / len(logprobs)
    assert heard.confidence == pytest.approx(score(mean, 0.0), abs=1e-9)


@given(st.dictionaries(st.sampled_from(["text", "segments", "logprobs", "language"]), JSON))
def test_whatever_a_server_answers_is_read_or_refused(body: dict[str, Any]) -> None:
    try:
        heard = read_answer(body, None)
    except ValidationError:
        return
    assert heard.text == heard.text.strip()
    assert 0 <= heard.confidence <= 1
    assert bool(heard.text) or heard.confidence == 0
    assert all(0 <= part.start <= part.end for part in heard.segments)


@given(st.dictionaries(st.sampled_from(["candidates", "promptFeedback"]), JSON) | JSON.map(json.dumps))
def test_whatever_gemini_answers_is_read_or_refused(body: Any) -> None:
    if isinstance(body, str):
        candidate = {"content": {"parts": [{"text": body}]}, "finishReason": "STOP"}
        body = {"candidates": [candidate]}
    try:
        heard = read_gemini(body, None)
    except ProviderError:
        return
    assert 0 <= heard.confidence <= 1
    assert bool(heard.text) or heard.confidence == 0


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("english", "en"), ("English", "en"), ("en", "en"), ("pt-BR", "pt-br"), ("haitian creole", "ht"), ("jw", "jv"),
        (None, None), ("", None), ("klingon", None),
    ],
)  # fmt: skip
def test_a_language_is_known_by_name_and_by_code(language: str | None, code: str | None) -> None:
    assert code_of(language) == code


def test_all_of_whispers_languages_have_a_code() -> None:
    assert len(set(CODES.values())) == 100
    assert all(code.isalpha() and len(code) in (2, 3) for code in CODES.values())
