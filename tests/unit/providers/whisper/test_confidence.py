"""Whisper's confidence: its table, its direction, its weights."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.whisper.confidence import SegmentScore, confidence, score

LOGPROBS = st.floats(-6, 0)
CHANCES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("logprob", "no_speech", "expected"),
    [
        (-3.0, 0.0, 0.0),
        (-2.0, 0.0, 0.154),
        (-1.5, 0.0, 0.311),
        (-1.0, 0.0, 0.571),
        (-0.7, 0.0, 0.803),
        (-0.5, 0.0, 1.0),
        (0.0, 0.0, 1.0),
        (-9.0, 0.0, 0.0),
        (-1.0, 0.6, 0.229),
        (-0.5, 0.3, 0.7),
        (-0.5, 1.0, 0.0),
    ],
)
def test_the_table_holds(logprob: float, no_speech: float, expected: float) -> None:
    assert score(logprob, no_speech) == pytest.approx(expected, abs=0.001)


@given(LOGPROBS, LOGPROBS, CHANCES, CHANCES)
def test_it_rises_with_the_words_and_falls_with_the_doubt(x: float, y: float, n: float, m: float) -> None:
    assert 0 <= score(x, n) <= 1
    assert score(min(x, y), n) <= score(max(x, y), n)
    assert score(x, max(n, m)) <= score(x, min(n, m))


@pytest.mark.parametrize(("logprob", "no_speech"), [(math.nan, 0), (-math.inf, 0), (-0.5, math.nan)])
def test_what_is_not_finite_is_no_confidence(logprob: float, no_speech: float) -> None:
    assert score(logprob, no_speech) == 0


def test_tokens_weigh_the_words_and_seconds_the_doubt() -> None:
    long_and_sure = SegmentScore(tokens=30, seconds=1.0, avg_logprob=-0.5, no_speech_prob=0.0)
    short_and_lost = SegmentScore(tokens=10, seconds=3.0, avg_logprob=-2.5, no_speech_prob=0.4)
    assert confidence([long_and_sure, short_and_lost]) == pytest.approx(score(-1.0, 0.3))


def test_without_segments_there_is_none() -> None:
    assert confidence([]) == 0


@given(
    st.lists(st.builds(SegmentScore, st.integers(0, 50), st.floats(0, 30), LOGPROBS, CHANCES), min_size=1, max_size=5)
)
def test_an_utterance_is_no_surer_than_its_best_parts(segments: list[SegmentScore]) -> None:
    least_doubt = min(segment.no_speech_prob for segment in segments)
    best = max(score(segment.avg_logprob, least_doubt) for segment in segments)
    assert 0 <= confidence(segments) <= best + 1e-9
