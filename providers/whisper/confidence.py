"""How sure Whisper was, on a scale of 0 to 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, isfinite

_LOST, _SURE = exp(-3.0), exp(-0.5)


@dataclass(frozen=True)
class SegmentScore:
    """What Whisper says of one segment: mean log-probability of its tokens, and how likely it holds no speech."""

    tokens: int
    seconds: float
    avg_logprob: float
    no_speech_prob: float


def score(avg_logprob: float, no_speech_prob: float) -> float:
    """Map the two numbers to 0..1.

    The mean token probability is set between its values at -3 (0) and -0.5 (1) and scaled by the probability of
    speech. It never falls as `avg_logprob` rises and never rises with `no_speech_prob`; not finite counts as 0.
    """
    if not (isfinite(avg_logprob) and isfinite(no_speech_prob)):
        return 0.0
    certainty = (exp(min(avg_logprob, 0.0)) - _LOST) / (_SURE - _LOST)
    return _unit(certainty) * (1.0 - _unit(no_speech_prob))


def confidence(segments: Sequence[SegmentScore]) -> float:
    """Score an utterance: log-probabilities weighted by tokens, speech by seconds; without segments 0."""
    if not segments:
        return 0.0
    return score(mean_logprob(segments), mean_no_speech(segments))


def mean_logprob(segments: Sequence[SegmentScore]) -> float:
    """Average `avg_logprob`, weighted by tokens."""
    return _weighted([(max(s.tokens, 1), s.avg_logprob) for s in segments])


def mean_no_speech(segments: Sequence[SegmentScore]) -> float:
    """Average `no_speech_prob`, weighted by seconds."""
    return _weighted([(max(s.seconds, 0.02), s.no_speech_prob) for s in segments])


def _weighted(pairs: Sequence[tuple[float, float]]) -> float:
    return fsum(weight * value for weight, value in pairs) / fsum(weight for weight, _ in pairs)


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)
